"""What the running program still holds: every text that can be reached from some objects."""

from __future__ import annotations

import asyncio
import functools
import gc
import sys
import types
from collections.abc import Iterable, Iterator

_CACHE = type(functools.lru_cache(len))
_NOT_HELD = (types.ModuleType, type, types.CodeType, asyncio.AbstractEventLoop)
"""Not gone into: what is the same whoever said what; through the loop the test itself would be found."""


def product() -> Iterator[object]:
    """What the modules of the product hold between two calls."""
    for name, module in list(sys.modules.items()):
        if name == "workshop_tui" or name.startswith("workshop_tui."):
            yield from list(vars(module).values())


def texts(roots: Iterable[object]) -> Iterator[bytes]:
    """Every text and every run of bytes that can be reached."""
    waiting, seen = list(roots), set[int]()
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, _NOT_HELD):
            continue
        seen.add(id(found))
        if isinstance(found, str):
            yield found.encode("utf-8", "replace")
        elif isinstance(found, bytes | bytearray):
            yield bytes(found)
        elif isinstance(found, types.FunctionType):
            # Not its globals: those of the product are roots of their own.
            waiting += [found.__closure__, found.__defaults__, found.__kwdefaults__, found.__dict__]
        elif isinstance(found, types.MethodType):
            waiting += [found.__self__, found.__func__]
        else:
            waiting += gc.get_referents(found)
        if not isinstance(found, _CACHE) and hasattr(type(found), "__slots__"):
            waiting += [getattr(found, name, None) for name in _slots(type(found))]


def _slots(kind: type) -> Iterator[str]:
    for each in kind.__mro__:
        slots = each.__dict__.get("__slots__", ())
        yield from (slots,) if isinstance(slots, str) else slots
