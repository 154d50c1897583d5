"""What simulated people say: the shipped stories, and ideas for tell-it-once's "I will know it is working when …"."""

from __future__ import annotations

from pathlib import Path

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


def load_stories(path: Path) -> list[SampleStory]:
    """The sample stories in a file of schema `workshop-tui/vignettes/1`."""
    data = msgspec.json.decode(path.read_bytes())
    stories = []
    for each in data["stories"]:
        consent = each["consent"]
        level = consent["level"] if isinstance(consent, dict) else consent
        stories.append(SampleStory(text=each["text"], parts=each.get("structured") or {}, level=level))
    return stories
