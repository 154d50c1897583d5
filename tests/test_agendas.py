"""Agenda files on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.errors import AgendaError
from workshop_tui.kinds.registry import KINDS

GOOD = 'title = "Café"\nstage = "plan"\n[[item]]\ntitle = "Begin"\nminutes = 10\n'


def refusal(path: Path) -> str:
    with pytest.raises(AgendaError) as caught:
        read_agenda(path, KINDS)
    return str(caught.value)


def test_the_agenda_comes_with_the_bytes_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(GOOD.encode())

    agenda, raw = read_agenda(path, KINDS)

    assert agenda.title == "Café"
    assert raw == GOOD.encode()


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert read_agenda(path, KINDS)[0].title == "Café"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"", "day.toml is empty"),
        (GOOD.encode("latin-1"), "day.toml, line 1: the file is not written in UTF-8"),
        (GOOD.encode("utf-16"), "day.toml is not a text file"),
        (b"SQLite format 3\0" + b"x" * 100, "day.toml is not a text file"),
        (b"#" * 10_000_000, "day.toml is larger than 1,000 kB"),
        (b"title = = 1\n", "day.toml, line 1, column 9"),
    ],
)
def test_a_file_that_is_no_agenda_is_told(tmp_path: Path, raw: bytes, part: str) -> None:
    path = tmp_path / "day.toml"
    path.write_bytes(raw)

    assert part in refusal(path)


def test_a_missing_file_is_told_with_the_one_that_was_probably_meant(tmp_path: Path) -> None:
    (tmp_path / "day.toml").write_text(GOOD, "utf-8")

    assert f"There is no file {tmp_path / 'dya.toml'}. Did you mean {tmp_path / 'day.toml'}?" in refusal(
        tmp_path / "dya.toml"
    )
    assert "day.toml?" in refusal(tmp_path / "day")
    assert "no folder" in refusal(tmp_path / "gone" / "day.toml")


def test_a_folder_is_told_with_the_agendas_in_it(tmp_path: Path) -> None:
    (tmp_path / "day.toml").write_text(GOOD, "utf-8")

    assert "is a folder, not an agenda file. It holds day.toml." in refusal(tmp_path)


def test_a_device_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)

    assert "is a device or a pipe" in refusal(pipe)


def test_a_name_that_no_file_can_have_is_told() -> None:
    assert "There is no file ab.toml." in refusal(Path("a\0b.toml"))
    assert "cannot be read" in refusal(Path("x" * 5_000))


def test_a_shipped_agenda_is_found_by_name_with_or_without_its_ending() -> None:
    assert shipped_agenda("tell-it-once") == shipped_agenda("tell-it-once.toml")
    with pytest.raises(AgendaError, match="Did you mean “tell-it-once”"):
        shipped_agenda("tell-it-twice")
