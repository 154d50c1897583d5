"""Phones that joined, in no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table


def _join(connection: Connection, run: Sequence[ev.PersonJoined]) -> None:
    connection.executemany(
        "INSERT INTO person (person, token_hash, minute, role) VALUES (?, ?, ?, '')",
        [msgspec.structs.astuple(each) for each in run],
    )


def _leave(connection: Connection, run: Sequence[ev.PlaceLeft]) -> None:
    connection.executemany("UPDATE person SET token_hash = NULL WHERE person = ?", [(each.person,) for each in run])


def _free(connection: Connection, run: Sequence[ev.SeatFreed]) -> None:
    connection.executemany("DELETE FROM person WHERE person = ?", [(each.person,) for each in run])


def _tell_role(connection: Connection, run: Sequence[ev.RoleTold]) -> None:
    connection.executemany("UPDATE person SET role = ? WHERE person = ?", [(each.role, each.person) for each in run])


def _read(reader: Reader) -> dict[str, Any]:
    people = reader.all("person", "person, token_hash, minute, role", tuple[str, bytes | None, int, str])
    return {
        "people": {person: token or b"" for person, token, _, _ in people},
        "minutes": {person: minute for person, _, minute, _ in people},
        "roles": {person: role for person, _, _, role in people if role},
    }


TABLE = Table(
    name="person",
    create="""CREATE TABLE person (
        person TEXT PRIMARY KEY,
        token_hash BLOB UNIQUE,
        minute INTEGER NOT NULL,
        role TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="Phones that joined, in no order.",
    columns={
        "person": "A random name.",
        "token_hash": "SHA-256 of the token in the phone's cookie; NULL once its owner has handed the phone on.",
        "minute": "When it joined, in minutes since 1970-01-01 00:00 UTC.",
        "role": "Who the person is here as, in a word of the agenda; empty where not asked or not said.",
    },
    writes={ev.PersonJoined: _join, ev.PlaceLeft: _leave, ev.SeatFreed: _free, ev.RoleTold: _tell_role},
    read=_read,
)
