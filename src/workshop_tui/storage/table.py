"""What a table of the session file is: everything about it in one value, and how its rows become values."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain.state import SessionState
from workshop_tui.storage.db import Connection, Row

T = TypeVar("T")

Change = Callable[[Connection], None]
Write = Callable[[Connection, Sequence[Any]], None]
"""Writes a run of events of one type, in order. It runs inside the store's transaction and never ends it."""


class Unreadable(Exception):
    """The file's pages are sound, what stands in them is not; says which table."""


class Projection(Struct, frozen=True):
    """Columns that follow from the journal alone: written and checked through the same function."""

    columns: tuple[str, ...]
    """The first one is the key."""
    rows: Callable[[SessionState], dict[str, Row]]
    """The rows by key, in the order of `columns`."""


class Table(Struct, frozen=True, kw_only=True):
    """One table of the session file."""

    name: str
    create: str
    """The statement that makes it, byte for byte as it will stand in the file."""
    words: str
    """What it holds, for `about`."""
    columns: Mapping[str, str]
    """What each column holds, for `about`."""
    writes: Mapping[type[Any], Write] = {}
    """What the table's part of an event is, by the event's type."""
    projection: Projection | None = None
    read: Callable[[Connection], dict[str, Any]] = lambda _: {}
    """What a room starts from, as fields of `StoredSession`, with every type checked."""
    redact: Change | None = None
    """Empties what no second file may hold; for a copy in memory, before it is written."""


def all_rows(connection: Connection, place: str, sql: str, type_: type[T]) -> list[T]:
    """Every row of an answer as values; `place` is named where they are none.

    Raises:
        Unreadable: a row is no such value.
    """
    with reading(place):
        return msgspec.convert(connection.execute(sql).fetchall(), list[type_], strict=False)  # type: ignore[valid-type]  # a value to msgspec


def one_row(connection: Connection, place: str, sql: str, type_: type[T]) -> T:
    """The only row of an answer as a value; `place` is named where it is none.

    Raises:
        Unreadable: there is no row, or it is no such value.
    """
    with reading(place):
        return msgspec.convert(connection.execute(sql).fetchone(), type_, strict=False)


@contextlib.contextmanager
def reading(place: str) -> Iterator[None]:
    """Name the table in which something is not as it must be, and never its contents."""
    try:
        yield
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as problem:
        raise Unreadable(f"“{place}” cannot be understood ({type(problem).__name__})") from problem
