"""The files of the cycle are found by what they are, whatever they are called and whatever lies beside them."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.cycle import made
from tests.cycle.made import answered, baton_of, needs
from tests.platforms import needs_posix
from workshop_tui import cycle_commands
from workshop_tui.cycle import baton, follow_up, record
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.errors import CycleFileError, InputError
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import cycle_files


def told(found: cycle_files.Found) -> str:
    return "\n".join(ENGLISH.text(each) for each in found.passed_over)


def test_a_file_is_what_it_says_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "record (1).JSON").write_bytes(record.write(needs()))
    (tmp_path / "from them.zip").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "handed.zip", "w") as zipped:
        zipped.writestr("baton.json", baton.write(baton_of(needs())))
    (tmp_path / f"day{follow_up.ENDING}").write_bytes(
        follow_up.write(made.follow_up(answered("n1", "done", "It rings")))
    )
    (tmp_path / "session.json").write_text('{"schema": "workshop-tui/session/1"}')
    (tmp_path / "other.json").write_text('{"some": "settings"}')
    (tmp_path / "notes.txt").write_bytes(record.write(needs()))
    (tmp_path / ".hidden.json").write_bytes(record.write(needs()))

    found = cycle_files.find([tmp_path, tmp_path / "inner"])

    assert (len(found.records), len(found.batons), len(found.follow_ups)) == (1, 1, 1)
    assert told(found) == ""


def test_what_cannot_be_unpacked_is_named_and_what_unpacks_to_a_disk_full_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("baton.json", b'{"schema": "workshop-tui/baton/1"' + b" " * CYCLE_FILE_BYTES)
    whole = zlib.compress(b"x" * 100)
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04" + whole)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("../baton.json", b"{}")
        other.writestr("letter.txt", b"Dear all")

    found = cycle_files.find([tmp_path])

    assert "bomb.zip cannot be used. It is larger than 50 MB." in told(found)
    assert "torn.zip cannot be used. It is damaged: it cannot be unpacked." in told(found)
    assert "other.zip" not in told(found)
    assert found.batons == ()


@needs_posix
def test_links_are_counted_once_and_a_ring_of_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(record.write(needs()))
    (tmp_path / "again.json").symlink_to(tmp_path / "record.json")
    (tmp_path / "ring").symlink_to(tmp_path)
    (tmp_path / "nowhere.json").symlink_to(tmp_path / "gone.json")

    found = cycle_files.find([tmp_path])

    assert len(found.records) == 1
    assert "nowhere.json cannot be read" in told(found)


@needs_posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_bytes(record.write(needs()))
    (tmp_path / "record.json").chmod(0)

    assert "record.json cannot be read" in told(cycle_files.find([tmp_path]))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        cycle_files.find([tmp_path / "gone"])


def test_a_zip_without_a_baton_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", b"Dear all")

    with pytest.raises(CycleFileError, match="There is no baton in it"):
        cycle_files.read_baton(tmp_path / "other.zip")


def test_the_names_that_help_lists_are_those_that_there_are() -> None:
    assert set(cycle_commands.STAGES) == set(STAGE_TITLES)
