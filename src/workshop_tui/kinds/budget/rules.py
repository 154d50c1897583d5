"""The rules that a budget can be declared to follow: how each is counted, and how it and what it funds are said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

from workshop_tui.counting.approvals import left_without
from workshop_tui.counting.funding import by_shares, by_votes
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Approvals, Key
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Words
from workshop_tui.domain.plain_profiles import Approved
from workshop_tui.messages import Message, Sentences, tr

Fund = Literal["greedy", "equal_shares"]

RULES: Final[dict[Fund, Message]] = {"greedy": tr("most votes first"), "equal_shares": tr("equal shares")}
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


def fate(key: Key, funded: Collection[Key], tied: Collection[Key]) -> Message:
    """What became of an option, in words."""
    if key in tied:
        return tr("tied")
    return tr("funded") if key in funded else tr("not funded")


def differences(texts: Mapping[Key, Words], outcomes: Mapping[Fund, Outcome]) -> list[Message]:
    """What one rule funds and the other does not, option by option.

    Args:
        texts: The words of the options, in agenda order.
        outcomes: What both rules found.
    """
    said = []
    for key, text in texts.items():
        one, other = (fate(key, outcomes[fund].winners, outcomes[fund].tied) for fund in RULES)
        if one != other:
            said.append(
                tr(
                    "“{option}” is {fate} by {rule} and {other_fate} by {other_rule}.",
                    option=text,
                    fate=one,
                    rule=RULES["greedy"],
                    other_fate=other,
                    other_rule=RULES["equal_shares"],
                )
            )
    one_rule, other_rule = RULES.values()
    return said or [tr("Both rules fund the same: {rule} and {other_rule}.", rule=one_rule, other_rule=other_rule)]


def left_out_words(approvals: Approvals, outcomes: Mapping[Fund, Outcome]) -> Message:
    """How many people get nothing they chose, by each rule: the other side of a list of winners."""
    people = sum(approvals.values())
    one, other = (honesty.share(left_without(approvals, outcomes[fund].winners), people) for fund in RULES)
    return tr(
        "Who gets nothing they chose: {share} by {rule}; {other_share} by {other_rule}.",
        share=one,
        rule=RULES["greedy"],
        other_share=other,
        other_rule=RULES["equal_shares"],
    )


def equal_words(step: int) -> Message:
    """How equal shares are counted, in words.

    Args:
        step: By how much they are raised at a time.
    """
    return tr(
        "Equal shares (Peters and Skowron, 2020) gives everybody the same part of the money. Something is funded when "
        "those who want it can pay for it together out of their own parts, so a smaller group gets something too. "
        "All parts are raised, {step} at a time, for as long as what is funded fits the money there is.",
        step=step,
    )


def rule_words(fund: Fund, *, step: int) -> Sentences:
    """How the declared rule is counted, in words, with what happens to ties and to what nobody chose."""
    if fund == "equal_shares":
        return (
            tr("The rule was named before the vote."),
            tr("Everyone gets an equal part of the money."),
            tr(
                "If those who want a thing can pay for it together, it is funded. So a smaller group gets something "
                "too."
            ),
            tr("All parts are raised, {step} at a time, as long as what is funded fits the money there is.", step=step),
        )
    return tr(
        "The rule was named before the vote: what the most people would fund comes first, and what no longer fits is "
        "passed over. With the same support the cheaper comes first. What nobody chose is not funded."
    )
