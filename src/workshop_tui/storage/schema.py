"""The tables of a session file as they are now: those it began with, and every change since.

A migration is never edited once released; a change of the tables is a new one at the end. sqlite-utils is imported
when a file is made or brought up to date, not before: it takes half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workshop_tui.storage.db import APPLICATION_ID, Connection
from workshop_tui.storage.first_tables import ABOUT, TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database


def _m001_first_tables(db: Database) -> None:
    for statement in TABLES:
        db.conn.execute(statement)
    db.conn.executemany("INSERT INTO about VALUES (?, ?)", sorted(ABOUT.items()))
    db.conn.execute("INSERT INTO room (one) VALUES (1)")


def _m002_roles(db: Database) -> None:
    db.conn.execute("ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT ''")
    db.conn.execute("ALTER TABLE ballot ADD COLUMN segment TEXT NOT NULL DEFAULT ''")
    _tell_about(
        db,
        {
            "person.role": "Who the person is here as, in a word of the agenda; empty where not asked or not said.",
            "ballot.segment": "public or staff, where people were asked who they are here as. Emptied when the round's "
            "key is destroyed unless 10 of each group answered, and always where a question was skipped.",
            "round.joined": "Phones that had joined when it closed, without those that only look on.",
        },
    )


def _m003_questions(db: Database) -> None:
    db.conn.execute(
        """CREATE TABLE support (
            contribution TEXT NOT NULL REFERENCES contribution (contribution),
            supporter BLOB NOT NULL,
            PRIMARY KEY (contribution, supporter)
        ) STRICT, WITHOUT ROWID"""
    )
    db.conn.execute(
        """CREATE TABLE answer (
            contribution TEXT PRIMARY KEY REFERENCES contribution (contribution),
            words TEXT NOT NULL,
            owner TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )
    _tell_about(
        db,
        {
            "support": "Who wants to know which question from the room: one row for each phone and question, in no "
            "order and without a time.",
            "support.contribution": "The question.",
            "support.supporter": "HMAC-SHA-256, under the story key, of the phone's name and the question's: a phone "
            "has another name at each question. Once that key is destroyed nobody can tell whose any of them was.",
            "answer": "What became of questions from the room, as the facilitator noted it.",
            "answer.contribution": "The question.",
            "answer.words": "What the answer was, in short; empty where nobody typed it.",
            "answer.owner": "Who took the question away to find out; empty where it was answered.",
        },
    )


def _m004_rounds_that_belong_together(db: Database) -> None:
    for column in ("again", "kept_for", "compared", "tie"):
        db.conn.execute(f"ALTER TABLE round ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    _tell_about(
        db,
        {
            "round.again": "The earlier round whose question was asked again in this one; empty for none.",
            "round.kept_for": "The item that will ask the same again: the key is kept until that is counted. Empty "
            "for every other round, and once the key is destroyed.",
            "round.compared": "How many answered both times and how many of them gave another answer, JSON; empty "
            "where nothing was compared. Never who.",
            "round.tie": "What the facilitator named out of a tied first place, and why, JSON; empty for none.",
            "round.key": "The key that ties ballots to phones; empty once destroyed, and in every copy. It outlives "
            "the counting only where kept_for says so.",
            "round.status": "open, closed, sealed (counted for good) or void (does not count).",
            "round.sealed_at": "When it was counted for good.",
            "round.key_destroyed": "1 once the key was destroyed: nobody can link a ballot to a phone any more.",
        },
    )


def _tell_about(db: Database, words: dict[str, str]) -> None:
    """Say in the file what new columns hold, or say it better."""
    db.conn.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", sorted(words.items()))


MIGRATIONS: Final = (_m001_first_tables, _m002_roles, _m003_questions, _m004_rounds_that_belong_together)
"""In the order they are made; a file is told apart by how many it has."""

VERSION: Final = len(MIGRATIONS)
"""How many migrations there are; kept in the file as its user_version."""


def bring_up_to_date(connection: Connection) -> None:
    """Make the tables that are missing, each migration and its record in one transaction.

    Raises:
        DBError: it could not be written; the file is as before.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("workshop-tui")
    for migration in MIGRATIONS:
        migrations()(migration)
    # Plugins of other programs have no business in a session file.
    database = Database(connection, execute_plugins=False)  # type: ignore[arg-type]  # the driver is DB-API alike
    migrations.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
