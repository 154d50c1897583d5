"""Doing an act of the desk: whether it can be done now, what is to be typed, what is asked, and then the command."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import AddNote, FacilitatorCommand
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.keys import Do, Key
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.dialogs import Choose, Confirm
from workshop_tui.tui.screens.form import Form
from workshop_tui.views.act import Act, Field, Question, Way
from workshop_tui.views.acts import act_named
from workshop_tui.views.asking import question
from workshop_tui.views.moment import Moment

NOTHING: Final[Mapping[str, str]] = {}


def key_for(name: str, does: Do | None = None, *, repeats: bool = False) -> Key:
    """The key of the act of that name; without a function of its own it does what any act does."""
    act = act_named(name)

    async def do(ctx: Context) -> None:
        await perform(ctx, act)

    return Key(act, does or do, repeats)


async def perform(ctx: Context, act: Act, moment: Moment | None = None) -> bool:
    """Do an act, in the way that fits this moment; whether it was done."""
    moment = moment or ctx.moment
    way = act.way(moment)
    if way is None:
        ctx.say(act.why_not(moment) or "", ok=False)
        return False
    return await go(ctx, way, moment, act.title)


async def go(
    ctx: Context, way: Way, moment: Moment, title: Text, words: Sequence[Text] = (), *,
    fields: Sequence[Field] | None = None, said: Mapping[str, str] = NOTHING,
    check: Callable[[Mapping[str, str]], Text | None] = lambda typed: None,
) -> bool:  # fmt: skip
    """Do it in this way: ask for what is to be typed, then for certainty, then send it; whether it was done.

    Args:
        way: How.
        moment: The moment, and the item, entry or note that it is about.
        title: What it is, as the title of a form.
        words: What to know; where there is none the way's own.
        fields: Those that are still to be typed; None for all.
        said: What is known already.
        check: What is wrong, where that only shows when all of it is read together.
        ctx: The console.
    """
    blanks = way.fields if fields is None else fields
    if not blanks:
        return await submit(ctx, way.make(moment, said), moment)

    def wrong(typed: Mapping[str, str]) -> Sentences | None:
        why = check(typed)
        if why is not None:
            return why
        try:
            way.make(moment, {**said, **typed})
        except CommandRefused as refused:
            return refused.message
        return None

    about = words or (way.about or "",)
    form = Form(title, about, blanks, way.words, moment, check=wrong, name=way.name)
    typed = await ctx.ask(form)
    if typed is None:
        return False
    return await ctx.send(keyed(way.make(moment, {**said, **typed})))


async def submit(ctx: Context, command: FacilitatorCommand, moment: Moment) -> bool:
    """Send a command, once what has to be asked before it is answered; whether it was carried out."""
    asked = question(moment, command)
    sure = command if asked is None else await answer(ctx, asked, command, moment)
    return sure is not None and await ctx.send(keyed(sure))


def keyed(command: FacilitatorCommand) -> FacilitatorCommand:
    """The command with a name for what it makes, so that sending it twice makes one."""
    return replace(command, key=secrets.token_hex(16)) if isinstance(command, AddNote) else command


async def answer(
    ctx: Context, asked: Question, command: FacilitatorCommand, moment: Moment
) -> FacilitatorCommand | None:
    """What is sent after all; None for nothing."""
    if asked.word:
        return command if await _typed(ctx, asked, moment) else None
    if asked.final:
        return command if await _sure(ctx, command, moment) else None
    chosen = await ctx.ask(
        Choose(asked.title, asked.words, [(each.key, each.words) for each in asked.answers], start=asked.quiet)
    )
    found = asked.answer(chosen or "")
    return found.command if found is not None else None


async def _sure(ctx: Context, command: FacilitatorCommand, moment: Moment) -> bool:
    """Whether another key says so; only as long as what it is about is still what it was."""
    about = _about(moment)

    def question_at(moment: ConsoleMoment) -> Question | None:
        return question(moment, command) if _about(moment) == about else None

    sure = await ctx.ask(Confirm(question_at, ctx.moment))
    if not sure and _about(ctx.moment) != about:
        ctx.say(tr("Something changed meanwhile, so nothing was done. Please look again."), ok=False)
    return bool(sure)


def _about(moment: Moment) -> tuple[object, ...]:
    """The round that is shown or closed for good, and whether the room has seen it: not how many have answered."""
    round_ = moment.snapshot.round
    return () if round_ is None else (round_.key, round_.revealed, round_.status == "void")


async def _typed(ctx: Context, asked: Question, moment: Moment) -> bool:
    """Whether the word was typed that this needs."""
    word = Verbatim(asked.word)

    def wrong(typed: str) -> Message | None:
        return None if typed.upper() == asked.word else tr("Type the word {word}, or press Esc.", word=word)

    blank = Field(name="confirm", label=tr("Type {word} to do it", word=word), wrong=wrong)
    yes = next(each.words for each in asked.answers if each.command is not None)
    return await ctx.ask(Form(asked.title, asked.words, [blank], yes, moment, name="confirm")) is not None
