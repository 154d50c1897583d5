"""What an agenda says of a budget, and what can be wrong with it."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.activity import OptionsConfig
from workshop_tui.domain.exact import Exact, decimals_of, in_units, is_exact
from workshop_tui.kinds.budget.rules import Fund
from workshop_tui.kinds.options import options_problem
from workshop_tui.messages import Amount, Figure, Text, Verbatim, tr, trn

STEPS: Final = 10_000
"""Into how many steps the money is cut when equal shares are raised: a bigger sum is raised by more than 1."""

MOST_DECIMALS: Final = 2
"""Most decimals of an amount: pence, cents."""

MOST_MONEY: Final = 1_000_000_000
"""The largest sum: more is written in thousands."""


class BudgetConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of a budget."""

    costs: tuple[Exact, ...] = ()
    """What each option costs, in the order of the options, `extra` last; with at most `MOST_DECIMALS` decimals."""
    cap: Exact = 0
    """How much money there is."""
    currency: str = "£"
    """A sign such as "£", or a word in the plural such as "coins"."""
    fund: Fund = "greedy"
    """The rule that says what is funded, named before anybody votes."""

    @property
    def step(self) -> int:
        """By how many whole units equal shares are raised at a time: 1 up to `STEPS`."""
        unit: int = 10**self.decimals
        return -(-self.money // (STEPS * unit))

    @property
    def decimals(self) -> int:
        """How many decimals the amounts are counted in; 0 where all are whole."""
        return decimals_of((*self.costs, self.cap))

    @property
    def prices(self) -> tuple[int, ...]:
        """The costs in the smallest unit that any amount is written in."""
        return tuple(in_units(cost, self.decimals) for cost in self.costs)

    @property
    def money(self) -> int:
        """How much there is, in the same unit."""
        return in_units(self.cap, self.decimals)

    def amount(self, units: int) -> Amount:
        """An amount in that unit, as it is said."""
        return Amount(units, self.currency, self.decimals)


def budget_problem(config: BudgetConfig) -> Text:
    """What is wrong with the options, the costs or the sum; empty when nothing is."""
    if problem := options_problem(config):
        return problem
    if fine := next((each for each in (config.cap, *config.costs) if not is_exact(each, MOST_DECIMALS)), None):
        most = MOST_DECIMALS
        return tr("{given} is no amount of money with at most {most} decimals.", given=Verbatim(str(fine)), most=most)
    if not 1 <= config.cap <= MOST_MONEY:
        return tr(
            "{key} is {given}; it says how much money there is: 1 to {most}.",
            key=Verbatim("cap"),
            given=_number(config.cap),
            most=MOST_MONEY,
        )
    if config.options_from:
        return tr(
            "A budget cannot take its options from the room: each needs its cost. Please leave out “{key}”.",
            key=Verbatim("options_from"),
        )
    if config.ties != "report":
        return tr(
            "A tie for money is reported and left to people: nothing in a budget comes first. Leave “{key}” out.",
            key=Verbatim("ties"),
        )
    if len(config.costs) != len(config.options):
        return trn(
            "There is {n} option and there are {costs} costs. Each option needs one cost.",
            "There are {n} options and {costs} costs. Each option needs one cost.",
            len(config.options),
            costs=len(config.costs),
        )
    for option, cost in zip(config.options, config.costs, strict=True):
        if cost <= 0:
            return tr("“{option}” costs {cost}. A cost is more than 0.", option=option.words, cost=_number(cost))
        if cost > config.cap:
            return tr(
                "“{option}” costs {cost}, more than the {cap} there is: nobody could fund it.",
                option=option.words,
                cost=_number(cost),
                cap=_number(config.cap),
            )
    return ""


def _number(number: Exact) -> int | Figure:
    return number if isinstance(number, int) else Figure(str(number))
