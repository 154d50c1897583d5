"""What is asked before a new session begins: a passphrase, or why none; and until when the session is kept."""

from __future__ import annotations

import datetime as dt
import errno
import os
import secrets
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct

from workshop_tui import whole_files
from workshop_tui.domain.activity import Gathering, Kinds, Poll
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.asking import config_of, gets_options
from workshop_tui.domain.blocks import text_fields
from workshop_tui.domain.reach import last_day
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import EnvironmentProblem, FolderUnusable, SettingsError
from workshop_tui.messages import Listed, Message, Sentences, Verbatim, tr
from workshop_tui.room.clock import local_day
from workshop_tui.runtime import system_ring
from workshop_tui.runtime.passphrases import SHORTEST, TRIES, KeyRing, problem_with
from workshop_tui.storage import key_file
from workshop_tui.storage.key_file import KeyFile, cleaned
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.slips import GROUP, new_slip, read_slip
from workshop_tui.unwritten import advice, why

UNDECIDED: Final = "undecided"
"""What stands for "not decided yet" on the command line."""


class Asks(Protocol):
    """Whoever started the program, at a terminal or not."""

    @property
    def is_there(self) -> bool:
        """Whether there is a terminal, and somebody who can be asked."""

    def text(self, said: Sentences) -> str:
        """It, in their language."""

    def say(self, said: Sentences) -> None:
        """Tell them something."""

    def write(self, text: str) -> None:
        """Show a line as it is."""

    def asks(self, question: Sentences) -> str:
        """What they type when asked."""

    def asks_unseen(self, question: Sentences) -> str:
        """The same, while nothing is shown."""


class Chosen(Struct, frozen=True, kw_only=True):
    """What was said on the command line, so that it need not be asked; for a session that is begun only."""

    unlocked: str = ""
    """Why it is begun without a passphrase."""
    keep_until: str = ""
    """The last day, or `UNDECIDED`; empty where nothing was said."""
    slip_to: Path | None = None
    """Where to write the recovery slip; None to show it."""
    key_ring: bool = False
    """Whether the system's key ring is to have the key."""


class Beginning(Struct, frozen=True, kw_only=True):
    """How a new session begins."""

    id: str
    """Its random name."""
    lock: tuple[FileKey, KeyFile] | None
    """Its key, and the file for it; None for a plain session."""
    unlocked: str
    """Why it is not locked; empty where nobody had to say so."""
    until: str
    """The last day on which it is kept, as YYYY-MM-DD; empty for not decided yet."""


def gathers_words(agenda: Agenda, kinds: Kinds) -> bool:
    """Whether anybody may write something of their own, or is known by a name."""
    for item in agenda.items:
        kind = kinds.get(item.activity.kind) if item.activity else None
        if isinstance(kind, Gathering):
            return True
        # What its options come from is an item of its own.
        if isinstance(kind, Poll) and not gets_options(item):
            config = config_of(ItemState(item=item, minutes=item.minutes), kind)
            if kind.is_named or text_fields(kind.ask(config)):
                return True
    return False


