"""One whole turn of the cycle in a folder: five workshops with simulated people, and all that goes between them.

Everything in it is made as people make it: rooms and phones over real HTTP, and the commands of the command line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.cycle.stages import direction
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.errors import FolderUnusable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Day, Sentences, Verbatim, tr, trn
from workshop_tui.rehearsal.turn import LATER, TURN, Held, Later
from workshop_tui.room.clock import SystemClock, local_day
from workshop_tui.room.ports import Clock
from workshop_tui.runtime import demos, exporting, follow_ups, handing_on, returned
from workshop_tui.runtime.handing_on import Typed
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.storage.copy_names import ENDING

FOLDER: Final = "cycle-demo"
"""What the folder is called where nobody says otherwise, in the one that the command is given in."""

ANSWER_DAYS: Final = 60
"""By when an answer is asked for."""

Say = Callable[[Sentences], object]


def folder_for(wanted: Path | None) -> Path:
    """An empty folder: the one that was named, or a new one here.

    Raises:
        FolderUnusable: it cannot be made, or there is something in it.
    """
    folder, number = wanted or Path(FOLDER), 2
    while wanted is None and folder.exists():
        folder, number = Path(f"{FOLDER}-{number}"), number + 1
    demos.made(folder)
    if any(folder.iterdir()):
        raise FolderUnusable(
            tr("There is something in the folder {folder} already. Nothing was started.", folder=Verbatim(str(folder))),
            advice=tr("Please choose another folder with {option}.", option=Verbatim("--to")),
        )
    return folder.resolve()


def fill(folder: Path, people: int, say: Say) -> None:
    """Hold the five workshops and hand their points on, until every answer has come that comes.

    Raises:
        WorkshopError: something could not be done; what was made until then lies in the folder.
    """
    turn, came = _Turn(folder, people, say), list(LATER)
    for number, held in enumerate(TURN, 1):
        while came and came[0].days_ago > held.days_ago:
            turn.hear(came.pop(0))
        turn.hold(number, held)
    for later in came:
        turn.hear(later)
    turn.round_again()


class _Turn:
    def __init__(self, folder: Path, people: int, say: Say) -> None:
        self._folder, self._people, self._say = folder, people, say
        self._sessions: dict[str, Path] = {}
        self._batons: dict[str, list[tuple[str, Path]]] = {}
        """By the stage they are for: whose it is, and where it lies."""

    def hold(self, number: int, held: Held) -> None:
        """Hold one workshop: begin from what was handed on, export, answer, and hand on what came out of it."""
        name, clock = f"{number}-{held.stage}", SystemClock(held.days_ago)
        handed = self._batons.get(held.stage, ())
        agenda = self._folder / f"{name}.toml"
        if handed:
            batons = [path for _, path in handed]
            handing_on.new_agenda(batons, agenda, "", agenda=shipped_agenda(held.agenda))
        else:
            agenda.write_bytes(shipped_agenda(held.agenda).read_bytes())
        if held.award_days is not None:
            award = f'award_on = "{_day(clock, held.award_days)}"'
            agenda.write_bytes(re.sub(rb"(?m)^award_on = .*$", award.encode(), agenda.read_bytes()))
        points = {each.words: each.id for each in read_agenda(agenda, KINDS)[0].received}
        session = self._folder / f"{name}{ENDING}"
        told = demos.play(session, agenda, self._people, held.day, points, held.days_ago)
        self._sessions[held.stage] = session
        self._say((
            tr("Workshop {number}, {day}: {stage}.", number=number, day=Day(_day(clock)),
               stage=STAGE_TITLES[held.stage]),
            trn("{n} person joined.", "{n} people joined.", told.people),
            *((trn("It opened with {n} point that was handed to it.", "It opened with {n} points that were handed to "
                   "it.", len(points)),) if points else ()),
        ))  # fmt: skip
        exporting.export(session, KeyRing(), clock=clock)
        for origin, baton in handed:
            self._answer(held, origin, baton, clock)
        for stage in held.hands_to:
            self._hand_on(held, stage, clock)

    def _hand_on(self, held: Held, stage: str, clock: Clock) -> None:
        done = handing_on.hand_on(
            self._sessions[held.stage], KeyRing(), to_stage=stage, bodies=(), due=_day(clock, ANSWER_DAYS),
            because=held.because, folder=None, clock=clock,
        )  # fmt: skip
        self._batons.setdefault(stage, []).append((held.stage, done.path))
        self._say((
            tr("A baton goes to “{stage}”.", stage=STAGE_TITLES[stage]),
            *((tr("It goes back to an earlier stage."),) if direction(held.stage, stage) == "anticlockwise" else ()),
        ))  # fmt: skip

    def _answer(self, held: Held, origin: str, baton: Path, clock: Clock) -> None:
        """Tell those who handed something on what became of it, and let them take it."""
        receipt = self._folder / f"receipt-{held.stage}-to-{origin}.json"
        handing_on.write_receipt(
            self._sessions[held.stage], KeyRing(), baton, receipt, body=held.body, role="", on="", reference="",
            clock=clock,
        )  # fmt: skip
        returned.to_take(self._sessions[origin], receipt, KeyRing(), clock=clock).take()
        self._say(tr("Its answer to “{stage}” is taken there.", stage=STAGE_TITLES[origin]))

    def hear(self, later: Later) -> None:
        """Note what came back by letter, by minute or by asking."""
        session = self._sessions[later.workshop]
        record = handing_on.exported_record(session)
        about = next(each.id for each in record.entries if each.words == later.words)
        clock, (yes, no) = SystemClock(later.days_ago), later.confirmed
        when = "" if later.days is None else _day(clock, later.days)
        typed = Typed(about=about, on=when, yes=yes, no=no, **later.answer)
        handing_on.typed_answer(session, typed, KeyRing(), clock)

    def round_again(self) -> None:
        """Export again with the answers that came, and begin the next turn."""
        for session in self._sessions.values():
            if follow_ups.path_of(session).exists():
                exporting.export(session, KeyRing())
        first = TURN[0].stage
        agenda = self._folder / f"{len(TURN) + 1}-{first}-again.toml"
        handing_on.new_agenda([path for _, path in self._batons[first]], agenda, "")
        self._say(tr("The next turn begins with {file}.", file=Verbatim(agenda.name)))


def _day(clock: Clock, days: int = 0) -> str:
    """A day so many after the one that it is."""
    return (local_day(clock) + dt.timedelta(days=days)).isoformat()
