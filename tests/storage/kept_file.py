"""A session file of each version, kept as it was written: every later program has to read it.

`python -m tests.storage.kept_file` makes those of a new version, once; what is there is never written again. The
plain one is the golden day (`tests.net`), stopped in the middle of things; the locked one has every kind of event up to
the end. Beside each lies what it says.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from tests.net import first_half, second_half
from tests.net.day import Day
from tests.net.replay import in_utc
from tests.storage import samples
from workshop_tui.kinds.registry import KINDS
from workshop_tui.storage import db, key_file, opening, schema
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create

Way = Literal["plain", "locked"]

FOLDER: Final = Path(__file__).with_name("kept")
PASSPHRASE: Final = "nine people on three trains"
SLIP: Final = "S81F-YQFM-BTZF-6CV6-YKSK-XJKG-DVQY"
CODE: Final = "ACDEFHJKMNPR"
OF_CODE: Final = "ann waited for nine hours"
"""What its owner can take back with that code."""


def path_of(version: int, way: Way) -> Path:
    """Where the file of a version lies."""
    return FOLDER / f"version-{version}-{way}.workshop"


def laid_out(version: int, way: Way, folder: Path) -> Path:
    """A copy of it that may be changed, with its key file where it is locked."""
    kept, path = path_of(version, way), folder / "day.workshop"
    shutil.copyfile(kept, path)
    if way == "locked":
        shutil.copyfile(key_file.path_of(kept), key_file.path_of(path))
    return path


def key_of(path: Path, typed: str = PASSPHRASE) -> FileKey | None:
    """The key of a file that was laid out; None for a plain one."""
    found = key_file.read(path)
    return None if found is None else found.opened(typed, path.name)


def what_it_says(path: Path, key: FileKey | None) -> Mapping[str, object]:
    """Every value that the program reads out of a file, as JSON has it."""
    contents = opening.examine(path, key)
    record = read_record(path, key=key, kinds=KINDS)
    besides = set(record.__struct_fields__) - {"info", "journal", "state"}
    return {"contents": _as_json(contents), "record": {each: _as_json(getattr(record, each)) for each in besides}}


def _as_json(value: object) -> object:
    match value:
        case Struct():
            tag = value.__struct_config__.tag
            fields = {each: _as_json(getattr(value, each)) for each in value.__struct_fields__}
            return fields if tag is None else {"type": tag, **fields}
        case Mapping():
            return {str(_as_json(each)): _as_json(inner) for each, inner in value.items()}
        case set() | frozenset():
            return sorted(map(_as_json, value), key=str)
        case tuple() | list():
            return [_as_json(each) for each in value]
        case bytes():
            return value.hex()
        case _:
            return value


def expected_of(version: int, way: Way) -> Mapping[str, object]:
    """What the file said when it was written."""
    return json.loads(gzip.decompress(_said_in(version, way).read_bytes()))  # type: ignore[no-any-return]


def rows_in(path: Path, key: FileKey | None) -> Mapping[str, int]:
    """How many rows each table has."""
    with contextlib.closing(db.connect(path, key, query="mode=ro&immutable=1")) as connection:
        tables = schema.tables_of(db.number(connection, "user_version"))
        found = (connection.execute(f"SELECT count(*) FROM {each.name}").fetchone() for each in tables)
        return {each.name: int(str(row[0])) for each, row in zip(tables, found, strict=True) if row is not None}


def _said_in(version: int, way: Way) -> Path:
    return path_of(version, way).with_suffix(".json.gz")


# How they were made. ---------------------------------------------------------------------------------


class Nobody:
    """Looks at nothing."""

    async def look(self, *_: object, **__: object) -> None:
        """See nothing."""

    def page(self, *_: object) -> None:
        """Keep nothing."""


async def _afternoon(folder: Path) -> Path:
    """The golden day up to the afternoon, with a vote open and steps that can be taken back."""
    day, seen = Day(folder), Nobody()
    try:
        for part in (
            first_half.before_the_start, first_half.the_first_vote, first_half.ties_and_steps_back,
            first_half.agenda_and_time, first_half.stories, first_half.ideas_and_questions,
            second_half.options_and_leaders, second_half.asked_again, second_half.reasons_and_names,
            second_half.other_votes, second_half.private_words,
        ):  # fmt: skip
            await part(day, seen)  # type: ignore[arg-type]  # it looks like one
        await day.take_back("hal", "hal waited")
        await day.ask_to_talk("ann")
        await day.retell("dan waited for nine hours", "Somebody waited")
        await day.warn("dan waited for nine hours", "death", "emergency")
        await day.safeguard("matter1", "In time")
        await day.follow_up("matter1")
        await day.ask_contact("ann", "7f3a" * 8)
        await day.issued("report.md", "stories.csv")
        await day.note("note", "Long waits at night")
        await day.sort("Long waits at night", "point", body="The board", asked="Say what will be done")
        await day.tie("Long waits at night", "contribution", OF_CODE, "dan waited for nine hours")
        await day.code_for("ann", OF_CODE, CODE)
    finally:
        await day.close()
    assert not [told for told in day.told if "FAULT" in told]
    with contextlib.closing(db.connect(day.path, None)) as connection:
        # Where they lay is nobody's business.
        connection.execute("UPDATE copy SET path = replace(path, ?, '/workshops')", (str(folder),))
        connection.execute("VACUUM")
        db.fold(connection, "TRUNCATE")
    rows = rows_in(day.path, None)
    assert all(rows.values()), rows
    return day.path


def _every_event(folder: Path) -> Path:
    """Every kind of event at least once, to the end, in a locked file."""
    known, key = key_file.new(samples.info().id, "tell-it-once.toml", PASSPHRASE, SLIP)
    path = folder / "session.workshop"
    store = create(path, samples.info(), samples.AGENDA_TEXT, samples.STORY_KEY, key=key, known=known)
    for batch in samples.whole_day():
        store.commit(batch, samples.START)
    store.close()
    return path


def _keep(way: Way, written: Path) -> None:
    kept = path_of(schema.VERSION, way)
    key = key_of(written)
    said = json.dumps(what_it_says(written, key), ensure_ascii=False, separators=(",", ":")).encode()
    shutil.copyfile(written, kept)
    if key is not None:
        shutil.copyfile(key_file.path_of(written), key_file.path_of(kept))
    _said_in(schema.VERSION, way).write_bytes(gzip.compress(said, mtime=0))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    if path_of(schema.VERSION, "plain").exists():
        raise SystemExit(f"Those of version {schema.VERSION} are there already. They are never written again.")
    with tempfile.TemporaryDirectory() as here, in_utc():
        _keep("plain", asyncio.run(_afternoon(Path(here))))
        _keep("locked", _every_event(Path(here)))
