"""A story that says it is not to be shown stands first of all that is to be read, until somebody has read it."""

from __future__ import annotations

from tests.web.pages_seen import text_of
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.room.queue import queue_page, waiting

ASKS = "Please don't put this on the screen."


async def told(house: House, *stories: str) -> list[str]:
    await house.give(cmd.OpenItem(item="i03"))
    for words in stories:
        phone = await house.phone()
        await phone.post("/say/i03", {"what_happened": words, "level": "C3", "step": "send"})
    return list(house.room.tables.contributions)


async def test_it_is_unread_and_first_with_what_was_found_until_it_is_marked_as_read() -> None:
    async with a_house() as house:
        first, asks, last = await told(house, "One", ASKS, "Three")

        for which in ("unread", "all"):
            page = queue_page(house.room, which, 0, 10)  # type: ignore[arg-type]
            assert [entry.key for entry in page.entries] == [asks, last, first]
            assert page.total == 3
        assert [entry.key for entry in queue_page(house.room, "unread", 1, 10).entries] == [last, first]
        (entry,) = queue_page(house.room, "on_hold", 0, 10).entries
        assert [str(line)[:9] for line in entry.wishes] == ["READ NOW:", "This list"]
        assert waiting(house.room).unread == 3

        await house.give(cmd.Moderate(contribution=asks, handling="read"))

        assert [entry.key for entry in queue_page(house.room, "unread", 0, 10).entries] == [last, first]
        assert waiting(house.room).unread == 2


async def test_the_teller_is_told_before_sending_that_their_words_count() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()

        check = text_of((await phone.post("/say/i03", {"what_happened": ASKS, "level": "C4", "step": "check"})).text)

        assert "You wrote that you do not want it shown. That counts, whatever you chose." in check
        assert "This room, but not my words." in check
        assert "Everyone." not in check
