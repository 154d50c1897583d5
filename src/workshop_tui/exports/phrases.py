"""What readable pages say of a session in their own words, whatever audience they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.exports.document import Said
from workshop_tui.exports.report import (
    EntryReport,
    Gathered,
    ItemReport,
    NoteReport,
    Report,
    RoundReport,
    ShownContribution,
)
from workshop_tui.messages import Counted, Day, Message, Place, Quoted, Verbatim, counted, tr, trn

NOTHING: Final = Verbatim("-")
"""What stands where a cell has nothing to say."""

_ITEM_STATUS: Final = {
    "done": tr("done"),
    "open": tr("open when this was written"),
    "skipped": tr("skipped"),
}

_ROUND_STATUS: Final = {
    "open": (tr("This vote was still open when this was written."), tr("It is counted once it is closed and sealed.")),
    "closed": (
        tr("This vote was closed but not sealed yet when this was written."),
        tr("It is counted once it is sealed."),
    ),
}


def day_of(report: Report) -> Day:
    """The day it was held on; where it has not begun, the day of its last entry."""
    return report.origin.clock.day(report.started_at or report.origin.as_of)


def own(report: Report, text: str) -> Quoted:
    """Words of the agenda, with their language."""
    return Quoted(text, report.language)


def phones(report: Report) -> Place:
    """How many phones joined."""
    if not report.looking_on:
        return report.phones
    return tr("{phones}, of which {looking_on} only looked on", phones=report.phones, looking_on=report.looking_on)


def status(report: Report) -> Said:
    """What kind of session it was and what was decided, as people read it; empty where the agenda does not say."""
    return report.status if isinstance(report.status, tuple) else (report.status,) if report.status else ()


def who_came(report: Report) -> Said:
    """How many came, by the facilitator's count or by the phones; a phone that joined may not have answered."""
    if report.present is not None:
        return (trn("{n} person was in the room.", "{n} people were in the room.", report.present), *by_video(report))
    joined = trn("{n} phone joined.", "{n} phones joined.", report.phones)
    looked_on = trn("{n} of them only looked on.", "{n} of them only looked on.", report.looking_on)
    return (joined, looked_on) if report.looking_on else (joined,)


def by_video(report: Report) -> tuple[Message, ...]:
    """How many took part by video link; nothing where nobody did."""
    many = report.by_video
    return (trn("{n} person took part by video link.", "{n} people took part by video link.", many),) if many else ()


def shown_of(gathered: Gathered) -> Place:
    """How many were told, and how many of them may be read here."""
    return _shown_of(gathered.told, len(gathered.shown))


def noted(report: Report, which: NoteList) -> Place:
    """How many notes of a list were taken, and how many of them may be read here."""
    shown = len(notes_in(report, which))
    return _shown_of(shown + _held_in(report, which), shown)


def _shown_of(told: int, shown: int) -> Place:
    return told if shown == told else tr("{told}, of which {shown} in this report", told=told, shown=shown)


def who_by_when(note: NoteReport) -> Said:
    """Who does it and by when, as far as that was noted: "owner: Sam", "by 1 April 2026"."""
    owner = (tr("owner: {owner}", owner=note.owner),) if note.owner else ()
    due = (tr("by {day}", day=Day(note.due)),) if note.due else ()
    return (*owner, *due)


def where_noted(note: NoteReport | EntryReport) -> Message:
    """During which item."""
    number = note.item_number
    return tr("before the start") if number is None else tr("item {number}", number=number)


def round_remarks(round_: RoundReport) -> tuple[Said, ...]:
    """What must be said of a round before its result; empty for one that was counted and shown."""
    if round_.status in _ROUND_STATUS:
        return (_ROUND_STATUS[round_.status],)
    remarks: list[Said] = []
    if round_.awaits_award:
        remarks.append((tr("Its scores and reasons are left out until the contract is awarded."),))
    if round_.status == "void":
        remarks.append(
            (tr("Declared void: it does not count."), tr("Reason: {reason}", reason=round_.reason)),
        )
    if not round_.shown_to_room:
        remarks.append((tr("This result was not shown to the room."),))
    if round_.linked:
        remarks.append(
            (
                tr("This will be asked again."),
                tr("Until the second count answers stay linked to phones in the session file."),
                tr("So the ballots are not listed here yet."),
            )
        )
    return tuple(remarks)


def round_counts(round_: RoundReport) -> Said:
    """The numbers beside the base: phones, people, changed answers."""
    present = (
        tr("Nobody counted the people in the room.")
        if round_.present is None
        else trn(
            "{n} person was in the room or on a video link.",
            "{n} people were in the room or on a video link.",
            round_.present,
        )
        if round_.with_video
        else trn("{n} person was in the room.", "{n} people were in the room.", round_.present)
    )
    changed = trn(
        "{n} answer was changed before the vote closed.",
        "{n} answers were changed before the vote closed.",
        round_.changes,
    )
    joined = trn("{n} phone had joined.", "{n} phones had joined.", round_.joined)
    return (joined, present) if round_.rounded else (joined, present, changed)


def item_status(item: ItemReport, report: Report) -> Said:
    """What became of an item, with the reason, and whether it was added or edited."""
    if item.status == "skipped" and item.reason:
        status = tr("skipped: {reason}", reason=item.reason)
    elif item.status in _ITEM_STATUS:
        status = _ITEM_STATUS[item.status]
    else:
        status = tr("not reached") if report.ended_at is not None else tr("still to come")
    added = (tr("added during the session"),) if item.planned is None else ()
    edited: Said = ()
    if item.edited and item.planned is not None and item.planned.title != item.title:
        planned = own(report, item.planned.title)
        edited = (tr("changed before it was opened (planned as “{title}”)", title=planned),)
    elif item.edited:
        edited = (tr("changed before it was opened"),)
    return (status, *added, *edited)


