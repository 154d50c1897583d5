"""Reads the ballots of a PrefLib file of categories (.cat): approvals, or places on a scale."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.preflib_head import BALLOTS, PreflibHead, tell_type
from workshop_tui.counting.formats.preflib_lines import Groups, add_up, read_ballot
from workshop_tui.counting.formats.source import Source
from workshop_tui.domain.plain_profiles import Approval, Approved, Scored, Values, lines_of
from workshop_tui.messages import counted, tr, trn

NO_ANSWER: Final = "(no answer)"
"""What our own files call the category of those that a ballot left out; read as left out."""

OUTSIDE: Final = "(outside the scale) "
"""How our own files begin the name of a category that is no place on the scale."""

CHOSEN: Final = ("Chosen", "Not chosen")
"""The categories of our own files where each person could choose one."""

APPROVED: Final = ("Approved", "Not approved")
"""The categories of our own files where each person could choose several."""

_YES: Final = frozenset(
    ("yes", "y", "approve", "approved", "approval", "approves", "chosen", "selected", "accept", "accepted", "for",
     "in favour", "in favor", "agree", "like", "liked", "support", "true", "1")
)  # fmt: skip
"""How categories of what was chosen are called, in small letters."""

_NO: Final = frozenset(
    ("no", "n", "disapprove", "disapproved", "not approve", "not approved", "unapproved", "not chosen", "not selected",
     "reject", "rejected", "against", "disagree", "dislike", "disliked", "oppose", "opposed", "false", "0")
)  # fmt: skip
"""The same for what was not."""

_DIFFERENT: Final = counted(
    "{key} is {said}, but different ballots are {n}. The lines count.",
    "{key} is {said}, but different ballots are {n}. The lines count.",
)

Categories = list[tuple[int | None, str]]
"""(value, name) in the order of the file; None for those that were left out."""


def read_categories(source: Source, head: PreflibHead, ballots: list[tuple[int, str]]) -> BallotFile:
    """The ballots of one file, under a head that was read.

    One category, or two, are approvals: those in the first one are approved. More are a scale, the first as the best.

    Raises:
        InputError: it cannot be read, with the line.
    """
    said = head.text("DATA TYPE").casefold()
    if said and said != "cat":
        tell_type(source, head.line("DATA TYPE"), said, "cat")
    candidates = head.candidates()
    names = head.categories()
    read = []
    for number, line in ballots:
        count, groups = read_ballot(source, number, line, head.numbers)
        source.bound_candidates(len(groups), number)
        if names and len(groups) != len(names):
            other = trn(
                "A ballot has {n} category, and the head names {named}.",
                "A ballot has {n} categories, and the head names {named}.",
                len(groups),
                named=len(names),
            )
            source.note(number, other, "categories")
        if sum(map(len, groups)) < len(candidates):
            some = tr("A ballot puts some in no category. They are read as left out.")
            source.note(number, some, "uncategorised")
        read.append((number, count, groups))
    most = max((len(groups) for _, _, groups in read), default=0)
    names += [f"Category {n}" for n in range(len(names) + 1, most + 1)]
    profile: Approved | Scored
    told = head.note.numbers("values")
    answers = [name for name in names if name != NO_ANSWER]
    told = told if len(told) == len(answers) == len(set(told)) else ()
    if len(answers) <= 2 and not told:
        read = _chosen_first(source, names, read)
        profile = Approved(
            candidates=candidates,
            lines=lines_of(_approvals(source, read)),
            most=1 if tuple(names[:2]) == CHOSEN else head.note.number("most", len(candidates)),
        )
    else:
        if not told:
            source.note(0, tr("The categories are read as a scale, the first as the best: the format does not say it."))
        categories = _values(names, told)
        given = [(value, name) for value, name in categories if value is not None]
        profile = Scored(
            candidates=candidates,
            lines=lines_of(_scores(source, read, categories)),
            scale=tuple(sorted((value, name) for value, name in given if not name.startswith(OUTSIDE))),
            aside=tuple((value, name.removeprefix(OUTSIDE)) for value, name in given if name.startswith(OUTSIDE)),
        )
    count = sum(count for count, _ in profile.lines)
    source.bound_ballots(count)
    head.compare("NUMBER VOTERS", count, BALLOTS)
    head.compare("NUMBER UNIQUE PREFERENCES", len(profile.lines), _DIFFERENT)
    return BallotFile(format="cat", title=head.text("TITLE"), profile=profile, oddities=source.oddities())


def _chosen_first(
    source: Source, names: list[str], read: list[tuple[int, int, Groups]]
) -> list[tuple[int, int, Groups]]:
    """The ballots with the category of what was chosen first, and what had to be decided about that told."""
    first, *rest = names or [""]
    if first.casefold() in _YES or not names:
        return read
    if first.casefold() in _NO and rest and rest[0].casefold() in _YES:
        turned = tr(
            "The first category is “{first}” and the second “{second}”: those in the second are read as chosen.",
            first=first,
            second=rest[0],
        )
        source.note(0, turned)
        return [(number, count, (*groups[1:2], *groups[:1])) for number, count, groups in read]
    source.note(0, tr("Those in the first category, “{first}”, are read as chosen.", first=first))
    return read


def _approvals(source: Source, read: list[tuple[int, int, Groups]]) -> dict[Approval, int]:
    counts: dict[Approval, int] = {}
    for number, count, groups in read:
        if count:
            add_up(source, counts, tuple(sorted(groups[0] if groups else ())), count, number)
    return counts


def _scores(source: Source, read: list[tuple[int, int, Groups]], categories: Categories) -> dict[Values, int]:
    counts: dict[Values, int] = {}
    for number, count, groups in read:
        values = sorted(
            (key, value)
            for (value, _), group in zip(categories, groups, strict=False)
            if value is not None
            for key in group
        )
        if count:
            add_up(source, counts, tuple(values), count, number)
    return counts


def _values(names: list[str], told: tuple[int, ...]) -> Categories:
    """The value of each category: its name where all names are numbers, else its place from the last, from 0.

    Where one of our own files told the values, it is those.
    """
    if told:
        left = iter(told)
        return [(None if name == NO_ANSWER else next(left), name) for name in names]
    places = [name for name in names if name != NO_ANSWER and not name.startswith(OUTSIDE)]
    numbers = all(name.isascii() and name.isdigit() and len(name) < 4 for name in places)
    numbers = numbers and len({int(name) for name in places}) == len(places)
    outside = [name for name in names if name.startswith(OUTSIDE)]
    values: Categories = []
    place = len(places)
    for name in names:
        if name == NO_ANSWER:
            values.append((None, name))
        elif name.startswith(OUTSIDE):
            values.append((-1 - outside.index(name), name))
        else:
            place -= 1
            values.append((int(name) if numbers else place, name))
    return values
