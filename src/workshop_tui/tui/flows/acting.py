"""The one path from a key to a command: the way that fits, what is to be typed, what is asked first, and then sending.

Everything that a desk is asked before (`views.asking`) passes `confirm_and_send`; what sends by itself sends only
commands that nothing is asked about, such as undo.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import AddNote, EnterStory, FacilitatorCommand, NoteContact, Safeguard
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.keys import Do, Key
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.dialogs import Choose, Confirm
from workshop_tui.tui.screens.form import Form
from workshop_tui.views.act import Act, Field, Question, Typed, Way
from workshop_tui.views.acts import act_named
from workshop_tui.views.asking import question
from workshop_tui.views.moment import Moment

NOTHING: Final[Typed] = {}


def key_for(name: str, does: Do | None = None, *, repeats: bool = False) -> Key:
    """The key of the act of that name; without a function of its own it does what any act does."""
    act = act_named(name)

    async def do(ctx: Context) -> None:
        await perform(ctx, act)

    return Key(act, does or do, repeats)


async def perform(ctx: Context, act: Act, moment: Moment | None = None, known: Typed = NOTHING) -> bool:
    """Do an act, in the way that fits; whether it was done.

    Args:
        ctx: The console.
        act: What.
        moment: The moment, and the item, entry or note that it is about; None for this one.
        known: What need not be typed, by the names of the fields.
    """
    moment = moment or ctx.moment
    way = way_or_why(ctx, act, moment)
    return way is not None and await carry_out(ctx, way, moment, act.title, known=known)


def way_or_why(ctx: Context, act: Act, moment: Moment) -> Way | None:
    """How an act goes at this moment; None where it cannot be done, and then why is on the screen."""
    way = act.way(moment)
    if way is None:
        ctx.say(act.why_not(moment) or act.help, ok=False)
    return way


async def carry_out(
    ctx: Context, way: Way, moment: Moment, title: Text, words: Sequence[Text] = (), *,
    known: Typed = NOTHING, check: Callable[[Typed], Text | None] = lambda typed: None, says_all: bool = False,
) -> bool:  # fmt: skip
    """Do it in this way; whether it was done.

    Args:
        ctx: The console.
        way: How.
        moment: The moment, and the item, entry or note that it is about.
        title: What it is, as the title of a form.
        words: What to know; where there is none the way's own.
        known: What need not be typed.
        check: What is wrong, where that only shows when all of it is read together.
        says_all: Whether the form says what would be asked afterwards: to fill it in is the answer.
    """
    typed = await fill_in(ctx, way, moment, title, words, known=known, check=check)
    if typed is None:
        return False
    command = way.make(moment, typed)
    return await ctx.send(_keyed(command)) if says_all else await confirm_and_send(ctx, command, moment)


async def fill_in(
    ctx: Context, way: Way, moment: Moment, title: Text, words: Sequence[Text] = (), *,
    known: Typed = NOTHING, check: Callable[[Typed], Text | None] = lambda typed: None,
    others: Sequence[tuple[str, Message]] = (),
) -> Typed | None:  # fmt: skip
    """All that a way needs, typed or known; None when its form was put away.

    The arguments are those of `carry_out` and `Form`.
    """
    fields = [field for field in way.fields if field.name not in known]
    if not fields:
        return known

    def wrong(typed: Typed) -> Sentences | None:
        why = check(typed)
        if why is not None:
            return why
        try:
            way.make(moment, {**known, **typed})
        except CommandRefused as refused:
            return refused.message
        return None

    about = words or (way.about or "",)

    def asked(typed: Typed) -> list[Field]:
        return [field for field in way.asked(moment, typed) if field.name not in known]

    form = Form(
        title, about, asked({}), way.words, moment, asked=asked, check=wrong, others=others, name=way.name
    )  # fmt: skip
    typed = await ctx.ask(form)
    return None if typed is None else {**known, **typed}


async def confirm_and_send(ctx: Context, command: FacilitatorCommand, moment: Moment, *, over: bool = False) -> bool:
    """Send a command, once what has to be asked before it is answered; whether it was carried out.

    Args:
        ctx: The console.
        command: The command.
        moment: The moment that it is about.
        over: Whether a choice comes even over the shade.
    """
    asked = question(moment, command)
    sure = command if asked is None else await _answered(ctx, asked, command, moment, over=over)
    return sure is not None and await ctx.send(_keyed(sure))


def _keyed(command: FacilitatorCommand) -> FacilitatorCommand:
    """The command with a name for what it makes, so that sending it twice makes one."""
    makes = isinstance(command, AddNote | Safeguard | EnterStory | NoteContact)
    return replace(command, key=secrets.token_hex(16)) if makes else command


async def _answered(
    ctx: Context, asked: Question, command: FacilitatorCommand, moment: Moment, *, over: bool
) -> FacilitatorCommand | None:
    """What is sent after all; None for nothing."""
    if asked.word:
        return command if await _typed(ctx, asked, moment) else None
    if asked.final:
        return command if await _sure(ctx, command, moment) else None
    choices = [(each.key, each.words) for each in asked.answers]
    chosen = await ctx.ask(Choose(asked.title, asked.words, choices, start=asked.quiet), over=over)
    found = asked.answer(chosen or "")
    return found.command if found is not None else None


async def _typed(ctx: Context, asked: Question, moment: Moment) -> bool:
    """Whether the word was typed that this needs."""
    label = tr("Type {word} to do it", word=Verbatim(asked.word))
    field = Field(name="confirm", label=label, wrong=asked.wrong_word)
    yes = next(each.words for each in asked.answers if each.command is not None)
    return await ctx.ask(Form(asked.title, asked.words, [field], yes, moment, name="confirm")) is not None


async def _sure(ctx: Context, command: FacilitatorCommand, moment: Moment) -> bool:
    """Whether another key says so; only as long as what it is about is still what it was."""
    about = _about(moment)

    def question_at(now: ConsoleMoment) -> Question | None:
        return question(now, command) if _about(now) == about else None

    sure = await ctx.ask(Confirm(question_at, ctx.moment))
    if not sure and _about(ctx.moment) != about:
        ctx.say(tr("Something changed meanwhile, so nothing was done. Please look again."), ok=False)
    return bool(sure)


def _about(moment: Moment) -> tuple[object, ...]:
    """The round that is shown or closed for good, and whether the room has seen it: not how many have answered."""
    round_ = moment.snapshot.round
    return () if round_ is None else (round_.key, round_.revealed, round_.status == "void")
