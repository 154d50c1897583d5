"""Votes: open, close, look, reveal, declare void, choose options; and what the big screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from workshop_tui.domain.asking import wants_ideas
from workshop_tui.domain.commands import (
    BreakTie,
    CloseGathering,
    CloseVote,
    HideResults,
    LeaveTie,
    OpenGathering,
    OpenVote,
    ReopenVote,
    Reveal,
    SetScreen,
    ShowResults,
    VoidRound,
)
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.tui.screens.details import DetailsScreen
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.screens.options import OptionsScreen

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp

Mode = Literal["join", "question", "results", "story", "blank"]
_NONE: Final = "none of them"
"""The choice that takes back what was named out of a tie; no key of an option has more than one letter."""

_CYCLE: Final[tuple[Mode, ...]] = ("question", "join", "blank")


async def vote(app: ConsoleApp) -> None:
    """Open or close the vote; for words, let phones send or stop it."""
    desk = app.desk
    here, round_ = desk.snapshot.here, desk.snapshot.round
    if here is not None and here.is_gathering:
        await app.send(CloseGathering() if here.gathering_open else OpenGathering())
        return
    if round_ is None:
        await app.send(OpenVote(key=b""))
    elif round_.status == "open":
        await app.send(CloseVote())
    elif round_.reopen_until is not None and desk.now <= round_.reopen_until:
        await app.send(ReopenVote())
    elif await _wants_new_round(app):
        await app.send(OpenVote(key=b""))


async def _wants_new_round(app: ConsoleApp) -> bool:
    round_ = app.desk.snapshot.round
    number = round_.number if round_ is not None else 0
    chosen = await app.push_screen_wait(
        Choose(
            "Open a new round?",
            f"Round {number} stays in the record as it is. In a new round everybody answers again.",
            [("new", f"Open round {number + 1}"), ("", "Stay as it is")],
            start="",
        )
    )
    return chosen == "new"


async def reveal(app: ConsoleApp) -> None:
    """Twice within 3 seconds: show the result. On shown results: hide them."""
    desk, round_ = app.desk, app.desk.snapshot.round
    if round_ is None:
        app.say("No vote was opened for this item, so there is nothing to show.", ok=False)
    elif round_.status == "void":
        app.say("This round was declared void: it has no result to show.", ok=False)
    elif round_.shown:
        app.arm(False)
        await app.send(HideResults())
    elif not desk.armed:
        app.arm(True)
    else:
        app.arm(False)
        await app.send(ShowResults() if round_.revealed else Reveal())


async def peek(app: ConsoleApp) -> None:
    """Look at the result so far, only here; or stop looking."""
    desk = app.desk
    if desk.snapshot.round is None:
        app.say("There is no vote to look at.", ok=False)
        return
    app.set_peek(not desk.peek)


async def details(app: ConsoleApp) -> None:
    """Look behind the newest result: other ways of counting, tables, reasons."""
    if not await is_private(app):
        return
    found = await app.asked(app.feed.client.details())
    if found is None:
        return
    if found.refusal:
        app.say(found.refusal, ok=False)
        return
    app.push_screen(DetailsScreen(found))


async def is_private(app: ConsoleApp) -> bool:
    """Whether the room cannot see this console; asked once, before the first private thing is shown."""
    if app.separate_display:
        return True
    chosen = await app.push_screen_wait(
        Choose(
            "Is the big screen a separate display?",
            "What comes now is only for you. If the projector shows this very window, everybody in the room reads it. "
            "ctrl+b covers everything at once.",
            [("yes", "Yes: the room cannot see this window"), ("", "No, or I am not sure")],
            start="",
        )
    )
    app.separate_display = chosen == "yes"
    if not app.separate_display:
        app.say("Not shown. Move this window to a display the room cannot see, then try again.", ok=False)
    return app.separate_display


async def screen(app: ConsoleApp) -> None:
    """The big screen: results where they are shown, question, join, blank, and round again."""
    snapshot = app.desk.snapshot
    listed = snapshot.here is not None and snapshot.here.listed > 0
    shown = listed or (snapshot.round is not None and snapshot.round.shown)
    cycle: tuple[Mode, ...] = ("results", *_CYCLE) if shown else _CYCLE
    here: Mode = snapshot.screen
    wanted = cycle[(cycle.index(here) + 1) % len(cycle)] if here in cycle else cycle[0]
    await app.send(SetScreen(mode=wanted))


async def void(app: ConsoleApp) -> None:
    """Declare the newest round of this item not valid, with a typed reason."""
    round_ = app.desk.snapshot.round
    if round_ is None or round_.status == "void":
        app.say("There is no round to declare void.", ok=False)
        return
    said = await app.push_screen_wait(
        Form(
            f"Round {round_.number} does not count",
            f"{round_.answers} answers are set aside. The round stays in the record with your reason. "
            "This cannot be taken back; a new round can be opened.",
            [Blank("reason", "Why does it not count?")],
            "Declare it void",
            check=lambda said: "" if said["reason"] else "Please type why. The reason stays in the report.",
        )
    )
    if said is not None:
        await app.send(VoidRound(round=round_.key, reason=said["reason"]))


async def break_tie(app: ConsoleApp) -> None:
    """Name one of those that tie for the first place, with a typed reason, or none; where the agenda allows it."""
    round_ = app.desk.snapshot.round
    if round_ is None or not round_.tied:
        app.say("There is no tie to break here: the agenda must allow it, and the result must be shown.", ok=False)
        return
    chosen = await app.push_screen_wait(
        Choose(
            "Which one do you name?",
            "These tie for the first place. That they tie stays beside the result, with your choice and your reason.",
            [
                *((each.key, f"{each.key.upper()} {each.text}") for each in round_.tied),
                *([(_NONE, "None: take it back, it is a tie")] if round_.chosen else []),
                ("", "Stay as it is" if round_.chosen else "None: it is a tie"),
            ],
            start="",
        )
    )
    if chosen == _NONE:
        await app.send(LeaveTie(round=round_.key))
        return
    named = next((option for option in round_.tied if option.key == chosen), None)
    if named is None:
        return
    said = await app.push_screen_wait(
        Form(
            f"You name “{named.text}”",
            "Everybody reads your reason beside the result, also in the report.",
            [Blank("reason", "Why this one?")],
            "Name it",
            check=lambda said: "" if said["reason"] else "Please type why. The reason stands beside the result.",
        )
    )
    if said is not None:
        await app.send(BreakTie(round=round_.key, option=named.key, reason=said["reason"]))


async def options(app: ConsoleApp) -> None:
    """Make the options of a vote out of the room's ideas."""
    line = _line_for_ideas(app)
    if line is None:
        app.say("No vote that is still to come takes its options from ideas.", ok=False)
        return
    ideas = await app.asked(app.feed.client.ideas())
    if ideas is not None and (not ideas or await is_private(app)):
        here = app.desk.snapshot.here
        chosen = here.options if here is not None and here.item.key == line.key else ()
        app.push_screen(OptionsScreen(line, ideas, chosen, app.send))


def _line_for_ideas(app: ConsoleApp) -> ItemLine | None:
    """The open item if it takes ideas, or else the next one that does."""
    snapshot = app.desk.snapshot
    here = snapshot.here
    if here is not None and here.wants_ideas:
        return next((line for line in snapshot.items if line.key == here.item.key), None)
    return next(
        (line for line in snapshot.items if line.status == "planned" and wants_ideas(line.item)),
        None,
    )