def begin(
    agenda: Agenda, agenda_name: str, session: str, kinds: Kinds, chosen: Chosen, ring: KeyRing, asks: Asks
) -> Beginning:
    """Ask what has to be asked of a session that is about to be made; nothing is written yet, but for a slip.

    Args:
        agenda: Its agenda.
        agenda_name: The file name of that.
        session: What its file will be called.
        kinds: The registry.
        chosen: What need not be asked.
        ring: Has the passphrase where it was given in a file.
        asks: Who is asked, if anybody is there.

    Raises:
        SettingsError: something has to be said that nobody said.
        FolderUnusable: the slip cannot be written.
    """
    if chosen.unlocked and ring.given:
        raise SettingsError(
            tr("A passphrase was given, and a reason for none. Nothing was started."), advice=tr("Give one of them.")
        )
    needs = gathers_words(agenda, kinds) and not chosen.unlocked and not ring.given
    if not asks.is_there and (needs or not chosen.keep_until):
        raise _nobody_to_ask(needs, chosen)
    if chosen.key_ring and chosen.unlocked:
        raise SettingsError(
            tr("The system's key ring keeps the key of a locked session only. Nothing was started."),
            advice=tr("Give {option}, or a passphrase.", option=Verbatim("--unlocked REASON")),
        )
    first = _day(last_day(local_day(), agenda.write_up_by))
    until = _checked_day(chosen.keep_until, first) if chosen.keep_until else None
    passphrase, unlocked = ring.given, str(clean_line(chosen.unlocked))
    if passphrase and (problem := problem_with(passphrase)):
        raise SettingsError(problem, advice=tr("Nothing was started."))
    if needs:
        passphrase = _passphrase_from(asks, _OFFER)
        unlocked = "" if passphrase else _reason_from(asks)
    if until is None:
        until = _day_from(asks, first)
    session_id = secrets.token_hex(8)
    lock = None
    if passphrase:
        slip = new_slip() if asks.is_there or chosen.slip_to is not None else ""
        known, key = key_file.new(session_id, agenda_name, passphrase, slip)
        lock = (key, known)
        if slip:
            hand_over(slip, session, chosen.slip_to, asks)
        if chosen.key_ring or _is_for_the_ring(asks):
            lock = (key, _kept_in_ring(known, key, asks))
        ring.know(session_id, key)
    return Beginning(id=session_id, lock=lock, unlocked=unlocked, until=until)


_OFFER: Final = (
    tr("People will write in their own words here. A passphrase locks the session's file and every copy of it."),
    tr("Whoever forgets it and loses the recovery slip loses the session: nobody can open it then."),
    tr("Type a passphrase, {n} letters or more; or press Enter to go on without one.", n=SHORTEST),
)


RING: Final = "ring"
"""What is typed for the system's key ring."""


def _is_for_the_ring(asks: Asks) -> bool:
    """Whether somebody wants the system's key ring to have the key; asked only where there is one."""
    if not asks.is_there or not system_ring.is_there():
        return False
    asks.say(tr("If this laptop stops in the middle, how does the session go on?"))
    asks.say(
        tr("The system's key ring can keep its key. Then nobody types the passphrase again, and whoever can log in to "
           "this laptop can open the session until its write-up is finished.")
    )  # fmt: skip
    question = tr("Press Enter to type the passphrase again, or type {ring} for the key ring.", ring=Verbatim(RING))
    return asks.asks(question).strip().casefold() == RING


def _kept_in_ring(known: KeyFile, key: FileKey, asks: Asks) -> KeyFile:
    """The key file of a session whose key is in the ring; where that fails, as it was, and it is said."""
    try:
        if not system_ring.is_there():
            raise EnvironmentProblem(tr("There is no key ring on this system."))
        system_ring.keep(known.session, key)
    except EnvironmentProblem as problem:
        asks.say(problem.message)
        asks.say(tr("The session is locked all the same. After a crash its passphrase is typed again."))
        return known
    return known.in_ring(key)


def _nobody_to_ask(needs: bool, chosen: Chosen) -> SettingsError:
    wanted = [
        *([Verbatim("--passphrase-file FILE")] if needs else []),
        *([Verbatim("--keep-until DATE")] if not chosen.keep_until else []),
    ]
    more = tr(
        "Without a passphrase, give the reason for that: {option}. Where it is not decided yet how long it is kept: "
        "{undecided}.",
        option=Verbatim("--unlocked REASON"),
        undecided=Verbatim(f"--keep-until {UNDECIDED}"),
    )
    return SettingsError(
        tr("A new session was to begin, and there is no terminal to ask at. Nothing was started."),
        advice=(tr("Give {options}.", options=Listed(tuple(wanted))), more),
    )


def new_passphrase(asks: Asks) -> str:
    """A new passphrase for a session that has one; empty where nobody wants to.

    Raises:
        SettingsError: nobody typed one that can be one.
    """
    return _passphrase_from(asks, (tr("Type the new passphrase, {n} letters or more.", n=SHORTEST),))


