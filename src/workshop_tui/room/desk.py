"""Makes what the desk sees out of a room: the snapshot, and what lies behind the newest result. Only reads."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from workshop_tui.domain import timing
from workshop_tui.domain.agenda import status_sentence
from workshop_tui.domain.asking import ballots_of, config_of, gathering_of, poll_of, round_poll, wants_ideas
from workshop_tui.domain.blocks import Option, Statement, ViewBlock
from workshop_tui.domain.earlier import behind
from workshop_tui.domain.events import NoteWritten
from workshop_tui.domain.lifecycle import may_reopen
from workshop_tui.domain.policy import POLICY
from workshop_tui.domain.promise import has_more, promise_of
from workshop_tui.domain.registers import register_of
from workshop_tui.domain.results import CountedRound
from workshop_tui.domain.roles import apart, parted, roles_sentence
from workshop_tui.domain.state import Round, SessionState
from workshop_tui.domain.steps import Step, of_one_act
from workshop_tui.messages import Text, tr, trn
from workshop_tui.room.queue import waiting, write_up
from workshop_tui.room.quotes import room_warnings
from workshop_tui.room.received import handed
from workshop_tui.room.results import counted_round, looking_on, round_result, turnout, warnings
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import (
    SHOWN_NOTES,
    Details,
    ItemLine,
    ItemView,
    NoteLine,
    NotesPage,
    OpenVoteLine,
    RoundView,
    Snapshot,
)
from workshop_tui.room.square import square_url
from workshop_tui.room.tables import Tables


class Addresses(Struct, frozen=True, kw_only=True):
    """Where this room can be found; known to the process that runs it, not to the session."""

    boot_id: str
    session_path: str
    join_url: str
    """The address in the square as the room was started: where it leads, whatever the code is since."""
    screen_url: str
    host_url: str

    @property
    def join_place(self) -> str:
        """Address and port of the phones' pages."""
        return urlsplit(self.join_url).netloc


def snapshot(room: Room, addresses: Addresses, *, peek: bool, connected: int, screens: int, desk: str) -> Snapshot:
    """The desk's view of this moment.

    Args:
        room: The running session.
        addresses: Its addresses.
        peek: Whether to count the open vote: live results are hidden from the facilitator too until asked for.
        connected: Phones that were heard of lately.
        screens: Windows that show the big screen.
        desk: The device that looks: what it can take back is its own.
    """
    state, now = room.state, room.clock.now_ms()
    last = state.last_round
    undo, redo = room.tables.kept_steps(desk)
    visible = last is not None and ((peek and not _is_secret(room, last)) or last.shown)
    result, words = round_result(room, last, for_room=False) if visible and last is not None else (None, ())
    return Snapshot(
        desk_version=room.notifier.desk_version,
        boot_id=addresses.boot_id,
        now=now,
        title=state.agenda.title,
        stage=state.agenda.stage,
        status=status_sentence(state.agenda),
        session_path=addresses.session_path,
        join_url=square_url(addresses.join_place, room.square),
        join_code=room.code,
        joining_open=state.joining.is_open,
        talks=state.talks,
        join_alarm=room.watch.alarm(state.everybody, room.tables.joined),
        screen_url=addresses.screen_url,
        host_url=addresses.host_url,
        items=_lines(room, now),
        here=_here(room, now),
        round=_round(room, last, now),
        handed=handed(room),
        left_open=tuple(_open_vote(state, round_) for round_ in state.left_open),
        result=result,
        result_words=words,
        phones=room.tables.joined,
        roles=roles_sentence(state.agenda.roles, room.tables.roles),
        looking_on=looking_on(room),
        connected=connected,
        present=state.present,
        by_video=state.by_video,
        language=state.agenda.language,
        languages=state.agenda.languages,
        promise=promise_of(state.agenda, state.why_promised),
        promises=has_more(state.agenda),
        screen=state.screen.mode,
        is_warning=_is_warning(room),
        screens_open=screens,
        scheduled_start=room.info.scheduled_start,
        started_at=state.started_at,
        ended_at=state.ended_at,
        finished_at=state.finished_at,
        phase=state.phase,
        paused_since=state.pause.since if state.pause is not None else None,
        write_up=write_up(room),
        planned_end=state.planned_end,
        projected_end=timing.projected_end(state, now),
        day_over_ms=timing.day_over_ms(state, now),
        slept_ms=state.slept_ms,
        plans=timing.catch_up(state, now),
        waiting=waiting(room),
        notes=_note_lines(room.tables.notes, room),
        handed_in=state.agenda.received,
        own_care=room.tables.kept_own_care,
        safeguarding=room.tables.kept_safeguarding,
        taken_back=_note_lines(room.tables.notes_taken_back, room),
        undo=_newest(undo),
        undo_version=_version(undo),
        undo_waits=_waits(state, undo, back=True),
        redo=_newest(redo),
        redo_version=_version(redo),
        redo_waits=_waits(state, redo, back=False),
        fault=room.fault,
        left_over=room.left_over,
        saved_at=room.saved_at,
        locked=room.is_locked,
        in_ring=room.is_in_ring,
        key_trouble=room.key_trouble,
        keeping=state.keeping,
        damage=room.damage,
    )


