"""The votes, the reasons beside them and what people said as tables for a spreadsheet.

Spreadsheets run what looks like a formula, so such a cell gets an apostrophe before it (docs/exports.md). The
byte order mark at the start is what makes them read UTF-8. Answers in the product's own words are English in any
language: votes, reasons and session.json must say the same of one answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from workshop_tui.exports.output import DataFormat
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

Value = str | int


def votes_csv(report: Report, translator: Translator) -> bytes:
    """One line for each ballot of the sealed rounds, sorted so that no line tells who voted when."""
    lines: list[dict[str, Value]] = []
    for round_, common in _sealed(report):
        first: tuple[Value, ...] = (
            *common,
            # Without them nobody who has only this file can tell what was in third place.
            "\n".join(f"{letter} {translator.text(words)}" for letter, words in round_.options),
            "yes" if round_.shown_to_room else "no",
        )  # fmt: skip
        for ballot in round_.ballots:
            line = {
                **dict(zip(VOTE_COLUMNS, (*first, ballot.group), strict=True)),
                **_own(VOTE_COLUMNS, ballot.columns),
            }
            lines += [line] * ballot.count
    return _table(VOTE_COLUMNS, lines)


def reasons_csv(report: Report, translator: Translator) -> bytes:
    """One line for each reason that was given beside an answer in a sealed round; nothing where there are none."""
    lines: list[dict[str, Value]] = []
    for round_, common in _sealed(report):
        options = {letter: f"{letter} {translator.text(words)}" for letter, words in round_.options}
        lines += [
            dict(
                zip(
                    REASON_COLUMNS,
                    (*common, options.get(r.option, ""), ENGLISH.text(r.answer), r.name, r.words),
                    strict=True,
                )
            )
            for r in round_.reasons
        ]
    return _table(REASON_COLUMNS, lines) if lines else b""


def stories_csv(report: Report, translator: Translator) -> bytes:
    """One line for each story that may be in the report, then for each idea and whatever else was said to the room."""
    titles = {item.key: item.title for item in report.items}
    lines: list[dict[str, Value]] = []
    for said in (said for gathered in (report.stories, *report.words) for said in gathered.shown):
        first: tuple[Value, ...] = (said.number, said.item_number, titles[said.item], said.kind)
        lines.append({**dict(zip(STORY_COLUMNS, first, strict=True)), **_own(STORY_COLUMNS, said.columns)})
    return _table(STORY_COLUMNS, lines)


def safe_cell(value: Value) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    text = str(value)
    if text.lstrip().startswith(_STARTS_FORMULA) or text.startswith(_STARTS_FORMULA):
        return text if _NUMBER.fullmatch(text) else f"'{text}"
    return text


def _sealed(report: Report) -> Iterator[tuple[RoundReport, tuple[Value, ...]]]:
    """The sealed rounds, each with the cells that begin its lines."""
    titles = {item.key: item.title for item in report.items}
    for each in report.rounds:
        # Void rounds are in the other files; here somebody would sum them up with the rest.
        if each.status == "sealed":
            yield each, (each.key, each.item_number, titles[each.item], each.number, each.kind, each.question)


def _own(taken: Sequence[str], columns: dict[str, Value]) -> dict[str, Value]:
    """The columns of a kind; one that has the name of a common column gets the name "answer.…"."""
    return {f"answer.{name}" if name in taken else name: value for name, value in columns.items()}


def _table(first: Sequence[str], lines: Sequence[dict[str, Value]]) -> bytes:
    columns = list(dict.fromkeys([*first, *(name for line in lines for name in line)]))
    out = io.StringIO()
    # Quoting every cell keeps line breaks, separators and leading zeros as they are.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows(_cells(columns, line) for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _cells(columns: Iterable[str], line: dict[str, Value]) -> list[str]:
    return [safe_cell(line.get(name, "")) for name in columns]


def _single(name: str, write: Callable[[Report, Translator], bytes]) -> DataFormat:
    """A format that is one file of the same name; none where it would have nothing in it."""

    def files(report: Report, translator: Translator) -> dict[str, bytes]:
        made = write(report, translator)
        return {name: made} if made else {}

    return DataFormat(name=name, write=files)


FORMATS: Final = (
    _single("votes.csv", votes_csv), _single("reasons.csv", reasons_csv), _single("stories.csv", stories_csv)
)  # fmt: skip
