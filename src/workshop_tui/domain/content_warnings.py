"""What a story can speak of that somebody may not want to meet unprepared: one fixed list, for tellers and desks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from workshop_tui.domain.activity import Gathering, Kinds
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.messages import Listed, Message, tr

CONTENT_WARNINGS: Final[dict[str, Message]] = {
    "death": tr("death"),
    "bereavement": tr("losing somebody"),
    "suicide": tr("suicide"),
    "self_harm": tr("self-harm"),
    "abuse": tr("abuse"),
    "sexual_violence": tr("sexual violence"),
    "baby_loss": tr("the loss of a baby"),
    "eating_disorder": tr("an eating disorder"),
    "restraint": tr("being held down"),
    "neglect": tr("neglect"),
    "dementia": tr("dementia"),
    "racism": tr("racism"),
    "addiction": tr("addiction"),
    "mental_health_crisis": tr("a mental health crisis"),
    "emergency": tr("an emergency"),
    "medical_detail": tr("medical detail"),
    "risk_to_life": tr("danger to life"),
}
"""In the order in which they are offered and told."""


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of the list that are among these, each once."""
    wanted = {*codes}
    return tuple(code for code in CONTENT_WARNINGS if code in wanted)


def warnings_of(row: ContributionRow, said_at_the_desk: Iterable[str], kinds: Kinds) -> tuple[str, ...]:
    """What a contribution speaks of: as its teller said, and as a desk did."""
    kind = kinds.get(row.kind)
    if not isinstance(kind, Gathering) or not row.body:
        return ()
    return in_order((*kind.warnings(msgspec.json.decode(row.body, type=kind.ballot_type)), *said_at_the_desk))


def warning_words(codes: Iterable[str]) -> Message:
    """What is said before a story that has any."""
    return tr("This speaks of {things}.", things=Listed(tuple(CONTENT_WARNINGS[code] for code in in_order(codes))))
