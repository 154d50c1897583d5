"""The tables of a session file, and in words what they hold.

A migration is never edited once released; a change of the tables is a new one at the end. sqlite-utils is imported
when a file is made or brought up to date, not before: it takes half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workshop_tui.storage.db import APPLICATION_ID, Connection

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES: Final = (
    """CREATE TABLE session (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        scheduled_start INTEGER,
        address TEXT NOT NULL,
        port INTEGER NOT NULL,
        story_key BLOB,
        agenda_name TEXT NOT NULL,
        agenda_sha256 TEXT NOT NULL,
        agenda TEXT NOT NULL,
        agenda_file BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE room (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        alive_ms INTEGER NOT NULL DEFAULT 0,
        stopped_in_order INTEGER NOT NULL DEFAULT 1,
        starts INTEGER NOT NULL DEFAULT 0,
        writes INTEGER NOT NULL DEFAULT 0,
        probes INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        verb TEXT NOT NULL,
        body TEXT NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE item (
        item TEXT PRIMARY KEY,
        planned_place INTEGER,
        planned_title TEXT,
        planned_minutes INTEGER,
        place INTEGER NOT NULL,
        title TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        question TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('planned', 'open', 'done', 'skipped')),
        opened_at INTEGER,
        left_at INTEGER,
        running_since INTEGER,
        spent_ms INTEGER NOT NULL,
        gathering_open INTEGER NOT NULL,
        inserted INTEGER NOT NULL,
        edited INTEGER NOT NULL,
        reason TEXT NOT NULL,
        options TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE round (
        round TEXT PRIMARY KEY,
        item TEXT NOT NULL REFERENCES item,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        question TEXT NOT NULL,
        config TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'sealed', 'void')),
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        sealed_at INTEGER,
        revealed_at INTEGER,
        shown INTEGER NOT NULL,
        reason TEXT NOT NULL,
        present INTEGER,
        joined INTEGER NOT NULL,
        key BLOB,
        key_destroyed INTEGER NOT NULL DEFAULT 0,
        UNIQUE (item, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE ballot (
        round TEXT NOT NULL REFERENCES round,
        voter BLOB NOT NULL,
        choice TEXT,
        revision INTEGER NOT NULL,
        mark BLOB NOT NULL,
        PRIMARY KEY (round, voter)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE sealed_count (
        round TEXT NOT NULL REFERENCES round,
        choice TEXT,
        count INTEGER NOT NULL,
        UNIQUE (round, choice)
    ) STRICT""",
    """CREATE TABLE person (
        person TEXT PRIMARY KEY,
        token_hash BLOB NOT NULL UNIQUE,
        minute INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE contribution (
        number INTEGER PRIMARY KEY,
        contribution TEXT NOT NULL UNIQUE,
        item TEXT NOT NULL REFERENCES item,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        consent TEXT NOT NULL,
        author BLOB NOT NULL,
        handling TEXT NOT NULL CHECK (handling IN ('new', 'read', 'approved', 'held')),
        minute INTEGER NOT NULL,
        sid TEXT NOT NULL UNIQUE,
        sha256 BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE held_author (
        author BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        note TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('note', 'concern', 'action', 'promise')),
        item TEXT NOT NULL,
        text TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT NOT NULL,
        at INTEGER NOT NULL,
        dropped INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE about (
        place TEXT PRIMARY KEY,
        words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

ABOUT: Final = {
    "session": "What this session is; one row, fixed when the file was made. Times here and everywhere: "
    "milliseconds since 1970-01-01 00:00 UTC, unless a column says minutes.",
    "session.one": "Always 1.",
    "session.id": "A random name, 16 hexadecimal digits.",
    "session.code": "The code people typed to join.",
    "session.created_at": "When the file was made.",
    "session.scheduled_start": "When the agenda wanted to start; empty when it does not say.",
    "session.address": "The address printed in the QR code.",
    "session.port": "The port printed in the QR code.",
    "session.story_key": "The key that ties words to phones; destroyed when the workshop ends.",
    "session.agenda_name": "The file name of the agenda.",
    "session.agenda_sha256": "SHA-256 of the agenda file.",
    "session.agenda": "The agenda as it was understood, JSON.",
    "session.agenda_file": "The agenda file itself, byte for byte.",
    "room": "What the running program notes about itself; one row.",
    "room.one": "Always 1.",
    "room.alive_ms": "When the program last wrote to this file.",
    "room.stopped_in_order": "1 when the program that last had this file closed it properly.",
    "room.starts": "How often the file was opened to run.",
    "room.writes": "How many commits were made.",
    "room.probes": "How often writing was tried out after a fault.",
    "journal": "Everything the facilitator did, first to last; never a vote, a story or a key. Each row's hash "
    "covers the hash of the row before.",
    "journal.seq": "1 for the first row; no number is missing.",
    "journal.at": "When.",
    "journal.actor": "Who: the facilitator, or the room when its clock jumped.",
    "journal.verb": "What happened.",
    "journal.body": "The whole event, JSON.",
    "journal.prev": "The hash of the row before; for the first row SHA-256 of the session's id, a space and "
    "agenda_sha256.",
    "journal.hash": "SHA-256 of prev followed by the JSON list [seq, at, actor, verb, body] without spaces.",
    "item": "The agenda as planned and as it ran, one row for each item.",
    "item.item": "The item's name in this file.",
    "item.planned_place": "Its place in the agenda as planned, from 1; empty for an item added on the day.",
    "item.planned_title": "Its title as planned.",
    "item.planned_minutes": "Its minutes as planned.",
    "item.place": "Its place as it ran, from 1.",
    "item.title": "Its title as it ran.",
    "item.minutes": "The minutes it was given in the end.",
    "item.question": "What the room was asked; empty where nothing is asked.",
    "item.kind": "What phones do: the kind of vote or of gathering; empty for a timed item.",
    "item.status": "planned, open, done or skipped.",
    "item.opened_at": "When it was first opened.",
    "item.left_at": "When it was last left.",
    "item.running_since": "When its timer last started; empty while it stands.",
    "item.spent_ms": "Time on its timer before that, in milliseconds.",
    "item.gathering_open": "1 while phones may send words to it.",
    "item.inserted": "1 when it was added on the day.",
    "item.edited": "1 when it was changed on the day before it was opened.",
    "item.reason": "Why it was skipped.",
    "item.options": "Options made from the room's ideas, JSON list; empty list when there are none.",
    "round": "Each opening of a vote.",
    "round.round": "The round's name: the item's name, a dot, the number.",
    "round.item": "The item it belongs to.",
    "round.number": "1 for the first round of its item.",
    "round.kind": "The kind of vote.",
    "round.question": "The question as it was asked.",
    "round.config": "The vote's settings and options as they were asked, JSON.",
    "round.status": "open, closed, sealed (nobody can link a ballot to a phone any more) or void (does not count).",
    "round.opened_at": "When phones could start to vote.",
    "round.closed_at": "When votes were no longer taken.",
    "round.sealed_at": "When its key was destroyed.",
    "round.revealed_at": "When the room first saw the result.",
    "round.shown": "1 while the room may see the result.",
    "round.reason": "Why it is void.",
    "round.present": "People in the room when it closed, as counted by the facilitator.",
    "round.joined": "Phones that had joined when it closed.",
    "round.key": "The key that ties ballots to phones; empty once destroyed, and in every copy.",
    "round.key_destroyed": "1 once the key was destroyed and the ballots were counted.",
    "ballot": "The live ballot of each voter in each round, in no order and without a time.",
    "ballot.round": "The round.",
    "ballot.voter": "HMAC-SHA-256 of the phone's name under the round's key.",
    "ballot.choice": "What was chosen, JSON; empty for a skip.",
    "ballot.revision": "1 for the first, one more for each change.",
    "ballot.mark": "HMAC-SHA-256, 32 bytes each, of the last sendings under the round's key, newest first: a resend "
    "counts once.",
    "sealed_count": "What was counted when a round's key was destroyed, to hold a recount against.",
    "sealed_count.round": "The round.",
    "sealed_count.choice": "The choice, JSON; empty for a skip.",
    "sealed_count.count": "How many made it.",
    "person": "Phones that joined, in no order.",
    "person.person": "A random name.",
    "person.token_hash": "SHA-256 of the token in the phone's cookie.",
    "person.minute": "When it joined, in minutes since 1970-01-01 00:00 UTC.",
    "contribution": "Stories, ideas and private words.",
    "contribution.number": "The order in which they came.",
    "contribution.contribution": "A random name.",
    "contribution.item": "The item they were sent to.",
    "contribution.kind": "What sort of words they are.",
    "contribution.body": "The words, JSON; empty for private words once the workshop has ended.",
    "contribution.consent": "What its owner allows, C0 to C4.",
    "contribution.author": "HMAC-SHA-256 of the phone's name under the story key; empty once the workshop has ended.",
    "contribution.handling": "new, read, approved for the big screen, or held back.",
    "contribution.minute": "When it came, in minutes since 1970-01-01 00:00 UTC.",
    "contribution.sid": "The phone's own random id of the sending, so that a resend counts once.",
    "contribution.sha256": "SHA-256 of what was sent, to know a resend; empty once private words are wiped.",
    "held_author": "Phones of which everything is held back, as in contribution.author; none once it has ended.",
    "held_author.author": "HMAC-SHA-256 of the phone's name under the story key.",
    "note": "Notes, concerns, actions and promises the facilitator wrote down.",
    "note.number": "The order in which they came.",
    "note.note": "A random name.",
    "note.kind": "note, concern, action or promise.",
    "note.item": "The item that was open; empty before the start.",
    "note.text": "The words.",
    "note.owner": "Who will do it; empty when not said.",
    "note.due": "The date it is due, as YYYY-MM-DD; empty when not said.",
    "note.at": "When it was written.",
    "note.dropped": "1 when it was taken back.",
    "about": "This table: what every table and column holds.",
    "about.place": "The name of a table, or of a column as table.column.",
    "about.words": "What it holds.",
    "_sqlite_migrations": "Which versions of these tables were made when; used by the program.",
}


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
