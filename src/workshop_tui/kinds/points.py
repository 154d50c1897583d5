"""Points: everybody shares out the same number of points, all of them; sums, middles and who gave none are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, Literal, get_args

from msgspec import Struct

from workshop_tui.counting.approvals import cumulative, sums_of, supporters
from workshop_tui.counting.grades import histograms, median, quantile
from workshop_tui.counting.outcome import Outcome, by_most
from workshop_tui.counting.profiles import Scores
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import FormBlock, Matrix, MatrixRow, Option, ShareOut, Statement, ViewBlock
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Pointed, lines_of
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.medians import highest_sentences, middle, middle_half
from workshop_tui.kinds.options import NOT_NUMBERS, candidates, in_words, options_problem, read_shares, shares_sent
from workshop_tui.kinds.outcomes import ANSWER, behind_table, by_each_rule
from workshop_tui.messages import Message, Sentences, Text, Verbatim, counted, tr, trn

FIELD = "points"

MOST_POINTS: Final = 1_000
"""Most points an agenda may give each person; more are no longer weighed by anybody."""


Rule = Literal["sum", "median"]
"""What puts the options in order: all points, or the middle one of what people gave."""

_RULES: Final = get_args(Rule)


class PointsConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of points."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "total": Setting(label=tr("Points for each person, all to be used")),
        "step": Setting(label=tr("Points are given in steps of")),
        "rule": Setting(
            label=tr("What puts the options in order"),
            choices={"sum": tr("All points together"), "median": tr("The middle one of what people gave")},
        ),
    }

    total: int = 100
    """Points for each person, all of which have to be used."""
    step: int = 1
    """Points are given in whole steps of this many."""
    rule: Rule = "sum"
    """The declared rule."""


class Points(Struct, frozen=True, order=True):
    """What one person gave."""

    given: tuple[tuple[str, int], ...]
    """(key, points), sorted by key; options without points are left out."""


class PointsResult(Struct, frozen=True):
    """What the room gave."""

    people: int
    sums: tuple[tuple[str, int], ...]
    """(key, points in all) for every option, in agenda order."""
    gave: tuple[tuple[tuple[int, int], ...], ...]
    """For every option, in agenda order: (points, people who gave as many), fewest points first."""
    order: tuple[tuple[str, ...], ...]
    """Keys by the declared rule, best place first, those that tie together."""
    most_alike: int
    """How many people gave the same points to all options."""


class SharePoints(Poll[PointsConfig, Points, PointsResult]):
    """A number of points, all of which have to be used."""

    kind = "points"
    title = tr("points")
    config_type = PointsConfig
    ballot_type = Points

    def problem(self, config: PointsConfig) -> Text:
        """What is wrong with the options or the numbers."""
        if not 1 <= config.total <= MOST_POINTS:
            return tr(
                "{key} is {given}; it can be 1 to {most}.",
                key=Verbatim("total"),
                given=config.total,
                most=MOST_POINTS,
            )
        if config.step < 1:
            return tr("{key} is {given}; it can be 1 or more.", key=Verbatim("step"), given=config.step)
        if config.total % config.step:
            return trn(
                "{n} point cannot all be used in steps of {step}.",
                "{n} points cannot all be used in steps of {step}.",
                config.total,
                step=config.step,
            )
        return options_problem(config)

    def ask(self, config: PointsConfig) -> tuple[FormBlock, ...]:
        """One number for each option."""
        return (
            ShareOut(
                name=FIELD,
                options=config.options,
                total=config.total,
                most_each=config.total,
                step=_pressed(config),
                exact=True,
                unit="points",
            ),
        )

    def read(self, config: PointsConfig, fields: Fields) -> Points:
        """The points that were given, when all of them were."""
        given = read_shares(FIELD, config.options, fields)
        for key, points in given.items():
            if points % config.step:
                wrong = tr(
                    "Please give points in steps of {step}: 0, {step}, {double} and so on.",
                    step=config.step,
                    double=2 * config.step,
                )
                raise BallotRejected(wrong, field=f"{FIELD}.{key}")
        used = sum(given.values())
        if used != config.total:
            raise BallotRejected(_miscounted(used, config.total), field=FIELD)
        return Points(tuple(sorted(given.items())))

    def fields_of(self, config: PointsConfig, ballot: Points) -> SentFields:
        """The points of each option that has any."""
        return shares_sent(FIELD, ballot.given)

    def tally(self, config: PointsConfig, profile: Mapping[Points, int]) -> PointsResult:
        """Sums, and how many people gave how many points."""
        keys, scores = config.keys, _scores(profile)
        counts = histograms(keys, scores, least=0, most=config.total, blank="lowest")
        return PointsResult(
            people=sum(profile.values()),
            sums=tuple(sums_of(keys, scores).items()),
            gave=tuple(tuple((points, n) for points, n in enumerate(counts[key]) if n) for key in keys),
            order=_by_rule(config, scores, config.rule).places,
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: PointsConfig, result: PointsResult) -> tuple[ViewBlock, ...]:
        """A table in the declared order, who leads by it, and the rule."""
        return (
            _table(config, result),
            Statement(_leading(config, result)),
            Statement(_RULE_WORDS[config.rule, config.step > 1].of(config.total, step=config.step), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: PointsConfig, profile: Mapping[Points, int], reasons: Sequence[Points] = ()
    ) -> tuple[ViewBlock, ...]:
        """The winner by other rules, and the most that one person gave."""
        if not profile:
            return ()
        keys, scores = config.keys, _scores(profile)
        by_people = by_most(tr("People who gave something"), keys, supporters(keys, scores))
        outcomes = [_by_rule(config, scores, rule) for rule in sorted(_RULES, key=lambda rule: rule != config.rule)]
        return (*by_each_rule(config.options, [*outcomes, by_people]), behind_table(config.options, "points", scores))

    def places(self, config: PointsConfig, profile: Mapping[Points, int]) -> tuple[tuple[str, ...], ...]:
        """By the declared rule."""
        return _by_rule(config, _scores(profile), config.rule).places if profile else ()

    def rows(self, config: PointsConfig, ballot: Points) -> dict[str, str | int]:
        """The points for every option, zeros too."""
        given = dict(ballot.given)
        return {f"{FIELD}.{option.key}": given.get(option.key, 0) for option in config.options}

    def plain_profile(self, config: PointsConfig, profile: Mapping[Points, int]) -> Pointed:
        """Points, all of which were given."""
        lines = lines_of(_scores(profile))
        return Pointed(candidates=candidates(config.options), lines=lines, total=config.total)

    def examples(self) -> Example[PointsConfig]:
        """Where time would be best spent."""
        options = (
            Option("a", "Shorter waits"),
            Option("b", "Longer visits"),
            Option("c", "Fewer journeys"),
            Option("d", "Something else", other=True),
        )
        return Example(
            config=PointsConfig(options=options, total=20, step=5),
            answers=(
                {"points.a": ["10"], "points.b": ["10"], "points.c": ["0"], "points.d": [""]},
                {"points.a": ["5"], "points.b": ["5"], "points.c": ["5"], "points.d": ["5"]},
                {"points.c": ["20"]},
            ),
            junk=(
                {},
                {"points.a": ["0"]},
                {"points.a": ["15"]},
                {"points.a": ["25"]},
                {"points.a": ["7"], "points.b": ["13"]},
                {"points.a": ["20"], "points.z": ["0"]},
                {"points.a": ["20", "20"]},
                *({"points.a": [junk]} for junk in NOT_NUMBERS),
            ),
        )


def _table(config: PointsConfig, result: PointsResult) -> Matrix:
    """The middle first: a sum alone can be the points of a few."""
    sums, lines = dict(result.sums), dict(zip(config.keys, result.gave, strict=True))
    rows = []
    for key in (key for place in result.order for key in place):
        gave = dict(lines[key])
        people, points = list(gave.values()), list(gave)
        cells = (middle(people, points), middle_half(people, points), gave.get(0, 0), sums[key])
        rows.append(MatrixRow(config.words[key], cells, key.upper()))
    columns = (tr("middle"), tr("half gave"), tr("gave none"), tr("in all"))
    return Matrix(tr("Points for each answer"), ANSWER, columns, tuple(rows))


def _leading(config: PointsConfig, result: PointsResult) -> Sentences:
    """Who leads by the declared rule, with runner-up, margin and base."""
    if not result.people:
        return honesty.NO_ANSWERS
    sums = dict(result.sums)
    if config.rule == "sum":
        lines = in_words(config.options, sums)
        return honesty.leading_sentence(lines, sum(sums.values()), "points", result.people)
    middles = {
        option.key: _lower_middle(gave) for option, gave in zip(config.options, result.gave, strict=True) if gave
    }
    lines = in_words(config.options, middles)
    return highest_sentences(lines, {label: result.people for label, _ in lines}, "points")


_RULE_WORDS: Final = {
    ("sum", False): counted(
        "Each person gave {n} point, all of them. The order is by all points together.",
        "Each person gave {n} points, all of them. The order is by all points together.",
    ),
    ("sum", True): counted(
        "Each person gave {n} point, all of them, in steps of {step}. The order is by all points together.",
        "Each person gave {n} points, all of them, in steps of {step}. The order is by all points together.",
    ),
    ("median", False): counted(
        "Each person gave {n} point, all of them. The order is by the middle one of what people gave. No "
        "points count as 0.",
        "Each person gave {n} points, all of them. The order is by the middle one of what people gave. No"
        " points count as 0.",
    ),
    ("median", True): counted(
        "Each person gave {n} point, all of them, in steps of {step}. The order is by the middle one of "
        "what people gave. No points count as 0.",
        "Each person gave {n} points, all of them, in steps of {step}. The order is by the middle one of "
        "what people gave. No points count as 0.",
    ),
}
"""How it is counted, by the declared rule and whether there are steps."""


def _miscounted(used: int, total: int) -> Message:
    """To a phone on which other points were given than there are."""
    if not used:
        return trn(
            "Please share out your {n} point, or press “{skip}”.",
            "Please share out your {n} points, or press “{skip}”.",
            total,
            skip=SKIP,
        )
    if used > total:
        return trn(
            "You gave {n} point, but there are {total}. Please take {over} away.",
            "You gave {n} points, but there are {total}. Please take {over} away.",
            used,
            total=total,
            over=used - total,
        )
    return trn(
        "You gave {used} of {n} point. Please give the other {rest} too.",
        "You gave {used} of {n} points. Please give the other {rest} too.",
        total,
        used=used,
        rest=total - used,
    )


def _pressed(config: PointsConfig) -> int:
    """How many points one press gives: about a twentieth of all, in the agenda's steps, so that they come out even."""
    steps = config.total // config.step
    return config.step * max(size for size in range(1, max(1, steps // 20) + 1) if steps % size == 0)


def _scores(profile: Mapping[Points, int]) -> Scores:
    return {ballot.given: people for ballot, people in profile.items()}


def _by_rule(config: PointsConfig, scores: Scores, rule: Rule) -> Outcome:
    if rule == "sum":
        return cumulative(config.keys, scores)
    return median(config.keys, scores, least=0, most=config.total, blank="lowest")


def _lower_middle(gave: tuple[tuple[int, int], ...]) -> int:
    """The lower median of (points, people)."""
    found = quantile([people for _, people in gave], 1, 2)
    return gave[found[0]][0] if found else 0
