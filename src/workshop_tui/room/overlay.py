"""Mappings with an overlay, in which a batch of commands sees its own changes.

A commit that reached the disk folds the overlay in; one that did not throws it away, so that nothing is ever shown
that is not in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Overlay(Generic[K, V]):
    """A mapping with changes on top that can be kept or thrown away."""

    def __init__(self, base: dict[K, V]) -> None:
        self.base = base
        self._top: dict[K, V] = {}
        self._out: set[K] = set()
        """What was taken out and not put in again."""

    def get(self, key: K) -> V | None:
        """The newest value; None where there is none."""
        found = self._top.get(key)
        if found is not None or (self._out and key in self._out):
            return found
        return self.base.get(key)

    def __len__(self) -> int:
        added = sum(key not in self.base for key in self._top)
        return len(self.base) + added - sum(key in self.base for key in self._out)

    def put(self, key: K, value: V) -> None:
        """Change one value on top."""
        self._top[key] = value
        self._out.discard(key)

    def take_out(self, key: K) -> None:
        """Take one value out; once that is kept nothing holds it any more."""
        self._top.pop(key, None)
        self._out.add(key)

    def touched(self) -> Collection[K]:
        """What has a change on top."""
        return self._top.keys() | self._out

    def clear(self) -> None:
        """Take every value out."""
        for key in [key for key, _ in self.items()]:
            self.take_out(key)

    def items(self) -> Iterator[tuple[K, V]]:
        """Every key with its newest value, in the order the keys first came; each may be taken out as it comes."""
        for key, value in self.base.items():
            if key not in self._out:
                yield key, self._top.get(key, value)
        for key, value in list(self._top.items()):
            if key not in self.base:
                yield key, value

    def commit(self) -> None:
        """Fold the changes in."""
        for key in self._out:
            self.base.pop(key, None)
        self.base.update(self._top)
        self.rollback()

    def rollback(self) -> None:
        """Throw the changes away."""
        self._top = {}
        self._out = set()
