"""The file's format is fixed since version 8: what was written then is read as it was written, and goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.net.day import AGENDA, Day
from tests.storage import kept_file
from tests.storage.kept_file import Way, expected_of, key_of, laid_out, rows_in, what_it_says
from workshop_tui.domain import events as ev
from workshop_tui.errors import WrongKey
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.storage import opening, schema
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing
from workshop_tui.storage.tables import TABLES

pytestmark = pytest.mark.plain_only("these files are plain or locked already")

FILES: list[tuple[int, Way]] = [(8, "plain"), (8, "locked"), (9, "plain"), (9, "locked")]
"""What is kept, by version. A new version adds its own and takes none away."""

SCHEMAS = {
    6: "99ef3fb1e64870be8c530f1cc3403df5415453a777d664392d144276bd2e9636",
    7: "7cf72917f5be129809ff6e7b6f2d508f2e1eecda07190803a47f49af393d3861",
    8: "2c80b4af4a37414cf2a9d9196c880114c74510d6da7f065dedbeff41914a53ef",
    9: "d91e1d7c04098f9c430788e7de2af8818f6debf748231aee8b5d6606561f4b27",
}
"""SHA-256 of the statements that make the tables of each version.

Where this fails, tables are not made as they were, and files that exist would be refused. Leave these lines alone:
take the next version, move old files to it in `storage.schema`, keep a file of it (`tests.storage.kept_file`), and add
a line.
"""

every_file = pytest.mark.parametrize(("version", "way"), FILES)


def schema_of(version: int) -> str:
    made = "\n".join(f"{table.since} {table.create}" for table in schema.tables_of(version))
    return hashlib.sha256(made.encode()).hexdigest()


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Where what is read now lacks something, or says it otherwise; what is new beside it is no difference."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        lost = [f"{where}.{each}" for each in expected if each not in found]
        return lost + [
            line
            for each in expected
            if each in found
            for line in differences(expected[each], found[each], f"{where}.{each}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for at, (one, other) in pairs for line in differences(one, other, f"{where}[{at}]")]
    return [] if expected == found else [where]


def test_tables_are_made_as_they_were_in_each_version() -> None:
    assert {version: schema_of(version) for version in SCHEMAS} == SCHEMAS
    assert set(SCHEMAS) == set(range(schema.OLDEST, schema.VERSION + 1)), "a new version adds its line"
    assert {table.since for table in TABLES} <= set(SCHEMAS)


def test_a_file_is_kept_of_every_version_since_the_format_is_fixed() -> None:
    assert [(version, way) for version in range(8, schema.VERSION + 1) for way in ("plain", "locked")] == FILES


@every_file
def test_a_kept_file_is_read_as_it_was_written(version: int, way: Way, tmp_path: Path) -> None:
    path = laid_out(version, way, tmp_path)

    found = what_it_says(path, key_of(path))

    assert differences(expected_of(version, way), found) == []
    assert path.read_bytes() == kept_file.path_of(version, way).read_bytes(), "reading changes nothing"


@every_file
def test_a_kept_file_is_opened_and_is_of_this_version_then(version: int, way: Way, tmp_path: Path) -> None:
    path = laid_out(version, way, tmp_path)
    key = key_of(path)
    before = rows_in(path, key)

    store = open_existing(path, key=key)
    stored = store.load()
    store.commit([ev.RetentionSet(at=1, until="2027-04-01")], 1)
    store.close()

    after = rows_in(path, key)
    assert stored.damage == ()
    assert set(after) == {table.name for table in TABLES}
    moving = {"journal", "copy", "about"}
    assert {each: after[each] for each in before if each not in moving} == {
        each: before[each] for each in before if each not in moving
    }
    assert after["journal"] == before["journal"] + 1
    assert read_record(path, key=key).state.keeping.until == "2027-04-01"


@every_file
def test_every_report_is_written_of_a_kept_file(version: int, way: Way, tmp_path: Path) -> None:
    path = laid_out(version, way, tmp_path)

    written = export(read_record(path, key=key_of(path), kinds=KINDS), KINDS, tmp_path / "reports")

    assert {"report.html", "summary.html", "votes.csv", "session.json"} <= {each.name for each in written}


def test_every_table_of_the_first_kept_file_has_something_in_it(tmp_path: Path) -> None:
    assert all(rows_in(laid_out(8, "plain", tmp_path), None).values())


@pytest.mark.parametrize("typed", [kept_file.PASSPHRASE, kept_file.SLIP])
def test_passphrase_and_slip_still_open_the_locked_one(typed: str, tmp_path: Path) -> None:
    path = laid_out(8, "locked", tmp_path)

    contents = opening.examine(path, key_of(path, typed))

    assert contents.info.agenda.title == "Tell it once"
    with pytest.raises(WrongKey):
        key_of(path, "nine people on two trains")


class NextDay(Day):
    """The kept day goes on."""

    def __init__(self, folder: Path, version: int) -> None:
        self._version = version
        super().__init__(folder)

    def _new_file(self) -> SessionFile:
        laid_out(self._version, "plain", self.path.parent)
        return open_existing(self.path)


@pytest.mark.parametrize("version", [version for version, way in FILES if way == "plain"])
async def test_a_kept_day_goes_on_to_its_end(version: int, tmp_path: Path) -> None:
    day = NextDay(tmp_path, version)
    day.pass_min(600)
    before = day.room.state

    await day.clock_moved(600 * 60, away=True)
    await day.vote("ann", "i01.4", {"choice": "b"})
    await day.close_vote()
    await day.reveal()
    await day.undo()
    await day.redo()
    await day.note("note", "It went on")
    await day.handle("In time", "read")
    await day.take_back_by_code(kept_file.CODE)
    await day.end()
    await day.retell("dan waited for nine hours", "Somebody waited for long")
    await day.finish()
    await day.close()

    assert refused(day.told) == []
    record = read_record(day.path, kinds=KINDS)
    assert (record.damage, record.owed) == ((), False)
    assert record.state.phase == "finished"
    assert len(record.state.rounds) == len(before.rounds)
    assert kept_file.OF_CODE not in "".join(row.body for row in record.contributions)
    assert AGENDA.name == record.info.agenda_name


def refused(told: Sequence[str]) -> list[str]:
    return [line for line in told if "refused" in line or "FAULT" in line]
