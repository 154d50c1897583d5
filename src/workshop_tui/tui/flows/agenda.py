"""Going through the agenda: next, back, time, catching up, leaving out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.commands import (
    AddMinutes,
    OpenItem,
    PauseTimer,
    RestoreItem,
    SetMinutes,
    SkipItem,
    StartTimer,
)
from workshop_tui.domain.timing import MINUTE, Plan
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.room.times import clock, minutes_words
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, shorten
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.side_panes import agenda_line

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp


async def next_item(app: ConsoleApp) -> None:
    """Go on; the first time it starts the day."""
    line = app.desk.next_line
    if line is None:
        app.say("That was the last item. To end: ctrl+p, then “End the workshop”.", ok=False)
        return
    await go_to(app, line)


async def previous_item(app: ConsoleApp) -> None:
    """Go back."""
    line = app.desk.previous_line
    if line is None:
        app.say("There is no item before this one.", ok=False)
        return
    await go_to(app, line)


async def go_to(app: ConsoleApp, line: ItemLine) -> bool:
    """Open an item, asking first what has to be asked; whether it was opened."""
    desk = app.desk
    if not desk.snapshot.started:
        return await _start(app, line)
    round_ = desk.snapshot.round
    if round_ is None or round_.status != "open":
        return await app.send(OpenItem(item=line.key))
    chosen = await app.push_screen_wait(
        Choose(
            "The vote is still open",
            f"{round_.answers} of {desk.expected} have answered. You are going to “{line.title}”.",
            [
                ("close", "Close the vote and go on"),
                ("keep", "Leave it open and go on; phones go on voting"),
                ("stay", "Stay here"),
            ],
            start="stay",
        )
    )
    match chosen:
        case "close":
            return await app.send(OpenItem(item=line.key, vote="close"))
        case "keep":
            return await app.send(OpenItem(item=line.key, vote="keep"))
        case _:
            return False


async def _start(app: ConsoleApp, line: ItemLine) -> bool:
    desk = app.desk
    late, start = desk.late_ms, desk.snapshot.scheduled_start
    if late is None or start is None:
        return await app.send(OpenItem(item=line.key, end="move", scheduled_start=None))
    length = desk.snapshot.length_ms
    keep, move = clock(start + length), clock(desk.now + length)
    kept = ("keep", f"Keep the end: end at {keep}, and catch up {minutes_words(late)} on the way")
    chosen = await app.push_screen_wait(
        Choose(
            f"You start {minutes_words(late)} late",
            f"The agenda says {clock(start)}. When should the day end?",
            [
                ("move", f"Move the end: end at {move}, every item keeps its minutes"),
                *([kept] if desk.snapshot.can_catch_up(late, line.key) else []),
                ("stay", "Do not start yet"),
            ],
            start="stay",
        )
    )
    match chosen:
        case "move":
            return await app.send(OpenItem(item=line.key, end="move", scheduled_start=start))
        case "keep":
            return await app.send(OpenItem(item=line.key, end="keep", scheduled_start=start))
        case _:
            return False


async def timer(app: ConsoleApp) -> None:
    """Start or stop the timer; after a sleep this goes on."""
    here = app.desk.snapshot.here
    await app.send(PauseTimer() if here is not None and here.running else StartTimer())


async def longer(app: ConsoleApp) -> None:
    """One minute more."""
    await app.send(AddMinutes(minutes=1))


async def shorter(app: ConsoleApp) -> None:
    """One minute less."""
    await app.send(AddMinutes(minutes=-1))


async def catch_up(app: ConsoleApp) -> None:
    """Choose a way to get back on time; its new times are shown before anything changes."""
    desk = app.desk
    plans = {str(number): plan for number, plan in enumerate(desk.snapshot.plans)}
    if not plans:
        over = desk.day_over_ms >= MINUTE
        app.say("No item to come can be shortened: breaks and protected items keep their time." if over
                else "The day is not over time: there is nothing to catch up.", ok=False)  # fmt: skip
        return
    chosen = await app.push_screen_wait(
        Choose(
            f"Catch up {minutes_words(desk.day_over_ms)}",
            "Breaks and protected items keep their minutes. Enter applies; u takes it back.",
            [
                *((key, f"{plan.title!s}: gains {plan.saves_min} min") for key, plan in plans.items()),
                ("", "Leave it as it is"),
            ],
            start="0",
            detail=lambda key, width: plan_lines(desk, plans.get(key), width),
        )
    )
    if chosen in plans:
        await app.send(SetMinutes(minutes=plans[chosen].minutes))


def plan_lines(desk: Desk, plan: Plan | None, width: int) -> Lines:
    """The items to come with the times a plan would give them."""
    new = dict(plan.minutes) if plan is not None else {}
    lines: Lines = []
    gained = 0
    for line in desk.snapshot.items:
        if line.status != "planned":
            continue
        minutes = new.get(line.key, line.minutes)
        start = clock(desk.expected_start(line) - gained * MINUTE)
        change = f"{line.minutes} → {minutes} min" if minutes != line.minutes else f"{minutes} min"
        note = " (break)" if line.is_break else " (kept)" if line.keeps_time else ""
        tail = f"  {change}{note}"
        title = shorten(line.title, max(8, width - len(tail) - 7))
        lines.append([(f"{start}  {title}{tail}", "warn" if minutes != line.minutes else "plain")])
        gained += line.minutes - minutes
    end = desk.snapshot.projected_end + desk.day_over_ms - desk.snapshot.day_over_ms - gained * MINUTE
    planned = desk.snapshot.planned_end
    said = f" (planned {clock(planned)})" if planned is not None else ""
    title = "NEW TIMES" if plan is not None else "TIMES AS THEY ARE"
    # The end first: in a small window the list may go on below the edge.
    return [[(f"{title}: the day ends at {clock(end)}{said}", "strong")], *lines]


async def agenda(app: ConsoleApp) -> None:
    """Every item; go to one, edit it, leave it out, put it back."""
    desk = app.desk
    chosen = await app.push_screen_wait(
        Choose(
            "Agenda",
            "Enter: go there, edit it, leave it out or put it back.",
            [(line.key, "".join(text for text, _ in agenda_line(desk, line, 64))) for line in desk.snapshot.items],
            start=desk.snapshot.here.item.key if desk.snapshot.here is not None else "",
        )
    )
    line = next((each for each in app.desk.snapshot.items if each.key == chosen), None)
    if line is None:
        return
    choices = [("skip", "Put it back")] if line.status == "skipped" else []
    if line.status in ("planned", "done"):
        choices.append(("go", "Go there"))
    if line.status == "planned":
        choices += [("edit", "Edit it"), ("skip", "Leave it out")]
    reason = f" Left out: {line.reason}" if line.reason else ""
    words = f"{line.minutes} min, {clock(desk.expected_start(line))}.{reason}"
    what = await app.push_screen_wait(Choose(line.title, words, [*choices, ("", "Back")]))
    match what:
        case "go":
            await go_to(app, line)
        case "edit":
            from workshop_tui.tui.flows.asking import edit_line

            await edit_line(app, line)
        case "skip":
            await skip_line(app, line)


async def skip(app: ConsoleApp) -> None:
    """Leave an item out, or put one back."""
    lines = {line.key: line for line in app.desk.snapshot.items if line.status in ("planned", "skipped")}
    if not lines:
        app.say("Every item was opened already: there is nothing to leave out.", ok=False)
        return
    chosen = await app.push_screen_wait(
        Choose(
            "Leave out which item?",
            "One that is left out already is put back.",
            [(key, ("put back: " if line.status == "skipped" else "") + f"{line.number} {line.title}")
             for key, line in lines.items()],
        )
    )  # fmt: skip
    if chosen in lines:
        await skip_line(app, lines[chosen])


async def skip_line(app: ConsoleApp, line: ItemLine) -> None:
    """Leave this item out with a reason, or put it back."""
    if line.status == "skipped":
        await app.send(RestoreItem(item=line.key))
        return
    said = await app.push_screen_wait(
        Form(
            f"Leave out “{line.title}”",
            "The reason goes into the report. u puts the item back.",
            [Blank("reason", "Why?")],
            "Leave it out",
            check=lambda said: "" if said["reason"] else "Please type why.",
        )
    )
    if said is not None:
        await app.send(SkipItem(item=line.key, reason=said["reason"]))
