"""The stream of versions that a desk listens to: one number each time something changed, and signs of life."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui.room.notifier import Notifier

MEDIA_TYPE: Final = "text/event-stream"
PING: Final = b"event: ping\ndata: {}\n\n"
"""A sign of life; it carries no version."""


class Version(Struct):
    """What one event says."""

    v: int = 0


def event(version: int) -> bytes:
    """One event of a stream."""
    return b'data: {"v":%d}\n\n' % version


def version_in(line: str) -> int | None:
    """The version that a line of a stream says, 0 for a sign of life; None for any other line."""
    return msgspec.json.decode(line[5:], type=Version).v if line.startswith("data:") else None


async def versions(notifier: Notifier, *, ping_s: float, apart_s: float) -> AsyncIterator[bytes]:
    """The version at once, then after each change; ends with the room.

    Args:
        notifier: Knows the version.
        ping_s: How often a quiet stream says that it is alive.
        apart_s: Shortest time between two events: 300 votes make a few, not 300.
    """
    seen = notifier.desk_version
    yield event(seen)
    while not notifier.closed:
        version = await notifier.wait_desk(seen, ping_s)
        yield PING if version == seen else event(version)
        seen = version
        await asyncio.sleep(apart_s)