def notes_page(room: Room, offset: int) -> NotesPage:
    """Notes older than what a snapshot holds of them, as many at once.

    Args:
        room: The room.
        offset: How many newer ones to pass over.
    """
    notes = room.tables.notes
    return NotesPage(
        notes=_note_lines(notes[: len(notes) - offset], room)[::-1] if offset < len(notes) else (), total=len(notes)
    )


def _note_lines(notes: Sequence[NoteWritten], room: Room) -> tuple[NoteLine, ...]:
    return tuple(note_line(note, room.tables) for note in notes[-SHOWN_NOTES:])


def note_line(note: NoteWritten, tables: Tables) -> NoteLine:
    """One note as a desk sees it."""
    dealt, entry = tables.dealt, tables.kept_entry(note.key)
    return NoteLine(
        key=note.key, kind=note.kind, item=note.item, text=note.text, owner=note.owner, due=note.due,
        reworded=dealt.reworded(note.key), held=not dealt.passes(note.key, "note", "session_report"),
        register=register_of(note.kind, entry), fields=entry.fields if entry is not None else {},
        is_sorted=entry is not None,
    )  # fmt: skip


def _newest(steps: Sequence[Step]) -> Text:
    together = of_one_act(steps)
    if len(together) > 1:
        return trn("{n} at once: {step}", "{n} at once: {step}", len(together), step=steps[-1].label)
    return steps[-1].label if steps else ""


def _version(steps: Sequence[Step]) -> int:
    return steps[-1].version if steps else 0


def _waits(state: SessionState, steps: Sequence[Step], *, back: bool) -> bool:
    return bool(steps) and state.phase not in POLICY[type(steps[-1].command(back=back))].phases


def _open_vote(state: SessionState, round_: Round) -> OpenVoteLine:
    place = [each.item.key for each in state.items].index(round_.item)
    return OpenVoteLine(round=round_.key, number=place + 1, title=state.items[place].item.title)


def round_details(room: Room) -> Details:
    """What lies behind the result of the newest round; nothing while people can still change their answers."""
    last = room.state.last_round
    if last is None:
        return Details(refusal=tr("There is no vote to look behind."))
    if last.status == "open":
        return Details(question=last.question, refusal=tr("Close the vote first: answers can still change."))
    counted = counted_round(room, last)
    given = ((row.key, row.body) for row in room.tables.reasons.kept(last.key))
    reasons, rest = room.tables.dealt.reasons(counted.poll, given, "room_screen")
    behind_it = behind(room.state, last, counted.poll, counted.profile, reasons, room.tables.profile, room.kinds)
    blocks = (*behind_it, *(Statement(each) for each in rest.sentences), *_apart(room, counted))
    return Details(
        question=last.question,
        blocks=blocks,
        refusal=None if blocks else tr("There is nothing more behind this result than the result itself."),
    )


def _is_secret(room: Room, round_: Round) -> bool:
    """Whether not even the facilitator may see a result yet: who watches it change could tell who changed it."""
    kind = round_poll(round_, room.kinds)
    return round_.status == "open" and (kind.is_named or kind.is_apart)


