"""What crosses between a desk and the room, and how a refusal crosses: its words as they are, its kind as a status."""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain.commands import EDGE_FIELDS, FacilitatorCommand
from workshop_tui.errors import (
    CommandRefused,
    EnvironmentProblem,
    InputError,
    NotAllowed,
    Refused,
    RoomUnreachable,
    StoreUnavailable,
    WorkshopError,
)
from workshop_tui.messages import Sentences, Text, tr
from workshop_tui.room.queue_page import QueueEntry

T = TypeVar("T")


class Health(Struct, frozen=True):
    """Who is there."""

    boot_id: str
    session: str = ""
    pid: int = 0
    desk_version: int = 0


class Done(Struct, frozen=True):
    """What was done."""

    label: Text = ""
    """In the past tense; empty for what needs no word."""
    more: tuple[Text, ...] = ()
    """What else there is to know about it, in whole sentences."""


class Ideas(Struct, frozen=True):
    """Every idea that is not on hold."""

    entries: tuple[QueueEntry, ...] = ()


class ExportAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which reports are to be written, and where."""

    to: str = ""
    """The folder; empty for the usual one beside the session file."""
    only: tuple[str, ...] = ()
    """Formats; empty for all."""


class Exported(Struct, frozen=True):
    """What an export wrote."""

    folder: str
    files: tuple[str, ...]


class CopyAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a copy of the session is to be written."""

    path: str


class Problem(Struct, frozen=True):
    """Why something was not done."""

    error: Sentences = ""
    advice: Sentences = ""
    lines: tuple[Sentences, ...] = ()


def problem_of(error: WorkshopError) -> Problem:
    """An error as it crosses."""
    return Problem(error.message, error.advice, error.lines)


def read_command(body: bytes) -> FacilitatorCommand:
    """The command in a body; what it says of when and by whom is not even looked at.

    Raises:
        msgspec.MsgspecError, UnicodeDecodeError, RecursionError: it is none.
    """
    given = msgspec.json.decode(body, type=dict[str, object])
    asked = {field: value for field, value in given.items() if field not in EDGE_FIELDS}
    return msgspec.convert(asked, FacilitatorCommand)  # type: ignore[no-any-return]  # a union is no type to mypy


# Errors. ----------------------------------------------------------------------------------------------

UNKNOWN: Final = 401
FAULT: Final = 500
UNAVAILABLE: Final = 503


def status_of(problem: WorkshopError) -> int:
    """The HTTP status that says what sort of error it is, on the control routes and the host page alike."""
    match problem:
        case NotAllowed():
            return 403
        case Refused() | InputError():
            return 409
        case EnvironmentProblem():
            return UNAVAILABLE
        case _:
            return FAULT


def error_in(status: int, body: bytes) -> WorkshopError:
    """What the room said, as one of the errors it stands for."""
    said = decoded(body, Problem) or Problem()
    if status == UNAVAILABLE:
        usual = tr("The room cannot save this now. Nothing was changed.")
        return StoreUnavailable(said.error or usual, advice=said.advice, lines=said.lines)
    if status == UNKNOWN:
        return RoomUnreachable(tr("Another room answers at this address. This console does not belong to it."))
    if status >= FAULT:
        return StoreUnavailable(tr("Something went wrong in the room. It goes on; look into its log file."))
    usual = tr("The room could not do this. Nothing was changed.")
    return CommandRefused(said.error or usual, advice=said.advice, lines=said.lines)


def decoded(body: bytes, kind: type[T]) -> T | None:
    """What a program says, or None when it is not what one of ours would say: any may have this port by now."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
