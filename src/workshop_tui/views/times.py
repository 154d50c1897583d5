"""Catching up and starting late: what can be chosen, with the times that each choice leads to."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.timing import MINUTE, Plan
from workshop_tui.messages import Message, Text, Verbatim, tr, trn
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.room.times import clock
from workshop_tui.views.act import Act, Choice, Field, Typed, Way
from workshop_tui.views.lengths import minutes_words
from workshop_tui.views.moment import Moment

_PLAN: Final = re.compile(r"[a-z0-9]+=[0-9]{1,3}( [a-z0-9]+=[0-9]{1,3})*")


class NewTime(Struct, frozen=True):
    """One item to come under a catch-up plan."""

    line: ItemLine
    minutes: int
    start: int
    """When it would start, UTC milliseconds."""

    @property
    def is_changed(self) -> bool:
        """Whether it would get other minutes than it has now."""
        return self.minutes != self.line.minutes


class PlanView(Struct, frozen=True):
    """A catch-up plan with the times it leads to."""

    number: int
    plan: Plan
    words: tuple[Message, ...]
    """What it gains, when the day then ends, and what is left over."""
    times: tuple[NewTime, ...]
    end: int

    @property
    def key(self) -> str:
        """It as the key of a choice."""
        return _key_of(self.plan)


def plan_views(moment: Moment) -> tuple[PlanView, ...]:
    """The catch-up plans, each with the new times; none where there is nothing to catch up, or no way."""
    return tuple(_plan_view(moment, number, plan) for number, plan in enumerate(moment.snapshot.plans, 1))


def times_under(moment: Moment, plan: Plan | None) -> tuple[NewTime, ...]:
    """The items to come, with their times under a plan, or as they are now."""
    changed = dict(plan.minutes) if plan is not None else {}
    here = moment.snapshot.here
    times: list[NewTime] = []
    gained = 0
    for line in moment.snapshot.items:
        if line.status != "planned" or (here is not None and line.number < here.number):
            continue
        minutes = changed.get(line.key, line.minutes)
        times.append(NewTime(line, minutes, moment.expected_start(line) - gained * MINUTE))
        gained += line.minutes - minutes
    return tuple(times)


def _plan_view(moment: Moment, number: int, plan: Plan) -> PlanView:
    end = moment.projected_end - plan.saves_min * MINUTE
    still = max(0, round(moment.day_over_ms / MINUTE) - plan.saves_min)
    words = (
        trn("It gains {n} min.", "It gains {n} min.", plan.saves_min),
        tr("The day then ends at {time}.", time=Verbatim(clock(end))),
        trn("Then the day is still {n} min over.", "Then the day is still {n} min over.", still)
        if still
        else tr("Then the day is on time."),
    )
    return PlanView(number=number, plan=plan, words=words, times=times_under(moment, plan), end=end)


def _cannot_catch_up(moment: Moment) -> Text | None:
    if moment.snapshot.plans:
        return None
    if moment.day_over_ms >= MINUTE:
        return tr("No item to come can be shortened: breaks and protected items keep their time.")
    return tr("The day is not over time: there is nothing to catch up.")


def _plans(moment: Moment) -> tuple[Choice, ...]:
    return tuple(Choice(_key_of(plan), plan.title) for plan in moment.snapshot.plans)


def _key_of(plan: Plan) -> str:
    """The new minutes themselves: over time plans change by the minute, and what is applied is what was shown."""
    return " ".join(f"{item}={minutes}" for item, minutes in plan.minutes)


def _no_plan(typed: str) -> Message | None:
    return None if _PLAN.fullmatch(typed) else tr("Please choose from the list. Nothing was changed.")


def _apply(moment: Moment, said: Typed) -> FacilitatorCommand:
    del moment
    given = (each.split("=") for each in said["plan"].split(" "))
    return cmd.SetMinutes(minutes=tuple((item, int(minutes)) for item, minutes in given))


CATCH_UP: Final = Act(
    name="catch_up", key="c", label=tr("Catch up"), title=tr("Catch up on time"), in_footer=True,
    help=tr("Ways to get back on time, with the new times first."),
    ways=(
        Way(
            name="catch_up", command=cmd.SetMinutes, words=tr("Apply this plan"), fits=_cannot_catch_up, build=_apply,
            about=tr("Breaks and protected items keep their minutes. Nothing changes until you apply a plan."),
            fields=(
                Field(name="plan", label=tr("Which plan?"), kind="choice", choices=_plans, says_all=True,
                      wrong=_no_plan),
            ),
        ),
    ),
)  # fmt: skip


class LateStart(Struct, frozen=True):
    """What can become of the end when the day starts late; only what is possible."""

    late: Message
    """How late: "12 min"."""
    planned_start: int
    move: int
    """When the day ends if every item keeps its minutes."""
    keep: int | None
    """When it ends if the end is kept; None where the items to come could not give the time back."""

    @property
    def ends(self) -> tuple[Choice, ...]:
        """What can become of the end; the keys are those of `OpenItem.end`."""
        at = Verbatim(clock(self.move))
        move = Choice("move", tr("Move the end: end at {time}, every item keeps its minutes", time=at))
        if self.keep is None:
            return (move,)
        keep = tr("Keep the end: end at {time}, and catch up {length} on the way", time=Verbatim(clock(self.keep)),
                  length=self.late)  # fmt: skip
        return (move, Choice("keep", keep))


def late_start(moment: Moment, first: str) -> LateStart | None:
    """What is to be chosen before an item starts the day; None where there is nothing to ask."""
    late, start = moment.late_ms, moment.snapshot.scheduled_start
    if late is None or start is None:
        return None
    length = moment.snapshot.length_ms
    can_keep = moment.snapshot.can_catch_up(late, first)
    return LateStart(minutes_words(late), start, moment.now + length, start + length if can_keep else None)