def minutes_used(item: ItemReport) -> Place:
    """The minutes on the item's timer; a dash for one that was never opened."""
    if item.opened_at is None:
        return NOTHING
    return (item.spent_ms + MINUTE // 2) // MINUTE if item.spent_ms >= MINUTE else tr("under 1")


def minutes_planned(item: ItemReport) -> Place:
    """The minutes in the agenda; a dash for an item that was added."""
    return NOTHING if item.planned is None else item.planned.minutes


def standing(said: ShownContribution) -> Said:
    """How many want to know a question, and what became of it; empty for what takes no votes."""
    if said.votes is None:
        return ()
    return votes_words(said.votes), answer_words(said.answer) if said.answer else tr("Not answered.")


NoteList = Literal["concerns", "actions", "promises", "notes"]
"""The lists of notes in a report, as its fields are called."""

_LEFT_OUT: Final[Mapping[NoteList, Counted]] = {
    "concerns": counted(
        "{n} concern is left out because it is held back.", "{n} concerns are left out because they are held back."
    ),
    "actions": counted(
        "{n} action is left out because it is held back.", "{n} actions are left out because they are held back."
    ),
    "promises": counted(
        "{n} promise is left out because it is held back.", "{n} promises are left out because they are held back."
    ),
    "notes": counted(
        "{n} note is left out because it is held back.", "{n} notes are left out because they are held back."
    ),
}
_NONE: Final[Mapping[NoteList, Message]] = {
    "concerns": tr("No concern was noted down."), "actions": tr("No action was agreed."),
    "promises": tr("No promise was made."), "notes": tr("No note was kept."),
}  # fmt: skip


LISTS: Final[tuple[NoteList, ...]] = ("concerns", "actions", "promises", "notes")


def notes_in(report: Report, which: NoteList) -> tuple[NoteReport, ...]:
    """The notes of a list that may be read here."""
    notes: tuple[NoteReport, ...] = getattr(report, which)
    return notes


def _held_in(report: Report, which: NoteList) -> int:
    held: int = getattr(report.notes_held, which)
    return held


def beside_notes(report: Report, which: NoteList) -> Said:
    """What stands beside a list of notes: how many are held back, or that there is none; empty for neither."""
    return held_notes(report, which) or (() if notes_in(report, which) else (_NONE[which],))


def held_notes(report: Report, which: NoteList) -> Said:
    """How many notes of a list are held back; empty for none."""
    held = _held_in(report, which)
    return (_LEFT_OUT[which].of(held),) if held else ()


def answers_held(gathered: Gathered) -> Said:
    """How many questions have an answer whose words are held back; empty for none."""
    held = answers_left_out(sum(said.answer_held for said in gathered.shown))
    return (held,) if held.n else ()


def answers_left_out(many: int) -> Message:
    """That the words of so many answers are left out."""
    return trn(
        "The words of {n} answer are left out because they are held back.",
        "The words of {n} answers are left out because they are held back.",
        many,
    )


def not_shown(gathered: Gathered) -> Said:
    """How many are not in the report, and how many of them for which reason; empty when all are."""
    count, missing = gathered.told - len(gathered.shown), gathered.missing
    if not count:
        return ()
    reasons = (
        trn(
            "{n} is left out because whoever told it did not want that.",
            "{n} are left out because those who told them did not want that.",
            missing.not_wanted,
        ),
        trn(
            "{n} is left out because it was only for the day, and is deleted.",
            "{n} are left out because they were only for the day, and are deleted.",
            missing.day_over,
        ),
        trn(
            "{n} is left out because whoever told it took it back.",
            "{n} are left out because those who told them took them back.",
            missing.withdrawn,
        ),
        trn(
            "{n} is left out because it is held back.",
            "{n} are left out because they are held back.",
            missing.held,
        ),
        trn(
            "{n} is left out because nobody has read it yet.",
            "{n} are left out because nobody has read them yet.",
            missing.not_read,
        ),
        trn(
            "{n} is left out because nobody has approved it.",
            "{n} are left out because nobody has approved them.",
            missing.not_approved,
        ),
    )
    told = gathered.noun.counted.of(gathered.told)
    total = trn("{n} of {told} is not in this report.", "{n} of {told} are not in this report.", count, told=told)
    return (total, *(reason for reason in reasons if reason.n))


def lock(report: Report) -> Said:
    """Whether the session file was locked and, where it was not, the reason that was given."""
    if report.kept.locked:
        return (tr("The session file was locked with a passphrase when this was written."),)
    told = tr("The session file was not locked when this was written.")
    reason = report.kept.unlocked
    return (told, tr("The reason given: {reason}", reason=reason)) if reason else (told,)


def kept_until(report: Report) -> Message | None:
    """Until when the session is kept; None where nobody was asked."""
    if report.kept.until is None:
        return None
    if not report.kept.until:
        return tr("That was not decided yet when this was written.")
    return tr("Until {day}, and deleted then.", day=Day(report.kept.until))


def write_up(report: Report) -> Said:
    """How far the session is: whether it ended, and whether its write-up is finished or until when it lasts."""
    if report.ended_at is None:
        return (tr("The session had not ended when this was written."),)
    if report.finished_at is not None:
        day = report.origin.clock.day(report.finished_at)
        return tr("The write-up was finished on {day}.", day=day), tr("What was only for the day is deleted.")
    lasts = (tr("It lasts until {day}.", day=Day(report.write_up_by)),) if report.write_up_by else ()
    return (
        tr("The session had ended."),
        tr("Its write-up was not finished when this was written."),
        *lasts,
    )
