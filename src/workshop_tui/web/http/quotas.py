"""How much one phone, and all phones together, may ask of the room.

Every bound is a setting, so that a measurement can raise it; the defaults pass the bench. Nothing is limited per
address but typed join codes, and pages for those who have not joined: a venue puts everybody behind one.
"""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.limits import STREAMS


class PhoneSettings(Struct, frozen=True, kw_only=True):
    """What the participants' app needs to be told."""

    hosts: frozenset[str]
    """The `Host` values that are ours, with their port where it is not 80; anything else is answered 421."""
    votes_per_s: float = 5.0
    """Votes of one phone, once its burst is used."""
    votes_burst: int = 10
    words_per_s: float = 0.1
    """Stories, ideas and private words of one phone, once its burst is used."""
    words_burst: int = 3
    looks_per_s: float = 5.0
    """Pages, news and files that one phone asks for, once its burst is used."""
    looks_burst: int = 240
    strangers_per_s: float = 50.0
    """The same of all at one address who have not joined: a whole room may come in by one."""
    strangers_burst: int = 2_000
    slowed_s: float = 1.0
    """How long an answer is held back from who asks for more: who asks without end then costs next to nothing."""
    writes_per_s: float = 0.0
    """Writes of all phones together; 0 for no bound."""
    wrong_codes_each: int = 10
    """Wrong join codes of 4 letters a minute from one address, before every code from there has to wait its turn."""
    wrong_codes_all: int = 40
    """The same of all addresses together."""
    turn_s: float = 8.0
    """How long a code waits then, right or wrong."""
    turns_each: int = 4
    """How many from one address wait at once: half a code a second, one chance in seven a day to guess 4 letters."""
    turns_all: int = 8
    """How many from all addresses."""
    streams_each: int = 3
    """Event streams of one phone; one more closes its oldest."""
    streams: int = STREAMS
    """Event streams of all phones; beyond it phones ask every few seconds instead."""
    ping_s: float = 15.0
    """How often a quiet stream says that it is alive."""
