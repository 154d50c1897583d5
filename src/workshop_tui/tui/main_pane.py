"""What matters now, from top to bottom: the middle pane of the console. Pure: a width in, lines that fit it out."""

from __future__ import annotations

from workshop_tui.domain.agenda import option_letters
from workshop_tui.domain.results import KEPT_WORDS
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import ENGLISH
from workshop_tui.room.ending import by_itself, cautions, going_words, gone_words
from workshop_tui.room.snapshot import ItemView, RoundView
from workshop_tui.room.times import clock, minutes_words
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, heading, paragraph, result_lines


def main_pane(desk: Desk, width: int) -> Lines:
    """What matters now, from top to bottom."""
    sections = [
        _paused(desk, width),
        _ended(desk, width),
        _start(desk, width),
        _answers(desk, width),
        _options(desk, width),
        _gathered(desk, width),
        _say(desk, width),
        _roles(desk, width),
        _next(desk, width),
        _catch_up(desk, width),
    ]
    lines: Lines = []
    for section in sections:
        if section:
            lines += [*([[]] if lines else []), *section]
    return lines


def _paused(desk: Desk, width: int) -> Lines:
    if desk.snapshot.phase != "paused":
        return []
    return [
        *heading("PAUSED", width, "the timer stands"),
        *paragraph("Phones can send nothing; what people wrote stays on them.", width),
        *paragraph("ctrl+p, then “Pause the room, or go on”: goes on.", width, "strong", "→ "),
    ]


def _ended(desk: Desk, width: int) -> Lines:
    snapshot = desk.snapshot
    if snapshot.finished_at is not None:
        return [
            *heading("THE WRITE-UP IS FINISHED", width, clock(snapshot.finished_at)),
            *paragraph(gone_words(snapshot.write_up), width),
            *paragraph("Nothing changes any more. x writes the reports.", width),
        ]
    if snapshot.ended_at is None:
        return []
    return [*heading("THE WORKSHOP HAS ENDED", width, clock(snapshot.ended_at)), *_to_write_up(desk, width)]


def _to_write_up(desk: Desk, width: int) -> Lines:
    """What is left to do, and until when."""
    write_up, waiting = desk.snapshot.write_up, desk.snapshot.waiting
    lasts = f" {write_up.lasts}" if write_up.lasts else ""
    lines = paragraph(f"Phones can send nothing more. You can write up{lasts}:", width)
    if waiting.unread:
        lines += paragraph(f"{waiting.unread} to read: press s.", width, "warn", "! ")
    for words in cautions(write_up):
        lines += paragraph(words, width, "warn", "! ")
    lines += paragraph("Read and approve (s), take notes (t k w m), write the reports (x).", width, lead="→ ")
    rest = " ".join(filter(None, (going_words(write_up), by_itself(write_up))))
    done = f"To finish the write-up: ctrl+p, then “Finish the write-up”. {rest}"
    return [*lines, *paragraph(done.rstrip(), width, lead="→ ")]


def _start(desk: Desk, width: int) -> Lines:
    snapshot = desk.snapshot
    if snapshot.started or snapshot.ended_at is not None:
        return []
    lines = [*heading("NOT STARTED", width), *paragraph(ENGLISH.text(snapshot.status), width)]
    if snapshot.scheduled_start is not None:
        lines += paragraph(f"The agenda starts at {clock(snapshot.scheduled_start)}.", width)
    lines += [[], *paragraph("n opens the first item and starts the day.", width, "strong", "→ ")]
    lines += paragraph("j shows the square to scan. b changes the big screen. h: its address.", width, lead="→ ")
    lines += paragraph("P counts the people present, so that answers have a base.", width, lead="→ ")
    lines += paragraph("Your laptop screen must not be what the room sees. Show the big screen page on the "
                       "projector as a second display.", width, "warn", "! ")  # fmt: skip
    return lines


def _answers(desk: Desk, width: int) -> Lines:
    snapshot, round_ = desk.snapshot, desk.snapshot.round
    here = snapshot.here
    if here is None or not here.is_poll:
        return []
    question = paragraph(here.item.question or here.item.title, width, "plain", "? ")
    if round_ is None:
        lacking = here.wants_ideas and not _chosen(here)
        ready = "No options yet: o chooses them from the room's ideas." if lacking else "v opens the vote."
        ready = f"{_taken_from(here)}{ready}"
        return [*heading("VOTE", width, "not open"), *question, *paragraph(ready, width, "strong", "→ ")]
    lines = [*heading("RESULT" if round_.shown else "ANSWERS", width, _who_sees(round_)), *question]
    if snapshot.result is not None and (round_.shown or desk.peek):
        lines += result_lines(snapshot.result, snapshot.result_words, width)
    elif round_.status == "void":
        lines += paragraph("This round does not count. It stays in the record. v opens a new one.", width, "warn")
    else:
        lines += paragraph("Live results hidden. Press l to look.", width, "quiet")
    return [*lines, [], *_round_words(desk, round_, width)]


