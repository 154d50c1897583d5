"""What desks need from the process that runs the room, and how a desk's command is carried out."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import deciding
from workshop_tui.domain.commands import (
    AddNote,
    EnterStory,
    FacilitatorCommand,
    FinishWriteUp,
    FreeSeats,
    NoteContact,
    OpenVote,
    RenewCode,
    Safeguard,
    WithdrawWords,
)
from workshop_tui.domain.digests import SALT
from workshop_tui.errors import CommandRefused, NotAllowed
from workshop_tui.messages import ENGLISH, Listed, Translator, tr
from workshop_tui.protocol.answers import Done, ExportAsked, Exported
from workshop_tui.room.clock import random_name
from workshop_tui.room.codes import LONG, SHORT, new_code, new_private_code
from workshop_tui.room.desk import Addresses, snapshot
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.web.http.credentials import Credential

KEY: Final = 32
"""Bytes of a round's key."""


class DeskServices(Struct, frozen=True, kw_only=True):
    """What the control routes and the host page need from the process that runs the room."""

    room: Room
    addresses: Addresses
    pid: int
    connected: Callable[[], int]
    """How many phones were heard of lately."""
    screens: Callable[[], int]
    """How many windows show the big screen."""
    export: Callable[[ExportAsked], Awaitable[Exported]]
    stop: Callable[[], None]
    """Ask the process to stop the room in order."""
    translator: Translator = ENGLISH
    """Says the host page in the facilitator's language."""


def seen_by(services: DeskServices, desk: str, *, peek: bool) -> Snapshot:
    """What a desk sees of the room now.

    Args:
        services: Know what the session does not.
        desk: The device that looks: what it can take back is its own.
        peek: Whether to count the open vote.
    """
    connected, screens = services.connected(), services.screens()
    return snapshot(services.room, services.addresses, peek=peek, connected=connected, screens=screens, desk=desk)


async def submit(room: Room, command: FacilitatorCommand, by: Credential) -> Done:
    """Carry out a desk's command with this room's time and randomness.

    Args:
        room: The running session.
        command: What is asked for; of when and by whom only what this listener knows counts.
        by: Who asks.

    Raises:
        CommandRefused: it was not done, even where the room noted that it was asked.
        NotAllowed: whoever asks may never ask for this.
        Refused, EnvironmentProblem: as `Room.submit`.
    """
    if by.who is None:
        raise NotAllowed(tr("The big screen can only look."))
    salt = secrets.token_bytes(SALT)
    command = replace(command, at=room.clock.now_ms(), who=by.who, desk=by.desk, salt=salt)
    match command:
        case OpenVote():
            command = replace(command, key=secrets.token_bytes(KEY))
        case RenewCode():
            # Where somebody tries codes out, the new one is longer.
            command = replace(command, code=new_code(LONG if room.watch.is_guessed else SHORT))
        case FreeSeats():
            away = tuple(person for person in room.tables.persons() if not room.is_here(person))
            command = replace(command, persons=away)
        case AddNote(key="") | Safeguard(key="") | NoteContact(key=""):
            command = replace(command, key=random_name())
        case EnterStory():
            command = replace(command, key=command.key or random_name(), code=new_private_code())
    answer = await room.submit(command)
    assert isinstance(answer, deciding.Done)  # noqa: S101 - every facilitator command is answered so
    if answer.refusal:
        raise CommandRefused(answer.refusal, advice=answer.why)
    more = answer.more
    if isinstance(command, FinishWriteUp | WithdrawWords) and room.left_over:
        copies = Listed(room.left_over)
        more = (*more, tr("Words are still in copies that cannot be removed: {copies}.", copies=copies))
    return Done(answer.label, more)
