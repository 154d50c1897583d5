"""A session file is read and checked once when it is opened, and again whenever it may not be what it was."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.storage import samples
from tests.storage.test_opening import killed
from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import BallotRow
from workshop_tui.storage import contents, opening, session_file
from workshop_tui.storage.contents import Contents
from workshop_tui.storage.db import Connection
from workshop_tui.storage.session_file import open_existing
from workshop_tui.storage.table import Reader
from workshop_tui.storage.tables import ballot

LOOKED_AT = samples.START + 90_000


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each whole reading of a session file, as it happens."""
    found: list[Path] = []
    real = contents.read_contents

    def read(connection: Connection, path: Path, *, locked: bool) -> Contents:
        found.append(path)
        return real(connection, path, locked=locked)

    for module in (opening, session_file):
        monkeypatch.setattr(module, "read_contents", read)
    return found


def test_opening_a_file_and_asking_for_what_it_holds_reads_it_once(tmp_path: Path, readings: list[Path]) -> None:
    path = killed(tmp_path)
    readings.clear()

    store = open_existing(path)
    read, first = len(readings), store.load()

    assert (read, len(readings)) == (1, 1)
    # Whoever asks again is told what stands there now.
    assert store.load() == first
    assert len(readings) == 2
    store.close()


def test_what_was_written_since_is_read_and_not_what_was_found_first(tmp_path: Path, readings: list[Path]) -> None:
    path = killed(tmp_path)
    readings.clear()
    store = open_existing(path)
    store.commit([ev.PersonJoined("f" * 32, b"t" * 32, LOOKED_AT // 60_000)], LOOKED_AT)

    assert "f" * 32 in store.load().people
    assert len(readings) == 2
    store.close()


def test_a_file_that_somebody_wrote_to_while_it_was_examined_is_read_again(
    tmp_path: Path, readings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = killed(tmp_path)
    readings.clear()
    real = opening.examine

    def examine(path: Path, key: object) -> Contents:
        found = real(path, key)  # type: ignore[arg-type]
        path.touch()
        return found

    monkeypatch.setattr(opening, "examine", examine)
    store = open_existing(path)

    store.load()

    assert len(readings) == 2
    store.close()


class Rows:
    """A connection whose one table has many rows, made as they are asked for."""

    rowcount = 0

    def __init__(self, many: int, receipt: bytes) -> None:
        choices = ('{"option":"a"}', '{"option":"b"}', '{"option":"c"}')
        # Each a text of its own, as a file gives them.
        told = ((n.to_bytes(32), "".join(list(choices[n % 3]))) for n in range(many))
        self._rows = (("i01.1", voter, choice, 1, receipt, "") for voter, choice in told)
        self.most = 0

    def execute(self, sql: str, parameters: object = (), /) -> Rows:
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        return [("i01.1", 1, "sealed", 1, "", 0)]

    def fetchmany(self, size: int) -> list[tuple[object, ...]]:
        found = list(itertools.islice(self._rows, size))
        self.most = max(self.most, len(found))
        return found


def test_a_table_of_any_size_is_read_a_few_rows_at_a_time_and_equal_answers_are_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ballot, "read_counted", lambda reader: {"i01.1": True})
    rows = Rows(20_000, b"")

    found = ballot.TABLE.read(Reader(rows))["ballots"]["i01.1"]  # type: ignore[arg-type]

    assert rows.most == 1_000
    assert len(found) == 20_000
    assert len({id(row) for row in found.values()}) == 3
    assert found[(7).to_bytes(32)] == BallotRow('{"option":"b"}', 1, b"", "")


def test_ballots_that_a_phone_can_still_change_stay_apart_and_share_their_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ballot, "read_counted", lambda reader: {"i01.1": False})

    found = ballot.TABLE.read(Reader(Rows(3_000, b"r" * 32)))["ballots"]["i01.1"]  # type: ignore[arg-type]

    assert len({id(row) for row in found.values()}) == 3_000
    assert len({id(row.choice) for row in found.values()}) == 3
