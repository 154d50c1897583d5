"""Criteria: everybody scores each option on each criterion; weights fixed beforehand say how much each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.activities.grades import read_any_grades
from workshop_tui.activities.options import bars, options_problem
from workshop_tui.activities.outcomes import winner_words
from workshop_tui.counting.criteria import Case, first_by_weights, sensitivity, weighted
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Number, exact
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Earlier, Example, Fields, OptionsConfig, Poll
from workshop_tui.domain.blocks import (
    Bars,
    FormBlock,
    GradeEach,
    Matrix,
    MatrixRow,
    Option,
    Remark,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.plain_profiles import Pointed
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import BallotRejected, CommandRefused

MOST_SCORE: Final = 10
"""The highest score an agenda may ask for."""

MOST_BUTTONS: Final = 126
"""Most buttons of one form: 21 scores from 0 to 5. More tire people, and a phone's first page would grow heavy."""

MOST_WEIGHT: Final = 1_000_000


class CriteriaConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of criteria."""

    criteria: tuple[str, ...] = ()
    """What the options are scored on; with `weights_from` left out for all options of that item."""
    weights: tuple[int, ...] = ()
    """How much each criterion counts, in the order of the criteria."""
    weights_from: str = ""
    """The title of an earlier item whose points are the weights; they are taken when the vote opens."""
    most: int = 5
    """The best score; 0 is the worst."""


class Marks(Struct, frozen=True, order=True):
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


class Criteria(Poll[CriteriaConfig, Marks, CriteriaResult]):
    """Options on several criteria that do not count the same."""

    kind = "criteria"
    title = "scores by criterion"
    config_type = CriteriaConfig
    ballot_type = Marks

    def problem(self, config: CriteriaConfig) -> str:
        """What is wrong with the options, the criteria or the weights."""
        if problem := options_problem(config):
            return problem
        if not 1 <= config.most <= MOST_SCORE:
            return f"most is {config.most}; the best score can be 1 to {MOST_SCORE}."
        if len(config.criteria) < 2 and (config.criteria or not config.weights_from):
            return 'There are not two criteria. Name what counts: criteria = ["Cost", "Time to get there"].'
        names = [clean_line(name).casefold() for name in config.criteria]
        if not all(has_words(clean_line(name)) for name in config.criteria):
            return "A criterion has no words."
        if len(set(names)) < len(names):
            return "A criterion is there twice. Each needs its own words."
        buttons = len(config.options) * len(names) * (config.most + 1)
        if buttons > MOST_BUTTONS:
            return (
                f"{len(config.options)} options on {len(names)} criteria, 0 to {config.most}, are {buttons} buttons on "
                f"each phone; {MOST_BUTTONS} are the most. Please score fewer things at a time."
            )
        if config.weights_from and not config.weights:
            return ""
        if len(config.weights) != len(config.criteria):
            return (
                f"There are {len(names)} criteria and {len(config.weights)} weights. Each criterion needs one weight."
            )
        if not all(0 <= weight <= MOST_WEIGHT for weight in config.weights) or not any(config.weights):
            return f"Weights are whole numbers from 0 to {MOST_WEIGHT:,}, and one of them has to be more than 0."
        return ""

    def earlier(self, config: CriteriaConfig) -> str:
        """The item whose points are the weights."""
        return config.weights_from

    def misfit(self, config: CriteriaConfig, earlier: Earlier) -> str:
        """Why that item cannot give the weights."""
        plain = earlier.plain
        if config.weights:
            return "“weights” and “weights_from” exclude each other. Please give one."
        if not isinstance(plain, Pointed):
            return f"“{earlier.title}” shares out no points. Weights come from an item with points or dots."
        names = {candidate.name.casefold() for candidate in plain.candidates}
        unknown = [name for name in config.criteria if name.casefold() not in names]
        # An item that takes its options from ideas has none while the agenda is read.
        if names and unknown:
            return f"“{unknown[0]}” is not among the options of “{earlier.title}”: it would have no weight."
        return ""

    def fill(self, config: CriteriaConfig, earlier: Earlier) -> CriteriaConfig:
        """The criteria and their weights: all points that were given to each."""
        criteria = config.criteria or tuple(each.text for each in earlier.config.options if not each.other)
        sums = dict.fromkeys(criteria, 0)
        for given, people in _own_weights(criteria, earlier).items():
            for name, points in given:
                sums[name] += points * people
        if not any(sums.values()):
            raise CommandRefused(f"Nobody gave these criteria any points in “{earlier.title}”: there are no weights.")
        return replace(config, criteria=criteria, weights=tuple(sums.values()))

    def ask(self, config: CriteriaConfig) -> tuple[FormBlock, ...]:
        """One scale for each option, criterion by criterion."""
        return (
            Remark(
                f"0 is worst and {config.most} is best. Leave out what you cannot judge. "
                "How much each part counts was fixed before this vote."
            ),
            *_grids(config),
        )

    def read(self, config: CriteriaConfig, fields: Fields) -> Marks:
        """The scores that were given; at least one."""
        scores = [
            (block.name.removeprefix("c"), graded.row, int(graded.grade))
            for block in _grids(config)
            for graded in read_any_grades(block, fields)
        ]
        if not scores:
            raise BallotRejected("Please give at least one score, or skip this question.", field="c1")
        return Marks(tuple(sorted(scores)))

    def tally(self, config: CriteriaConfig, profile: Mapping[Marks, int]) -> CriteriaResult:
        """Sums of scores, and the order of the weighted totals."""
        sums: dict[tuple[str, str], tuple[int, int]] = {}
        for ballot, people in profile.items():
            for criterion, key, score in ballot.scores:
                total, gave = sums.get((criterion, key), (0, 0))
                sums[criterion, key] = total + score * people, gave + people
        cells = tuple((*cell, *sums[cell]) for cell in sorted(sums))
        averages = _averages(config, cells)
        return CriteriaResult(
            people=sum(profile.values()),
            cells=cells,
            order=weighted(_scored(config, averages), _weights(config), averages).places,
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: CriteriaConfig, result: CriteriaResult) -> tuple[ViewBlock, ...]:
        """Weighted totals out of 100, who leads and by how much, and the rule."""
        totals = _totals(config, _averages(config, result.cells))
        caution = honesty.unanimous_caution(result.most_alike, result.people)
        return (
            self._chart(config, result, totals),
            Statement(_leading(config, result, totals)),
            *(Statement(text) for text in _without_total(config, result)),
            Statement(_rule(config), weight="rule"),
            *([Statement(caution, weight="caution")] if caution else []),
        )

    def details(self, config: CriteriaConfig, profile: Mapping[Marks, int]) -> tuple[ViewBlock, ...]:
        """What the total is made of, whether other weights change the first place, and what each person has first."""
        if not profile:
            return ()
        cells = self.tally(config, profile).cells
        averages = _averages(config, cells)
        found = sensitivity(_scored(config, averages), _weights(config), averages)
        return (
            _table(config, cells),
            *(_firmness(config, found.base, found.cases) if found.base.winners else ()),
            *_firsts(config, "their own scores and the declared weights", *_by_own_scores(config, profile)),
        )

    def details_with(
        self, config: CriteriaConfig, profile: Mapping[Marks, int], earlier: Earlier
    ) -> tuple[ViewBlock, ...]:
        """The same, and what comes first with each person's own weights."""
        averages = _averages(config, self.tally(config, profile).cells)
        own = _own_weights(config.criteria, earlier)
        firsts = first_by_weights(_scored(config, averages), own, averages)
        by = f"their own points in “{earlier.title}” as weights"
        return (*self.details(config, profile), *_firsts(config, by, firsts, sum(own.values()) if profile else 0))

    def places(self, config: CriteriaConfig, profile: Mapping[Marks, int]) -> tuple[tuple[str, ...], ...]:
        """By weighted total; what nobody scored on some criterion has no place."""
        return self.tally(config, profile).order

    def rows(self, config: CriteriaConfig, ballot: Marks) -> dict[str, str | int]:
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

    def _chart(self, config: CriteriaConfig, result: CriteriaResult, totals: Mapping[str, Number]) -> Bars | Matrix:
        """Totals as bars, in agenda order where they tie; a table where no bar would have a length."""
        said = {
            option.key: tenths(totals[option.key]) if option.key in totals else "no total" for option in config.options
        }
        if result.people and not any(totals.values()):
            rows = tuple(MatrixRow(option.text, (said[option.key],), option.key.upper()) for option in config.options)
            return Matrix("Totals by weight", "Answer", ("points out of 100",), rows)
        # One unit in which every total is a whole number: bars are never rounded, so no tie is made or lost.
        unit = lcm(*(Fraction(total).denominator for total in totals.values()))
        values = {key: int(total * unit) for key, total in totals.items()}
        lines = bars(config.options, values, {})
        return Bars("points out of 100", tuple(replace(bar, said=said[bar.letter.lower()]) for bar in lines))


