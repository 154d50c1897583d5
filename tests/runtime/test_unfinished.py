"""Where something that was to be gone is not, every reader leaves it out and says so, and `run` finishes it."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.exports.workshops import text_of
from tests.runtime.laptop import Laptop, free_port, look
from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import OWED
from workshop_tui.runtime import finishing, running
from workshop_tui.runtime.exporting import read_session
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.places import Resumable, to_go_on_with
from workshop_tui.storage import disk
from workshop_tui.storage.copy_names import elsewhere, folders_of
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

YESTERDAY = "2026-01-01"
CHOICE = '{"option":"a"}'
STORY = '{"parts":[["what_happened","%s"]],"level":"%s"}'
IDEA = "An idea for everybody"
LATER = "A later idea for everybody"


def told(n: int, words: str, consent: str) -> ev.ContributionKept:
    row = samples.story(n, body=STORY % (words, consent)).row
    return ev.ContributionKept(replace(row, consent=consent, moderation="approved"))


def a_session(laptop: Laptop, *, over: bool, name: str = "evening-2026-01-01.workshop") -> SessionFile:
    """One vote, counted; a story that the report may have, and words for the day; people have left."""
    until = 1_000 if over else (time.time_ns() // 1_000_000 + 10**8)
    info = samples.info(agenda_name=laptop.agenda.name, write_up_by=YESTERDAY, write_up_until=until)
    store = create(laptop.folder / name, info, samples.AGENDA_TEXT, samples.STORY_KEY)
    store.commit([*samples.started(), samples.cast(1, CHOICE)], 1)
    store.commit([told(1, IDEA, "C3"), told(2, samples.SECRET, "C1"), samples.story(3, kind="private")], 1)
    store.commit([*samples.sealed(counts=((CHOICE, 1),)), ev.PeopleLeft(at=samples.START + 99)], 1)
    return store


def overdue(laptop: Laptop) -> Path:
    store = a_session(laptop, over=True)
    store.close()
    return store.path


def owing(laptop: Laptop) -> Path:
    """The write-up was finished, and the room killed before the log was empty."""
    store = a_session(laptop, over=False)
    store._tidy = lambda *_: None  # type: ignore[method-assign]
    store.commit(samples.finished_day("c00002", "c00003"), 2)
    before = {each: each.read_bytes() for each in (store.path, disk.beside(store.path, "wal"))}
    store._held.let_go(fold=True)
    store._lock.release()
    for path, content in before.items():
        path.write_bytes(content)
    return store.path


def due(laptop: Laptop) -> list[Path]:
    return [each.path for each in finishing.unfinished(laptop.folder, laptop.agenda, KeyRing()).due]


def on_disk(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*") if each.is_file())


@pytest.mark.parametrize("state", ["overdue", "owing"])
def test_every_reader_leaves_the_words_out_and_says_so(laptop: Laptop, state: str) -> None:
    session = overdue(laptop) if state == "overdue" else owing(laptop)
    said = "was to be finished by 1 January 2026, and nobody has" if state == "overdue" else str(OWED)
    assert samples.SECRET.encode() in on_disk(session)

    recounted = laptop.cli("recount", session)
    status = laptop.cli("status", session)
    # Neither of them has changed the file; exporting notes in it what was issued, and so does what was left undone.
    assert samples.SECRET.encode() in on_disk(session)
    exported = laptop.cli("export", session, "--to", laptop.folder / "out")
    assert samples.SECRET.encode() not in on_disk(session)
    tallied = laptop.cli("tally", laptop.folder / "out" / "session.json")

    assert (exported.returncode, recounted.returncode) == (0, 0)
    files = {path.name: text_of(path) for path in (laptop.folder / "out").iterdir()}
    assert IDEA in files["report.html"]
    assert not [name for name, text in files.items() if samples.SECRET in text]
    assert said in json.loads(files["session.json"])["origin"]["left_out"]
    # In a table of Markdown and in HTML some signs are written in other ways.
    for text in (files["report.md"], files["report.html"]):
        assert "Not in order" in text
    for answer in (exported.stderr, recounted.stdout, status.stderr):
        assert said in answer
    assert said[:40] in " ".join(tallied.stdout.split())
    assert samples.SECRET not in exported.stdout + recounted.stdout + status.stdout + tallied.stdout


def test_a_reader_sees_no_word_whose_time_is_over_and_every_other(laptop: Laptop) -> None:
    session = overdue(laptop)
    assert [bool(row.body) for row in read_record(session).contributions] == [True, True, True]

    record = read_session(session)

    assert [(bool(row.body), row.gone) for row in record.contributions] == [
        (True, ""),
        (False, "day_over"),
        (False, "day_over"),
    ]
    assert "the words of 2 contributions are left out here, and still in the file" in ENGLISH.text(record.left_out)


def test_before_the_last_day_nothing_is_left_out(laptop: Laptop) -> None:
    store = a_session(laptop, over=False)
    store.close()
    assert read_session(store.path).left_out == ""
    assert read_session(store.path).contributions == read_record(store.path).contributions
    assert due(laptop) == []


def test_run_begins_a_new_session_and_names_the_write_up_that_is_still_open(laptop: Laptop) -> None:
    store = a_session(laptop, over=False)
    store.close()
    assert [each.path for each in finishing.unfinished(laptop.folder, laptop.agenda, KeyRing()).open] == [store.path]

    started = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())

    assert f"The write-up of {store.path.name} is not finished yet" in started.stdout
    (run,) = running.find_all()
    assert Path(run.session_path) != store.path
    assert on_disk(store.path).count(samples.SECRET.encode()) > 0


@pytest.mark.parametrize("state", ["overdue", "owing"])
def test_run_finishes_such_a_session_says_so_and_starts_a_new_one(laptop: Laptop, state: str) -> None:
    session = overdue(laptop) if state == "overdue" else owing(laptop)
    assert due(laptop) == [session]

    started = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())

    assert started.returncode == 0, started.stderr
    assert started.stdout.count(session.name) == 1
    assert f"Words whose time is over were removed from {session.name}, as people were told." in started.stdout
    (run,) = running.find_all()
    assert Path(run.session_path) != session
    assert look(run).finished_at is None
    assert samples.SECRET.encode() not in on_disk(session)
    record = read_session(session)
    assert (record.state.phase, record.left_out, record.rounds[0].sealed_profile) == ("finished", "", {CHOICE: 1})
    assert due(laptop) == []


def test_a_session_that_never_ended_is_finished_and_not_gone_on_with_once_its_last_day_has_passed(
    laptop: Laptop,
) -> None:
    info = samples.info(agenda_name=laptop.agenda.name, write_up_by=YESTERDAY, write_up_until=1_000)
    store = create(laptop.folder / "evening.workshop", info, samples.AGENDA_TEXT, samples.STORY_KEY)
    store.commit([*samples.started(), samples.cast(1, CHOICE), told(2, samples.SECRET, "C0")], 1)
    store.close()
    assert due(laptop) == [store.path]

    said = ENGLISH.text(finishing.finish(Resumable(store.path, store.path), KeyRing()))

    assert said.startswith("Words whose time is over were removed")
    assert to_go_on_with(laptop.folder, laptop.agenda, KeyRing()) is None
    record = read_record(store.path)
    assert record.state.phase == "finished"
    assert [event.who for event in record.journal if isinstance(event, ev.WriteUpFinished)] == ["room"]
    assert record.rounds[0].sealed_profile == {CHOICE: 1}
    assert samples.SECRET.encode() not in on_disk(store.path)


def test_what_cannot_be_finished_is_said_and_does_not_keep_a_new_session_from_starting(laptop: Laptop) -> None:
    session = overdue(laptop)
    shutil.rmtree(folders_of(session)[0])
    session.write_bytes(session.read_bytes()[:-4096])
    assert "could not be removed" in ENGLISH.text(finishing.finish(Resumable(session, session), KeyRing()))
    assert due(laptop) == []


def rescued(laptop: Laptop, home: Path) -> tuple[Path, Path]:
    """An older state of an overdue session under its own name, and the newer one, with one vote more, as a rescue."""
    store = a_session(laptop, over=True)
    store.close()
    newer = home / f"rescued-1-{store.path.name}"
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(store.path, newer)
    going_on = open_existing(newer)
    going_on.commit([told(4, LATER, "C3"), told(5, samples.SECRET, "C1")], samples.START)
    going_on.close()
    return store.path, newer


@pytest.mark.parametrize("where", ["beside", "data folder"])
def test_of_a_session_that_is_there_twice_the_newer_is_finished_and_keeps_everything_else(
    laptop: Laptop, where: str
) -> None:
    older, newer = rescued(laptop, laptop.folder if where == "beside" else elsewhere(laptop.folder))
    assert due(laptop) == [newer]

    started = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())

    assert f"Words whose time is over were removed from {newer.name}, as people were told." in started.stdout
    record = read_record(newer)
    assert {row.body for row in record.contributions if row.body} == {
        STORY % (IDEA, "C3"), STORY % (LATER, "C3"),
    }  # fmt: skip
    assert record.rounds[0].sealed_profile == {CHOICE: 1}
    assert record.state.phase == "finished"
    assert samples.SECRET.encode() not in on_disk(newer)
    if where == "beside":
        assert not older.exists(), "what it holds is in the newer one"
    (run,) = running.find_all()
    assert Path(run.session_path) not in (older, newer)


@pytest.mark.parametrize("file", ["gone", "damaged"])
def test_of_a_session_of_which_only_a_second_copy_is_left_that_is_finished(laptop: Laptop, file: str) -> None:
    session = overdue(laptop)
    if file == "gone":
        session.unlink()
    else:
        session.write_bytes(session.read_bytes()[:-4096])
    (snapshot,) = due(laptop)
    assert snapshot.parent == folders_of(session)[0]

    (left,) = finishing.unfinished(laptop.folder, laptop.agenda, KeyRing()).due
    said = finishing.finish(left, KeyRing())

    restored = session if file == "gone" else session.with_name(f"restored-1-{session.name}")
    assert str(said) == f"Words whose time is over were removed from {restored.name}, as people were told."
    assert read_record(restored).state.phase == "finished"
    assert samples.SECRET.encode() not in on_disk(restored)
    assert samples.SECRET.encode() not in on_disk(session), "what was damaged goes too"
    assert not [each for each in snapshot.parent.glob("*.workshop") if samples.SECRET.encode() in each.read_bytes()]
    assert due(laptop) == []
