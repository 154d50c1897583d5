"""Token buckets: how often one phone may write, and how often a code may be wrong."""

from __future__ import annotations

from collections import OrderedDict

from msgspec import Struct

REMEMBERED = 4
"""Sendings of each phone that were paid for: the same again is free."""


class Bucket(Struct):
    """What one key has left."""

    left: float
    at_ms: int
    paid: list[int] = []
    """Hashes of the ids that were paid for; the ids would go on telling which words are of one phone."""


class Buckets:
    """One bucket for each key, forgetting those that were idle longest.

    Args:
        burst: How many at once.
        per_s: How many a second after that, more than 0.
        most: How many keys are remembered.
    """

    def __init__(self, burst: int, per_s: float, most: int) -> None:
        self._burst = burst
        self._per_ms = per_s / 1_000
        self._most = most
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str, now_ms: int, submission_id: str = "") -> bool:
        """Take one, if there is one; a sending that was paid for is not paid for twice.

        Args:
            key: Whose bucket.
            now_ms: The steady clock.
            submission_id: The submission id; empty for none.
        """
        bucket = self._filled(key, now_ms)
        paid = hash(submission_id)
        if submission_id and paid in bucket.paid:
            return True
        if bucket.left < 1:
            return False
        bucket.left -= 1
        if submission_id:
            bucket.paid = [*bucket.paid[1 - REMEMBERED :], paid]
        return True

    def has(self, key: str, now_ms: int) -> bool:
        """Whether there is one to take."""
        return self._filled(key, now_ms).left >= 1

    def taken(self, key: str) -> float:
        """How many were out when the last one was taken; 0 where none was."""
        bucket = self._buckets.get(key)
        return self._burst - bucket.left if bucket is not None else 0

    def owe(self, key: str, now_ms: int) -> None:
        """Take one even where there is none: whoever goes on has to be quiet for longer."""
        bucket = self._filled(key, now_ms)
        bucket.left = max(-self._burst, bucket.left - 1)

    def wait_s(self, key: str, now_ms: int) -> int:
        """Whole seconds until one can be taken, at least 1."""
        missing = 1 - self._filled(key, now_ms).left
        return max(1, round(missing / self._per_ms / 1_000 + 0.5))

    def _filled(self, key: str, now_ms: int) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self._burst, now_ms)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return bucket
        self._buckets.move_to_end(key)
        bucket.left = min(self._burst, bucket.left + (now_ms - bucket.at_ms) * self._per_ms)
        bucket.at_ms = now_ms
        return bucket
