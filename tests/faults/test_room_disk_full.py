"""A full disk and a slow one, under a running room: phones keep their words, and the room comes back by itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.lab.replay import read_log
from tests.platforms import needs_linux
from tests.runtime.file_reader import read_file
from tests.runtime.laptop import Laptop, a_laptop, give, look
from tests.runtime.wire import Reply, WirePhone, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime.running import RunFile

resource = pytest.importorskip("resource", reason="Windows has no quotas for a process")
pytestmark = [needs_linux, pytest.mark.plain_only("a room is given no key from outside yet")]

TINY = 1 << 20
"""Bytes of the small disk: a new session file takes about an eighth of it."""

VOTES = 300
COMMITS = 20
"""More than the two or three commits that 300 votes at once need, and far fewer than one each."""


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with a_laptop(tmp_path) as laptop:
        yield laptop


class SmallDisk:
    """A disk of its own that is soon full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, run: RunFile) -> None:
        """Take every byte that is left."""
        del run
        with self._ballast.open("wb", buffering=0) as file:
            for size in (4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)
        assert shutil.disk_usage(self.folder).free == 0

    def free(self, run: RunFile) -> None:
        """Give it all back."""
        del run
        self._ballast.unlink()


class NoLongerFiles:
    """What a quota does: files may not become longer. SQLite reports it as another error than a full disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, run: RunFile) -> None:
        """Let no file of the room grow."""
        log = Path(f"{run.session_path}-wal")
        resource.prlimit(run.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, self._before[1]))

    def free(self, run: RunFile) -> None:
        """Let them grow again."""
        resource.prlimit(run.pid, resource.RLIMIT_FSIZE, self._before)


Disk = SmallDisk | NoLongerFiles


@pytest.fixture(params=["full", "quota"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """Two ways in which there is no more room for a file."""
    folder = tmp_path / "small disk"
    folder.mkdir()
    if request.param == "quota":
        yield NoLongerFiles(folder)
        return
    command = ["mount", "-t", "tmpfs", "-o", f"size={TINY},mode=0700", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk needs the right to mount one: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def test_on_a_full_disk_phones_keep_their_words_and_the_room_recovers_by_itself(
    laptop: Laptop, disk: Disk, tmp_path: Path
) -> None:
    session = disk.folder / "day.workshop"
    run = laptop.begin(session_path=str(session))
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""), cmd.OpenItem(item="i02", vote="keep"))
    async with phones(run, 2) as (ana, ben):
        assert (await ana.tell("before the disk was full", "a" * 32)).status == 200
        disk.fill(run)

        _is_told_to_keep_the_words(await ana.tell("sent again and again", "c" * 32))
        fields = {"what_happened": "typed without a script", "level": "C2", "step": "send", "sid": "b" * 32}
        page = await ben.post("/say/i02", fields, script=False)
        assert page.status == 503
        assert page.headers["retry-after"].isdigit()
        assert "typed without a script" in page.text
        assert fields["sid"] in page.text, "the same words are tried again under the same id"
        assert "full" in ENGLISH.text(look(run).fault)
        assert "NOT SAVED" in laptop.cli("status").stdout
        assert (await ana.see()).status == 200, "pages can still be read"

        disk.free(run)
        assert (await _send_until_kept(ana, "sent again and again", "c" * 32)).status == 200
        assert look(run).fault == ""
        for _ in range(2):
            assert (await ana.tell("sent again and again", "c" * 32)).status == 200
        assert (await ben.vote("b", "d" * 32)).status == 200
        assert look(run).waiting.unread == 2
    laptop.stop(run)

    kept = read_file(session, tmp_path / "scratch")
    assert [sid for sid, _, _ in kept.stories] == ["a" * 32, "c" * 32]
    assert kept.counts("i01.1") == {"b": 1}
    assert kept.in_order


@pytest.mark.skipif(bool(shim.missing()), reason=shim.missing())
async def test_three_hundred_votes_at_once_on_a_slow_disk_share_a_few_commits(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("LD_PRELOAD", str(shim.build(tmp_path)))
    monkeypatch.setenv("FAULT_MATCH", "day.workshop")
    monkeypatch.setenv("FAULT_SYNC_DELAY_MS", "20")
    monkeypatch.setenv("FAULT_LOG", str(log))
    run = laptop.begin()
    monkeypatch.delenv("LD_PRELOAD")
    # The timer stands, so that nothing but the votes is written.
    give(run, cmd.OpenItem(item="i01"), cmd.PauseTimer(), cmd.OpenVote(key=b""))
    async with phones(run, VOTES) as crowd:
        before = _syncs(log)
        # The room holds its breath until every vote is on its way: they do arrive at once, however slow we are.
        os.kill(run.pid, signal.SIGSTOP)
        votes = [asyncio.create_task(phone.vote("abcd"[n % 4], f"{n:032x}")) for n, phone in enumerate(crowd)]
        while any(not phone.wire.waits for phone in crowd):
            await asyncio.sleep(0)
        os.kill(run.pid, signal.SIGCONT)
        replies = await asyncio.gather(*votes)
        commits = _syncs(log) - before

    assert {reply.status for reply in replies} == {200}
    assert 1 <= commits <= COMMITS
    seen = look(run)
    assert seen.round is not None
    assert seen.round.answered == VOTES
    laptop.kill(run)
    assert sum(read_file(Path(run.session_path), tmp_path / "scratch").counts("i01.1").values()) == VOTES


def _is_told_to_keep_the_words(reply: Reply) -> None:
    assert reply.status == 503, reply.text
    said = json.loads(reply.body)["error"]
    assert "Keep your words" in said
    assert "disk" not in said, "why is for the facilitator, not for the room"
    assert 1 <= int(reply.headers["retry-after"]) <= 10


async def _send_until_kept(phone: WirePhone, words: str, sid: str) -> Reply:
    """As the phone's script does: wait a little, send the same again."""
    async with asyncio.timeout(30):
        while (reply := await phone.tell(words, sid)).status == 503:
            await asyncio.sleep(0.25)
    return reply


def _syncs(log: Path) -> int:
    return sum(operation.kind == "S" for operation in read_log(log))
