"""A session's last hours, killed at every step: whatever the moment, what is to be gone goes and nothing else does.

    python -m tests.faults.lab.ending ACT WORK EVERY WAY

Run it behind the shim, with FAULT_MATCH = WORK/laptop. It plays up to the act once, then plays the act again and again
from there, each time in a process that is killed at one step later (EVERY steps later), and looks each time at what was
left behind. It ends when the act comes to its end, and writes how many steps were tried.

ACT is "finish" (somebody takes back what they sent, then the write-up is finished), "day" (all of it, from the making
of the file on) or "delete". WAY is "plain" or "locked".
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.fakes import NOON
from tests.sessions import an_info
from tests.storage import doors
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import decide
from workshop_tui.domain.events import Journaled
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import new_state
from workshop_tui.errors import SessionFileError, StoreUnavailable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.record import OWED, as_it_may_be_read
from workshop_tui.room.tables import Tables
from workshop_tui.runtime import deleting, exporting, running
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.storage import listed
from workshop_tui.storage.copy_names import folders_of, part_of
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

NAME = "a day.workshop"
ROUND = "i01.1"
PEOPLE = ("ana", "ben", "cem")
ROUND_KEY = b"the key of the only round, 32 b."
STORY_KEY = b"the key of every story, 32 bytes"


class Told(msgspec.Struct, frozen=True):
    """Something that somebody sends."""

    word: str
    """What nothing else in the session says."""
    item: str
    consent: str
    lives: str
    """Until "finish", until it is taken back ("taken"), or longer ("kept")."""

    @property
    def body(self) -> str:
        """As it is kept, long enough to fill pages of its own."""
        long = f"{self.word} " * 700
        if self.item == "i03":
            return json.dumps({"parts": [["what_happened", long]], "level": self.consent})
        return json.dumps({"text": long if self.item == "i06" else self.word})

    @property
    def key(self) -> str:
        return f"k{self.submission_id[:8]}"

    @property
    def submission_id(self) -> str:
        return hashlib.sha256(self.word.encode()).hexdigest()[:32]


TOLD = (
    Told("qnobody-else", "i03", "C0", "finish"),
    Told("qnot-my-words", "i03", "C1", "finish"),
    Told("qin-my-words", "i03", "C2", "kept"),
    Told("qstaff-too", "i03", "C3", "taken"),
    Told("qeveryone", "i03", "C4", "kept"),
    Told("qan-idea", "i04", "C4", "kept"),
    Told("qfor-you-alone", "i06", "C0", "finish"),
)
RETOLD = "qwhat-it-is-about"


class Sitting:
    """A room without phones: decides, writes, remembers, and notes outside what is on disk."""

    def __init__(self, store: SessionFile, acknowledged: Path) -> None:
        self.store = store
        stored = store.load()
        self.tables = Tables(stored)
        self.state = evolve_all(new_state(stored.info.agenda), stored.journal)
        self._acknowledged = acknowledged

    def give(self, command: cmd.Command, note: str = "") -> None:
        """Carry a command out and have it on disk."""
        salted = msgspec.structs.replace(command, at=NOON, salt=hashlib.sha256(repr(command).encode()).digest())
        decision = decide(self.state, salted, self.tables, KINDS)
        self.store.commit(decision.events, NOON)
        for event in decision.events:
            if not isinstance(event, Journaled):
                self.tables.apply(event)
        self.tables.commit()
        self.state = evolve_all(self.state, [each for each in decision.events if isinstance(each, Journaled)])
        if note:
            with self._acknowledged.open("a") as file:
                file.write(f"{note}\n")


class Act:
    """One act in one folder.

    Args:
        work: Where everything lies; the shim touches what is below its `laptop`.
    """

    def __init__(self, work: Path) -> None:
        self.laptop = work / "laptop"
        self.folder = self.laptop / "ämter und stühle"
        self.session = self.folder / NAME
        self.acknowledged = work / "acknowledged"
        self.before = work / "before"

    # What happens. -------------------------------------------------------------------------------

    def day(self) -> None:
        """The whole day until people have left, with a copy of each sort made."""
        sitting = Sitting(create(self.session, an_info(), b"", STORY_KEY), self.acknowledged)
        for person in PEOPLE:
            token = hashlib.sha256(person.encode()).digest()
            sitting.give(cmd.Join(person=person, token_hash=token))
        sitting.give(cmd.OpenItem(item="i01"))
        sitting.give(cmd.OpenVote(key=ROUND_KEY))
        for person in PEOPLE:
            vote = cmd.Cast(person=person, round=ROUND, choice='{"option":"a"}', submission_id=_sid(person))
            sitting.give(vote, note=f"vote {person}")
        self._copies(sitting.store)
        for told in TOLD:
            if sitting.state.current != told.item:
                sitting.give(cmd.OpenItem(item=told.item, vote="keep"))
            sitting.give(
                cmd.Contribute(
                    person="ana", item=told.item, body=told.body, consent=told.consent, key=told.key,
                    submission_id=told.submission_id,
                ),
                note=told.word,
            )  # fmt: skip
        sitting.give(cmd.Retell(contribution=TOLD[1].key, words=RETOLD), note=RETOLD)
        # What will be taken back is quoted in a note and was made into an option.
        (taken,) = (told for told in TOLD if told.lives == "taken")
        sitting.give(cmd.Reword(contribution=taken.key, words=f"{taken.word} in other words"))
        sitting.give(cmd.AddNote(key="n1", kind="note", text=f"One said: {taken.word} {taken.word} {taken.word}."))
        options = (Option("a", f"{taken.word} {taken.word} {taken.word}"), Option("b", "Something else"))
        sitting.give(cmd.ChooseOptions(item="i05", options=options))
        self._copies(sitting.store)
        self._rescue(sitting.store)
        sitting.give(cmd.EndWorkshop(confirm="END"))
        self._copies(sitting.store)
        # As by a room that was killed before it could list what it had saved, and while it wrote a copy.
        shutil.copy(self._snapshot, self.session.with_name(f"rescued-7-{NAME}"))
        shutil.copy(self._snapshot, part_of(self._report))
        sitting.store.close()

    def finish(self) -> None:
        """Somebody takes back what they sent, and the write-up is finished."""
        sitting = Sitting(open_existing(self.session), self.acknowledged)
        for told in TOLD:
            if told.lives == "taken" and sitting.state.finished_at is None:
                sitting.give(cmd.TakeBack(person="ana", contribution=told.key), note="taken")
        if sitting.state.finished_at is None:
            sitting.give(cmd.FinishWriteUp(confirm="FINISH"), note="finished")
        sitting.store.close()

    def whole(self) -> None:
        """Everything."""
        self.day()
        self.finish()

    def delete(self) -> None:
        """All of it goes."""
        deleted = deleting.delete(deleting.find(self.session))
        assert deleted.left == ()

    @property
    def _snapshot(self) -> Path:
        return listed.snapshots_of(self.session, an_info().id)[-1]

    @property
    def _report(self) -> Path:
        return self.laptop / "away" / "for a report.workshop"

    def _copies(self, store: SessionFile) -> None:
        """A snapshot, which holds everything there is, and a copy for a report."""
        if write := store.snapshot():
            write()
        if not self._report.exists():
            store.copy_to(self._report, ())

    def _rescue(self, store: SessionFile) -> None:
        """Somebody takes the file away under the room, and puts it back."""
        self.session.rename(self.laptop / "away" / "taken away")
        with contextlib.suppress(StoreUnavailable):
            store.check_in_place()
        self._put_back()
        store.recover()

    def _put_back(self) -> None:
        away = self.laptop / "away" / "taken away"
        if away.exists():
            away.rename(self.session)

    # What was left behind. -----------------------------------------------------------------------

    def check(self) -> None:
        """Whatever was left behind: readers show nothing that is gone, and whoever opens the file finishes it."""
        self._put_back()
        if not self.session.exists():
            assert not self.acknowledged.exists()
            return
        record = as_it_may_be_read(read_record(self.session), KINDS, NOON)
        gone = _gone(record.state.finished_at is not None, {row.key for row in record.contributions if row.gone})
        assert not [each for each in gone if each in repr(record.contributions)]
        assert record.left_out == (OWED if record.owed else "")
        if not record.owed:
            self._nowhere(gone)

        sitting = Sitting(open_existing(self.session), self.acknowledged)
        self._nowhere(gone)
        if not sitting.tables.round_key(ROUND) and sitting.state.round(ROUND):
            self._nowhere([ROUND_KEY.decode()])
        self._all_there(sitting, gone)
        sitting.store.close()
        if record.state.ended_at is not None:
            self.finish()
            self._in_the_end()

    def _in_the_end(self) -> None:
        over = [told.word for told in TOLD if told.lives != "kept"]
        secrets = [ROUND_KEY.decode(), STORY_KEY.decode(), *(told.submission_id for told in TOLD), *map(_sid, PEOPLE)]
        self._nowhere([*over, *secrets])
        record = read_record(self.session)
        assert (record.owed, record.state.phase) == (False, "finished")
        assert record.retellings == {TOLD[1].key: RETOLD}
        assert record.rounds[0].sealed_profile == {'{"option":"a"}': len(PEOPLE)}
        kept = [row for row in record.contributions if row.body]
        assert [row.key for row in kept] == [told.key for told in TOLD if told.lives == "kept"]
        assert {each.name for each in self.folder.iterdir()} <= {NAME, folders_of(self.session)[0].name}
        # None, where a room was killed after the older ones went and nothing has changed since.
        snapshots = listed.snapshots_of(self.session, an_info().id)
        assert len(snapshots) <= 1
        folder = folders_of(self.session)[0]
        assert set(folder.iterdir()) <= {*snapshots, folder / f"{an_info().id}.head"}

    def _all_there(self, sitting: Sitting, gone: list[str]) -> None:
        """What people were told is safe is there, but for what is to be gone."""
        notes = self.acknowledged.read_text().split("\n") if self.acknowledged.exists() else []
        votes = sum(note.startswith("vote ") for note in notes)
        words = {row.key for row in sitting.tables.contributions.values() if row.body}
        if votes:
            assert len(sitting.tables.tallies[ROUND].ballots.base) >= votes
        for told in TOLD:
            assert told.word not in notes or told.word in gone or told.key in words
        assert "finished" not in notes or sitting.state.finished_at is not None
        assert "taken" not in notes or any(row.gone == "withdrawn" for row in sitting.tables.contributions.values())

    def _nowhere(self, words: list[str]) -> None:
        """No byte on the disk has one of these, deciphered where files are locked."""
        for path in sorted(each for each in self.laptop.rglob("*") if each.is_file()):
            # A log is named after its file, and a copy being written after nothing that is deciphered in another way.
            content = doors.readable(path) + path.read_bytes()
            found = [word for word in words if word.encode() in content]
            assert not found, (path, found)

    def check_deleted(self) -> None:
        """A delete that was stopped is done again, and lists what was still there."""
        there = {each for each in self.laptop.rglob("*") if each.is_file() and each.suffix != ".lock"}
        if there:
            found = deleting.find(self.session)
            assert there <= set(found.paths)
            deleted = deleting.delete(found)
            assert deleted.left == ()
            assert there <= set(deleted.gone)
        else:
            try:
                deleting.find(self.session)
            except SessionFileError:
                pass
            else:
                raise AssertionError("something was found where nothing is")
        assert [each for each in self.laptop.rglob("*") if each.is_file()] == []


def _gone(finished: bool, emptied: set[str]) -> list[str]:
    return [told.word for told in TOLD if told.key in emptied or (finished and told.lives == "finish")]


def _sid(person: str) -> str:
    return hashlib.sha256(f"vote of {person}".encode()).hexdigest()[:32]


# Again and again. ------------------------------------------------------------------------------------


def in_a_child(job: Callable[[], None]) -> int:
    """Run a job in a process of its own; gives what `os.waitpid` says."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            job()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitpid(pid, 0)[1]


