"""What the host page says of a moment: the snapshot in whole words, for people who hear the page."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.domain.results import KEPT_WORDS
from workshop_tui.domain.timing import MINUTE, Plan
from workshop_tui.room.snapshot import ItemLine, QueueFilter, RoundView, Snapshot
from workshop_tui.room.times import clock, minutes_words

SCREEN_WORDS: Final = {
    "join": "how to join",
    "question": "the question",
    "results": "the result, or the questions from the room",
    "story": "one approved story",
    "blank": "nothing",
}
"""What the big screen shows, by its mode."""

NOTE_WORDS: Final = {"note": "Note", "concern": "Concern", "action": "Action", "promise": "Promise"}

ITEM_WORDS: Final = {"planned": "to come", "open": "open now", "done": "done", "skipped": "skipped"}

PAUSED_WORDS: Final = "Phones can send nothing; what people wrote stays on them. The timer stands."

QUEUE_WORDS: Final[dict[QueueFilter, str]] = {
    "unread": "Not read", "all": "All", "approved": "Approved", "held": "Held back", "untold": "To tell in your words",
}  # fmt: skip
"""What the reading queue shows, by its filter."""

HANDLING_WORDS: Final = {"new": "not read yet", "read": "read", "approved": "approved", "held": "held back"}


class Fact(Struct, frozen=True):
    """One line of the status block."""

    term: str
    words: str
    loud: bool = False
    """Whether something is wrong; the words say so too."""


class NewTime(Struct, frozen=True):
    """One item under a catch-up plan."""

    title: str
    minutes: int
    before: int
    """Its minutes now."""
    start: str
    """When it would start, local time."""


class PlanView(Struct, frozen=True):
    """A catch-up plan with the times it leads to."""

    number: int
    title: str
    words: str
    """What it gains and when the day ends."""
    times: tuple[NewTime, ...]
    fields: tuple[str, ...]
    """The plan as form fields: "i05:12"."""


def span(ms: int) -> str:
    """A length in words, without its sign: "6 min 42 s"."""
    whole = abs(ms) // 1000
    minutes, seconds = divmod(whole, 60)
    if not minutes:
        return f"{seconds} s"
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def item_words(view: Snapshot) -> str:
    """Which item is open: "4 of 13, Warm-up"."""
    if view.finished_at is not None:
        return f"The workshop ended. Its write-up was finished at {clock(view.finished_at)}."
    if view.ended_at is not None:
        lasts = f" You can write up {view.write_up.lasts}." if view.write_up.lasts else ""
        return f"The workshop ended at {clock(view.ended_at)}.{lasts}"
    if view.here is None:
        return f"Not started. There are {len(view.items)} items."
    return f"{view.here.number} of {len(view.items)}, {view.here.item.title}"


def time_words(view: Snapshot) -> str:
    """The open item's time: "6 min 42 s left of 10 min"; empty when nothing is open."""
    here = view.here
    if here is None or view.ended_at is not None:
        return ""
    left = f"{span(here.left_ms)} left" if here.left_ms >= 0 else f"{span(here.left_ms)} OVER"
    stands = "" if here.running else " The timer stands."
    return f"{left} of {here.minutes} min at {clock(view.now, seconds=True)}.{stands}"


def day_words(view: Snapshot) -> str:
    """How the day stands against its plan."""
    if not view.started:
        if view.scheduled_start is None:
            return "The day has not started."
        return f"The day has not started. It was to start at {clock(view.scheduled_start)}."
    ends = f"It will end at about {clock(view.projected_end)}."
    if abs(view.day_over_ms) < MINUTE:
        return f"On time. {ends}"
    word = "OVER" if view.day_over_ms > 0 else "early"
    return f"{minutes_words(view.day_over_ms)} {word}. {ends}"


def answers_words(view: Snapshot) -> str:
    """Answers against the people present, or what was sent in; empty when the item asks nothing."""
    here, round_ = view.here, view.round
    if here is not None and here.is_gathering:
        return f"{here.collected} sent in."
    if round_ is None:
        return ""
    base = f"{round_.base} people in the room" if round_.counted else f"{round_.base} phones"
    skipped = f" {round_.skipped} skipped." if round_.skipped else ""
    return f"{round_.answers} of {base} answered.{skipped}"


def vote_words(view: Snapshot) -> str:
    """Whether phones can answer now."""
    here, round_ = view.here, view.round
    if here is not None and here.is_gathering:
        return "OPEN: phones can send." if here.gathering_open else "CLOSED: phones cannot send."
    if here is None or not here.is_poll:
        return "This item asks nothing on phones." if here is not None else ""
    return "Not opened yet." if round_ is None else _round_words(round_)


