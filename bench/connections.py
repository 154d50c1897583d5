"""The two sorts of phone that the load is made of: one votes, one listens."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

from bench import phones
from bench.room import ANSWER

_sids = int.from_bytes(os.urandom(8)) << 64
"""Submission ids go on from here, so that none comes twice, whoever sent before."""


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
