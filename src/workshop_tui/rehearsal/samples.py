"""What simulated people say: the shipped stories, and ideas for tell-it-once's "I will know it is working when …"."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from workshop_tui.rehearsal.phone import SampleStory

IDEAS = [
    "nobody asks me for his birth history again",
    "the letter says who to ring and they answer",
    "one person knows all three of us",
    "the therapist comes to school",
    "appointments are on the same day",
    "I can text instead of ringing",
    "the waiting list tells me where I am on it",
    "my son is asked, not only me",
    "I get the report before the meeting",
    "the interpreter is there without my asking",
    "we are not taken off the list without a call",
    "the plan fits on one page",
]


TRIES_THINGS: Final = "V23"
"""The story of somebody who tries what a page or a terminal takes for its own signs."""


def load_stories(path: Path, *, all_of_them: bool = True) -> list[SampleStory]:
    """The sample stories in a file of schema `workshop-tui/sample-stories/1`.

    Args:
        path: The file.
        all_of_them: Else without the one that is there to try what it can break.
    """
    data = msgspec.json.decode(path.read_bytes())
    stories = []
    for each in data["stories"]:
        if each["id"] == TRIES_THINGS and not all_of_them:
            continue
        consent = each["consent"]
        level = consent["level"] if isinstance(consent, dict) else consent
        stories.append(SampleStory(text=each["text"], parts=each.get("structured") or {}, level=level))
    return stories
