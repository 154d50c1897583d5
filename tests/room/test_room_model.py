"""A real room over a real file against a model of a few lines: bursts, failing commits, kills and restarts.

The model knows only what a person in the room would expect: the last answer of each person counts until the
question closes, and everything that was received is there exactly once, whatever the disk did meanwhile.
"""

from __future__ import annotations

import asyncio
import copy
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Literal
from unittest import mock

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from tests.fakes import FakeClock
from tests.room.beside import put_beside, said
from tests.room.expected import INFO, PEOPLE, STORY_KEY, WORDS, Model
from tests.room.presses import BURST, DESK, LEAD, READY, Words, a_key, from_desk, from_phone, ideas, token
from tests.storage import doors
from tests.twin import Twin
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Answer, Kept, Voted, sealing
from workshop_tui.domain.deciding.phones import keyed
from workshop_tui.domain.state import SessionState
from workshop_tui.errors import Refused, RoomBusy, StoreUnavailable
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room import room as room_module
from workshop_tui.room.room import Room
from workshop_tui.room.tables import Tables
from workshop_tui.storage import listed, opening
from workshop_tui.storage.contents import Contents, read_contents
from workshop_tui.storage.db import Connection, Cursor, DBError
from workshop_tui.storage.disk import beside
from workshop_tui.storage.making import write_whole
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a commit costs no wait for a disk: what the disk keeps is what the power cut tests are about."""

Fault = Literal["", "before", "after", "bug"]
"""What happens to the next commit: nothing; it fails; it fails although it was written; it meets a bug of ours."""


class Disk:
    """A connection whose next commit of anything but the time fails as planned."""

    plan: ClassVar[Fault] = ""
    wrote_all_the_same: ClassVar[bool] = False
    """Whether the batch whose commit failed last is in the file."""
    on_copies: ClassVar[bool] = False
    """Whether it was no batch that met the last fault: a second copy was being listed."""

    @classmethod
    def has_written(cls) -> bool:
        """The same, once."""
        written, cls.wrote_all_the_same = cls.wrote_all_the_same, False
        return written

    def __init__(self, real: Connection) -> None:
        self._real = real
        self._wrote = False
        self._lists_copy = False

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> Cursor:
        if sql == "COMMIT" and self._wrote and (plan := Disk.plan):
            Disk.plan = ""
            Disk.on_copies = self._lists_copy
            if plan == "bug":
                raise ZeroDivisionError
            Disk.wrote_all_the_same = plan == "after" and not self._lists_copy
            if plan == "after":
                self._real.execute(sql)
            raise DBError("disk I/O error")
        self._wrote = not sql.startswith("BEGIN") and (self._wrote or sql.startswith("INSERT"))
        self._lists_copy = not sql.startswith("BEGIN") and (self._lists_copy or sql.startswith("INSERT INTO copy "))
        return self._real.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]], /) -> Cursor:
        self._wrote = self._wrote or bool(parameters)
        return self._real.executemany(sql, parameters)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


class RoomAgainstModel(RuleBasedStateMachine):
    """Bursts of commands at a room, with the disk failing now and then."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="model-", dir=FAST))
        self.path = self.folder / "0.workshop"
        shutil.copy(self.template, self.path)
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.model = Model()
        self.sent: list[cmd.Command] = []
        self.number = 0
        self.twin = Twin(INFO, STORY_KEY)
        real_take = opening.take
        self.patches = (
            mock.patch.object(opening, "take", lambda path, key, *, start: Disk(real_take(path, key, start=start))),
            mock.patch.object(room_module, "RETRY_S", 0.0),
            mock.patch.object(room_module, "TICK_S", 3_600.0),
            # So that both groups are kept in one round and not in another, with five people.
            mock.patch.object(sealing, "may_part", lambda answered: min(answered.values(), default=0) > 0),
        )
        for patch in self.patches:
            patch.start()
        self._serve()
        for person in PEOPLE[:-1]:
            self._give([cmd.Join(person=person, token_hash=token(person))])
            self._give([cmd.TellRole(person=person, role="staff" if person in PEOPLE[::2] else "patient")])
        self._give([cmd.ChooseOptions(item="i06", options=ideas(0))])
        self._give([self._made(("item", "i01")), self._made(("open",))])

    def _serve(self) -> None:
        self.store: SessionFile = open_existing(self.path)
        self.differences = put_beside(self.store, self.twin, Disk.has_written)
        self.room = Room(self.store, self.store.load(), KINDS, self.clock)
        self._wait(self.room.start())

    def _wait(self, work: Awaitable[object]) -> object:
        return self.loop.run_until_complete(work)

    def _new_number(self) -> int:
        self.number += 1
        return self.number

    def _made(self, words: Words) -> cmd.Command:
        """The command of a few words."""
        n = self._new_number()
        if words[0] == "again":
            back = words[1]
            assert isinstance(back, int)
            return self.sent[-back] if back <= len(self.sent) else cmd.CloseVote(round="none")
        back = next((each for each in words if type(each) is int), 1)
        rounds, told, notes = list(self.model.rounds), list(self.model.words), list(self.twin.notes)
        round_ = rounds[-back] if back <= len(rounds) else "i01.9"
        target = f"k{int(told[-back], 16)}" if back <= len(told) else "none"
        note = notes[-back] if back <= len(notes) else "none"
        here = self.model.here if self.model.here in WORDS else WORDS[0]
        return from_phone(words, n, round_, here, target) or from_desk(words, n, round_, target, note)

    def _give(self, commands: Sequence[cmd.Command], fault: Fault = "", *, tick: bool = False) -> None:
        """Hand all commands in at once, and hold every answer against what the model expects."""
        now = self.clock.now_ms()
        if not commands:
            return
        commands = [self._signed(command, now) for command in commands]
        after = copy.deepcopy(self.model)
        # Alone in its batch a command is itself to blame for a bug.
        fault = "" if fault == "bug" and len(commands) == 1 else fault
        expected = [after.do(command, now) for command in commands]
        Disk.plan, Disk.on_copies = fault, False
        self.sent += [command for command in commands if isinstance(command, cmd.Cast | cmd.Contribute)]
        answers = self._wait(self._all(commands, tick=tick))
        # Where a second copy could not be listed, nothing that anybody sent is touched.
        fails = Disk.plan != fault and fault in ("before", "after") and not Disk.on_copies
        Disk.plan = ""
        assert isinstance(answers, list)
        if fails:
            assert all(isinstance(answer, StoreUnavailable) for answer in answers), answers
            self.model = after if fault == "after" else self.model
        else:
            for command, changes, answer in zip(commands, expected, answers, strict=True):
                self._check(command, changes, answer)
            self.model = after

    def _signed(self, command: cmd.Command, now: int) -> cmd.Command:
        """As a listener signs it; two desks take turns."""
        n = self._new_number()
        desk = ("north", "south")[n // 2 % 2] if command.who == "facilitator" else ""
        return msgspec.structs.replace(command, at=now, salt=a_key(n), desk=desk)

    async def _all(self, commands: Sequence[cmd.Command], *, tick: bool) -> list[Answer | BaseException]:
        waiting = [asyncio.ensure_future(self.room.submit(command)) for command in commands]
        ticking = [asyncio.ensure_future(self.room.tick())] if tick else []
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.gather(*ticking)
        if Disk.on_copies:
            # The file was let go of. The room sees that before somebody's vote has to be refused for it.
            await self.room.tick()
        seen = self.room.notifier.desk_version
        while self.room.fault:
            seen = await self.room.notifier.wait_desk(seen, 5)
        return answers

    def _check(self, command: cmd.Command, changes: bool | None, answer: object) -> None:
        said = (command, answer)
        match answer:
            case Voted() | Kept() | Refused() | RoomBusy() if changes is None:
                pass
            case Voted() | Kept():
                assert changes != answer.again, said
            case Refused() | RoomBusy():
                assert not changes, said
            case BaseException():
                raise AssertionError(said) from answer
            case _:
                assert changes is not False or isinstance(command, cmd.Join), said

    # What happens. -------------------------------------------------------------------------------

    @rule(burst=BURST, ready=READY)
    def many_at_once(self, burst: list[Words], ready: str) -> None:
        self._get_ready(ready)
        self._give([self._made(words) for words in burst])

    @rule(burst=BURST, ready=READY, fault=st.sampled_from(("before", "after", "bug")), tick=st.booleans())
    def many_at_once_while_the_disk_fails(self, burst: list[Words], ready: str, fault: Fault, tick: bool) -> None:
        self._get_ready(ready)
        self._give([self._made(words) for words in burst], fault, tick=tick)

    def _get_ready(self, ready: str) -> None:
        """See to it that there is something to answer: left to chance there seldom is."""
        last = self.model.last()
        if ready == "words" and self.model.here not in WORDS:
            self._give([cmd.OpenItem(item=WORDS[self._new_number() % len(WORDS)], vote="keep")])
        if ready == "vote" and (last is None or last.status != "open"):
            self._give([cmd.OpenItem(item="i03" if self.model.here == "i01" else "i01")])
            self._give([self._made(("open",))])

    @rule(words=DESK | LEAD)
    def one_alone(self, words: Words) -> None:
        self._give([self._made(words)])

    @rule(what=st.sampled_from((*range(13), *range(9))))
    def something_else(self, what: int) -> None:
        (
            lambda: self._pass_s(1),
            lambda: self._pass_s(40),
            lambda: self._take_back("north", again=False),
            lambda: self._take_back("south", again=False),
            lambda: self._take_back("north" if self.number % 2 else "south", again=True),
            self._stop_and_start,
            self._kill_and_start,
            self._read_again,
            self._count_a_copy,
            lambda: self._give([self._made(("end",))]),
            lambda: self._give([self._made(("finish",))]),
            self._second_copy,
            self._lose_and_go_on,
        )[what]()

    def _pass_s(self, seconds: int) -> None:
        self.clock.pass_s(seconds)
        # The room looks at its clocks often, so that this is no sleep.
        self.room._last_steady, self.room._last_wall = self.clock.steady_ms(), self.clock.now_ms()

    def _take_back(self, desk: str, *, again: bool) -> None:
        """Undo and redo change what is open, never what was counted for good, never a ballot; none makes a round."""
        asked = cmd.Redo if again else cmd.Undo
        try:
            n = self._new_number()
            self._wait(self.room.submit(asked(at=self.clock.now_ms(), desk=desk, salt=a_key(n))))
        except Refused:
            return
        state = self.room.state
        self.model.here = state.current
        open_ = [each.item.key for each in state.items if each.gathering_open]
        assert len(open_) <= 1
        self.model.takes_words = open_[0] if open_ else ""
        for round_ in state.rounds:
            known = self.model.rounds[round_.key]
            if known.sealed is not None:
                assert round_.status == known.status, "what was counted stays counted"
            elif round_.status == "sealed":
                known.seal()
            known.status, known.closed_at = round_.status, round_.closed_at or 0

    def _stop_and_start(self) -> None:
        self._wait(self.room.close())
        self._serve()

    def _kill_and_start(self) -> None:
        """Nothing is closed: the next room finds what the file and its log hold at this moment."""
        left, self.path = self.path, self.folder / f"{self._new_number()}.workshop"
        shutil.copy(left, self.path)
        if beside(left, "wal").exists():
            shutil.copy(beside(left, "wal"), beside(self.path, "wal"))
        self._wait(self.room.close())
        self._serve()

    def _second_copy(self) -> None:
        """What a room knows and what a minute's snapshot holds are what is in the file."""
        write = self._wait(self.room.on_writer(self.store.snapshot))
        if callable(write):
            write()
        held = self._contents()
        snapshots = listed.snapshots_of(self.path, held.info.id)
        assert len(snapshots) <= 2
        if callable(write):
            assert opening.examine(snapshots[-1], doors.in_use()).stored == replace(held.stored, clean=True)
        whole = self.folder / f"whole{self._new_number()}.workshop"
        known = replace(self.room.tables.stored(self.room.info), alive_ms=held.stored.alive_ms)
        write_whole(whole, replace(held, stored=known), doors.in_use())
        expected = replace(held, stored=replace(held.stored, clean=True), owed=False)
        # Where keys were destroyed, what opens it next makes sure that no copy has them.
        assert replace(opening.examine(whole, doors.in_use()), owed=False) == expected
        whole.unlink()

    def _lose_and_go_on(self) -> None:
        """File and log are deleted; the room notices by itself, and the next goes on with what it saved."""
        self.path.unlink()
        beside(self.path, "wal").unlink(missing_ok=True)
        self._wait(self.room.tick())
        assert "rescued-" in ENGLISH.text(self.room.fault)
        self._wait(self.room.close())
        (rescued,) = self.folder.glob("rescued-*")
        self.path = rescued.rename(self.folder / f"{self._new_number()}.workshop")
        self._serve()

    # What must be so. ----------------------------------------------------------------------------

    @invariant()
    def the_count_on_the_screens_is_what_people_were_told(self) -> None:
        room, model = self.room, self.model
        assert {each.key: each.status for each in room.state.rounds} == {
            key: each.status for key, each in model.rounds.items()
        }
        for key, ballots in model.rounds.items():
            tally, count = room.tables.tallies[key], ballots.count()
            assert tally.profile == {choice: n for choice, n in count.items() if choice is not None}
            assert (tally.skipped, tally.answered) == (count[None], count.total() - count[None])
            words = room.tables.reasons.kept(key)
            assert Counter(row.body for row in words) == ballots.words()
            assert all(bool(row.voter) == (ballots.sealed is None) for row in words), "whose they are is forgotten"
            assert tally.changes == sum(len(came) - 1 for came in ballots.came.values())
        assert room.tables.people() == len(model.joined)
        assert {_number(row.key) for row in room.tables.contributions.values()} == set(model.words)
        story_key = room.tables.story_key()
        assert (story_key is None) == (model.phase == "finished")
        for person in PEOPLE if story_key is not None else ():
            told = Counter(model.words.values())[person]
            assert len(room.tables.by_author(keyed(story_key or b"", person))) == told

    @invariant()
    def the_file_and_a_room_that_starts_now_would_say_the_same_as_the_twin(self) -> None:
        assert not self.differences
        fresh, live = (said(tables, self.twin) for tables in (Tables(self.twin.load()), self.room.tables))
        for what, found in live.items():
            assert found == fresh[what], what

    def _contents(self) -> Contents:
        def read() -> Contents:
            assert self.store._held.connection is not None
            return read_contents(self.store._held.connection, self.path, locked=doors.in_use() is not None)

        contents = self._wait(self.room.on_writer(read))
        assert isinstance(contents, Contents)
        return contents

    def _read_again(self) -> None:
        contents = self._contents()
        for name in SessionState.__struct_fields__:
            assert getattr(contents.state, name) == getattr(self.room.state, name), name
        for key, ballots in self.model.rounds.items():
            rows, sealed = contents.stored.ballots[key].values(), contents.stored.sealed.get(key)
            assert Counter(row.choice for row in rows) == ballots.count()
            assert (None if sealed is None else dict(sealed.counts)) == ballots.sealed
            assert (key in contents.stored.round_keys) == (ballots.sealed is None)
            assert Counter(row.body for row in contents.stored.reasons if row.round == key) == ballots.words()
        numbers = [_number(row.key) for row in contents.stored.contributions]
        assert sorted(numbers) == sorted(self.model.words)

    def _count_a_copy(self) -> None:
        target = self.folder / f"copy{self._new_number()}.workshop"
        self._wait(self.room.copy_to(target))
        record = read_record(target)
        assert all(line.same for line in recount(record, KINDS))
        assert {each.key: dict(each.profile) for each in record.rounds} == {
            key: {choice: n for choice, n in each.count().items() if choice is not None}
            for key, each in self.model.rounds.items()
        }
        assert {each.key: Counter(body for _, body in each.reasons) for each in record.rounds} == {
            key: each.words() for key, each in self.model.rounds.items()
        }
        copied = doors.readable(target)
        assert not [key for key, each in self.model.rounds.items() if each.key in copied]
        # Of a round that is counted the key is nowhere any more, so nobody can tell whose a ballot was.
        log = beside(self.path, "wal")
        left = doors.readable(self.path) + (doors.readable(log) if log.exists() else b"")
        assert not [key for key, each in self.model.rounds.items() if each.sealed is not None and each.key in left]

    def teardown(self) -> None:
        try:
            self._read_again()
            self._count_a_copy()
        finally:
            self._wait(self.room.close())
            self.loop.close()
            for patch in self.patches:
                patch.stop()
            shutil.rmtree(self.folder)


def _number(key: str) -> str:
    """The number of the sending that brought a story; its own id is gone with the day."""
    return f"{int(key[1:]):032x}"


@pytest.fixture(params=["plain", "locked", pytest.param("long", marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def examples(request: pytest.FixtureRequest) -> Iterator[int]:
    """How many days are played: fewer over locked files, which the room does not tell from plain ones."""
    doors.use(doors.KEY if request.param == "locked" else None)
    yield {"plain": 20, "locked": 12, "long": 400}[request.param]
    doors.use(None)


def test_whatever_people_press_and_the_disk_does_the_count_is_what_was_received(tmp_path: Path, examples: int) -> None:
    template = tmp_path / "template.workshop"
    create(template, INFO, b"title = 'A test day'\n", STORY_KEY).close()
    RoomAgainstModel.template = template
    run_state_machine_as_test(
        RoomAgainstModel,
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[RoomAgainstModel]:
    """A room in which the first vote is open, on a disk that does as it is told."""
    template = tmp_path / "template.workshop"
    create(template, INFO, b"title = 'A test day'\n", STORY_KEY).close()
    RoomAgainstModel.template = template
    machine = RoomAgainstModel()
    yield machine
    machine.teardown()


@pytest.mark.parametrize("timer", [False, True])
@pytest.mark.parametrize("fault", ["before", "after", "bug"])
def test_a_second_copy_that_cannot_be_listed_is_nobodys_who_sends_something(
    machine: RoomAgainstModel, fault: Fault, timer: bool
) -> None:
    machine._give([machine._made(("timer" if timer else "no timer",))])
    machine._pass_s(61)
    refused = [machine._made(("vote", PEOPLE[-1], 1, None, ())) for _ in range(2)]
    copies = machine.folder / "0.workshop.snapshots"

    machine._give(refused, fault, tick=True)

    assert Disk.on_copies
    assert not machine.room.fault
    # Nobody's vote is the one to find out that the file was let go of.
    machine._give([machine._made(("vote", PEOPLE[0], 1, '{"option":"a"}', ()))])
    machine.the_count_on_the_screens_is_what_people_were_told()
    machine.the_file_and_a_room_that_starts_now_would_say_the_same_as_the_twin()
    machine._pass_s(61)
    machine._wait(machine.room.tick())
    assert list(copies.glob("*.workshop"))
