"""What every command carries, and the rule that says who may give it and when."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.state import Phase

Who = Literal["facilitator", "co_lead", "helper", "phone", "room"]
"""Who can ask for something; what each may is in `domain.policy`."""


class BaseCommand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a listener knows of a command, whoever gives it."""

    at: int = 0
    """When it was given; the edge that receives a command sets it, whatever the sender wrote."""
    who: Who = "facilitator"
    desk: str = ""
    """The device of a facilitator, co-lead or helper: each takes back only its own steps. Empty for phones and the
    room."""
    salt: bytes = b""
    """Random bytes: words that this command brings are told apart from others in the journal by a digest with a salt
    made from it (`domain.digests`)."""


EDGE_FIELDS: Final = frozenset(BaseCommand.__struct_fields__)
"""What a listener says of a command itself, from its clock, its chance and the credential; what came in is dropped."""


class Rule(Struct, frozen=True):
    """Who may ask for a command, and in which phases of a session."""

    who: frozenset[Who]
    phases: frozenset[Phase]


LEAD: Final[frozenset[Who]] = frozenset({"facilitator"})
LEADS: Final[frozenset[Who]] = frozenset({"facilitator", "co_lead"})
DESKS: Final[frozenset[Who]] = frozenset({"facilitator", "co_lead", "helper"})
PHONE: Final[frozenset[Who]] = frozenset({"phone"})
ROOM: Final[frozenset[Who]] = frozenset({"room"})

DAY: Final[frozenset[Phase]] = frozenset({"running"})
HELD: Final[frozenset[Phase]] = frozenset({"running", "paused"})
DESK_WORK: Final[frozenset[Phase]] = frozenset({"running", "paused", "people_left"})
ALWAYS: Final[frozenset[Phase]] = frozenset({"running", "paused", "people_left", "finished"})
