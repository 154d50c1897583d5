"""Words are found on the console's reading page by a key, so that the right text is taken back for its owner."""

from __future__ import annotations

import msgspec
import pytest

from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.room import queue

YES = ("s", "up", "enter")


async def stories(here: Sitting, *words: str) -> None:
    await here.join("ana")
    await here.give(cmd.OpenItem(item="i03"))
    for each in words:
        body = msgspec.json.encode({"parts": [["happened", each]], "level": "C2"}).decode()
        await here.tell("ana", body, "i03", "C2")


async def find(here: Sitting, pair: object, words: str) -> None:
    await press(here, pair, "/", *words, "enter")  # type: ignore[arg-type]


async def test_a_key_shows_only_what_holds_some_words_and_empty_shows_all_again() -> None:
    async with sitting() as here:
        await stories(here, "canary in the CORRIDOR", "zeppelin", "a corridor again")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            await find(here, pair, "Corridor")
            found = screen_text(pair[0])
            await press(here, pair, "/", *["backspace"] * 8, "enter")
            again = screen_text(pair[0])

    assert "canary in the CORRIDOR" in found
    assert "a corridor again" in found
    assert "zeppelin" not in found
    assert "2 texts hold “Corridor”, among 1 to 3 of 3." in found
    assert "zeppelin" in again


async def test_what_was_found_is_taken_back_by_its_key_and_another_that_is_sure() -> None:
    async with sitting() as here:
        await stories(here, "canary", "zeppelin")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            await find(here, pair, "canary")
            await press(here, pair, "B")
            assert "Take these words back for their owner?" in screen_text(pair[0])
            await press(here, pair, "y")
            left = screen_text(pair[0])

    assert [row.gone for row in here.room.tables.contributions.values()] == ["withdrawn", ""]
    assert "0 texts hold “canary”" in left


async def test_n_looks_on_where_a_page_ended_and_p_shows_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LOOKED_INTO", 2)
    async with sitting() as here:
        await stories(here, "canary", "zeppelin", "zeppelin")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            await find(here, pair, "canary")
            first = screen_text(pair[0])
            await press(here, pair, "n")
            second = screen_text(pair[0])
            await press(here, pair, "n", "p")
            back = screen_text(pair[0])

    assert "0 texts hold “canary”, among 1 to 2 of 3." in first
    assert "1 text holds “canary”, among 3 to 3 of 3." in second
    assert "among 1 to 2 of 3." in back
