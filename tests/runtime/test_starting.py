"""What can be in the way of a start: it is said in words, and nothing is made or changed."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.platforms import needs_every_loopback, needs_posix
from tests.runtime.file_reader import read_file
from tests.runtime.laptop import Laptop, free_port, look
from workshop_tui.domain import events as ev
from workshop_tui.errors import EnvironmentProblem
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.web.http.server import USUAL_PORTS

ANOTHER_LOOPBACK = "127.0.0.77"
"""Nobody else on this machine uses its ports, so a test may take the usual ones."""

NOT_OURS = "192.0.2.77"
"""An address for documentation: no machine has it."""


# Two rooms, one file. --------------------------------------------------------------------------------


def test_a_second_room_on_the_same_file_is_refused_and_told_which_process_has_it(laptop: Laptop) -> None:
    run = laptop.begin()

    with pytest.raises(EnvironmentProblem) as refused:
        laptop.resume(run.session_path)

    assert f"process {run.pid}" in str(refused.value.message)
    assert "Nothing was changed" in str(refused.value.message)
    assert "attach" in str(refused.value.advice)
    assert refused.value.exit_code == 4
    assert look(run).boot_id == run.boot_id


def test_of_two_rooms_that_start_at_the_same_moment_one_serves_and_one_gives_way(laptop: Laptop) -> None:
    run = laptop.begin()
    laptop.kill(run)

    def start(_: int) -> RunFile | EnvironmentProblem:
        try:
            return laptop.resume(run.session_path)
        except EnvironmentProblem as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(start, range(2)))

    serving = [each for each in outcomes if isinstance(each, RunFile)]
    assert len(serving) == 1
    assert look(serving[0]).boot_id == serving[0].boot_id
    assert [each.pid for each in laptop.rooms()] == [serving[0].pid]


def test_running_a_session_that_runs_already_opens_that_one(laptop: Laptop) -> None:
    run = laptop.begin()

    again = laptop.cli("run", run.session_path, "--no-console")

    assert again.returncode == 0, again.stderr
    assert run.join_code in again.stdout
    assert [each.boot_id for each in laptop.rooms()] == [run.boot_id]


# Ports and addresses. --------------------------------------------------------------------------------


@needs_every_loopback
def test_with_every_usual_port_taken_a_new_session_says_so_and_makes_nothing(laptop: Laptop) -> None:
    with contextlib.ExitStack() as taken:
        for port in USUAL_PORTS:
            taken.enter_context(_taken(ANOTHER_LOOPBACK, port))

        refused = laptop.cli("run", laptop.agenda, "--no-console", "--lan", ANOTHER_LOOPBACK)

    assert refused.returncode == 4
    for port in USUAL_PORTS:
        assert str(port) in refused.stderr
    assert "Nothing was started" in refused.stderr
    assert "--port" in refused.stderr
    assert not _sessions(laptop.folder)
    assert laptop.rooms() == []


@needs_every_loopback
def test_a_new_session_takes_the_next_usual_port_when_the_first_is_taken(laptop: Laptop) -> None:
    with _taken(ANOTHER_LOOPBACK, USUAL_PORTS[0]):
        run = laptop.begin(address=ANOTHER_LOOPBACK, any_port=False)

    assert _port(run) in USUAL_PORTS[1:]


def test_a_resumed_session_keeps_its_port_or_refuses_because_the_square_is_printed(laptop: Laptop) -> None:
    run = laptop.begin()
    laptop.stop(run)

    with _taken("127.0.0.1", _port(run)), pytest.raises(EnvironmentProblem) as refused:
        laptop.resume(run.session_path)

    assert str(_port(run)) in str(refused.value.message)
    assert "nothing was lost" in str(refused.value.message)
    assert "--port" in str(refused.value.advice)
    assert read_file(Path(run.session_path), laptop.folder / "scratch").in_order
    assert laptop.resume(run.session_path).join_url == run.join_url


def test_an_address_that_is_not_this_laptops_is_said_and_nothing_is_made(laptop: Laptop) -> None:
    refused = laptop.cli("run", laptop.agenda, "--no-console", "--lan", NOT_OURS)

    assert refused.returncode == 4
    assert NOT_OURS in refused.stderr
    assert "--lan" in refused.stderr
    assert not _sessions(laptop.folder)


def test_a_session_from_another_network_says_that_its_address_is_gone_and_takes_a_new_one(laptop: Laptop) -> None:
    session = _stopped_session(laptop)
    _change(session, f"UPDATE session SET address = '{NOT_OURS}'")

    refused = laptop.cli("run", session, "--no-console")
    moved = laptop.cli("run", session, "--no-console", "--lan", "127.0.0.1")

    assert refused.returncode == 4
    assert f"does not have the address {NOT_OURS}" in refused.stderr
    assert "new address with --lan" in refused.stderr
    assert moved.returncode == 0, moved.stderr
    assert "http://127.0.0.1:" in moved.stdout


@pytest.mark.parametrize(
    ("typed", "says"), [("0.0.0.0", "every network"), ("cellar", "is not an address"), ("::1", "four numbers")]
)
def test_an_address_that_cannot_be_meant_is_refused_before_anything_starts(
    laptop: Laptop, typed: str, says: str
) -> None:
    refused = laptop.cli("run", laptop.agenda, "--no-console", "--lan", typed)

    assert refused.returncode == 2
    assert says in refused.stderr
    assert not _sessions(laptop.folder)


# Folders. --------------------------------------------------------------------------------------------


def test_beside_a_read_only_agenda_the_session_lies_in_the_data_folder_and_says_so(
    laptop: Laptop, read_only_folder: Path
) -> None:
    started = _run(laptop, read_only_folder / "evening.toml")

    assert "cannot be written to" in started
    assert str(laptop.home / "data") in started
    assert len(_sessions(laptop.home / "data")) == 1


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Some Trust", "Nextcloud"])
def test_in_a_synced_folder_the_session_lies_in_the_data_folder_and_says_why(laptop: Laptop, folder: str) -> None:
    synced = laptop.folder / folder
    synced.mkdir()
    agenda = laptop.agenda.rename(synced / "evening.toml")

    started = _run(laptop, agenda)

    assert f"The folder {synced} is no safe place for a session" in started
    assert "copies everything in it while it is being written. The session file lies in" in started
    assert str(laptop.home / "data") in started
    assert not _sessions(synced)
    assert len(_sessions(laptop.home / "data")) == 1


def test_a_folder_that_the_environment_calls_onedrive_is_known_as_synced(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(laptop.folder))

    started = _run(laptop, laptop.agenda)

    assert "OneDrive copies everything" in started
    assert len(_sessions(laptop.home / "data")) == 1


@needs_posix
def test_beside_its_agenda_the_session_is_readable_for_its_owner_only(laptop: Laptop) -> None:
    _run(laptop, laptop.agenda)

    (session,) = _sessions(laptop.folder)
    kept = [session, *laptop.runtime.iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(laptop.runtime.stat().st_mode) == 0o700


# Files. ----------------------------------------------------------------------------------------------


def _newer(session: Path) -> None:
    _change(session, "PRAGMA user_version = 999")


def _older(session: Path) -> None:
    _change(session, "PRAGMA user_version = 4")


def _some_other_file(session: Path) -> None:
    session.write_text("Dear diary,\n" * 1_000, encoding="utf-8")


def _some_other_database(session: Path) -> None:
    session.unlink()
    with closing(sqlite3.connect(session)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.commit()


def _torn_page(session: Path) -> None:
    whole = bytearray(session.read_bytes())
    whole[4096 * 3 : 4096 * 4] = b"\xaa" * 4096
    session.write_bytes(whole)


def _cut_short(session: Path) -> None:
    session.write_bytes(session.read_bytes()[:-5_000])


def _empty(session: Path) -> None:
    session.write_bytes(b"")


def _changed_journal(session: Path) -> None:
    _change(session, "UPDATE journal SET at = at + 1 WHERE seq = 1")


@pytest.mark.parametrize(
    ("harm", "code", "says"),
    [
        (_newer, 2, "newer workshop-tui"),
        (_older, 2, "an earlier workshop-tui"),
        (_some_other_file, 2, "was not made by workshop-tui"),
        (_some_other_database, 2, "was not made by workshop-tui"),
        (_torn_page, 3, "is damaged"),
        (_cut_short, 3, "is damaged"),
        (_empty, 3, "is damaged"),
        (_changed_journal, 3, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_not_changed_by_a_byte(
    laptop: Laptop, harm: object, code: int, says: str
) -> None:
    session = _stopped_session(laptop)
    assert callable(harm)
    harm(session)
    before = {path: path.read_bytes() for path in laptop.folder.glob("*day*")}

    refused = laptop.cli("run", session, "--no-console")

    assert refused.returncode == code, refused.stderr
    assert says in refused.stderr
    assert session.name in refused.stderr
    assert {path: path.read_bytes() for path in laptop.folder.glob("*day*")} == before
    assert laptop.rooms() == []


def test_a_file_that_is_not_there_is_said_and_not_made(laptop: Laptop) -> None:
    refused = laptop.cli("run", laptop.folder / "gone.workshop", "--no-console")

    assert refused.returncode == 2
    assert "There is no file" in refused.stderr
    assert not _sessions(laptop.folder)


def test_a_session_that_is_unfinished_but_damaged_is_left_alone_and_another_one_started(laptop: Laptop) -> None:
    session = _stopped_session(laptop)
    _torn_page(session)
    before = session.read_bytes()

    _run(laptop, laptop.agenda)

    assert session.read_bytes() == before
    assert len(_sessions(laptop.folder)) == 2


def test_a_wrong_agenda_is_refused_with_its_place_and_nothing_is_made(laptop: Laptop) -> None:
    agenda = laptop.write("wrong.toml", 'title = "Wrong"\nstage = "needs"\n[[item]]\ntitle = "One"\nminutse = 5\n')

    refused = laptop.cli("run", agenda, "--no-console", "--lan", "127.0.0.1")

    assert refused.returncode == 2
    assert "minutse" in refused.stderr
    assert "minutes" in refused.stderr
    assert not _sessions(laptop.folder)


# ----------------------------------------------------------------------------------------------------


def _run(laptop: Laptop, agenda: Path) -> str:
    """Start a room from the command line; gives what it printed."""
    started = laptop.cli("run", agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())
    assert started.returncode == 0, started.stderr
    assert re.search(r"join at http://127\.0\.0\.1:\d+/j/", started.stdout)
    return started.stdout


def _stopped_session(laptop: Laptop) -> Path:
    """A session of the short evening that no room has open, without a second copy; its journal has one row."""
    path = laptop.folder / "day.workshop"
    store = make_session(path, NewSession(agenda=str(laptop.agenda)), "127.0.0.1", free_port())
    store.commit([ev.PresentSet(at=1, people=12)], 1)
    store.close()
    shutil.rmtree(snapshots_of(path))
    return path


def snapshots_of(session: Path) -> Path:
    return session.with_name(f"{session.name}.snapshots")


def _change(session: Path, statement: str) -> None:
    with closing(sqlite3.connect(session)) as db:
        db.execute(statement)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sessions(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.workshop"))


def _port(run: RunFile) -> int:
    port = urlsplit(run.join_url).port
    assert port is not None
    return port


@contextmanager
def _taken(address: str, port: int) -> Iterator[None]:
    """Another program has this port."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((address, port))
        other.listen()
        yield
