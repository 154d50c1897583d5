"""What an agenda says of scores, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from workshop_tui.domain.activity import OptionsConfig, Setting
from workshop_tui.kinds.agreement import AGREE_AT, agreement_problem
from workshop_tui.kinds.grades import LEAST, MOST, MOST_SCORE
from workshop_tui.kinds.options import SHUFFLE, options_problem
from workshop_tui.kinds.score.rules import Rule
from workshop_tui.messages import Text, Verbatim, tr


class ScoreConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of scores."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "least": LEAST,
        "most": MOST,
        "rule": Setting(
            label=tr("How it is counted"),
            choices={
                "star": tr("All scores together, then the first two meet"),
                "median": tr("The middle score"),
                "majority": tr("The middle score, ties settled by the scores around it"),
            },
        ),
        "agree_at": AGREE_AT,
        "shuffle": SHUFFLE,
    }

    least: int = 0
    """The lowest score."""
    most: int = 5
    """The highest score."""
    rule: Rule = "star"
    """The declared rule."""
    agree_at: int = 0
    """From which share at one end of the scale the room agrees on an option, in percent; 0 for no rule.

    See `agreement`."""
    shuffle: bool = False
    """Whether each phone gets its own order of options, so that the list steers nobody."""

    @property
    def numbers(self) -> range:
        """The scores that can be given."""
        return range(self.least, self.most + 1)


def score_problem(config: ScoreConfig) -> Text:
    """What is wrong with the options or the numbers; empty when nothing is."""
    if not 0 <= config.least < config.most <= MOST_SCORE:
        return tr(
            "Scores from {least} to {most} cannot be: they lie between 0 and {limit}.",
            least=config.least,
            most=config.most,
            limit=MOST_SCORE,
        )
    if config.rule == "star" and config.least:
        return tr(
            "{star} needs {zero}: an option left out counts as 0 there. Leave {key} out, or use {median}.",
            star=Verbatim('rule = "star"'),
            zero=Verbatim("least = 0"),
            key=Verbatim("least"),
            median=Verbatim('rule = "median"'),
        )
    return agreement_problem(config.agree_at) or options_problem(config)
