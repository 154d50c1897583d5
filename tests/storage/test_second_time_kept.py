"""One question asked twice, in a real file: it survives a kill in between, and the keys are gone from every byte after.

The rules themselves are held in ``tests/domain/test_second_time.py``.
"""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.fakes import NOON
from tests.platforms import needs_posix
from tests.sayings import said
from tests.sessions import an_agenda, an_info, item, options, sid
from tests.storage import doors
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Done, decide
from workshop_tui.domain.deciding.phones import keyed
from workshop_tui.domain.events import JournalEvent
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import Compared, SessionState, new_state
from workshop_tui.exports.building import build_report
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.ports import SessionInfo
from workshop_tui.room.tables import Tables
from workshop_tui.storage import db, disk
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

PEOPLE = tuple(hashlib.sha256(b"person %d" % n).hexdigest()[:32] for n in range(12))
KEYS = {key: hashlib.sha256(key.encode()).digest() for key in ("i01", "i02")}


def info() -> SessionInfo:
    first = item(1, "Before", kind="single", options=options("Yes", "No"), question="One door?")
    assert first.activity is not None
    again = replace(first, key="i02", title="After", activity=replace(first.activity, again="Before"))
    return an_info(an_agenda(first, again))


class Runner:
    """Decides over a real file, one commit for each command, as a room does."""

    def __init__(self, store: SessionFile) -> None:
        stored = store.load()
        self.store = store
        self.state: SessionState = evolve_all(new_state(stored.info.agenda), stored.journal)
        self.tables = Tables(stored)

    def give(self, *commands: cmd.Command) -> list[str]:
        """Carry commands out; gives what a facilitator is told."""
        told = []
        for command in commands:
            decision = decide(self.state, msgspec.structs.replace(command, at=NOON), self.tables, KINDS)
            self.store.commit(decision.events, NOON)
            for event in decision.events:
                if not isinstance(event, JournalEvent):
                    self.tables.apply(event)
            self.tables.commit()
            self.state = evolve_all(self.state, [each for each in decision.events if isinstance(each, JournalEvent)])
            told += [said(decision.answer)] if isinstance(decision.answer, Done) else []
        return told

    def ask(self, key: str, choices: str) -> None:
        self.give(cmd.OpenItem(item=key, vote="close"), cmd.OpenVote(key=KEYS[key]))
        for person, choice in zip(PEOPLE, choices, strict=False):
            ballot = f'{{"option":"{choice}"}}'
            self.give(cmd.Cast(person=person, round=f"{key}.1", choice=ballot, submission_id=sid()))


def before(path: Path) -> Runner:
    """Everybody has answered the first time, and the room has seen the result."""
    runner = Runner(create(path, info(), b"", b"s" * 32))
    runner.give(*(cmd.Join(person=each, token_hash=hashlib.sha256(each.encode()).digest()) for each in PEOPLE))
    runner.ask("i01", "aaaaaabbbbbb")
    runner.give(cmd.Reveal())
    return runner


def on_disk(path: Path) -> bytes:
    """Every byte of the file and of what lies beside it, for somebody who has the file's key."""
    return b"".join(doors.readable(each) for each in path.parent.iterdir() if each.is_file())


