"""The half page that begins every report: points, what was promised, what comes next, what stays, what is contested.

And what ends it: what was left out and why, who may have it, and from which session it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from workshop_tui.domain.honesty import FIXED_LINE, tells_each
from workshop_tui.domain.points import TAKEN_BACK
from workshop_tui.domain.registers import Register
from workshop_tui.exports import lines, phrases
from workshop_tui.exports.document import Bullets, Entries, Entry, Paragraph, Part, Said, Section
from workshop_tui.exports.report import EntryReport, Report
from workshop_tui.messages import Day, Message, Verbatim, tr, trn

FEW: Final = 5
"""So many of each stand in the half page; the rest of the report has all."""

_CONVERSATION: Final = ("feed_back", "answer", "consult")
"""Promises that keep a conversation going."""


def in_short(report: Report, *, room: bool = False, named: bool = True) -> Section:
    """The half page.

    Args:
        report: The session.
        room: Whether those who were there read it.
        named: Whether people are named.
    """
    return Section(
        heading=tr("In short"),
        anchor="short",
        parts=(
            Section(heading=tr("What came out of it"), parts=_points(report, room=room)),
            Section(heading=tr("What was promised, by whom and when"), parts=_promised(report, named=named)),
            Section(heading=tr("What happens next"), parts=_next(report, named=named)),
            Section(heading=tr("What stays in place, so that we keep talking"), parts=_stays(report, named=named)),
            Section(heading=tr("What people do not agree on"), parts=_contested(report, room=room)),
        ),
    )


def _points(report: Report, *, room: bool) -> tuple[Part, ...]:
    points = lines.points(report)
    shown = tuple(
        Entry((("", each.words),), (*lines.counts(report, each, room=room), *again(each))) for each in points[:FEW]
    )
    if not shown:
        return lines.nothing(report, tr("Nobody has made points of what was said yet."))
    return (Entries(shown), *_more(len(points)))


def again(entry: EntryReport) -> Said:
    """That what a point rested on was taken back; empty where something of it stands."""
    return tuple(each for each in lines.behind(entry) if each == TAKEN_BACK)


def _promised(report: Report, *, named: bool) -> tuple[Part, ...]:
    promises = lines.in_(report, "promise")
    if not promises:
        return lines.nothing(report, tr("No promise was noted down."), "promises")
    return (*lines.noted(promises[:FEW], named=named), *_more(len(promises)))


def _next(report: Report, *, named: bool) -> tuple[Part, ...]:
    """What somebody does still."""
    actions = lines.to_do(report, "action")
    handed = tuple((phrases.own(report, each),) for each in report.baton_out[:FEW])
    if not actions and not handed:
        none = (
            tr("Everything that was agreed has its answer.")
            if lines.in_(report, "action")
            else tr("Nobody noted down what happens next.")
        )
        return lines.nothing(report, none, "actions")
    return (
        *lines.noted(actions[:FEW], named=named),
        *_more(len(actions)),
        *((Paragraph((tr("To be handed on:"),)), Bullets(handed)) if handed else ()),
    )


def _stays(report: Report, *, named: bool) -> tuple[Part, ...]:
    kept = [each for each in lines.in_(report, "promise") if each.fields.get("sort") in _CONVERSATION]
    asked, offers = lines.in_(report, "question"), lines.in_(report, "offer")
    entries = [
        *(Entry((("", each.words),), lines.when(each)) for each in kept),
        *(Entry((("", each.words),), _answers(each, named=named), "; ") for each in asked),
        *(Entry((("", each.words),), _offers(each)) for each in offers),
    ]
    told = lines.paragraph(*_hear_back(report))
    if not entries:
        return told or lines.nothing(report, tr("Nobody noted down how people keep talking."), "promises", "notes")
    return (*told, Entries(tuple(entries[:FEW])), *_more(len(entries)))


def _hear_back(report: Report) -> Said:
    """How and by when people hear back, as the room was promised."""
    how, by = report.promise.hear_back, report.promise.hear_back_by
    return (
        *((tr("Those who took part hear back by {day}.", day=Day(by)),) if by else ()),
        *((tr("How those who took part hear back:"), *how) if how else ()),
    )


def _answers(entry: EntryReport, *, named: bool) -> Said:
    found = lines.who(entry, named=named)
    return (*((tr("{who} answers this", who=found),) if found else ()), *lines.when(entry))


def _offers(entry: EntryReport) -> Said:
    return (tr("Offered by {who}.", who=entry.fields["who"]),) if entry.fields.get("who") else ()


def _contested(report: Report, *, room: bool) -> tuple[Part, ...]:
    tensions = lines.in_(report, "tension")
    against = [each for each in lines.points(report) if lines.number(each, "against")]
    concerns = len(lines.in_(report, "concern"))
    entries = [
        *(Entry((("", each.words),), _between(each)) for each in tensions),
        *(Entry((("", each.words),), lines.counts(report, each, room=room)) for each in against),
    ]
    raised = (trn("{n} concern was raised.", "{n} concerns were raised.", concerns),) if concerns else ()
    if not entries and not raised:
        return lines.nothing(report, tr("Nothing of that kind was noted down."), "concerns", "notes")
    return (
        *((Entries(tuple(entries[:FEW])), *_more(len(entries))) if entries else ()),
        *lines.paragraph(*raised),
    )


def _between(entry: EntryReport) -> Said:
    return (tr("Between: {between}.", between=entry.fields["between"]),) if entry.fields.get("between") else ()


def _more(count: int) -> tuple[Part, ...]:
    said = trn("{n} more stands below.", "{n} more stand below.", count - FEW)
    return (Paragraph((said,), "details"),) if count > FEW else ()


# The end. ---------------------------------------------------------------------------------------------


def left_out(report: Report, *, reasons: bool = False) -> Section:
    """What is not in a report, and why; that nothing is left out, where that is so.

    Args:
        report: The session.
        reasons: Whether it shows the reasons that people gave beside their votes.
    """
    said = tuple(_left_out(report, reasons=reasons))
    return Section(
        heading=tr("What was left out, and why"),
        anchor="left-out",
        parts=(Bullets(said),) if said else (Paragraph((tr("Nothing was left out."),)),),
    )


def _left_out(report: Report, *, reasons: bool) -> Iterator[Said]:
    for gathered in (report.stories, *report.words):
        for said in (phrases.not_shown(gathered), phrases.answers_held(gathered)):
            if said:
                yield said
    for which in phrases.LISTS:
        if held := phrases.held_notes(report, which):
            yield held
    if report.answers_held:
        yield (phrases.answers_left_out(report.answers_held),)
    if many := sum(each.fields_held for each in report.entries):
        yield (trn("{n} detail of a line is held back.", "{n} details of lines are held back.", many),)
    for round_ in report.rounds if reasons else ():
        if said := round_.reasons_left_out.sentences:
            yield (phrases.own(report, round_.question), *said)
    yield from ((each,) for each in awarded(report))


def awarded(report: Report) -> tuple[Message, ...]:
    """That scores are left out until a contract is awarded; empty where none are."""
    if not any(each.awaits_award for each in report.rounds):
        return ()
    return (
        tr("The scores and the reasons for them are left out until the contract is awarded on {day}.",
           day=Day(report.award_on)),
    )  # fmt: skip


def small_results(report: Report) -> int:
    """How many results would tell what each person said."""
    return sum(tells_each(each.result) for each in report.rounds if each.status == "sealed")


def ending(report: Report, for_whom: Message, *more: Message) -> Section:
    """Whose views these are, who may have the page, how far the session is, and which it is."""
    origin = report.origin
    return Section(
        heading=tr("About this page"),
        look="footer",
        parts=(
            Paragraph((FIXED_LINE, *more)),
            Paragraph((for_whom,)),
            Paragraph((*not_what_it_was(report), *phrases.write_up(report), *report.damage)),
            Paragraph((
                tr("From session {session}, with everything up to {day}.", session=Verbatim(origin.id),
                   day=origin.clock.day(origin.as_of)),
            )),
        ),
    )  # fmt: skip


_CONSULTATION: Final = "consult"


def not_what_it_was(report: Report) -> tuple[Message, ...]:
    """That it was no consultation, where the words of the day call it one and it was none."""
    if report.engagement_kind in (None, "formal_consultation"):
        return ()
    said: Sequence[str] = (
        report.title, report.purpose, report.baton_in, *report.baton_out, *(each.words for each in report.entries),
        *(each.title for each in report.items), *(each.question for each in report.items),
    )  # fmt: skip
    if not any(_CONSULTATION in each.casefold() for each in said):
        return ()
    return (tr("Some words here speak of a consultation."), tr("This session was not part of one."))


REGISTERS_LEFT: Final[tuple[Register, ...]] = (
    "question", "tension", "agreement", "option", "offer", "gain_loss", "to_tell", "paper_asked", "material", "access",
    "missing", "cost",
)  # fmt: skip
"""The registers that a report shows after points, concerns, actions and promises."""
