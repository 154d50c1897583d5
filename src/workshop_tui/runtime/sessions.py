"""Making a new session file out of an agenda."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop_tui.errors import AgendaError
from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.clock import SYSTEM

if TYPE_CHECKING:
    from workshop_tui.room.ports import Clock
    from workshop_tui.storage.key_file import KeyFile
    from workshop_tui.storage.keys import FileKey
    from workshop_tui.storage.session_file import SessionFile


class NewSession(Struct, frozen=True, kw_only=True):
    """What a new session is made of."""

    agenda: str
    """Path of the agenda file."""
    begins_now: bool = False
    """Whether it has no start to be late for, whatever the agenda says: a demo begins when somebody opens it."""
    id: str = ""
    """Its random name, where its key is made for that name; empty for one that nobody knows yet."""


def make_session(
    path: Path, new: NewSession, address: str, port: int, lock: tuple[FileKey, KeyFile] | None = None,
    clock: Clock = SYSTEM,
) -> SessionFile:  # fmt: skip
    """Read the agenda and make the session file; nothing is made when the agenda is wrong.

    Raises:
        AgendaError: the agenda cannot be used.
        FolderUnusable: the file cannot be made there.
    """
    from workshop_tui.agendas import read_agenda
    from workshop_tui.domain.reach import last_day
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.codes import new_code
    from workshop_tui.room.ports import SessionInfo
    from workshop_tui.storage.session_file import create

    agenda_path = Path(new.agenda)
    agenda, text = read_agenda(agenda_path, KINDS)
    now = dt.datetime.fromtimestamp(clock.now_ms() / 1000, dt.UTC)
    by = last_day(now.astimezone().date(), agenda.write_up_by)
    if by < now.astimezone().date():
        raise AgendaError(
            tr(
                "{name}: “write_up_by” is {isoformat}, and that day is over. Nothing was started.",
                name=Verbatim(agenda_path.name),
                isoformat=by.isoformat(),
            ),
            advice=tr("Give a later day, or take the line out: then there are two weeks."),
        )
    info = SessionInfo(
        id=new.id or secrets.token_hex(8),
        code=new_code(),
        agenda=agenda,
        agenda_name=agenda_path.name,
        agenda_sha256=hashlib.sha256(text).hexdigest(),
        created_at=round(now.timestamp() * 1000),
        scheduled_start=None if new.begins_now else scheduled_start(agenda.start, now),
        write_up_by=by.isoformat(),
        write_up_until=end_of(by),
        address=address,
        port=port,
    )
    key, known = lock or (None, None)
    return create(path, info, text, secrets.token_bytes(32), key=key, known=known)


def end_of(day: dt.date) -> int:
    """The moment at which a local day ends, UTC milliseconds."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).astimezone()
    return round(midnight.timestamp() * 1000)


def scheduled_start(start: str, now: dt.datetime) -> int | None:
    """The agenda's "HH:MM" on the local day of `now`, UTC milliseconds; None for an empty one."""
    if not start:
        return None
    moment = dt.datetime.combine(now.astimezone().date(), dt.time.fromisoformat(start)).astimezone()
    return round(moment.timestamp() * 1000)
