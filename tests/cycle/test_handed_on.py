"""Batons become an agenda that can be checked and run; what the session did with each goes into its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cycle.test_spine import RING, STAY, Say, handed_on, stored
from tests.exports.workshops import Workshop
from tests.handed import BUS, CALL, handed_agenda
from tests.handed import RING as HANDED
from workshop_tui.agendas import read_agenda
from workshop_tui.cycle import files
from workshop_tui.cycle.baton import Baton, Body, write
from workshop_tui.cycle.new_agenda import agenda_text
from workshop_tui.cycle.payload import Line
from workshop_tui.cycle.stages import direction
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.points import Tie
from workshop_tui.domain.received import what_is_asked
from workshop_tui.errors import InputError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime import cycle_files


def changed(baton: Baton, **fields: object) -> Baton:
    made = replace(baton, checksum="", **fields)
    return replace(made, checksum=files.checksum(made))


def for_monitor(baton: Baton, session: str, title: str) -> Baton:
    """The same baton as another session of the improve stage hands it to those who monitor."""
    origin = replace(baton.origin, session=session, title=title, stage="improve")
    points = tuple(replace(each, id=f"{session}:{n}") for n, each in enumerate(baton.points))
    promises = (Line(words=f"We ring back, says {title}", said="Practice manager; 2027-05-01", id=f"{session}:p1"),)
    return changed(
        baton, id=f"{session}:monitor", origin=origin, to_stage="monitor", to=(Body(name="Board"), Body(name="Trust")),
        direction=direction("improve", "monitor"), points=points, payload={**baton.payload, "promises": promises},
    )  # fmt: skip


def test_the_agenda_of_a_baton_passes_its_check_and_opens_with_its_points(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    file = tmp_path / "ours.toml"
    assert "2 points and promises" in say("new", "--baton", path, "--to", file)

    checked = say("check", file)
    assert "It opens with 2 points that were handed in." in checked
    assert "1  What was handed to us (10 min)" in checked
    agenda, _ = read_agenda(file, KINDS)
    assert agenda.items[0].shows_received
    text = file.read_text()
    assert "# - Young carers (The hall was too far)" in text
    assert "# - We write by May" in text


def test_a_monitor_session_opens_with_the_promises_of_several_batons_and_room_for_their_measures(
    say: Say, tmp_path: Path
) -> None:
    _, path = handed_on(say, tmp_path)
    given = cycle_files.read_baton(path)
    batons = []
    for session, title in (("c3", "One"), ("d4", "Two")):
        batons.append(tmp_path / f"{session}.json")
        batons[-1].write_bytes(write(for_monitor(given, session, title)))
    file = tmp_path / "ours.toml"

    say("new", "--baton", batons[0], "--baton", batons[1], "--to", file)
    agenda, _ = read_agenda(file, KINDS)
    promises = [each for each in agenda.received if each.sort == "promise"]
    assert [each.words for each in promises] == ["We ring back, says One", "We ring back, says Two"]
    assert [each.about for each in promises] == ["Practice manager; 2027-05-01"] * 2
    assert len(agenda.received) == 6
    assert agenda.stage == "monitor"
    assert "# metric = " in file.read_text()
    filled = file.read_text().replace('# metric = ""', 'metric = "Calls"').replace('# baseline = ""', 'baseline = "41"')
    again = parse_agenda(filled, KINDS, file="ours.toml")
    assert {(each.metric, each.baseline) for each in again.received if each.sort == "promise"} == {("Calls", "41")}


def test_batons_for_different_stages_and_words_that_break_lines_do_no_harm(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    baton = cycle_files.read_baton(path)
    with pytest.raises(InputError, match="different stages"):
        agenda_text([baton, for_monitor(baton, "c3", "One")], "", str)

    hostile = 'Young\n[[item]]\ntitle = "x"\u2028[[item]]\r"""'
    bad = changed(baton, payload={"not_reached": (Line(words=hostile, said=hostile),)})
    agenda = parse_agenda(agenda_text([bad], "", str), KINDS, file="a.toml")
    assert agenda.items[0].title == "What was handed to us"
    assert len(agenda.items) == 3
    assert [each.words for each in agenda.received] == [RING, STAY]


def test_what_became_of_each_is_in_the_record_and_the_report_with_what_is_in_our_hands_first(
    say: Say, tmp_path: Path
) -> None:
    day = Workshop(handed_agenda())
    day.join("Ann")
    day.open("i03")
    day.open_vote()
    day.vote("Ann", "a")
    day.give(cmd.Reveal())
    for key, point, fields in (
        ("n1", HANDED, {"status": "planned", "words": "It is to be 111", "on": "2027-05-01"}),
        ("n2", CALL, {"status": "not_done", "words": "Two lines were closed", "seen": "38 of 100"}),
    ):
        day.give(cmd.AddNote(key=key, kind="note", text=point.words, register="received",
                             fields={"point": point.id, **fields}))  # fmt: skip
    day.give(cmd.TieNotes(ties=(Tie("n2", "result", "i03.1"),)))
    session = stored(day, tmp_path / "monitor.workshop", "e5" * 8)
    say("export", session, "--to", tmp_path / "out")

    record = json.loads(next((tmp_path / "out").rglob("record.json")).read_text())
    ring, bus, call = record["received"]
    assert (ring["status"], ring["said"], ring["on"]) == ("planned", "It is to be 111", "2027-05-01")
    assert (bus["id"], bus["status"], bus["said"]) == (BUS.id, "none", "")
    assert (call["sort"], call["metric"], call["baseline"], call["seen"]) == (
        "promise", CALL.metric, CALL.baseline, "38 of 100",
    )  # fmt: skip
    assert call["evidence"]["results"] == ["i03.1"]
    assert all(each["register"] != "received" for each in record["entries"])

    report = next((tmp_path / "out").rglob("report.md")).read_text()
    section = report.split("## What was handed to us")[1].split("\n## ")[0]
    assert "1 has no answer: it is still in our hands." in section
    assert section.index(BUS.words) < section.index(HANDED.words) < section.index(CALL.words)
    assert "Broken." in section
    assert "Behind it: 1 result." in section
    assert "Measured by: Calls answered within a day" in section


