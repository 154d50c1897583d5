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
from workshop_tui.exports.rounds import decoded, item_numbers
from workshop_tui.messages import Message, Place, Verbatim, tr, trn
from workshop_tui.room.record import RoundRecord, SessionRecord


class RecountLine(Struct, frozen=True, kw_only=True):
    """What counting one round again gave."""

    round: str
    """The key of the round."""
    same: bool
    """Whether ballots, skips and result are what they were when the round was sealed."""
    words: tuple[Message, ...]
    """The same as sentences for a person."""


def recount(record: SessionRecord, kinds: Kinds) -> list[RecountLine]:
    """One line for each round that is sealed, or was before it was declared void, in the order they were opened."""
    numbers = item_numbers(record)
    kept = {each.key: each for each in record.rounds}
    return [
        _line(round_, kept[round_.key], kinds, numbers[round_.item])
        for round_ in record.state.rounds
        if round_.status == "sealed" or kept[round_.key].sealed_profile is not None
    ]


def _line(round_: Round, ballots: RoundRecord, kinds: Kinds, item_number: int) -> RecountLine:
    difference = _difference(round_, ballots, kinds)
    answers = sum(ballots.profile.values())
    if round_poll(round_, kinds).is_apart:
        # Who may run a recount may still not learn small numbers.
        more: tuple[Message, ...] = ()
    elif difference is not None:
        more = (difference,)
    else:
        counted = trn(
            "{n} answer and {skipped} skipped.", "{n} answers and {skipped} skipped.", answers, skipped=ballots.skipped
        )
        more = (counted,)
    return RecountLine(
        round=round_.key, same=difference is None, words=(_verdict(round_, item_number, difference is None), *more)
    )


def _verdict(round_: Round, item_number: int, same: bool) -> Message:
    """Whether it is the same, by the place of the round and its question."""
    places: dict[str, Place] = {"item": item_number, "round": round_.number, "question": round_.question}
    match same, round_.status == "void":
        case True, True:
            return tr("Item {item}, round {round} (declared void), “{question}”: same.", **places)
        case True, False:
            return tr("Item {item}, round {round}, “{question}”: same.", **places)
        case False, True:
            return tr(
                "Item {item}, round {round} (declared void), “{question}”: different from what was sealed.", **places
            )
        case _:
            return tr("Item {item}, round {round}, “{question}”: different from what was sealed.", **places)


def _difference(round_: Round, ballots: RoundRecord, kinds: Kinds) -> Message | None:
    """What is not as it was; None when everything is."""
    sealed = ballots.sealed_profile
    if sealed is None:
        return tr("The file does not hold what was counted when it was sealed.")
    if dict(ballots.profile) != dict(sealed):
        changed = sum(
            abs(ballots.profile.get(choice, 0) - sealed.get(choice, 0)) for choice in {*ballots.profile, *sealed}
        )
        return trn(
            "{n} answer now, {sealed} when sealed; {changed} differ.",
            "{n} answers now, {sealed} when sealed; {changed} differ.",
            sum(ballots.profile.values()),
            sealed=sum(sealed.values()),
            changed=changed,
        )
    if ballots.sealed_skipped is not None and ballots.sealed_skipped != ballots.skipped:
        return tr("{now} skipped now, {sealed} when sealed.", now=ballots.skipped, sealed=ballots.sealed_skipped)
    try:
        now, then = (_result(round_, profile, kinds) for profile in (ballots.profile, sealed))
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError) as damage:
        return tr("A ballot cannot be read ({problem}).", problem=Verbatim(type(damage).__name__))
    return None if now == then else tr("The same ballots gave another result.")


def _result(round_: Round, profile: Mapping[str, int], kinds: Kinds) -> Struct:
    poll = round_poll(round_, kinds)
    result: Struct = poll.tally(round_config(round_, poll), decoded(profile, poll))
    return result
