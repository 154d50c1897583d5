"""Counts what is found of what is to be found, and what is found that should not be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from workshop_tui.domain.identifiers import SORTS, find

CASES = Path(__file__).parents[1] / "cases" / "identifiers"


class Expected(Struct, frozen=True):
    """One thing that is to be found in a text."""

    sort: str
    match: str


class Sample(Struct, frozen=True):
    """A text, and all that is to be found in it."""

    key: str
    text: str
    expected: tuple[Expected, ...] = ()
    for_people: tuple[str, ...] = ()
    """What only somebody who knows the place can see; to find a piece of it is neither asked for nor an alarm."""


class Measured(Struct, frozen=True):
    """What became of some texts."""

    asked: Counter[str]
    """By sort: how many were to be found."""
    missed: tuple[tuple[str, str, str], ...]
    """(sort, key of the text, what was not found or only in part or as another sort)."""
    alarms: tuple[tuple[str, str, str], ...]
    """(sort, key of the text, what was found where nothing is)."""
    texts: int
    alarmed_hard: int
    """How many texts with nothing in them had an alarm."""
    hard: int
    """How many texts have nothing in them."""

    def share(self, *sorts: str) -> float:
        """Of what was to be found of some sorts, the share that was; 1 where there was none."""
        asked = sum(self.asked[sort] for sort in sorts)
        return 1 - sum(sort in sorts for sort, _, _ in self.missed) / asked if asked else 1.0


def places_of(sample: Sample) -> Iterator[tuple[str, int, int]]:
    """Where what is to be found stands: each match at the first place that no earlier one took."""
    taken: list[tuple[int, int]] = []
    for each in sample.expected:
        ends = ((at, at + len(each.match)) for at in range(len(sample.text)) if sample.text.startswith(each.match, at))
        free = next((span for span in ends if all(span[1] <= a or b <= span[0] for a, b in taken)), None)
        if free is None:
            raise ValueError(f"{sample.key}: {each.match!r} does not stand in the text")
        taken.append(free)
        yield each.sort, *free


def _place(text: str, said: str) -> tuple[int, int]:
    start = text.index(said)
    return start, start + len(said)


def measure(samples: Iterable[Sample]) -> Measured:
    """Find in all of them. Only what is found whole, and as what it is, counts as found."""
    asked: Counter[str] = Counter()
    missed, alarms = [], []
    texts = hard = alarmed_hard = 0
    for sample in samples:
        found, places = find(sample.text), list(places_of(sample))
        texts, hard = texts + 1, hard + (not places)
        for sort, start, end in places:
            asked[sort] += 1
            if not any(each.sort == sort and each.start <= start and end <= each.end for each in found):
                missed.append((sort, sample.key, sample.text[start:end]))
        known = [(start, end) for _, start, end in places] + [_place(sample.text, said) for said in sample.for_people]
        wrong = [each for each in found if all(each.end <= start or end <= each.start for start, end in known)]
        alarms += [(each.sort, sample.key, sample.text[each.start : each.end]) for each in wrong]
        alarmed_hard += bool(wrong and not places)
    return Measured(
        asked=asked, missed=tuple(missed), alarms=tuple(alarms), texts=texts, hard=hard, alarmed_hard=alarmed_hard
    )


def read(name: str) -> tuple[Sample, ...]:
    """The texts of a file of `tests/cases/identifiers`."""
    held = json.loads((CASES / name).read_text(encoding="utf-8"))["texts"]
    return tuple(
        Sample(
            key=each["key"],
            text=each["text"],
            expected=tuple(Expected(**one) for one in each["expected"]),
            for_people=tuple(each.get("for_people", ())),
        )
        for each in held
    )


def table(measured: Measured) -> str:
    """The counts as a table of Markdown, a line for each sort."""
    misses, alarms = (Counter(sort for sort, _, _ in each) for each in (measured.missed, measured.alarms))
    lines = ["| sort | to find | missed | false alarms |", "|---|---|---|---|"]
    lines += [f"| {sort} | {measured.asked[sort]} | {misses[sort]} | {alarms[sort]} |" for sort in SORTS]
    lines += [f"| all {measured.texts} texts | {measured.asked.total()} | {misses.total()} | {alarms.total()} |"]
    return "\n".join(
        [*lines, "", f"Texts with nothing to find: {measured.hard}, with an alarm: {measured.alarmed_hard}."]
    )
