"""One door for all files of ballots: the end of the name says which format a file is in."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.ours import read_session
from workshop_tui.counting.formats.pabulib import read_pabulib
from workshop_tui.counting.formats.preflib import ORDER_TYPES, read_preflib
from workshop_tui.counting.formats.source import Source
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError

READ: Final = "It reads PrefLib files (.soc .soi .toc .toi .cat), Pabulib files (.pb) and session.json of an export."

_INSTEAD: Final = {
    "csv": "A spreadsheet does not say how its ballots are to be read. Please count session.json of the same export.",
    "workshop": "This is a session. Please export it first, then count the session.json that comes out.",
    "wmd": "This PrefLib file holds a table of pairs and no ballots, so most rules cannot count it.",
    "dat": "This PrefLib file holds data of no common form.",
}


def read_ballots(name: str, data: bytes) -> tuple[BallotFile, ...]:
    """Every vote in a file.

    Args:
        name: The name of the file, of which the ending decides.
        data: Its bytes.

    Returns:
        One vote; for a session one for each sealed round.

    Raises:
        InputError: the file cannot be read; the message has its name and where there is one the line.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending not in (*ORDER_TYPES, "cat", "pb", "json"):
        raise InputError(
            f"{clean_line(name)} cannot be counted. {_INSTEAD.get(ending, '')}".strip(),
            advice=f"Nothing was counted. {READ}",
        )
    source = Source(name, data)
    if ending == "json":
        return read_session(source)
    return (read_pabulib(source) if ending == "pb" else read_preflib(source, ending),)
