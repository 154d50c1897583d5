"""Budget: everybody ticks what they would pay for out of one sum; a rule named beforehand says what is funded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from workshop_tui.counting.approvals import choosers
from workshop_tui.counting.outcome import in_places
from workshop_tui.counting.profiles import Approvals
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    Bars,
    ChooseSome,
    FormBlock,
    Matrix,
    MatrixRow,
    Option,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Approved, lines_of
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.budget import rules as budget_rules
from workshop_tui.kinds.budget.config import BudgetConfig, budget_problem
from workshop_tui.kinds.budget.rules import RULES, fate
from workshop_tui.kinds.options import UNKNOWN, bars, candidates, in_words, picked
from workshop_tui.kinds.outcomes import ANSWER
from workshop_tui.messages import Listed, Message, Text, tr

FIELD = "picks"


class Picks(Struct, frozen=True, order=True):
    """What one person would fund."""

    options: tuple[str, ...]
    """Keys, sorted; at least one, within the money."""


class BudgetResult(Struct, frozen=True):
    """What the room would fund, and what the declared rule funds."""

    people: int
    support: tuple[tuple[str, int], ...]
    """(key, people who would fund it) for every option, in agenda order."""
    funded: tuple[str, ...]
    """What is funded however a tie is broken, in agenda order."""
    tied: tuple[str, ...]
    """What is funded or not depending on how a tie is broken, in agenda order."""
    cheaper_first: bool
    """Whether something is funded only because it is cheaper than another with as much support."""
    most_alike: int
    """How many people gave the most frequent answer."""


class Budget(Poll[BudgetConfig, Picks, BudgetResult]):
    """Options with costs, under one sum."""

    kind = "budget"
    title = tr("a budget")
    config_type = BudgetConfig
    ballot_type = Picks

    def problem(self, config: BudgetConfig) -> Text:
        """What is wrong with the options, the costs or the sum."""
        return budget_problem(config)

    def ask(self, config: BudgetConfig) -> tuple[FormBlock, ...]:
        """Boxes to tick, with what is left of the money."""
        return (
            ChooseSome(
                name=FIELD,
                options=config.options,
                costs=config.prices[: len(config.options)],
                cap=config.money,
                unit=config.currency,
                decimals=config.decimals,
            ),
        )

    def read(self, config: BudgetConfig, fields: Fields) -> Picks:
        """What was ticked; more than the money is sent back and never made to fit."""
        chosen = picked(FIELD, fields)
        if not chosen:
            raise BallotRejected(tr("Please tick at least one answer, or press “{skip}”.", skip=SKIP), field=FIELD)
        costs = _costs(config)
        if not chosen <= costs.keys():
            raise BallotRejected(UNKNOWN, field=FIELD)
        total = sum(costs[key] for key in chosen)
        if total > config.money:
            raise BallotRejected(
                tr(
                    "These cost {total} and there is {cap}. Please take away {over} or more.",
                    total=config.amount(total),
                    cap=config.amount(config.money),
                    over=config.amount(total - config.money),
                ),
                field=FIELD,
            )
        return Picks(tuple(sorted(chosen)))

    def fields_of(self, config: BudgetConfig, ballot: Picks) -> SentFields:
        """What was ticked."""
        return {FIELD: list(ballot.options)}

    def tally(self, config: BudgetConfig, profile: Mapping[Picks, int]) -> BudgetResult:
        """Who would fund what, and what the declared rule funds: see `counting.shares`."""
        outcome = budget_rules.by_rule(self.plain_profile(config, profile), config.fund, step=config.step)
        support = _support(config, profile)
        return BudgetResult(
            people=sum(profile.values()),
            support=tuple(support.items()),
            funded=outcome.winners,
            tied=outcome.tied,
            cheaper_first=config.fund == "greedy" and budget_rules.cheaper_first(outcome, support, _costs(config)),
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: BudgetConfig, result: BudgetResult) -> tuple[ViewBlock, ...]:
        """Bars of people with cost and fate, what is funded, what is left, and the rule."""
        support, costs = dict(result.support), _costs(config)
        notes: dict[str, tuple[Words, ...]] = {key: (config.amount(cost),) for key, cost in costs.items()}
        if result.people:
            notes = {key: (*price, fate(key, result.funded, result.tied)) for key, price in notes.items()}
        return (
            Bars(unit="people", bars=bars(config.options, support, notes), people=result.people),
            Statement(honesty.leading_sentence(in_words(config.options, support), result.people)),
            *(Statement(text) for text in _money_words(config, result)),
            Statement(budget_rules.rule_words(config.fund, step=config.step), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: BudgetConfig, profile: Mapping[Picks, int], reasons: Sequence[Picks] = ()
    ) -> tuple[ViewBlock, ...]:
        """What both rules fund, what differs, and how many people get nothing they chose."""
        if not profile:
            return ()
        support, texts, plain = _support(config, profile), config.words, self.plain_profile(config, profile)
        outcomes = {fund: budget_rules.by_rule(plain, fund, step=config.step) for fund in RULES}
        rows = tuple(
            MatrixRow(
                label=texts[key],
                letter=key.upper(),
                cells=(
                    config.amount(cost),
                    support[key],
                    *(fate(key, each.winners, each.tied) for each in outcomes.values()),
                ),
            )
            for key, cost in _costs(config).items()
        )
        columns = (tr("cost"), tr("people"), *RULES.values())
        return (
            Matrix(title=tr("What two rules would fund"), corner=ANSWER, columns=columns, rows=rows),
            *(Statement(text) for text in budget_rules.differences(texts, outcomes)),
            Statement(budget_rules.left_out_words(_approvals(profile), outcomes)),
            Statement(budget_rules.equal_words(config.step), weight="rule"),
        )

    def places(self, config: BudgetConfig, profile: Mapping[Picks, int]) -> tuple[tuple[str, ...], ...]:
        """By people who would fund it: what is funded is a set, and nothing in it comes first."""
        return in_places(config.keys, _support(config, profile)) if profile else ()

    def rows(self, config: BudgetConfig, ballot: Picks) -> dict[str, str | int]:
        """1 for what was ticked, 0 for the rest, and what it costs together."""
        costs = _costs(config)
        ticked = {f"{FIELD}.{key}": int(key in ballot.options) for key in costs}
        spent = sum(costs[key] for key in ballot.options)
        return {**ticked, "cost": str(Decimal(spent).scaleb(-config.decimals)) if config.decimals else spent}

    def plain_profile(self, config: BudgetConfig, profile: Mapping[Picks, int]) -> Approved:
        """What each would fund, with the costs and the sum."""
        names = {"greedy": "greedy", "equal_shares": f"equalshares/add{config.step}"}
        return Approved(
            candidates=candidates(config.options, config.prices),
            lines=lines_of(_approvals(profile)),
            budget=config.money,
            decimals=config.decimals,
            currency=config.currency,
            rule=names[config.fund],
        )

    def examples(self) -> Example[BudgetConfig]:
        """What to do with a hundred coins."""
        options = (
            Option("a", "More people on the phones"),
            Option("b", "An evening clinic"),
            Option("c", "Help with travel"),
            Option("d", "Something else", other=True),
        )
        return Example(
            config=BudgetConfig(options=options, costs=(60, 50, 30, 20), cap=100, currency="coins"),
            answers=(
                {FIELD: ["a", "c"]},
                {FIELD: ["b", "c", "d"]},
                {FIELD: ["d", "b", "d"]},
                {FIELD: ["", "c"]},
            ),
            junk=(
                {},
                {FIELD: []},
                {FIELD: [""]},
                {FIELD: ["z"]},
                {FIELD: ["A"]},
                {FIELD: ["a", "b"]},
                {FIELD: ["a", "b", "c", "d"]},
            ),
        )


def _money_words(config: BudgetConfig, result: BudgetResult) -> list[Message]:
    """What is funded, what is left, what is not, and what a tie leaves open."""
    if not result.people:
        return []
    costs, texts = _costs(config), config.words

    def named(keys: Sequence[str]) -> Listed:
        return honesty.listed([texts[key] for key in keys])

    over = config.money - sum(costs[key] for key in result.funded)
    cap, left = config.amount(config.money), config.amount(over)
    if not result.funded:
        said = [tr("Nothing is funded yet. Left: {left} of {cap}.", left=left, cap=cap)]
    elif over:
        funded = named(result.funded)
        said = [tr("Funded: {options}. Left: {left} of {cap}.", options=funded, left=left, cap=cap)]
    else:
        said = [tr("Funded: {options}. Nothing is left.", options=named(result.funded))]
    if result.tied:
        said.append(
            tr(
                "{options} tie for what is left, and there is not enough for all of them. "
                "This is for people to decide.",
                options=named(result.tied),
            )
        )
    unfunded = [key for key in costs if key not in result.funded and key not in result.tied]
    if unfunded:
        said.append(tr("Not funded: {options}.", options=named(unfunded)))
    if result.cheaper_first:
        said.append(tr("Where support was the same, the cheaper went first, as the rule says."))
    return said


def _approvals(profile: Mapping[Picks, int]) -> Approvals:
    return {ballot.options: people for ballot, people in profile.items()}


def _support(config: BudgetConfig, profile: Mapping[Picks, int]) -> dict[str, int]:
    """People who would fund each option, in agenda order."""
    return choosers(config.keys, _approvals(profile))


def _costs(config: BudgetConfig) -> dict[str, int]:
    return {option.key: cost for option, cost in zip(config.options, config.prices, strict=False)}
