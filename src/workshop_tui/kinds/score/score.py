"""Scores: everybody gives each option a number on one scale; every number stays visible beside the declared rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from workshop_tui.counting import approvals, grades, pairwise
from workshop_tui.counting.grades import quantile
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Ranking, Scores
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    Distribution,
    FormBlock,
    GradeEach,
    Option,
    Remark,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.plain_profiles import Scored, lines_of
from workshop_tui.kinds.agreement import agreement_rule, agreement_sentence
from workshop_tui.kinds.grades import Graded, grades_sent, numbered, read_grades
from workshop_tui.kinds.medians import highest_sentences, middle
from workshop_tui.kinds.options import NOT_NUMBERS, candidates
from workshop_tui.kinds.outcomes import by_each_rule, found_by_others, pairwise_table
from workshop_tui.kinds.score import rules as score_rules
from workshop_tui.kinds.score.config import ScoreConfig, score_problem
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr

FIELD = "score"


class GivenScores(Struct, frozen=True, order=True):
    """What one person gave."""

    scores: tuple[tuple[str, int], ...]
    """(key, score), sorted by key; options without a score are left out, which is not 0."""


class ScoreResult(Struct, frozen=True):
    """What the room gave."""

    people: int
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """(key, people for each score, lowest first) for every option, in agenda order."""
    sums: tuple[tuple[str, int], ...]
    """(key, sum of its scores) for every option, in agenda order."""
    order: tuple[tuple[str, ...], ...]
    """Keys by the declared rule, best place first, those that tie together."""
    winners: tuple[str, ...]
    """Keys; several are a tie."""
    run_offs: tuple[tuple[tuple[str, int], tuple[str, int]], ...]
    """Each run-off: (key, people who scored it above the other), twice; only for the rule "star".

    There are several only where a tie lets different pairs meet.
    """
    most_alike: int
    """How many people gave the same scores."""


class Score(Poll[ScoreConfig, GivenScores, ScoreResult]):
    """A number for each option."""

    kind = "score"
    title = tr("scores")
    config_type = ScoreConfig
    ballot_type = GivenScores

    def problem(self, config: ScoreConfig) -> Text:
        """What is wrong with the options or the numbers."""
        return score_problem(config)

    def ask(self, config: ScoreConfig) -> tuple[FormBlock, ...]:
        """One row of numbers for each option."""
        return (
            Remark(
                tr(
                    "{most} is best, {least} is worst. You can leave some out: that is not the same as {least}.",
                    most=config.most,
                    least=config.least,
                )
            ),
            _form(config),
        )

    def read(self, config: ScoreConfig, fields: Fields) -> GivenScores:
        """The scores that were given; at least one."""
        return GivenScores(tuple((graded.row, int(graded.grade)) for graded in read_grades(_form(config), fields)))

    def fields_of(self, config: ScoreConfig, ballot: GivenScores) -> SentFields:
        """The scores that were given."""
        return grades_sent(_form(config), tuple(Graded(key, str(score)) for key, score in ballot.scores))

    def tally(self, config: ScoreConfig, profile: Mapping[GivenScores, int]) -> ScoreResult:
        """People for each score, and the order by the declared rule."""
        scores = _scores(profile)
        outcome = _by_rule(config, scores)
        counts = grades.histograms(config.keys, scores, least=config.least, most=config.most)
        return ScoreResult(
            people=sum(profile.values()),
            counts=tuple(counts.items()),
            order=outcome.places,
            winners=outcome.winners,
            sums=tuple((key, int(total)) for key, total in approvals.cumulative(config.keys, scores).figures),
            run_offs=tuple(
                ((one, int(ones)), (other, int(others)))
                for (one, ones), (other, others) in (step.figures for step in outcome.rounds[1:])
            ),
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: ScoreConfig, result: ScoreResult) -> tuple[ViewBlock, ...]:
        """Every score of every option, in the declared order; who leads by it; the rule."""
        texts, counts = config.words, dict(result.counts)
        lines = tuple(
            Scaled(texts[key], counts[key], key.upper(), _note(config, result, key))
            for place in result.order
            for key in place
        )
        few = (score_rules.few_scores(texts[key], sum(counts[key]), result.people) for key in result.winners)
        agreement = agreement_rule(config.most - config.least + 1, config.agree_at)
        return (
            Distribution(unit="people", scale=tuple(config.numbers), lines=lines),
            Statement(_leading(config, result)),
            *(
                Statement(said)
                for key, each in result.counts
                if (said := agreement_sentence(each, config.agree_at, about=texts[key], answered=result.people))
            ),
            Statement(score_rules.rule_words(config.rule), weight="rule"),
            *([Statement(agreement, weight="rule")] if agreement else []),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
            *(Statement(caution, weight="caution") for caution in few if caution),
        )

    def recall(self, config: ScoreConfig, mine: GivenScores | None, profile: Mapping[GivenScores, int]) -> Sentences:
        """What one gave, and the middle of the group, for each option."""
        given = dict(mine.scores) if mine is not None else {}
        counts = dict(self.tally(config, profile).counts)
        said: list[Message] = []
        for option in config.options:
            own, group = given.get(option.key), middle(counts[option.key], config.numbers)
            letter = Verbatim(option.key.upper())
            if own is not None and group != "":
                said.append(
                    tr("{letter}: you {own}, the middle of the group {group}.", letter=letter, own=own, group=group)
                )
            elif own is not None:
                said.append(tr("{letter}: you {own}.", letter=letter, own=own))
            elif group != "":
                said.append(tr("{letter}: the middle of the group {group}.", letter=letter, group=group))
        return (tr("The first time."), *said) if said else ()

    def details(
        self, config: ScoreConfig, profile: Mapping[GivenScores, int], reasons: Sequence[GivenScores] = ()
    ) -> tuple[ViewBlock, ...]:
        """The winner by other rules, and how many scored each option above each other one."""
        if not profile:
            return ()
        scores = _scores(profile)
        table = pairwise.pairwise(config.keys, _rankings(config, scores))
        others = found_by_others(self.plain_profile(config, profile), leave_out=score_rules.SAME[config.rule])
        outcomes = (_by_rule(config, scores), *others, pairwise.condorcet_winner(table))
        title = tr(
            "How many people scored the row above the column, and how many below; left out counts as {least}",
            least=config.least,
        )
        return (*by_each_rule(config.options, outcomes), pairwise_table(config.options, table, title))

    def places(self, config: ScoreConfig, profile: Mapping[GivenScores, int]) -> tuple[tuple[str, ...], ...]:
        """By the declared rule."""
        return _by_rule(config, _scores(profile)).places if profile else ()

    def rows(self, config: ScoreConfig, ballot: GivenScores) -> dict[str, str | int]:
        """The score of every option; empty where none was given."""
        given = dict(ballot.scores)
        return {f"{FIELD}.{option.key}": given.get(option.key, "") for option in config.options}

    def plain_profile(self, config: ScoreConfig, profile: Mapping[GivenScores, int]) -> Scored:
        """Scores."""
        lines = lines_of(_scores(profile))
        scale = tuple((score, str(score)) for score in config.numbers)
        return Scored(candidates=candidates(config.options), lines=lines, scale=scale)

    def examples(self) -> Example[ScoreConfig]:
        """Three ways to tell people the date."""
        options = (
            Option("a", "A letter"),
            Option("b", "A phone call"),
            Option("c", "A text message"),
            Option("d", "Another way", other=True),
        )
        return Example(
            config=ScoreConfig(options=options, shuffle=True),
            answers=(
                {"score.a": ["2"], "score.b": ["5"], "score.c": ["4"], "score.d": ["0"]},
                {"score.a": ["5"], "score.c": ["4"]},
                {"score.b": ["0"], "score.c": [""]},
                {"score.d": ["3", "3"]},
            ),
            junk=(
                {},
                {"score.a": [""]},
                {"score.a": ["6"]},
                {"score.a": ["1", "2"]},
                {"score.z": ["1"], "score.a": ["1"]},
                {"score.__proto__": ["1"]},
                *({"score.a": [junk]} for junk in NOT_NUMBERS),
            ),
        )


def _note(config: ScoreConfig, result: ScoreResult, key: str) -> Message:
    """What the order rests on, and how many people scored this option."""
    counts = dict(result.counts)[key]
    if not sum(counts):
        return tr("no scores")
    if config.rule == "star":
        return tr("sum {sum} from {people}", sum=dict(result.sums)[key], people=sum(counts))
    return tr("middle {middle} from {people}", middle=middle(counts, config.numbers), people=sum(counts))


def _leading(config: ScoreConfig, result: ScoreResult) -> Sentences:
    """Who leads by the declared rule, with runner-up, margin and base."""
    if not result.people:
        return honesty.NO_ANSWERS
    texts = config.words
    middles = {key: config.least + found[0] for key, counts in result.counts if (found := quantile(counts, 1, 2))}
    scored = {key: sum(counts) for key, counts in result.counts}
    if config.rule == "star":
        return score_rules.star_words(result.winners, result.run_offs, dict(result.sums), texts, result.people)
    if config.rule == "median":
        return highest_sentences(
            [(texts[key], middles[key]) for key in middles], {texts[key]: scored[key] for key in scored}
        )
    return score_rules.majority_words(result.order, middles, texts, scored)


def _form(config: ScoreConfig) -> GradeEach:
    return GradeEach(name=FIELD, rows=config.options, scale=numbered(config.numbers), shuffled=config.shuffle)


def _scores(profile: Mapping[GivenScores, int]) -> Scores:
    return {ballot.scores: people for ballot, people in profile.items()}


def _by_rule(config: ScoreConfig, scores: Scores) -> Outcome:
    return score_rules.by_rule(config.keys, scores, config.rule, least=config.least, most=config.most)


def _rankings(config: ScoreConfig, scores: Scores) -> dict[Ranking, int]:
    """Scores as orders: who has the same score is tied, and left out is the lowest one."""
    rankings: dict[Ranking, int] = {}
    for given, people in scores.items():
        by_score: dict[int, list[str]] = {}
        of = dict(given)
        for key in config.keys:
            by_score.setdefault(of.get(key, config.least), []).append(key)
        ranking = tuple(tuple(by_score[score]) for score in sorted(by_score, reverse=True))
        rankings[ranking] = rankings.get(ranking, 0) + people
    return rankings
