"""What in a text may tell who somebody is: candidates, found by rules, on this computer, in every free text. Pure.

A candidate is a place and a guess. A person decides each (`domain.redaction`). The rules miss things, and say so
wherever they speak: there is no list of names, and nothing here understands what a text says. What each rule finds and
misses is measured in docs/identifiers.md.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.identifiers import names, numbers, places
from workshop_tui.domain.identifiers.folding import folded
from workshop_tui.domain.identifiers.numbers import Span

Sort = Literal[
    "nhs_number",
    "chi_number",
    "email",
    "phone",
    "bank_details",
    "date_of_birth",
    "postcode",
    "ni_number",
    "hospital_number",
    "street_address",
    "ward_reference",
    "staff_name",
    "person_name",
]

_RULES: Final[tuple[tuple[Sort, Callable[[str], Iterable[Span]]], ...]] = (
    ("nhs_number", numbers.nhs_numbers),
    ("chi_number", numbers.chi_numbers),
    ("email", places.emails),
    ("phone", numbers.phones),
    ("bank_details", numbers.bank_details),
    ("date_of_birth", places.dates),
    ("postcode", places.postcodes),
    ("ni_number", numbers.ni_numbers),
    ("hospital_number", numbers.hospital_numbers),
    ("street_address", places.addresses),
    ("ward_reference", places.wards),
    ("staff_name", names.staff),
    ("person_name", names.persons),
)
"""In this order: what a sum proves comes before what only looks like something, and keeps its place."""

SORTS: Final[tuple[Sort, ...]] = tuple(sort for sort, _ in _RULES)


class Candidate(Struct, frozen=True, order=True):
    """A piece of a text that may tell who somebody is."""

    start: int
    """Where it begins in the text, in code points."""
    end: int
    """Where it is over."""
    sort: Sort


_KNOWN: Final[dict[bytes, tuple[Candidate, ...]]] = {}
"""What was found in texts before, by a digest of each: pages ask again and again, and no text is held here."""

_MOST_KNOWN: Final = 20_000


def find(text: str) -> tuple[Candidate, ...]:
    """The candidates in a text, in their order; no two have a character in common.

    Args:
        text: Words that have passed the cleaning door; any words will do.
    """
    name = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    known = _KNOWN.get(name)
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[name] = _found(text)
    return known


def _found(text: str) -> tuple[Candidate, ...]:
    copy = folded(text)
    taken: list[Candidate] = []
    for sort, rule in _RULES:
        for start, end in names.first_of(rule(copy)):
            at = bisect_right(taken, Candidate(start, start, SORTS[0]))
            before, after = taken[max(0, at - 1) : at], taken[at : at + 1]
            if start < end and all(each.end <= start for each in before) and all(each.start >= end for each in after):
                taken.insert(at, Candidate(start, end, sort))
    return tuple(taken)
