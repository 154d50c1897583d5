"""What a table of the session file is: everything about it in one value, and how its rows become values."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain.state import SessionState
from workshop_tui.messages import Message, Verbatim, tr
from workshop_tui.storage.db import Connection, Row

R = TypeVar("R", bound=tuple[Any, ...])
T = TypeVar("T")

Change = Callable[[Connection], None]
Write = Callable[[Connection, Sequence[Any]], None]
"""Writes a run of events of one type, in order. It runs inside the store's transaction and never ends it."""


class DamagedTable(Exception):
    """The file's pages are sound, what stands in them is not; says which table."""

    def __init__(self, words: Message) -> None:
        super().__init__(words)
        self.words = words


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


_damage: ContextVar[list[Message] | None] = ContextVar("damage", default=None)


@contextlib.contextmanager
def passing_over() -> Iterator[list[Message]]:
    """Rows that cannot be read are left out meanwhile, and named in the list; elsewhere one refuses its whole table."""
    found: list[Message] = []
    token = _damage.set(found)
    try:
        yield found
    finally:
        _damage.reset(token)


def all_rows(connection: Connection, place: str, sql: str, type_: type[T]) -> list[T]:
    """Every row of an answer as values; `place` is named where they are none.

    Raises:
        DamagedTable: a row is no such value, and is not passed over.
    """
    rows = connection.execute(sql).fetchall()
    try:
        return msgspec.convert(rows, list[type_], strict=False)  # type: ignore[valid-type]  # a value to msgspec
    except msgspec.ValidationError:
        return readable(place, rows, lambda row: msgspec.convert(row, type_, strict=False))


def readable(place: str, rows: Iterable[R], make: Callable[[R], T]) -> list[T]:
    """What `make` makes of each row; the first value of one that it makes nothing of is named.

    Raises:
        DamagedTable: that is not passed over.
    """
    made = []
    for row in rows:
        try:
            with reading(place):
                made.append(make(row))
        except DamagedTable:
            damage = _damage.get()
            if damage is None:
                raise
            damage.append(
                tr(
                    "A row of “{table}” ({row}) cannot be read. It is left out.",
                    table=Verbatim(place),
                    row=Verbatim(_name(row[0])),
                )
            )
    return made


def _name(value: object) -> str:
    """The name of a row out of somebody's file, fit for a terminal; nothing that could be a sentence."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    return "".join(letter for letter in text[:40] if (letter.isascii() and letter.isalnum()) or letter in ".-_") or "?"


def one_row(connection: Connection, place: str, sql: str, type_: type[T]) -> T:
    """The only row of an answer as a value; `place` is named where it is none.

    Raises:
        DamagedTable: there is no row, or it is no such value.
    """
    with reading(place):
        return msgspec.convert(connection.execute(sql).fetchone(), type_, strict=False)


@contextlib.contextmanager
def reading(place: str) -> Iterator[None]:
    """Name the table in which something is not as it must be, and never its contents."""
    try:
        yield
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as problem:
        found = Verbatim(type(problem).__name__)
        raise DamagedTable(
            tr("“{table}” cannot be understood ({found})", table=Verbatim(place), found=found)
        ) from problem
