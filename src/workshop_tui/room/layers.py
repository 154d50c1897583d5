"""Mappings with an overlay, in which a batch of commands sees its own changes.

A commit that reached the disk folds the overlay in; one that did not throws it away, so that nothing is ever shown
that is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, Protocol, TypeVar, cast

K = TypeVar("K")
V = TypeVar("V")

_GONE: Final = object()
"""Stands on top of what was taken out."""


class Pending(Protocol):
    """Changes that can be kept or thrown away."""

    def keep(self) -> None:
        """Fold them in."""

    def drop(self) -> None:
        """Throw them away."""


class Layer(Generic[K, V]):
    """A mapping with changes on top that can be kept or thrown away."""

    def __init__(self, base: dict[K, V]) -> None:
        self.base = base
        self._top: dict[K, object] = {}

    def get(self, key: K) -> V | None:
        """The newest value; None where there is none."""
        found = self._top.get(key)
        if found is None:
            return self.base.get(key)
        return None if found is _GONE else cast("V", found)

    def put(self, key: K, value: V) -> None:
        """Change one value on top."""
        self._top[key] = value

    def take_out(self, key: K) -> None:
        """Take one value out; once that is kept nothing holds it any more."""
        self._top[key] = _GONE

    def clear(self) -> None:
        """Take every value out."""
        for key in [key for key, _ in self.items()]:
            self.take_out(key)

    def items(self) -> Iterator[tuple[K, V]]:
        """Every key with its newest value, in the order the keys first came."""
        for key, value in self.base.items():
            found = self._top.get(key, value)
            if found is not _GONE:
                yield key, cast("V", found)
        for key, found in self._top.items():
            if key not in self.base and found is not _GONE:
                yield key, cast("V", found)

    def keep(self) -> None:
        """Fold the changes in."""
        for key, found in self._top.items():
            if found is _GONE:
                self.base.pop(key, None)
            else:
                self.base[key] = cast("V", found)
        self._top = {}

    def drop(self) -> None:
        """Throw the changes away."""
        self._top = {}
