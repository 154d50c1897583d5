"""What a token stands for: who asks, and from which device.

It is looked up once for each request, before any route (`web.control.access`); routes take who asks from there and from
nowhere else, whatever a request says of itself.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from workshop_tui.domain.commands import Who

Door = Literal["control", "pages"]
"""What a token opens: the control routes, or pages of a browser. None opens both: what a browser holds can be read on
its machine, and the control routes can end a workshop."""


class Tokens(Struct, frozen=True):
    """The tokens of one running room."""

    control: str
    """256 bits, in hexadecimal."""
    host: str
    """128 bits, in hexadecimal, in the address of the host page."""
    screen: str
    """The same of the big screen; read-only."""


class Credential(Struct, frozen=True):
    """Who holds a token."""

    who: Who | None
    """None for the big screen, which asks for nothing: it may only look."""
    desk: str
    """The device, by a name of its own: its steps can be taken back from there only, and it can be revoked."""


FACILITATOR: Final = Credential(who="facilitator", desk="facilitator")
"""Console and host page of this laptop: one desk, so that each takes back what the other did."""

SCREEN: Final = Credential(who=None, desk="screen")


class Credentials:
    """Every token that a room accepts. Only used on the room's loop."""

    def __init__(self) -> None:
        self._held: dict[tuple[Door, str], tuple[Credential, asyncio.Event]] = {}

    @classmethod
    def of(cls, tokens: Tokens) -> Credentials:
        """Those that every room has."""
        made = cls()
        made.add(tokens.control, FACILITATOR)
        made.add(tokens.host, FACILITATOR, "pages")
        made.add(tokens.screen, SCREEN, "pages")
        return made

    def add(self, token: str, credential: Credential, door: Door = "control") -> None:
        """Accept a token from now on."""
        self._held[door, token] = (credential, asyncio.Event())

    def find(self, token: str, door: Door = "control") -> Credential | None:
        """What a token stands for; None for one that is not, or no longer, accepted there."""
        found = None
        given = token.encode()
        # Every one is compared, whole: how long it takes tells nothing of any.
        for (opens, known), (credential, _) in self._held.items():
            if hmac.compare_digest(given, known.encode()) and opens == door:
                found = credential
        return found

    def revoke(self, desk: str) -> None:
        """Accept no token of a device any more, and end what it still listens to."""
        for held in [held for held, (credential, _) in self._held.items() if credential.desk == desk]:
            _, revoked = self._held.pop(held)
            revoked.set()

    async def until_revoked(self, token: str, door: Door) -> None:
        """Return once a token is no longer accepted."""
        held = self._held.get((door, token))
        if held is not None:
            await held[1].wait()


def credential_of(scope: Mapping[str, Any]) -> Credential:
    """Who asks, as `web.control.access` found; a route that nobody guards does not work."""
    found = scope["credential"]
    assert isinstance(found, Credential)  # noqa: S101 - only `DeskAccess` puts it there
    return found