def _passphrase_from(asks: Asks, offer: tuple[Message, ...]) -> str:
    for line in offer[:-1]:
        asks.say(line)
    for _ in range(TRIES):
        typed = asks.asks_unseen(offer[-1])
        if not typed.strip():
            return ""
        if problem := problem_with(typed):
            asks.say(problem)
            continue
        if cleaned(asks.asks_unseen(tr("Type it once more."))) == cleaned(typed):
            return typed
        asks.say(tr("These two were not the same."))
    raise SettingsError(tr("No passphrase was chosen. Nothing was started or changed."))


def _reason_from(asks: Asks) -> str:
    for _ in range(TRIES):
        typed = clean_line(
            asks.asks(
                (
                    tr("Why is this session not locked?"),
                    tr("What you type stays in the record and in the report."),
                )
            )
        )
        if has_words(typed):
            return typed
    raise SettingsError(tr("There was neither a passphrase nor a reason for none. Nothing was started."))


def _day_from(asks: Asks, first: str) -> str:
    question = (
        tr("Until when is this session kept? Then {command} removes it.", command=Verbatim("workshop-tui purge")),
        tr("Type the last day as YYYY-MM-DD, or {undecided} where that is not decided yet.",
           undecided=Verbatim(UNDECIDED)),
    )  # fmt: skip
    for _ in range(TRIES):
        try:
            return _checked_day(asks.asks(question).strip(), first)
        except SettingsError as problem:
            asks.say(problem.message)
    raise SettingsError(tr("Nobody said until when this session is kept. Nothing was started."))


def checked_day(typed: str) -> str:
    """The day that was typed; empty for not decided yet.

    Raises:
        SettingsError: it is no day.
    """
    if typed.casefold() == UNDECIDED:
        return ""
    try:
        return _day(dt.date.fromisoformat(typed))
    except ValueError as problem:
        raise SettingsError(
            tr("“{typed}” is no day such as {example}, and not {undecided}.", typed=typed,
               example=Verbatim("2027-03-31"), undecided=Verbatim(UNDECIDED))
        ) from problem  # fmt: skip


def _checked_day(typed: str, first: str) -> str:
    day = checked_day(typed)
    if day and day < first:
        raise SettingsError(
            tr("That is before {day}, the last day of the write-up. Give that day or a later one.", day=Verbatim(first))
        )
    return day


def _day(day: dt.date) -> str:
    return day.isoformat()


# The recovery slip. ----------------------------------------------------------------------------------


def hand_over(slip: str, session: str, to: Path | None, asks: Asks) -> None:
    """Write a recovery slip to a file, or show it once and let somebody say that they have it.

    Raises:
        FolderUnusable: it cannot be written.
    """
    if to is not None:
        _write_slip(_on_paper(slip, session, asks), to)
        return
    asks.say(tr("This is the recovery slip. Write it down or print it: it is never shown again."))
    for line in _on_paper(slip, session, asks):
        asks.write(line)
    for _ in range(TRIES):
        typed = asks.asks(tr("Type its last four letters, so that it is surely written down."))
        if read_slip(slip[:-GROUP] + typed) == slip:
            return
    asks.say(tr("Going on. Whoever has no slip needs the passphrase."))


def _on_paper(slip: str, session: str, asks: Asks) -> list[str]:
    """A recovery slip as it is printed: what it opens, its letters, and where it belongs."""
    edge = "+" + "-" * (len(slip) + 6) + "+"
    return [
        "",
        asks.text(tr("Recovery slip of the session {name}", name=Verbatim(session))),
        edge,
        f"|   {slip}   |",
        edge,
        asks.text(tr("It opens the session in place of the passphrase. Keep it away from the laptop.")),
        "",
    ]


def _write_slip(lines: list[str], to: Path) -> None:
    try:
        if not to.parent.is_dir():
            # A memory stick that is not there is not to be made a folder of.
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        whole_files.write({to: lambda: ("\n".join(lines).encode(),)})
    except OSError as problem:
        raise FolderUnusable(
            tr("The recovery slip cannot be written to {path} ({why}). Nothing was started.", path=Verbatim(str(to)),
               why=why(problem)),
            advice=advice(problem, to, "--slip-to"),
        ) from problem  # fmt: skip