def _apart(room: Room, counted: CountedRound) -> tuple[ViewBlock, ...]:
    """What staff and public chose, where they may be told apart; nothing while that could still change."""
    tally = room.tables.tallies.get(counted.round.key)
    if tally is None or counted.round.status != "sealed":
        return ()
    segments = {each: ballots_of(counted.poll, profile) for each, profile in parted(tally.parts).items()}
    return apart(counted.poll, counted.config, segments)


def _lines(room: Room, now: int) -> tuple[ItemLine, ...]:
    state = room.state
    times = {line.key: line for line in timing.schedule(state, now, _start(room, now))}
    return tuple(
        ItemLine(
            key=each.item.key,
            number=number,
            title=each.item.title,
            minutes=each.minutes,
            planned_minutes=each.item.minutes,
            status=each.status,
            planned_start=times[each.item.key].planned_start,
            start=times[each.item.key].start,
            kind=each.item.activity.kind if each.item.activity else "",
            is_poll=poll_of(each.item, room.kinds) is not None,
            is_break=each.item.is_break,
            keeps_time=not each.item.may_shrink,
            inserted=each.inserted,
            reason=each.reason,
            item=each.item,
            options=each.options,
        )
        for number, each in enumerate(state.items, 1)
    )


def _is_warning(room: Room) -> bool:
    screen = room.state.screen
    row = room.tables.contributions.get(screen.subject) if screen.mode == "story" and room.state.turn < 1 else None
    return row is not None and bool(room_warnings(room, row))


def _start(room: Room, now: int) -> int:
    """When the workshop is to start: as the agenda says, unless that is past."""
    return max(now, room.info.scheduled_start or now)


def _here(room: Room, now: int) -> ItemView | None:
    here = room.state.here
    if here is None:
        return None
    poll, gathering = poll_of(here.item, room.kinds), gathering_of(here.item, room.kinds)
    return ItemView(
        item=here.item,
        number=[each.item.key for each in room.state.items].index(here.item.key) + 1,
        minutes=here.minutes,
        left_ms=here.left_ms(now),
        running=here.running_since is not None,
        is_poll=poll is not None,
        is_gathering=gathering is not None,
        gathers=gathering.noun.many if gathering is not None else "",
        only_you=gathering is not None and gathering.readers == "facilitator",
        gathering_open=here.gathering_open,
        collected=room.tables.shelves.count(lambda shelf: shelf.item == here.item.key),
        listed=room.questions.count(here.item.key) if gathering is not None and gathering.upvoted else 0,
        wants_ideas=wants_ideas(here.item),
        options=tuple(getattr(config_of(here, poll), "options", ())) if poll is not None else (),
    )


def _round(room: Room, last: Round | None, now: int) -> RoundView | None:
    if last is None:
        return None
    tally, out_of = room.tables.tallies.get(last.key), turnout(room, last)
    seconds = room.state.agenda.reopen_seconds
    return RoundView(
        key=last.key,
        number=last.number,
        status=last.status,
        shown=last.shown,
        revealed=last.revealed_at is not None,
        reopen_until=(last.closed_at or 0) + seconds * 1000 if may_reopen(last, now, seconds) else None,
        answered=out_of.answered,
        skipped=out_of.skipped,
        changes=tally.changes if tally and not out_of.rounded else 0,
        rounded=out_of.rounded,
        base=out_of.base,
        counted=out_of.present is not None,
        beyond=out_of.present if out_of.is_beyond else None,
        warnings=warnings(room, last),
        named=round_poll(last, room.kinds).is_named,
        kept=bool(last.kept_for),
        again=bool(last.again),
        tied=_tied(room, last),
        chosen=last.tie.option if last.tie is not None else "",
    )


def _tied(room: Room, round_: Round) -> tuple[Option, ...]:
    """Those that tie for the first place, where the agenda lets the facilitator name one."""
    if round_.status != "sealed" or round_.config.get("ties") != "facilitator":
        return ()
    counted = counted_round(room, round_)
    first = next(iter(counted.poll.places(counted.config, counted.profile)), ())
    return tuple(option for option in counted.config.options if option.key in first) if len(first) > 1 else ()