WRITTEN = """# Ours.
title = "What to plan"
stage = "plan"

[[item]]
title = "Come in"
minutes = 5
type = "welcome"

[[item]]
title = "Talk"  # at tables
minutes = 20
type = "table_discussion"
"""


def test_an_agenda_that_somebody_wrote_begins_from_a_baton_once_people_have_arrived(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    mine, file, again = tmp_path / "mine.toml", tmp_path / "ours.toml", tmp_path / "twice.toml"
    mine.write_text(WRITTEN)

    say("new", "--baton", path, "--agenda", mine, "--to", file)

    agenda, _ = read_agenda(file, KINDS)
    assert [each.words for each in agenda.received] == [RING, STAY]
    assert [each.title for each in agenda.items] == ["Come in", "What was handed to us", "Talk"]
    head, talk = WRITTEN.split('[[item]]\ntitle = "Talk"')
    assert file.read_text().startswith(head)
    assert file.read_text().endswith(f'[[item]]\ntitle = "Talk"{talk}'), "nothing of what stood there was changed"
    told = say("new", "--baton", path, "--agenda", file, "--to", again, code=2)
    assert "another one before it has the same id" in told
    assert not again.exists()


def test_an_agenda_of_another_stage_is_refused(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    mine = tmp_path / "mine.toml"
    mine.write_text(WRITTEN.replace('"plan"', '"procure"'))

    told = say("new", "--baton", path, "--agenda", mine, "--to", tmp_path / "ours.toml", code=2)

    assert "These are for different stages: “procure” and “plan”." in told
    assert not (tmp_path / "ours.toml").exists()


def test_of_two_batons_with_one_point_the_newer_words_and_day_are_handed_in_whatever_their_order(
    say: Say, tmp_path: Path
) -> None:
    _, path = handed_on(say, tmp_path)
    old = cycle_files.read_baton(path)
    points = (replace(old.points[0], words="Other words", by="2027-03-01"), *old.points[1:])
    new = changed(old, points=points, origin=replace(old.origin, made_at=old.origin.made_at + 1))

    for batons in ([old, new], [new, old]):
        agenda = parse_agenda(agenda_text(batons, "", str), KINDS, file="a.toml")
        assert [(each.words, each.by) for each in agenda.received] == [
            ("Other words", "2027-03-01"), (STAY, "2027-01-31"),
        ]  # fmt: skip


@pytest.mark.parametrize("more", [
    {"words": "Ring " * 1_999 + "Ring"}, {"body": "b" * 500}, {"asked": "a" * 500},
    {"said_by": 999_999, "base": 999_999, "against": 5_000},
])  # fmt: skip
def test_whatever_a_line_of_a_write_up_may_be_can_be_handed_in(
    say: Say, tmp_path: Path, more: dict[str, object]
) -> None:
    _, path = handed_on(say, tmp_path)
    baton = cycle_files.read_baton(path)
    long = tmp_path / "long.json"
    long.write_bytes(write(changed(baton, points=(replace(baton.points[0], **more),))))

    say("new", "--baton", long, "--to", tmp_path / "ours.toml")

    (point,) = read_agenda(tmp_path / "ours.toml", KINDS)[0].received
    assert {name: getattr(point, name) for name in more} == more


def test_an_agenda_that_could_not_be_used_is_not_written(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    baton = cycle_files.read_baton(path)
    many = tmp_path / "many.json"
    points = tuple(replace(baton.points[0], id=f"{baton.origin.session}:{n}") for n in range(201))
    many.write_bytes(write(changed(baton, points=points)))

    assert "200 is the most" in say("new", "--baton", many, "--to", tmp_path / "ours.toml", code=2)
    assert not (tmp_path / "ours.toml").exists()


def test_a_promise_is_handed_in_with_the_day_it_was_promised_for(say: Say, tmp_path: Path) -> None:
    _, path = handed_on(say, tmp_path)
    baton = changed(cycle_files.read_baton(path), to_stage="monitor", direction="skip")

    agenda = parse_agenda(agenda_text([baton], "", str), KINDS, file="a.toml")

    (promise,) = [each for each in agenda.received if each.sort == "promise"]
    assert (promise.words, promise.by) == ("We write by May", "2027-05-01")
    assert "It was promised for 1 May 2027." in [str(each) for each in what_is_asked(promise)]
