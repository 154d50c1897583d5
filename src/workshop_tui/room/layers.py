"""Mappings with an overlay, in which a batch of commands sees its own changes.

A commit that reached the disk folds the overlay in; one that did not throws it away, so that nothing is ever shown
that is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")


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
        self._top: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The newest value; None where there is none."""
        found = self._top.get(key)
        return found if found is not None else self.base.get(key)

    def put(self, key: K, value: V) -> None:
        """Change one value on top."""
        self._top[key] = value

    def __iter__(self) -> Iterator[K]:
        """Every key."""
        yield from self.base
        yield from (key for key in self._top if key not in self.base)

    def values(self) -> Iterator[V]:
        """Every newest value, in the order the keys first came."""
        for key, value in self.base.items():
            yield self._top.get(key, value)
        for key, value in self._top.items():
            if key not in self.base:
                yield value

    def keep(self) -> None:
        """Fold the changes in."""
        self.base.update(self._top)
        self._top = {}

    def drop(self) -> None:
        """Throw the changes away."""
        self._top = {}
