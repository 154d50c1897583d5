"""Every table of the session file, each in a file of its own; this is the list of them."""

from __future__ import annotations

from typing import Final

from workshop_tui.storage.table import Table
from workshop_tui.storage.tables import (
    about,
    answer,
    author_on_hold,
    ballot,
    care,
    contribution,
    copy,
    entry,
    handling,
    issued,
    item,
    journal,
    journal_content,
    note,
    own_care,
    person,
    private_code,
    reason,
    redaction,
    retelling,
    rewording,
    room,
    round,  # noqa: A004  # the table is called so
    safeguarding,
    sealed_count,
    sealing,
    session,
    tie,
    undo_step,
    upvote,
)

TABLES: Final[tuple[Table, ...]] = (
    session.TABLE, room.TABLE, copy.TABLE, journal.TABLE, journal_content.TABLE, undo_step.TABLE, item.TABLE,
    round.TABLE, ballot.TABLE, reason.TABLE, sealing.TABLE, sealed_count.TABLE, person.TABLE, contribution.TABLE,
    author_on_hold.TABLE, retelling.TABLE, note.TABLE, upvote.TABLE, answer.TABLE, about.TABLE,
    handling.TABLE, rewording.TABLE, redaction.TABLE, care.TABLE, safeguarding.TABLE, private_code.TABLE, issued.TABLE,
    entry.TABLE, tie.TABLE, own_care.TABLE,
)  # fmt: skip
"""In the order in which they are made, and in which an event is written to those that it changes."""
