"""Criteria: everybody scores each option on each criterion; weights fixed beforehand say how much each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.counting import criteria as weighing
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import exact
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Earlier, Example, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    FormBlock,
    GradeEach,
    Matrix,
    MatrixRow,
    Option,
    Remark,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.passing import SKIP
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.criteria import totals as criteria_totals
from workshop_tui.kinds.criteria.config import CriteriaConfig, criteria_problem
from workshop_tui.kinds.criteria.firmness import firmness, firsts_table
from workshop_tui.kinds.criteria.totals import tenths
from workshop_tui.kinds.criteria.weights import all_weights, own_weights, weights_misfit
from workshop_tui.kinds.grades import numbered, read_any_grades
from workshop_tui.kinds.outcomes import ANSWER
from workshop_tui.messages import Message, Text, Verbatim, tr


class ScoresByCriterion(Struct, frozen=True, order=True):
    """What one person gave."""

    scores: tuple[tuple[str, str, int], ...]
    """(number of the criterion from 1, key of the option, score), sorted; what was left out is not in it."""


class CriteriaResult(Struct, frozen=True):
    """What the room gave, and what the weights make of it."""

    people: int
    cells: tuple[tuple[str, str, int, int], ...]
    """(criterion, option, sum of the scores, people who gave one) where anybody gave one, sorted."""
    order: tuple[tuple[str, ...], ...]
    """Keys of the options that have a total, best first, those that tie together."""
    most_alike: int
    """How many people gave the most frequent scores."""


class Criteria(Poll[CriteriaConfig, ScoresByCriterion, CriteriaResult]):
    """Options on several criteria that do not count the same."""

    kind = "criteria"
    title = tr("scores by criterion")
    config_type = CriteriaConfig
    ballot_type = ScoresByCriterion

    def problem(self, config: CriteriaConfig) -> Text:
        """What is wrong with the options, the criteria or the weights."""
        return criteria_problem(config)

    def earlier(self, config: CriteriaConfig) -> str:
        """The item whose points are the weights."""
        return config.weights_from

    def misfit(self, config: CriteriaConfig, earlier: Earlier) -> Text:
        """Why that item cannot give the weights."""
        if config.weights:
            return tr(
                "“{key}” and “{other}” exclude each other. Please give one.",
                key=Verbatim("weights"),
                other=Verbatim("weights_from"),
            )
        return weights_misfit(config.criteria, earlier)

    def fill(self, config: CriteriaConfig, earlier: Earlier) -> CriteriaConfig:
        """The criteria and their weights: all points that were given to each."""
        weights = all_weights(config.criteria, earlier)
        return replace(config, criteria=tuple(weights), weights=tuple(weights.values()))

    def ask(self, config: CriteriaConfig) -> tuple[FormBlock, ...]:
        """One scale for each option, criterion by criterion."""
        return (
            Remark(
                tr(
                    "0 is worst and {most} is best. Leave out what you cannot judge. "
                    "How much each part counts was fixed before this vote.",
                    most=config.most,
                )
            ),
            *_grids(config),
        )

    def read(self, config: CriteriaConfig, fields: Fields) -> ScoresByCriterion:
        """The scores that were given; at least one."""
        scores = [
            (block.name.removeprefix("c"), graded.row, int(graded.grade))
            for block in _grids(config)
            for graded in read_any_grades(block, fields)
        ]
        if not scores:
            raise BallotRejected(tr("Please give at least one score, or press “{skip}”.", skip=SKIP), field="c1")
        return ScoresByCriterion(tuple(sorted(scores)))

    def fields_of(self, config: CriteriaConfig, ballot: ScoresByCriterion) -> SentFields:
        """The scores that were given."""
        return {f"c{criterion}.{key}": [str(score)] for criterion, key, score in ballot.scores}

    def tally(self, config: CriteriaConfig, profile: Mapping[ScoresByCriterion, int]) -> CriteriaResult:
        """Sums of scores, and the order of the weighted totals."""
        sums: dict[tuple[str, str], tuple[int, int]] = {}
        for ballot, people in profile.items():
            for criterion, key, score in ballot.scores:
                total, gave = sums.get((criterion, key), (0, 0))
                sums[criterion, key] = total + score * people, gave + people
        cells = tuple((*cell, *sums[cell]) for cell in sorted(sums))
        return CriteriaResult(
            people=sum(profile.values()),
            cells=cells,
            order=_weighed(config, _averages(config, cells)).places,
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: CriteriaConfig, result: CriteriaResult) -> tuple[ViewBlock, ...]:
        """Weighted totals out of 100, who leads and by how much, and the rule."""
        averages = _averages(config, result.cells)
        totals = criteria_totals.out_of_100(_weighed(config, averages), config.most)
        gaps = criteria_totals.gap_words(config.options, _weights(config), averages) if result.people else ()
        return (
            criteria_totals.chart(config.options, totals, result.people),
            Statement(criteria_totals.leading_words(config.options, result.order, totals, _scored_by(config, result))),
            *(Statement(text) for text in gaps),
            Statement(criteria_totals.rule_words(_weights(config), config.weight), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self,
        config: CriteriaConfig,
        profile: Mapping[ScoresByCriterion, int],
        reasons: Sequence[ScoresByCriterion] = (),
    ) -> tuple[ViewBlock, ...]:
        """What the total is made of, whether other weights change the first place, and what each person has first."""
        if not profile:
            return ()
        keys, weights = config.keys, _weights(config)
        cells = self.tally(config, profile).cells
        averages = _averages(config, cells)
        found = weighing.sensitivity(_compared(config, averages), weights, averages)
        own = [(_by_criterion(config, ballot), people) for ballot, people in profile.items()]
        firsts, people = weighing.first_by_marks(keys, weights, own)
        title = tr("Which answer comes first for each person, by their own scores and the declared weights")
        return (
            _table(config, cells),
            *firmness(config.options, config.criteria, found, config.most),
            *firsts_table(config.options, title, firsts, people),
        )

    def details_with(
        self,
        config: CriteriaConfig,
        profile: Mapping[ScoresByCriterion, int],
        reasons: Sequence[ScoresByCriterion],
        earlier: Earlier,
    ) -> tuple[ViewBlock, ...]:
        """The same, and what comes first with each person's own weights."""
        if not profile:
            return ()
        averages = _averages(config, self.tally(config, profile).cells)
        own = own_weights(config.criteria, earlier)
        firsts = weighing.first_by_weights(_compared(config, averages), own, averages)
        title = tr(
            "Which answer comes first for each person, by their own points in “{item}” as weights", item=earlier.title
        )
        return (*self.details(config, profile), *firsts_table(config.options, title, firsts, sum(own.values())))

    def places(self, config: CriteriaConfig, profile: Mapping[ScoresByCriterion, int]) -> tuple[tuple[str, ...], ...]:
        """By weighted total; what nobody scored on some criterion has no place."""
        return self.tally(config, profile).order

    def rows(self, config: CriteriaConfig, ballot: ScoresByCriterion) -> dict[str, str | int]:
        """One column for each score, named by criterion and option; empty where none was given."""
        given = {(criterion, key): score for criterion, key, score in ballot.scores}
        return {
            f"c{number}.{option.key}": given.get((str(number), option.key), "")
            for number in range(1, len(config.criteria) + 1)
            for option in config.options
        }

    def examples(self) -> Example[CriteriaConfig]:
        """Where a clinic should be."""
        options = (Option("a", "Stay here"), Option("b", "Move to the town"), Option("c", "A clinic on wheels"))
        criteria = ("Time to get there", "Seen by the same people", "Cost to me")
        return Example(
            config=CriteriaConfig(options=options, criteria=criteria, weights=(50, 30, 20)),
            answers=(
                {
                    f"c{n}.{key}": [score]
                    for n, line in enumerate(("524", "451", "335"), 1)
                    for key, score in zip("abc", line, strict=True)
                },
                {
                    f"c{n}.{key}": [score]
                    for n, line in enumerate(("345", "514", "244"), 1)
                    for key, score in zip("abc", line, strict=True)
                },
                {"c1.a": ["0"], "c2.b": ["5"], "c3.c": [""]},
            ),
            junk=(
                {},
                {"c1.a": [""]},
                {"c1.a": ["6"]},
                {"c1.a": ["-1"]},
                {"c1.a": ["1", "2"]},
                {"c1.z": ["1"], "c1.a": ["1"]},
                {"c4.a": ["1"]},
                {"c1.a": ["\uff13"]},
            ),
        )


