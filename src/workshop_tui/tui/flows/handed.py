"""What keys do with what was handed to this session: its words stand above the form that is filled in about it."""

from __future__ import annotations

from workshop_tui.domain.received import behind_words, what_is_asked
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import carry_out, way_or_why
from workshop_tui.views.acts import act_named
from workshop_tui.views.handed import at_hand
from workshop_tui.views.moment import Moment


async def answer(ctx: Context, moment: Moment | None = None) -> bool:
    """Say what became of a point; whether it was said.

    Args:
        ctx: The console.
        moment: The moment with the point; None for the one at hand.
    """
    moment = moment or ctx.moment
    act, dealt = act_named("answer_point"), at_hand(moment)
    way = way_or_why(ctx, act, moment)
    if way is None or dealt is None:
        return False
    point = dealt.point
    return await carry_out(
        ctx, way, moment, act.title, (point.words, *behind_words(point), *what_is_asked(point))
    )  # fmt: skip


async def answer_at_hand(ctx: Context) -> None:
    """Say what became of the point that is at hand."""
    await answer(ctx)
