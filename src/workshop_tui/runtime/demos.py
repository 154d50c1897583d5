"""The two demos: with a console and people at human pace, and headless, fast and checked."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from workshop_tui.agendas import agenda_to_start, find_agenda, shipped_agenda, shipped_file
from workshop_tui.errors import FolderUnusable, SettingsError, WorkshopError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Message, Sentences, Verbatim, tr, trn
from workshop_tui.rehearsal.crowd import CrowdAsked, crowd
from workshop_tui.rehearsal.facilitator import USUAL_DAY, Facilitator
from workshop_tui.rehearsal.ledger import Ledger, write_ledger
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.rehearsal.turn import Day
from workshop_tui.runtime import addresses, deleting, exporting, places, running
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.processes import on_signals, start_detached, until_orphaned
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.runtime.starting import start_room, stop_room
from workshop_tui.settings import data_folder
from workshop_tui.storage.copy_names import ENDING

STORIES = "sample-stories.json"

USUAL = "tell-it-once"
"""The agenda of a demo where nobody names one."""

KEPT_DAYS: Final = 7
"""For how long the session of a demo that nobody gave a folder is kept after it was last written to."""

Say = Callable[[Sentences], object]


def agenda_meant(name: str) -> Path:
    """The agenda that a demo is to play: a file, or one that comes with the program, by name; empty for the usual one.

    Raises:
        AgendaError: there is none, or something in it is wrong.
    """
    path = find_agenda(Path(name))[0] if name else shipped_agenda(USUAL)
    if path.name == name and not path.suffix and not os.path.lexists(path):
        path = shipped_agenda(name)
    agenda_to_start(path, KINDS)
    return path


def hint_for(join_address: str) -> Message:
    """What stands on the console of a demo at first."""
    return tr(
        "New here? n opens the next item, v opens or closes it for phones, r reveals a vote. Join at {address}",
        address=Verbatim(join_address),
    )


def with_console(agenda: Path, people: int, speed: float, *, say: Say) -> int:
    """Open the console on a new session of an agenda; room and people end with it.

    Returns:
        The exit code.

    Raises:
        SettingsError: nobody sits at a terminal.
    """
    from workshop_tui.runtime import consoles

    if not consoles.is_terminal():
        raise SettingsError(
            tr("There is no terminal here for the console. Nothing was started."),
            advice=tr("Try: {command}", command=Verbatim("workshop-tui demo --headless")),
        )
    folder = _folder(None)
    _delete_old(folder, say)
    run = _start(_path_in(folder, agenda), agenda)
    crowd_process = _start_crowd(run, people, speed) if people else None
    try:
        return consoles.open_console(Path(run.session_path), hint=hint_for(run.join_address), takes_room=True)
    finally:
        if crowd_process is not None:
            crowd_process.terminate()
            crowd_process.wait(10)
        _stop_if_there(run)
        _say_where(run, say)


def headless(agenda: Path, people: int, to: Path | None, *, say: Say) -> int:
    """Play the whole agenda, write the session and every report, and compare the file with what people were told.

    Returns:
        0 only if a fresh process that reads the file agrees with the people's own ledger.

    Raises:
        FolderUnusable: nothing can be written there.
    """
    folder = _folder(to)
    if to is None:
        _delete_old(folder, say)
    run = _start(_path_in(folder, agenda), agenda, hurried=True)
    session = Path(run.session_path)
    # What people were told goes whatever happens: their words are in it.
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder_of_ledger:
        ledger = Path(folder_of_ledger) / "ledger.json"
        try:
            told = asyncio.run(_play(run, people))
            write_ledger(told, ledger)
        finally:
            _stop_if_there(run)
        say(trn("{n} person joined.", "{n} people joined.", told.people))
        say(
            trn(
                "{n} vote was acknowledged, {words}.",
                "{n} votes were acknowledged, {words}.",
                len(told.votes),
                words=trn("{n} story, idea or private word", "{n} stories, ideas and private words", len(told.words)),
            )
        )
        compared = _fresh(["compare-ledger", str(session), str(ledger)])
    recounted = _fresh(["recount", str(session)])
    with exporting.session_record(session, KeyRing()) as record:
        files = exporting.write_reports(record, exporting.export_folder(session), session=session)
    for path in files:
        say(tr("Report:  {file}", file=Verbatim(str(path))))
    same = compared.returncode == 0 and recounted.returncode == 0
    say(
        compared.stdout.strip()
        or tr("A fresh process read the file: every vote and every word that was acknowledged is there once.")
    )
    say(recounted.stdout.strip())
    _say_where(run, say)
    return 0 if same else 1


def play(session: Path, agenda: Path, people: int, day: Day, handed: Mapping[str, str], days_ago: int) -> Ledger:
    """Play a whole agenda into a session file, fast, and write it up.

    Args:
        session: The new file.
        agenda: What is played.
        people: Simulated people.
        day: What the facilitator keeps.
        handed: What the session was handed, by its words.
        days_ago: How many days before today it is held.
    """
    run = _start(session, agenda, hurried=True, days_ago=days_ago)
    try:
        return asyncio.run(_play(run, people, day, handed, tries_things=False))
    finally:
        _stop_if_there(run)


async def _play(
    run: running.RunFile,
    people: int,
    day: Day = USUAL_DAY,
    handed: Mapping[str, str] = {},
    *,
    tries_things: bool = True,
) -> Ledger:
    asked = CrowdAsked(
        join_url=run.join_url, people=people, speed=1, stories=str(shipped_file(STORIES)), tries_things=tries_things
    )
    async with crowd(asked, Pace(think=(0, 0), look=0)) as guests:
        await guests.join(0, random.Random(0))  # noqa: S311 - people's moods, not keys

        async def ask(method: str, path: str, body: object = None) -> bytes:
            return await asyncio.to_thread(running.ask, run, method, path, body)

        async def everybody() -> None:
            await asyncio.gather(*(phone.answer_what_is_open() for phone in guests.phones))

        await Facilitator(ask, everybody, day, handed).run_the_day(people)
    return guests.ledger


def rehearse(argument: str) -> int:
    """The entry of the process of a demo's people: `argument` is a `CrowdAsked` as JSON.

    It ends when it is told to, or when the demo is gone.
    """
    asyncio.run(_live(msgspec.json.decode(argument, type=CrowdAsked)))
    return 0


async def _live(asked: CrowdAsked) -> None:
    home = asyncio.Event()
    on_signals(home.set)
    orphaned = asyncio.create_task(until_orphaned(asked.parent, home.set))
    think = (1.5 / asked.speed, 9.0 / asked.speed)
    chance = random.Random(asked.seed)  # noqa: S311 - people's moods, not keys
    async with crowd(asked, Pace(think=think, look=max(0.6, 1.2 / asked.speed))) as people:
        living = asyncio.gather(people.join(12.0 / asked.speed, chance), *(phone.live(home) for phone in people.phones))
        await home.wait()
        for task in (living, orphaned):
            task.cancel()
        await asyncio.gather(living, orphaned, return_exceptions=True)


def _folder(wanted: Path | None) -> Path:
    """The folder for a demo's session, made where it is not there.

    Raises:
        FolderUnusable: it cannot be made.
    """
    return made(wanted) if wanted else made(data_folder() / "demo", mode=0o700)


def made(folder: Path, mode: int = 0o777) -> Path:
    """A folder, made where it is not there.

    Raises:
        FolderUnusable: it cannot be made.
    """
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as problem:
        why = tr("there is a file of that name") if folder.is_file() else Verbatim(str(problem.strerror))
        raise FolderUnusable(
            tr(
                "The folder {folder} cannot be made ({why}). Nothing was started.",
                folder=Verbatim(str(folder)),
                why=why,
            ),
            advice=tr("Please choose another folder with {option}.", option=Verbatim("--to")) if mode == 0o777 else "",
        ) from problem
    return folder


def _delete_old(folder: Path, say: Say) -> None:
    """Delete the sessions of earlier demos that are older than `KEPT_DAYS`, with all that belongs to them, and say so.

    One that somebody runs or that cannot be deleted stays.
    """
    oldest = time.time() - KEPT_DAYS * 24 * 3_600
    for session in sorted(folder.glob(f"*{ENDING}")):
        with contextlib.suppress(WorkshopError, OSError):
            if session.is_symlink() or session.stat().st_mtime >= oldest:
                continue
            if not deleting.delete(deleting.find(session)).left:
                say(tr("An old demo's session was deleted: {file}", file=Verbatim(str(session))))


def _say_where(run: running.RunFile, say: Say) -> None:
    """Say where a demo's session is and how it goes again: it stays, because somebody may have taken part in it."""
    session = Path(run.session_path)
    said: list[Message] = [tr("The demo's session is in {file}", file=Verbatim(str(session)))]
    if session.parent == _folder(None).resolve():
        said.append(trn("A demo after {n} day deletes it.", "A demo after {n} days deletes it.", KEPT_DAYS))
    command = Verbatim(f"workshop-tui delete {shlex.quote(str(session))}")
    say((*said, tr("To delete it now: {command}", command=command)))


