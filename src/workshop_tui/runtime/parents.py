"""For processes that are to end with the one that started them, however that one ends."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from workshop_tui.runtime.processes import is_alive

LOOK_S = 1.0


async def until_orphaned(parent: int, then: Callable[[], object]) -> None:
    """Call `then` once the process that started this one has gone, even if it was killed.

    A killed process cannot tell its children; they see that they got another parent. On Windows they keep the number
    of the old one, and between the two may stand another process, of the virtual environment.
    """
    ours = os.getppid()
    while os.getppid() == ours and is_alive(parent):  # noqa: ASYNC110 - the system tells nobody when a parent ends
        await asyncio.sleep(LOOK_S)
    then()
