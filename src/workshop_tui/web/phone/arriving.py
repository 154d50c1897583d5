"""A browser on its way in: it brought the right code, and has yet to come back with the cookie that it was given.

Asking for a page changes nothing in the room: what previews a link, fetches a page before anybody wants it, or keeps no
cookies takes no seat. Who is on the way is known here only, and not for long. The cookie has a name of its own, so that
a page asked for a moment earlier never takes away a seat that was given meanwhile, and of several pages opened at once
all come back with the same one.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from typing import Final

from msgspec import Struct
from starlette.types import Scope

from workshop_tui.limits import PEOPLE
from workshop_tui.room.clock import random_name
from workshop_tui.web.http.forms import headers_of

ON_THE_WAY: Final = "in"
"""The name of the cookie."""

ON_THE_WAY_S: Final = 600
"""How long it is good for: a slow phone on a full network comes back within seconds."""

_TOKEN: Final = re.compile(rb"(?:^|; ?)in=([A-Za-z0-9_-]{43})(?:;|$)")

_EARLY: Final = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
"""The headers of browsers that fetch a page before anybody asked for it."""


class Arrival(Struct, frozen=True):
    """Who is on the way in."""

    token: str
    """What the browser comes back with; the seat goes on having it."""
    person: str
    """Who it will be: however often it comes back, it is one person."""
    code: str
    """The code it brought."""
    until_ms: int
    """On the steady clock."""


class Arrivals:
    """Those who are on the way, newest last; of more than a room holds, the oldest are forgotten."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Arrival] = OrderedDict()

    def begin(self, scope: Scope, code: str, now_ms: int) -> Arrival:
        """Let a browser come back; one that is on the way already stays who it is.

        Args:
            scope: What brought the code.
            code: The room's.
            now_ms: The steady clock.
        """
        known = self.of(scope, code, now_ms)
        if known is not None:
            return known
        # Always our own: a token that was on the phone before may have been put there.
        arrival = Arrival(secrets.token_urlsafe(32), random_name(), code, now_ms + 1_000 * ON_THE_WAY_S)
        self._waiting[arrival.token] = arrival
        if len(self._waiting) > PEOPLE:
            self._waiting.popitem(last=False)
        return arrival

    def of(self, scope: Scope, code: str, now_ms: int) -> Arrival | None:
        """Who comes back with a request; None where nobody does, or too late, or by an older code."""
        found = _TOKEN.search(headers_of(scope).get(b"cookie", b""))
        arrival = self._waiting.get(found[1].decode()) if found is not None else None
        if arrival is None or arrival.code != code or arrival.until_ms < now_ms:
            return None
        return arrival

    def forget(self, person: str) -> None:
        """A seat was left: nobody comes back to it."""
        for token in [token for token, each in self._waiting.items() if each.person == person]:
            del self._waiting[token]


def brings_cookie(scope: Scope) -> bool:
    """Whether a browser comes back with the cookie that it was given, whatever is in it."""
    return re.search(rb"(?:^|; ?)in=", headers_of(scope).get(b"cookie", b"")) is not None


def nobody_looks(scope: Scope) -> bool:
    """Whether a browser says that it fetches this before anybody has asked for it."""
    headers = headers_of(scope)
    return any(b"prefetch" in (said := headers.get(name, b"").lower()) or b"preview" in said for name in _EARLY)
