"""Acts of the running order: next, back, time, catching up, the agenda, pausing, people in the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.state import ItemStatus
from workshop_tui.limits import PEOPLE
from workshop_tui.messages import Message, Text, Verbatim, tr, trn
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.room.times import clock
from workshop_tui.views.act import Act, Field, Typed, Way
from workshop_tui.views.moment import Moment, here_key
from workshop_tui.views.typed import number_or_none, with_words


def _needs_item(moment: Moment) -> Text | None:
    return None if moment.snapshot.here is not None else tr("The workshop has not started. Open the first item.")


def _can_go(moment: Moment) -> Text | None:
    line = moment.line
    if line is None:
        return tr("That item is not in this agenda.")
    if line.status == "open":
        return tr("This item is open already.")
    return tr("This item was skipped. Put it back first.") if line.status == "skipped" else None


def _is_planned(moment: Moment) -> Text | None:
    line = moment.line
    if line is None or line.status == "planned":
        return None if line is not None else tr("That item is not in this agenda.")
    return tr("This item was opened already.")


def _to_line(name: str, words: Message, line_at: Callable[[Moment], ItemLine | None], none: Message) -> Way:
    """The way to the item that the moment itself gives."""

    def means(moment: Moment) -> str:
        line = line_at(moment)
        return line.key if line is not None else ""

    return Way(
        name=name,
        command=cmd.OpenItem,
        words=words,
        means=means,
        meant="item",
        fits=lambda moment: none if line_at(moment) is None else None,
    )


def _more_time(name: str, words: Message, sign: Literal[1, -1]) -> Way:
    def build(moment: Moment, typed: Typed) -> FacilitatorCommand:
        del moment
        return cmd.AddMinutes(minutes=sign * (number_or_none(typed.get("minutes", "") or "1") or 0))

    return Way(
        name=name, command=cmd.AddMinutes, words=words, means=here_key, fits=_needs_item, fields=(MINUTES,), build=build
    )


def _timer_stands(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    if here is None:
        return _needs_item(moment)
    return tr("The timer runs already.") if here.running else None


def _timer_runs(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    if here is None:
        return _needs_item(moment)
    return None if here.running else tr("The timer stands already.")


def _minutes_wrong(typed: str) -> Message | None:
    return None if number_or_none(typed or "1") is not None else tr("Minutes: please type a whole number.")


MINUTES: Final = Field(
    name="minutes", label=tr("Minutes to give or take"), kind="number", usual=lambda moment: "1", wrong=_minutes_wrong
)


def _people_wrong(typed: str) -> Message | None:
    people = number_or_none(typed) if typed else 0
    fits = people is not None and 0 <= people <= PEOPLE
    return None if fits else tr("Please give a number from 0 to {most}, or nothing.", most=PEOPLE)


SKIP: Final = Way(
    name="skip",
    subject="line",
    command=cmd.SkipItem,
    words=tr("Leave it out"),
    fits=_is_planned,
    about=tr("The reason goes into the report. It can be put back."),
    fields=(Field(name="reason", label=tr("Why?"), wrong=with_words(tr("Please type why."))),),
)

RESTORE: Final = Way(
    name="restore",
    subject="line",
    command=cmd.RestoreItem,
    words=tr("Put it back"),
    fits=lambda moment: (
        None if moment.line is not None and moment.line.status == "skipped" else tr("This item was not left out.")
    ),
)

GO: Final = Way(name="go", subject="line", command=cmd.OpenItem, words=tr("Go there"), fits=_can_go)

_STATUS: Final[dict[ItemStatus, Message]] = {
    "planned": tr("To come."), "open": tr("Open now."), "done": tr("Done."), "skipped": tr("Left out."),
}  # fmt: skip


def line_words(moment: Moment) -> tuple[Message, ...]:
    """An item of the running order (`Moment.line`) in whole sentences: its times, its minutes, how it stands."""
    line = moment.line
    if line is None:
        return ()
    start, planned = clock(moment.expected_start(line)), clock(line.planned_start)
    told = [_STATUS[line.status], tr("Start: {time}.", time=Verbatim(start))]
    if planned != start and not line.inserted:
        told.append(tr("Planned: {time}.", time=Verbatim(planned)))
    told.append(trn("It has {n} minute.", "It has {n} minutes.", line.minutes))
    if line.minutes != line.planned_minutes:
        told.append(trn("Planned was {n} minute.", "Planned were {n} minutes.", line.planned_minutes))
    told += [tr("A break.")] if line.is_break else []
    told += [tr("Added today.")] if line.inserted else []
    return tuple(told)


ACTS: Final = (
    Act(
        name="timer", key="space", label=tr("Timer"), title=tr("Timer: start or stop"), in_footer=True,
        help=tr("Start or stop the timer. Again takes it back."),
        ways=(
            Way(name="start_timer", command=cmd.StartTimer, words=tr("Start the timer"), means=here_key,
                fits=_timer_stands),
            Way(name="pause_timer", command=cmd.PauseTimer, words=tr("Stop the timer"), means=here_key,
                fits=_timer_runs),
        ),
    ),
    Act(
        name="next", key="n", label=tr("Next"), title=tr("Next item"), in_footer=True,
        help=tr("Go to the next item. Asks before it leaves an open vote."),
        ways=(
            _to_line("next", tr("Go to the next item"), lambda moment: moment.next_line, tr("That was the last item.")),
        ),
    ),
    Act(
        name="previous", key="p", label=tr("Back"), title=tr("Previous item"), help=tr("Go back one item."),
        ways=(
            _to_line("previous", tr("Go back one item"), lambda moment: moment.previous_line,
                     tr("There is no item before this one.")),
        ),
    ),
    Act(
        name="longer", key="+", keys="plus,equals_sign", label=tr("Longer"), title=tr("One minute more"),
        help=tr("Give the open item a minute. - takes it back."),
        ways=(_more_time("longer", tr("Give more time"), 1),),
    ),
    Act(
        name="shorter", key="-", keys="minus", label=tr("Shorter"), title=tr("One minute less"),
        help=tr("Take a minute from the open item. + gives it back."),
        ways=(_more_time("shorter", tr("Take time away"), -1),),
    ),
    Act(
        name="agenda", key="a", label=tr("Agenda"), title=tr("Agenda"), page="order",
        help=tr("Every item with its times; go to one, edit, skip, put back."), ways=(GO, SKIP, RESTORE),
    ),
    Act(
        name="skip", key="z", label=tr("Skip"), title=tr("Skip an item, or put it back"), page="order",
        help=tr("Leave an item out, with a reason for the report."), ways=(SKIP, RESTORE),
    ),
    Act(
        name="hear_talk", key="Y", label=tr("Heard"), title=tr("Say that you heard: someone wants to talk"),
        help=tr("Someone asked on a phone to talk to someone. It stays here until you say that you heard."),
        ways=(
            Way(name="hear_talk", command=cmd.HearTalk, words=tr("I have heard that someone wants to talk"),
                fits=lambda moment: None if moment.snapshot.talks else tr("Nobody waits to talk to someone.")),
        ),
    ),
    Act(
        name="present", key="P", label=tr("People"), title=tr("People in the room"),
        help=tr("How many people are here: answers count against it."),
        ways=(
            Way(
                name="present", command=cmd.SetPresent, words=tr("Save the number"),
                about=tr("Count everybody who could answer, on a phone, on paper or with help. Empty: not known; "
                         "answers are then held against the phones."),
                fields=(
                    Field(name="people", label=tr("How many people are here?"), kind="number", wrong=_people_wrong,
                          usual=lambda moment: "" if moment.snapshot.present is None else str(moment.snapshot.present)),
                    Field(name="by_video", label=tr("How many take part by video link?"), kind="number",
                          wrong=_people_wrong, is_further=True,
                          usual=lambda moment: str(moment.snapshot.by_video) if moment.snapshot.by_video else ""),
                ),
            ),
        ),
    ),
    Act(
        name="pause", key="F8", keys="f8,ctrl+g", label=tr("Pause"), title=tr("Pause everything at once"),
        help=tr("The big screen shows nothing but a pause, this screen is covered, phones keep what people write, and "
                "time stands. ctrl+g does the same where a keyboard keeps F8 for itself."),
        in_footer=True, ways=(Way(name="pause", command=cmd.PauseRoom, words=tr("Pause everything")),),
    ),
    Act(
        name="go_on", key="g", label=tr("Go on"), title=tr("Go on after the pause"),
        help=tr("Big screen, phones and time go on where they stood. It asks what the rest of the day is to be."),
        ways=(
            Way(name="resume", command=cmd.ResumeRoom, words=tr("Go on after the pause"),
                fits=lambda now: None if now.snapshot.paused_since is not None else tr("Nothing is paused.")),
        ),
    ),
)  # fmt: skip
