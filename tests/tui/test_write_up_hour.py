"""Two hundred stories and three hundred ideas are worked through with the keyboard within an hour."""

from __future__ import annotations

import json
from itertools import count, cycle, islice
from pathlib import Path

from textual import events

from tests.sessions import an_agenda, item
from tests.tui.desk_room import console, press, settle, sitting
from tests.tui.test_reading_queue import an_idea, story
from workshop_tui.domain import commands as cmd
from workshop_tui.limits import STORY_LETTERS
from workshop_tui.tui.screens.evidence import EvidenceScreen

SAMPLES = Path(__file__).parents[2] / "sessions" / "sample-stories.json"
STORIES, IDEAS, HOUR = 200, 300, 3_600
POINTS = {
    "phone": "Ringing takes many tries", "bus": "Getting there without a car is hard", "wait": "Waits are long",
    "letter": "Letters are hard to read", "night": "Nights are the worst hours", "school": "Schools are not told",
    "form": "People tell it again and again", "": "Other things that were said",
}  # fmt: skip
"""What is searched for, and the point that rests on it; at last the point for all that is left."""


async def test_five_hundred_texts_are_tied_to_points_in_fewer_presses_than_an_hour_has_seconds() -> None:
    said = [each["text"][: STORY_LETTERS // 2] for each in json.loads(SAMPLES.read_text("utf-8"))["stories"]]
    agenda = an_agenda(item(1), item(2), item(3, kind="vignette"), item(4, kind="ideas"))
    presses = 0
    async with sitting(agenda) as here:
        people = [f"p{n}" for n in range(STORIES)]
        await here.join(*people)
        await here.give(cmd.OpenItem(item="i03"))
        for number, (who, words) in enumerate(zip(people, islice(cycle(said), STORIES), strict=True)):
            await story(here, who, f"{words} ({number})")
        await here.give(cmd.OpenItem(item="i04"))
        for number, (who, word) in enumerate(zip(cycle(people), islice(cycle(POINTS), IDEAS), strict=False)):
            await an_idea(here, who, f"Do something about {word or 'it'} {number}")
        texts = set(here.room.tables.contributions)
        assert len(texts) == STORIES + IDEAS

        async with console(here, (100, 40)) as pair:

            async def keys(*names: str) -> None:
                nonlocal presses
                presses += len(names)
                await press(here, pair, *names)

            async def typed(words: str) -> None:
                """Each letter is a press; they are put in at once, as that is all the same to what is played."""
                nonlocal presses
                presses += len(words)
                pair[0].screen.focused.post_message(events.Paste(words))  # type: ignore[union-attr]
                await settle(here, *pair)

            def shown() -> int:
                assert isinstance(pair[0].screen, EvidenceScreen)
                return len(pair[0].screen._page.lines)

            await keys("4", "up", "enter")
            for number, (word, point) in enumerate(POINTS.items()):
                await keys("a")
                await typed(point)
                await keys("ctrl+s", "end", "enter", "f")
                if word:
                    await keys("slash")
                    await typed(word)
                    await keys("enter")
                for page in count():
                    if not shown():
                        break
                    # Not every text that holds a word is meant: each is looked at, and one is left for later.
                    if word and not page:
                        await keys("asterisk", "space", "t")
                    else:
                        await keys("asterisk", "t")
                    if word and shown() == 1:
                        break
                await keys("escape")
                assert len(here.room.tables.notes) == number + 1
            last = [tie for note in here.room.tables.notes for tie in here.room.tables.kept_ties(note.key)]
            assert {tie.ref for tie in last} == texts
            await keys("u")
            tied = [tie for note in here.room.tables.notes for tie in here.room.tables.kept_ties(note.key)]
            assert len(last) - 20 <= len(tied) < len(last)

    # Besides, each text is read once, with a press to come to it.
    assert presses + len(texts) <= HOUR
