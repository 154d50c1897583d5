"""A real room over a real file against a model of a few lines: bursts, failing commits, kills and restarts.

The model knows only what a person in the room would expect: the last answer of each person counts until the
question closes, and everything that was received is there exactly once, whatever the disk did meanwhile.
"""

from __future__ import annotations

import asyncio
import copy
import hashlib
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

from tests.fakes import NOON, FakeClock
from tests.sessions import an_agenda, an_info, item, options
from tests.storage import doors
from workshop_tui.activities.registry import KINDS
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Answer, Counted, Kept
from workshop_tui.domain.deciding.phones import keyed
from workshop_tui.errors import Refused, StoreUnavailable
from workshop_tui.exports.recount import recount
from workshop_tui.limits import REOPEN_MS
from workshop_tui.room import room as room_module
from workshop_tui.room.room import Room
from workshop_tui.room.tables import Tables
from workshop_tui.storage import opening
from workshop_tui.storage.db import Connection, Cursor, DBError, beside
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

PEOPLE = tuple(f"{n:032x}" for n in range(1, 6))
VOTES, STORIES = ("i01", "i03"), "i02"
AGENDA = an_agenda(
    item(1, kind="single", options=options("One", "Two", "Three")),
    item(2, kind="vignette"),
    item(3, kind="single", options=options("Yes", "No")),
)

FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a commit costs no wait for a disk: what the disk keeps is what the power cut tests are about."""

Fault = Literal["", "before", "after", "bug"]
"""What happens to the next commit: nothing; it fails; it fails although it was written; it meets a bug of ours."""


class Disk:
    """A connection whose next commit of anything but the time fails as planned."""

    plan: ClassVar[Fault] = ""

    def __init__(self, real: Connection) -> None:
        self._real = real
        self._wrote = False

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> Cursor:
        if sql == "COMMIT" and self._wrote and (plan := Disk.plan):
            Disk.plan = ""
            if plan == "bug":
                raise ZeroDivisionError
            if plan == "after":
                self._real.execute(sql)
            raise DBError("disk I/O error")
        self._wrote = not sql.startswith("BEGIN") and (self._wrote or sql.startswith("INSERT"))
        return self._real.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]], /) -> Cursor:
        self._wrote = self._wrote or bool(parameters)
        return self._real.executemany(sql, parameters)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


class Ballots:
    """What the model knows of one round."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.status = "open"
        self.closed_at = 0
        self.votes: dict[str, str | None] = {}
        self.reasons: dict[str, tuple[str, ...]] = {}
        self.came: dict[str, list[str]] = {}
        self.sealed: Counter[str | None] | None = None

    def count(self) -> Counter[str | None]:
        return Counter(self.votes.values())

    def words(self) -> Counter[str]:
        return Counter(body for given in self.reasons.values() for body in given)

    def seal(self) -> None:
        self.sealed = self.count()


