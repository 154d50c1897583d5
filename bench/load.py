"""What presses on a server: many kept connections in one light process, requests made beforehand.

One request at a time on each connection, as phones do. It counts an answer only when it is the right one, whole.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Callable
from functools import partial

import msgspec
from msgspec import Struct

from bench import phones
from bench.children import answer_all, run
from bench.machine import cpu_s
from bench.report import quantile
from bench.room import ANSWER

PATIENCE_S = 30.0
"""After this a measurement is given up."""

CONNECT_AT_ONCE = 100

_sids = int.from_bytes(os.urandom(8)) << 64
"""Submission ids go on from here, so that none comes twice, whoever sent before."""


class Target(Struct, frozen=True, kw_only=True):
    """Where to send what."""

    host: str
    path: str
    tokens: tuple[str, ...]
    """One for each connection."""
    pid: int
    """The serving process."""


class Steady(Struct, frozen=True, kw_only=True, tag=True):
    """Each connection sends again as soon as it is answered."""

    target: Target
    seconds: float
    warm_s: float


class AtOnce(Struct, frozen=True, kw_only=True, tag=True):
    """Each connection sends once, all at the same moment."""

    target: Target


class Paced(Struct, frozen=True, kw_only=True, tag=True):
    """So many a second over all connections, whatever the answers take."""

    target: Target
    per_s: float
    seconds: float


class Listen(Struct, frozen=True, kw_only=True, tag=True):
    """Every connection listens; again and again something is changed."""

    target: Target
    desk: str
    """Where a change is asked for."""
    changes: int


class Answered(Struct, frozen=True, kw_only=True):
    """What came back."""

    done: int
    """Right answers within the measured time."""
    all: int
    """Right answers, with those before and after it."""
    wrong: int
    seconds: float
    cpu_s: float
    """What the serving process used in the measured time."""
    own_cpu_s: float
    """What this process used."""
    p50_ms: float
    p99_ms: float
    last_ms: float
    """From the first byte sent to the last answer."""


class Heard(Struct, frozen=True, kw_only=True):
    """When the last connection had heard of each change, in milliseconds after it was asked for."""

    last_ms: list[float]
    half_ms: list[float]
    """When half of them had."""
    cpu_s: float


class Voter(asyncio.Protocol):
    """One phone that votes.

    Args:
        form: What it sends.
        done: Called with itself after each right answer.
    """

    def __init__(self, form: phones.Form, done: Callable[[Voter], None]) -> None:
        self._form = form
        self._done = done
        self._buffer = b""
        self._transport: asyncio.Transport
        self.began = 0.0
        self.busy = False
        self.wrong = 0
        self.votes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Remember where to send."""
        self._transport = transport

    def send(self) -> None:
        """Vote once more, otherwise than last time."""
        global _sids
        _sids += 1
        self.votes += 1
        self.busy = True
        self.began = time.perf_counter()
        self._transport.write(b"%b%032x%b" % (self._form.head, _sids, self._form.tails[self.votes & 1]))

    def data_received(self, data: bytes) -> None:
        """Take an answer, or a part of one."""
        if self._buffer:
            data = self._buffer + data
        if not data.startswith(b"HTTP/1.1 200"):
            self.wrong += 1
            self.busy = False
            self._transport.close()
        elif data.endswith(ANSWER):
            self._buffer = b""
            self.busy = False
            self._done(self)
        else:
            self._buffer = data

    def connection_lost(self, exc: Exception | None) -> None:
        """An answer that never came is a wrong one."""
        if self.busy:
            self.wrong += 1
            self.busy = False

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


class Listener(asyncio.Protocol):
    """One phone that listens.

    Args:
        heard: Called with the moment of each piece of news.
    """

    def __init__(self, heard: Callable[[float], None]) -> None:
        self._heard = heard
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Remember the line."""
        self._transport = transport

    def write(self, data: bytes) -> None:
        """Ask."""
        self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Something was said."""
        if b"\r\ndata: " in data or b'{"location"' in data:
            self._heard(time.perf_counter())

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


async def steady(asked: Steady) -> Answered:
    """Measure between a warm beginning and an end after which nothing new is sent."""
    taken: list[float] = []
    state = {"send": True, "measure": False, "all": 0}

    def done(voter: Voter) -> None:
        state["all"] += 1
        if state["measure"]:
            taken.append(time.perf_counter() - voter.began)
        if state["send"]:
            voter.send()

    voters = await _voters(asked.target, done)
    for voter in voters:
        voter.send()
    await asyncio.sleep(asked.warm_s)
    began, cpu, own = time.perf_counter(), cpu_s(asked.target.pid), time.process_time()
    state["measure"] = True
    await asyncio.sleep(asked.seconds)
    state["measure"] = False
    seconds = time.perf_counter() - began
    used, own = cpu_s(asked.target.pid) - cpu, time.process_time() - own
    state["send"] = False
    await _until(lambda: not any(voter.busy for voter in voters))
    return _answered(voters, taken, state["all"], seconds, used, own)


