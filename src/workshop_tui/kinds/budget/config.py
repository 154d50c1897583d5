"""What an agenda says of a budget, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from workshop_tui.domain.activity import OptionsConfig, Setting
from workshop_tui.kinds.budget.rules import RULES, Fund
from workshop_tui.kinds.options import options_problem
from workshop_tui.messages import Text, Verbatim, tr, trn

STEPS: Final = 10_000
"""Into how many steps the money is cut when equal shares are raised: a bigger sum is raised by more than 1."""

MOST_MONEY: Final = 1_000_000_000
"""The largest sum: more is written in thousands."""


class BudgetConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of a budget."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "costs": Setting(
            label=tr("What each option costs, one to a line"), hint=tr("In the order of the options."), needed=True
        ),
        "cap": Setting(label=tr("How much money there is"), needed=True),
        "currency": Setting(label=tr("Sign of the money, or a word such as “coins”")),
        "fund": Setting(label=tr("What is funded"), choices={str(name): words for name, words in RULES.items()}),
        "options_from": None, "leaders_of": None, "leaders": None, "ties": None,
    }  # fmt: skip

    costs: tuple[int, ...] = ()
    """What each option costs, in whole units, in the order of the options, `extra` last."""
    cap: int = 0
    """How much money there is."""
    currency: str = "£"
    """A sign such as "£", or a word in the plural such as "coins"."""
    fund: Fund = "greedy"
    """The rule that says what is funded, named before anybody votes."""

    @property
    def step(self) -> int:
        """By how much equal shares are raised at a time: 1 up to `STEPS`."""
        return -(-self.cap // STEPS)


def budget_problem(config: BudgetConfig) -> Text:
    """What is wrong with the options, the costs or the sum; empty when nothing is."""
    if problem := options_problem(config):
        return problem
    if not 1 <= config.cap <= MOST_MONEY:
        return tr(
            "{key} is {given}; it says how much money there is: 1 to {most}.",
            key=Verbatim("cap"),
            given=config.cap,
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
        if cost < 1:
            return tr("“{option}” costs {cost}. A cost is 1 or more.", option=option.words, cost=cost)
        if cost > config.cap:
            return tr(
                "“{option}” costs {cost}, more than the {cap} there is: nobody could fund it.",
                option=option.words,
                cost=cost,
                cap=config.cap,
            )
    return ""