def _taken_from(here: ItemView) -> str:
    """What the vote takes from an item before it when it opens, as a sentence; empty for nothing."""
    activity = here.item.activity
    if activity is None:
        return ""
    if activity.again:
        return f"It asks “{activity.again}” a second time. "
    source = activity.config.get("leaders_of")
    return f"Its options will be the best of “{source}”. " if source else ""


def _chosen(here: ItemView) -> bool:
    """Whether options were chosen; “something else” alone is what the agenda adds."""
    return any(not option.other for option in here.options)


def _who_sees(round_: RoundView) -> str:
    number = f"round {round_.number}, " if round_.number > 1 else ""
    number += "asked a second time, " if round_.again else ""
    return f"{number}the room sees this" if round_.shown else f"{number}only you can see this"


def _round_words(desk: Desk, round_: RoundView, width: int) -> Lines:
    still = max(0, desk.expected - round_.answered - round_.skipped)
    counts = [f"{round_.answers} answered"]
    counts += [f"{round_.skipped} skipped"] if round_.skipped else []
    counts += [f"{still} not yet"] if round_.status == "open" else []
    counts += [f"{round_.changes} changed their answer"] if round_.changes else []
    lines = paragraph(" · ".join(counts), width)
    match round_.status:
        case "open":
            lines += paragraph("People can change their answer until you close it (v).", width, "quiet")
        case "closed":
            left = 0 if round_.reopen_until is None else round_.reopen_until - desk.now
            again = f"v within {left // 1000 + 1} s opens it again. " if left > 0 else ""
            lines += paragraph(f"{again}r r shows the result to the room.", width, "strong", "→ ")
        case "sealed":
            word = "r hides the result." if round_.shown else "r r shows the result to the room."
            if desk.snapshot.ended_at is not None and not round_.revealed:
                word = "The room did not see the result."
            counted = (
                f"Counted. {KEPT_WORDS.capitalize()} the file keeps which phone gave which answer."
                if round_.kept
                else "Counted for good: nobody can link an answer to a person."
            )
            lines += paragraph(f"{counted} {word}", width, "quiet")
            if round_.tied:
                lines += paragraph("T names one of those that tie, with your reason.", width, "strong", "→ ")
        case "void":
            pass
    return lines


def _options(desk: Desk, width: int) -> Lines:
    here = desk.snapshot.here
    if here is None or not here.wants_ideas or not _chosen(here) or desk.snapshot.round is not None:
        return []
    letters = option_letters(here.options)
    lines = heading("OPTIONS", width, "chosen from the room's ideas (o)")
    for option in here.options:
        lines += paragraph(option.text, width, lead=f"{letters[option.key]} ")
    return lines


def _gathered(desk: Desk, width: int) -> Lines:
    here, waiting = desk.snapshot.here, desk.snapshot.waiting
    if here is None or not here.is_gathering:
        return []
    lines = heading(ENGLISH.text(here.gathers).upper(), width, "only you can read these" if here.only_you else "")
    if here.item.question:
        lines += paragraph(here.item.question, width, lead="? ")
    lines += paragraph(f"{here.collected} sent in", width)
    if waiting.unread:
        lines += paragraph(f"{waiting.unread} to read: press s.", width, "warn", "! ")
    if waiting.approved or waiting.held:
        lines += paragraph(f"{waiting.approved} approved for the screen · {waiting.held} held", width, "quiet")
    if desk.snapshot.phase != "running":
        return lines
    state = "Phones can send. v stops it." if here.gathering_open else "Phones cannot send. v lets them."
    return [*lines, *paragraph(state, width, "quiet")]


def _say(desk: Desk, width: int) -> Lines:
    here = desk.snapshot.here
    if here is None or desk.snapshot.ended_at is not None:
        return []
    lines: Lines = []
    if here.item.say:
        lines += paragraph(f"“{here.item.say}”", width, lead="SAY  ")
    if here.item.access:
        lines += paragraph(here.item.access, width, "quiet", "ACCESS  ")
    if here.item.capture:
        lines += paragraph(here.item.capture, width, "quiet", "KEEP  ")
    return lines


def _roles(desk: Desk, width: int) -> Lines:
    """Who people are here as, only ever as counts."""
    if not desk.snapshot.roles or desk.snapshot.ended_at is not None:
        return []
    return paragraph(str(desk.snapshot.roles), width, "quiet", "HERE  ")


def _next(desk: Desk, width: int) -> Lines:
    line = desk.next_line
    if not desk.snapshot.started or desk.snapshot.ended_at is not None:
        return []
    if line is None:
        return paragraph("This is the last item. To end: ctrl+p, then “End the workshop”.", width, lead="NEXT  ")
    times = clock(desk.expected_start(line))
    if abs(line.start - line.planned_start) >= MINUTE:
        times = f"planned {clock(line.planned_start)}, now {times}"
    return paragraph(f"{line.number} {line.title}, {line.minutes} min ({times})", width, lead="NEXT  ")


def _catch_up(desk: Desk, width: int) -> Lines:
    plans = desk.snapshot.plans
    if not plans:
        return []
    over = minutes_words(max(desk.day_over_ms, MINUTE))
    return paragraph(f"you are {over} over. {plans[0].title}: gains {plans[0].saves_min} min. c to choose.",
                     width, "warn", "CATCH UP  ")  # fmt: skip
