"""Consensus: how far each person can go along, on one of three scales, with the reasons of those who object.

It is about the question itself, or about each of several options. Who objects is asked why and can type it or say it
aloud; what was typed and approved is there word by word for the people running the day and in the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from workshop_tui.counting.grades import consensus, quantile
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Explained, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import (
    Choice,
    ChooseOne,
    Distribution,
    FormBlock,
    GradeEach,
    Matrix,
    MatrixRow,
    Option,
    Quotes,
    Scaled,
    Statement,
    ViewBlock,
    Words,
    WriteText,
)
from workshop_tui.domain.plain_profiles import Scored
from workshop_tui.kinds.consensus.scales import SCALES, ConsensusScale, ScaleName
from workshop_tui.kinds.grades import (
    REASON_LETTERS,
    THE_QUESTION,
    GradeCounts,
    Grading,
    Row,
    bare_grades,
    explained,
    grade_columns,
    grades_sent,
    like_minded,
    plain_grades,
    read_grades,
    reason_quotes,
    reasons_in,
    reworded,
    tally_grades,
    too_many,
)
from workshop_tui.kinds.options import candidates, options_problem
from workshop_tui.messages import Figure, Message, Sentences, Text, tr, trn

FIELD = "view"


class ConsensusConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of consensus; without options it is about the question itself."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "options": Setting(
            label=tr("Proposals, one to a line"),
            hint=tr("Leave it empty to ask about the question itself."),
            needed=True,
        ),
        "scale": Setting(
            label=tr("Which steps"),
            choices={
                "fist_to_five": tr("From 0, this must not happen, to 5, I will help"),
                "gradients": tr("Eight steps, from full support to a veto"),
                "consent": tr("No objection, a worry, or an objection"),
            },
        ),
        "why": Setting(label=tr("Ask for reasons")),
    }

    fewest = 0

    scale: ScaleName = "fist_to_five"
    """Which steps there are."""
    why: bool = True
    """Whether there is room for reasons; nobody has to type one."""


class Consensus(Poll[ConsensusConfig, Grading, GradeCounts]):
    """How far people can go along."""

    kind = "consensus"
    title = tr("how far people agree")
    config_type = ConsensusConfig
    ballot_type = Grading

    def problem(self, config: ConsensusConfig) -> Text:
        """What is wrong with the options."""
        return options_problem(config) or too_many(config.options)

    def ask(self, config: ConsensusConfig) -> tuple[FormBlock, ...]:
        """The steps, once or for each option, and room for a reason."""
        if config.options or config.options_from:
            return (_form(config),)
        why = WriteText(name=f"{FIELD}.why", label=SCALES[config.scale].why, most=REASON_LETTERS, rows=2)
        steps = ChooseOne(name=FIELD, options=SCALES[config.scale].steps, scale=True)
        return (steps, why) if config.why else (steps,)

    def read(self, config: ConsensusConfig, fields: Fields) -> Grading:
        """How far this person can go along; nobody has to type why."""
        return Grading(read_grades(_form(config), fields))

    def fields_of(self, config: ConsensusConfig, ballot: Grading) -> SentFields:
        """The steps and their reasons."""
        return grades_sent(_form(config), ballot.grades)

    def bare(self, ballot: Grading) -> Grading:
        """The steps without their reasons."""
        return bare_grades(ballot)

    def reasons(self, ballot: Grading) -> tuple[Grading, ...]:
        """Each step that has a reason, for itself."""
        return reasons_in(ballot)

    def reworded(self, reason: Grading, words: str) -> Grading:
        """The same answer with other words beside it."""
        return reworded(reason, words)

    def explained(self, config: ConsensusConfig, reason: Grading) -> Explained | None:
        """What one reason is about, the question itself under an empty key."""
        return explained(SCALES[config.scale].steps, reason)

    def tally(self, config: ConsensusConfig, profile: Mapping[Grading, int]) -> GradeCounts:
        """People for each step, for each option; for the question itself under an empty key."""
        return tally_grades(_rows(config), SCALES[config.scale].steps, profile)

    def show(self, config: ConsensusConfig, result: GradeCounts) -> tuple[ViewBlock, ...]:
        """Objections first, then every step; then how it is read."""
        scale, found = SCALES[config.scale], dict(result.counts)
        counts = [(row.words, found[row.key]) for row in _rows(config)]
        # The objecting end stands first, in words, in rows and in the colours of all scales.
        way = -1 if scale.best_first else 1
        lines = tuple(Scaled(row.words, found[row.key][::way], row.key.upper()) for row in _rows(config))
        said: list[Sentences] = [_objections(scale, label, each, result.people) for label, each in counts if sum(each)]
        caution = like_minded(counts, result.people)
        return (
            *(Statement(words) for words in said or [honesty.NO_ANSWERS]),
            Distribution(unit="people", scale=tuple(step.words for step in scale.steps[::way]), lines=lines),
            Statement(scale.rule, weight="rule"),
            *honesty.against_publishing(caution),
        )

    def details(
        self, config: ConsensusConfig, profile: Mapping[Grading, int], reasons: Sequence[Grading] = ()
    ) -> tuple[ViewBlock, ...]:
        """Objections word by word, then other reasons, then measures of how far people are apart."""
        if not profile:
            return ()
        scale = SCALES[config.scale]
        others = tuple(step.key for step in scale.steps if step.key not in scale.objects)
        quotes = tuple(
            Quotes(found, title=title(row.words))
            for title, steps in ((_why_object, scale.objects), (_what_others_say, others))
            for row in _rows(config)
            if (found := reason_quotes(reasons, row.key, scale.steps, steps))
        )
        return (*quotes, *_measured(config, self.tally(config, profile)), Statement(scale.name, weight="rule"))

    def rows(self, config: ConsensusConfig, ballot: Grading) -> dict[str, str | int]:
        """The step for every option, or for the question itself."""
        return grade_columns(_form(config), ballot)

    def plain_profile(self, config: ConsensusConfig, profile: Mapping[Grading, int]) -> Scored:
        """Grades from 1, least in favour; the question itself is the one candidate "a"."""
        scale = SCALES[config.scale]
        steps = scale.steps[::-1] if scale.best_first else scale.steps
        return plain_grades(candidates(config.options) or (THE_QUESTION,), steps, profile)

    def examples(self) -> Example[ConsensusConfig]:
        """Two ways of opening the doors earlier."""
        return Example(
            config=ConsensusConfig(options=(Option("a", "Open at eight"), Option("b", "Open on Saturdays"))),
            answers=(
                {"view.a": ["3"]},
                {"view.a": ["4"], "view.b": ["1"], "view.b.why": ["I cannot leave my son on a Saturday."]},
                {"view.a": ["5"], "view.a.why": ["At last."], "view.b": ["5"]},
                {"view.a": ["2"], "view.a.why": ["\u3164"]},
                {"view.b": ["0"], "view.b.why": ["Nobody asked the night staff."]},
            ),
            junk=(
                {},
                {"view.a": ["6"]},
                {"view.a": ["3", "4"]},
                {"view.z": ["3"], "view.a": ["3"]},
                {"view": ["3"]},
                {"view.a": ["3"], "view.a.why": ["x" * (REASON_LETTERS + 1)]},
            ),
        )


def _rows(config: ConsensusConfig) -> tuple[Row, ...]:
    """What people say their view of: the options, or the question itself."""
    return config.options if config.options or config.options_from else (Choice("", ""),)


def _form(config: ConsensusConfig) -> GradeEach:
    return GradeEach(
        name=FIELD,
        rows=_rows(config),
        scale=SCALES[config.scale].steps,
        why=SCALES[config.scale].why if config.why else "",
        most=REASON_LETTERS if config.why else 0,
    )


def _objections(scale: ConsensusScale, label: Words, counts: tuple[int, ...], answered: int) -> tuple[Message, Message]:
    """How many object, how many go along: "2 of 12 people (a few) object to “A”. …"."""
    by_step = {step.key: count for step, count in zip(scale.steps, counts, strict=True)}
    objects, accepts = (sum(map(by_step.__getitem__, steps)) for steps in (scale.objects, scale.accept))
    base = sum(counts)
    against, along = (honesty.share(count, base, narrower=base < answered) for count in (objects, accepts))
    return (
        scale.objections.said(objects, against, label),
        trn("{share} can live with it.", "{share} can live with it.", accepts, share=along),
    )


def _why_object(about: Words) -> Message:
    return tr("Why people object to “{option}”:", option=about) if about else tr("Why people object to this:")


def _what_others_say(about: Words) -> Message:
    return tr("What others say of “{option}”:", option=about) if about else tr("What others say of this:")


def _measured(config: ConsensusConfig, result: GradeCounts) -> tuple[ViewBlock, ...]:
    scale = SCALES[config.scale]
    keys = [step.key for step in scale.steps]
    accept, objects = ([keys.index(key) for key in some] for some in (scale.accept, scale.objects))
    rows: list[MatrixRow] = []
    for row, (_, counts) in zip(_rows(config), result.counts, strict=True):
        median, alike = quantile(counts, 1, 2), consensus(counts)
        if median is None or alike is None:
            continue
        lower, upper = (scale.steps[at].words for at in median)
        middle = lower if lower == upper else tr("{answer} or {other}", answer=lower, other=upper)
        accepting, objecting = (sum(counts[at] for at in places) for places in (accept, objects))
        cells = (accepting, objecting, middle, Figure(f"{alike:.2f}"))
        rows.append(MatrixRow(row.words or tr("The question"), cells, row.key.upper()))
    return (
        Matrix(
            title=tr("How far people are together"),
            corner=tr("Of what"),
            columns=(tr("Can live with it"), tr("Objections"), tr("Middle answer"), tr("How alike, 0 to 1")),
            rows=tuple(rows),
        ),
        Statement(
            tr(
                "How alike: {most} where all say the same and {least} where half is at each end of the scale "
                "(consensus by W. J. Tastle and M. J. Wierman, 2007). "
                "It says how alike answers are, not what they are.",
                most=Figure("1.00"),
                least=Figure("0.00"),
            ),
            weight="rule",
        ),
    )
