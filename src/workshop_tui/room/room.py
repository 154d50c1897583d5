"""The running session: the only writer, one loop, no locks.

Each turn takes what waits, decides it in order on a working state, writes all of it in one commit, and only then
publishes and answers. A commit that fails leaves no trace: the working state is thrown away and every sender in
the batch is told to try again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.commands import ClockMoved, Command, EndWorkshop, FinishWriteUp
from workshop_tui.domain.deciding import Answer, decide
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.reach import gone_by_the_end
from workshop_tui.domain.state import SessionState, new_state
from workshop_tui.errors import FileLost, Refused, RoomBusy, SessionFileError, StoreUnavailable
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr
from workshop_tui.room.damage import passed_over
from workshop_tui.room.inbox import Inbox, Queued
from workshop_tui.room.notifier import Notifier
from workshop_tui.room.ports import Clock, Store, StoredSession, due_at
from workshop_tui.room.ranking import Ranking
from workshop_tui.room.square import secret_of
from workshop_tui.room.tables import Tables
from workshop_tui.room.watch import JoinWatch

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_S = 3.0
"""How long to wait before the session file is tried again."""

TICK_S = 1.0
"""How often the clock is looked at and, while a timer runs, the time is kept in the file."""

SNAPSHOT_MS = 60_000
"""How often a second copy is made while something changes."""

JUMP_MS = 3_000
"""When the two clocks part by more than this between two ticks, somebody set one."""

SLEEP_MS = 15_000
"""A longer step between two ticks is a sleep; a busy laptop stays well below it."""

DESK_ONLY = (ev.NoteAdded, ev.NoteDropped, ev.ContributionNoted, ev.StoryRetold, ev.TalkAsked, ev.TalkHeard)
"""Journal events that no phone and no screen can see."""


class Room:
    """One session while it runs.

    Args:
        store: The open session file; from now on only touched on the room's writer thread.
        stored: What `store.load()` gave.
        kinds: The registry.
        clock: All time comes from it.
    """

    def __init__(self, store: Store, stored: StoredSession, kinds: Kinds, clock: Clock) -> None:
        self.info = stored.info
        self.kinds = kinds
        self.clock = clock
        self.state: SessionState
        """What is on disk and published; only this class changes it."""
        self.tables: Tables
        self.questions: Ranking
        """Questions from the room in the order in which they are read; only what is on disk."""
        self.damage: tuple[Text, ...]
        """What in the file is not as it was written, as sentences; it was passed over."""
        self._take_over(stored)
        self.notifier = Notifier(first=clock.now_ms())
        self.watch = JoinWatch(clock)
        self.is_here: Callable[[str], bool] = lambda _: False
        """Whether somebody's phone was heard of lately; whoever serves the phones knows."""
        self.fault: Sentences = ""
        """Why nothing can be written now, in words; empty when all is well."""
        self.saved_at: int = stored.alive_ms
        """When something was last written, UTC milliseconds."""
        self.commits = 0
        """How many commits this room made: the tests count them."""
        self._store = store
        self._inbox = Inbox()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._tasks: list[asyncio.Task[None]] = []
        self._last_wall = clock.now_ms()
        self._last_steady = clock.steady_ms()
        self._copied_at = clock.steady_ms()

    # Life. ---------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to take commands; time in which no room ran does not count against the open item."""
        here = self.state.here
        now = self.clock.now_ms()
        self._tasks = [
            asyncio.create_task(self.run(), name="room"),
            asyncio.create_task(self._watch_clock(), name="clock"),
        ]
        if here is not None and here.running_since is not None and self.saved_at:
            away = now - max(self.saved_at, here.running_since)
            if away > 0:
                await self.submit(ClockMoved(at=now, by_ms=away, slept=False, away=True))

        await self._finish_when_due()

    async def close(self) -> None:
        """Finish what waits, let listeners go, close the file."""
        self.notifier.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._inbox.fail_all(RoomBusy(tr("The room is closing. Your words are still on this phone.")))
        try:
            await self.on_writer(self._store.close)
        finally:
            self._writer.shutdown()

    @property
    def code(self) -> str:
        """The join code in force."""
        return self.state.joining.code or self.info.code

    @property
    def square(self) -> str:
        """What the square says instead of the code."""
        return secret_of(self.tables.story_key(), self.code)

    async def on_writer(self, job: Callable[[], T]) -> T:
        """Run one job on the writer thread, between two commits."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, job)

    async def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the session without keys, and without words that are only for the day.

        Raises:
            StoreUnavailable: it could not be written.
        """
        without = gone_by_the_end(self.tables.contributions.values(), self.kinds)
        await self.on_writer(lambda: self._store.copy_to(target, without))

    @property
    def is_locked(self) -> bool:
        """Whether the session file is encrypted."""
        return self._store.locked

    @property
    def is_in_ring(self) -> bool:
        """Whether the system's key ring has the key too."""
        return self._store.is_in_ring

    async def left_ring(self) -> None:
        """Note that the system's key ring has the key no more."""
        await self.on_writer(self._store.left_ring)

    @property
    def key_trouble(self) -> Sentences:
        """Why the key of a locked session is not beside it; empty when all is well."""
        return self._store.key_trouble

    @property
    def left_over(self) -> tuple[Message | Verbatim, ...]:
        """Names of copies that hold words or keys which are to be gone, because they cannot be removed now."""
        names = ((path in self._store.ahead, Verbatim(path.name)) for path in self._store.left_over)
        return tuple(tr("{name} (it holds more than this file)", name=name) if more else name for more, name in names)

    # The one way through. ------------------------------------------------------------------------

    async def submit(self, command: Command) -> Answer:
        """Hand in a command and wait until it is on disk.

        Raises:
            Refused: it does not fit the state.
            RoomBusy: too many wait.
            StoreUnavailable: it could not be written; it is as if it had never been sent.
        """
        return await self.hand_in(command)

    def hand_in(self, command: Command) -> asyncio.Future[Answer]:
        """Hand in a command; what is returned is done when it is on disk, or says as `submit` why it is not.

        Raises:
            RoomBusy: too many wait.
            StoreUnavailable: nothing can be written just now.
        """
        if self.fault:
            raise StoreUnavailable(self.fault)
        return self._inbox.put(command)

    async def run(self) -> None:
        """Take, decide, write, publish, answer: until cancelled."""
        while True:
            await self._turn(await self._inbox.take())

    async def _turn(self, batch: list[Queued]) -> None:
        try:
            working, written, outcomes = self._decided(batch)
            if written:
                await self._write(written)
        except StoreUnavailable as problem:
            self.tables.rollback()
            # Those that were refused too: "closed" may rest on a closing that was never written.
            for waiting in batch:
                _tell(waiting, problem)
            await self._fall_ill(problem)
            return
        except Exception as bug:
            self.tables.rollback()
            log.exception("a batch could not be written")
            if len(batch) == 1:
                _tell(batch[0], bug)
                return
            # One of them is the culprit: written one by one, only that one fails.
            for waiting in batch:
                await self._turn([waiting])
            return
        if written:
            self.tables.commit()
            self.state = working
            self.questions.follow(self.tables.changed, self.tables, self.state, self.kinds)
            self._publish(written)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            _tell(waiting, outcome)

    def _decided(self, batch: list[Queued]) -> tuple[SessionState, list[ev.Event], list[Answer | Exception]]:
        """The state after a batch, what happens in it, and what each of its commands is answered."""
        working = self.state
        written: list[ev.Event] = []
        outcomes: list[Answer | Exception] = []
        for waiting in batch:
            try:
                decision = decide(working, waiting.command, self.tables, self.kinds)
                working = evolve_all(working, [each for each in decision.events if isinstance(each, ev.Journaled)])
            except (Refused, RoomBusy) as refusal:
                outcomes.append(refusal)
                continue
            except Exception as bug:
                # One bad command must not stop the room; its type tells which, its words stay out of the log.
                log.exception("command failed", extra={"command": type(waiting.command).__name__})
                outcomes.append(bug)
                continue
            for event in decision.events:
                if not isinstance(event, ev.Journaled):
                    self.tables.apply(event)
            written += decision.events
            outcomes.append(decision.answer)
        return working, written, outcomes

    async def _write(self, events: list[ev.Event]) -> None:
        now = self.clock.now_ms()
        await self.on_writer(lambda: self._store.commit(events, now))
        self.commits += 1
        self.saved_at = now

    def _publish(self, events: list[ev.Event]) -> None:
        self.watch.happened(events, started=self.state.started_at is not None)
        if any(isinstance(event, ev.Journaled) and not isinstance(event, DESK_ONLY) for event in events):
            self.notifier.tell_room()
        else:
            self.notifier.tell_desk()

    # When the file cannot be written. ------------------------------------------------------------

    async def _fall_ill(self, problem: StoreUnavailable) -> None:
        log.error("the session file cannot be written")
        is_new = not self.fault
        self.fault = problem.told
        self._inbox.fail_all(problem)
        self.notifier.tell_desk()
        if is_new:
            await self._save_what_is_known(problem)
            # Never two: the second would stand where the file stood before what the first let in.
            self._tasks.append(asyncio.create_task(self._get_well(), name="recovery"))

    async def _save_what_is_known(self, problem: StoreUnavailable) -> None:
        """Where the file itself is lost, write another one from memory: nothing that was acknowledged is missing."""
        if isinstance(problem, FileLost):
            stored = self.tables.stored(self.info)
            self.fault = (await self.on_writer(lambda: self._store.rescue(stored))).told
            self.notifier.tell_desk()

    async def _get_well(self) -> None:
        while self.fault:
            await asyncio.sleep(RETRY_S)
            try:
                await self.on_writer(self._store.recover)
                stored = await self.on_writer(self._store.load)
            except (StoreUnavailable, SessionFileError) as problem:
                self.fault = problem.told
                self.notifier.tell_desk()
                if isinstance(problem, FileLost):
                    await self._save_what_is_known(problem)
                continue
            except Exception:
                # A bug of ours may be one of this moment: a room that stopped trying could only be killed.
                log.exception("the session file could not be opened again")
                continue
            # The file may hold the very batch whose commit failed: a disk can lose its voice after it wrote.
            # What is in the file is what happened; whoever was told to try again is then told "again".
            self._take_over(stored)
            self.fault = ""
            self.saved_at = self.clock.now_ms()
            log.info("the session file can be written again")
            self.notifier.tell_room()

    def _take_over(self, stored: StoredSession) -> None:
        """Stand where the file stands."""
        self.state = evolve_all(new_state(stored.info.agenda), stored.journal)
        stored = passed_over(stored, self.state, self.kinds)
        self.tables, self.damage = Tables(stored), stored.damage
        self.questions = Ranking()
        self.questions.follow(self.tables.contributions, self.tables, self.state, self.kinds)

    # Time. ---------------------------------------------------------------------------------------

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            try:
                await self.tick()
            except (StoreUnavailable, RoomBusy):
                continue
            except Exception:
                # One look that goes wrong must not be the last: this is who notices that the file is lost.
                log.exception("a look at the clock failed")

    async def tick(self) -> None:
        """Look at both clocks, tell the room of a jump or a sleep, and keep the time while a timer runs.

        The steady clock goes on while the laptop sleeps, so a long step of it is a sleep; a wall clock that
        went another way than the steady one was set by somebody.
        """
        wall, steady = self.clock.now_ms(), self.clock.steady_ms()
        steady_step = steady - self._last_steady
        set_by = wall - self._last_wall - steady_step
        self._last_wall, self._last_steady = wall, steady
        if self.fault:
            return
        try:
            await self.on_writer(self._store.check_in_place)
        except StoreUnavailable as problem:
            await self._fall_ill(problem)
            return
        if steady - self._copied_at >= SNAPSHOT_MS:
            self._copied_at = steady
            await self._make_second_copy()
        if abs(set_by) > JUMP_MS:
            await self.submit(ClockMoved(at=wall, by_ms=set_by, slept=False))
        await self._finish_when_due()
        if self.state.started_at is None or self.state.ended_at is not None:
            return
        if steady_step > SLEEP_MS:
            await self.submit(ClockMoved(at=wall, by_ms=steady_step, slept=True))
        here = self.state.here
        if here is not None and here.running_since is not None:
            await self._keep_time()

    async def _make_second_copy(self) -> None:
        try:
            write = await self.on_writer(self._store.snapshot)
            if write is not None:
                await asyncio.to_thread(write)
        except Exception:
            # The time is kept all the same, and the next copy is tried in a minute.
            log.exception("a second copy could not be made")

    async def _finish_when_due(self) -> None:
        """Finish the write-up when its last day has passed and nobody has."""
        now, until = self.clock.now_ms(), due_at(self.info, self.state)
        if until is None or now < until or self.state.finished_at is not None or self.fault:
            return
        try:
            if self.state.ended_at is None:
                # Nobody has said that people left.
                await self.submit(EndWorkshop(at=now, who="room", confirm="END", salt=secrets.token_bytes(SALT)))
            await self.submit(FinishWriteUp(at=now, who="room", confirm="FINISH", salt=secrets.token_bytes(SALT)))
        except (Refused, RoomBusy, StoreUnavailable) as refusal:
            # What stands in its way may be gone at the next look.
            log.warning("the write-up is due and was not finished", extra={"refusal": type(refusal).__name__})

    async def _keep_time(self) -> None:
        try:
            await self._write([])
        except StoreUnavailable as problem:
            await self._fall_ill(problem)


def _tell(waiting: Queued, outcome: Answer | Exception) -> None:
    if waiting.answer.done():
        return
    if isinstance(outcome, Exception):
        waiting.answer.set_exception(outcome)
    else:
        waiting.answer.set_result(outcome)
