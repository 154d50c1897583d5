"""The item for a board's papers: what secretaries have to fill in, concerns first, and what the board is asked to do.

Board papers count as public, so this has nobody's own words but those that may be shown to everyone. The item for a
session without the public is `board_item_private`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workshop_tui.exports import before_deciding, in_short, lines, phrases
from workshop_tui.exports.document import (
    Bullets,
    Cell,
    Document,
    Entries,
    Entry,
    Paragraph,
    Part,
    Quotation,
    Section,
    Table,
)
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import EntryReport, Report
from workshop_tui.messages import Day, Message, Place, tr

FOR_WHOM = tr("Board papers are public: everybody may have this page.")
IN_PRIVATE = tr("This page is for a private session of the board. It is not to be published.")

QUOTED: Final = 3
"""So many stories stand in it at most."""

_ASKS: Final[tuple[tuple[str, Message], ...]] = (
    ("decide", tr("The board is asked to decide")),
    ("act", tr("The board is asked to act")),
    ("note", tr("The board is asked to note")),
)


def build(report: Report) -> Document:
    """The item for a session in public."""
    return item(report, FOR_WHOM, named=False)


OUTPUT = Output(name="board-item", audience="public", build=build, for_whom=FOR_WHOM)


def item(report: Report, for_whom: Message, *, named: bool) -> Document:
    """The whole item.

    Args:
        report: What may be known by whoever reads it.
        for_whom: Who that is.
        named: Whether those are named who promised something or do it.
    """
    title = phrases.own(report, report.title)
    return Document(
        page=tr("Board item: {title}", title=title),
        kicker=tr("Item for a board, from a session on {day}", day=phrases.day_of(report)),
        title=title,
        opening=(Paragraph((for_whom,), "remark"),),
        sections=(
            Section(heading=tr("Purpose"), parts=_purpose(report)),
            Section(heading=tr("Concerns"), parts=_concerns(report)),
            in_short.in_short(report, named=named),
            Section(heading=tr("Recommendation: what is asked of the board"), parts=tuple(_asked(report))),
            Section(heading=tr("Services now"), parts=_of_lens(report, "now")),
            Section(heading=tr("What it means for plans"), parts=_of_lens(report, "plans")),
            *_unsorted(report),
            Section(heading=tr("Risk"), parts=_risk(report)),
            Section(heading=tr("Equality"), parts=_equality(report)),
            Section(heading=tr("Finance"), parts=_finance(report)),
            *before_deciding.before_deciding(report),
            *_quoted(report),
            Section(heading=tr("From the lay member"), parts=(_lay_member(),)),
            Section(heading=tr("Who explains the decision to those who asked"), parts=(_explaining(report),)),
            in_short.left_out(report),
            in_short.ending(report, for_whom),
        ),
    )


def _purpose(report: Report) -> tuple[Part, ...]:
    return (
        Paragraph((
            tr("To tell the board what people said in this session, and what they ask of it."),
            *phrases.who_came(report),
            *phrases.status(report),
        )),
        *lines.paragraph(*((phrases.own(report, report.purpose),) if report.purpose else ())),
    )  # fmt: skip


def _concerns(report: Report) -> tuple[Part, ...]:
    concerns = lines.in_(report, "concern")
    if not concerns:
        return lines.nothing(report, tr("No concern was noted down."), "concerns")
    return (_with_counts(report, concerns),)


def _with_counts(report: Report, entries: tuple[EntryReport, ...]) -> Entries:
    return Entries(
        tuple(
            Entry((("", each.words),), (*lines.counts(report, each), *lines.behind(each), *lines.asked(each)))
            for each in entries
        )
    )


def _asked(report: Report) -> Iterator[Part]:
    points = lines.points(report)
    for ask, heading in _ASKS:
        found = [each for each in points if ask_of(each) == ask]
        if found:
            told = ((_asking(each),) for each in found)
            yield Section(heading=heading, parts=(Bullets(tuple(told)),))
    if not points:
        yield from lines.nothing(report, tr("Nothing is asked yet: nobody has made points of what was said."))


def _asking(entry: EntryReport) -> Place:
    words, by = entry.fields.get("asked") or entry.words, entry.fields.get("by", "")
    return tr("{what}: answer by {day}", what=words, day=Day(by)) if by else words


def ask_of(entry: EntryReport) -> str:
    """What a board is to do with a point: as it was sorted; else to act where something is asked, and else to note."""
    return entry.fields.get("ask") or ("act" if entry.fields.get("asked") else "note")


def _of_lens(report: Report, lens: str) -> tuple[Part, ...]:
    found = tuple(each for each in lines.points(report) if each.fields.get("lens") in (lens, "both"))
    if not found:
        return lines.nothing(report, tr("No point was sorted here."))
    return (_with_counts(report, found),)


def _unsorted(report: Report) -> Iterator[Section]:
    found = tuple(each for each in lines.points(report) if not each.fields.get("lens"))
    if found:
        yield Section(heading=tr("Points that nobody sorted yet"), parts=(_with_counts(report, found),))


def _risk(report: Report) -> tuple[Part, ...]:
    found = (*lines.table(report, "tension"), *lines.table(report, "paper_asked", named=False))
    return found or lines.nothing(report, tr("No tension was noted down. The concerns stand above."))


def _equality(report: Report) -> tuple[Part, ...]:
    found = (
        *lines.table(report, "gain_loss"), *lines.table(report, "missing"), *lines.table(report, "access"),
    )  # fmt: skip
    what = tr("This is what was said in one session. It is no assessment of the effects on equality.")
    return (Paragraph((what,)), *(found or lines.nothing(report, tr("Nothing was noted down here."))))


def _finance(report: Report) -> tuple[Part, ...]:
    costly = [each for each in lines.in_(report, "action") if each.fields.get("money") or each.fields.get("hours")]
    rows = tuple(
        (lines.cell(each.words), lines.cell(each.fields.get("money", "")), lines.cell(each.fields.get("hours", "")))
        for each in costly
    )
    heads = (tr("Action"), tr("Money"), tr("Hours"))
    needs = (Table(caption=tr("What the actions need"), heads=heads, rows=rows),) if rows else ()
    found = (*needs, *lines.table(report, "cost"))
    return found or lines.nothing(report, tr("Nobody noted down what it costs."), "actions", "notes")


def _quoted(report: Report) -> Iterator[Section]:
    if report.stories.shown:
        quoted = tuple(Quotation(each.parts) for each in report.stories.shown[:QUOTED])
        yield Section(heading=tr("In people's own words"), parts=quoted)


def _lay_member() -> Table:
    return Table(
        caption=tr("This box is for the lay member alone. Nobody edits it."),
        heads=(tr("What"), tr("In the lay member's own words")),
        rows=tuple(
            (Cell((what,)), Cell(()))
            for what in (tr("What the board should hear"), tr("What is missing here"), tr("Name and day"))
        ),
    )


def _explaining(report: Report) -> Table:
    asked = [each.words for each in lines.points(report) if ask_of(each) != "note"]
    rows: list[Place] = [*asked, *([] if asked else [tr("The decision")])]
    return Table(
        caption=tr("To be filled in when the board has decided"),
        heads=(tr("What was asked"), tr("Who explains it"), tr("To whom, where and by when")),
        rows=tuple((Cell((each,)), Cell(()), Cell(())) for each in rows),
    )
