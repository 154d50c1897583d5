"""Copies of a session that a report is made from: for one process, and never left lying about."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, a_laptop
from workshop_tui.runtime import left_copies, serving
from workshop_tui.runtime.exporting import session_record
from workshop_tui.runtime.passphrases import KeyRing


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with a_laptop(tmp_path) as made:
        yield made


def left_by(laptop: Laptop, pid: int | str) -> Path:
    folder = laptop.runtime / f"copy-{pid}-abcd"
    folder.mkdir(parents=True)
    (folder / "day.workshop").write_bytes(b"a story for nobody")
    return folder


def test_what_a_killed_process_left_goes_and_what_a_living_one_uses_stays(laptop: Laptop) -> None:
    gone, odd, used = left_by(laptop, 2**22 + 1), left_by(laptop, "x"), left_by(laptop, os.getpid())

    left_copies.remove()

    assert [each.exists() for each in (gone, odd, used)] == [False, False, True]


@needs_posix
def test_a_room_that_starts_and_a_report_that_is_made_leave_no_copy(laptop: Laptop) -> None:
    left = left_by(laptop, 2**22 + 1)
    run = laptop.begin()
    assert not left.exists()
    left = left_by(laptop, 2**22 + 1)

    with session_record(Path(run.session_path), KeyRing()) as record:
        assert record.phones == 0
        (mine,) = laptop.runtime.glob("copy-*")
        assert mine.stat().st_mode & 0o077 == 0

    assert list(laptop.runtime.glob("copy-*")) == []


@pytest.mark.parametrize("command", [["list"], ["status"], ["check", "tell-it-once"], ["help", "agenda"]], ids=" ".join)
def test_every_command_removes_what_a_killed_export_left(laptop: Laptop, command: list[str]) -> None:
    left = left_by(laptop, 2**22 + 1)

    laptop.cli(*command)

    assert not left.exists()


async def test_a_running_room_looks_for_it_again_and_again(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MINUTE_S", 0.001)
    looking = asyncio.create_task(serving._keep_tidy())
    for _ in range(2):
        left = left_by(laptop, 2**22 + 1)
        async with asyncio.timeout(20):
            while left.exists():
                await asyncio.sleep(0.001)
    looking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await looking


def test_what_a_killed_export_of_a_locked_session_left_is_locked_as_the_session_is(laptop: Laptop) -> None:
    passphrase = "three blind mice and one"
    run = laptop.begin_locked(passphrase)

    with session_record(Path(run.session_path), KeyRing(passphrase)):
        (copy,) = laptop.runtime.glob("copy-*/*.workshop")
        assert not copy.read_bytes().startswith(b"SQLite format 3")
        assert not [each for each in copy.parent.iterdir() if b"SQLite format 3" in each.read_bytes()]
