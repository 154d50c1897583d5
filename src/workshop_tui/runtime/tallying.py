"""Counts a file of ballots for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.methods import METHODS
from workshop_tui.counting.tallying import Tally, tally
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.plain_profiles import Ordered
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError, SettingsError
from workshop_tui.limits import BALLOT_FILE_BYTES
from workshop_tui.messages import Verbatim, tr, trn


def tally_file(path: Path, names: Sequence[str], seats: int, *, with_table: bool, round_: str) -> list[Tally]:
    """Count every vote of a file.

    Args:
        path: The file.
        names: Rules by name; none for all that fit.
        seats: How many the rules choose that choose several.
        with_table: Whether the comparisons two at a time are wanted.
        round_: Of a session's export, the name of the only round to count; empty for all.

    Raises:
        InputError: the file cannot be read or is too large to be counted.
        SettingsError: there is no such rule or round, or none that fits the ballots.
    """
    for name in names:
        if name not in METHODS:
            wrong = tr("There is no rule “{name}”.", name=Verbatim(clean_line(name)))
            raise SettingsError((wrong, nearest(name, METHODS, "tally")))
    votes = _of_round(read_ballots(path.name, _content(path)), round_)
    if with_table and not any(isinstance(vote.profile, Ordered) for vote in votes):
        raise SettingsError(tr("There is no table of pairs: the ballots are no orders."))
    if "stv" in names or seats > 1:
        for vote in votes:
            if seats >= len(vote.profile.candidates) and isinstance(vote.profile, Ordered):
                wrong = trn(
                    "There is {n} candidate; --seats has to be fewer.",
                    "There are {n} candidates; --seats has to be fewer.",
                    len(vote.profile.candidates),
                )
                raise SettingsError(wrong)
    found = [tally(vote, names, seats, with_table=with_table) for vote in votes]
    if not any(each.outcomes for each in found):
        fit = [name for name in METHODS if any(METHODS[name].fits(vote.profile) for vote in votes)]
        advice = tr("These fit: {rules}.", rules=_in_a_row(fit)) if fit else tr("No rule fits them.")
        wrong = (
            trn(
                "{rules} cannot count these ballots.",
                "{rules} cannot count these ballots.",
                len(names),
                rules=_in_a_row(names),
            )
            if names
            else tr("These ballots cannot be counted.")
        )
        raise SettingsError(wrong, advice=advice)
    return found


def _of_round(votes: Sequence[BallotFile], round_: str) -> list[BallotFile]:
    found = [vote for vote in votes if not round_ or vote.key == round_]
    if not found:
        keys = [vote.key for vote in votes if vote.key]
        raise SettingsError(
            tr("There is no round “{round}” in the file.", round=clean_line(round_)),
            advice=tr("The rounds that can be counted are {rounds}.", rounds=_in_a_row(keys))
            if keys
            else tr("The file has one vote, unnamed."),
        )
    return found


def _in_a_row(names: Sequence[str]) -> Verbatim:
    """Names as they are typed."""
    return Verbatim(", ".join(names))


def _content(path: Path) -> bytes:
    """The bytes of a file, and never many more than may be read."""
    try:
        with path.open("rb") as file:
            return file.read(BALLOT_FILE_BYTES + 1)
    except OSError as problem:
        why = clean_line(problem.strerror or str(problem))
        raise InputError(
            tr("The file {file} cannot be read ({why}).", file=Verbatim(clean_line(str(path))), why=Verbatim(why)),
            advice=tr("Nothing was counted."),
        ) from problem
