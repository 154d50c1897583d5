"""How everything stands, as terms with whole sentences: for people who hear it, and for whoever shortens it."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.domain import distress
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Listed, Message, Text, Verbatim, as_tuple, tr, trc, trn
from workshop_tui.room.snapshot import RoundView, Snapshot
from workshop_tui.room.times import clock
from workshop_tui.views.asking import answered, told
from workshop_tui.views.handed import hands_words
from workshop_tui.views.keeping import kept_words, lock_words
from workshop_tui.views.lengths import minutes_words, span
from workshop_tui.views.moment import Moment
from workshop_tui.views.screens import SCREEN_SENTENCES

Told = tuple[Text, ...]
"""Whole sentences, each by itself; none where there is nothing to say."""


class Fact(Struct, frozen=True):
    """One line of what stands."""

    term: Message
    words: Told
    is_loud: bool = False
    """Whether something is wrong; the words say so too."""


def facts(moment: Moment) -> tuple[Fact, ...]:
    """Everything that stands, in the order it is read out; what there is nothing to say of is left out."""
    view = moment.snapshot
    gathers = view.here is not None and view.here.is_gathering
    over = (moment.left_ms or 0) < 0
    lines = (
        Fact(tr("Item"), item_words(moment)),
        Fact(tr("Talk"), talk_words(view), is_loud=True),
        Fact(tr("Paused"), paused_words(moment), is_loud=True),
        Fact(tr("Time"), time_words(moment), is_loud=over),
        Fact(tr("Day"), day_words(moment), is_loud=view.started and moment.day_over_ms >= MINUTE),
        Fact(tr("Phones"), _phones(moment)),
        Fact(tr("Joining"), _joining(moment), is_loud=bool(view.join_alarm)),
        Fact(tr("Here as"), told(view.roles)),
        Fact(tr("People"), _people(moment)),
        Fact(tr("Answers"), answers_words(moment)),
        Fact(trc("a fact about phones sending words", "Words") if gathers else tr("Vote"), vote_words(moment)),
        Fact(tr("Result"), results_words(moment)),
        Fact(tr("Big screen"), _screen(moment), is_loud=not view.screens_open),
        Fact(tr("Handed to us"), told(hands_words(view))),
        Fact(tr("To read"), waiting_words(moment), is_loud=bool(view.waiting.now)),
        Fact(tr("Saved"), saved_words(moment), is_loud=bool(view.fault)),
        Fact(tr("Not gone"), view.still_there, is_loud=True),
        Fact(tr("Lock"), lock_words(view), is_loud=bool(view.key_trouble)),
        Fact(tr("Kept"), kept_words(view.keeping)),
        Fact(tr("The file"), view.damage, is_loud=True),
    )
    return tuple(line for line in lines if line.words)


def paused_words(moment: Moment) -> Told:
    """That everything is paused, since when, and what that means; nothing where it is not."""
    since = moment.snapshot.paused_since
    if since is None:
        return ()
    return (
        tr("Since {time}.", time=Verbatim(clock(since))),
        tr("The big screen shows only that there is a pause."),
        tr("Phones can send nothing; what people wrote stays on them."),
        tr("Time stands."),
    )


def talk_words(view: Snapshot) -> Told:
    """That somebody wants to talk to someone; none where nobody does."""
    talks = view.talks
    if not talks:
        return ()
    return (
        tr("SOMEONE WANTS TO TALK to someone. Nobody can tell who: look around, and say where you can be found."),
        *([trn("It was asked {n} time.", "It was asked {n} times.", talks)] if talks > 1 else []),
    )


def item_words(moment: Moment) -> Told:
    """Which item is open: "4 of 13, Warm-up"."""
    view = moment.snapshot
    if view.finished_at is not None:
        at = Verbatim(clock(view.finished_at))
        return (tr("The workshop ended. Its write-up was finished at {time}.", time=at),)
    if view.ended_at is not None:
        return (tr("The workshop ended at {time}.", time=Verbatim(clock(view.ended_at))), *lasts_words(moment))
    if view.here is None:
        return (
            tr("Not started."),
            trn("There is {n} item.", "There are {n} items.", len(view.items)),
        )
    return (
        tr("{number} of {count}, {title}", number=view.here.number, count=len(view.items), title=view.here.item.title),
    )


def lasts_words(moment: Moment) -> Told:
    """Until when the write-up can go on; none where it has no end, and before and after it."""
    view = moment.snapshot
    if view.ended_at is None or view.finished_at is not None or view.write_up.last_day is None:
        return ()
    return (tr("You can write up until {day}.", day=view.write_up.last_day),)


def time_words(moment: Moment) -> Told:
    """The open item's time: "6 min 42 s left of 10 min"; none when nothing is open."""
    here, left = moment.snapshot.here, moment.left_ms
    if here is None or left is None:
        return ()
    at, length = Verbatim(clock(moment.now, seconds=True)), trn("{n} min", "{n} min", here.minutes)
    words = tr("{left} left of {length} at {time}.", left=span(left), length=length, time=at)
    if left < 0:
        words = tr("{over} OVER of {length} at {time}.", over=span(left), length=length, time=at)
    return told(words, None if here.running else tr("The timer stands."))


def day_words(moment: Moment) -> Told:
    """How the day stands against its plan."""
    view = moment.snapshot
    if not view.started:
        planned = None
        if view.scheduled_start is not None:
            planned = tr("It was to start at {time}.", time=Verbatim(clock(view.scheduled_start)))
        return told(tr("The day has not started."), planned)
    if view.paused_since is not None and view.ended_at is None:
        return (tr("It stands while everything is paused."),)
    ends = tr("It will end at about {time}.", time=Verbatim(clock(moment.projected_end)))
    over = moment.day_over_ms
    if abs(over) < MINUTE:
        return (tr("On time."), ends)
    length = minutes_words(over)
    return (tr("{length} OVER.", length=length) if over > 0 else tr("{length} early.", length=length), ends)


