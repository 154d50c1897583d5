"""A story of one letter, of ten thousand in any script, and of ten thousand lines: kept as it was written."""

from __future__ import annotations

import gzip

import msgspec
import pytest

from tests.web.pages_seen import text_of, value_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.limits import STORY_LETTERS

SCRIPTS = {
    "one letter": "x",
    "one emoji": "\U0001f44d",
    "Latin": "I rang nine times. ",
    "Urdu": "\u0645\u06cc\u06ba \u0646\u06d2 \u0641\u0648\u0646 \u06a9\u06cc\u0627\u06d4 ",
    "Bengali": "\u0986\u09ae\u09bf \u09ab\u09cb\u09a8 \u0995\u09b0\u09c7\u099b\u09bf\u0964 ",
    "Chinese": "\u6211\u6253\u4e86\u4e5d\u6b21\u7535\u8bdd\u3002",
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "lines": "a\nb\n\n",
}


def story_of(script: str) -> str:
    """As much of a script as a story holds; the shortest ones once."""
    piece = SCRIPTS[script]
    whole = piece if script.startswith("one") else (piece * STORY_LETTERS)[:STORY_LETTERS]
    # What stands at the end of a text alone is no letter of it.
    return whole.rstrip().rstrip("\u200d")


async def told(house: House, phone: Phone, words: str, **fields: str) -> str:
    """A story through its check page, as a browser without our script sends it; gives what is kept."""
    await house.give(cmd.OpenItem(item="i03"))
    check = await phone.post("/say/i03", {"what_happened": words, "level": "C2", "step": "check", **fields})
    assert check.status_code == 200
    assert words.split("\n", 1)[0] in text_of(check.text)
    again = value_of(check.text, "what_happened")
    sent = await phone.post("/say/i03", {"what_happened": again, "level": "C2", "step": "send", **fields})
    assert sent.status_code == 303
    (row,) = house.room.tables.contributions.values()
    return str(msgspec.json.decode(row.body)["parts"][0][1])


@pytest.mark.parametrize("script", SCRIPTS)
async def test_a_story_in_any_script_is_kept_as_it_was_written(script: str) -> None:
    async with a_house() as house:
        words = story_of(script)

        assert await told(house, await house.phone(), words) == words


async def test_one_letter_more_is_refused_with_every_letter_still_there() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        words = "x" * (STORY_LETTERS + 1)

        refused = await (await house.phone()).post("/say/i03", {"what_happened": words, "level": "C2", "step": "check"})

        assert refused.status_code == 422
        assert value_of(refused.text, "what_happened").strip() == words
        assert not house.room.tables.contributions


async def test_the_page_that_shows_it_once_more_is_no_heavier_than_its_words_make_it() -> None:
    """Its words stand on that page three times: to be read, to be sent, and to be changed. Nothing else grows with it.

    Later pages of other sorts stay below 3,000 bytes; this one is bounded by what its own teller wrote.
    """
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()

        async def weight(words: str) -> int:
            check = await phone.post("/say/i03", {"what_happened": words, "level": "C2", "step": "check"})
            return len(gzip.compress(check.content))

        words = story_of("Urdu")
        assert await weight("x") <= 3_000
        assert await weight(words) - await weight("x") <= 3 * len(words.encode())
