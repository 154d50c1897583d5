"""Opening the workshop of an agenda or a session file, stopping it, and saying how it stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.errors import AgendaError, InputError, LockedSessionFile, RoomUnreachable, SettingsError, WrongKey
from workshop_tui.messages import Day, Listed, Message, Sentences, Text, Verbatim, as_tuple, tr, trn
from workshop_tui.protocol import paths
from workshop_tui.room.clock import day_at, local_day
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.runtime import addresses, exporting, finishing, places, running, system_ring
from workshop_tui.runtime.beginnings import Asks, Chosen, begin
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.retention import how_kept, note_beginning
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.runtime.starting import start_room, stop_room
from workshop_tui.storage.copy_names import ENDING
from workshop_tui.views.handed import hands_words
from workshop_tui.views.keeping import kept_words, lock_words


class Opened(Struct, frozen=True):
    """A room that serves now."""

    run: running.RunFile
    remarks: tuple[Sentences, ...]
    """What a person should know about where and how, one sentence each."""


def open_agenda(
    agenda: Path, ring: KeyRing, asks: Asks, chosen: Chosen, *, lan: str = "", port: int = 0, new: bool = False
) -> Opened:
    """Resume the agenda's unfinished session, or start a new one.

    Args:
        agenda: An agenda file; the name of a shipped one ("tell-it-once"); or a session file, to resume that.
        ring: Opens what is locked.
        asks: Who is asked how a new session is to be kept.
        chosen: What need not be asked.
        lan: The address phones reach; empty for the session's own, or a likely one for a new session.
        port: 0 for the session's own, or the usual ones for a new session.
        new: Start a new session in any case.

    Raises:
        WorkshopError: as the room says.
    """
    from workshop_tui.agendas import agenda_to_start, find_agenda
    from workshop_tui.kinds.registry import KINDS

    address = addresses.checked(lan) if lan else ""
    if agenda.suffix == ENDING:
        if new:
            raise SettingsError(
                tr("A session file is resumed, not begun."), advice=tr("Give an agenda file with --new.")
            )
        return _resume_file(agenda, address, port, ring)
    path, shipped = find_agenda(agenda)
    folder = places.folder_for(path, shipped)
    lies = tr("The session file lies in {folder}.", folder=Verbatim(str(folder.path)))
    remarks: list[Sentences] = [(folder.why, lies)] if folder.why else []
    unfinished = finishing.unfinished(folder.path, path, ring)
    remarks += [finishing.finish(each, ring) for each in unfinished.due]
    before = None if new else places.to_go_on_with(folder.path, path, ring)
    if before is not None:
        resumed = _go_on(before, str(path.resolve()), address, port, ring)
        session = Path(resumed.run.session_path)
        beside = [_locked_still(ring.refused)] if ring.refused else []
        return Opened(resumed.run, (*remarks, *beside, *resumed.remarks, *_before(path, session, ring)))
    if ring.refused and not new:
        _begin_beside(ring.refused, asks)
    # What is wrong with an agenda is said before a process is started for it.
    planned = agenda_to_start(path, KINDS)
    remarks += [finishing.reminder(each) for each in unfinished.open]
    session_path = places.new_path(folder.path, path).resolve()
    beginning = begin(planned, path.name, session_path.name, KINDS, chosen, ring, asks)
    asked = ServeAsked(
        session_path=str(session_path),
        new=NewSession(agenda=str(path.resolve()), id=beginning.id),
        agenda_path=str(path.resolve()),
        address=address or addresses.likely(),
        port=port,
    )
    if asked.address == addresses.LOOPBACK and not lan:
        remarks.append(tr("This laptop is in no network: only this laptop can join. Give an address with --lan."))
    key, known = beginning.lock or (None, None)
    try:
        run = start_room(asked, key, known)
    except BaseException:
        if known is not None and known.is_in_ring:
            system_ring.forget_quietly(known.session)
        raise
    note_beginning(run, beginning)
    return Opened(run, (*remarks, *how_kept(run)))


def _begin_beside(locked: tuple[Verbatim, ...], asks: Asks) -> None:
    """Pass if somebody wants a new session beside those of the same agenda that nobody opened.

    Raises:
        SettingsError: nobody does: whoever pressed Enter by mistake would look for yesterday's words in a new room.
    """
    asks.say(_locked_still(locked))
    word = Verbatim("new")
    said = asks.asks(tr("Type {word} to begin another session of this agenda, or press Enter to stop here.", word=word))
    if said.strip().casefold() != word.text:
        raise SettingsError(
            tr("Nothing was started."),
            advice=tr("Start again and type the passphrase, or the recovery slip; {option} begins another session.",
                      option=Verbatim("--new")),
        )  # fmt: skip


def _locked_still(locked: tuple[Verbatim, ...]) -> Message:
    return tr("Of this agenda there is a session that is locked and was not opened: {names}.", names=Listed(locked))


def _resume_file(session: Path, address: str, port: int, ring: KeyRing) -> Opened:
    """Go on with a session file, or with what was saved of it where that is newer or the file cannot be used."""
    saved = None if running.room_of(session) else places.saved_of(session.absolute(), ring, newer=True)
    if saved is None:
        try:
            return _resume(session, "", address, port, ring)
        except (LockedSessionFile, WrongKey):
            raise
        except InputError:
            saved = places.saved_of(session.absolute(), ring, newer=False)
            if saved is None:
                raise
    return _go_on(saved, "", address, port, ring)


def _go_on(left: places.Resumable, agenda: str, address: str, port: int, ring: KeyRing) -> Opened:
    """Go on with what is there of a session, and say what is missing."""
    original = left.original
    if left.path == original:
        return _resume(left.path, agenda, address, port, ring)
    name = Verbatim(original.name)
    told = [
        tr("“{name}” is not as it was left.", name=name)
        if original.exists()
        else tr("“{name}” is not there any more.", name=name)
    ]
    path = places.restored(left, ring)
    if not left.is_snapshot:
        told.append(tr("Everything that was confirmed is in “{saved}”.", saved=Verbatim(path.name)))
    else:
        told.append(_second_copy(left))
        if path.name != original.name and original.exists():
            told.append(tr("“{name}” was not changed.", name=name))
    resumed = _resume(path, agenda, address, port, ring)
    return Opened(resumed.run, (tuple(told), *resumed.remarks))


def _second_copy(copy: places.Resumable) -> Message:
    """What is gone on with, and how many lines of the journal it lacks at least, where anybody knows."""
    from workshop_tui.storage import heads

    remembered = heads.remembered_in(list(copy.path.parent.glob(f"{copy.path.stem.rpartition('-')[0]}.head")))
    lines = max((head.seq for head in remembered), default=0) - copy.lines
    moment = Verbatim(_moment(copy.alive_ms))
    if lines <= 0:
        return tr("This is its second copy from {moment}; what came after that is missing.", moment=moment)
    return trn(
        "This is its second copy from {moment}; what came after that is missing, of the journal at least {n} line.",
        "This is its second copy from {moment}; what came after that is missing, of the journal at least {n} lines.",
        lines,
        moment=moment,
    )


def _moment(ms: int) -> str:
    """A time of today, or a day and a time, on this laptop's clock."""
    moment = dt.datetime.fromtimestamp(ms / 1000).astimezone()
    today = local_day()
    return f"{moment:%H:%M:%S}" if moment.date() == today else f"{moment:%Y-%m-%d, %H:%M:%S}"