def _phones(moment: Moment) -> Told:
    view = moment.snapshot
    idle = max(0, view.phones - view.connected)
    if not idle:
        return (trn("{n} joined.", "{n} joined.", view.phones),)
    return (
        trn("{n} joined, {idle} not heard of lately.", "{n} joined, {idle} not heard of lately.", view.phones,
            idle=idle),
    )  # fmt: skip


def _joining(moment: Moment) -> Told:
    """What is odd about those who join, and that nobody can; none where phones join as they should."""
    view = moment.snapshot
    return told(*view.join_alarm, None if view.joining_open else tr("CLOSED: no further phone can join."))


def _people(moment: Moment) -> Told:
    present = moment.snapshot.present
    if present is None:
        return (tr("Not counted yet."),)
    by_video = trn("{n} by video link.", "{n} by video link.", moment.snapshot.by_video)
    here = trn("{n} person in the room.", "{n} people in the room.", present)
    return (here, by_video) if moment.snapshot.by_video else (here,)


def answers_words(moment: Moment) -> Told:
    """Answers against the people present, or what was sent in; none when the item asks nothing."""
    here, round_ = moment.snapshot.here, moment.snapshot.round
    if here is not None and here.is_gathering:
        return (trn("{n} sent in.", "{n} sent in.", here.collected),)
    if round_ is None:
        return ()
    skipped = trn("{n} skipped.", "{n} skipped.", round_.skipped) if round_.skipped else None
    return told(answered(moment), skipped)


def all_answered(moment: Moment) -> bool:
    """Whether everybody who is expected has answered the open vote; never told where the number is rounded."""
    round_ = moment.snapshot.round
    if round_ is None or round_.status != "open" or round_.rounded:
        return False
    return 0 < moment.expected <= round_.answered + round_.skipped


def vote_words(moment: Moment) -> Told:
    """Whether phones can answer now."""
    here, round_ = moment.snapshot.here, moment.snapshot.round
    if here is None:
        return ()
    is_paused = moment.snapshot.phase == "paused"
    if here.is_gathering:
        if is_paused and here.gathering_open:
            return (tr("PAUSED: phones can send again once the room goes on."),)
        return (tr("OPEN: phones can send."),) if here.gathering_open else (tr("CLOSED: phones cannot send."),)
    if not here.is_poll:
        return (tr("This item asks nothing on phones."),)
    return (tr("Not opened yet."),) if round_ is None else _round_words(round_, is_paused=is_paused)


def _round_words(round_: RoundView, *, is_paused: bool) -> Told:
    return told(
        *_status_words(round_, is_paused=is_paused),
        tr("Round {number}.", number=round_.number) if round_.number > 1 else None,
        tr("It is asked a second time.") if round_.again else None,
    )


def _status_words(round_: RoundView, *, is_paused: bool) -> Told:
    match round_.status:
        case "open" if is_paused:
            return (tr("PAUSED: people can answer again once the room goes on."),)
        case "open":
            return (tr("OPEN: people can answer and change their answer."),)
        case "closed":
            return (tr("CLOSED: no more answers."),)
        case "void":
            return (tr("VOID: this round does not count."),)
        case "sealed" if round_.kept:
            return (tr("COUNTED."), tr("Until the second count the file keeps which phone gave which answer."))
        case "sealed" if round_.named:
            return (tr("COUNTED: answers stand under the names people chose, and no longer lead to a phone."),)
        case _:
            return (tr("COUNTED: nobody can tell any more who chose what."),)


def results_words(moment: Moment) -> Told:
    """Whether the room sees the result; none when there is none."""
    view = moment.snapshot
    if view.round is None:
        return ()
    if view.round.shown:
        return (tr("SHOWN to the room."),)
    if view.result is None:
        return (tr("HIDDEN from everybody."),)
    return (tr("HIDDEN from the room."), tr("You are looking at it."))


def _screen(moment: Moment) -> Told:
    view = moment.snapshot
    windows = tr("No window shows it.")
    if view.screens_open:
        windows = trn("{n} window shows it.", "{n} windows show it.", view.screens_open)
    if view.paused_since is not None:
        return (tr("It shows only that there is a pause."), windows)
    if view.is_warning:
        return (tr("It shows a content warning. The next part, with the key {key}, is the story.", key=Verbatim(">")),
                windows)  # fmt: skip
    return (SCREEN_SENTENCES[view.screen], windows)


def waiting_words(moment: Moment) -> Told:
    """What waits to be read, by what it is."""
    new = moment.snapshot.waiting.new
    if not new:
        return (tr("Nothing."),)
    now = moment.snapshot.waiting.now
    return told(
        trn("Read {n} of them now, please.", "Read {n} of them now, please.", now) if now else None,
        tr("{things} to read.", things=Listed(tuple(each.words for each in new))),
        distress.SAID if now else None,
    )


def saved_words(moment: Moment) -> Told:
    """Whether everything is on disk."""
    view = moment.snapshot
    if view.fault:
        return (tr("NOT SAVED."), *as_tuple(view.fault))
    if not view.saved_at:
        return (tr("Nothing to save yet."),)
    return (tr("Saved at {time}.", time=Verbatim(clock(view.saved_at, seconds=True))),)
