"""The rules that a budget can be declared to follow: how each is counted, and how it and what it funds are said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

from workshop_tui.counting.approvals import left_without
from workshop_tui.counting.funding import by_shares, by_votes
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Approvals, Key
from workshop_tui.domain import honesty
from workshop_tui.domain.plain_profiles import Approved

Fund = Literal["greedy", "equal_shares"]

RULES: Final[dict[Fund, str]] = {"greedy": "most votes first", "equal_shares": "equal shares"}
"""What people call each rule."""


def by_rule(plain: Approved, fund: Fund, *, step: int) -> Outcome:
    """What a rule funds, in exact numbers; each is described, with its source, in `counting.shares`.

    Args:
        plain: The ballots, with costs and the sum.
        fund: The rule.
        step: By how much equal shares are raised at a time.
    """
    return by_votes(plain) if fund == "greedy" else by_shares(plain, step=step)


def cheaper_first(outcome: Outcome, support: Mapping[Key, int], costs: Mapping[Key, int]) -> bool:
    """Whether something that was passed over has as much support as something cheaper that is funded."""
    out = [key for key in support if support[key] and key not in outcome.winners]
    return any(support[key] == support[paid] and costs[paid] < costs[key] for key in out for paid in outcome.winners)


def fate(key: Key, funded: Collection[Key], tied: Collection[Key]) -> str:
    """What became of an option, in words."""
    if key in tied:
        return "tied"
    return "funded" if key in funded else "not funded"


def differences(texts: Mapping[Key, str], outcomes: Mapping[Fund, Outcome]) -> list[str]:
    """What one rule funds and the other does not, option by option.

    Args:
        texts: The words of the options, in agenda order.
        outcomes: What both rules found.
    """
    said = []
    for key, text in texts.items():
        one, other = (fate(key, outcomes[fund].winners, outcomes[fund].tied) for fund in RULES)
        if one != other:
            said.append(f"“{text}” is {one} by {RULES['greedy']} and {other} by {RULES['equal_shares']}.")
    return said or [f"Both rules fund the same: {RULES['greedy']} and {RULES['equal_shares']}."]


def left_out_words(approvals: Approvals, outcomes: Mapping[Fund, Outcome]) -> str:
    """How many people get nothing they chose, by each rule: the other side of a list of winners."""
    people = sum(approvals.values())
    said = [
        f"{honesty.share(left_without(approvals, outcome.winners), people)} by {RULES[fund]}"
        for fund, outcome in outcomes.items()
    ]
    return f"Who gets nothing they chose: {'; '.join(said)}."


def equal_words(step: int) -> str:
    """How equal shares are counted, in words.

    Args:
        step: By how much they are raised at a time.
    """
    return (
        "Equal shares (Peters and Skowron, 2020) gives everybody the same part of the money. Something is funded when "
        "those who want it can pay for it together out of their own parts, so a smaller group gets something too. "
        f"All parts are raised, {step:,} at a time, for as long as what is funded fits the money there is."
    )


def rule_words(fund: Fund, *, step: int) -> str:
    """How the declared rule is counted, in words, with what happens to ties and to what nobody chose."""
    if fund == "equal_shares":
        return f"The rule was named before the vote. {equal_words(step)}"
    return (
        "The rule was named before the vote: what the most people would fund comes first, and what no longer fits is "
        "passed over. With the same support the cheaper comes first. What nobody chose is not funded."
    )
