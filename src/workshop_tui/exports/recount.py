"""Counts every sealed round again from its ballots and compares with what was counted when it was sealed.

No key is needed: ballots lie in the file without anything that could tell whose they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.asking import round_config, round_poll
from workshop_tui.domain.state import Round
from workshop_tui.exports.rounds import decoded
from workshop_tui.room.record import RoundRecord, SessionRecord


class RecountLine(Struct, frozen=True, kw_only=True):
    """What counting one round again gave."""

    round: str
    """The key of the round."""
    same: bool
    """Whether ballots, skips and result are what they were when the round was sealed."""
    words: str
    """The same as a line for a person."""


def recount(record: SessionRecord, kinds: Kinds) -> list[RecountLine]:
    """One line for each round that is sealed, or was before it was declared void, in the order they were opened."""
    numbers = {each.item.key: number for number, each in enumerate(record.state.items, 1)}
    kept = {each.key: each for each in record.rounds}
    return [
        _line(round_, kept[round_.key], kinds, numbers[round_.item])
        for round_ in record.state.rounds
        if round_.status == "sealed" or kept[round_.key].sealed_profile is not None
    ]


def _line(round_: Round, ballots: RoundRecord, kinds: Kinds, item_number: int) -> RecountLine:
    difference = _difference(round_, ballots, kinds)
    void = " (declared void)" if round_.status == "void" else ""
    answers = sum(ballots.profile.values())
    name = f"Item {item_number}, round {round_.number}{void}, “{round_.question}”"
    said = f"{'1 answer' if answers == 1 else f'{answers} answers'} and {ballots.skipped} skipped"
    if round_poll(round_, kinds).is_apart:
        # Who may run a recount may still not learn small numbers.
        words = f"{name}: different from what was sealed." if difference else f"{name}: same."
        return RecountLine(round=round_.key, same=not difference, words=words)
    return RecountLine(
        round=round_.key,
        same=not difference,
        words=f"{name}: different. {difference}" if difference else f"{name}: same. {said}.",
    )


def _difference(round_: Round, ballots: RoundRecord, kinds: Kinds) -> str:
    """What is not as it was, as a sentence; empty when everything is."""
    sealed = ballots.sealed_profile
    if sealed is None:
        return "The file does not hold what was counted when it was sealed."
    if dict(ballots.profile) != dict(sealed):
        changed = sum(
            abs(ballots.profile.get(choice, 0) - sealed.get(choice, 0)) for choice in {*ballots.profile, *sealed}
        )
        return f"{sum(ballots.profile.values())} answers now, {sum(sealed.values())} when sealed; {changed} differ."
    if ballots.sealed_skipped is not None and ballots.sealed_skipped != ballots.skipped:
        return f"{ballots.skipped} skipped now, {ballots.sealed_skipped} when sealed."
    try:
        now, then = (_result(round_, profile, kinds) for profile in (ballots.profile, sealed))
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError) as damage:
        return f"A ballot cannot be read ({type(damage).__name__})."
    return "" if now == then else "The same ballots gave another result."


def _result(round_: Round, profile: Mapping[str, int], kinds: Kinds) -> Struct:
    poll = round_poll(round_, kinds)
    result: Struct = poll.tally(round_config(round_, poll), decoded(profile, poll))
    return result
