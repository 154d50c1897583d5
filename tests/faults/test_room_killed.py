"""`kill -9` of the room at random moments while forty phones send: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import time
from pathlib import Path

import pytest

from tests.runtime.file_reader import Kept, read_file
from tests.runtime.laptop import Laptop, a_laptop, give, look, wait_until_gone
from tests.runtime.wire import WirePhone, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Bars
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.runtime.running import RunFile

pytestmark = pytest.mark.plain_only("a room is given no key from outside yet")

KILLS = 12
PHONES = 40
OPTIONS = "abcd"
ROUND = "i01.1"
SLACK_MS = 2_000


class Sender:
    """One phone in the crowd and what it knows: what was acknowledged, and what it never heard about."""

    def __init__(self, phone: WirePhone, chance: random.Random) -> None:
        self.phone = phone
        self._chance = chance
        self.vote: tuple[str, str] | None = None
        """(submission id, option) of the last vote that was acknowledged."""
        self.votes = 0
        """How many votes were acknowledged."""
        self.stories: dict[str, str] = {}
        """Acknowledged stories by submission id."""
        self.open_vote: tuple[str, str] | None = None
        self.open_story: tuple[str, str] | None = None
        self._told = 0

    async def send_until_the_link_breaks(self) -> None:
        """Votes, changes of votes and stories, one after the other, as fast as answers come."""
        try:
            while True:
                if self._told < 18 and self._chance.random() < 0.2:
                    self._told += 1
                    sid = _sid(self._chance)
                    self.open_story = (sid, f"Told once “{sid}”, by a person with “quotes” & <b>signs</b> ✓")
                    await self.send_story()
                else:
                    self.open_vote = (_sid(self._chance), self._chance.choice(OPTIONS))
                    await self.send_vote()
        except OSError:
            return

    async def send_vote(self) -> None:
        """Send the vote nobody has answered yet until somebody does."""
        assert self.open_vote is not None
        sid, option = self.open_vote
        while (reply := await self.phone.vote(option, sid)).status != 200:
            assert reply.status in (429, 503), reply.text
            await asyncio.sleep(0.05)
        self.vote, self.open_vote = self.open_vote, None
        self.votes += 1

    async def send_story(self) -> None:
        """Send the story nobody has answered yet until somebody does."""
        assert self.open_story is not None
        sid, words = self.open_story
        while (reply := await self.phone.tell(words, sid)).status != 200:
            assert reply.status in (429, 503), reply.text
            await asyncio.sleep(0.05)
        self.stories[sid] = words
        self.open_story = None

    async def send_again(self) -> None:
        """After the room came back: the same words under the same id, as the phone's script does."""
        if self.open_vote is not None:
            await self.send_vote()
        if self.open_story is not None:
            await self.send_story()


@pytest.mark.timeout(180)
async def test_a_room_killed_in_the_middle_of_a_burst_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    seed = int(os.environ.get("WORKSHOP_TUI_SEED") or secrets.randbelow(1 << 32))
    print(f"to see the same kills again: WORKSHOP_TUI_SEED={seed}")
    chance = random.Random(seed)
    with a_laptop(tmp_path) as laptop:
        run = laptop.begin()
        session = Path(run.session_path)
        give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""), cmd.OpenItem(item="i02", vote="keep"))
        async with phones(run, PHONES) as joined:
            crowd = [Sender(phone, random.Random(f"{seed}/{number}")) for number, phone in enumerate(joined)]
            for _ in range(KILLS):
                before = look(run)
                killed_ms = await _kill_during_a_burst(laptop, run, crowd, chance.uniform(0.05, 0.5))
                left_behind = read_file(session, tmp_path / "scratch")
                _all_acknowledged_words_are_there_once(left_behind, crowd)
                started_ms = _now_ms()
                run = await asyncio.to_thread(laptop.resume, session)
                _the_room_stands_where_it_stood(before, look(run), left_behind.alive_ms, killed_ms, started_ms)
                _the_tally_is_a_recount(run, left_behind)
                await asyncio.gather(*(sender.send_again() for sender in crowd))
        give(run, cmd.OpenItem(item="i01", vote="keep"))
        laptop.stop(run)
        kept = read_file(session, tmp_path / "scratch")

    assert kept.in_order
    _all_acknowledged_words_are_there_once(kept, crowd)
    assert len(kept.stories) == sum(len(sender.stories) for sender in crowd) > 0
    assert sum(kept.counts(ROUND).values()) == sum(sender.vote is not None for sender in crowd) > 0


