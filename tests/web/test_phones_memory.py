"""What was said and is gone is gone from the memory of the room and its pages, at once and without being asked for."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes import FakeClock
from tests.sessions import an_agenda, an_info, item, options
from tests.web.phones import HOST, Phone
from tests.web.reachable import product, texts
from workshop_tui.domain import commands as cmd
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.desk import Addresses
from workshop_tui.room.room import Room
from workshop_tui.storage.session_file import create, open_existing
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.phone.phones import COOKIE
from workshop_tui.web.screen.screen import BigScreen, ScreenPresence

ADDRESSES = Addresses(
    boot_id="b", session_path="/s.workshop", join_url=f"http://{HOST}/J/KDMP", screen_url="", host_url=""
)


class Held:
    """A room over a real file, its pages and its screen.

    Args:
        folder: Where the session file is, or is to be.
    """

    def __init__(self, folder: Path) -> None:
        agenda = an_agenda(
            item(1, kind="questions"), item(2, kind="vignette"), item(3, kind="private"),
            item(4, kind="single", options=options("Phones", "Letters")),
        )  # fmt: skip
        path = folder / "day.workshop"
        store = open_existing(path) if path.exists() else create(path, an_info(agenda), b"", b"s" * 32)
        self.room = Room(store, store.load(), KINDS, FakeClock())
        self.app = participants_app(self.room, PhoneSettings(hosts=frozenset({HOST}), words_burst=100))
        self.screen = BigScreen(self.room, ADDRESSES, ScreenPresence())

    async def give(self, *commands: cmd.Command) -> None:
        for command in commands:
            await self.room.submit(command)

    def holds(self, marks: Collection[str]) -> set[str]:
        """Which of some marks, given backwards so that asking plants none, are in any text."""
        wanted = {mark: mark[::-1].encode() for mark in marks}
        found = list(texts([self.room, self.app, self.screen, *product()]))
        return {mark for mark, canary in wanted.items() if any(canary in each for each in found)}


@asynccontextmanager
async def held(folder: Path) -> AsyncIterator[Held]:
    made = Held(folder)
    await made.room.start()
    try:
        yield made
    finally:
        await made.room.close()


def mark() -> str:
    """A canary, backwards; without digits, of which some would be somebody's telephone number."""
    return "".join(secrets.choice("bcdfgh") for _ in range(16))


async def say(phone: Phone, path: str, field: str, backwards: str, **more: str) -> None:
    answer = await phone.post(path, {field: backwards[::-1], **more})
    assert answer.status_code == 303


async def test_words_taken_back_are_in_no_memory_though_nobody_looks_again(tmp_path: Path) -> None:
    async with held(tmp_path) as house:
        phone, other = await Phone(house.app).join(), await Phone(house.app).join()
        question, story = mark(), mark()
        await house.give(cmd.OpenItem(item="i02"))
        await say(phone, "/say/i02", "what_happened", story, level="C1", step="send")
        (story_key,) = house.room.tables.contributions
        await house.give(cmd.Retell(contribution=story_key, words="Somebody waited"))
        await house.give(cmd.OpenItem(item="i01"))
        await say(phone, "/say/i01", "question", question)
        question_key = list(house.room.tables.contributions)[-1]
        await house.give(cmd.Moderate(contribution=question_key, handling="approved"), cmd.SetScreen(mode="results"))
        for path in ("/now", "/stories", "/sent", f"/sent/{story_key}"):
            await other.see(path)
            await phone.see(path)
        assert question[::-1] in house.screen.draw()
        assert house.holds([question, story]) == {question, story}
        proof = phone.proof

        for key in (story_key, question_key):
            assert (await phone.post(f"/sent/{key}", {"csrf": proof})).status_code == 303

        assert house.holds([question, story]) == set()


async def test_words_for_the_day_are_in_no_memory_once_the_write_up_is_finished(tmp_path: Path) -> None:
    async with held(tmp_path) as house:
        phone = await Phone(house.app).join()
        private, nobody, told, kept = mark(), mark(), mark(), mark()
        await house.give(cmd.OpenItem(item="i03"))
        await say(phone, "/say/i03", "words", private)
        await house.give(cmd.OpenItem(item="i02"))
        for words, level in ((nobody, "C0"), (told, "C1"), (kept, "C3")):
            await say(phone, "/say/i02", "what_happened", words, level=level, step="send")
        for row in list(house.room.tables.contributions.values()):
            handling: cmd.Handling = "approved" if row.consent == "C3" else "read"
            await house.give(cmd.Moderate(contribution=row.key, handling=handling))
        for path in ("/now", "/stories", "/sent", "/sent?from=1"):
            await phone.see(path)
        house.screen.draw()
        assert house.holds([private, nobody, told, kept]) == {private, nobody, told, kept}

        await house.give(cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        assert house.holds([private, nobody, told, kept]) == {kept}


async def test_the_token_of_who_left_is_in_no_memory(tmp_path: Path) -> None:
    async with held(tmp_path) as house:
        phone = await Phone(house.app).join()
        token = phone.http.cookies[COOKIE][::-1]
        await phone.see("/now")
        assert house.holds([token]) == {token}

        await phone.post("/leave")

        assert house.holds([token]) == set()


async def test_a_room_that_was_started_again_lets_go_of_what_it_read_from_its_file(tmp_path: Path) -> None:
    words, option = mark(), mark()
    async with held(tmp_path) as house:
        phone = await Phone(house.app).join()
        await house.give(cmd.OpenItem(item="i03"))
        await say(phone, "/say/i03", "words", words)
        await house.give(cmd.SkipItem(item="i04", reason=option[::-1]), cmd.RestoreItem(item="i04"))
    async with held(tmp_path) as house:
        assert house.holds([words, option]) == {words, option}

        await house.give(cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        # What a line of the journal is about lives as long as the file, which the store could write again.
        assert house.holds([words, option]) == {option}
