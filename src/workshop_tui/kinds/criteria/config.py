"""What an agenda says of criteria, and what can be wrong with it."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.activity import OptionsConfig
from workshop_tui.domain.exact import Exact, decimals_of, in_units, is_exact
from workshop_tui.kinds.grades import MOST_SCORE
from workshop_tui.kinds.options import names_problem, options_problem
from workshop_tui.messages import Amount, Text, Verbatim, tr, trn

MOST_BUTTONS: Final = 126
"""Most buttons of one form: 21 scores from 0 to 5. More tire people, and a phone's first page would grow heavy."""

MOST_WEIGHT: Final = 1_000_000

MOST_DECIMALS: Final = 4
"""Most decimals of a weight."""

_EXAMPLE: Final = Verbatim('criteria = ["Cost", "Time to get there"]')


class CriteriaConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of criteria."""

    criteria: tuple[str, ...] = ()
    """What the options are scored on; with `weights_from` left out for all options of that item."""
    weights: tuple[Exact, ...] = ()
    """How much each criterion counts, in the order of the criteria."""
    weights_from: str = ""
    """The title of an earlier item whose points are the weights; they are taken when the vote opens."""
    most: int = 5
    """The best score; 0 is the worst."""

    @property
    def decimals(self) -> int:
        """How many decimals the weights are counted in; 0 where all are whole."""
        return decimals_of(self.weights)

    @property
    def whole_weights(self) -> tuple[int, ...]:
        """The weights in units of their last decimal: 0.1 and 0.25 are 10 and 25."""
        return tuple(in_units(weight, self.decimals) for weight in self.weights)

    def weight(self, units: int) -> Amount:
        """A weight in that unit, as it is said."""
        return Amount(units, decimals=self.decimals)


def criteria_problem(config: CriteriaConfig) -> Text:
    """What is wrong with the options, the criteria or the weights; empty when nothing is."""
    if problem := options_problem(config):
        return problem
    if not 1 <= config.most <= MOST_SCORE:
        return tr(
            "{key} is {given}; the best score can be 1 to {most}.",
            key=Verbatim("most"),
            given=config.most,
            most=MOST_SCORE,
        )
    if len(config.criteria) < 2 and (config.criteria or not config.weights_from):
        return tr("There are not two criteria. Name what counts: {example}.", example=_EXAMPLE)
    if problem := names_problem(
        config.criteria,
        empty=tr("A criterion has no words."),
        twice=tr("A criterion is there twice. Each needs its own words."),
    ):
        return problem
    count = len(config.criteria)
    buttons = len(config.options) * count * (config.most + 1)
    if buttons > MOST_BUTTONS:
        return trn(
            "{options} options on {criteria} criteria, 0 to {best}, are {n} button on each phone; {most} are the "
            "most. Please score fewer things at a time.",
            "{options} options on {criteria} criteria, 0 to {best}, are {n} buttons on each phone; {most} are the "
            "most. Please score fewer things at a time.",
            buttons,
            options=len(config.options),
            criteria=count,
            best=config.most,
            most=MOST_BUTTONS,
        )
    if config.weights_from and not config.weights:
        return ""
    if len(config.weights) != count:
        return trn(
            "There is {n} criterion and there are {weights} weights. Each criterion needs one weight.",
            "There are {n} criteria and {weights} weights. Each criterion needs one weight.",
            count,
            weights=len(config.weights),
        )
    exact = all(is_exact(weight, MOST_DECIMALS) for weight in config.weights)
    if not exact or not all(0 <= weight <= MOST_WEIGHT for weight in config.weights) or not any(config.weights):
        return tr(
            "Weights are numbers from 0 to {most} with at most {decimals} decimals, and one of them has to be more "
            "than 0.",
            most=MOST_WEIGHT,
            decimals=MOST_DECIMALS,
        )
    return ""
