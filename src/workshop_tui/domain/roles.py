"""Who people are here as, where the agenda asks them: who votes, who counts in which group, and what is told of it.

R4.5 of the project's requirements: the role is set when somebody joins, those who look on do not vote, and what staff
say is kept apart from what the public says. What the room sees is always the whole. The two groups are told apart only
where both are large enough: the answers of a small one could be guessed, or worked out from the whole and the other.
Ten is a threshold in use for small counts (the Longitudinal Study of the Office for National Statistics; CO-CONNECT).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.agenda import Role
from workshop_tui.domain.blocks import Statement, ViewBlock
from workshop_tui.domain.honesty import SMALL_GROUP
from workshop_tui.messages import Counted, Listed, Message, Text, counted, tr, trn

Segment = Literal["public", "staff"]
"""The groups that are counted apart; who only looks on is in neither."""

SEGMENTS: Final[tuple[Segment, ...]] = ("public", "staff")

_SEGMENT_OF: Final[Mapping[str, Segment]] = {
    "patient": "public", "carer": "public", "public": "public", "staff": "staff",
}  # fmt: skip

_ANSWERED: Final[Mapping[str, Counted]] = {
    "public": counted(
        "Patients, carers and public: {n} person answered.", "Patients, carers and public: {n} people answered."
    ),
    "staff": counted("Staff: {n} person answered.", "Staff: {n} people answered."),
}
"""What stands over the result of each group."""


class RoleWords(Struct, frozen=True):
    """What one role is called."""

    choice: Message
    """As people choose it, of themselves."""
    counted: Counted
    """So many of them: "2 carers"."""


WORDS: Final[Mapping[Role, RoleWords]] = {
    "patient": RoleWords(tr("I am a patient, or I was one"), counted("{n} patient", "{n} patients")),
    "carer": RoleWords(tr("I look after someone: family or a friend"), counted("{n} carer", "{n} carers")),
    "public": RoleWords(
        tr("I live here, or I care about this"), counted("{n} member of the public", "{n} members of the public")
    ),
    "staff": RoleWords(tr("I work here, or in health or care"), counted("{n} staff", "{n} staff")),
    "observer": RoleWords(tr("I only look on. I will not vote"), counted("{n} looks on", "{n} look on")),
}

APART: Final = tr("Staff and public apart, as people said when they joined. The room sees only the whole.")
"""Before the results of both groups."""

LOOKS_ON: Final = tr("You are here to look on. You can read everything. You do not vote or send words.")
"""For somebody who has no voice today."""

TELL_FIRST: Final = tr("Please tell us first who you are here as.")
"""For somebody who has not said."""

TOLD_FOR_GOOD: Final = tr("You have answered a question. So you cannot change this now.")


def may_take_part(role: str) -> bool:
    """Whether somebody votes and sends words; those who look on do neither."""
    return role != "observer"


def segment_of(role: str) -> str:
    """The group whose count a role's ballots are in; empty for one that has none."""
    return _SEGMENT_OF.get(role, "")


def may_part(answered: Mapping[str, int]) -> bool:
    """Whether staff and public may be told apart in one round.

    Args:
        answered: How many of each group answered, by segment. Who skipped is not in it: nine skips hide no tenth
            answer.
    """
    return all(answered.get(each, 0) >= SMALL_GROUP for each in SEGMENTS)


def parted(profiles: Mapping[str, Mapping[Any, int]]) -> dict[str, Mapping[Any, int]]:
    """The profiles of both groups; nothing where they may not be told apart.

    Args:
        profiles: How often each ballot was cast, by segment.
    """
    answered = {segment: sum(profile.values()) for segment, profile in profiles.items()}
    return {each: profiles[each] for each in SEGMENTS} if may_part(answered) else {}


def apart(poll: AnyPoll, config: Any, profiles: Mapping[str, Mapping[Any, int]]) -> tuple[ViewBlock, ...]:
    """What each group chose, as the poll shows any result, each under its name and its own base.

    Args:
        poll: The kind of the round.
        config: The round's config.
        profiles: What `parted` gave, with ballots in the kind's own type.

    Returns:
        Nothing where the groups may not be told apart. Only for the facilitator and the report: never for phones
        and the big screen.
    """
    if not profiles:
        return ()
    blocks: list[ViewBlock] = [Statement(APART)]
    for segment, profile in profiles.items():
        blocks.append(Statement(_ANSWERED[segment].of(sum(profile.values()))))
        blocks += poll.show(config, poll.tally(config, profile))
    return tuple(blocks)


def roles_sentence(asked: Sequence[Role], counts: Mapping[str, int]) -> Text:
    """How many joined as what: "9 patients, 1 carer, 2 look on and 1 has not said."; empty where nobody is asked.

    Args:
        asked: What the agenda lets people choose from.
        counts: How many chose each; those who have not said under the empty word.
    """
    if not asked:
        return ""
    parts = [WORDS[role].counted.of(count) for role in asked if (count := counts.get(role, 0))]
    if silent := counts.get("", 0):
        parts.append(trn("{n} has not said", "{n} have not said", silent))
    return tr("{roles}.", roles=Listed(tuple(parts))) if parts else tr("Nobody has joined yet.")
