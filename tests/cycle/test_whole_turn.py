"""The story of one whole turn, as `make cycle-demo` makes it: everything by real rooms, phones and commands.

Families say what they need; a planning group takes it up; a design group draws it, and finds that something has to be
planned again; a panel puts it into a contract; a year later somebody looks; and what is still wrong begins the next
turn. `test_turn` tells the same over files that are made by hand, with what can go wrong on the way.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cycle.held import Say
from tests.cycle.turned import Followed, printed_by
from workshop_tui.agendas import read_agenda
from workshop_tui.kinds.registry import KINDS
from workshop_tui.rehearsal import turn as story
from workshop_tui.runtime import cycle_files

pytestmark = pytest.mark.timeout(400)


def test_every_point_of_the_first_workshop_leads_to_its_answer_and_the_one_that_was_left_is_named(turn: Path) -> None:
    followed = Followed(turn)

    # A1. What people needed: five points went to the planning group.
    assert followed.raised_in("needs") == [
        "Families want to tell a history once, and have it go ahead of them",
        "Families want to be told where they stand on a waiting list",
        "Appointments of one child should fall on one day",
        "Whoever cannot ring should be able to text, in a language of their own",
        "Brothers and sisters need somewhere to be while a child is seen",
    ]

    # The first went through every stage: planned, drawn, put into the contract, measured, and round again.
    assert followed.to_its_end(story.HISTORY) == [
        ("needs", "Families want to tell a history once, and have it go ahead of them: passed_on to Design group"),
        ("plan", "One page of history goes ahead of each person to the next team: passed_on to Procurement panel"),
        ("improve", "The same page in every clinic, read before the visit: passed_on to Monitoring panel"),
        ("procure", "The contract counts how many people had to tell everything again: done"),
        ("monitor", "People without a fixed home still tell everything at every door: none"),
    ]
    # The second was planned, then done, and those who asked say so; the third was refused with a reason.
    assert followed.to_its_end(story.PLACE) == [("needs", f"{story.PLACE}: done")]
    assert followed.to_its_end(story.ONE_DAY) == [("needs", f"{story.ONE_DAY}: not_done")]
    # The fourth came back anticlockwise: improving found that it is a matter of money, which is planned.
    assert followed.to_its_end(story.TEXTS) == [
        ("needs", "Whoever cannot ring should be able to text, in a language of their own: passed_on to Design group"),
        ("plan", "Text and interpreter are offered at the first contact, unasked: passed_on to Planning group"),
        ("improve", "Interpreters at night need a budget of their own: planned"),
    ]

    # The fifth was left, and is named.
    assert [each.received.words for each in followed.picture.in_hand] == [story.SIBLINGS]
    unanswered = [each for each in followed.picture.unanswered if each.session.stage == "needs"]
    assert [each.entry.words for each in unanswered] == [story.SIBLINGS]

    # Whoever reads the page of the record gets from each to its end by its links.
    for words in followed.raised_in("needs"):
        assert followed.by_links(words) == [said.rpartition(": ")[0] for _, said in followed.to_its_end(words)]


def test_each_baton_goes_its_way_and_each_workshop_opens_with_what_it_was_handed(turn: Path) -> None:
    batons = cycle_files.find([turn]).batons

    assert sorted((each.origin.stage, each.to_stage, each.direction) for each in batons) == [
        ("improve", "plan", "anticlockwise"),
        ("improve", "procure", "forward"),
        ("monitor", "improve", "anticlockwise"),
        ("monitor", "needs", "loop"),
        ("needs", "plan", "forward"),
        ("plan", "improve", "forward"),
        ("plan", "monitor", "skip"),
        ("procure", "monitor", "forward"),
    ]
    opened = {each.stem: read_agenda(each, KINDS)[0] for each in turn.glob("*.toml")}
    assert [each.words for each in opened["2-plan"].received] == Followed(turn).raised_in("needs")
    assert [each.words for each in opened["6-needs-again"].received] == [story.DOORS]
    # Who monitors is handed the earlier promises too.
    assert {each.words for each in opened["5-monitor"].received if each.sort == "promise"} == {
        story.ASKED_AGAIN, story.QUARTERLY,
    }  # fmt: skip
    for name, agenda in opened.items():
        titles = [each.type for each in agenda.items[:2]]
        assert ("received" in titles) == (name != "1-needs"), name


def test_the_record_that_it_ends_with_says_how_it_stands_in_one_line(turn: Path) -> None:
    code, printed = printed_by(turn)

    assert code == 0
    assert (
        "Of 13 points: 1 done and confirmed, 1 done, not yet confirmed by those who asked, 1 changed in part, 1 "
        "planned, 5 passed on, 1 not done with a reason and 3 with no answer recorded." in printed
    )
    assert story.SIBLINGS in printed.split("Still in our hands")[1]
    assert "It goes back to an earlier stage." in printed


def test_the_folder_is_one_that_the_commands_go_on_with(turn: Path, say: Say, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(turn, tmp_path / "turn"))
    about = next(each.entry.id for each in Followed(folder).picture.unanswered if each.entry.words == story.SIBLINGS)

    say("answer", folder / "1-needs.workshop", about, "--status", "done", "--words", "Each building has a playroom.")

    assert "2 with no answer recorded." in say("record", folder)
    assert say("cycle-demo", "--to", folder, code=4).startswith("workshop-tui: There is something in the folder")
