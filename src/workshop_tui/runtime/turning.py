"""One whole turn of the cycle in a folder: five workshops with simulated people, and all that goes between them.

Everything in it is made as people make it: rooms and phones over real HTTP, and the commands of the command line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.cycle.stages import direction
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.errors import FolderUnusable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Sentences, Verbatim, tr, trn
from workshop_tui.rehearsal.turn import LATER, TURN, Held, Later
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
    turn = _Turn(folder, people, say)
    for number, held in enumerate(TURN, 1):
        turn.hold(number, held)
    for later in LATER:
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
        name = f"{number}-{held.stage}"
        handed = self._batons.get(held.stage, ())
        agenda = self._folder / f"{name}.toml"
        if handed:
            batons = [path for _, path in handed]
            handing_on.new_agenda(batons, agenda, "", agenda=shipped_agenda(held.agenda))
        else:
            agenda.write_bytes(shipped_agenda(held.agenda).read_bytes())
        points = {each.words: each.id for each in read_agenda(agenda, KINDS)[0].received}
        session = self._folder / f"{name}{ENDING}"
        told = demos.play(session, agenda, self._people, held.day, points)
        self._sessions[held.stage] = session
        self._say((
            tr("Workshop {number}: {stage}.", number=number, stage=STAGE_TITLES[held.stage]),
            trn("{n} person joined.", "{n} people joined.", told.people),
            *((trn("It opened with {n} point that was handed to it.", "It opened with {n} points that were handed to "
                   "it.", len(points)),) if points else ()),
        ))  # fmt: skip
        self._export(session)
        for origin, baton in handed:
            self._answer(held, origin, baton)
        for stage in held.hands_to:
            self._hand_on(held, stage)

    def _hand_on(self, held: Held, stage: str) -> None:
        due = _day(ANSWER_DAYS)
        done = handing_on.hand_on(
            self._sessions[held.stage], KeyRing(), to_stage=stage, bodies=(), due=due, because=held.because, folder=None
        )
        self._batons.setdefault(stage, []).append((held.stage, done.path))
        self._say((
            tr("A baton goes to “{stage}”.", stage=STAGE_TITLES[stage]),
            *((tr("It goes back to an earlier stage."),) if direction(held.stage, stage) == "anticlockwise" else ()),
        ))  # fmt: skip

    def _answer(self, held: Held, origin: str, baton: Path) -> None:
        """Tell those who handed something on what became of it, and let them take it."""
        receipt = self._folder / f"receipt-{held.stage}-to-{origin}.json"
        handing_on.write_receipt(
            self._sessions[held.stage], KeyRing(), baton, receipt, body=held.body, role="", on="", reference=""
        )
        returned.to_take(self._sessions[origin], receipt).take()
        self._say(tr("Its answer to “{stage}” is taken there.", stage=STAGE_TITLES[origin]))

    def hear(self, later: Later) -> None:
        """Note what came back by letter, by minute or by asking."""
        session = self._sessions[later.workshop]
        record = handing_on.exported_record(session)
        about = next(each.id for each in record.entries if each.words == later.words)
        yes, no = later.confirmed
        when = "" if later.days is None else _day(later.days)
        typed = Typed(about=about, on=when, yes=yes, no=no, **later.answer)
        handing_on.typed_answer(session, typed)

    def round_again(self) -> None:
        """Export again with the answers that came, and begin the next turn."""
        for session in self._sessions.values():
            if follow_ups.path_of(session).exists():
                self._export(session)
        first = TURN[0].stage
        agenda = self._folder / f"{len(TURN) + 1}-{first}-again.toml"
        handing_on.new_agenda([path for _, path in self._batons[first]], agenda, "")
        self._say(tr("The next turn begins with {file}.", file=Verbatim(agenda.name)))

    def _export(self, session: Path) -> None:
        exporting.export(session, KeyRing())


def _day(days: int) -> str:
    return (dt.datetime.now().astimezone().date() + dt.timedelta(days=days)).isoformat()
