"""What an agenda says of putting in order, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from workshop_tui.domain.activity import OptionsConfig, Setting
from workshop_tui.kinds.options import SHUFFLE, at_most_all_problem, options_problem
from workshop_tui.kinds.rank.rules import Rule
from workshop_tui.messages import Text, Verbatim, tr, trn

_PICK: Final = Verbatim("pick")


class RankConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of putting in order."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "pick": Setting(label=tr("How many places count"), hint=tr("Leave it empty to put all options in order.")),
        "shuffle": SHUFFLE,
        "rule": Setting(
            label=tr("How it is counted"),
            choices={
                "borda": tr("Points for each place"),
                "condorcet": tr("Two at a time"),
                "irv": tr("The one with fewest leaves, again and again"),
                "stv": tr("Several are chosen, each by a share of the room"),
            },
        ),
        "seats": Setting(label=tr("How many are chosen"), hint=tr("Only where several are chosen.")),
    }

    pick: int = 0
    """How many places count; 0 for as many as there are options."""
    shuffle: bool = False
    """Whether each phone starts from its own order, so that the list steers nobody."""
    rule: Rule = "borda"
    """The declared rule."""
    seats: int = 1
    """How many are chosen, by the rule "stv"; 1 for the others."""

    @property
    def places(self) -> int:
        """How many places count; never more than there are options."""
        return min(self.pick or len(self.options), len(self.options))


def rank_problem(config: RankConfig) -> Text:
    """What is wrong with the options or with `pick`; empty when nothing is."""
    if config.pick < 0:
        return tr(
            "{key} is {given}; it can be 1 or more, or left out to put all options in order.",
            key=_PICK,
            given=config.pick,
        )
    if problem := options_problem(config):
        return problem
    if problem := at_most_all_problem(config, _PICK, config.pick):
        return problem
    if config.seats < 1 or (config.seats > 1 and config.rule != "stv"):
        return tr(
            "{key} is {given}; it can be 2 or more with {rule}, and is left out with other rules.",
            key=Verbatim("seats"),
            given=config.seats,
            rule=Verbatim('rule = "stv"'),
        )
    if config.seats >= len(config.options) and not config.options_from:
        return trn(
            "There is {n} seat for {options} options: nothing would be decided.",
            "There are {n} seats for {options} options: nothing would be decided.",
            config.seats,
            options=len(config.options),
        )
    return ""
