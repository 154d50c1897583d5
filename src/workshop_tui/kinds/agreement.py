"""Whether a room agrees on a step of a scale, by a rule that the agenda fixed before the first round (Delphi)."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.grades import Histogram
from workshop_tui.domain import honesty

FEWEST: Final = 51
"""The lowest share of agreement that may be asked for, in percent: less than most is no agreement."""

OPPOSED: Final = 15
"""At least this share of answers at the other end, in percent, is no agreement."""


def agreement_problem(agree_at: int) -> str:
    """What is wrong with the declared share; empty when nothing is. 0 declares no rule."""
    if agree_at == 0 or FEWEST <= agree_at <= 100:
        return ""
    return f"agree_at is {agree_at}; it can be {FEWEST} to 100 percent, or left out for no rule."


def agreement_sentence(histogram: Histogram, agree_at: int, *, answered: int | None = None) -> str:
    """Whether there is agreement, with the counts that decide it; empty without a rule or answers.

    Agreed in: at least `agree_at` percent are in the highest third of the scale and fewer than 15 percent in the
    lowest. Agreed out: the other way round. On a scale of 1 to 9 the thirds are 7 to 9 and 1 to 3: the rule of the
    COMET Handbook (Williamson et al., Trials 18, 280, 2017) with 70 percent. On other scales a third is rounded down,
    and has one step at least.

    Args:
        histogram: People for each step, lowest first.
        agree_at: The declared share in percent; 0 for no rule.
        answered: How many answered at all, where some could leave this out; None where nobody could.
    """
    people, third = sum(histogram), max(1, len(histogram) // 3)
    if not agree_at or not people:
        return ""
    low, high = sum(histogram[:third]), sum(histogram[-third:])
    steps = "step" if third == 1 else f"{third} steps"
    narrower = answered is not None and people < answered
    lowest = f"{low}{honesty.in_brackets(low, people, narrower=narrower)} the lowest"
    counts = f"{honesty.share(high, people, narrower=narrower)} chose the highest {steps}, {lowest}"
    if _is_agreed(high, low, people, agree_at):
        return f"Agreed in: {counts}."
    if _is_agreed(low, high, people, agree_at):
        return f"Agreed out: {counts}."
    return f"Not agreed: {counts}."


def agreement_rule(steps: int, agree_at: int) -> str:
    """The rule in words; empty without one."""
    if not agree_at:
        return ""
    third = max(1, steps // 3)
    which = "step" if third == 1 else f"{third} steps"
    return (
        f"Set before the first round: agreed in, when at least {agree_at}% choose the highest {which} and fewer than "
        f"{OPPOSED}% the lowest; agreed out, the other way round."
    )


def _is_agreed(those: int, others: int, people: int, agree_at: int) -> bool:
    return those * 100 >= agree_at * people and others * 100 < OPPOSED * people