def _resume(session: Path, agenda: str, address: str, port: int, ring: KeyRing) -> Opened:
    live = running.room_of(session)
    if live is not None:
        return Opened(live, how_kept(live))
    path = str(session.resolve())
    key = ring.key_of(session) if session.exists() else None
    run = start_room(ServeAsked(session_path=path, agenda_path=agenda, address=address, port=port), key)
    remarks = [tr("Going on with the session in {name}.", name=Verbatim(session.name)), *how_kept(run)]
    if run.are_pages_moved:
        remarks.append(
            tr(
                "Windows of the host page and the big screen that were open are not found any more: another program "
                "has their port. Their new addresses are in the console (key h)."
            )
        )
    return Opened(run, tuple(remarks))


def _before(agenda: Path, session: Path, ring: KeyRing) -> tuple[Sentences, ...]:
    """What to know of a session that one goes on with: begun on another day, or with another agenda file."""
    import hashlib

    try:
        now = hashlib.sha256(agenda.read_bytes()).hexdigest()
    except OSError as problem:
        raise AgendaError(
            tr(
                "{agenda} cannot be read ({strerror}).",
                agenda=Verbatim(str(agenda)),
                strerror=Verbatim(str(problem.strerror)),
            )
        ) from problem
    if not ring.is_open(session):
        # Its room ran all the time, and nobody has to type a passphrase to come back to it.
        return ()
    with exporting.session_record(session, ring) as record:
        info = record.info
    begun = day_at(info.created_at)
    remarks: list[Sentences] = []
    if begun != local_day():
        remarks.append(tr("It began on {day}. To begin a new one, stop it and use --new.", day=Day(begun.isoformat())))
    if info.agenda_sha256 != now:
        remarks.append(
            tr(
                "{name} has changed since this session began. It goes on with its own copy; --new starts afresh.",
                name=Verbatim(agenda.name),
            )
        )
    return tuple(remarks)


def where(run: running.RunFile) -> list[Message]:
    """Where phones join, and the addresses of big screen and host page, for whoever has no console to ask."""
    address, code = Verbatim(run.join_address), Verbatim(run.join_code)
    return [
        tr("Phones join at {address}, code {code}.", address=address, code=code),
        tr("The big screen, on this computer: {address}", address=Verbatim(run.screen_url)),
        tr(
            "The host page, on this computer: {address} Whoever has it can run the workshop.",
            address=Verbatim(run.host_url),
        ),
    ]


