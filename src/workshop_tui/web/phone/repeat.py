"""What phones are told when one question is asked twice: until when answers stay linked, and one's own first answer."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from workshop_tui.domain.asking import ballots_of
from workshop_tui.domain.blocks import Remark
from workshop_tui.domain.earlier import next_asking
from workshop_tui.domain.state import Round
from workshop_tui.messages import Sentences, Text, as_tuple, tr
from workshop_tui.web.phone.phones import Phone, Phones, RoundForm

ASKED_AGAIN: Final = tr(
    "We ask this again later. Until then we keep which phone gave which answer, so that we can count how many people "
    "change their mind. Then we forget it."
)
"""Above and after the first of two votes."""

SECOND_TIME: Final = tr(
    "We ask this a second time. We only count how many people changed their mind. We never see who."
)
"""Above and after the second."""

SECOND_TIME_APART: Final = tr(
    "We ask this a second time. We no longer know which phone gave which answer the first time."
)
"""The same where the key of the first vote is gone: then nobody can tell who changed their mind."""


class Twice:
    """The words and remarks of questions that are asked twice."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._profiles: dict[str, dict[Any, int]] = {}
        """What everybody said in a first round that the room has seen: counted for good, so decoded once."""

    def words(self, round_: Round, who: Sentences) -> tuple[Text, ...]:
        """Who sees what is sent, with what is different for a question asked twice."""
        again = ASKED_AGAIN if next_asking(self._phones.room.state, round_.item) else ""
        return tuple(part for part in (*as_tuple(who), self._second(round_), again) if part)

    def _second(self, round_: Round) -> Text:
        if not round_.again:
            return ""
        first = self._phones.room.state.round(round_.again)
        can_tell = round_.compared is not None or (first is not None and first.kept_for)
        return SECOND_TIME if can_tell else SECOND_TIME_APART

    def recalled(self, phone: Phone, round_: Round, asked: RoundForm) -> tuple[Remark, ...]:
        """One's own first answer and the middle of the group, where the kind says them and the key still lives."""
        room = self._phones.room
        first = room.state.round(round_.again) if round_.again else None
        if first is None or first.status != "sealed" or first.kind != round_.kind:
            return ()
        kept = room.tables.kept_ballot(first.key, phone.person)
        choice = kept.choice if kept is not None else None
        mine = None if choice is None else msgspec.json.decode(choice, type=asked.kind.ballot_type)
        # What the room has not seen is not told to a phone either.
        profile = self._profile(first, asked) if first.revealed_at is not None else {}
        said = asked.kind.recall(asked.config, mine, profile)
        return (Remark(said),) if said else ()

    def _profile(self, first: Round, asked: RoundForm) -> dict[Any, int]:
        found = self._profiles.get(first.key)
        if found is None:
            found = ballots_of(asked.kind, self._phones.room.tables.profile(first.key))
            self._profiles[first.key] = found
        return found
