"""Finding rooms: a run file is believed only when the room behind it answers with the same boot id."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.runtime.file_reader import read_file
from tests.runtime.laptop import Laptop, free_port, give, is_alive, look
from tests.runtime.wire import phones
from workshop_tui.agendas import shipped_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import RoomUnreachable, SettingsError
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.runtime import deleting, running, workshops
from workshop_tui.runtime.beginnings import Chosen
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.voice import Voice


def test_the_run_file_of_a_process_that_is_gone_is_not_believed_and_taken_away(laptop: Laptop) -> None:
    left = running.write(_a_run_file(pid=_a_pid_that_is_gone(), control_port=9))

    assert running.find_all() == []
    assert not left.exists()


def test_a_killed_rooms_run_file_is_taken_away_once_its_process_is_gone(laptop: Laptop) -> None:
    run = laptop.begin()
    laptop.kill(run)
    assert [each.boot_id for each in laptop.rooms()] == [run.boot_id]

    assert laptop.cli("status").returncode == 4
    assert laptop.rooms() == []


def test_where_several_run_their_names_and_a_command_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = [
        msgspec.structs.replace(_a_run_file(pid=1, control_port=9), session_path=f"/days/{name}")
        for name in ("a day.workshop", "b.workshop")
    ]
    monkeypatch.setattr(running, "find_all", lambda: rooms)

    with pytest.raises(SettingsError) as told:
        running.find("")

    assert str(told.value.message) == "Several workshops are running: a day.workshop and b.workshop."
    assert str(told.value.advice) == "Say which one, such as: workshop-tui attach 'a day.workshop'"
    assert running.find("b") == rooms[1]


def test_a_run_file_with_another_boot_id_is_not_believed(laptop: Laptop) -> None:
    run = laptop.begin()
    running.write(msgspec.structs.replace(run, session="f" * 16, boot_id="0" * 16))

    assert running.find_all() == [run]


def test_a_run_file_with_another_token_is_not_believed(laptop: Laptop) -> None:
    run = laptop.begin()
    running.write(msgspec.structs.replace(run, token="0" * 64))

    assert running.find_all() == []
    assert is_alive(run.pid)


@pytest.mark.parametrize("says", [b"<h1>Printer</h1>", b"[]", b'{"boot_id": null}', b"\xff\xfe", b""])
def test_another_program_on_the_rooms_old_port_is_not_taken_for_the_room(laptop: Laptop, says: bytes) -> None:
    with _another_program(says) as port:
        running.write(_a_run_file(pid=os.getpid(), control_port=port))

        assert running.find_all() == []
        assert laptop.cli("status").returncode == 4


def test_a_run_file_that_cannot_be_read_is_left_alone(laptop: Laptop) -> None:
    run = laptop.begin()
    torn = laptop.runtime / "torn.json"
    torn.write_text('{"boot_id": "half')

    assert running.find_all() == [run]
    assert torn.exists()


def test_a_newer_room_of_the_session_keeps_its_run_file_when_the_older_one_leaves(laptop: Laptop) -> None:
    older = _a_run_file(boot_id="1" * 16)
    newer = _a_run_file(boot_id="2" * 16)
    running.write(older)
    running.write(newer)

    running.remove(older)

    assert running.is_left(newer)
    assert not running.is_left(older)


def test_after_a_crash_open_windows_find_the_same_port_and_the_same_keys(laptop: Laptop) -> None:
    first = laptop.begin()
    laptop.kill(first)
    assert running.find_all() == []

    again = laptop.resume(first.session_path)

    assert again.boot_id != first.boot_id
    assert (again.screen_url, again.host_url) == (first.screen_url, first.host_url)
    assert running.find_all() == [again]


def test_after_a_stop_in_order_open_pages_go_on_and_the_old_control_key_opens_nothing(laptop: Laptop) -> None:
    first = laptop.begin()
    laptop.stop(first)

    again = laptop.resume(first.session_path)

    assert again.token != first.token
    assert (again.screen_url, again.host_url) == (first.screen_url, first.host_url)
    assert not again.are_pages_moved
    assert list(laptop.runtime.glob("*.left")) == []


def test_where_the_pages_of_a_session_are_is_only_for_its_user_and_goes_with_the_write_up(laptop: Laptop) -> None:
    run = laptop.begin()
    (kept,) = laptop.runtime.glob("*.pages")
    mode = stat.S_IMODE(kept.stat().st_mode)
    give(run, cmd.OpenItem(item="i01"), cmd.EndWorkshop(confirm="END"))
    laptop.stop(run)
    after_the_end = kept.exists()

    again = laptop.resume(run.session_path)
    give(again, cmd.FinishWriteUp(confirm="FINISH"))
    laptop.stop(again)

    assert mode == 0o600
    assert after_the_end
    assert not kept.exists()


def test_where_the_pages_of_a_session_are_goes_when_it_is_deleted(laptop: Laptop) -> None:
    run = laptop.begin()
    laptop.stop(run)
    before = list(laptop.runtime.glob("*.pages"))

    deleted = deleting.delete(deleting.find(Path(run.session_path)))

    assert deleted.left == ()
    assert (len(before), list(laptop.runtime.glob("*.pages"))) == (1, [])


@pytest.mark.parametrize("crashed", [True, False])
def test_a_room_whose_old_control_port_is_taken_goes_on_with_another_and_says_where_to_look(
    laptop: Laptop, crashed: bool
) -> None:
    first = laptop.begin()
    (laptop.kill if crashed else laptop.stop)(first)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", first.control_port))
        other.listen()

        opened = workshops.open_agenda(Path(first.session_path), KeyRing(), Voice({}), Chosen())

    again = opened.run
    assert again.control_port != first.control_port
    assert again.are_pages_moved
    # What now has the old port hears the old keys from every window and console that is still open.
    assert again.token != first.token
    old = {url.split("/")[3] for url in (first.host_url, first.screen_url)}
    assert old.isdisjoint(url.split("/")[3] for url in (again.host_url, again.screen_url))
    assert "Their new addresses are in the console (key h)." in str(opened.remarks[-1])
    assert running.find_all() == [again]
    laptop.stop(again)


# Words at the command line. --------------------------------------------------------------------------


def test_status_says_in_one_line_how_the_room_stands(laptop: Laptop) -> None:
    run = laptop.begin()
    before = laptop.cli("status").stdout
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))

    after = laptop.cli("status").stdout

    assert before.startswith("A short evening: Not started. ")
    assert after.count("\n") == 1
    for words in (
        "A short evening",
        "Item 1 of 3",
        "“How you got here”",
        "left",
        "0 phones",
        "The vote is open",
        "Saved",
    ):
        assert words in after
    assert run.join_address in after
    assert run.join_url not in after, "the square says more than people are to type"


async def test_a_new_code_stands_in_the_run_file_and_in_the_status_and_lets_people_in(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.RenewCode())
    for _ in range(200):
        (now,) = running.find_all()
        if now.join_code != run.join_code:
            break
        await asyncio.sleep(0.05)

    assert now.join_code != run.join_code
    assert now.join_url != run.join_url
    assert now.join_address in laptop.cli("status").stdout
    async with phones(now, 1):
        assert look(now).phones == 1
    give(run, cmd.CloseJoining())
    assert "Joining is closed." in laptop.cli("status").stdout


def test_status_as_json_is_the_whole_snapshot(laptop: Laptop) -> None:
    run = laptop.begin()

    printed = laptop.cli("status", "--json")

    assert printed.returncode == 0
    assert msgspec.json.decode(printed.stdout, type=Snapshot).boot_id == run.boot_id
    assert json.loads(printed.stdout)["join_code"] == run.join_code


@pytest.mark.parametrize("command", ["status", "stop", "attach"])
def test_with_no_room_running_the_commands_say_so_and_what_to_do(laptop: Laptop, command: str) -> None:
    said = laptop.cli(command)

    assert said.returncode == 4
    assert "No workshop is running." in said.stderr
    assert "workshop-tui run AGENDA" in said.stderr


def test_with_two_rooms_running_the_commands_ask_which_and_take_a_name(laptop: Laptop) -> None:
    morning, evening = laptop.begin("morning.workshop"), laptop.begin("evening.workshop")
    give(evening, cmd.SetPresent(people=7))

    unclear = laptop.cli("status")

    assert unclear.returncode == 2
    assert "morning.workshop" in unclear.stderr
    assert "evening.workshop" in unclear.stderr
    for name in ("evening", "evening.workshop", evening.session_path, evening.session[:6]):
        assert msgspec.json.decode(laptop.cli("status", name, "--json").stdout, type=Snapshot).present == 7
    assert laptop.cli("stop", "morning", "--yes").returncode == 0
    assert running.find_all() == [evening]
    assert not is_alive(morning.pid)
    assert laptop.cli("status", "noon").returncode == 2


def test_stop_ends_the_room_in_order_and_takes_its_run_file_away(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"))

    stopped = laptop.cli("stop", "--yes")

    assert stopped.returncode == 0
    assert run.session_path in stopped.stdout
    assert laptop.rooms() == []
    session = Path(run.session_path)
    assert read_file(session, laptop.folder / "scratch").in_order
    assert not session.with_name(f"{session.name}-wal").exists()
    assert not list(session.parent.glob(".day.workshop*"))


def test_a_room_that_does_not_answer_in_its_own_words_is_still_told_in_ours(laptop: Laptop) -> None:
    with _another_program(b"<h1>500</h1>", status=500) as port, pytest.raises(RoomUnreachable):
        running.ask(_a_run_file(control_port=port), "GET", "/control/snapshot")


# Going on. -------------------------------------------------------------------------------------------


def test_run_goes_on_with_the_unfinished_session_and_says_so(laptop: Laptop) -> None:
    first = _run(laptop)
    give(first, cmd.OpenItem(item="i02"))
    laptop.stop(first)

    again = laptop.cli("run", laptop.agenda, "--no-console")

    assert again.returncode == 0, again.stderr
    assert f"Going on with the session in {Path(first.session_path).name}." in again.stdout
    (run,) = running.find_all()
    assert (run.session, run.join_url) == (first.session, first.join_url)
    here = look(run).here
    assert here is not None
    assert here.item.key == "i02"


def test_run_with_new_starts_another_session_and_leaves_the_first_alone(laptop: Laptop) -> None:
    first = _run(laptop)
    laptop.stop(first)
    before = Path(first.session_path).read_bytes()

    second = _run(laptop, "--new")

    assert second.session != first.session
    assert second.session_path != first.session_path
    assert Path(first.session_path).read_bytes() == before


def test_run_comes_to_the_session_that_runs_and_not_to_a_newer_one_that_was_stopped(laptop: Laptop) -> None:
    first = _run(laptop)
    newer = laptop.begin("newer.workshop", agenda_path=str(laptop.agenda))
    laptop.stop(newer)

    again = laptop.cli("run", laptop.agenda, "--no-console")

    assert again.returncode == 0, again.stderr
    assert [run.session for run in running.find_all()] == [first.session]


def test_going_on_with_a_session_of_another_day_says_so(laptop: Laptop) -> None:
    first = _run(laptop)
    laptop.stop(first)
    with contextlib.closing(sqlite3.connect(first.session_path)) as file, file:
        file.execute("UPDATE session SET created_at = created_at - 3 * 86400000")

    again = laptop.cli("run", laptop.agenda, "--no-console").stdout

    assert re.search(r"It began on \d+ \w+ 20\d\d\.", again)
    assert "--new" in again


def test_a_session_that_has_ended_is_not_resumed(laptop: Laptop) -> None:
    first = _run(laptop)
    give(first, cmd.OpenItem(item="i01"), cmd.EndWorkshop(confirm="END"))
    laptop.stop(first)

    assert _run(laptop).session != first.session


def test_an_agenda_that_changed_meanwhile_is_remarked_and_the_session_keeps_its_copy(laptop: Laptop) -> None:
    first = _run(laptop)
    laptop.stop(first)
    laptop.agenda.write_text(laptop.agenda.read_text().replace("A short evening", "A long night"))

    again = laptop.cli("run", laptop.agenda, "--no-console")

    assert "evening.toml has changed since this session began" in again.stdout
    assert "--new" in again.stdout
    (run,) = running.find_all()
    assert run.session == first.session
    assert look(run).title == "A short evening"


def test_an_unchanged_agenda_is_not_remarked_upon(laptop: Laptop) -> None:
    laptop.stop(_run(laptop))

    assert "changed" not in laptop.cli("run", laptop.agenda, "--no-console").stdout


def test_an_agenda_that_was_broken_meanwhile_does_not_stop_its_session_from_going_on(laptop: Laptop) -> None:
    first = _run(laptop)
    laptop.stop(first)
    laptop.agenda.write_text("title = ")

    again = laptop.cli("run", laptop.agenda, "--no-console")

    assert again.returncode == 0, again.stderr
    assert [run.session for run in running.find_all()] == [first.session]


def test_another_agenda_in_the_same_folder_has_sessions_of_its_own(laptop: Laptop) -> None:
    laptop.stop(_run(laptop))
    other = laptop.write("morning.toml", laptop.agenda.read_text())

    started = laptop.cli("run", other, "--no-console", "--lan", "127.0.0.1", "--port", free_port())

    assert "Going on" not in started.stdout
    assert len(list(laptop.folder.glob("*.workshop"))) == 2


# ----------------------------------------------------------------------------------------------------


def _run(laptop: Laptop, *options: str) -> RunFile:
    """Start or resume the short evening from the command line."""
    started = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port(), *options)
    assert started.returncode == 0, started.stderr
    (run,) = running.find_all()
    return run


def _a_run_file(**fields: object) -> RunFile:
    usual: dict[str, object] = {
        "boot_id": "b" * 16,
        "session": "a" * 16,
        "session_path": "/nowhere/day.workshop",
        "agenda_path": "",
        "pid": os.getpid(),
        "control_port": 9,
        "token": "t" * 64,
        "join_url": "http://127.0.0.1:9/J/KDMP",
        "join_code": "KDMP",
        "screen_url": "",
        "host_url": "",
    }
    return RunFile(**{**usual, **fields})  # type: ignore[arg-type]


def _a_pid_that_is_gone() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
        return child.pid


@contextmanager
def _another_program(says: bytes, status: int = 200) -> Iterator[int]:
    """Something else that speaks HTTP; gives its port."""

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(says)))
            self.end_headers()
            self.wfile.write(says)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_a_demo_has_no_start_to_be_late_for_and_a_session_has_its_agendas(tmp_path: Path) -> None:
    agenda = str(shipped_agenda("tell-it-once"))
    starts = []
    for begins_now in (True, False):
        store = make_session(
            tmp_path / f"{begins_now}.workshop", NewSession(agenda=agenda, begins_now=begins_now), "", 0
        )
        starts.append(store.load().info.scheduled_start)
        store.close()

    assert starts[0] is None
    assert starts[1] is not None