async def _kill_during_a_burst(laptop: Laptop, run: RunFile, crowd: list[Sender], after_s: float) -> int:
    """Returns the wall clock at the kill."""
    burst = [asyncio.create_task(sender.send_until_the_link_breaks()) for sender in crowd]
    await asyncio.sleep(after_s)
    laptop.strike(run)
    killed_ms = _now_ms()
    await asyncio.gather(*burst)
    await asyncio.to_thread(wait_until_gone, run.pid)
    return killed_ms


def _all_acknowledged_words_are_there_once(kept: Kept, crowd: list[Sender]) -> None:
    written = {sid: json.loads(body)["parts"] for sid, body, _ in kept.stories}
    assert len(written) == len(kept.stories)
    sent: set[str] = set()
    for sender in crowd:
        for sid, words in sender.stories.items():
            assert written[sid] == [["what_happened", words]]
        sent.update(sender.stories)
        if sender.open_story is not None:
            sid, words = sender.open_story
            assert written.get(sid) in (None, [["what_happened", words]])
            sent.add(sid)
        _the_ballot_is_the_last_one_sent(kept, sender)
    assert set(written) <= sent
    assert len(kept.ballots.get(ROUND, {})) <= len(crowd)


def _the_ballot_is_the_last_one_sent(kept: Kept, sender: Sender) -> None:
    ballot = kept.ballot(ROUND, sender.phone.token)
    may_be: list[tuple[str, int, bytes] | None] = []
    if sender.vote is not None:
        may_be.append(_row(kept, sender.vote, sender.votes))
    else:
        may_be.append(None)
    if sender.open_vote is not None:
        may_be.append(_row(kept, sender.open_vote, sender.votes + 1))
    assert ballot in may_be


def _row(kept: Kept, vote: tuple[str, str], revision: int) -> tuple[str, int, bytes]:
    sid, option = vote
    choice = f'{{"option":"{option}"}}'
    return (choice, revision, kept.receipt(ROUND, sid, choice))


def _the_room_stands_where_it_stood(
    before: Snapshot, after: Snapshot, alive_ms: int, killed_ms: int, started_ms: int
) -> None:
    assert before.here is not None
    assert after.here is not None
    assert after.here.item == before.here.item
    assert after.here.running
    assert after.boot_id != before.boot_id
    # The time without a room does not count; the room last noted the time shortly before it was killed.
    assert abs(killed_ms - alive_ms) <= SLACK_MS
    left_ms = before.here.left_ms - (alive_ms - before.now)
    running_again_ms = after.now - started_ms
    assert left_ms - running_again_ms - 1 <= after.here.left_ms <= left_ms + 1


def _the_tally_is_a_recount(run: RunFile, left_behind: Kept) -> None:
    give(run, cmd.OpenItem(item="i01", vote="keep"))
    seen = look(run, peek=True)
    counted = left_behind.counts(ROUND)
    assert seen.result is not None
    assert seen.round is not None
    bars = next(block for block in seen.result if isinstance(block, Bars))
    assert {bar.letter.lower(): bar.value for bar in bars.bars if bar.value} == dict(counted)
    assert seen.round.answered == sum(counted.values())
    give(run, cmd.OpenItem(item="i02", vote="keep"))


def _sid(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
