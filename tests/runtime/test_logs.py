"""A log tells what the room did, never what people said, who they are or where they are."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop, give, queue
from tests.runtime.wire import Wire, WirePhone, desk_wire, phone_wire, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime.running import RunFile

STORY = "canary story told by Ana of Fernbrook Road"
PRIVATE = "canary private words about a wheelchair"
NOTE = "canary note of the facilitator"
TYPED = "canary code typed by mistake"
SID = "c0ffee" + "0" * 26


async def test_no_words_no_token_and_no_address_are_in_any_log(
    laptop: Laptop, capfd: pytest.CaptureFixture[str]
) -> None:
    run = laptop.begin()
    async with phones(run, 2) as (ana, ben):
        await _a_whole_evening(run, ana, ben)
        await _everything_that_can_go_wrong(laptop, run, ana)
        tokens = [ana.token, ben.token, run.token, run.screen_url.rpartition("=")[2]]
    laptop.kill(run)
    laptop.stop(laptop.resume(run.session_path))

    logs = _written_beside_the_session(laptop, run)
    assert any(b"serving" in text for text in logs.values()), "there is no log to look into"
    forbidden = [STORY, PRIVATE, NOTE, TYPED, SID, "Fernbrook", "wheelchair", *tokens]
    for path, text in logs.items():
        for words in forbidden:
            assert words.encode() not in text, f"{words!r} is in {path.name}"
        assert b"127.0.0.1" not in text, f"an address is in {path.name}"
    out, err = capfd.readouterr()
    assert not any(words in out + err for words in forbidden)


async def _a_whole_evening(run: RunFile, ana: WirePhone, ben: WirePhone) -> None:
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    assert (await ana.vote("a", SID)).status == 200
    give(run, cmd.OpenItem(item="i02", vote="close"))
    assert (await ana.tell(STORY, "1" * 32)).status == 200
    give(run, cmd.Moderate(contribution=queue(run).entries[0].key, handling="approved"))
    give(run, cmd.AddNote(key="n1", kind="concern", text=NOTE))
    give(run, cmd.OpenItem(item="i03"))
    private = await ben.post("/say/i03", {"words": PRIVATE, "sid": "2" * 32})
    assert private.status == 200


async def _everything_that_can_go_wrong(laptop: Laptop, run: RunFile, ana: WirePhone) -> None:
    """What a log is most likely to quote: refusals, junk, broken links, and a disk that fails."""
    await ana.tell(STORY * 200, "3" * 32, item="i03")
    await ana.post("/say/i99", {"words": PRIVATE, "sid": "4" * 32})
    await ana.post("/vote/i01.1", {"choice": STORY, "sid": "5" * 32})
    stranger = phone_wire(run)
    form = {"content-type": "application/x-www-form-urlencoded"}
    await stranger.ask("POST", "/join", form, f"code={TYPED}".encode())
    await stranger.ask("GET", f"/J/{TYPED.replace(' ', '%20')}")
    await stranger.ask("POST", "/say/i03", {**form, "cookie": "ws=" + "x" * 43}, PRIVATE.encode())
    with contextlib.suppress(OSError):
        await stranger.ask("GET", "/" + STORY.replace(" ", "%20"), {"host": "evil.example"})
    await _raw(run, f"GET /{TYPED} HTTP/1.1\r\nhost\r\n\r\n{STORY}".encode())
    await _raw(run, f"POST /say/i03 HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 999\r\n\r\n{STORY}".encode())
    desk = desk_wire(run)
    for body in (json.dumps({"type": "add_note", "text": NOTE}).encode(), NOTE.encode(), b"[" * 9_000 + NOTE.encode()):
        await _command(desk, run, body)
    await desk.close()
    await stranger.close()
    # The file is moved away under the room: what fails then must not be quoted either.
    session = Path(run.session_path)
    session.rename(session.with_suffix(".moved"))
    async with asyncio.timeout(20):
        while (await ana.post("/say/i03", {"words": PRIVATE, "sid": os.urandom(16).hex()})).status in (200, 429):
            await asyncio.sleep(0.1)
    session.with_suffix(".moved").rename(session)


async def _command(desk: Wire, run: RunFile, body: bytes) -> None:
    await desk.ask("POST", "/control/command", {"authorization": f"Bearer {run.token}"}, body)


async def _raw(run: RunFile, said: bytes) -> None:
    """Say something that is no request, and hang up in the middle."""
    place = run.join_url.lower().removeprefix("http://").partition("/")[0]
    address, _, port = place.partition(":")
    _, writer = await asyncio.open_connection(address, int(port))
    writer.write(said)
    await writer.drain()
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _written_beside_the_session(laptop: Laptop, run: RunFile) -> dict[Path, bytes]:
    """Every file of this laptop but the session itself, its copies and the agenda."""
    session = Path(run.session_path)
    return {
        path: path.read_bytes()
        for path in laptop.folder.rglob("*")
        if path.is_file() and session.name not in path.name and path.suffix not in (".json", ".toml", session.suffix)
    }
