"""The room's own process: opens the file, binds both listeners, serves until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import logging.handlers
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.errors import WorkshopError
from workshop_tui.locales import system_language, translator_for
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.room.clock import SystemClock
from workshop_tui.runtime import addresses, exporting, left_copies, page_keys, running
from workshop_tui.runtime.processes import collect_garbage_after, on_signals, set_limits, until_orphaned
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.settings import runtime_folder, write_private
from workshop_tui.storage.key_file import KeyFile
from workshop_tui.storage.keys import FileKey

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from workshop_tui.room.ports import Store, StoredSession
    from workshop_tui.room.room import Room

log = logging.getLogger("workshop_tui")

LOG_BYTES = 1_000_000

HOUR_S: Final = 3_600
MINUTE_S: Final = 60

HURRIED_BURST = 1_000
"""What one simulated phone may send at once: a day's words in a few seconds."""

COLLECT_AFTER: Final = (20_000, 20, 20)
"""Thresholds of the collector of reference cycles; Python's own are 700, 10, 10. Hundreds of answers under way at once
are young objects that it would walk through again and again without finding anything: a tenth of what a vote costs
(docs/performance.md)."""


class ServeAsked(Struct, frozen=True, kw_only=True):
    """What a room process is to serve; passed to it as JSON on its command line."""

    session_path: str
    new: NewSession | None = None
    """How to make the file; None when it is there."""
    agenda_path: str = ""
    address: str = ""
    """Empty for the one the session had."""
    port: int = 0
    """0 for the one the session had, or the usual ones for a new session."""
    any_port: bool = False
    """Whether the system may choose the port; only rehearsals and tests use it."""
    hurried: bool = False
    """Whether one phone may send as fast as it can; only for a rehearsal without pauses between the items."""
    days_ago: int = 0
    """How many days before today its day is; only such a rehearsal has any."""
    has_key: bool = False
    """Whether a key comes to the room on its standard input: it is never on a command line."""
    parent: int = 0
    """The process that the room ends with, which is the one that starts it; 0 for none. Only a demo's has one."""

    def __post_init__(self) -> None:
        is_rehearsal = self.hurried and self.parent and self.new is not None and self.address == addresses.LOOPBACK
        if self.days_ago and not is_rehearsal:
            raise ValueError("only a rehearsal is held on another day than today")


class Handed(Struct, frozen=True):
    """What a room is handed of a locked session, through a pipe that nobody else reads."""

    key: bytes
    known: KeyFile | None = None
    """The key file of a session that is to be made; None for one that is there."""

    def __repr__(self) -> str:
        return "Handed(…)"

    @property
    def file_key(self) -> FileKey:
        """The key."""
        return FileKey(self.key)

    @property
    def lock(self) -> tuple[FileKey, KeyFile] | None:
        """The key and its file, of a session that is to be made."""
        return (self.file_key, self.known) if self.known is not None else None


class Started(Struct, frozen=True, kw_only=True):
    """What a room process answers: that it serves, or why it cannot."""

    run: running.RunFile | None = None
    error: Sentences = ""
    advice: Sentences = ""
    lines: tuple[Sentences, ...] = ()
    exit_code: int = 0


def serve(asked: ServeAsked, answer: Callable[[Started], None], handed: Handed | None = None) -> int:
    """Serve one session until stopped.

    Args:
        asked: What to serve.
        handed: The key of a locked session; None for a plain one.
        answer: Hears, once, that it serves or why it cannot.

    Returns:
        The exit code: 0 after an orderly stop, else that of the problem (errors.py).
    """
    _write_log(Path(asked.session_path))
    set_limits()
    try:
        return _run(_serve(asked, answer, handed))
    except WorkshopError as problem:
        log.error("the room did not start: %s", type(problem).__name__)
        code = problem.exit_code
        answer(Started(error=problem.message, advice=problem.advice, lines=problem.lines, exit_code=code))
        return code
    except Exception:
        log.exception("the room stopped on a bug")
        words = tr("The room stopped on a fault in this program. What was received is safe in the session file.")
        where = tr("The log is in {runtime_folder}.", runtime_folder=Verbatim(str(runtime_folder())))
        answer(Started(error=words, advice=where, exit_code=1))
        return 1


def _run(work: Coroutine[None, None, int]) -> int:
    """Run the room on uvloop where it exists, else on asyncio's own loop."""
    factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    with contextlib.suppress(ImportError):
        from uvloop import new_event_loop as factory
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


