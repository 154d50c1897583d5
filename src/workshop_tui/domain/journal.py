"""How a journal event is written: what the chain holds for ever, and apart from it what can go.

Pure; `storage` puts both where they belong and brings them together again.
"""

from __future__ import annotations

from typing import Any, TypeVar, get_args

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.agenda import Item
from workshop_tui.domain.digests import digest_of
from workshop_tui.domain.events import BallotsSealed, JournalEvent, NoteWritten, Worded
from workshop_tui.domain.registers import EntryRow
from workshop_tui.domain.rows import AnswerRow, ContributionRow
from workshop_tui.domain.wire import wire_name

_KINDS: dict[str, type[JournalEvent]] = {wire_name(kind): kind for kind in get_args(JournalEvent)}
_APART = ("salt",)


W = TypeVar("W", bound=Worded)


def with_digest(event: W, salt: bytes) -> W:
    """The event with its salt and the digest of its content."""
    return replace(event, salt=salt, digest=digest_of(salt, content_of(event)))


def content_of(event: Worded) -> str:
    """What the chain does not hold of an event, as JSON."""
    return msgspec.json.encode({name: _as_written(getattr(event, name)) for name in event.content}).decode()


def _as_written(value: object) -> object:
    """As the content has it: a level that says nothing is left out, as items that were written before have none."""
    if isinstance(value, Item) and value.level is None:
        fields: dict[str, Any] = msgspec.to_builtins(value)
        del fields["level"]
        return fields
    return value


def body_of(event: JournalEvent) -> str:
    """What the chain holds of an event, as JSON: never its content or its salt."""
    fields: dict[str, Any] = msgspec.to_builtins(event)
    if isinstance(event, Worded):
        for name in (*event.content, *_APART):
            fields.pop(name, None)
    return msgspec.json.encode(fields).decode()


def event_from(body: str, content: str | None, salt: bytes | None) -> JournalEvent:
    """The event that was written as `body` and, where it is about words, `content`.

    Args:
        body: What the chain holds.
        content: What it does not hold; None where there is none, or it is gone.
        salt: The content's salt; None where there is none.

    Raises:
        msgspec.MsgspecError: it is no journal event.
    """
    fields = msgspec.json.decode(body, type=dict[str, Any])
    kind = _KINDS.get(str(fields.get("type")))
    if kind is None:
        raise msgspec.ValidationError("there is no journal event of that name")
    if content is not None and issubclass(kind, Worded):
        told = msgspec.json.decode(content, type=dict[str, Any])
        fields |= {name: told[name] for name in kind.content if name in told}
    event = msgspec.convert(fields, kind, builtin_types=())
    return replace(event, salt=salt) if isinstance(event, Worded) and salt is not None else event


def digest_of_counts(sealed: BallotsSealed) -> bytes:
    """What the journal says of the counts of a sealed round."""
    return digest_of(sealed.salt, [sealed.counts, sealed.changes])


def digest_of_note(note: NoteWritten) -> bytes:
    """What the journal says of a note."""
    return digest_of(note.salt, [note.text, note.owner, note.due])


def digest_of_entry(salt: bytes, entry: EntryRow) -> bytes:
    """What the journal says of what is said of a note in its register."""
    return digest_of(salt, [entry.register, sorted(entry.fields.items())])


def digest_of_answer(salt: bytes, answer: AnswerRow) -> bytes:
    """What the journal says of what became of a question."""
    return digest_of(salt, [answer.words, answer.owner])


def digest_of_contribution(row: ContributionRow) -> bytes:
    """What the journal says of words that came in; also what a sending is known again by."""
    return digest_of(row.salt, [row.item, row.consent, row.body])
