"""Whether a room agrees on a step of a scale, by a rule that the agenda fixed before the first round (Delphi)."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.grades import Histogram
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Setting
from workshop_tui.domain.blocks import Words
from workshop_tui.messages import Percent, Text, Verbatim, tr, trn

FEWEST: Final = 51
"""The lowest share of agreement that may be asked for, in percent: less than most is no agreement."""

OPPOSED: Final = 15
"""At least this share of answers at the other end, in percent, is no agreement."""

AGREE_AT: Final = Setting(
    label=tr("From which percentage at one end the room agrees"), hint=tr("Leave it empty for no rule.")
)
"""What a desk asks for `agree_at`."""


def agreement_problem(agree_at: int) -> Text:
    """What is wrong with the declared share; empty when nothing is. 0 declares no rule."""
    if agree_at == 0 or FEWEST <= agree_at <= 100:
        return ""
    return tr(
        "{key} is {given}; it can be {least} to 100 percent, or left out for no rule.",
        key=Verbatim("agree_at"),
        given=agree_at,
        least=FEWEST,
    )


def agreement_sentence(histogram: Histogram, agree_at: int, *, about: Words = "", answered: int | None = None) -> Text:
    """Whether there is agreement, with the counts that decide it; empty without a rule or answers.

    Agreed in: at least `agree_at` percent are in the highest third of the scale and fewer than 15 percent in the
    lowest. Agreed out: the other way round. On a scale of 1 to 9 the thirds are 7 to 9 and 1 to 3: the rule of the
    COMET Handbook (Williamson et al., Trials 18, 280, 2017) with 70 percent. On other scales a third is rounded down,
    and has one step at least.

    Args:
        histogram: People for each step, lowest first.
        agree_at: The declared share in percent; 0 for no rule.
        about: The words of the option that was graded; empty for the question itself.
        answered: How many answered at all, where some could leave this out; None where nobody could.
    """
    people, third = sum(histogram), max(1, len(histogram) // 3)
    if not agree_at or not people:
        return ""
    low, high = sum(histogram[:third]), sum(histogram[-third:])
    if _is_agreed(high, low, people, agree_at):
        found = tr("Agreed in")
    elif _is_agreed(low, high, people, agree_at):
        found = tr("Agreed out")
    else:
        found = tr("Not agreed")
    narrower = answered is not None and people < answered
    highest = honesty.share(high, people, narrower=narrower)
    lowest = honesty.short_share(low, people, narrower=narrower)
    if about:
        return trn(
            "“{option}”. {found}: {highest} chose the highest step, {lowest} the lowest.",
            "“{option}”. {found}: {highest} chose the highest {n} steps, {lowest} the lowest.",
            third,
            option=about,
            found=found,
            highest=highest,
            lowest=lowest,
        )
    return trn(
        "{found}: {highest} chose the highest step, {lowest} the lowest.",
        "{found}: {highest} chose the highest {n} steps, {lowest} the lowest.",
        third,
        found=found,
        highest=highest,
        lowest=lowest,
    )


def agreement_rule(steps: int, agree_at: int) -> Text:
    """The rule in words; empty without one."""
    if not agree_at:
        return ""
    return trn(
        "Set before the first round: agreed in, when at least {share} choose the highest step and fewer than {opposed} "
        "the lowest; agreed out, the other way round.",
        "Set before the first round: agreed in, when at least {share} choose the highest {n} steps and fewer than "
        "{opposed} the lowest; agreed out, the other way round.",
        max(1, steps // 3),
        share=Percent(agree_at),
        opposed=Percent(OPPOSED),
    )


def _is_agreed(those: int, others: int, people: int, agree_at: int) -> bool:
    return those * 100 >= agree_at * people and others * 100 < OPPOSED * people
