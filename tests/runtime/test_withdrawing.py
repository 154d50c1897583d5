"""Words are taken back after the room ended: by their code or by what they say, and no byte of them stays."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop, give
from tests.runtime.wire import WirePhone, phone_wire
from tests.web.pages_seen import code_in
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime import cycle_files, exporting
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.storage.records import read_record

CANARY = "qcanary told nine people his story"
OTHER = "qother words that stay"
PASSPHRASE = "three blind mice again"


def told(run: RunFile, *stories: str, level: str = "C2") -> list[str]:
    """Tell stories in a running room, each from a phone of its own; gives their codes."""
    give(run, cmd.OpenItem(item="i02"))

    async def tell() -> list[str]:
        codes = []
        for words in stories:
            wire = phone_wire(run)
            phone = await WirePhone(wire, path_of(run)).join()
            sent = await phone.tell(words, secrets.token_hex(16), level=level)
            assert sent.status == 200
            codes.append(code_in((await phone.see(str(sent.json["location"]))).text))
            await wire.close()
        return codes

    return asyncio.run(tell())


def path_of(run: RunFile) -> str:
    return "/J/" + run.join_url.rpartition("/")[2]


def on_disk(folder: Path, words: str) -> list[Path]:
    """Every file below a folder that has these words in any byte of it."""
    return [each for each in sorted(folder.rglob("*")) if each.is_file() and words.encode() in each.read_bytes()]


def test_a_story_is_taken_back_by_its_code_the_next_day_and_no_byte_of_it_stays(laptop: Laptop) -> None:
    run = laptop.begin()
    session = Path(run.session_path)
    code, _ = told(run, CANARY, OTHER)
    laptop.stop(run)
    exported = laptop.cli("export", session, "--only", "session.json")
    assert exported.returncode == 0, exported.stderr
    assert on_disk(laptop.folder, CANARY)

    done = laptop.cli("withdraw", session, code.lower().replace(" ", "-"), "--yes")

    assert done.returncode == 0, done.stderr
    assert "The words are deleted for good." in done.stdout
    assert "session.json" in done.stdout, "files that were written before are listed"
    assert "cannot be unseen" in done.stdout
    assert "outside what this program can delete" in done.stdout
    assert on_disk(laptop.folder, CANARY) == []
    rows = read_record(session).contributions
    assert [(row.gone, bool(row.body)) for row in rows] == [("withdrawn", False), ("", True)], (
        "a tombstone keeps counts"
    )


@pytest.mark.parametrize("code", ["AAAA AAAA AAAA", "AAAA"])
def test_a_code_that_fits_nothing_changes_nothing(laptop: Laptop, code: str) -> None:
    run = laptop.begin()
    told(run, CANARY)
    laptop.stop(run)

    done = laptop.cli("withdraw", run.session_path, code, "--yes")

    assert done.returncode == 2, done.stderr
    assert "deleted for good" not in done.stdout
    assert read_record(Path(run.session_path)).contributions[0].body


def test_whoever_lost_the_code_is_found_by_their_words_and_asked_about_first(laptop: Laptop) -> None:
    run = laptop.begin()
    session = Path(run.session_path)
    told(run, CANARY, OTHER)
    laptop.stop(run)

    several = laptop.cli("withdraw", session, "--find", "q", "--yes")
    none = laptop.cli("withdraw", session, "--find", "nothing like it", "--yes")
    unasked = laptop.cli("withdraw", session, "--find", "NINE people")
    assert [each.returncode for each in (several, none, unasked)] == [2, 2, 2]
    assert "2 texts hold these words." in several.stderr
    assert CANARY in unasked.stdout
    assert on_disk(laptop.folder, CANARY)

    done = laptop.cli("withdraw", session, "--find", "NINE people", "--yes")

    assert done.returncode == 0, done.stderr
    assert on_disk(laptop.folder, CANARY) == []
    assert on_disk(laptop.folder, OTHER)


def test_while_the_room_runs_the_same_command_goes_through_it(laptop: Laptop) -> None:
    run = laptop.begin()
    code, lost = told(run, CANARY, OTHER)
    del lost

    by_code = laptop.cli("withdraw", run.session_path, code, "--yes")
    by_words = laptop.cli("withdraw", run.session_path, "--find", OTHER, "--yes")

    assert (by_code.returncode, by_words.returncode) == (0, 0), by_code.stderr + by_words.stderr
    laptop.stop(run)
    assert on_disk(laptop.folder, CANARY) == []
    assert on_disk(laptop.folder, OTHER) == []


@pytest.mark.parametrize("key", ["", PASSPHRASE], ids=["plain", "locked"])
def test_what_a_desk_takes_back_after_an_export_is_noted_beside_the_session(laptop: Laptop, key: str) -> None:
    run = laptop.begin_locked(key) if key else laptop.begin()
    session = Path(run.session_path)
    told(run, CANARY, OTHER)
    opening = ("--passphrase-file", laptop.write("passphrase", key)) if key else ()
    exported = laptop.cli("export", session, "--only", "record.json", *opening)
    assert exported.returncode == 0, exported.stderr
    ring = KeyRing(key)
    with exporting.session_record(session, ring) as record:
        gone = record.contributions[0].key

    give(run, cmd.WithdrawWords(contribution=gone))
    laptop.stop(run)

    assert cycle_files.find([laptop.folder]).withdrawn == {gone}
    assert on_disk(laptop.folder, CANARY) == []


@pytest.mark.parametrize("how", ["code", "words"])
def test_a_locked_session_is_opened_for_it_and_stays_locked(laptop: Laptop, how: str) -> None:
    opening = ("--passphrase-file", laptop.write("passphrase", PASSPHRASE))
    run = laptop.begin_locked(PASSPHRASE)
    session = Path(run.session_path)
    code, _ = told(run, CANARY, OTHER)
    laptop.stop(run)
    exported = laptop.cli("export", session, "--only", "session.json", *opening)
    assert exported.returncode == 0, exported.stderr
    what = (code,) if how == "code" else ("--find", "nine people")

    unopened = laptop.cli("withdraw", session, *what, "--yes")
    wrongly = laptop.cli(
        "withdraw", session, *what, "--yes", "--passphrase-file", laptop.write("wrong", "not this one")
    )
    key = KeyRing(PASSPHRASE).key_of(session)
    assert [unopened.returncode, wrongly.returncode] == [2, 2]
    assert "is locked with a passphrase. Nothing was changed." in unopened.stderr
    assert "That does not open" in wrongly.stderr
    assert [bool(row.body) for row in read_record(session, key=key).contributions] == [True, True]

    done = laptop.cli("withdraw", session, *what, "--yes", *opening)

    assert done.returncode == 0, done.stderr
    assert "The words are deleted for good." in done.stdout
    assert "session.json" in done.stdout, "files that were written before are listed"
    assert [(row.gone, bool(row.body)) for row in read_record(session, key=key).contributions] == [
        ("withdrawn", False), ("", True),
    ]  # fmt: skip
    copies = [session, *laptop.folder.rglob("*.snapshots/*.workshop")]
    assert len(copies) > 1
    for each in copies:
        assert CANARY not in str(read_record(each, key=key).contributions), each
    assert on_disk(laptop.folder, CANARY) == []
    assert on_disk(laptop.folder, "SQLite format 3") == [], "nothing was written that is not locked"


@pytest.mark.parametrize("runs", [True, False], ids=["running", "stopped"])
def test_a_copy_that_a_killed_export_left_goes_with_it(laptop: Laptop, runs: bool) -> None:
    run = laptop.begin()
    code, _ = told(run, CANARY, OTHER)
    left = laptop.runtime / f"copy-{2**22 + 1}-abcd" / "day.workshop"
    left.parent.mkdir()
    left.write_bytes(CANARY.encode())
    if not runs:
        laptop.stop(run)
    assert left in on_disk(laptop.folder, CANARY)

    done = laptop.cli("withdraw", run.session_path, code, "--yes")

    assert done.returncode == 0, done.stderr
    assert not left.exists()
    if runs:
        laptop.stop(run)
    assert on_disk(laptop.folder, CANARY) == []
