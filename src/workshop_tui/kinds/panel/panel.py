"""A panel: named evaluators score each option and may say why; nothing is averaged; a second look shows who moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.counting.grades import histograms
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Earlier, Example, Explained, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    ChooseOne,
    Distribution,
    FormBlock,
    GradeEach,
    Option,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.grades import Graded, grades_sent, numbered, read_grades
from workshop_tui.kinds.options import picked
from workshop_tui.kinds.panel.config import TAKEN, PanelConfig, panel_problem
from workshop_tui.kinds.panel.record import Given, Reasons, record
from workshop_tui.kinds.panel.spread import AllGiven, first_look_words, second_look_words, spread_note
from workshop_tui.messages import Message, Text, tr, trn

NAME, FIELD = "name", "score"

REASON_LETTERS: Final = 600
"""Longest reason, in code points after cleaning."""


class Verdict(Struct, frozen=True, order=True):
    """What one evaluator gave, under a name, with reasons."""

    evaluator: str
    """"e1", "e2", … in the order of the list."""
    scores: tuple[tuple[str, int, str], ...]
    """(key, score, reason), sorted by key; options that were left out are not in it."""


class PanelResult(Struct, frozen=True):
    """What the panel gave, without names and without words."""

    people: int
    """Phones that scored."""
    evaluators: int
    """Names that were chosen."""
    twice: int
    """Names that were chosen on more than one phone."""
    scores: tuple[tuple[str, tuple[int, ...]], ...]
    """(key, how many gave each score from the lowest up) for every option, in agenda order."""
    most_alike: int
    """How many gave the most frequent scores, whatever their reasons."""


class Panel(Poll[PanelConfig, Verdict, PanelResult]):
    """Scores with a name, and reasons."""

    kind = "panel"
    title = tr("a panel's scores")
    config_type = PanelConfig
    ballot_type = Verdict
    has_groups: ClassVar[bool] = False
    is_named: ClassVar[bool] = True

    def problem(self, config: PanelConfig) -> Text:
        """What is wrong with the options, the scores or the evaluators."""
        return panel_problem(config)

    def who_sees(self, config: PanelConfig) -> Message:
        """That scores have a name, and who sees it."""
        return tr(
            "This is not anonymous: your scores and your reasons are recorded under the name you choose. "
            "The big screen shows scores without names, once the question is closed."
        )

    def earlier(self, config: PanelConfig) -> str:
        """The panel item that is looked at again."""
        return config.moderates

    def misfit(self, config: PanelConfig, earlier: Earlier) -> Text:
        """Why that item cannot be looked at again."""
        if not isinstance(earlier.config, PanelConfig):
            return tr("“{item}” is no panel: there are no scores with names to look at again.", item=earlier.title)
        first: PanelConfig = earlier.config
        same = [option.text for option in config.options] == [option.text for option in first.options]
        return TAKEN if config.evaluators and not (same and config.evaluators == first.evaluators) else ""

    def fill(self, config: PanelConfig, earlier: Earlier) -> PanelConfig:
        """Options, scale and evaluators of the earlier item; never what anybody gave."""
        first: PanelConfig = earlier.config
        return replace(first, moderates=config.moderates)

    def ask(self, config: PanelConfig) -> tuple[FormBlock, ...]:
        """Who is scoring, then a score and a reason for each option."""
        names = tuple(Option(key, name) for key, name in _names(config).items())
        return (ChooseOne(name=NAME, options=names, label=tr("Who are you on this panel?")), _form(config))

    def read(self, config: PanelConfig, fields: Fields) -> Verdict:
        """A name, and scores with or without reasons."""
        names = picked(NAME, fields)
        if len(names) != 1 or not names <= _names(config).keys():
            raise BallotRejected(tr("Please choose your own name on this panel."), field=NAME)
        grades = read_grades(_form(config), fields)
        return Verdict(names.pop(), tuple((graded.row, int(graded.grade), graded.why) for graded in grades))

    def fields_of(self, config: PanelConfig, ballot: Verdict) -> SentFields:
        """The name, the scores and their reasons."""
        grades = tuple(Graded(key, str(score), why) for key, score, why in ballot.scores)
        return {NAME: [ballot.evaluator], **grades_sent(_form(config), grades)}

    def bare(self, ballot: Verdict) -> Verdict:
        """The name and the scores."""
        return Verdict(ballot.evaluator, tuple((key, score, "") for key, score, _ in ballot.scores))

    def reasons(self, ballot: Verdict) -> tuple[Verdict, ...]:
        """Each score with its reason, under the name."""
        return tuple(Verdict(ballot.evaluator, (each,)) for each in ballot.scores if each[2])

    def reworded(self, reason: Verdict, words: str) -> Verdict:
        """The same name and score with other words beside them."""
        return Verdict(reason.evaluator, tuple((key, score, words) for key, score, _ in reason.scores))

    def explained(self, config: PanelConfig, reason: Verdict) -> Explained | None:
        """Whose score one reason explains."""
        name = _names(config)[reason.evaluator]
        lines = (Explained(option=key, answer=score, words=why, name=name) for key, score, why in reason.scores if why)
        return next(lines, None)

    def stance(self, ballot: Verdict) -> tuple[tuple[str, int], ...]:
        """The scores, whoever gave them."""
        return tuple((key, score) for key, score, _ in ballot.scores)

    def tally(self, config: PanelConfig, profile: Mapping[Verdict, int]) -> PanelResult:
        """How many gave each score; nothing is averaged."""
        taken: dict[str, int] = {}
        alike: dict[tuple[tuple[str, int], ...], int] = {}
        for ballot, people in profile.items():
            taken[ballot.evaluator] = taken.get(ballot.evaluator, 0) + people
            stance = self.stance(ballot)
            alike[stance] = alike.get(stance, 0) + people
        keys = config.keys
        return PanelResult(
            people=sum(profile.values()),
            evaluators=len(taken),
            twice=sum(phones > 1 for phones in taken.values()),
            scores=tuple(histograms(keys, alike, least=config.least, most=config.most).items()),
            most_alike=max(alike.values(), default=0),
        )

    def show(self, config: PanelConfig, result: PanelResult) -> tuple[ViewBlock, ...]:
        """Every score given, how far apart they are, and what is agreed; no names, no words, no average."""
        given = _all_given(config, result)
        if not result.people:
            return (_chart(config, result, given), Statement(honesty.NO_ANSWERS))
        words = second_look_words if config.moderates else first_look_words
        twice = trn(
            "{n} name was chosen on more than one phone. All their scores are counted here. Please ask who is who.",
            "{n} names were chosen on more than one phone. All their scores are counted here. Please ask who is who.",
            result.twice,
        )
        took_part = trn(
            "{given} of {n} evaluator gave scores.",
            "{given} of {n} evaluators gave scores.",
            len(config.evaluators),
            given=result.evaluators,
        )
        return (
            _chart(config, result, given),
            Statement(took_part),
            *(Statement(text) for text in words(given)),
            *([Statement(twice, weight="caution")] if result.twice else []),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
            Statement(
                tr("Every score stands for itself: there is no average, and no score is agreed by counting."), "rule"
            ),
        )

    def details(
        self, config: PanelConfig, profile: Mapping[Verdict, int], reasons: Sequence[Verdict] = ()
    ) -> tuple[ViewBlock, ...]:
        """Who gave what and why, and who gave nothing."""
        return _record(config, profile, reasons, {})

    def details_with(
        self, config: PanelConfig, profile: Mapping[Verdict, int], reasons: Sequence[Verdict], earlier: Earlier
    ) -> tuple[ViewBlock, ...]:
        """The same, with what each gave before."""
        return _record(config, profile, reasons, _given_by(earlier.config, earlier.profile))

    def rows(self, config: PanelConfig, ballot: Verdict) -> dict[str, str | int]:
        """The name, then the score for each option; empty where none was given."""
        given = {key: score for key, score, _ in ballot.scores}
        scores = {f"{FIELD}.{option.key}": given.get(option.key, "") for option in config.options}
        return {"evaluator": _names(config)[ballot.evaluator], **scores}

    def examples(self) -> Example[PanelConfig]:
        """How three bidders would keep people with the same nurse."""
        config = PanelConfig(
            options=(Option("a", "Bidder Red"), Option("b", "Bidder Blue"), Option("c", "Bidder Green")),
            evaluators=("Patient evaluator 1", "Patient evaluator 2", "Nurse"),
        )
        return Example(
            config=config,
            answers=(
                {
                    NAME: ["e1"],
                    "score.a": ["4"],
                    "score.a.why": ["Names two nurses for each of us."],
                    "score.b": ["2"],
                    "score.b.why": ["Says “as far as possible”."],
                },
                {NAME: ["e3"], "score.a": ["4"], "score.a.why": ["Cover for leave is written down."]},
                {NAME: ["e1"], "score.a": ["4"]},
                {NAME: ["e2"], "score.c": ["0"], "score.c.why": ["No answer."], "score.a": [""], "score.a.why": [" "]},
            ),
            junk=(
                {},
                {NAME: ["e1"]},
                {"score.a": ["4"], "score.a.why": ["No name"]},
                {NAME: ["e4"], "score.a": ["4"], "score.a.why": ["Not on the list"]},
                {NAME: ["e1", "e2"], "score.a": ["4"], "score.a.why": ["Two names"]},
                {NAME: ["e1"], "score.a.why": ["A reason and no score"]},
                {NAME: ["e1"], "score.a": ["6"], "score.a.why": ["Too high"]},
                {NAME: ["e1"], "score.a": ["3", "4"], "score.a.why": ["Two scores"]},
                {NAME: ["e1"], "score.z": ["4"], "score.z.why": ["No such bidder"]},
                {NAME: ["e1"], "score.a": ["4"], "score.a.why": ["x" * (REASON_LETTERS + 1)]},
            ),
        )


def _chart(config: PanelConfig, result: PanelResult, given: AllGiven) -> Distribution:
    """How many gave each score, and from where to where."""
    lines = tuple(
        Scaled(option.words, counts, option.key.upper(), spread_note(scores, second_look=bool(config.moderates)))
        for option, (_, counts), (_, scores) in zip(config.options, result.scores, given, strict=True)
    )
    return Distribution(unit="evaluators", scale=tuple(config.numbers), lines=lines)


def _record(
    config: PanelConfig, profile: Mapping[Verdict, int], reasons: Sequence[Verdict], before: Given
) -> tuple[ViewBlock, ...]:
    if not profile:
        return ()
    texts, names = config.words, _names(config)
    words: Reasons = {}
    for reason in sorted(reasons):
        for key, score, why in reason.scores:
            words.setdefault((names[reason.evaluator], key), []).append((score, why))
    return record(texts, config.evaluators, _given_by(config, profile), before, words)


def _form(config: PanelConfig) -> GradeEach:
    why = tr("What moved you, or why stay? You can leave this out.") if config.moderates else tr("Why? If you like.")
    best = tr("{most} is best.", most=config.most)
    return GradeEach(FIELD, config.options, numbered(config.numbers), label=best, why=why, most=REASON_LETTERS)


def _names(config: PanelConfig) -> dict[str, str]:
    """The evaluators by their keys."""
    return {f"e{number}": name for number, name in enumerate(config.evaluators, 1)}


def _all_given(config: PanelConfig, result: PanelResult) -> AllGiven:
    return [
        (option.words, [config.least + at for at, count in enumerate(counts) for _ in range(count)])
        for option, (_, counts) in zip(config.options, result.scores, strict=True)
    ]


def _given_by(config: PanelConfig, profile: Mapping[Verdict, int]) -> Given:
    names = _names(config)
    given: Given = {}
    for ballot in sorted(profile):
        own = given.setdefault(names[ballot.evaluator], {})
        for key, score, _ in ballot.scores:
            own.setdefault(key, []).extend([score] * profile[ballot])
    return given
