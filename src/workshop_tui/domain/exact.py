"""Numbers of an agenda that need not be whole, such as costs and weights: exact, and counted in their smallest unit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

Exact = int | Decimal
"""A number as it was written: 600.50 and not the nearest that a computer's floating point has. A whole one stays an
int, so that a kept session says it as it always did."""


def decimals_of(numbers: Iterable[Exact]) -> int:
    """How many decimals the finest of some numbers has; they are finite."""
    return max((_decimals(number) for number in numbers), default=0)


def in_units(number: Exact, decimals: int) -> int:
    """A number in units of its last decimal: 600.5 with 2 decimals is 60050. It has no more decimals than these."""
    return int(Decimal(number).scaleb(decimals))


def is_exact(number: Exact, most: int) -> bool:
    """Whether it is a number with at most so many decimals, and no "infinite" or "not a number"."""
    return isinstance(number, int) or (number.is_finite() and _decimals(number) <= most)


def _decimals(number: Exact) -> int:
    if isinstance(number, int):
        return 0
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
