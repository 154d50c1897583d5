"""What a table of the session file is: everything about it in one value, and how its rows become values."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain.events import ContributionEmptied
from workshop_tui.domain.state import SessionState
from workshop_tui.messages import Message, Verbatim, tr
from workshop_tui.storage.db import Connection, Cursor, Row

S = TypeVar("S", bound=Struct)
T = TypeVar("T")

AT_ONCE = 1_000
"""Rows that are read together."""

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
    since: int = 6
    """The first version of files that has it (`storage.schema`); in an earlier one it is as if it were empty."""
    columns: Mapping[str, str]
    """What each column holds, for `about`."""
    writes: Mapping[type[Any], Write] = {}
    """What the table's part of an event is, by the event's type."""
    projection: Projection | None = None
    read: Callable[[Reader], dict[str, Any]] = lambda _: {}
    """What a room starts from, as fields of `StoredSession`, with every type checked."""
    redact: Change | None = None
    """Empties what no second file may hold; for a copy in memory, before it is written."""


class Reader:
    """Reads tables as values, with every type checked: a file is somebody's input like any other.

    Args:
        connection: The file.
        passing_over: Whether rows that cannot be read are left out and named; else one refuses its whole table.
    """

    def __init__(self, connection: Connection, *, passing_over: bool = False) -> None:
        self._connection = connection
        self._passing_over = passing_over
        self.damage: list[Message] = []
        """Which rows were left out."""

    def all(self, table: str, columns: str, type_: type[T], rest: str = "") -> list[T]:
        """Every row as a value.

        Args:
            table: Which table; it is named where a row is no such value.
            columns: Those that the value is made of, as SQL.
            type_: What the value is.
            rest: What SQL says of rows and their order.

        Raises:
            DamagedTable: a row is no such value, and is not passed over.
        """
        return list(self.each(table, columns, type_, rest))

    def each(self, table: str, columns: str, type_: type[T], rest: str = "") -> Iterator[T]:
        """The same, a few at a time: what is read of a large table is never twice in memory."""
        rows = self._select(table, columns, rest)
        while some := rows.fetchmany(AT_ONCE):
            try:
                yield from msgspec.convert(some, list[type_], strict=False)  # type: ignore[valid-type]  # to msgspec
            except msgspec.ValidationError:
                yield from self._each(table, some, lambda row: msgspec.convert(row, type_, strict=False))

    def made(self, table: str, columns: str, make: Callable[[Row], T], rest: str = "") -> list[T]:
        """What `make` makes of every row; the first value of one that it makes nothing of is named.

        Raises:
            DamagedTable: that is not passed over.
        """
        return self._each(table, self._rows(table, columns, rest), make)

    def one(self, table: str, columns: str, type_: type[T]) -> T:
        """The only row as a value.

        Raises:
            DamagedTable: there is no row, or it is no such value.
        """
        with reading(Verbatim(table)):
            return msgspec.convert(next(iter(self._rows(table, columns, "")), None), type_, strict=False)

    def _rows(self, table: str, columns: str, rest: str) -> list[Row]:
        return self._select(table, columns, rest).fetchall()

    def _select(self, table: str, columns: str, rest: str) -> Cursor:
        # All three are this package's own constants.
        return self._connection.execute(f"SELECT {columns} FROM {table} {rest}")  # noqa: S608

    def _each(self, table: str, rows: Iterable[Row], make: Callable[[Row], T]) -> list[T]:
        made = []
        for row in rows:
            try:
                with reading(Verbatim(table)):
                    made.append(make(row))
            except DamagedTable:
                if not self._passing_over:
                    raise
                self.damage.append(
                    tr(
                        "A row of “{table}” ({row}) cannot be read. It is left out.",
                        table=Verbatim(table),
                        row=Verbatim(_name(row[0])),
                    )
                )
        return made


def _name(value: object) -> str:
    """The name of a row out of somebody's file, fit for a terminal; nothing that could be a sentence."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    return "".join(letter for letter in text[:40] if (letter.isascii() and letter.isalnum()) or letter in ".-_") or "?"


def as_struct(type_: type[S], row: Row) -> S:
    """A row as a value whose fields are its columns, in their order."""
    return msgspec.convert(dict(zip(type_.__struct_fields__, row, strict=True)), type_)


def insert_into(table: str, columns: Collection[str]) -> str:
    """The statement that writes one row; the names are this package's own constants."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def gone_with(table: str, texts: Callable[[Any], Iterable[str]]) -> Write:
    """Rows about texts go with what an event takes away.

    Args:
        table: Its column of texts is called so.
        texts: The keys of those that go, of one event.
    """

    def write(connection: Connection, run: Sequence[Any]) -> None:
        keys = [(key,) for event in run for key in texts(event)]
        connection.executemany(f"DELETE FROM {table} WHERE text = ?", keys)  # noqa: S608

    return write


def gone_with_contribution(table: str) -> Write:
    """Rows about a contribution go when its owner takes it back."""

    def write(connection: Connection, run: Sequence[ContributionEmptied]) -> None:
        keys = [(each.key,) for each in run]
        connection.executemany(f"DELETE FROM {table} WHERE contribution = ?", keys)  # noqa: S608

    return write


@contextlib.contextmanager
def reading(place: Message | Verbatim) -> Iterator[None]:
    """Name the table, or the row of the journal, in which something is not as it must be, and never its contents."""
    try:
        yield
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as problem:
        found = Verbatim(type(problem).__name__)
        raise DamagedTable(tr("“{table}” cannot be understood ({found})", table=place, found=found)) from problem