def main(name: str, work: Path, every: int, way: str) -> None:
    """Prepare, then play and look until the act comes to its end."""
    doors.use(doors.WAYS[way])
    act = Act(work)
    os.environ[HOME_VARIABLE] = str(act.laptop / "home")
    for folder in (act.folder, act.laptop / "away"):
        folder.mkdir(parents=True)
    play, check, prepare = {
        "day": (act.whole, act.check, lambda: None),
        "finish": (act.finish, act.check, act.day),
        "delete": (act.delete, act.check_deleted, lambda: _used(act)),
    }[name]
    assert in_a_child(prepare) == 0
    shutil.copytree(act.laptop, act.before)
    notes = act.acknowledged.read_text() if act.acknowledged.exists() else ""
    kill_at_step = ctypes.CDLL(None).kill_at_step

    def killed_at(step: int) -> None:
        kill_at_step(step)
        play()

    for step in range(1, 100_000, every):
        shutil.rmtree(act.laptop)
        shutil.copytree(act.before, act.laptop)
        act.acknowledged.unlink(missing_ok=True)
        if notes:
            act.acknowledged.write_text(notes)
        ended = in_a_child(lambda step=step: killed_at(step))  # type: ignore[misc]
        assert ended in (0, 9), f"step {step}: the act itself failed"
        assert in_a_child(check) == 0, f"killed at step {step}"
        if ended == 0:
            print(f"{step} steps")
            return


def _used(act: Act) -> None:
    """A day with reports, run files and logs beside it, and a log that was not folded."""
    act.day()
    log = act.session.with_name(f"{NAME}-wal")
    log.write_bytes(b"")
    exporting.write_reports(
        as_it_may_be_read(read_record(act.session), KINDS, NOON), exporting.export_folder(act.session)
    )
    running.log_path(act.session).write_text("started")
    (running.runtime_folder() / f"{an_info().id}.json").write_text("{}")
    (folders_of(act.session)[0] / ".2.workshop.part").write_bytes(b"half a snapshot")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
