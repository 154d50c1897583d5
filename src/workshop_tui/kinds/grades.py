"""What the kinds that grade each of several things share: reading the form, counting it, naming its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Explained, Fields
from workshop_tui.domain.blocks import Choice, GradeEach, Option, Quote
from workshop_tui.domain.plain_profiles import Values, lines_of
from workshop_tui.domain.text import read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.messages import ENGLISH

REASON_LETTERS: Final = 280
"""Longest reason, in code points after cleaning: as long as an idea."""

REASONED: Final = 8
"""Most rows where each has a long scale and a box for a reason: more are too heavy for a phone, and for a person."""


class Graded(Struct, frozen=True, order=True):
    """What one person said of one row."""

    row: str
    """The key of the row."""
    grade: str
    """The key of the step of the scale."""
    why: str = ""
    """The reason in the person's own words, cleaned; empty for none."""


Grades = tuple[Graded, ...]
"""What one person said of the rows that were not left out, sorted by row."""


class GradeCounts(Struct, frozen=True):
    """How many people gave each step, row by row."""

    people: int
    """Everybody who answered, whatever they left out."""
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """(key of the row, people for each step in the order of the scale) for every row, in agenda order."""


def too_many(rows: Sequence[Option]) -> str:
    """What is wrong with a number of rows that each have a long scale and a reason; empty when nothing is."""
    if len(rows) <= REASONED:
        return ""
    return f"There are {len(rows)} options. With a scale and a reason for each, {REASONED} fit one form."


def read_grades(block: GradeEach, fields: Fields, *, reasoned: Collection[str] = ()) -> Grades:
    """What a phone sent for a `GradeEach`, in canonical form; a row may be left out, not all of them.

    Args:
        block: The form as it was asked.
        fields: What was posted.
        reasoned: Keys of the steps that need a reason; all steps where every answer needs one.

    Raises:
        BallotRejected: a row or a step that is not in the form, two answers for one row, a reason without an
            answer, an answer without the reason it needs, a reason that is too long, or nothing at all.
    """
    grades = read_any_grades(block, fields, reasoned=reasoned)
    if not grades:
        raise BallotRejected("Please answer at least one, or skip this question.", field=block.name)
    return grades


def read_any_grades(block: GradeEach, fields: Fields, *, reasoned: Collection[str] = ()) -> Grades:
    """The same where this block may be left out as a whole: one of several in a form."""
    known = {f"{block.name}.{row.key}{end}" for row in block.rows for end in ("", ".why")}
    if any(name.startswith(f"{block.name}.") and name not in known for name in fields):
        raise BallotRejected("One of these answers is not in the list. Please try again.", field=block.name)
    read = (_graded(block, row, fields, reasoned) for row in block.rows)
    return tuple(sorted(graded for graded in read if graded is not None))


def count_grades(
    rows: Sequence[Option], scale: Sequence[Option], ballots: Iterable[tuple[Grades, int]]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """How many people gave each step, in the order of the scale, for every row in agenda order, by its key."""
    places = {step.key: at for at, step in enumerate(scale)}
    counts = {row.key: [0] * len(scale) for row in rows}
    for grades, people in ballots:
        for graded in grades:
            counts[graded.row][places[graded.grade]] += people
    return tuple((key, tuple(each)) for key, each in counts.items())


def tally_grades(rows: Sequence[Option], scale: Sequence[Option], profile: Mapping[Grades, int]) -> GradeCounts:
    """The result of what people said of rows, where every count stays visible."""
    return GradeCounts(people=sum(profile.values()), counts=count_grades(rows, scale, profile.items()))


def grade_columns(block: GradeEach, grades: Grades) -> dict[str, str | int]:
    """One ballot as columns: the words of the step for each row, empty where left out."""
    given = {graded.row: _step_words(block.scale, graded) for graded in grades}
    return {f"{block.name}.{row.key}": given.get(row.key, "") for row in block.rows}


def plain_lines(profile: Mapping[Grades, int], numbers: Mapping[str, int]) -> tuple[tuple[int, Values], ...]:
    """The ballots as the lines of `domain.plain_profiles.Scored`.

    Args:
        profile: Counts of what people said.
        numbers: The number of each step, by its key.
    """
    return lines_of(
        (tuple((graded.row, numbers[graded.grade]) for graded in grades), people) for grades, people in profile.items()
    )


def bare_grades(grades: Grades) -> Grades:
    """The answers without their reasons."""
    return tuple(replace(graded, why="") for graded in grades)


def reasons_in(grades: Grades) -> tuple[Grades, ...]:
    """Each answer that has a reason, for itself."""
    return tuple((graded,) for graded in grades if graded.why)


def explained(scale: Sequence[Option], grades: Grades) -> Explained | None:
    """One of `reasons_in` as a line of a table; None where there is no reason."""
    given = next((graded for graded in grades if graded.why), None)
    return Explained(option=given.row, answer=_step_words(scale, given), words=given.why) if given else None


def reason_quotes(
    reasons: Iterable[Grades], row: str, scale: Sequence[Option], steps: Collection[str]
) -> tuple[Quote, ...]:
    """The reasons given for one row by those who chose one of `steps`, each under what they chose.

    In the order of the scale, then of the alphabet, which tells nothing of who came first. The same words of several
    people are there as often as they were given.
    """
    quotes: list[Quote] = []
    for step in scale:
        said = [
            graded.why
            for grades in reasons
            for graded in grades
            if (graded.row, graded.grade) == (row, step.key) and step.key in steps
        ]
        quotes += [Quote(((step.text, why),)) for why in sorted(said, key=lambda words: (words.casefold(), words))]
    return tuple(quotes)


def like_minded(lines: Sequence[tuple[str, Sequence[int]]], people: int) -> str:
    """A caution where a small group is of one mind on a row, naming the rows; empty otherwise.

    Args:
        lines: (words of the row, people for each step).
        people: How many answered at all.
    """
    if people == 1:
        return honesty.unanimous_caution(1, 1)
    alike = [label for label, counts in lines if honesty.unanimous_caution(max(counts, default=0), sum(counts))]
    if not alike:
        return ""
    of = f" on {honesty.listed(alike)}" if all(alike) else ""
    return f"All who answered{of} said the same. In so small a group, publishing this tells what each person said."


def _step_words(scale: Sequence[Option | Choice], graded: Graded) -> str:
    return next(ENGLISH.text(step.words) for step in scale if step.key == graded.grade)


def _graded(block: GradeEach, row: Option | Choice, fields: Fields, reasoned: Collection[str]) -> Graded | None:
    name = f"{block.name}.{row.key}"
    picked, called = {value for value in fields.get(name, ()) if value}, ENGLISH.text(row.words)
    why = read_text("\n".join(fields.get(f"{name}.why", ())), block.most, "Your reason", field=f"{name}.why")
    if why and not block.why:
        raise BallotRejected("There is no room for reasons here. Please try again.", field=block.name)
    if not picked:
        if why:
            raise BallotRejected(f"Please choose an answer for “{called}”: you gave a reason.", field=name)
        return None
    if len(picked) > 1:
        raise BallotRejected(f"Please choose only one answer for “{called}”.", field=name)
    grade = picked.pop()
    if grade not in {step.key for step in block.scale}:
        raise BallotRejected("That answer is not in the list. Please choose one from the list.", field=name)
    if grade in reasoned and not why:
        raise BallotRejected(f"Please say why, for “{called}”. A few words are enough.", field=f"{name}.why")
    return Graded(row=row.key, grade=grade, why=why)