def _round_words(round_: RoundView) -> str:
    number = f" Round {round_.number}." if round_.number > 1 else ""
    number += " It is asked a second time." if round_.again else ""
    if round_.status == "sealed" and round_.kept:
        return f"COUNTED. {KEPT_WORDS.capitalize()} the file keeps which phone gave which answer.{number}"
    if round_.status == "sealed" and round_.named:
        return f"COUNTED: answers stand under the names people chose, and no longer lead to a phone.{number}"
    words = {
        "open": "OPEN: people can answer and change their answer.",
        "closed": "CLOSED: no more answers.",
        "sealed": "COUNTED: nobody can tell any more who chose what.",
        "void": "VOID: this round does not count.",
    }
    return words[round_.status] + number


def results_words(view: Snapshot) -> str:
    """Whether the room sees the result; empty when there is none."""
    if view.round is None:
        return ""
    if view.round.shown:
        return "SHOWN to the room."
    return "HIDDEN from everybody." if view.result is None else "HIDDEN from the room. You are looking at it."


def saved_words(view: Snapshot) -> str:
    """Whether everything is on disk."""
    if view.fault:
        return f"NOT SAVED. {view.fault}"
    return f"Saved at {clock(view.saved_at, seconds=True)}." if view.saved_at else "Nothing to save yet."


def waiting_words(view: Snapshot) -> str:
    """What waits to be read, by what it is."""
    said = ", ".join(each.words for each in view.waiting.new)
    return f"{said} to read." if said else "Nothing."


def facts(view: Snapshot) -> tuple[Fact, ...]:
    """The status block, in the order it is read out; lines with nothing to say are left out."""
    idle = max(0, view.phones - view.connected)
    phones = f"{view.phones} joined" + (f", {idle} not heard of lately." if idle else ".")
    people = "" if view.present is None else f"{view.present} people in the room."
    windows = f"{view.screens_open} open." if view.screens_open else "No window shows it."
    over = view.here is not None and view.here.left_ms < 0 and view.ended_at is None
    lines = (
        Fact("Item", item_words(view)),
        Fact("Paused", PAUSED_WORDS if view.phase == "paused" else "", loud=True),
        Fact("Time", time_words(view), loud=over),
        Fact("Day", day_words(view), loud=view.started and view.day_over_ms >= MINUTE),
        Fact("Phones", phones),
        Fact("Here as", str(view.roles)),
        Fact("People", people or "Not counted yet."),
        Fact("Answers", answers_words(view)),
        Fact("Vote" if view.here is None or not view.here.is_gathering else "Words", vote_words(view)),
        Fact("Result", results_words(view)),
        Fact("Big screen", f"It shows {SCREEN_WORDS[view.screen]}. {windows}", loud=not view.screens_open),
        Fact("To read", waiting_words(view)),
        Fact("Saved", saved_words(view), loud=bool(view.fault)),
        Fact("Not gone", view.still_there, loud=True),
        Fact("The file", " ".join(map(str, view.damage)), loud=True),
    )
    return tuple(line for line in lines if line.words)


def plan_views(view: Snapshot) -> tuple[PlanView, ...]:
    """The catch-up plans, each with the new times."""
    return tuple(_plan_view(view, number, plan) for number, plan in enumerate(view.plans, 1))


def _plan_view(view: Snapshot, number: int, plan: Plan) -> PlanView:
    changed = dict(plan.minutes)
    later = [line for line in view.items if line.status == "planned" and _comes_after(view, line)]
    times: list[NewTime] = []
    start = later[0].start if later else view.now
    for line in later:
        minutes = changed.get(line.key, line.minutes)
        times.append(NewTime(line.title, minutes, line.minutes, clock(start)))
        start += minutes * MINUTE
    still = max(0, round(view.day_over_ms / MINUTE) - plan.saves_min)
    rest = f"Then the day is still {still} min over." if still else "Then the day is on time."
    return PlanView(
        number=number,
        title=str(plan.title),
        words=f"It gains {plan.saves_min} min. The day then ends at {clock(plan.end)}. {rest}",
        times=tuple(times),
        fields=tuple(f"{key}:{minutes}" for key, minutes in plan.minutes),
    )


def _comes_after(view: Snapshot, line: ItemLine) -> bool:
    return view.here is None or line.number > view.here.number
