"""Counts a file of ballots for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.reading import read_ballots
from workshop_tui.counting.methods import METHODS
from workshop_tui.counting.tallying import Tally, tally
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.plain_profiles import Ordered
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError, SettingsError
from workshop_tui.limits import BALLOT_FILE_BYTES
from workshop_tui.messages import Verbatim, tr
from workshop_tui.runtime.tally_words import tally_json, tally_lines


def printed(path: Path, names: Sequence[str], seats: int, *, pairwise: bool, round_: str, as_json: bool) -> str:
    """What the command prints: see `tally_file`."""
    found = tally_file(path, names, seats, with_table=pairwise, round_=round_)
    return tally_json(path.name, found) if as_json else "\n".join(tally_lines(path.name, found))


def tally_file(
    path: Path, names: Sequence[str] = (), seats: int = 1, *, with_table: bool = False, round_: str = ""
) -> list[Tally]:
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
            raise SettingsError(
                (tr("There is no rule “{name}”.", name=Verbatim(clean_line(name))), nearest(name, METHODS))
            )
    votes = _of_round(read_ballots(path.name, _content(path)), round_)
    if with_table and not any(isinstance(vote.profile, Ordered) for vote in votes):
        raise SettingsError("There is no table of pairs: the ballots are no orders.")
    if "stv" in names or seats > 1:
        for vote in votes:
            if seats >= len(vote.profile.candidates) and isinstance(vote.profile, Ordered):
                raise SettingsError(f"There are {len(vote.profile.candidates)} candidates; --seats has to be fewer.")
    found = [tally(vote, names, seats, with_table=with_table) for vote in votes]
    if not any(each.outcomes for each in found):
        fit = [name for name in METHODS if any(METHODS[name].fits(vote.profile) for vote in votes)]
        listed = f"These fit: {', '.join(fit)}." if fit else "No rule fits them."
        raise SettingsError(f"{', '.join(names) or 'No rule'} cannot count these ballots. {listed}")
    return found


def _of_round(votes: Sequence[BallotFile], round_: str) -> list[BallotFile]:
    found = [vote for vote in votes if not round_ or vote.key == round_]
    if not found:
        keys = [vote.key for vote in votes if vote.key]
        words = f"The rounds that can be counted are {', '.join(keys)}." if keys else "The file has one vote, unnamed."
        raise SettingsError(f"There is no round “{clean_line(round_)}” in the file. {words}")
    return found


def _content(path: Path) -> bytes:
    """The bytes of a file, and never many more than may be read."""
    try:
        with path.open("rb") as file:
            return file.read(BALLOT_FILE_BYTES + 1)
    except OSError as problem:
        why = clean_line(problem.strerror or str(problem))
        raise InputError(
            f"The file {clean_line(str(path))} cannot be read ({why}).", advice="Nothing was counted."
        ) from problem
