"""What the readable reports say in their own words, so that the page and the plain text say the same."""

from __future__ import annotations

import datetime as dt
from typing import Final

from workshop_tui.domain.results import KEPT_WORDS
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.exports.local_time import ClockFace
from workshop_tui.exports.report import Gathered, ItemReport, NoteReport, Report, RoundReport, Said
from workshop_tui.messages import ENGLISH

_ITEM_STATUS: Final = {"done": "done", "open": "open when this was written", "skipped": "skipped"}

_ROUND_STATUS: Final = {
    "open": "This vote was still open when this was written. It is counted once it is closed and sealed.",
    "closed": "This vote was closed but not sealed yet when this was written. It is counted once it is sealed.",
}


def clock_of(report: Report) -> ClockFace:
    """The clock that a report's moments are told by."""
    return ClockFace(report.origin.utc_offset_minutes, known=report.origin.clock_known)


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun: "1 vote", "2 votes"."""
    return f"{count} {one if count == 1 else many}"


def at_a_glance(report: Report) -> list[tuple[str, str]]:
    """The numbers of the first page, as (what, number): concerns first."""
    sealed = [each for each in report.rounds if each.status == "sealed"]
    void = sum(each.status == "void" for each in report.rounds)
    lines = [
        ("Concerns raised", str(len(report.concerns))),
        ("People in the room", "not counted" if report.present is None else str(report.present)),
        ("Phones that joined", _phones_of(report)),
        ("Votes counted", f"{len(sealed)}" + (f", and {void} declared void" if void else "")),
        ("Stories told", _shown_of(report.stories)),
        *((f"{each.many.capitalize()} given", _shown_of(each)) for each in report.words),
        ("Actions agreed", str(len(report.actions))),
        ("Promises made", str(len(report.promises))),
    ]
    if report.damage:
        lines.append(("The session file", " ".join(map(str, report.damage))))
    lines.append(("State", write_up(report)))
    return [*lines, ("Not in order", report.origin.left_out)] if report.origin.left_out else lines


def item_number(note: NoteReport) -> str:
    """Where a note belongs: "item 4"."""
    return "before the start" if note.item_number is None else f"item {note.item_number}"


def note_details(note: NoteReport) -> str:
    """Who and by when, then where it belongs: "Owner: Sam; by 2026-04-01; item 4"."""
    parts = [f"owner: {note.owner}" if note.owner else "", f"by {note.due}" if note.due else "", item_number(note)]
    return "; ".join(part for part in parts if part)


def round_heading(round_: RoundReport, rounds: int) -> str:
    """What to call a round under the heading of its item; empty where it is the only one."""
    return "" if rounds == 1 and round_.number == 1 else f"Round {round_.number}"


def round_remarks(round_: RoundReport) -> list[str]:
    """What must be said of a round before its result; empty for one that was counted and shown."""
    remarks = []
    if round_.status in _ROUND_STATUS:
        return [_ROUND_STATUS[round_.status]]
    if round_.status == "void":
        remarks.append(f"Declared void: it does not count. Reason: {round_.reason}")
    if not round_.shown_to_room:
        remarks.append("This result was not shown to the room.")
    if round_.linked:
        remarks.append(
            f"This will be asked again. {KEPT_WORDS.capitalize()} answers stay linked to phones in the session file. "
            "So the ballots are not listed here yet."
        )
    return remarks


def round_counts(round_: RoundReport) -> str:
    """The numbers beside the base: phones, people, changed answers."""
    present = "nobody counted the people in the room" if round_.present is None else f"{round_.present} in the room"
    if round_.rounded:
        return f"{plural(round_.joined, 'phone', 'phones')} had joined; {present}."
    changed = plural(round_.changes, "answer was", "answers were")
    return (
        f"{plural(round_.joined, 'phone', 'phones')} had joined; {present}; {changed} changed before the vote closed."
    )


def item_status(item: ItemReport, report: Report) -> str:
    """What became of an item, with the reason, and whether it was added or edited."""
    status = _ITEM_STATUS.get(item.status) or ("not reached" if report.ended_at is not None else "still to come")
    if item.reason:
        status += f": {item.reason}"
    if item.planned is None:
        status += "; added during the session"
    if item.edited:
        status += "; changed before it was opened"
        if item.planned is not None and item.planned.title != item.title:
            status += f" (planned as “{item.planned.title}”)"
    return status


def minutes_used(item: ItemReport) -> str:
    """The minutes on the item's timer; a dash for one that was never opened."""
    if item.opened_at is None:
        return "-"
    return str((item.spent_ms + MINUTE // 2) // MINUTE) if item.spent_ms >= MINUTE else "under 1"


def minutes_planned(item: ItemReport) -> str:
    """The minutes in the agenda; a dash for an item that was added."""
    return "-" if item.planned is None else str(item.planned.minutes)


def standing(said: Said) -> str:
    """How many want to know a question, and what became of it; empty for what takes no votes."""
    if said.votes is None:
        return ""
    answer = answer_words(AnswerRow(said.answer, said.taken_by)) if said.answered else "Not answered"
    return f"{votes_words(said.votes)!s} {answer!s}."


def not_shown(gathered: Gathered) -> str:
    """How many are not in the report, and how many of them for which reason; empty when all are."""
    count = gathered.told - len(gathered.shown)
    if not count:
        return ""
    missing = gathered.missing
    reasons = (
        (missing.not_wanted, "because {whoever} did not want that"),
        (missing.day_over, "because {they} {were} only for the day, and {are} deleted"),
        (missing.withdrawn, "because {whoever} took {them} back"),
        (missing.held, "because {they} {are} held back"),
        (missing.not_read, "because nobody has read {them} yet"),
        (missing.not_approved, "because nobody has approved {them}"),
    )
    said = [(number, reason.format(**_forms(number))) for number, reason in reasons if number]
    verb = "is" if count == 1 else "are"
    total = f"{count} of {plural(gathered.told, gathered.one, gathered.many)} {verb} not in this report"
    if len(said) == 1:
        return f"{total}, {said[0][1]}."
    return f"{total}: {', '.join(f'{number} {reason}' for number, reason in said)}."


def _forms(number: int) -> dict[str, str]:
    if number == 1:
        return {"whoever": "whoever told it", "they": "it", "them": "it", "were": "was", "are": "is"}
    return {"whoever": "those who told them", "they": "they", "them": "them", "were": "were", "are": "are"}


def write_up(report: Report) -> str:
    """How far the session is: whether it ended, and whether its write-up is finished or until when it lasts."""
    clock = clock_of(report)
    if report.ended_at is None:
        return "the session had not ended when this was written"
    if report.finished_at is not None:
        return f"the write-up was finished on {clock.date(report.finished_at)}; what was only for the day is deleted"
    lasts = f", and lasts until {ENGLISH.day(dt.date.fromisoformat(report.write_up_by))}" if report.write_up_by else ""
    return f"the session had ended; its write-up was not finished when this was written{lasts}"


def _phones_of(report: Report) -> str:
    return f"{report.phones}" + (f", of which {report.looking_on} only looked on" if report.looking_on else "")


def _shown_of(gathered: Gathered) -> str:
    shown = len(gathered.shown)
    return str(gathered.told) if shown == gathered.told else f"{gathered.told}, of which {shown} in this report"