def about_to_stop(run: running.RunFile) -> list[Sentences]:
    """What somebody should know before they stop a room: which, who is there, whether a vote is open."""
    snap = _snapshot(run)
    here = trn(
        "{n} phone joined, {now} here now.", "{n} phones joined, {now} here now.", snap.phones, now=snap.connected
    )
    vote = [_ROUND["open"]] if snap.round is not None and snap.round.status == "open" else []
    return [
        (tr("This stops the room of “{name}”, {title}.", name=Verbatim(run.name), title=snap.title), here, *vote),
        tr("Phones can no longer send. Everything stays saved, and you can start the room again later."),
    ]


def stop(run: running.RunFile) -> Sentences:
    """Stop a room in order.

    Returns:
        Where everything that was received is, as sentences: in another file where the session's own was lost.

    Raises:
        RoomUnreachable: it does not answer, or does not go.
    """
    fault = running.about_file(run).fault
    stop_room(run)
    session = Path(run.session_path)
    here = Verbatim(str(session))
    if not fault:
        return tr("Stopped. Everything received is saved in {file}", file=here)
    saved = places.saved_of(session, KeyRing(), newer=True)
    if saved is None:
        return (tr("Stopped."), *as_tuple(fault))
    return (
        tr(
            "Stopped. Everything received is saved in {saved}, and not in {file}.",
            saved=Verbatim(str(saved.path)),
            file=here,
        ),
        tr("“workshop-tui run” with the agenda goes on with it."),
    )


def to_look_at(session: str, ring: KeyRing) -> running.RunFile:
    """The running room a person means; of a session that does not run it is said when something in it is not in order.

    Raises:
        RoomUnreachable, SettingsError: as `running.find`.
    """
    try:
        return running.find(session)
    except (RoomUnreachable, SettingsError) as problem:
        path = Path(session).expanduser()
        if session and path.is_file() and (said := exporting.read_session(path, ring.key_of(path)).left_out):
            raise type(problem)(problem.message, advice=said) from problem
        raise


def status_json(run: running.RunFile) -> str:
    """Everything the desk sees, as JSON; without the keys in its addresses, because people paste this."""
    bare = replace(_snapshot(run), screen_url=f"{run.control_url}/…/screen", host_url=f"{run.control_url}/…/host")
    return msgspec.json.format(msgspec.json.encode(bare)).decode()


def status_line(run: running.RunFile) -> tuple[Text, ...]:
    """How a room stands, in sentences for one plain line: item, time, people, vote, saving."""
    snap = _snapshot(run)
    said: list[Text] = [tr("{title}:", title=snap.title), *_place(snap)]
    if snap.phase == "paused":
        said.append(tr("The room is paused."))
    said.append(
        trn("{n} phone joined, {now} here now.", "{n} phones joined, {now} here now.", snap.phones, now=snap.connected)
    )
    if snap.round is not None:
        said += [_ROUND[snap.round.status], tr("{answers} answered.", answers=snap.round.answers)]
    said.append(tr("{n} to read.", n=snap.waiting.unread))
    if in_hand := hands_words(snap):
        said.append(in_hand)
    said += [tr("NOT SAVED."), *as_tuple(snap.fault)] if snap.fault else [tr("Saved.")]
    said += [*lock_words(snap), *kept_words(snap.keeping), *snap.damage]
    if snap.left_over:
        said.append(tr("To be gone, but still in {copies}: it is tried again.", copies=Listed(snap.left_over)))
    if not snap.joining_open:
        return (*said, tr("Joining is closed."))
    return (*said, tr("Join at {address}.", address=Verbatim(snap.join_address)))


_ROUND: Final = {
    "open": tr("The vote is open."),
    "closed": tr("The vote is closed."),
    "sealed": tr("The vote is counted."),
    "void": tr("The vote does not count."),
}


def _place(snap: Snapshot) -> tuple[Text, ...]:
    """Where the day is."""
    if snap.finished_at is not None:
        return (tr("Ended, and the write-up is finished."),)
    if snap.ended_at is not None:
        day = snap.write_up.last_day
        return (tr("Ended."), tr("The write-up goes on until {day}.", day=day) if day else tr("The write-up goes on."))
    if snap.here is None:
        return (tr("Not started."),)
    minutes, seconds = divmod(abs(snap.here.left_ms) // 1000, 60)
    time = Verbatim(f"{minutes}:{seconds:02d}")
    item = tr(
        "Item {number} of {items}, “{title}”.",
        number=snap.here.number,
        items=len(snap.items),
        title=snap.here.item.title,
    )
    left = tr("{time} left.", time=time) if snap.here.left_ms >= 0 else tr("{time} over.", time=time)
    return (item, left) if snap.here.running else (item, left, tr("The timer stands."))


def _snapshot(run: running.RunFile) -> Snapshot:
    return msgspec.json.decode(running.ask(run, "GET", paths.SNAPSHOT), type=Snapshot)
