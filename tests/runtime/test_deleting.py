"""Deleting a session: everything that belongs to it, nothing else, and what it was is said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, a_laptop, give
from tests.storage import samples
from workshop_tui.cycle import follow_up
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import FolderUnusable, SessionFileError, SettingsError, StoreUnavailable
from workshop_tui.exports.files import NAMES, ON_REQUEST
from workshop_tui.runtime import deleting, exporting, running
from workshop_tui.storage.copy_names import elsewhere, folders_of
from workshop_tui.storage.session_file import SessionFile, create, open_existing

NAME = "Größe & Nähe ص.workshop"
"""A space, letters that are not ASCII, and one that a shell would take for its own."""


def a_session(folder: Path, name: str = NAME, id_: str = "0123456789abcdef") -> SessionFile:
    store = create(folder / name, samples.info(id=id_), samples.AGENDA_TEXT, samples.STORY_KEY)
    store.commit([*samples.started(), samples.story(1)], 1)
    return store


def everything_of(folder: Path, name: str = NAME) -> Path:
    """A session that was killed, with one of each thing that the program may leave of it."""
    store = a_session(folder, name)
    store.copy_to(folder / "elsewhere" / "copied.workshop", ())
    snapshots = folder / f"{name}.snapshots"
    snapshots.mkdir(exist_ok=True)
    store.copy_to(snapshots / "1.workshop", ())
    (snapshots / ".2.workshop.part").write_bytes(b"half a snapshot")
    (folder / "elsewhere" / ".copied.workshop.part").write_bytes(b"half a copy")
    (folder / f".{name}.part").write_bytes(b"half a session")
    log = (folder / f"{name}-wal").read_bytes()
    store.close()
    (folder / f"{name}-wal").write_bytes(log)
    # Not before: a room that stops in order removes it.
    (folder / f"rescued-1-{name}").write_bytes((folder / "elsewhere" / "copied.workshop").read_bytes())
    reports = exporting.export_folder(store.path)
    for version in (reports, reports.with_name(f"{reports.name}-version-2")):
        exporting.write_reports(exporting.read_session(folder / "elsewhere" / "copied.workshop"), version)
    for stopped in (reports / ".export-0a1b2c3d.part", reports.with_name(f".export-{reports.name}-0a1b2c3d.part")):
        stopped.mkdir()
        (stopped / "report.html").write_text("half a report")
    (reports / "board-item-private.html").write_text("written on request")
    half = ("report.html", "baton-for-plan.zip", "record.json")
    for begun in (*(reports / f".{each}-0a1b2c3e.part" for each in half), reports / ".writing-0a1b2c3e.lock"):
        begun.write_text("half a report")
    (folder / f".{store.path.stem}.follow-up.jsonl-0a1b2c3f.part").write_bytes(b'{"schema"')
    for followed in ("follow-up", "follow-up (1)"):
        head = {"schema": follow_up.SCHEMA, "session": "0123456789abcdef"}
        (folder / f"{store.path.stem}.{followed}.jsonl").write_bytes(msgspec.json.encode(head) + b"\n")
    running.log_path(store.path).write_text("started")
    running.log_path(store.path).with_name(running.log_path(store.path).name + ".1").write_text("started before")
    (running.runtime_folder() / f"{samples.info().id}{running.LEFT}").write_text("{}")
    return store.path


def everything_below(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*")}


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with a_laptop(tmp_path) as made:
        (tmp_path / "elsewhere").mkdir()
        yield made


def test_all_that_belongs_to_a_session_goes_and_is_listed_and_nothing_else(laptop: Laptop) -> None:
    before = everything_below(laptop.folder) | {"home", "home/run", "home/data"}
    session = everything_of(laptop.folder)
    made = {each for each in everything_below(laptop.folder) - before if (laptop.folder / each).is_file()}
    assert len(made) > 20

    done = laptop.cli("delete", session, "--yes")

    assert done.returncode == 0, done.stderr
    assert everything_below(laptop.folder) == before
    assert [each for each in made if str(laptop.folder / each) not in done.stdout.partition("Deleted:")[2]] == []
    assert str(deleting.OUTSIDE) in done.stdout


def test_what_an_export_of_another_session_began_and_what_follows_up_another_stays(laptop: Laptop) -> None:
    a_session(laptop.folder, "day.workshop").close()
    reports = exporting.export_folder(laptop.folder / "day.workshop")
    begun = reports.with_name(".export-day-two-0a1b2c3d.part") / "report.html"
    begun.parent.mkdir(parents=True)
    begun.write_text("half a report")
    other = laptop.folder / "day.follow-up (1).jsonl"
    other.write_bytes(msgspec.json.encode({"schema": follow_up.SCHEMA, "session": "f" * 16}) + b"\n")

    assert laptop.cli("delete", laptop.folder / "day.workshop", "--yes").returncode == 0

    assert begun.exists()
    assert other.exists()


def test_what_belongs_to_another_session_or_to_somebody_stays_and_is_named(laptop: Laptop) -> None:
    session = a_session(laptop.folder, "day.workshop")
    other = a_session(laptop.folder, "other.workshop", "fedcba9876543210")
    for name in ("rescued-1-day.workshop", "elsewhere/listed.workshop"):
        session.copy_to(laptop.folder / name, ())
        (laptop.folder / name).unlink()
        other.copy_to(laptop.folder / name, ())
    session.close()
    other.close()
    reports = exporting.export_folder(session.path)
    exporting.write_reports(exporting.read_session(session.path), reports)
    exporting.write_reports(exporting.read_session(other.path), reports.with_name("day-version-2"))
    exporting.write_reports(exporting.read_session(session.path), reports.with_name("day-two"))
    (reports / "my own notes.txt").write_text("mine")
    snapshots = laptop.folder / "day.workshop.snapshots"
    snapshots.mkdir(exist_ok=True)
    (snapshots / "holiday.jpg").write_text("a picture")
    running.log_path(laptop.folder / "elsewhere" / "day.workshop").write_text("of a namesake")
    kept = everything_below(laptop.folder)

    done = laptop.cli("delete", session.path, "--yes")

    assert done.returncode == 0, done.stderr
    usual = {*NAMES} - {*ON_REQUEST, "reasons.csv", "dates.ics"}
    gone = {"day.workshop"} | {f"exports/day/{each}" for each in usual}
    mine = {each for each in kept if each.startswith("day.workshop.snapshots/0123456789abcdef")}
    assert everything_below(laptop.folder) == kept - gone - mine
    assert "my own notes.txt was not made by this program and stays." in done.stdout
    assert "day-version-2 has the reports of another session and stays." in done.stdout


def test_reports_that_do_not_say_in_letters_whose_they_are_go_with_the_session(laptop: Laptop) -> None:
    session = a_session(laptop.folder, "day.workshop")
    session.close()
    reports = exporting.export_folder(session.path)
    reports.mkdir(parents=True)
    (reports / "session.json").write_bytes(b'{"origin": {"id": "\xff"}}')

    done = laptop.cli("delete", session.path, "--yes")

    assert done.returncode == 0, done.stderr
    assert not reports.exists()


@pytest.mark.parametrize("to", ["archive/day.workshop", "renamed.workshop", "archive/renamed.workshop"])
@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_what_was_made_of_it_before_it_was_moved_or_renamed_goes_too(laptop: Laptop, to: str, how: str) -> None:
    (laptop.folder / "archive").mkdir()
    store = a_session(laptop.folder, "day.workshop")
    if how == "stopped":
        store.close()
    else:
        write = store.snapshot()
        assert write is not None
        write()
        store._held.let_go(fold=True)
        store._lock.release()
    assert len(list(laptop.folder.glob("day.workshop.snapshots/*.workshop"))) == 1
    other = a_session(laptop.folder, "other.workshop", "fedcba9876543210")
    other.close()
    kept = {each for each in everything_below(laptop.folder) if "other" in each}
    store.path.rename(laptop.folder / to)

    done = laptop.cli("delete", laptop.folder / to, "--yes")

    assert done.returncode == 0, done.stderr
    assert {each for each in everything_below(laptop.folder) if ".workshop" in each} == kept


@pytest.mark.parametrize("named", ["day.workshop", "rescued-1-day.workshop", "restored-1-rescued-1-day.workshop"])
@pytest.mark.parametrize("harm", ["sound", "damaged"])
def test_the_whole_family_goes_whichever_is_named(laptop: Laptop, named: str, harm: str) -> None:
    store = a_session(laptop.folder, "day.workshop")
    store.close()
    for name in ("rescued-1-day.workshop", "restored-1-rescued-1-day.workshop"):
        shutil.copy(store.path, laptop.folder / name)
        again = open_existing(laptop.folder / name)
        again.commit([samples.story(3)], samples.START)
        again.close()
    other = a_session(laptop.folder, "rescued-2-day.workshop", "fedcba9876543210")
    other.close()
    kept = {each for each in everything_below(laptop.folder) if "rescued-2" in each}
    if harm == "damaged":
        store.path.write_bytes(store.path.read_bytes()[:5_000])
    family = {each for each in everything_below(laptop.folder) if each.endswith("day.workshop")} - kept
    assert len(family) == 3

    done = laptop.cli("delete", laptop.folder / named, "--yes")

    assert done.returncode == 0, done.stderr
    left = {each for each in everything_below(laptop.folder) if ".workshop" in each}
    # Of a file that cannot be read only names tell what belongs to it.
    assert left == (kept if (named, harm) != ("day.workshop", "damaged") else left & kept)
    assert not left & family
    assert [each for each in family if str(laptop.folder / each) not in done.stdout.partition("Deleted:")[2]] == []


@needs_posix
def test_no_link_is_followed(laptop: Laptop) -> None:
    store = a_session(laptop.folder, "day.workshop")
    away = laptop.folder / "elsewhere"
    store.copy_to(away / "copy.workshop", ())
    store.close()
    (away / "copy.workshop").rename(away / "precious.workshop")
    (away / "copy.workshop").symlink_to(away / "precious.workshop")
    (away / "1.workshop").write_bytes((away / "precious.workshop").read_bytes())
    shutil.rmtree(laptop.folder / "day.workshop.snapshots", ignore_errors=True)
    (laptop.folder / "day.workshop.snapshots").symlink_to(away)
    exporting.write_reports(exporting.read_session(store.path), away / "day")
    (laptop.folder / "exports").symlink_to(away)
    before = everything_below(away)

    done = laptop.cli("delete", store.path, "--yes")

    assert done.returncode == 0, done.stderr
    assert everything_below(away) == before
    assert not store.path.exists()
    assert "exports is a link and was not followed." in done.stdout

    (laptop.folder / "day.workshop").symlink_to(away / "precious.workshop")
    with pytest.raises(SettingsError, match="is a link"):
        deleting.find(laptop.folder / "day.workshop")


@pytest.mark.parametrize("harm", ["damaged", "empty", "older", "another program's"])
def test_a_file_that_cannot_be_read_is_deleted_by_its_name(laptop: Laptop, harm: str) -> None:
    session = everything_of(laptop.folder, "day.workshop")
    (laptop.folder / "day.workshop-wal").unlink()
    if harm == "older":
        content = bytearray(session.read_bytes())
        content[60:64] = (2).to_bytes(4, "big")
        session.write_bytes(content)
    else:
        session.write_bytes({"damaged": b"SQLite format 3\0" + b"x" * 5_000, "empty": b""}.get(harm, b"letter" * 999))

    done = laptop.cli("delete", session, "--yes")

    assert done.returncode == 0, done.stderr
    assert ("if it lists copies in other folders, those stay" in done.stdout) is (harm != "older")
    left = everything_below(laptop.folder)
    # Only the list in the file knew of the copy that lies elsewhere.
    known = {"elsewhere/copied.workshop", "elsewhere/.copied.workshop.part"} if harm != "older" else set()
    assert {each for each in left if "copied" in each} == known
    assert [each for each in left if "day" in each] == []


@pytest.mark.parametrize("file", ["sound", "damaged", "gone", "gone with its folder"])
def test_what_was_saved_in_the_data_folder_goes_too(laptop: Laptop, file: str) -> None:
    """A rescue, snapshots, what is remembered and what was begun: as from a folder that others copy."""
    store = a_session(laptop.folder / "day", "day.workshop")
    store.close()
    other = a_session(laptop.folder / "day", "day two.workshop", "fedcba9876543210")
    other.close()
    home = elsewhere(laptop.folder / "day")
    shutil.copytree(folders_of(store.path)[0], home / "day.workshop.snapshots")
    shutil.copytree(folders_of(other.path)[0], home / "day two.workshop.snapshots")
    shutil.copy(store.path, home / "rescued-1-day.workshop")
    shutil.copy(other.path, home / "rescued-1-day two.workshop")
    (home / ".rescued-2-day.workshop.part").write_bytes(b"half a rescue")
    (home / "day.workshop.snapshots" / ".0123456789abcdef-000009.workshop.part").write_bytes(b"half a snapshot")
    kept = {each for each in everything_below(home) if "two" in each}
    ours = {str(home / each) for each in everything_below(home) - kept if (home / each).is_file()}
    assert len(ours) == 5
    if file == "gone with its folder":
        shutil.rmtree(store.path.parent)
    elif file == "gone":
        store.path.unlink()
    elif file == "damaged":
        store.path.write_bytes(b"SQLite format 3\0" + b"x" * 5_000)

    done = laptop.cli("delete", store.path, "--yes")

    assert done.returncode == 0, done.stderr
    assert everything_below(home) == kept
    assert [each for each in ours if each not in done.stdout.partition("Deleted:")[2]] == []
    assert not store.path.exists()
    assert store.path.parent.exists() is other.path.exists() is (file != "gone with its folder")


def test_what_was_saved_stays_while_the_room_runs_although_its_folder_is_gone(laptop: Laptop) -> None:
    session = Path(laptop.begin("day/day.workshop").session_path)
    shutil.rmtree(session.parent)

    with pytest.raises(StoreUnavailable, match="is open in another room"):
        deleting.find(session)


def test_a_running_session_is_not_deleted(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"))

    refused = laptop.cli("delete", run.session_path, "--yes")

    assert refused.returncode == 4
    assert "is open in another room" in refused.stderr
    assert "workshop-tui stop" in refused.stderr
    assert Path(run.session_path).exists()
    laptop.stop(run)
    assert laptop.cli("delete", run.session_path, "--yes").returncode == 0
    assert [each for each in everything_below(laptop.folder) if "day" in each] == []


def test_somebody_has_to_type_the_name(laptop: Laptop) -> None:
    store = a_session(laptop.folder, "day.workshop")
    store.close()

    refused = laptop.cli("delete", store.path)

    assert refused.returncode == 2
    assert "Type the name day.workshop" in refused.stdout
    assert "Nothing was deleted." in refused.stderr
    assert "--yes" not in refused.stderr
    assert store.path.exists()


def test_what_is_no_session_is_not_deleted(laptop: Laptop) -> None:
    with pytest.raises(SettingsError, match="is no session file"):
        deleting.find(laptop.agenda)
    for nothing in (laptop.folder / "day.workshop", laptop.folder / "no folder" / "day.workshop"):
        with pytest.raises(SessionFileError, match="There is no file"):
            deleting.find(nothing)
    (laptop.folder / "folder.workshop").mkdir()
    with pytest.raises(SettingsError, match="is a folder"):
        deleting.find(laptop.folder / "folder.workshop")
    assert laptop.agenda.exists()
    assert not [each for each in everything_below(laptop.folder) if each.endswith(".lock")]


@pytest.mark.parametrize("content", [b"Dear all,", b"SQLite format 3\0" + bytes(4_080)])
def test_what_another_program_made_is_not_deleted(laptop: Laptop, content: bytes) -> None:
    letter = laptop.folder / "letter.workshop"
    letter.write_bytes(content)

    refused = laptop.cli("delete", letter, "--yes")

    assert refused.returncode != 0
    assert "letter.workshop" in refused.stderr
    assert letter.read_bytes() == content


def test_a_session_in_a_folder_that_may_only_be_read_is_not_deleted(laptop: Laptop, read_only_folder: Path) -> None:
    refused = laptop.cli("delete", read_only_folder / "day.workshop", "--yes")

    assert refused.returncode == 4
    assert "cannot be written to" in refused.stderr
    assert "Deleted" not in refused.stdout


def test_nothing_goes_where_not_everything_can_go(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    session = everything_of(laptop.folder, "day.workshop")
    before = everything_below(laptop.folder)
    monkeypatch.setattr(os, "access", lambda folder, _: folder.name != "elsewhere")

    with pytest.raises(FolderUnusable, match=r"something of it lies in .*elsewhere, which cannot be written to"):
        deleting.find(session)

    # Looking into a file with a log leaves that; it goes with the next room, or with the file.
    assert everything_below(laptop.folder) - before == {"day.workshop-shm"}


def test_nothing_goes_where_a_copy_is_out_of_reach(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    session = everything_of(laptop.folder, "day.workshop")
    before = everything_below(laptop.folder)
    stat = os.stat

    def refused(path: os.PathLike[str] | int, **more: bool) -> os.stat_result:
        if not isinstance(path, int) and Path(path).name == "copied.workshop":
            raise PermissionError(13, "Permission denied")
        return stat(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refused)
        with pytest.raises(FolderUnusable, match="cannot be looked into"):
            deleting.find(session)

    assert everything_below(laptop.folder) - before == {"day.workshop-shm"}


def test_when_something_cannot_go_the_session_file_stays_and_the_rest_is_told(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = everything_of(laptop.folder)
    found = deleting.find(session)
    unlink = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:
        if path.name == "report.md":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        deleted = deleting.delete(found)

    assert {path.name for path, _ in deleted.left} == {"report.md"}
    assert session.exists()
    assert "report.md: permission denied" in str(deleting.not_all(deleted))
    again = deleting.delete(deleting.find(session))
    assert again.left == ()
    assert not session.exists()


def test_a_copy_that_a_room_runs_is_not_taken_from_under_it(laptop: Laptop) -> None:
    session = everything_of(laptop.folder, "day.workshop")
    room = open_existing(laptop.folder / "rescued-1-day.workshop")
    found = deleting.find(session)
    deleted = deleting.delete(found)

    assert [path.name for path, _ in deleted.left] == ["rescued-1-day.workshop"]
    assert session.exists()
    with pytest.raises(StoreUnavailable):
        deleting.find(laptop.folder / "rescued-1-day.workshop")
    room.close()
    assert deleting.delete(deleting.find(session)).left == ()


def test_a_demo_leaves_nothing_that_deleting_does_not_know(laptop: Laptop) -> None:
    laptop.home.mkdir(exist_ok=True)
    played = laptop.cli("demo", "--headless", "--people", "3")
    assert played.returncode == 0, played.stderr
    (session,) = (laptop.home / "data" / "demo").glob("*.workshop")

    done = laptop.cli("delete", session, "--yes")

    assert done.returncode == 0, done.stderr
    assert [each for each in laptop.home.rglob("*") if each.is_file() and each.name != "room-crash.log"] == []
    assert os.path.lexists(session) is False
