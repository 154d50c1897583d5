"""The votes, the reasons beside them and what people said as tables for a spreadsheet.

Spreadsheets run what looks like a formula, so such a cell gets an apostrophe before it (docs/exports.md). The
byte order mark at the start is what makes them read UTF-8. Answers in the product's own words are English in any
language: votes, reasons and session.json must say the same of one answer.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from workshop_tui.exports.output import Content, DataFormat, Pieces
from workshop_tui.exports.report import Report, RoundReport
from workshop_tui.messages import ENGLISH, Translator

_ROUND_COLUMNS: Final = ("round", "item_number", "item", "round_number", "kind", "question")
"""What stands before every line about a round."""

VOTE_COLUMNS: Final = (*_ROUND_COLUMNS, "options", "shown_to_room", "group")
"""The first columns of votes.csv; the columns of the kinds follow."""

REASON_COLUMNS: Final = (*_ROUND_COLUMNS, "option", "answer", "name", "words")
"""The columns of reasons.csv."""

STORY_COLUMNS: Final = ("number", "item_number", "item", "kind")
"""The first columns of stories.csv; the columns of the kinds follow."""

_STARTS_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001 - the wide signs start formulas too
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

AT_ONCE: Final = 1_000
"""Equal lines that are written together."""

Line = dict[str, str | int]
"""What stands in each column; nothing in one that is not there."""

Lines = Callable[[], Iterator[tuple[Line, int]]]
"""The lines of a table, each with how often it stands there."""


def votes_csv(report: Report, translator: Translator) -> bytes:
    """One line for each ballot of the sealed rounds, sorted so that no line tells who voted when."""
    return bytes(_votes(report, translator))


def _votes(report: Report, translator: Translator) -> Pieces:
    def lines() -> Iterator[tuple[Line, int]]:
        for round_, common in _sealed(report):
            # Without them nobody who has only this file can tell what was in third place.
            options = "\n".join(f"{letter} {translator.text(words)}" for letter, words in round_.options)
            shown = "yes" if round_.shown_to_room else "no"
            for ballot in round_.ballots:
                first = {**common, "options": options, "shown_to_room": shown, "group": ballot.group}
                yield first | _own(VOTE_COLUMNS, ballot.columns), ballot.count

    return _table(VOTE_COLUMNS, lines)


def reasons_csv(report: Report, translator: Translator) -> bytes:
    """One line for each reason that was given beside an answer in a sealed round; nothing where there are none."""
    return bytes(_reasons(report, translator))


def _reasons(report: Report, translator: Translator) -> Content:
    def lines() -> Iterator[tuple[Line, int]]:
        for round_, common in _sealed(report):
            options = {letter: f"{letter} {translator.text(words)}" for letter, words in round_.options}
            for reason in round_.reasons:
                option, answer = options.get(reason.option, ""), ENGLISH.text(reason.answer)
                yield {**common, "option": option, "answer": answer, "name": reason.name, "words": reason.words}, 1

    return _table(REASON_COLUMNS, lines) if any(round_.reasons for round_, _ in _sealed(report)) else b""


def stories_csv(report: Report, translator: Translator) -> bytes:
    """One line for each story that may be in the report, then for each idea and whatever else was said to the room."""
    return bytes(_stories(report, translator))


def _stories(report: Report, translator: Translator) -> Pieces:
    del translator
    titles = {item.key: item.title for item in report.items}

    def lines() -> Iterator[tuple[Line, int]]:
        for said in (said for gathered in (report.stories, *report.words) for said in gathered.shown):
            item = titles[said.item]
            first: Line = {"number": said.number, "item_number": said.item_number, "item": item, "kind": said.kind}
            yield first | _own(STORY_COLUMNS, said.columns), 1

    return _table(STORY_COLUMNS, lines)


def safe_cell(value: str | int) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    text = str(value)
    if text.lstrip().startswith(_STARTS_FORMULA) or text.startswith(_STARTS_FORMULA):
        return text if _NUMBER.fullmatch(text) else f"'{text}"
    return text


def _sealed(report: Report) -> Iterator[tuple[RoundReport, Line]]:
    """The sealed rounds, each with what begins its lines."""
    titles = {item.key: item.title for item in report.items}
    for each in report.rounds:
        # Void rounds are in the other files; here somebody would sum them up with the rest.
        if each.status == "sealed":
            first = (each.key, each.item_number, titles[each.item], each.number, each.kind, each.question)
            yield each, dict(zip(_ROUND_COLUMNS, first, strict=True))


def _own(taken: Sequence[str], columns: Line) -> Line:
    """The columns of a kind; one that has the name of a common column gets the name "answer.…"."""
    return {f"answer.{name}" if name in taken else name: value for name, value in columns.items()}


def _table(first: Sequence[str], lines: Lines) -> Pieces:
    """A table, written a few lines at a time.

    Args:
        first: The columns that are always there.
        lines: Its lines, each with how often it stands there; asked for twice, first for the other columns.
    """

    def pieces() -> Iterator[bytes]:
        columns = list(dict.fromkeys([*first, *(name for line, _ in lines() for name in line)]))
        yield codecs.BOM_UTF8 + _row(columns)
        for line, times in lines():
            row = _row([line.get(name, "") for name in columns])
            for start in range(0, times, AT_ONCE):
                yield row * min(AT_ONCE, times - start)

    return Pieces(pieces)


def _row(cells: Iterable[str | int]) -> bytes:
    out = io.StringIO()
    # Quoting every cell keeps line breaks, separators and leading zeros as they are.
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(safe_cell, cells))
    return out.getvalue().encode()


def _single(name: str, write: Callable[[Report, Translator], Content]) -> DataFormat:
    """A format that is one file of the same name; none where it would have nothing in it."""

    def files(report: Report, translator: Translator) -> dict[str, Content]:
        made = write(report, translator)
        return {name: made} if made else {}

    return DataFormat(name=name, write=files)


FORMATS: Final = (
    _single("votes.csv", _votes), _single("reasons.csv", _reasons), _single("stories.csv", _stories)
)  # fmt: skip
