"""What one more story costs with few and with many in the queue, and what reading them costs those who vote."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from bench import load, room
from bench.children import Child
from bench.meter import waiting
from bench.report import Line, Table
from bench.settings import Settings
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import decide
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.names import keyed
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.clock import SystemClock
from workshop_tui.room.queue import queue_page, write_up
from workshop_tui.room.queue import waiting as unread
from workshop_tui.room.room import Room
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.web.phone.phones import COOKIE, token_hash

PAGE = 20
ALONE = "nobody reads"
BODY = '{"parts":[["story","I rang nine times before somebody answered."]],"level":"C2"}'
PHONES = 300
"""Whose words they are."""

AIM = 10
"""No vote takes longer than so many times the usual median while somebody reads."""


def measure(settings: Settings) -> list[Table]:
    """The queue by itself, then with votes beside it."""
    return [_queue(settings), _meanwhile(settings)]


def _queue(settings: Settings) -> Table:
    folder = settings.new_folder("queue")
    found = {many: _costs(folder / str(many), many, settings.queue_times) for many in settings.queued}
    first, last = found[settings.queued[0]], found[settings.queued[-1]]
    lines = tuple(
        Line(
            what=what,
            figure=" / ".join(f"{found[many][what]:.0f}" for many in settings.queued) + " us",
            ratio=f"{last[what] / first[what]:.1f}",
            aim="1 (flat)",
        )
        for what in first
    )
    sizes = " / ".join(f"{many:,}" for many in settings.queued)
    return Table(title=f"With {sizes} stories in the room, medians", ratio_of="last beside first", lines=lines)


def _costs(folder: Path, many: int, times: int) -> dict[str, float]:
    """Microseconds of each, by its name."""
    crowded = _Crowded(folder, many)
    try:
        return {
            "one more story, decided and folded in": _median(crowded.tell, times),
            "one story approved": _median(crowded.approve, times),
            f"the first page of {PAGE} unread": _median(lambda: queue_page(crowded.room, "unread", 0, PAGE), times),
            f"a page of {PAGE} in the middle": _median(lambda: queue_page(crowded.room, "all", many // 2, PAGE), times),
            "the counts of a snapshot": _median(crowded.counts, times),
        }
    finally:
        crowded.store.close()


def _median(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took) * 1e6


class _Crowded:
    """A room that is not started, with so many stories in its tables; nothing goes to a disk."""

    def __init__(self, folder: Path, many: int) -> None:
        folder.mkdir()
        agenda = folder / "agenda.toml"
        agenda.write_text(room.AGENDA + room.STORIES, encoding="utf-8")
        self.store = make_session(folder / "bench.workshop", NewSession(agenda=str(agenda)), LOOPBACK, 8080)
        self._people = [f"{number:032x}" for number in range(PHONES)]
        self._number = 0
        stored = self.store.load()
        story_key = stored.story_key or b""
        rows = tuple(self._row(number, story_key) for number in range(many))
        people = {person: token_hash(person) for person in self._people}
        self.room = Room(self.store, replace(stored, contributions=rows, people=people), KINDS, SystemClock())
        self._item = self.room.state.items[1].item.key
        self.give(cmd.OpenItem(item=self._item))
        self._unread = [row.key for row in rows]

    def _row(self, number: int, story_key: bytes) -> ContributionRow:
        return ContributionRow(
            key=f"{number:032x}", item="i02", kind="vignette", body=BODY, consent="C2",
            author=keyed(story_key, self._people[number % PHONES]), moderation=("new", "approved")[number % 2],
            minute=0, submission_id=f"{number:032x}", digest=b"",
        )  # fmt: skip

    def give(self, command: cmd.Command) -> None:
        """What the room does with one command, but for the disk."""
        command = replace(command, at=self.room.clock.now_ms(), salt=bytes(32))
        tables = self.room.tables
        decision = decide(self.room.state, command, tables, KINDS)
        self.room.state = evolve_all(self.room.state, [e for e in decision.events if isinstance(e, ev.Journaled)])
        for event in decision.events:
            if not isinstance(event, ev.Journaled):
                tables.apply(event)
        tables.commit()
        self.room.questions.follow(tables.changed, tables, self.room.state, KINDS)

    def tell(self) -> None:
        """One more story."""
        self._number += 1
        # Each from somebody who has few, as where 4,000 phones share the queue.
        person = f"p{self._number:031x}"
        self.room.tables.apply(ev.PersonJoined(person=person, token_hash=token_hash(person), minute=0))
        self.give(
            cmd.Contribute(
                person=person, item=self._item, body=BODY, consent="C2", key=f"c{self._number:031x}",
                submission_id=f"c{self._number:031x}",
            )
        )  # fmt: skip

    def approve(self) -> None:
        """One decision of the facilitator."""
        self._number += 1
        key = self._unread[2 * self._number % len(self._unread)]
        handling = "read" if self.room.tables.contributions[key].moderation == "approved" else "approved"
        self.give(cmd.Moderate(contribution=key, handling=handling))

    def counts(self) -> None:
        """What every look of a desk counts."""
        unread(self.room)
        write_up(self.room)


def _meanwhile(settings: Settings) -> Table:
    """Votes at a pace that leaves the room idle, alone and while somebody reads."""
    folder = settings.new_folder("words")
    with (
        Child("bench.room", room.Asked(str(folder), PHONES, settings.stories)) as house,
        Child("bench.load") as phones,
    ):
        serving = house.hear(room.Serving)
        target = load.Target(host=serving.phones, path=serving.vote, tokens=serving.tokens, pid=house.pid)
        asked = load.Paced(target=target, per_s=settings.votes_per_s, seconds=settings.reading_s)
        cookie = {"cookie": f"{COOKIE}={serving.tokens[0]}"}
        found, pages = {}, {}
        for what, host, path, headers, pause_s in (
            (ALONE, "", "", {}, 0.0),
            ("the host page is opened four times a second", serving.desk, serving.host_page, {}, 0.25),
            ("a phone asks for stories without a pause", serving.phones, "/stories", cookie, 0.0),
        ):
            with _reading(host, path, headers, pause_s) as took:
                found[what] = phones.ask(asked, load.Answered)
            pages[what] = took
    usual = found[ALONE].p50_ms
    lines = tuple(
        Line(
            what=what,
            figure=f"{each.p50_ms:.1f} / {each.p99_ms:.1f} / {each.last_ms:.1f} ms",
            per_cpu=f"{len(pages[what])} of {median(pages[what]) * 1_000:.0f} ms" if pages[what] else "",
            ratio=f"{each.last_ms / usual:.1f}",
            aim="" if what == ALONE else f"{AIM}",
        )
        for what, each in found.items()
    )
    return Table(
        title=f"{settings.votes_per_s:.0f} votes a second with {settings.stories:,} stories in the room:"
        " median / p99 / slowest vote",
        ratio_of="slowest beside the usual median",
        beside="pages",
        lines=lines,
        remarks=(
            f"wrong answers: {sum(each.wrong for each in found.values())}",
            waiting([each.used for each in found.values()]),
        ),
    )


@contextmanager
def _reading(host: str, path: str, headers: dict[str, str], pause_s: float) -> Iterator[list[float]]:
    """Ask for a page again and again until the end of the block; how long each took, in seconds."""
    took: list[float] = []
    done = threading.Event()

    def read() -> None:
        line = http.client.HTTPConnection(host, timeout=30)
        while not done.is_set():
            began = time.perf_counter()
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            # A phone that looks too often is told so, late.
            if answer.status not in (200, 429):
                raise RuntimeError(f"{path} was answered {answer.status}")
            took.append(time.perf_counter() - began)
            done.wait(pause_s)
        line.close()

    reader = threading.Thread(target=read)
    if path:
        reader.start()
    try:
        yield took
    finally:
        done.set()
        if path:
            reader.join()
