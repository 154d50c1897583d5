"""Processes that a measurement starts: one JSON line in, one JSON line out, ended when the measurement is."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from types import TracebackType
from typing import TypeVar

import msgspec
import uvloop

from bench.machine import allow_files

A = TypeVar("A")

STOP_S = 15.0


class Child:
    """One process of ours.

    Args:
        module: What it runs, such as "bench.load".
        asked: Its one argument, as JSON.
        env: Further environment variables.
    """

    def __init__(self, module: str, asked: object = None, env: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, msgspec.json.encode(asked).decode()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )
        self.pid = self._process.pid

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()

    def hear(self, type_: type[A]) -> A:
        """The next thing it says.

        Raises:
            RuntimeError: it ended instead; its own words are on stderr.
        """
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self._process.args!r} ended early with {self._process.wait()}")
        return msgspec.json.decode(said, type=type_)

    def ask(self, question: object, type_: type[A]) -> A:
        """Ask it something and wait for its answer."""
        self.begin(question)
        return self.hear(type_)

    def begin(self, question: object) -> None:
        """Ask it something; `hear` gives the answer once there is one."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(question) + b"\n")
        self._process.stdin.flush()

    def stop(self) -> None:
        """Let it end by itself when its input ends; end it where it does not."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def say(value: object) -> None:
    """In a child: one line to whoever started it."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


async def answer_all(answer: Callable[[bytes], Awaitable[object]]) -> None:
    """In a child: answer every line until the input ends."""
    reader = asyncio.StreamReader(limit=2**22)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        say(await answer(line))


def run(work: Coroutine[None, None, None]) -> None:
    """In a child: run on the loop that the product runs on, with room for many sockets."""
    allow_files()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)