class Model:
    """What people expect."""

    def __init__(self) -> None:
        self.joined: set[str] = set()
        self.here = ""
        self.rounds: dict[str, Ballots] = {}
        self.stories: dict[str, str] = {}
        self.ended = False

    def last(self) -> Ballots | None:
        mine = [each for key, each in self.rounds.items() if key.startswith(self.here or "none")]
        return mine[-1] if mine else None

    def do(self, command: cmd.Command, now: int) -> bool:
        """Whether the command changes anything."""
        match command:
            case cmd.Join():
                fresh = command.person not in self.joined and not self.ended
                if fresh:
                    self.joined.add(command.person)
                return fresh
            case cmd.Cast():
                return self._vote(command)
            case cmd.Contribute():
                fresh = command.person in self.joined and self.here == STORIES and not self.ended
                fresh = fresh and command.submission_id not in self.stories
                if fresh:
                    self.stories[command.submission_id] = command.person
                return fresh
        # Once the write-up is finished nothing changes any more.
        return not self.ended and self._lead(command, now)

    def _vote(self, command: cmd.Cast) -> bool:
        round_ = self.rounds.get(command.round)
        if round_ is None or command.person not in self.joined or round_.status != "open":
            return False
        came = round_.came.setdefault(command.person, [])
        if command.submission_id in came:
            return False
        came.append(command.submission_id)
        round_.votes[command.person] = command.choice
        round_.reasons[command.person] = tuple(body for _, body in command.reasons)
        return True

    def _lead(self, command: cmd.Command, now: int) -> bool:
        last = self.last()
        match command:
            case cmd.OpenItem():
                if command.item == self.here:
                    return False
                if last is not None and last.status == "open" and command.vote == "close":
                    last.status, last.closed_at = "closed", now
                self.here = command.item
            case cmd.OpenVote(key=key):
                if self.here not in VOTES or (last is not None and last.status == "open"):
                    return False
                if last is not None and last.status == "closed":
                    last.status = "sealed"
                    last.seal()
                number = sum(key.startswith(self.here) for key in self.rounds) + 1
                self.rounds[f"{self.here}.{number}"] = Ballots(key)
            case cmd.CloseVote(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status != "open":
                    return False
                round_.status, round_.closed_at = "closed", now
            case cmd.ReopenVote(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status != "closed" or now - round_.closed_at > REOPEN_MS:
                    return False
                round_.status = "open"
            case cmd.Reveal():
                if not self.here or last is None or last.status == "void":
                    return False
                if last.sealed is None:
                    last.status = "sealed"
                    last.seal()
            case cmd.VoidRound(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status == "void":
                    return False
                round_.status = "void"
                if round_.sealed is None:
                    round_.seal()
        return True


_people = st.sampled_from(PEOPLE)
_choices = st.sampled_from(['{"option":"a"}', '{"option":"b"}', None])
_rounds = st.sampled_from((1, 1, 1, 1, 2))
"""Which round is meant, from the newest."""

_reasons = st.sampled_from(((), (), ('"far"',), ('"far"', '"cold"')))
_vote = st.tuples(st.just("vote"), _people, _rounds, _choices, _reasons)
_again = st.tuples(st.just("again"), st.integers(1, 6))
_phone = st.one_of(_vote, _vote, _vote, _vote, _again, _again, st.tuples(st.just("tell"), _people))
_lead = st.one_of(
    st.tuples(st.just("item"), st.sampled_from((*VOTES, STORIES))),
    st.tuples(st.just("open")),
    st.tuples(st.just("open")),
    st.tuples(st.just("close"), _rounds),
    st.tuples(st.just("reopen"), _rounds),
    st.tuples(st.just("reopen"), _rounds),
    st.tuples(st.sampled_from(("reveal", "join"))),
    st.tuples(st.just("void"), _rounds),
)
_ready = st.sampled_from(("", "vote", "vote", "story"))
_burst = st.tuples(st.lists(_phone, max_size=8), st.lists(_lead, max_size=2), st.lists(_phone, max_size=4)).map(
    lambda parts: [words for part in parts for words in part]
)


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
        real_take = opening.take
        self.patches = (
            mock.patch.object(opening, "take", lambda path, key, *, start: Disk(real_take(path, key, start=start))),
            mock.patch.object(room_module, "RETRY_S", 0.0),
            mock.patch.object(room_module, "TICK_S", 3_600.0),
        )
        for patch in self.patches:
            patch.start()
        self._serve()
        for person in PEOPLE[:-1]:
            self._give([cmd.Join(person=person, token_hash=_token(person))])
        self._give([cmd.OpenItem(item="i01"), cmd.OpenVote(key=self._new_key())])

    def _serve(self) -> None:
        self.store: SessionFile = open_existing(self.path)
        self.room = Room(self.store, self.store.load(), KINDS, self.clock)
        self._wait(self.room.start())

    def _wait(self, work: Awaitable[object]) -> object:
        return self.loop.run_until_complete(work)

    def _new_number(self) -> int:
        self.number += 1
        return self.number

    def _new_key(self) -> bytes:
        return hashlib.sha256(b"round %d" % self._new_number()).digest()

    def _made(self, words: tuple[object, ...]) -> cmd.Command:
        """The command of a few words."""
        n = self._new_number()
        match words:
            case ("join",):
                person = PEOPLE[n % len(PEOPLE)]
                return cmd.Join(person=person, token_hash=_token(person))
            case ("vote", str(person), int(back), (str() | None) as choice, tuple(bodies)):
                reasons = tuple((f"{n:030x}{place:02x}", body) for place, body in enumerate(bodies))
                return cmd.Cast(
                    person=person,
                    round=self._round(back),
                    choice=choice,
                    submission_id=f"{n:032x}",
                    reasons=reasons,
                )
            case ("again", int(back)):
                return self.sent[-back] if back <= len(self.sent) else cmd.CloseVote(round="none")
            case ("tell", str(person)):
                body = f'{{"parts":[["story","Story {n}"]],"level":"C2"}}'
                return cmd.Contribute(
                    person=person, item=STORIES, body=body, consent="C2", key=f"k{n}", submission_id=f"{n:032x}"
                )
            case ("item", str(key)):
                return cmd.OpenItem(item=key, vote="close")
            case ("open",):
                return cmd.OpenVote(key=self._new_key())
            case ("close", int(back)):
                return cmd.CloseVote(round=self._round(back))
            case ("reopen", int(back)):
                return cmd.ReopenVote(round=self._round(back))
            case ("reveal",):
                return cmd.Reveal()
            case ("void", int(back)):
                return cmd.VoidRound(round=self._round(back), reason="A test of the sound.")
        raise AssertionError(words)

    def _round(self, back: int) -> str:
        names = list(self.model.rounds)
        return names[-back] if back <= len(names) else "i01.9"

    def _give(self, commands: Sequence[cmd.Command], fault: Fault = "", *, tick: bool = False) -> None:
        """Hand all commands in at once, and hold every answer against what the model expects."""
        now = self.clock.now_ms()
        if not commands:
            return
        commands = [msgspec.structs.replace(command, at=now) for command in commands]
        after = copy.deepcopy(self.model)
        # Alone in its batch a command is itself to blame for a bug.
        fault = "" if fault == "bug" and len(commands) == 1 else fault
        expected = [after.do(command, now) for command in commands]
        Disk.plan = fault
        self.sent += [command for command in commands if isinstance(command, cmd.Cast | cmd.Contribute)]
        answers = self._wait(self._all(commands, tick=tick))
        fails = bool(Disk.plan != fault and fault in ("before", "after"))
        Disk.plan = ""
        assert isinstance(answers, list)
        if fails:
            assert all(isinstance(answer, StoreUnavailable) for answer in answers), answers
            self.model = after if fault == "after" else self.model
        else:
            for command, changes, answer in zip(commands, expected, answers, strict=True):
                self._check(command, changes, answer)
            self.model = after

    async def _all(self, commands: Sequence[cmd.Command], *, tick: bool) -> list[Answer | BaseException]:
        waiting = [asyncio.ensure_future(self.room.submit(command)) for command in commands]
        ticking = [asyncio.ensure_future(self.room.tick())] if tick else []
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.gather(*ticking)
        seen = self.room.hub.desk_version
        while self.room.fault:
            seen = await self.room.hub.wait_desk(seen, 5)
        return answers

    def _check(self, command: cmd.Command, changes: bool, answer: object) -> None:
        said = (command, answer)
        match answer:
            case Counted() | Kept():
                assert changes != answer.again, said
            case Refused():
                assert not changes, said
            case BaseException():
                raise AssertionError(said) from answer
            case _:
                assert changes or isinstance(command, cmd.Join), said

    # What happens. -------------------------------------------------------------------------------

    @rule(burst=_burst, ready=_ready)
    def many_at_once(self, burst: list[tuple[object, ...]], ready: str) -> None:
        self._get_ready(ready)
        self._give([self._made(words) for words in burst])

    @rule(burst=_burst, ready=_ready, fault=st.sampled_from(("before", "after", "bug")), tick=st.booleans())
    def many_at_once_while_the_disk_fails(
        self, burst: list[tuple[object, ...]], ready: str, fault: Fault, tick: bool
    ) -> None:
        self._get_ready(ready)
        self._give([self._made(words) for words in burst], fault, tick=tick)

    def _get_ready(self, ready: str) -> None:
        """See to it that there is something to answer: left to chance there seldom is."""
        last = self.model.last()
        if ready == "story" and self.model.here != STORIES:
            self._give([cmd.OpenItem(item=STORIES, vote="keep")])
        if ready == "vote" and (last is None or last.status != "open"):
            self._give([cmd.OpenItem(item="i03" if self.model.here == "i01" else "i01")])
            self._give([cmd.OpenVote(key=self._new_key())])

    @rule(what=st.sampled_from((*range(9), *range(8))))
    def something_else(self, what: int) -> None:
        (
            lambda: self._pass_s(1),
            lambda: self._pass_s(40),
            lambda: self._take_back(again=False),
            lambda: self._take_back(again=True),
            self._stop_and_start,
            self._kill_and_start,
            self._read_again,
            self._count_a_copy,
            self._end,
        )[what]()

    def _pass_s(self, seconds: int) -> None:
        self.clock.pass_s(seconds)
        # The room looks at its clocks often, so that this is no sleep.
        self.room._last_steady, self.room._last_wall = self.clock.steady_ms(), self.clock.now_ms()

    def _take_back(self, *, again: bool) -> None:
        """Undo and redo change what is open, never what was counted for good, never a ballot; none makes a round."""
        command = cmd.Redo() if again else cmd.Undo()
        try:
            self._wait(self.room.submit(msgspec.structs.replace(command, at=self.clock.now_ms())))
        except Refused:
            return
        state = self.room.state
        self.model.here = state.current
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

    def _end(self) -> None:
        if self.model.ended:
            return
        self._wait(self.room.submit(cmd.EndWorkshop(confirm="END", at=self.clock.now_ms())))
        self._wait(self.room.submit(cmd.FinishWriteUp(confirm="FINISH", at=self.clock.now_ms())))
        self.model.ended = True
        for round_ in self.model.rounds.values():
            if round_.status in ("open", "closed"):
                round_.status = "sealed"
                round_.seal()

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
        assert {_number(row.key) for row in room.tables.contributions.values()} == set(model.stories)
        story_key = room.tables.story_key()
        assert (story_key is None) == model.ended
        for person in PEOPLE if story_key is not None else ():
            told = Counter(model.stories.values())[person]
            assert len(room.tables.by_author(keyed(story_key or b"", person))) == told

    def _read_again(self) -> None:
        def read() -> opening.Contents:
            assert self.store._connection is not None
            return opening.read_contents(self.store._connection, self.path, locked=doors.in_use() is not None)

        contents = self._wait(self.room.on_writer(read))
        assert isinstance(contents, opening.Contents)
        assert contents.state == self.room.state
        for key, ballots in self.model.rounds.items():
            rows, sealed = contents.stored.ballots[key].values(), contents.stored.sealed.get(key)
            assert Counter(row.choice for row in rows) == ballots.count()
            assert (None if sealed is None else dict(sealed.counts)) == ballots.sealed
            assert (key in contents.stored.round_keys) == (ballots.sealed is None)
            assert Counter(row.body for row in contents.stored.reasons if row.round == key) == ballots.words()
        assert Tables(contents.stored).reasons.kept("i01.1") == self.room.tables.reasons.kept("i01.1")
        numbers = [_number(row.key) for row in contents.stored.contributions]
        assert sorted(numbers) == sorted(self.model.stories)

    def _count_a_copy(self) -> None:
        target = self.folder / "copy.workshop"
        self._wait(self.room.copy_to(target))
        record = read_record(target)
        assert all(line.same for line in recount(record, KINDS))
        assert {each.key: dict(each.profile) for each in record.rounds} == {
            key: {choice: n for choice, n in each.count().items() if choice is not None}
            for key, each in self.model.rounds.items()
        }
        assert {each.key: Counter(each.reasons) for each in record.rounds} == {
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


def _token(person: str) -> bytes:
    return hashlib.sha256(person.encode()).digest()


@pytest.fixture(params=["plain", "locked"])
def examples(request: pytest.FixtureRequest) -> Iterator[int]:
    """How many days are played: fewer over locked files, which the room does not tell from plain ones."""
    doors.use(doors.WAYS[request.param])
    yield 20 if request.param == "plain" else 12
    doors.use(None)


def test_whatever_people_press_and_the_disk_does_the_count_is_what_was_received(tmp_path: Path, examples: int) -> None:
    template = tmp_path / "template.workshop"
    create(template, an_info(AGENDA, scheduled_start=NOON), b"title = 'A test day'\n", b"s" * 32).close()
    RoomAgainstModel.template = template
    run_state_machine_as_test(
        RoomAgainstModel,
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
