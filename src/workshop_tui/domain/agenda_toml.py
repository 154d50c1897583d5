"""Reads the TOML of an agenda file; where it is none, says the line, the column and what people most often did."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from workshop_tui.domain.agenda_problems import MEND, shown
from workshop_tui.errors import AgendaError
from workshop_tui.messages import Message, Verbatim, tr

_TOML_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_CURLY: Final = re.compile(r"[=[,]\s*[\u2018-\u201f]")
_BARE: Final = re.compile(r"[\w-]+\s*=\s*(?![\"'\[{]|(?:true|false|[+-]?[0-9_.]+)\s*(?:#|$))\S")
"""A key whose value is neither quoted nor a list, a table, a number, true or false."""


def read_toml(text: str, file: str) -> dict[str, object]:
    """The file as plain data.

    Raises:
        AgendaError: it is empty, or no TOML; the message has line and column.
    """
    if not text.strip():
        raise AgendaError(
            tr("{file} is empty.", file=Verbatim(file)), advice=tr("docs/agenda.md shows what an agenda looks like.")
        )
    try:
        return tomllib.loads(text)
    except RecursionError as deep:
        raise AgendaError(tr("{file}: brackets are nested too deep.", file=Verbatim(file)), advice=MEND) from deep
    # Wider than TOMLDecodeError: a number of thousands of digits is a plain ValueError.
    except ValueError as wrong:
        said = str(wrong)
        place = _TOML_PLACE.search(said)
        lines = text.split("\n")
        line = int(place[1]) if place and place[1] else len(lines)
        column = int(place[2]) if place and place[2] else len(lines[-1]) + 1
        wrong_there = Verbatim(_TOML_PLACE.sub("", said))
        if not place:
            problem = tr("{file}, {problem}.", file=Verbatim(file), problem=wrong_there)
        else:
            problem = tr(
                "{file}, line {line}, column {column}: {problem}.",
                file=Verbatim(file),
                line=line,
                column=column,
                problem=wrong_there,
            )
        here = lines[line - 1].strip() if place else ""
        quoted = (tr("The line is: {line}.", line=shown(here)), *_hint(here)) if here else ()
        raise AgendaError((problem, *quoted), advice=MEND) from wrong


def _hint(line: str) -> tuple[Message, ...]:
    """What people do most often when a line is no TOML; empty when it is something else."""
    if _CURLY.search(line):
        return (tr('It has curly quotes, as word processors make them. TOML wants straight ones: "like this".'),)
    if _BARE.match(line):
        return (tr('Texts and times stand in straight quotes, such as "10:00".'),)
    return ()
