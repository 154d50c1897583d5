"""One whole turn of the cycle over files: needs, plan, improve with a point sent back, procure, monitor, and round."""

from __future__ import annotations

from pathlib import Path

from tests.cycle.held import Say, note, stored
from tests.exports.workshops import Workshop
from tests.sessions import an_agenda, item
from workshop_tui.agendas import read_agenda
from workshop_tui.cli import run_command_line
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.points import Tie
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime import cycle_files

RING, STAY, LETTERS = "One number to ring at night", "Buses home after six", "Letters that people can read"

BECAUSE = {
    "needs": ["not_reached=We ask the schools in May"], "plan": ["cannot_change=Nothing is fixed yet"],
    "improve": ["owner=The team names one on Monday", "apart=Two members of staff came"], "procure": [], "monitor": [],
}  # fmt: skip


class Turn:
    """Workshops that follow from each other, in one folder."""

    def __init__(self, say: Say, folder: Path) -> None:
        self.say, self.folder, self.count = say, folder, 0

    def opened(self, baton: Path) -> Workshop:
        """A workshop that opens with a baton."""
        self.count += 1
        agenda = self.folder / f"agenda-{self.count}.toml"
        self.say("new", "--baton", baton, "--to", agenda)
        return begun(Workshop(read_agenda(agenda, KINDS)[0]))

    def ended(self, day: Workshop, *to_stages: str) -> list[Path]:
        """Its batons, once people have left; what it leaves is exported."""
        stage = day.state.agenda.stage
        session = stored(day, self.folder / f"{stage}-{self.count}.workshop", f"{self.count:016x}")
        self.say("export", session, "--only", "record.json")
        because = [each for reason in BECAUSE[stage] for each in ("--because", reason)]
        return [
            Path(self.say("baton", session, "--for", each, "--to-body", f"The {each} group", *because).splitlines()[0])
            for each in to_stages
        ]


def begun(day: Workshop) -> Workshop:
    day.join("Ann", "Bob")
    day.open("i01")
    return day


def made_of(day: Workshop, received: int, words: str, stage: str, status: str, **fields: str) -> None:
    """A point that came out of one that was handed in, for another stage."""
    id_ = day.state.agenda.received[received].id
    note(day, "received", f"We took it up: {words}", point=id_, status=status, **fields)
    key = note(day, "point", words, stage=stage)
    day.give(cmd.TieNotes(ties=(Tie(key, "received", id_),)))


def test_every_point_of_the_first_workshop_is_followed_to_its_answer_and_the_one_that_was_left_is_named(
    say: Say, tmp_path: Path
) -> None:
    turn = Turn(say, tmp_path)

    first = begun(Workshop(an_agenda(item(1, "What people need"))))
    for words in (RING, STAY, LETTERS):
        note(first, "point", words, stage="plan")
    (to_plan,) = turn.ended(first, "plan")

    plan = turn.opened(to_plan)
    made_of(plan, 0, "The number is staffed by nurses", "improve", "passed_on", to="The improve group")
    note(plan, "received", "No", point=plan.state.agenda.received[2].id, status="not_done", words="A law says how")
    (to_improve,) = turn.ended(plan, "improve")

    improve = turn.opened(to_improve)
    made_of(improve, 0, "A nurse calls back in an hour", "procure", "passed_on", to="The procure group")
    note(improve, "point", "The night rota has to be planned again", stage="plan")
    to_procure, back = turn.ended(improve, "procure", "plan")

    procure = turn.opened(to_procure)
    made_of(procure, 0, "The contract counts calls back", "monitor", "passed_on", to="The monitor group")
    (to_monitor,) = turn.ended(procure, "monitor")

    monitor = turn.opened(to_monitor)
    made_of(monitor, 0, "Who does not ring at all?", "needs", "done", on="2026-09-01")
    (round_,) = turn.ended(monitor, "needs")

    batons = [to_plan, to_improve, to_procure, back, to_monitor, round_]
    assert [cycle_files.read_baton(each).direction for each in batons] == [
        "forward", "forward", "forward", "anticlockwise", "forward", "loop",
    ]  # fmt: skip
    found = cycle_files.find([tmp_path]).picture("2026-12-01")
    asked = {each.entry.words: each.entry.id for each in found.points}
    chain = found.followed(asked[RING])
    assert [each.entry.words for each in chain] == [
        RING, "The number is staffed by nurses", "A nurse calls back in an hour", "The contract counts calls back",
        "Who does not ring at all?",
    ]  # fmt: skip
    assert [each.answer.status for each in chain] == ["passed_on", "passed_on", "passed_on", "done", "none"]
    letters = found.tracked(asked[LETTERS])
    assert letters is not None
    assert (letters.answer.status, letters.answer.words) == ("not_done", "A law says how")
    assert [each.received.words for each in found.in_hand] == [STAY]

    told = say("record", tmp_path)
    assert (
        "Of 8 points: 1 done, not yet confirmed by those who asked, 3 passed on, 1 not done with a reason and 3 with "
        "no answer recorded." in told
    )
    assert STAY in told.split("Still in our hands")[1]
    assert run_command_line(["check", str(tmp_path / "agenda-1.toml")]) == 0
