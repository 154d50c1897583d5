"""Reads our own session.json: the sealed rounds of a session, as docs/session-json.md describes them."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.counting.formats.ballot_file import BallotFile, named
from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.domain.plain_profiles import PlainProfile, Scored, lines_of
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError
from workshop_tui.messages import Verbatim, tr, trn

SCHEMA: Final = "workshop-tui/session/1"
"""Name and number of the schema; the number grows when a reader of the old one would go wrong."""

MOST_ROUNDS: Final = 1_000
"""Most rounds of one session: an agenda has at most 100 items."""

MOST_WORDS: Final = 400
"""Most letters of the sentence about words that are left out."""


class _Round(Struct):
    key: str
    question: str
    kind: str
    status: str
    linked: bool = False
    awaits_award: bool = False
    plain: PlainProfile | None = None


class _Origin(Struct, frozen=True):
    left_out: str = ""


class _Session(Struct, rename={"format": "schema"}):
    format: str
    rounds: list[_Round]
    origin: _Origin = _Origin()


def read_session(source: Source) -> tuple[BallotFile, ...]:
    """Every sealed round that can be counted by a rule; of each other one it is noted why not.

    Raises:
        InputError: it is no session.json, or holds no round that can be counted.
    """
    try:
        session = msgspec.json.decode(source.text, type=_Session)
    except (msgspec.DecodeError, RecursionError) as problem:
        why = Verbatim(source.clean_name(str(problem), 0))
        source.refuse(0, tr("this is no session.json of an export ({why})", why=why))
    if session.format.rpartition("/")[0] != SCHEMA.rpartition("/")[0]:
        source.refuse(0, tr("the schema is “{schema}”, which is none of ours", schema=shown(session.format)))
    if session.format != SCHEMA:
        later = tr("the schema is “{schema}”: a later version of the program wrote it", schema=shown(session.format))
        source.refuse(0, later)
    if len(session.rounds) > MOST_ROUNDS:
        many = trn(
            "there is {n} round; up to {most} are read",
            "there are {n} rounds; up to {most} are read",
            len(session.rounds),
            most=MOST_ROUNDS,
        )
        source.refuse(0, many)
    if session.origin.left_out:
        source.note(0, clean_line(session.origin.left_out)[:MOST_WORDS])
    found = []
    for round_ in session.rounds:
        name = shown(round_.key)
        if round_.status != "sealed":
            source.note(0, tr("Round “{round}” is not sealed and is left out.", round=name))
        elif round_.awaits_award:
            source.note(
                0, tr("The scores of round “{round}” are in no file until the contract is awarded.", round=name)
            )
        elif round_.linked:
            again = tr("The ballots of round “{round}” are in no file until its question was asked again.", round=name)
            source.note(0, again)
        elif round_.plain is None:
            uncounted = tr(
                "Round “{round}” is of the kind “{kind}”, whose answers no counting rule takes.",
                round=name,
                kind=shown(round_.kind),
            )
            source.note(0, uncounted)
        else:
            found.append((round_, _checked(source, round_.plain, name)))
    if not found:
        # Nothing is wrong with the file.
        raise InputError(
            tr(
                "{file}: it has no ballots of a sealed round that a counting rule could take.",
                file=Verbatim(source.name),
            ),
            advice=tr("Nothing was counted."),
            lines=tuple(each.text for each in source.oddities()),
        )
    return tuple(
        BallotFile(
            format="session",
            title=source.clean_name(round_.question, 0),
            key=source.clean_name(round_.key, 0),
            profile=profile,
            oddities=source.oddities(),
        )
        for round_, profile in found
    )


def _checked(source: Source, profile: PlainProfile, name: str) -> PlainProfile:
    """A profile out of a file that anybody may have edited, with its bounds kept and its names clean."""
    source.bound_candidates(len(profile.candidates), 0)
    if not profile.candidates:
        source.refuse(0, tr("round “{round}” has no candidates", round=name))
    keys = {each.key for each in profile.candidates}
    if len(keys) < len(profile.candidates):
        source.refuse(0, tr("round “{round}” has two candidates of one key", round=name))
    if any(each.cost < 0 for each in profile.candidates) or profile.budget < 0:
        source.refuse(0, tr("round “{round}” has a negative amount of money", round=name))
    for _, values in named(profile):
        ballot = [key for key, _ in values]
        if not keys.issuperset(ballot) or len(set(ballot)) < len(ballot):
            wrong = tr(
                "round “{round}” has a ballot with a candidate that is not in its list, or is named twice", round=name
            )
            source.refuse(0, wrong)
    if any(count < 1 for count, _ in profile.lines):
        source.refuse(0, tr("round “{round}” has a ballot with a count below 1", round=name))
    source.bound_ballots(sum(count for count, _ in profile.lines))
    candidates = tuple(replace(each, name=source.clean_name(each.name, 0) or each.key) for each in profile.candidates)
    if isinstance(profile, Scored):
        profile = replace(profile, scale=_worded(source, profile.scale), aside=_worded(source, profile.aside))
    return replace(
        profile,
        candidates=candidates,
        currency=source.clean_name(profile.currency, 0),
        rule=source.clean_name(profile.rule, 0),
        # Somebody may have written the same ballot twice.
        lines=lines_of((ballot, count) for count, ballot in profile.lines),
    )


def _worded(source: Source, scale: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """A scale with clean words, lowest first."""
    return tuple(sorted((value, source.clean_name(words, 0)) for value, words in scale))
