"""The weights that points of an earlier item give to criteria: everybody's together, and each person's own."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.counting.approvals import sums_of
from workshop_tui.domain.activity import Earlier
from workshop_tui.domain.plain_profiles import Pointed
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Text, tr


def weights_misfit(criteria: Sequence[str], earlier: Earlier) -> Text:
    """Why an earlier item cannot give weights to these criteria, in words; empty when it can."""
    plain = earlier.plain
    if not isinstance(plain, Pointed):
        return tr("“{item}” shares out no points. Weights come from an item with points or dots.", item=earlier.title)
    names = {candidate.name.casefold() for candidate in plain.candidates}
    unknown = [name for name in criteria if name.casefold() not in names]
    # An item that takes its options from ideas has none while the agenda is read.
    if names and unknown:
        return tr(
            "“{criterion}” is not among the options of “{item}”: it would have no weight.",
            criterion=unknown[0],
            item=earlier.title,
        )
    return ""


def all_weights(criteria: Sequence[str], earlier: Earlier) -> dict[str, int]:
    """All points that were given to each criterion, by its words.

    Args:
        criteria: Their words; none for all options of the earlier item but "something else".
        earlier: An item with points, as `weights_misfit` says.

    Raises:
        CommandRefused: Nobody gave any of them a point.
    """
    names = criteria or [each.text for each in earlier.config.options if not each.other]
    weights = sums_of(names, own_weights(names, earlier))
    if not any(weights.values()):
        raise CommandRefused(
            tr("Nobody gave these criteria any points in “{item}”: there are no weights.", item=earlier.title)
        )
    return weights


def own_weights(criteria: Sequence[str], earlier: Earlier) -> dict[tuple[tuple[str, int], ...], int]:
    """How many people gave the criteria which points: (words, points) for each; empty for an item without points."""
    plain = earlier.plain
    if not isinstance(plain, Pointed):
        return {}
    keys = {candidate.name.casefold(): candidate.key for candidate in plain.candidates}
    sets: dict[tuple[tuple[str, int], ...], int] = {}
    for people, given in plain.lines:
        points = dict(given)
        own = tuple((name, points.get(keys.get(name.casefold(), ""), 0)) for name in criteria)
        sets[own] = sets.get(own, 0) + people
    return sets
