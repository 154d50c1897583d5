"""Days for a calendar as a value, in no format yet; `exports.formats.calendar` writes them."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.exports.document import Said
from workshop_tui.messages import Message, Place


class Date(Struct, frozen=True, kw_only=True):
    """One day on which something is due."""

    key: str
    """The name of what is due, in its session: it stays the same when the day changes."""
    day: str
    """"YYYY-MM-DD"."""
    title: Message
    said: Said = ()
    """What else to say of it."""


class Dates(Struct, frozen=True, kw_only=True):
    """Days for one audience."""

    title: Place
    session: str
    """The session's random name: with the key of a day it is that day's name in every calendar."""
    made_at: int
    """When the last thing happened that is in it, in UTC milliseconds."""
    sequence: int
    """Grows with whatever happens in the session: of two files a calendar keeps the later one."""
    dates: tuple[Date, ...]
