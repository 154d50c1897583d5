"""The same news for the public as `you_said`, laid out as Easy Read is: large, one idea on a line, short sentences.

The words of points and answers are those of whoever wrote them, cut at the ends of their sentences and nowhere else.
Pictures are added by people who know for whom: none is made up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Document, Paragraph, Part, Section
from workshop_tui.exports.output import Output
from workshop_tui.exports.outputs.you_said import said_in
from workshop_tui.exports.report import EntryReport, Report
from workshop_tui.messages import Day, Place, Text, tr, trn

FOR_WHOM = tr("Everybody may read this.")

_END: Final = re.compile(r"(?<=[.!?])\s+")

_ANSWERS: Final = {
    "done": tr("We did this:"),
    "already": tr("This happens already:"),
    "changed_in_part": tr("We changed a part of it:"),
    "planned": tr("We plan this:"),
    "acknowledged": tr("We have read it."),
    "waiting": tr("We wait for this:"),
    "passed_on": tr("We gave it to others."),
    "not_done": tr("We cannot do this, because:"),
    "none": tr("There is no answer yet."),
}


_NOTHING: Final = tr("Nothing has been decided.")

_DECIDED: Final = {
    "none": _NOTHING, "ideas": _NOTHING, "long_list": _NOTHING, "short_list": _NOTHING,
    "preferred_named": tr("It has not been decided yet."), "decided": tr("It has been decided."),
}  # fmt: skip
"""How far a proposal is, in one idea."""


def build(report: Report) -> Document:
    """The whole page."""
    said = said_in(report)
    return Document(
        page=tr("Easy Read: {title}", title=phrases.own(report, report.title)),
        kicker=tr("What you said and what we did"),
        title=phrases.own(report, report.title),
        opening=(
            *_each(
                tr("This page is about a meeting."),
                tr("It was on {day}.", day=phrases.day_of(report)),
                *phrases.who_came(report),
                *phrases.status(report)[:1],
                *((_DECIDED[report.proposal_state],) if report.proposal_state else ()),
            ),
        ),
        sections=(
            *(_section(report, number, each) for number, each in enumerate(said, 1)),
            *_nothing(said),
            *_promised(report),
            Section(
                heading=tr("About this page"),
                look="footer",
                parts=tuple(
                    _each(
                        tr("These people came to the meeting."),
                        tr("Other people may think other things."),
                        FOR_WHOM,
                        *in_short.not_what_it_was(report),
                        tr("Nobody has tested yet if this page is easy to read."),
                        *_left_out(report),
                    )
                ),
            ),
        ),
        large=True,
    )


OUTPUT = Output(name="easy-read", audience="public", build=build, for_whom=FOR_WHOM)


def _each(*said: Place) -> Iterator[Part]:
    return (Paragraph((each,)) for each in said)


def _sentences(words: str) -> Iterator[Part]:
    return _each(*filter(None, _END.split(" ".join(words.split()))))


def _section(report: Report, number: int, entry: EntryReport) -> Section:
    return Section(
        heading=tr("You said"),
        number=number,
        parts=(*_sentences(entry.words), *_each(*_how_many(report, entry)), *_answer(report, entry)),
    )


def _how_many(report: Report, entry: EntryReport) -> Iterator[Text]:
    """How many, without shares and words for them; not where the number would tell what each person said."""
    said_by, against = lines.number(entry, "said_by"), lines.number(entry, "against")
    if lines.TOO_FEW in lines.counts(report, entry):
        return
    if said_by is not None:
        yield trn("{n} person said this.", "{n} people said this.", said_by)
    if against:
        yield trn("{n} person said the opposite.", "{n} people said the opposite.", against)


def _answer(report: Report, entry: EntryReport) -> Iterator[Part]:
    found = lines.answered(report, entry)
    answer = found.answer
    to = tr("We gave it to {body}.", body=answer.to)
    yield Paragraph((to if answer.to else _ANSWERS[answer.status],), "question")
    yield from _sentences(answer.words)
    if answer.status in ("planned", "waiting") and answer.on:
        yield from _each(tr("The day is {day}.", day=Day(answer.on)))
    if answer.where:
        yield from _each(tr("You can see it here:"), answer.where)
    if answer.status == "done":
        yield from _each(found.confirmed.words)


def _nothing(said: tuple[EntryReport, ...]) -> Iterator[Section]:
    if not said:
        told = tuple(_each(tr("We are still reading it.")))
        yield Section(heading=tr("What you said"), parts=told)


def _promised(report: Report) -> Iterator[Section]:
    for entry in lines.in_(report, "promise"):
        due = (tr("We do it by {day}.", day=Day(entry.fields["by"])),) if entry.fields.get("by") else ()
        kept = lines.answered(report, entry).answer.status
        answer = () if kept == "none" else tuple(_answer(report, entry))
        yield Section(heading=tr("We promised"), parts=(*_sentences(entry.words), *_each(*due), *answer))


def _left_out(report: Report) -> Iterator[Text]:
    if any(of.told > len(of.shown) for of in (report.stories, *report.words)):
        yield tr("Some words are not here.")
        yield tr("The people who said them did not want that, or nobody has read them yet.")
