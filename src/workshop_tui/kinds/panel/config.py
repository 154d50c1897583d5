"""What an agenda says of a panel, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from workshop_tui.domain.activity import OptionsConfig, Setting
from workshop_tui.kinds.grades import LEAST, MOST, MOST_SCORE
from workshop_tui.kinds.options import names_problem, options_problem
from workshop_tui.messages import Text, Verbatim, tr, trn

MOST_OPTIONS: Final = 6
"""Most options: a reason for each still fits one form, in any script, and a phone's first page stays small."""

MOST_EVALUATORS: Final = 15

TAKEN: Final = tr(
    "With “{key}” options and evaluators are those of the earlier item. Please leave them out.",
    key=Verbatim("moderates"),
)


class PanelConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of a panel."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "evaluators": Setting(
            label=tr("Who scores, one to a line"), hint=tr("By role, such as “Patient evaluator 1”."), needed=True
        ),
        "least": LEAST,
        "most": MOST,
        "moderates": Setting(label=tr("Look again at the scores of an earlier item"), is_title=True),
    }

    least: int = 0
    """The lowest score."""
    most: int = 5
    """The highest score."""
    evaluators: tuple[str, ...] = ()
    """Who scores, by role, such as "Patient evaluator 1": each phone picks its own."""
    moderates: str = ""
    """The title of the earlier panel item that is looked at again; everything else is then taken from it."""

    @property
    def numbers(self) -> range:
        """The scores that can be given."""
        return range(self.least, self.most + 1)


def panel_problem(config: PanelConfig) -> Text:
    """What is wrong with the options, the scores or the evaluators; empty when nothing is."""
    if config.moderates and not config.evaluators:
        return TAKEN if config.options else ""
    if problem := options_problem(config):
        return problem
    if len(config.options) > MOST_OPTIONS:
        return trn(
            "There is {n} option. With a reason for each, {most} fit one form.",
            "There are {n} options. With a reason for each, {most} fit one form.",
            len(config.options),
            most=MOST_OPTIONS,
        )
    if not 0 <= config.least < config.most <= MOST_SCORE:
        return tr(
            "Scores go from {least} to {most}; they can go from 0 or more up to {limit}.",
            least=config.least,
            most=config.most,
            limit=MOST_SCORE,
        )
    if not 2 <= len(config.evaluators) <= MOST_EVALUATORS:
        return trn(
            "There is {n} evaluator. Name 2 to {most}: {example}.",
            "There are {n} evaluators. Name 2 to {most}: {example}.",
            len(config.evaluators),
            most=MOST_EVALUATORS,
            example=Verbatim('evaluators = ["Patient 1", "Nurse"]'),
        )
    return names_problem(
        config.evaluators,
        empty=tr("An evaluator has no words."),
        twice=tr("An evaluator is there twice. Each needs a name of their own."),
    )