async def _serve(asked: ServeAsked, answer: Callable[[Started], None], handed: Handed | None) -> int:
    """Open, bind, serve, and put everything away in the order that loses nothing."""
    from workshop_tui.web.http.rendering import compile_all
    from workshop_tui.web.http.server import Listeners

    stop = asyncio.Event()
    on_signals(lambda: _stop(stop))
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    left_copies.remove()
    room, phones, control, run, pages = _assemble(asked, stop, handed)
    spoken = translator_for(room.state.agenda.languages[0])
    listeners = Listeners(phones.app, phones.socket, control.app, control.socket, spoken)
    await room.start()
    await listeners.start()
    collect_garbage_after(COLLECT_AFTER)
    running.write(run)
    page_keys.keep(run.session, pages)
    answer(Started(run=run))
    log.info("serving")
    # Once everybody has been told, and beside the loop: nobody has to wait for it, at the start or later.
    ready = asyncio.create_task(asyncio.to_thread(compile_all))
    taken_back = _TakenBack(room, Path(asked.session_path), handed.file_key if handed else None)
    keeping = (_keep_run_file(room, run), _keep_ring(room, run.session), _keep_tidy(), taken_back.keep())
    beside = [asyncio.create_task(each) for each in keeping]
    if asked.parent:
        beside.append(asyncio.create_task(until_orphaned(asked.parent, stop.set)))
    await stop.wait()
    await ready
    log.info("stopping")
    for task in beside:
        task.cancel()
    # Endless streams end by themselves once the notifier closes; a listener would wait for them otherwise.
    room.notifier.close()
    await listeners.stop()
    await taken_back.note()
    await room.close()
    if room.state.phase == "finished":
        # Nobody has to come back to it; what opened it is to open nothing.
        page_keys.forget(run.session)
    running.remove(run)
    return 0


async def _keep_run_file(room: Room, run: running.RunFile) -> None:
    """Let what the run file says of joining follow the code."""
    from workshop_tui.room.square import square_url

    place = urlsplit(run.join_url).netloc
    while not room.notifier.closed:
        await room.notifier.wait_room(room.notifier.room_version, HOUR_S)
        if run.join_code != room.code:
            run = replace(run, join_url=square_url(place, room.square), join_code=room.code)
            running.write(run)


async def _keep_ring(room: Room, session: str) -> None:
    """Let the system's key ring forget the key once the write-up is finished; tried again while it cannot."""
    from workshop_tui.runtime import system_ring

    while room.is_in_ring:
        if room.state.phase == "finished":
            if not await asyncio.to_thread(system_ring.forget_quietly, session):
                await room.left_ring()
                return
            log.warning("the key could not be taken out of the system's key ring")
            await asyncio.sleep(MINUTE_S)
        else:
            await room.notifier.wait_room(room.notifier.room_version, HOUR_S)


async def _keep_tidy() -> None:
    """Remove what an export that was killed left of a session, soon, whether or not anybody gives a command."""
    while True:
        await asyncio.sleep(MINUTE_S)
        with contextlib.suppress(WorkshopError, OSError):
            await asyncio.to_thread(left_copies.remove)


class _TakenBack:
    """Notes beside the session what was taken back in it, once for each time that something was."""

    def __init__(self, room: Room, session: Path, key: FileKey | None) -> None:
        self._room, self._session, self._key = room, session, key
        self._noted = 0

    async def keep(self) -> None:
        """Note it soon, each time, for as long as the room runs."""
        while True:
            await asyncio.sleep(MINUTE_S)
            await self.note()

    async def note(self) -> None:
        """Note it; tried again the next time where it cannot be."""
        many = exporting.taken_back_in(self._room)
        if many <= self._noted:
            return
        try:
            await exporting.note_taken_back(self._room, self._session, self._key)
            self._noted = many
        except (WorkshopError, OSError) as problem:
            log.warning("what was taken back could not be noted: %s", type(problem).__name__)


class _Bound(NamedTuple):
    """An app and the socket it is to listen on."""

    app: Starlette
    socket: socket.socket


class _Assembled(NamedTuple):
    """Everything that a room's process is made of."""

    room: Room
    phones: _Bound
    control: _Bound
    run: running.RunFile
    pages: page_keys.PageKeys


