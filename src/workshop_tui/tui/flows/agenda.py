"""Going through the agenda: time, catching up, going to an item, editing it, leaving it out, asking something new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from workshop_tui.messages import Text, Verbatim, tr, trn
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.room.times import clock
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import carry_out, confirm_and_send, fill_in, perform, way_or_why
from workshop_tui.tui.lines import Lines, Pen, Tone, shorten
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.side_panes import agenda_line
from workshop_tui.views import items
from workshop_tui.views.act import Act, Way
from workshop_tui.views.acts import act_named
from workshop_tui.views.lengths import minutes_words
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.running import GO, RESTORE, SKIP
from workshop_tui.views.times import CATCH_UP, PlanView, plan_views, times_under

ONE_MINUTE: Final = {"minutes": "1"}


async def longer(ctx: Context) -> None:
    """Give the open item a minute."""
    await perform(ctx, act_named("longer"), known=ONE_MINUTE)


async def shorter(ctx: Context) -> None:
    """Take a minute from the open item."""
    await perform(ctx, act_named("shorter"), known=ONE_MINUTE)


async def catch_up(ctx: Context) -> None:
    """Choose a catch-up plan, with the new times on the screen first."""
    moment = ctx.moment
    if way_or_why(ctx, CATCH_UP, moment) is None:
        return
    plans = {str(each.number): each for each in plan_views(moment)}
    chosen = await ctx.ask(
        Choose(
            tr("Catch up {length}", length=minutes_words(moment.day_over_ms)),
            (tr("Breaks and protected items keep their minutes. Enter applies; u takes it back."),),
            [*((key, _gain(view)) for key, view in plans.items()), ("", tr("Leave it as it is"))],
            detail=lambda key, pen: plan_lines(moment, plans.get(key), pen),
        )
    )
    if chosen:
        await perform(ctx, CATCH_UP, moment, known={"plan": plans[chosen].key})


def _gain(view: PlanView) -> Text:
    return trn("{plan}: gains {n} min", "{plan}: gains {n} min", view.plan.saves_min, plan=view.plan.title)


def plan_lines(moment: Moment, view: PlanView | None, pen: Pen) -> Lines:
    """The items to come with the times a plan would give them; the end first: a small window may cut the list."""
    end = Verbatim(clock(view.end if view is not None else moment.projected_end))
    said = tr("TIMES AS THEY ARE: the day ends at {time}", time=end)
    if view is not None:
        said = tr("NEW TIMES: the day ends at {time}", time=end)
    lines: Lines = pen.paragraph(said, "strong")
    planned = moment.snapshot.planned_end
    if planned is not None:
        lines += pen.paragraph(tr("The agenda says {time}.", time=Verbatim(clock(planned))), "quiet")
    for time in view.times if view is not None else times_under(moment, None):
        change = f"{time.line.minutes} → {time.minutes}" if time.is_changed else f"{time.minutes}"
        tail = f"  {pen.text(tr('{minutes} min', minutes=Verbatim(change)))}{_note(time.line, pen)}"
        tone: Tone = "warn" if time.is_changed else "plain"
        title = shorten(time.line.title, max(8, pen.width - len(tail) - 7))
        lines.append([(f"{clock(time.start)}  {title}{tail}", tone)])
    return lines


def _note(line: ItemLine, pen: Pen) -> str:
    if line.is_break:
        return f" ({pen.text(tr('break'))})"
    return f" ({pen.text(tr('kept'))})" if line.keeps_time else ""


# One item of several. ---------------------------------------------------------------------------------


async def agenda(ctx: Context) -> None:
    """Every item; go to one, edit it, leave it out, put it back."""
    moment = ctx.moment
    pen = Pen(64, ctx.translator)
    here = moment.snapshot.here
    line = await _choose(
        ctx,
        tr("Agenda"),
        tr("Enter: go there, edit it, leave it out or put it back."),
        {line.key: "".join(text for text, _ in agenda_line(moment, line, pen)) for line in moment.snapshot.items},
        here.item.key if here is not None else None,
    )
    if line is None:
        return
    about = replace(ctx.moment, line=line)
    ways = (RESTORE, GO, items.EDIT, SKIP)
    offered = {way.name: way for way in ways if way.why_not(about) is None}
    told: list[Text] = [tr("{minutes} min, from {time}.", minutes=line.minutes,
                           time=Verbatim(clock(moment.expected_start(line))))]  # fmt: skip
    told += [tr("Left out: {reason}", reason=line.reason)] if line.reason else []
    # To edit it comes before its changes are saved.
    choices = [(name, tr("Edit it") if way is items.EDIT else way.words) for name, way in offered.items()]
    chosen = await ctx.ask(Choose(line.title, told, [*choices, ("", tr("Back"))]))
    if chosen:
        await _do(ctx, offered[chosen], about)


async def edit(ctx: Context) -> None:
    """Change an item that was not opened yet."""
    await _one_of(ctx, act_named("edit"), tr("Edit which item?"), tr("Only items that were not opened yet."),
                  tr("Every item was opened already. i asks something new."))  # fmt: skip


async def skip(ctx: Context) -> None:
    """Leave an item out, or put one back."""
    await _one_of(ctx, act_named("skip"), tr("Leave out which item?"),
                  tr("One that is left out already is put back."),
                  tr("Every item was opened already: there is nothing to leave out."))  # fmt: skip


async def _one_of(ctx: Context, act: Act, title: Text, words: Text, none: Text) -> None:
    """Choose an item that the act can be done with, and do it."""
    moment = ctx.moment
    lines = {
        line.key: _numbered(line) for line in moment.snapshot.items if act.way(replace(moment, line=line)) is not None
    }
    if not lines:
        ctx.say(
            (not any(moment.snapshot.phase in way.phases for way in act.ways) and act.why_not(moment)) or none, ok=False
        )
        return
    line = await _choose(ctx, title, words, lines, None)
    if line is not None:
        about = replace(ctx.moment, line=line)
        way = act.way(about)
        if way is not None:
            await _do(ctx, way, about)


def _numbered(line: ItemLine) -> Text:
    if line.status == "skipped":
        return tr("put back: {number} {title}", number=line.number, title=line.title)
    return tr("{number} {title}", number=line.number, title=line.title)


async def _choose(
    ctx: Context, title: Text, words: Text, lines: Mapping[str, Text], start: str | None
) -> ItemLine | None:
    chosen = await ctx.ask(Choose(title, (words,), list(lines.items()), start=start, whole=True))
    return ctx.moment.line_of(chosen) if chosen else None


async def _do(ctx: Context, way: Way, about: Moment) -> None:
    line = given(about.line)
    if way is items.EDIT:
        by_name = {field.name: replace(field, is_further=False) for field in way.fields}
        fields = tuple(by_name[name] for name in ("title", "minutes", "question", "say", "kind"))
        await carry_out(ctx, replace(way, fields=fields), about, tr("Edit “{title}”", title=line.title))
    else:
        # Going there and putting back have no form.
        await carry_out(ctx, way, about, tr("Leave out “{title}”", title=line.title))


# Something new. ---------------------------------------------------------------------------------------

_ASKED: Final = ("question", "kind", "minutes")
"""What is asked about a question made on the day; the host page asks for more."""


async def ask(ctx: Context) -> None:
    """Ask the room something that is not in the agenda; it comes right after the open item."""
    moment, act = ctx.moment, act_named("ask")
    if way_or_why(ctx, act, moment) is None:
        return
    fields = tuple(field for field in items.INSERT.fields if field.name in _ASKED)
    way = replace(items.INSERT, words=tr("Add it and open it now"), fields=fields)
    typed = await fill_in(ctx, way, moment, act.title, (tr("It comes right after the open item."),),
                         others=[("later", tr("Add it for later"))])  # fmt: skip
    if typed is None:
        return
    before = {line.key for line in moment.snapshot.items}
    if not await confirm_and_send(ctx, way.make(moment, typed), moment):
        return
    now = await ctx.fresh()
    added = next((line for line in now.snapshot.items if line.key not in before), None) if now is not None else None
    if typed["button"] == "later" or added is None or now is None:
        ctx.say(tr("Added. n goes to it."))
        return
    about = replace(now, line=added)
    if await carry_out(ctx, GO, about, added.title):
        here = ctx.moment.snapshot.here
        is_poll = added.is_poll if here is None or here.item.key != added.key else here.is_poll
        ctx.say(tr("Phones see the question. v opens the vote.") if is_poll else tr("Phones can send now."))
