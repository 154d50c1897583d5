"""That a matter of somebody's safety was handed on: who has it, since when, and never what was said.

There is no field in which an account could be told: everything is chosen from a list, but for a reference of the other
system, which has the shape of one. Nothing of it is in any export, in any copy that is sent out, or on a screen.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.messages import Message, tr

Concern = Literal["adult", "child", "staff_conduct", "self_harm_risk", "other"]
Agreed = Literal["yes", "no", "unable"]
HandedTo = Literal["nobody", "safeguarding_lead", "manager", "emergency", "police", "social_care", "clinician"]

CONCERNS: Final[dict[Concern, Message]] = {
    "adult": tr("An adult at risk"),
    "child": tr("A child"),
    "staff_conduct": tr("What somebody of the staff did"),
    "self_harm_risk": tr("Somebody may harm themselves"),
    "other": tr("Something else"),
}
AGREED: Final[dict[Agreed, Message]] = {
    "yes": tr("They agreed to it being handed on"),
    "no": tr("They did not agree"),
    "unable": tr("They could not be asked"),
}
HANDED_TO: Final[dict[HandedTo, Message]] = {
    "nobody": tr("Not handed on yet"),
    "safeguarding_lead": tr("The safeguarding lead"),
    "manager": tr("The manager on call"),
    "emergency": tr("999"),
    "police": tr("The police"),
    "social_care": tr("Social care"),
    "clinician": tr("A clinician"),
}

_REFERENCE: Final = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9/.-]{0,23}")
"""Letters, digits and three signs, with a digit and without a space: no sentence fits."""


class SafeguardingRow(Struct, frozen=True, kw_only=True):
    """One matter."""

    key: str
    """A random name; it tells nothing of any text."""
    at: int
    """When it was noted, UTC milliseconds; this and the two below."""
    concern: Concern
    spoke_privately: bool
    agreed: Agreed
    handed_to: HandedTo = "nobody"
    handed_at: int | None = None
    reference: str = ""
    """Under which the other system has it; empty where it gave none."""
    closed_at: int | None = None


def is_reference(typed: str) -> bool:
    """Whether this looks like the reference of a case, and not like anything that was said; nothing does too."""
    return not typed or _REFERENCE.fullmatch(typed) is not None