async def at_once(asked: AtOnce) -> Answered:
    """All together, once."""
    taken: list[float] = []
    first = 0.0

    def done(voter: Voter) -> None:
        taken.append(time.perf_counter() - first)

    voters = await _voters(asked.target, done)
    await asyncio.sleep(0.1)
    own, cpu = time.process_time(), cpu_s(asked.target.pid)
    first = time.perf_counter()
    for voter in voters:
        voter.send()
    await _until(lambda: not any(voter.busy for voter in voters))
    used = cpu_s(asked.target.pid) - cpu
    return _answered(voters, taken, len(taken), max(taken, default=0.0), used, time.process_time() - own)


async def paced(asked: Paced) -> Answered:
    """Send in turn, evenly; a connection that still waits is passed over."""
    taken: list[float] = []
    voters = await _voters(asked.target, lambda voter: taken.append(time.perf_counter() - voter.began))
    own, cpu = time.process_time(), cpu_s(asked.target.pid)
    began = time.perf_counter()
    sent = 0
    while (passed := time.perf_counter() - began) < asked.seconds:
        while sent < passed * asked.per_s:
            voter = voters[sent % len(voters)]
            if not voter.busy:
                voter.send()
            sent += 1
        await asyncio.sleep(0.002)
    await _until(lambda: not any(voter.busy for voter in voters))
    seconds = time.perf_counter() - began
    used = cpu_s(asked.target.pid) - cpu
    return _answered(voters, taken, len(taken), seconds, used, time.process_time() - own)


async def listen(asked: Listen) -> Heard:
    """Every connection hears of every change; the next change comes when the last has heard."""
    heard: list[float] = []
    loop = asyncio.get_running_loop()
    address, port = asked.target.host.split(":")
    listeners: list[Listener] = []
    for number, token in enumerate(asked.target.tokens, 1):
        _, listener = await loop.create_connection(lambda: Listener(heard.append), address, int(port))
        listener.write(phones.listen(asked.target.host, token))
        listeners.append(listener)
        if number % CONNECT_AT_ONCE == 0:
            await _until(lambda: len(heard) >= number)  # noqa: B023 - awaited before the next turn
    await _until(lambda: len(heard) >= len(listeners))
    answered: list[float] = []
    address, port = asked.desk.split(":")
    _, desk = await loop.create_connection(lambda: Listener(answered.append), address, int(port))
    last, half = [], []
    cpu = cpu_s(asked.target.pid)
    for _ in range(asked.changes):
        await asyncio.sleep(0.05)
        heard.clear()
        answered.clear()
        began = time.perf_counter()
        desk.write(phones.change(asked.desk))
        await _until(lambda: len(heard) >= len(listeners) and bool(answered))
        last.append((heard[-1] - began) * 1_000)
        half.append((heard[len(heard) // 2] - began) * 1_000)
    used = cpu_s(asked.target.pid) - cpu
    for each in (*listeners, desk):
        each.close()
    await asyncio.sleep(0.1)
    return Heard(last_ms=last, half_ms=half, cpu_s=used)


async def _voters(target: Target, done: Callable[[Voter], None]) -> list[Voter]:
    loop = asyncio.get_running_loop()
    address, port = target.host.split(":")
    voters = []
    for token in target.tokens:
        make = partial(Voter, phones.vote(target.host, target.path, token), done)
        _, voter = await loop.create_connection(make, address, int(port))
        voters.append(voter)
    gc.collect()
    gc.freeze()
    return voters


async def _until(is_true: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    while not is_true():
        if time.perf_counter() > deadline:
            raise TimeoutError("a measurement took too long")
        await asyncio.sleep(0.001)


def _answered(
    voters: list[Voter], taken: list[float], everything: int, seconds: float, used: float, own: float
) -> Answered:
    for voter in voters:
        voter.close()
    return Answered(
        done=len(taken),
        all=everything,
        wrong=sum(voter.wrong for voter in voters),
        seconds=seconds,
        cpu_s=used,
        own_cpu_s=own,
        p50_ms=quantile(taken, 0.5) * 1_000 if taken else 0.0,
        p99_ms=quantile(taken, 0.99) * 1_000 if taken else 0.0,
        last_ms=max(taken, default=0.0) * 1_000,
    )


async def serve() -> None:
    """Do what is asked until the input ends."""

    async def answer(line: bytes) -> Answered | Heard:
        match msgspec.json.decode(line, type=Steady | AtOnce | Paced | Listen):
            case Steady() as asked:
                return await steady(asked)
            case AtOnce() as asked:
                return await at_once(asked)
            case Paced() as asked:
                return await paced(asked)
            case asked:
                return await listen(asked)

    await answer_all(answer)


if __name__ == "__main__":
    run(serve())
