"""Ballot files of other people and of our own, read leniently: whatever is odd is told, with its line.

The end of a file's name says which format it is in.
"""

from __future__ import annotations

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.ours import read_session
from workshop_tui.counting.formats.pabulib import read_pabulib
from workshop_tui.counting.formats.preflib import ORDER_TYPES, read_preflib
from workshop_tui.counting.formats.source import Source
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError
from workshop_tui.messages import Message, Verbatim, tr


def read_ballots(name: str, data: bytes) -> tuple[BallotFile, ...]:
    """Every vote in a file: one; for a session one for each sealed round.

    Raises:
        InputError: the file cannot be read; the message has its name and where there is one the line.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending not in (*ORDER_TYPES, "cat", "pb", "json"):
        raise InputError(
            _refused(Verbatim(clean_line(name)), ending),
            advice=tr(
                "Nothing was counted. It reads PrefLib files (.soc .soi .toc .toi .cat), Pabulib files (.pb) and "
                "session.json of an export."
            ),
        )
    source = Source(name, data)
    if ending == "json":
        return read_session(source)
    return (read_pabulib(source) if ending == "pb" else read_preflib(source, ending),)


def _refused(file: Verbatim, ending: str) -> Message:
    """That a file cannot be counted, with what can be counted instead or why not."""
    match ending:
        case "csv":
            return tr(
                "{file} cannot be counted. A spreadsheet does not say how its ballots are to be read. "
                "Please count session.json of the same export.",
                file=file,
            )
        case "workshop":
            return tr(
                "{file} cannot be counted. This is a session. Please export it first, then count the session.json "
                "that comes out.",
                file=file,
            )
        case "wmd":
            return tr(
                "{file} cannot be counted. This PrefLib file holds a table of pairs and no ballots, so most rules "
                "cannot count it.",
                file=file,
            )
        case "dat":
            return tr("{file} cannot be counted. This PrefLib file holds data of no common form.", file=file)
        case _:
            return tr("{file} cannot be counted.", file=file)