def _assemble(asked: ServeAsked, stop: asyncio.Event, handed: Handed | None = None) -> _Assembled:
    """The room with both its apps, on sockets that are bound; nothing serves yet."""
    # Imported here: the room's process alone needs the server and the driver.
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.desk import Addresses
    from workshop_tui.room.room import Room
    from workshop_tui.room.square import square_url
    from workshop_tui.web.control.desk_app import desk_app
    from workshop_tui.web.control.services import DeskServices
    from workshop_tui.web.http.credentials import Credentials, Tokens
    from workshop_tui.web.http.server import bind
    from workshop_tui.web.phone.app import PhoneSettings, participants_app
    from workshop_tui.web.screen.screen import ScreenPresence

    path, clock = Path(asked.session_path), SystemClock(asked.days_ago)
    store, stored, phones_socket = _open(asked, path, handed, clock)
    address, port = phones_socket.getsockname()
    # A console that was open when a room crashed finds its way back; pages of browsers also after a stop in order.
    before, pages = running.left_behind(stored.info.id), page_keys.kept(stored.info.id)
    control_socket = bind(addresses.LOOPBACK, [pages.port, 0] if pages else [0])
    control_port: int = control_socket.getsockname()[1]
    are_moved = pages is not None and pages.port != control_port
    if pages is None or are_moved:
        # Windows that are still open go on asking at the old port, where another program now reads their keys.
        pages = page_keys.new(control_port)
    room = Room(store, stored, KINDS, clock)
    # A console that is still open does the same.
    token = before.token if before is not None and before.control_port == control_port else secrets.token_hex(32)
    tokens = Tokens(control=token, host=pages.host, screen=pages.screen)
    run = running.RunFile(
        boot_id=secrets.token_hex(8),
        session=stored.info.id,
        session_path=str(path.resolve()),
        agenda_path=asked.agenda_path,
        pid=os.getpid(),
        control_port=control_port,
        token=tokens.control,
        join_url=square_url(addresses.place_of(address, port), room.square),
        join_code=room.code,
        screen_url=pages.screen_url,
        host_url=pages.host_url,
        are_pages_moved=are_moved,
    )
    hosts = frozenset({f"{address}:{port}", *([address] if port == 80 else [])})
    limits = PhoneSettings(hosts=hosts)
    if asked.hurried:
        limits = replace(limits, votes_burst=HURRIED_BURST, words_burst=HURRIED_BURST)
    phones = participants_app(room, limits)
    screens = ScreenPresence()
    desk = DeskServices(
        room=room,
        addresses=Addresses(
            boot_id=run.boot_id,
            session_path=run.session_path,
            join_url=run.join_url,
            screen_url=run.screen_url,
            host_url=run.host_url,
        ),
        pid=run.pid,
        connected=phones.state.presence.connected,
        screens=screens.open,
        export=lambda wanted: exporting.export_running(room, path, wanted, handed.file_key if handed else None),
        stop=stop.set,
        # The host page speaks as the console does that started the room.
        translator=translator_for(system_language(os.environ)),
    )
    near = frozenset({f"127.0.0.1:{control_port}", f"localhost:{control_port}"})
    control = desk_app(desk, Credentials.of(tokens), near, screens)
    return _Assembled(room, _Bound(phones, phones_socket), _Bound(control, control_socket), run, pages)


def _open(
    asked: ServeAsked, path: Path, handed: Handed | None, clock: SystemClock
) -> tuple[Store, StoredSession, socket.socket]:
    """The session file and the socket phones reach it at; the socket first, so that a new file knows its port."""
    from workshop_tui.storage.session_file import open_existing
    from workshop_tui.web.http.server import USUAL_PORTS, bind

    if asked.new is not None:
        ports = [0] if asked.any_port else ([asked.port] if asked.port else list(USUAL_PORTS))
        phones_socket = bind(asked.address, ports)
        lock = handed.lock if handed else None
        store = make_session(path, asked.new, asked.address, phones_socket.getsockname()[1], lock, clock)
        return store, store.load(), phones_socket
    store = open_existing(path, key=handed.file_key if handed else None)
    stored = store.load()
    try:
        # The port is printed on paper: it is the session's own again, or an explicit refusal.
        return store, stored, bind(asked.address or stored.info.address, [asked.port or stored.info.port])
    except WorkshopError:
        # A start that is refused leaves the file as one that was stopped, not as one that crashed.
        store.close()
        raise


def _stop(stop: asyncio.Event) -> None:
    """The first signal stops in order; a second one at once, which is safe too: what was received is on disk."""
    if stop.is_set():
        os._exit(1)
    stop.set()


def _write_log(session: Path) -> None:
    """Log to a file that only the user can read; never what people said."""
    path = running.log_path(session)
    os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=LOG_BYTES, backupCount=running.LOGS_KEPT, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def main(asked: str, answer: Path) -> int:
    """The entry of the room process: a `ServeAsked` as JSON, and the file for its `Started`."""
    wanted = msgspec.json.decode(asked, type=ServeAsked)
    handed = msgspec.json.decode(sys.stdin.buffer.read(), type=Handed) if wanted.has_key else None
    return serve(wanted, lambda said: write_private(answer, msgspec.json.encode(said)), handed)