def _path_in(folder: Path, agenda: Path) -> Path:
    return places.new_path(folder.resolve(), agenda)


def _start(path: Path, agenda: Path, *, hurried: bool = False, days_ago: int = 0) -> running.RunFile:
    return start_room(
        ServeAsked(
            session_path=str(path),
            new=NewSession(agenda=str(agenda.resolve()), begins_now=True),
            address=addresses.LOOPBACK,
            any_port=True,
            hurried=hurried,
            days_ago=days_ago,
            parent=os.getpid(),
        )
    )


def _start_crowd(run: running.RunFile, people: int, speed: float) -> subprocess.Popen[bytes]:
    stories = str(shipped_file(STORIES))
    asked = CrowdAsked(join_url=run.join_url, people=people, speed=speed, stories=stories, parent=os.getpid())
    command = [sys.executable, "-m", "workshop_tui", "rehearse", msgspec.json.encode(asked).decode()]
    return start_detached(command, subprocess.DEVNULL)


def _stop_if_there(run: running.RunFile) -> None:
    """Stop the room of this demo: the one it began with, or the one its console started again."""
    live = running.room_of(Path(run.session_path))
    if live is not None:
        # It may go by itself in the same moment; what it received is on disk either way.
        with contextlib.suppress(WorkshopError):
            stop_room(live)


def _fresh(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one of our commands in a process that shares nothing with this one."""
    return subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "workshop_tui", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