@needs_posix
def test_a_room_killed_between_the_two_counts_goes_on_and_compares(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    code = (
        f"{doors.there_too()}import os, signal; from pathlib import Path; "
        "from tests.storage.test_second_time_kept import before; "
        f"runner = before(Path({str(path)!r})); runner.ask('i02', 'aaab'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    runner = Runner(open_existing(path))
    assert [runner.tables.round_key(key) is not None for key in ("i01.1", "i02.1")] == [True, True]
    assert runner.state.rounds[0].kept_for == "i02"
    for person in PEOPLE[4:]:
        runner.give(cmd.Cast(person=person, round="i02.1", choice='{"option":"b"}', submission_id=sid()))
    runner.give(cmd.Reveal())
    runner.store.close()

    record = read_record(path)
    assert record.state.rounds[1].compared == Compared(few=False, both=12, changed=3)
    assert all(line.same for line in recount(record, KINDS))


def test_both_keys_are_gone_from_every_byte_with_the_second_count_and_no_ballot_can_be_joined(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    runner = before(path)
    assert KEYS["i01"] in on_disk(path)
    runner.ask("i02", "bbbbbbbbbbbb")

    runner.give(cmd.Reveal())

    left = on_disk(path)
    runner.store.close()
    assert [KEYS[key] in each for key in KEYS for each in (left, on_disk(path))] == [False] * 4
    voters = {round_: {row[0] for row in _ballots(path, round_)} for round_ in ("i01.1", "i02.1")}
    assert {len(each) for each in voters.values()} == {12}
    assert not voters["i01.1"] & voters["i02.1"]
    # With the keys somebody could: that is why both had to go in one moment.
    assert {keyed(KEYS["i01"], person) for person in PEOPLE} == voters["i01.1"]


def test_a_copy_in_between_has_no_key_and_the_end_destroys_the_one_that_was_kept(tmp_path: Path) -> None:
    path, copied = tmp_path / "session.workshop", tmp_path / "away"
    copied.mkdir()
    runner = before(path)

    runner.store.copy_to(copied / "copy.workshop", ())
    assert KEYS["i01"] not in doors.readable(copied / "copy.workshop")
    assert KEYS["i01"] in on_disk(path)
    runner.give(cmd.EndWorkshop(confirm="END"))

    assert KEYS["i01"] not in on_disk(path)
    runner.store.close()
    assert KEYS["i01"] not in on_disk(path)


def test_the_key_is_gone_from_every_byte_once_the_second_vote_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    runner = before(path)
    assert KEYS["i01"] in on_disk(path)

    runner.give(cmd.SkipItem(item="i02", reason="no time"))

    left, log = on_disk(path), disk.beside(path, "wal")
    assert log.exists()
    assert KEYS["i01"] not in left
    runner.give(cmd.Undo())
    runner.ask("i02", "bbbbbbbbbbbb")
    runner.give(cmd.Reveal())
    runner.store.close()
    assert [KEYS[key] in on_disk(path) for key in KEYS] == [False, False]
    record = read_record(path)
    assert record.state.rounds[1].compared is None
    assert all(line.same for line in recount(record, KINDS))
    assert [bool(each.ballots) for each in build_report(record, KINDS, "session_report").rounds] == [True, True]


@needs_posix
def test_a_room_killed_right_after_the_second_vote_was_left_out_has_no_key_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    code = (
        f"{doors.there_too()}import os, signal; from pathlib import Path; "
        "from tests.storage.test_second_time_kept import before, cmd; "
        f"runner = before(Path({str(path)!r})); runner.give(cmd.SkipItem(item='i02', reason='no time')); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert KEYS["i01"] not in on_disk(path)

    runner = Runner(open_existing(path))

    assert runner.tables.round_key("i01.1") is None
    assert runner.state.rounds[0].kept_for == ""
    assert runner.give(cmd.Undo()) == ["Undone: skipped “After”. Nobody can tell any more who changed their answer."]
    runner.store.close()


def test_the_key_is_gone_even_after_a_fault_in_the_moment_of_the_second_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "session.workshop"
    runner = before(path)
    runner.ask("i02", "bbbbbbbbbbbb")
    real, log = db.fold, disk.beside(path, "wal")
    left_behind: dict[Path, bytes] = {}

    def fold(connection: db.Connection, how: str) -> None:
        if not left_behind:
            left_behind.update({each: each.read_bytes() for each in (path, log)})
            raise db.DBError("disk I/O error")
        real(connection, how)

    monkeypatch.setattr(db, "fold", fold)
    runner.give(cmd.Reveal())
    for each, content in left_behind.items():
        # Closing the connection folds the log too, on a disk that works by then; this one does not.
        each.write_bytes(content)
    assert KEYS["i01"] in on_disk(path)
    runner.store.recover()

    assert [key in on_disk(path) for key in KEYS.values()] == [False, False]
    runner.store.close()


def test_the_file_says_in_words_that_a_key_is_kept_and_for_which_item(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    before(path).store.close()

    plain = doors.by_hand(path)
    try:
        rows = plain.execute("SELECT round, status, kept_for, key IS NOT NULL, key_destroyed FROM round").fetchall()
        about = dict(plain.execute("SELECT place, words FROM about").fetchall())
    finally:
        plain.close()
    assert rows == [("i01.1", "sealed", "i02", 1, 0)]
    assert "until that is counted" in about["round.kept_for"]


def test_a_record_in_between_is_counted_and_lists_no_ballots_yet(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    before(path).store.close()

    record = read_record(path)
    (report,) = build_report(record, KINDS, "session_report").rounds

    assert record.rounds[0].sealed_profile == {'{"option":"a"}': 6, '{"option":"b"}': 6}
    assert (report.linked, report.ballots, report.plain) == (True, (), None)
    assert report.result
    assert [line.same for line in recount(record, KINDS)] == [True]


def test_a_copy_that_goes_on_compares_nothing_and_says_so(tmp_path: Path) -> None:
    runner = before(tmp_path / "session.workshop")
    copied = tmp_path / "copy.workshop"
    runner.store.copy_to(copied, ())
    runner.store.close()

    again = Runner(open_existing(copied))
    again.ask("i02", "bbbbbbbbbbbb")
    again.give(cmd.Reveal())
    again.store.close()

    record = read_record(copied)
    assert record.state.rounds[1].compared is None
    assert all(line.same for line in recount(record, KINDS))


def _ballots(path: Path, round_: str) -> list[tuple[bytes]]:
    plain = doors.by_hand(path)
    try:
        found: list[tuple[bytes]] = plain.execute("SELECT voter FROM ballot WHERE round = ?", (round_,)).fetchall()
    finally:
        plain.close()
    return found
