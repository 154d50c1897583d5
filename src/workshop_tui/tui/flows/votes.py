"""Votes: look, look behind, declare void, name one of a tie, make options of ideas; and what the big screen shows."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import SetScreen, VoidRound
from workshop_tui.messages import Text, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import carry_out, perform, way_or_why
from workshop_tui.tui.flows.pages import is_private
from workshop_tui.tui.screens.details import DetailsScreen
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.options import OptionsScreen
from workshop_tui.views.acts import act_named
from workshop_tui.views.asking import question
from workshop_tui.views.items import next_for_ideas
from workshop_tui.views.screens import next_mode
from workshop_tui.views.voting import BREAK, LEAVE

_NONE: Final = "none of them"
"""The choice that takes back what was named out of a tie; no key of an option has more than one letter."""


async def peek(ctx: Context) -> None:
    """Look at the result so far, only here; or stop looking."""
    if ctx.moment.snapshot.round is None:
        ctx.say(tr("There is no vote to look at."), ok=False)
    else:
        ctx.set_peek(not ctx.moment.peek)


async def details(ctx: Context) -> None:
    """Look behind the newest result: other ways of counting, tables, reasons."""
    if not await is_private(ctx):
        return
    found = await ctx.asked(ctx.feed.client.details())
    if found is None:
        return
    if found.refusal:
        ctx.say(found.refusal, ok=False)
    else:
        ctx.visit(DetailsScreen(found))


async def screen(ctx: Context) -> None:
    """The big screen: results where they are shown, question, join, blank, and round again."""
    await ctx.send(SetScreen(mode=next_mode(ctx.moment)))


async def void(ctx: Context) -> None:
    """Declare the newest round of this item not valid, with a typed reason: another key than the one that asked."""
    act, moment = act_named("void"), ctx.moment
    way, round_ = way_or_why(ctx, act, moment), moment.snapshot.round
    if way is None or round_ is None:
        return
    asked = question(moment, VoidRound(round=round_.key, reason=""))
    await carry_out(ctx, way, moment, tr("Round {number} does not count", number=round_.number),
             asked.words if asked is not None else (), says_all=True)  # fmt: skip


async def close_left(ctx: Context) -> None:
    """Close a vote that still takes answers although the room went on."""
    act = act_named("close_left")
    lines = {each.round: each for each in ctx.moment.snapshot.left_open}
    if not lines:
        ctx.say(act.why_not(ctx.moment) or act.help, ok=False)
        return
    chosen = await ctx.ask(
        Choose(
            act.title,
            (act.help,),
            [
                *((key, tr("{number} {title}", number=each.number, title=each.title)) for key, each in lines.items()),
                ("", tr("None of them")),
            ],
            start="",
        )
    )
    if chosen:
        await perform(ctx, act, replace(ctx.moment, vote=lines[chosen]))


async def break_tie(ctx: Context) -> None:
    """Name one of those that tie for the first place, with a typed reason, or none; where the agenda allows it."""
    act, moment = act_named("tie"), ctx.moment
    round_ = moment.snapshot.round
    why = BREAK.why_not(moment)
    if why is not None or round_ is None:
        ctx.say(why or act.help, ok=False)
        return
    tied: list[tuple[str, Text]] = [
        (each.key, tr("{letter} {words}", letter=each.key.upper(), words=each.text)) for each in round_.tied
    ]
    chosen = await ctx.ask(
        Choose(
            tr("Which one do you name?"),
            (tr("These tie for the first place. That they tie stays beside the result, with your choice and your "
                "reason."),),
            [
                *tied,
                *([(_NONE, tr("None: take it back, it is a tie"))] if round_.chosen else []),
                ("", tr("Stay as it is") if round_.chosen else tr("None: it is a tie")),
            ],
            start="",
        )
    )  # fmt: skip
    if chosen == _NONE:
        await carry_out(ctx, LEAVE, moment, act.title)
        return
    named = next((option for option in round_.tied if option.key == chosen), None)
    if named is not None:
        await carry_out(
            ctx, BREAK, moment, tr("You name “{option}”", option=named.text),
            (tr("Everybody reads your reason beside the result, also in the report."),),
            known={"option": named.key},
        )  # fmt: skip


async def options(ctx: Context) -> None:
    """Make the options of a vote out of the room's ideas."""
    line = next_for_ideas(ctx.moment)
    if way_or_why(ctx, act_named("options"), ctx.moment) is None or line is None:
        return
    ideas = await ctx.asked(ctx.feed.client.ideas())
    if ideas is not None and (not ideas or await is_private(ctx)):
        here = ctx.moment.snapshot.here
        chosen = here.options if here is not None and here.item.key == line.key else ()
        ctx.visit(OptionsScreen(line, ideas, chosen))