def _weights(config: CriteriaConfig) -> dict[str, int]:
    """How much each criterion counts, in whole numbers; empty as long as the weights are not known."""
    return dict(zip(config.criteria, config.whole_weights, strict=False))


def _averages(config: CriteriaConfig, cells: Sequence[tuple[str, str, int, int]]) -> weighing.Marks:
    """The average of the scores that were given; what nobody scored is not in it."""
    return {(key, config.criteria[int(number) - 1]): exact(Fraction(total, gave)) for number, key, total, gave in cells}


def _scored_by(config: CriteriaConfig, result: CriteriaResult) -> dict[str, list[int]]:
    """How many people scored each option on each part that counts."""
    gave = {(key, config.criteria[int(number) - 1]): people for number, key, _, people in result.cells}
    counting = [name for name, weight in _weights(config).items() if weight]
    return {key: [gave.get((key, name), 0) for name in counting] for key in config.keys}


def _by_criterion(config: CriteriaConfig, ballot: ScoresByCriterion) -> weighing.Marks:
    """One person's scores."""
    return {(key, config.criteria[int(number) - 1]): score for number, key, score in ballot.scores}


def _compared(config: CriteriaConfig, averages: weighing.Marks) -> tuple[str, ...]:
    """The options that can be compared as a whole."""
    return weighing.complete(config.keys, _weights(config), averages)


