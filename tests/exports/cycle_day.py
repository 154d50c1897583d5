"""A day with a whole write-up: every register has a line, points rest on stories, and some were answered since."""

from __future__ import annotations

from tests.cycle import made
from tests.exports.workshops import START, Workshop, agenda
from workshop_tui.cycle.follow_up import FollowUp
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.points import Tie
from workshop_tui.domain.registers import REGISTERS

RING = "People want one number to ring at night"
BUS = "Buses do not go home after six"
SIGNS = "The signs in the corridor are too small"
CALL = "Staff should ring back on the same day"

OTHERS: dict[str, tuple[str, dict[str, str]]] = {
    "question": ("Who pays for the taxis?", {"role": "Finance lead", "by": "2026-12-10"}),
    "tension": ("Longer hours, or more staff by day", {"between": "families and the ward"}),
    "agreement": ("The letters must be shorter", {"said_by": "11", "against": "1"}),
    "option": ("Close the night desk", {"state": "discarded", "reason": "Nobody else picks up"}),
    "offer": ("The choir lends its hall", {"who": "The community choir"}),
    "gain_loss": ("Night workers wait longer", {"who": "night workers", "way": "lose"}),
    "to_tell": ("The desk moves in May", {"who": "both", "by": "2026-12-20"}),
    "paper_asked": ("The cost of the desk", {"role": "Finance lead", "reason": "It was not ready"}),
    "material": ("Map of the wards", {"version": "3"}),
    "access": ("A hearing loop", {"state": "not_met", "reason": "It was broken"}),
    "missing": ("Young carers", {"reason": "School was on"}),
    "cost": ("The hall and the tea", {"money": "120.50", "hours": "9"}),
}  # fmt: skip
"""A line of each register, beside points, concerns, actions and promises."""

assert {*OTHERS, "point", "concern", "action", "promise", "received"} == {*REGISTERS}


class CycleDay(Workshop):
    """A workshop whose notes are sorted."""

    keys: dict[str, str]

    def line(self, register: str, text: str, **fields: str) -> str:
        """A line of the write-up, sorted; its key."""
        self.pass_min(0.1)
        key = f"n{len(self.events)}"
        kind = register if register in ("concern", "action", "promise") else "note"
        self.give(cmd.AddNote(key=key, kind=kind, text=text))
        self.give(cmd.SortNote(note=key, register=register, fields=fields))
        return key


def cycle_day(planned: Agenda | None = None, *, present: int = 30) -> CycleDay:
    """The whole day; `keys` has its points by their words."""
    day = CycleDay(planned or agenda())
    day.clock.wall = START
    people = [f"person{n}" for n in range(4)]
    day.join(*people)
    day.give(cmd.SetPresent(people=present))
    day.open("i03")
    stories = [day.story(person, f"Told by {person}", level)
               for person, level in zip(people, ("C2", "C3", "C4", "C1"), strict=True)]  # fmt: skip
    day.line("concern", "Nobody asked the night staff", said_by="2")
    keys = {
        RING: day.line("point", RING, said_by="12", against="3", stage="plan", body="Planning group", lens="plans",
                       asked="Pay for one number", ask="decide", by="2027-01-31"),
        BUS: day.line("point", BUS, said_by="9", against="0", lens="now", asked="Talk to the bus company", ask="act"),
        SIGNS: day.line("point", SIGNS, said_by="4", lens="now", ask="note"),
        CALL: day.line("point", CALL, said_by="1"),
    }  # fmt: skip
    day.give(cmd.TieNotes(ties=tuple(Tie(keys[RING], "contribution", story) for story in stories)))
    day.line("promise", "We write to you", role="Programme lead", name="Kim Doe", sort="feed_back", by="2026-12-24")
    day.line("action", "Ring the bus company", role="Ward manager", name="Kim Doe", by="2026-12-01", money="50")
    for register, (text, fields) in OTHERS.items():
        day.line(register, text, **fields)
    day.give(cmd.AddNote(key="unsorted", kind="note", text="It was loud"))
    day.give(cmd.EndWorkshop(confirm="END"))
    day.keys = keys
    return day


def answers(day: CycleDay) -> FollowUp:
    """What became of three of the four points."""
    of = day.record().info.id

    def said(words: str, status: str, told: str, **more: object) -> object:
        return made.answered(day.keys[words], status, told, session=of, **more)

    return made.follow_up(
        said(SIGNS, "done", "Every sign has larger letters.", on="2026-12-02", where="Corridor B"),
        said(BUS, "not_done", "The bus company has no driver."),
        said(CALL, "planned", "A rota begins.", on="2027-03-01"),
        session=of,
    )
