"""What presses on a server: many kept connections in one light process, requests made beforehand.

One request at a time on each connection, as phones do. It counts an answer only when it is the right one, whole.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from functools import partial

import msgspec
from msgspec import Struct

from bench import phones
from bench.children import answer_all, run
from bench.connections import Listener, Voter
from bench.meter import Meter, Used
from bench.report import quantile

PATIENCE_S = 30.0
"""After this a measurement is given up."""

CONNECT_AT_ONCE = 100


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


class Reconnect(Struct, frozen=True, kw_only=True, tag=True):
    """Every connection listens, all are cut off, and all come again at one moment."""

    target: Target
    times: int


class Back(Struct, frozen=True, kw_only=True):
    """How long each connection waited until it heard again, in milliseconds."""

    waited_ms: list[float]
    used: Used


class Answered(Struct, frozen=True, kw_only=True):
    """What came back."""

    done: int
    """Right answers within the measured time."""
    all: int
    """Right answers, with those before and after it."""
    wrong: int
    used: Used
    """In the measured time."""
    p50_ms: float
    p99_ms: float
    last_ms: float
    """From the first byte sent to the last answer."""


class Heard(Struct, frozen=True, kw_only=True):
    """When the last connection had heard of each change, in milliseconds after it was asked for."""

    last_ms: list[float]
    half_ms: list[float]
    """When half of them had."""
    used: Used


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
    meter = Meter(asked.target.pid)
    state["measure"] = True
    await asyncio.sleep(asked.seconds)
    state["measure"] = False
    used = meter.read()
    state["send"] = False
    await _until(lambda: not any(voter.busy for voter in voters))
    return _answered(voters, taken, state["all"], used)


async def at_once(asked: AtOnce) -> Answered:
    """All together, once."""
    ends: list[float] = []
    voters = await _voters(asked.target, lambda _: ends.append(time.perf_counter()))
    await asyncio.sleep(0.1)
    meter = Meter(asked.target.pid)
    for voter in voters:
        voter.send()
    await _until(lambda: not any(voter.busy for voter in voters))
    return _answered(voters, [end - meter.began for end in ends], len(ends), meter.read())


async def paced(asked: Paced) -> Answered:
    """Send in turn, evenly; a connection that still waits is passed over."""
    taken: list[float] = []
    voters = await _voters(asked.target, lambda voter: taken.append(time.perf_counter() - voter.began))
    meter = Meter(asked.target.pid)
    sent = 0
    while (passed := time.perf_counter() - meter.began) < asked.seconds:
        while sent < passed * asked.per_s:
            voter = voters[sent % len(voters)]
            if not voter.busy:
                voter.send()
            sent += 1
        await asyncio.sleep(0.002)
    await _until(lambda: not any(voter.busy for voter in voters))
    return _answered(voters, taken, len(taken), meter.read())


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
    meter = Meter(asked.target.pid)
    for _ in range(asked.changes):
        await asyncio.sleep(0.05)
        heard.clear()
        answered.clear()
        began = time.perf_counter()
        desk.write(phones.change(asked.desk))
        await _until(lambda: len(heard) >= len(listeners) and bool(answered))
        last.append((heard[-1] - began) * 1_000)
        half.append((heard[len(heard) // 2] - began) * 1_000)
    used = meter.read()
    for each in (*listeners, desk):
        each.close()
    await asyncio.sleep(0.1)
    return Heard(last_ms=last, half_ms=half, used=used)


async def reconnect(asked: Reconnect) -> Back:
    """All hang up and come again together, as phones do when a wireless network comes back."""
    waited: list[float] = []
    for cut in range(asked.times + 1):
        heard: list[float] = []
        began = time.perf_counter()
        meter = Meter(asked.target.pid)
        listeners = await asyncio.gather(*(_listener(asked.target.host, each, heard) for each in asked.target.tokens))
        await _until(lambda: len(heard) >= len(listeners))  # noqa: B023 - awaited before the next turn
        if cut:
            waited += [(at - began) * 1_000 for at in heard]
        used = meter.read()
        for each in listeners:
            each.close()
        await asyncio.sleep(0.5)
    return Back(waited_ms=waited, used=used)


async def _listener(host: str, token: str, heard: list[float]) -> Listener:
    address, port = host.split(":")
    make = partial(Listener, heard.append)
    _, listener = await asyncio.get_running_loop().create_connection(make, address, int(port))
    listener.write(phones.listen(host, token))
    return listener


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


def _answered(voters: list[Voter], taken: list[float], everything: int, used: Used) -> Answered:
    for voter in voters:
        voter.close()
    return Answered(
        done=len(taken),
        all=everything,
        wrong=sum(voter.wrong for voter in voters),
        used=used,
        p50_ms=quantile(taken, 0.5) * 1_000 if taken else 0.0,
        p99_ms=quantile(taken, 0.99) * 1_000 if taken else 0.0,
        last_ms=max(taken, default=0.0) * 1_000,
    )


async def serve() -> None:
    """Do what is asked until the input ends."""

    async def answer(line: bytes) -> Answered | Heard | Back:
        match msgspec.json.decode(line, type=Steady | AtOnce | Paced | Listen | Reconnect):
            case Reconnect() as asked:
                return await reconnect(asked)
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