def _weighed(config: CriteriaConfig, averages: weighing.Marks) -> Outcome:
    """Their weighted averages."""
    return weighing.weighted(_compared(config, averages), _weights(config), averages)


def _grids(config: CriteriaConfig) -> tuple[GradeEach, ...]:
    """The options on one scale, in a block for each criterion."""
    scale = numbered(range(config.most + 1))
    return tuple(
        GradeEach(name=f"c{number}", rows=config.options, scale=scale, label=label)
        for number, label in enumerate(_labels(config), 1)
    )


def _labels(config: CriteriaConfig) -> tuple[Text, ...]:
    """The criteria with how much each counts, as far as that is known."""
    weights = _weights(config)
    whole = sum(weights.values())
    return tuple(
        tr(
            "{criterion} (counts {weight} of {whole})",
            criterion=name,
            weight=config.weight(weights[name]),
            whole=config.weight(whole),
        )
        if name in weights
        else name
        for name in config.criteria
    )


def _table(config: CriteriaConfig, cells: Sequence[tuple[str, str, int, int]]) -> Matrix:
    """The average score in each cell, with how many gave one."""
    given = {(key, number): _cell(total, gave) for number, key, total, gave in cells}
    numbers = [str(number) for number in range(1, len(config.criteria) + 1)]
    return Matrix(
        title=tr("Average score, 0 to {most}, and how many gave one", most=config.most),
        corner=ANSWER,
        columns=_labels(config),
        rows=tuple(
            MatrixRow(option.words, tuple(given.get((option.key, n), "") for n in numbers), option.key.upper())
            for option in config.options
        ),
    )


def _cell(total: int, gave: int) -> Message:
    return tr("{average} ({count})", average=tenths(Fraction(total, gave)), count=gave)
