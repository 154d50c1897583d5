"""Taking words back by the command line, whether the session runs or not: by a private code, or by what they say."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.commands import FacilitatorCommand, WithdrawWords
from workshop_tui.domain.deciding.taking_back import NO_SUCH_CODE
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.private_codes import is_code, plain
from workshop_tui.errors import CommandRefused, SettingsError
from workshop_tui.messages import Listed, Text, Verbatim, tr, trn
from workshop_tui.protocol import paths
from workshop_tui.room.clock import SYSTEM
from workshop_tui.room.queue_page import QueueEntry, QueuePage
from workshop_tui.runtime import exporting, follow_ups, left_copies, running, seen
from workshop_tui.runtime.passphrases import KeyRing

if TYPE_CHECKING:
    from workshop_tui.room.ports import Clock
    from workshop_tui.room.room import Room

T = TypeVar("T")

AT_ONCE: Final = 50
"""Texts that are asked for together."""

SHOWN: Final = 60
"""Letters of a text that are shown, so that whoever deletes it knows which it is."""

STILL: Final = tr("The words may still be in copies that cannot be removed now; it is tried again at the next start.")
OUTSIDE: Final = tr("Copies that people made, and files that were sent on, are outside what this program can delete.")


class Meant(Struct, frozen=True):
    """What is to be taken back."""

    command: WithdrawWords
    lines: tuple[Text, ...]
    """What to say before it is done."""


def meant(session: Path, code: str, words: str, ring: KeyRing) -> Meant:
    """The words of a code, or those that hold some words.

    Raises:
        SettingsError: neither or both are given, or nothing or more than one is found.
        WorkshopError: the session cannot be used.
    """
    if bool(code) == bool(words):
        raise SettingsError(
            tr("Give the private code, or {option} with words of the story.", option=Verbatim("--find")),
        )
    if code:
        if not is_code(plain(code)):
            raise SettingsError(tr("That is no private code: it has 12 letters."))
        return Meant(WithdrawWords(code=plain(code)), ())
    found = _holding(session, words, ring)
    if not found:
        raise SettingsError(tr("No words that are still there hold these. Nothing was deleted."))
    if len(found) > 1:
        raise SettingsError(
            trn(
                "{n} text holds these words. Give more of them. Nothing was deleted.",
                "{n} texts hold these words. Give more of them. Nothing was deleted.",
                len(found),
            ),
        )
    return Meant(WithdrawWords(contribution=found[0].key), (_shown(found[0]),))


def _shown(entry: QueueEntry) -> Text:
    said = " ".join(" ".join(words.split()) for _, words in entry.parts)
    return tr("Found in “{item}”: “{words}”", item=entry.item_title, words=said[:SHOWN])


def withdraw(session: Path, what: Meant, ring: KeyRing) -> tuple[Text, ...]:
    """Take it back.

    Returns:
        What was done and what it does not reach, as sentences.

    Raises:
        WorkshopError: it could not be done; nothing was changed.
    """
    run = running.room_of(session)
    try:
        if run is not None:
            reply = msgspec.json.decode(running.ask(run, "POST", paths.COMMAND, what.command), type=_Reply)
            more: tuple[Text, ...] = reply.more
        else:
            more = give(session, what.command, ring)
    except CommandRefused as problem:
        if what.command.code and problem.message == NO_SUCH_CODE:
            raise SettingsError(NO_SUCH_CODE) from problem
        raise
    left_copies.remove()
    seen.forget()
    with exporting.session_record(session, ring) as record:
        follow_ups.note_withdrawn(session, record)
    return (tr("The words are deleted for good."), *more, OUTSIDE)


class _Reply(Struct, frozen=True):
    more: tuple[Text, ...] = ()


def give(session: Path, command: FacilitatorCommand, ring: KeyRing, clock: Clock = SYSTEM) -> tuple[Text, ...]:
    """Carry a command out in a session that no room has; gives what else there is to say."""

    async def carried_out(room: Room) -> tuple[Text, ...]:
        dated = replace(command, at=room.clock.now_ms(), salt=secrets.token_bytes(SALT))
        answer = await room.submit(dated)
        left = (STILL, tr("Copies: {names}.", names=Listed(room.left_over))) if room.left_over else ()
        return (*getattr(answer, "more", ()), *left)

    return _alone(session, carried_out, ring, clock)


def _holding(session: Path, words: str, ring: KeyRing) -> list[QueueEntry]:
    """All that phones sent whose words are there and hold these, their own or those that stand for them."""
    from workshop_tui.room.queue import queue_page

    run = running.room_of(session)

    def asked(offset: int) -> QueuePage:
        assert run is not None  # noqa: S101 - asked for then only
        query = urlencode({"which": "all", "offset": offset, "count": AT_ONCE, "words": words})
        return msgspec.json.decode(running.ask(run, "GET", f"{paths.QUEUE}?{query}"), type=QueuePage)

    async def all_of(room: Room) -> list[QueueEntry]:
        return _pages(lambda offset: queue_page(room, "all", offset, AT_ONCE, words=words))

    entries = _alone(session, all_of, ring) if run is None else _pages(asked)
    return [each for each in entries if each.may_be_taken_back and each.parts]


def _pages(page: Callable[[int], QueuePage]) -> list[QueueEntry]:
    """What all pages have."""
    found = page(0)
    entries = list(found.entries)
    while found.next:
        found = page(found.next)
        entries += found.entries
    return entries


def _alone(session: Path, job: Callable[[Room], Awaitable[T]], ring: KeyRing, clock: Clock = SYSTEM) -> T:
    """Do something in a session that no room has, as a room would; what it owes is done on the way."""
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.room import Room
    from workshop_tui.storage.session_file import open_existing

    key = ring.key_of(session) if session.exists() else None

    async def opened() -> T:
        store = open_existing(session, key=key)
        room = Room(store, store.load(), KINDS, clock)
        try:
            await room.start()
            return await job(room)
        finally:
            await room.close()

    return asyncio.run(opened())