Averages = dict[tuple[str, str], Number]
"""(option, criterion): the average of the scores it was given, where it was given one."""


def tenths(number: Number) -> str:
    """A number with one decimal, halves up: "67.4"; a whole one without: "67"."""
    rounded = (Fraction(number) * 20 + 1) // 2
    return f"{rounded // 10}.{rounded % 10}" if rounded % 10 else str(rounded // 10)


def _margin(one: Number, other: Number) -> str:
    """How far one total is ahead of a lower one, as both are said: nobody should find another difference."""
    ahead = Fraction(tenths(one)) - Fraction(tenths(other))
    return tenths(ahead) if ahead else "less than 0.1"


def _own_weights(criteria: Sequence[str], earlier: Earlier) -> dict[tuple[tuple[str, int], ...], int]:
    """How many people gave the criteria which points in an earlier item."""
    plain = earlier.plain
    if not isinstance(plain, Pointed):
        return {}
    keys = {candidate.name.casefold(): candidate.key for candidate in plain.candidates}
    sets: dict[tuple[tuple[str, int], ...], int] = {}
    for people, given in plain.lines:
        own = tuple((name, dict(given).get(keys.get(name.casefold(), ""), 0)) for name in criteria)
        sets[own] = sets.get(own, 0) + people
    return sets


def _weights(config: CriteriaConfig) -> dict[str, int]:
    """How much each criterion counts; empty as long as the weights are not known."""
    return dict(zip(config.criteria, config.weights, strict=False))


def _averages(config: CriteriaConfig, cells: Sequence[tuple[str, str, int, int]]) -> Averages:
    return {(key, config.criteria[int(number) - 1]): exact(Fraction(total, gave)) for number, key, total, gave in cells}


def _scored(config: CriteriaConfig, averages: Averages) -> tuple[str, ...]:
    """The options with a score on every criterion that counts: only these can be compared as a whole."""
    counts = [name for name, weight in _weights(config).items() if weight]
    return tuple(
        option.key for option in config.options if counts and all((option.key, name) in averages for name in counts)
    )


def _totals(config: CriteriaConfig, averages: Averages) -> dict[str, Number]:
    """Totals out of 100, in agenda order, of the options that have one."""
    figures = weighted(_scored(config, averages), _weights(config), averages).figures
    return {key: exact(Fraction(figure) * 100 / config.most) for key, figure in figures}


def _leading(config: CriteriaConfig, result: CriteriaResult, totals: Mapping[str, Number]) -> str:
    """Who comes first, the base, the next and how far behind it is."""
    if not result.people:
        return honesty.NO_ANSWERS
    if not result.order:
        return "No answer was scored on every part, so there is no total to compare."
    texts = {option.key: option.text for option in config.options}
    first, *rest = result.order
    value = f"{tenths(totals[first[0]])} of 100, from {honesty.people_words(result.people)}"
    names = honesty.listed([texts[key] for key in first])
    said = f"{names} tie for first place: each has {value}." if len(first) > 1 else f"{names} comes first: {value}."
    if not rest:
        return said
    next_, second = honesty.listed([texts[key] for key in rest[0]]), totals[rest[0][0]]
    return f"{said} Next: {next_}, with {tenths(second)} ({_margin(totals[first[0]], second)} behind)."


def _without_total(config: CriteriaConfig, result: CriteriaResult) -> list[str]:
    """What cannot be compared, and why."""
    averages = _averages(config, result.cells)
    said = []
    for option in config.options if result.people else ():
        gaps = [name for name, weight in _weights(config).items() if weight and (option.key, name) not in averages]
        if gaps:
            said.append(f"“{option.text}” has no total: nobody scored it on {honesty.listed(gaps)}.")
    return said


def _rule(config: CriteriaConfig) -> str:
    weights = ", ".join(f"“{name}” {weight:,}" for name, weight in _weights(config).items())
    return (
        f"The weights were fixed before anybody scored: {weights}. For each part the scores of an answer are averaged "
        "over those who gave one, and count by weight; 100 is the best score on everything."
    )


def _grids(config: CriteriaConfig) -> tuple[GradeEach, ...]:
    """The options on one scale, in a block for each criterion."""
    scale = tuple(Option(str(score), str(score)) for score in range(config.most + 1))
    return tuple(
        GradeEach(name=f"c{number}", rows=config.options, scale=scale, label=label)
        for number, label in enumerate(_labels(config), 1)
    )


def _labels(config: CriteriaConfig) -> tuple[str, ...]:
    """The criteria with how much each counts, as far as that is known."""
    weights = _weights(config)
    whole = sum(weights.values())
    return tuple(
        f"{name} (counts {weights[name]:,} of {whole:,})" if name in weights else name for name in config.criteria
    )


def _table(config: CriteriaConfig, cells: Sequence[tuple[str, str, int, int]]) -> Matrix:
    """The average score in each cell, with how many gave one."""
    given = {(key, number): f"{tenths(Fraction(total, gave))} ({gave})" for number, key, total, gave in cells}
    numbers = [str(number) for number in range(1, len(config.criteria) + 1)]
    return Matrix(
        title=f"Average score, 0 to {config.most}, and how many gave one",
        corner="Answer",
        columns=_labels(config),
        rows=tuple(
            MatrixRow(option.text, tuple(given.get((option.key, n), "") for n in numbers), option.key.upper())
            for option in config.options
        ),
    )


def _firmness(config: CriteriaConfig, base: Outcome, cases: Sequence[Case]) -> tuple[ViewBlock, ...]:
    """Who would come first with other weights: a table, and each change in words."""
    texts = {option.key: option.text for option in config.options}
    rows = [_case_row(config, "The declared weights", base)]
    changes = []
    for case in cases:
        gone = [name for name in config.criteria if name not in dict(case.weights)]
        label = f"Without {honesty.listed(gone)}" if gone else "All parts count the same"
        rows.append(_case_row(config, label, case.outcome))
        if not case.holds and case.outcome.winners:
            now, before = (honesty.listed([texts[key] for key in o.winners]) for o in (case.outcome, base))
            verb = "comes first" if len(case.outcome.winners) == 1 else "tie for first place"
            changes.append(f"{label}: {now} {verb} instead of {before}.")
    said = changes or ["The first place is the same with each of these weights."]
    return (
        Matrix("With other weights", "Weights", ("First", "Ahead by"), tuple(rows)),
        *(Statement(text) for text in said),
    )


def _case_row(config: CriteriaConfig, label: str, outcome: Outcome) -> MatrixRow:
    best = [Fraction(outcome.figure(place[0])) * 100 / config.most for place in outcome.places[:2]]
    ahead = _margin(*best) if len(outcome.winners) == 1 and len(best) > 1 else ""
    return MatrixRow(label, (winner_words(config.options, outcome), ahead))


def _by_own_scores(config: CriteriaConfig, profile: Mapping[Marks, int]) -> tuple[dict[str, int], int]:
    """For how many people each option comes first by their own scores, of those who left none out."""
    firsts, people = {option.key: 0 for option in config.options}, 0
    for ballot, count in profile.items():
        own: Averages = {(key, config.criteria[int(number) - 1]): score for number, key, score in ballot.scores}
        if _scored(config, own) == tuple(firsts):
            people += count
            for key in weighted(tuple(firsts), _weights(config), own).winners:
                firsts[key] += count
    return firsts, people


def _firsts(config: CriteriaConfig, by: str, firsts: Mapping[str, int], people: int) -> tuple[ViewBlock, ...]:
    """For how many people each option comes first; those that share a first place count for each."""
    if not people or not firsts:
        return ()
    rows = tuple(
        MatrixRow(option.text, (honesty.share(firsts[option.key], people, narrower=True),), option.key.upper())
        for option in config.options
        if option.key in firsts
    )
    return (Matrix(f"Which answer comes first for each person, by {by}", "Answer", ("First for",), rows),)
