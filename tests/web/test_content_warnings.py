"""A content warning comes before its story, on the big screen and on phones, and only a key or a tap goes on."""

from __future__ import annotations

import pytest

from tests.web.pages_seen import text_of
from tests.web.phones import House, a_house
from tests.web.test_screen import a_wall
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import CommandRefused


async def told(house: House, words: str, *warnings: str) -> str:
    """A story that was approved, with what it speaks of; its key."""
    phone = await house.phone()
    await house.give(cmd.OpenItem(item="i03"))
    before = set(house.room.tables.contributions)
    await phone.post("/say/i03", {"what_happened": words, "level": "C2", "go": "send"})
    (key,) = set(house.room.tables.contributions) - before
    await house.give(cmd.Moderate(contribution=key, handling="approved"), cmd.Warn(contribution=key, warnings=warnings))
    return key


async def test_the_screen_says_what_it_speaks_of_and_waits_for_a_key_before_its_words_are_even_sent() -> None:
    async with a_wall() as (house, wall):
        key = await told(house, "CANARY", "suicide", "abuse")

        first = await wall.show("story", key)
        house.clock.pass_s(3600)
        later = await wall.part()
        await house.give(cmd.TurnScreen(by=1))
        story = await wall.part()
        await house.give(cmd.TurnScreen(by=-1))
        back = await wall.part()

        for part in (first, later, back):
            assert "This speaks of suicide and abuse." in text_of(part)
            assert "You can step out now" in text_of(part)
            assert "CANARY" not in part
        assert "CANARY" in story
        assert 'data-turn="0"' in story
        with pytest.raises(CommandRefused, match="nothing before it"):
            await house.give(cmd.TurnScreen(by=-1))


async def test_a_story_without_one_is_shown_at_once() -> None:
    async with a_wall() as (house, wall):
        key = await told(house, "CANARY", "abuse")
        await house.give(cmd.Warn(contribution=key, warnings=()))

        assert "CANARY" in await wall.show("story", key)


async def test_showing_it_again_begins_with_the_warning_again() -> None:
    async with a_wall() as (house, wall):
        key = await told(house, "CANARY", "abuse")
        await wall.show("story", key)
        await house.give(cmd.TurnScreen(by=1))
        await wall.show("blank")
        await house.give(cmd.Undo())

        assert "CANARY" not in await wall.part()


async def test_a_phone_offers_to_read_it_later_or_to_step_out_and_folds_it_away() -> None:
    async with a_house() as house:
        await told(house, "CANARY", "abuse")
        phone = await house.phone()

        page = (await phone.see("/stories")).text
        out = (await phone.see("/out")).text

        before, _, folded = page.partition("<details>")
        assert "CANARY" not in before
        assert "This speaks of abuse." in before
        assert 'href="/now"' in before
        assert 'href="/out"' in before
        assert "CANARY" in folded
        assert "You need not say why." in text_of(out)


async def test_in_a_pause_a_phone_shows_nobodys_words() -> None:
    async with a_house() as house:
        await told(house, "CANARY", "abuse")
        await house.give(cmd.PauseRoom())
        phone = await house.phone()

        answer = await phone.see("/stories")

        assert answer.headers.get("location", "") == "/now" or "CANARY" not in answer.text
