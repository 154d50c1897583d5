"""What matters now, from top to bottom: the middle pane of the console. Pure: a pen in, lines that fit it out."""

from __future__ import annotations

from workshop_tui.domain.received import behind_words, number_words, origin_words, what_is_asked
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Message, Text, Verbatim, tr, trn
from workshop_tui.room.ending import by_itself, cautions, going_words, gone_words
from workshop_tui.room.snapshot import ItemView, RoundView
from workshop_tui.room.times import clock
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.results import result_lines
from workshop_tui.views.facts import lasts_words, paused_words
from workshop_tui.views.handed import hands_words, is_shown
from workshop_tui.views.lengths import minutes_words


def main_pane(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What matters now, from top to bottom."""
    sections = [
        _paused(moment, pen),
        _ended(moment, pen),
        _start(moment, pen),
        _handed(moment, pen),
        _answers(moment, pen),
        _options(moment, pen),
        _gathered(moment, pen),
        _say(moment, pen),
        _roles(moment, pen),
        _next(moment, pen),
        _catch_up(moment, pen),
    ]
    lines: Lines = []
    for section in sections:
        if section:
            lines += [*([[]] if lines else []), *section]
    return lines


def _paused(moment: ConsoleMoment, pen: Pen) -> Lines:
    if moment.snapshot.paused_since is None:
        return []
    return [
        *pen.heading(tr("PAUSED")),
        *pen.paragraphs(paused_words(moment)),
        *pen.paragraph(tr("g goes on."), "strong", "→ "),
    ]


def _ended(moment: ConsoleMoment, pen: Pen) -> Lines:
    snapshot = moment.snapshot
    if snapshot.finished_at is not None:
        return [
            *pen.heading(tr("THE WRITE-UP IS FINISHED"), clock(snapshot.finished_at)),
            *pen.paragraphs(gone_words(snapshot.write_up)),
            *pen.paragraph(tr("Nothing changes any more. x writes the reports.")),
        ]
    if snapshot.ended_at is None:
        return []
    return [*pen.heading(tr("THE WORKSHOP HAS ENDED"), clock(snapshot.ended_at)), *_to_write_up(moment, pen)]


def _to_write_up(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What is left to do, and until when."""
    write_up, waiting = moment.snapshot.write_up, moment.snapshot.waiting
    lines = pen.paragraph(tr("Phones can send nothing more."))
    lines += pen.paragraphs(lasts_words(moment))
    if waiting.unread:
        lines += pen.paragraph(_to_read(waiting.unread), "warn", "! ")
    lines += pen.paragraphs(cautions(write_up), "warn", "! ")
    lines += pen.paragraph(tr("Read and approve (s), take notes (t k w m), write the reports (x)."), lead="→ ")
    lines += pen.paragraph(tr("To finish the write-up: ctrl+p, then “Finish the write-up”."), lead="→ ")
    for words in (going_words(write_up), by_itself(write_up)):
        if words is not None:
            lines += pen.paragraph(words, lead="  ")
    return lines


def _to_read(n: int) -> Message:
    return trn("{n} to read: press s.", "{n} to read: press s.", n)


def _start(moment: ConsoleMoment, pen: Pen) -> Lines:
    snapshot = moment.snapshot
    if snapshot.started or snapshot.ended_at is not None:
        return []
    lines = [*pen.heading(tr("NOT STARTED")), *(pen.paragraph(snapshot.status) if snapshot.status else [])]
    if snapshot.scheduled_start is not None:
        lines += pen.paragraph(tr("The agenda starts at {time}.", time=Verbatim(clock(snapshot.scheduled_start))))
    lines += [[], *pen.paragraph(tr("n opens the first item and starts the day."), "strong", "→ ")]
    lines += pen.paragraph(tr("j shows the square to scan. b changes the big screen. h: its address."), lead="→ ")
    lines += pen.paragraph(tr("P counts the people present, so that answers have a base."), lead="→ ")
    lines += pen.paragraph(
        tr("Your laptop screen must not be what the room sees. Show the big screen page on the projector as a second "
           "display."),
        "warn", "! ",
    )  # fmt: skip
    return lines


def _handed(moment: ConsoleMoment, pen: Pen) -> Lines:
    """The point that is at hand, whole, with what became of it."""
    handed = moment.snapshot.handed
    if handed is None or moment.snapshot.ended_at is not None or not is_shown(moment.snapshot):
        return []
    here = handed.here
    shows = moment.snapshot.screen == "received"
    seen = tr("the room sees this") if shows else tr("not on the big screen: ] shows it")
    lines = [*pen.heading(number_words(here.point, handed.number, handed.total), seen)]
    lines += pen.paragraph(here.point.words, "strong")
    lines += pen.paragraphs((*origin_words(here.point), *behind_words(here.point)), "quiet")
    lines += pen.paragraphs(what_is_asked(here.point))
    lines += pen.paragraphs(here.said, "warn" if here.is_open else "good", "→ ")
    open_words = hands_words(moment.snapshot)
    lines += pen.paragraph(open_words, "quiet") if open_words is not None else []
    return [*lines, *pen.paragraph(tr("] and [ turn to the next and to the one before. R says what became of it."),
                                   "quiet")]  # fmt: skip


def _answers(moment: ConsoleMoment, pen: Pen) -> Lines:
    snapshot, round_ = moment.snapshot, moment.snapshot.round
    here = snapshot.here
    if here is None or not here.is_poll:
        return []
    question = pen.paragraph(here.item.question or here.item.title, "plain", "? ")
    if round_ is None:
        return [*pen.heading(tr("VOTE"), tr("not open")), *question, *_before_opening(here, pen)]
    title = tr("RESULT") if round_.shown else tr("ANSWERS")
    lines = [*pen.heading(title, _who_sees(round_)), *_again(round_, pen), *question]
    if snapshot.result is not None and (round_.shown or moment.peek):
        lines += [[], *result_lines(snapshot.result, snapshot.result_words, pen)]
    elif round_.status == "void":
        lines += pen.paragraph(tr("This round does not count. It stays in the record. v opens a new one."), "warn")
    else:
        lines += pen.paragraph(tr("Live results hidden. Press l to look."), "quiet")
    return [*lines, [], *_round_lines(moment, round_, pen)]


def _before_opening(here: ItemView, pen: Pen) -> Lines:
    """What the vote takes from an item before it, and what opens it."""
    lines: Lines = []
    activity = here.item.activity
    if activity is not None and activity.again:
        lines += pen.paragraph(tr("It asks “{item}” a second time.", item=activity.again), lead="→ ")
    elif activity is not None and (source := activity.config.get("leaders_of")):
        lines += pen.paragraph(tr("Its options will be the best of “{item}”.", item=str(source)), lead="→ ")
    lacking = here.wants_ideas and not _chosen(here)
    ready = tr("No options yet: o chooses them from the room's ideas.") if lacking else tr("v opens the vote.")
    return [*lines, *pen.paragraph(ready, "strong", "→ ")]


def _chosen(here: ItemView) -> bool:
    """Whether options were chosen; “something else” alone is what the agenda adds."""
    return any(not option.other for option in here.options)


def _who_sees(round_: RoundView) -> Text:
    if round_.number > 1:
        if round_.shown:
            return tr("round {number}, the room sees this", number=round_.number)
        return tr("round {number}, only you can see this", number=round_.number)
    return tr("the room sees this") if round_.shown else tr("only you can see this")


def _again(round_: RoundView, pen: Pen) -> Lines:
    return pen.paragraph(tr("It is asked a second time."), "quiet") if round_.again else []


def _round_lines(moment: ConsoleMoment, round_: RoundView, pen: Pen) -> Lines:
    still = max(0, moment.expected - round_.answered - round_.skipped)
    counts: list[Message] = [tr("{answers} answered", answers=round_.answers)]
    counts += [trn("{n} skipped", "{n} skipped", round_.skipped)] if round_.skipped else []
    counts += [trn("{n} not yet", "{n} not yet", still)] if round_.status == "open" else []
    counts += [trn("{n} changed their answer", "{n} changed their answer", round_.changes)] if round_.changes else []
    lines = pen.paragraph(" · ".join(pen.text(each) for each in counts))
    match round_.status:
        case "open":
            lines += pen.paragraph(tr("People can change their answer until you close it (v)."), "quiet")
        case "closed":
            left = 0 if round_.reopen_until is None else round_.reopen_until - moment.now
            if left > 0:
                again = trn("v within {n} s opens it again.", "v within {n} s opens it again.", left // 1000 + 1)
                lines += pen.paragraph(again, "strong", "→ ")
            lines += pen.paragraph(tr("r shows the result to the room; it asks first."), "strong", "→ ")
        case "sealed":
            lines += _counted(moment, round_, pen)
        case "void":
            pass
    return lines


def _counted(moment: ConsoleMoment, round_: RoundView, pen: Pen) -> Lines:
    if round_.kept:
        lines = pen.paragraph(tr("Counted. Until the second count the file keeps which phone gave which answer."),
                              "quiet")  # fmt: skip
    else:
        lines = pen.paragraph(tr("Counted for good: nobody can link an answer to a person."), "quiet")
    word = tr("r hides the result.") if round_.shown else tr("r shows the result to the room.")
    if moment.snapshot.ended_at is not None and not round_.revealed:
        word = tr("The room did not see the result.")
    lines += pen.paragraph(word, "quiet")
    if round_.tied:
        lines += pen.paragraph(tr("T names one of those that tie, with your reason."), "strong", "→ ")
    return lines


def _options(moment: ConsoleMoment, pen: Pen) -> Lines:
    here = moment.snapshot.here
    if here is None or not here.wants_ideas or not _chosen(here) or moment.snapshot.round is not None:
        return []
    lines = pen.heading(tr("OPTIONS"), tr("chosen from the room's ideas (o)"))
    for option in here.options:
        lines += pen.paragraph(option.text, lead=f"{option.key.upper()} ")
    return lines


def _gathered(moment: ConsoleMoment, pen: Pen) -> Lines:
    here, waiting = moment.snapshot.here, moment.snapshot.waiting
    if here is None or not here.is_gathering:
        return []
    lines = pen.heading(pen.capitals(here.gathers), tr("only you can read these") if here.only_you else "")
    if here.item.question:
        lines += pen.paragraph(here.item.question, lead="? ")
    lines += pen.paragraph(trn("{n} sent in", "{n} sent in", here.collected))
    if waiting.unread:
        lines += pen.paragraph(_to_read(waiting.unread), "warn", "! ")
    if waiting.approved or waiting.on_hold:
        lines += pen.paragraph(tr("{approved} approved for the screen · {held} held", approved=waiting.approved,
                                  held=waiting.on_hold), "quiet")  # fmt: skip
    if moment.snapshot.phase != "running":
        return lines
    state = tr("Phones can send. v stops it.") if here.gathering_open else tr("Phones cannot send. v lets them.")
    return [*lines, *pen.paragraph(state, "quiet")]


def _say(moment: ConsoleMoment, pen: Pen) -> Lines:
    here = moment.snapshot.here
    if here is None or moment.snapshot.ended_at is not None:
        return []
    lines: Lines = []
    if here.item.say:
        lines += pen.marked(tr("SAY"), tr("“{words}”", words=here.item.say))
    if here.item.access:
        lines += pen.marked(tr("ACCESS"), here.item.access, "quiet")
    if here.item.capture:
        lines += pen.marked(tr("KEEP"), here.item.capture, "quiet")
    return lines


def _roles(moment: ConsoleMoment, pen: Pen) -> Lines:
    """Who people are here as, only ever as counts."""
    if not moment.snapshot.roles or moment.snapshot.ended_at is not None:
        return []
    return pen.marked(tr("HERE"), moment.snapshot.roles, "quiet")


def _next(moment: ConsoleMoment, pen: Pen) -> Lines:
    line = moment.next_line
    if not moment.snapshot.started or moment.snapshot.ended_at is not None:
        return []
    if line is None:
        return pen.marked(tr("NEXT"), tr("This is the last item. To end: ctrl+p, then “End the workshop”."))
    now = Verbatim(clock(moment.expected_start(line)))
    said = tr("{number} {title}, {minutes} min ({time})", number=line.number, title=line.title, minutes=line.minutes,
              time=now)  # fmt: skip
    if abs(line.start - line.planned_start) >= MINUTE:
        said = tr("{number} {title}, {minutes} min (planned {planned}, now {time})", number=line.number,
                  title=line.title, minutes=line.minutes, planned=Verbatim(clock(line.planned_start)),
                  time=now)  # fmt: skip
    return pen.marked(tr("NEXT"), said)


def _catch_up(moment: ConsoleMoment, pen: Pen) -> Lines:
    plans = moment.snapshot.plans
    if not plans:
        return []
    over = tr("You are {length} over.", length=minutes_words(max(moment.day_over_ms, MINUTE)))
    gain = trn("{plan}: gains {n} min. c to choose.", "{plan}: gains {n} min. c to choose.", plans[0].saves_min,
               plan=plans[0].title)  # fmt: skip
    return [*pen.marked(tr("CATCH UP"), over, "warn"), *pen.paragraph(gain, "warn", "  ")]
