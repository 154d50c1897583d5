"""Prints what is found and missed: `python -m tests.identifiers`. docs/identifiers.md has what this prints."""

from __future__ import annotations

from tests.identifiers.made import hard, samples
from tests.identifiers.measuring import measure, read, table

SETS = (
    ("Sample stories", read("vignettes.json")),
    ("Sentences made from the rules", (*samples(), *hard())),
    ("Texts by another hand, the first", read("first_hand.json")),
    ("Texts by another hand, the second", read("second_hand.json")),
)

for title, texts in SETS:
    measured = measure(texts)
    print(f"## {title}\n\n{table(measured)}\n")
    for heading, listed in (("missed", measured.missed), ("false alarm", measured.alarms)):
        for sort, key, said in listed:
            print(f"{heading}: {sort}: {said!r} ({key})")
    print()
