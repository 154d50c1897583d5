"""The cycle over files: what a needs workshop raised comes to a plan workshop, and its answer comes back."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cycle import made
from tests.cycle.held import Say, held, note, point, stored
from tests.exports.workshops import Workshop
from tests.sessions import an_agenda, item
from workshop_tui.agendas import read_agenda
from workshop_tui.cli import run_command_line
from workshop_tui.cycle import baton as batons
from workshop_tui.cycle import receipt as receipts
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.points import Tie
from workshop_tui.errors import CycleFileError, FolderUnusable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime import cycle_files, follow_ups

RING = "People want one number to ring at night"
STAY = "Buses do not go home after six"


def the_needs(folder: Path) -> Path:
    day = Workshop(an_agenda(item(1, "What people need", kind="ideas")))
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    ideas = [day.idea(person, f"{person} would ring somebody at night", item_="i01") for person in ("Ann", "Bob")]
    ring = point(day, RING)
    day.give(cmd.TieNotes(ties=tuple(Tie(ring, "contribution", idea) for idea in ideas)))
    point(day, STAY)
    note(day, "promise", "We write by May", role="Programme lead", by="2027-05-01")
    note(day, "missing", "Young carers", reason="The hall was too far")
    return stored(day, folder / "needs.workshop", "a1" * 8)


def the_plan(agenda: Agenda, folder: Path) -> Path:
    """A workshop that opened with points: it passed the first on, made a point of its own of it, and left the rest."""
    day = Workshop(agenda)
    day.join("Dee")
    day.open("i01")
    first = agenda.received[0].id
    note(day, "received", "It needs money", point=first, status="waiting", on="2027-02-01")
    made_of_it = point(day, "The number is to be 111")
    day.give(cmd.TieNotes(ties=(Tie(made_of_it, "received", first),)))
    return stored(day, folder / "plan.workshop", "b2" * 8)


def handed_on(say: Say, folder: Path) -> tuple[Path, Path]:
    session = the_needs(folder)
    printed = say("baton", session, "--for", "plan", "--to-body", "Planning group", "--by", "2027-01-31")
    baton = Path(printed.splitlines()[0])
    assert "2 points are handed on." in printed
    return session, baton


def test_a_point_of_a_needs_workshop_is_answered_after_a_plan_workshop_and_the_record_shows_both(
    say: Say, tmp_path: Path
) -> None:
    needs, baton = handed_on(say, tmp_path)
    say("export", needs, "--only", "record.json")

    # The plan workshop opens with it.
    agenda_file = tmp_path / "our-plan.toml"
    say("new", "--baton", baton, "--to", agenda_file)
    agenda, _ = read_agenda(agenda_file, KINDS)
    assert [point.words for point in agenda.received] == [RING, STAY]
    assert (agenda.stage, agenda.received[0].from_stage, agenda.received[0].by) == ("plan", "needs", "2027-01-31")
    plan = the_plan(agenda, tmp_path)
    say("export", plan, "--only", "record.json")

    came = say("receipt", plan, baton, "--body", "Planning group", "--to", tmp_path / "receipt.json")
    assert "1 point is answered. 1 is still in your hands." in " ".join(came.split("\n"))
    shown = say("answer", needs, "--receipt", tmp_path / "receipt.json", "--yes")
    assert f"{RING}\n  Waiting; ask again on 1 February 2027. It needs money" in shown
    before = say("record", tmp_path)
    assert "Of 3 points: 1 waiting and 2 with no answer recorded." in before
    assert "It went on as “The number is to be 111”." in before
    assert f"{STAY}\n    It was handed to" in before.split("Still in our hands")[1]

    # The answer comes back.
    name = agenda.received[0].id
    answered = say(
        "answer", needs, name, "--status", "done", "--words", "It is 111 since May", "--reference", "Minute 7"
    )
    assert "Not yet confirmed" not in answered
    assert "Of 3 points: 1 done, not yet confirmed by those who asked and 2 with no answer recorded." in say(
        "record", tmp_path
    )
    say("answer", needs, name, "--confirmed", "4", "--not-confirmed", "1", "--reference", "Slips")

    after = say("record", tmp_path)
    assert "Of 3 points: 1 done and confirmed and 2 with no answer recorded." in after
    assert "It is 111 since May" in after
    assert "It is said in “Minute 7”." in after
    assert "4 of 5 who asked say yes." in after
    assert STAY in after.split("Points without an answer")[1]


def test_whoever_takes_words_back_is_told_of_batons_that_were_written(say: Say, tmp_path: Path) -> None:
    needs, baton = handed_on(say, tmp_path)

    told = say("withdraw", needs, "--find", "Ann would ring", "--yes")

    assert "These files were written before and may still have it:" in told
    assert baton.name in told


def test_the_baton_holds_points_in_nobodys_own_words_and_what_its_stage_has_to_hand_on(
    say: Say, tmp_path: Path
) -> None:
    _, path = handed_on(say, tmp_path)

    with zipfile.ZipFile(path) as zipped:
        names, sheet = zipped.namelist(), zipped.read("read-me-first.html").decode()
    baton = cycle_files.read_baton(path)

    assert names == ["baton.json", "read-me-first.html", "answers.xlsx"]
    assert (baton.direction, baton.to_stage, baton.due) == ("forward", "plan", "2027-01-31")
    assert [each.words for each in baton.points] == [RING, STAY]
    assert [line.words for line in baton.payload["not_reached"]] == ["Young carers"]
    assert [line.words for line in baton.payload["promises"]] == ["We write by May"]
    assert RING in sheet
    read = re.sub(r"<[^>]*>", "", sheet)
    assert "2 of 3 people said it." in read
    assert "Behind it: 2 ideas." in read
    assert batons.read(batons.write(baton), "baton.json") == baton


def test_a_baton_without_what_its_stage_has_to_hand_on_is_refused_by_name_and_a_reason_is_printed(
    say: Say, tmp_path: Path
) -> None:
    session = held(an_agenda(item(1, "Needs")), tmp_path / "needs.workshop", "a1" * 8, RING)

    refused = say("baton", session, code=2)
    assert "not_reached" in refused
    assert "Nobody noted who was missing and why." in refused
    assert not list(tmp_path.rglob("*.zip"))
    assert not list(tmp_path.rglob("*.follow-up.jsonl"))

    path = Path(say("baton", session, "--because", "not_reached=We ask the schools in May").splitlines()[0])
    with zipfile.ZipFile(path) as zipped:
        assert "We ask the schools in May" in zipped.read("read-me-first.html").decode()


def test_a_receipt_is_taken_once_and_shown_before(say: Say, tmp_path: Path) -> None:
    needs, path = handed_on(say, tmp_path)
    say("export", needs, "--only", "record.json")
    baton = cycle_files.read_baton(path)
    no = made.Answer(status="not_done", words="There is no money for buses")
    receipt = receipts.build(
        baton, [receipts.Answered(point=baton.points[1].id, answer=no)], body="Planning group", on="2027-01-20"
    )
    file = tmp_path / "receipt.json"
    file.write_bytes(receipts.write(receipt))

    assert "1 not done with a reason" in say("record", tmp_path), "it counts where it lies"
    shown = say("answer", needs, "--receipt", file, "--yes")
    assert f"{STAY}\n  Not done. There is no money for buses" in shown
    assert "taken before" in say("answer", needs, "--receipt", file, "--yes", code=2)
    assert "Of 2 points: 1 not done with a reason and 1 with no answer recorded." in say("record", tmp_path)


def test_a_damaged_file_is_named_and_passed_over(say: Say, tmp_path: Path) -> None:
    needs, path = handed_on(say, tmp_path)
    say("export", needs, "--only", "record.json")
    (tmp_path / "newer.json").write_text(json.dumps({"schema": "workshop-tui/record/2", "session": {}}))
    with zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged:
        forged.writestr("baton.json", batons.write(replace(cycle_files.read_baton(path), due="2029-01-01")))

    assert run_command_line(["record", str(tmp_path)]) == 1
    told = say("record", tmp_path, code=1)
    assert "newer.json cannot be used. A newer version of this program made it" in told
    assert "forged.zip cannot be used. It was changed after it was made" in told


# What is kept beside the session, and goes with it. -----------------------------------------------------


def test_what_is_taken_back_after_an_export_is_noted_and_in_no_picture(say: Say, tmp_path: Path) -> None:
    day = Workshop(an_agenda(item(1, "Ideas", kind="ideas")))
    day.join("Ann", "Bob")
    day.open("i01")
    key = day.idea("Ann", "The floor was wet and nobody had come for an hour", item_="i01")
    day.note("concern", "One said: the floor was wet and nobody had come for an hour")
    session = stored(day, tmp_path / "needs.workshop", "a1" * 8)
    say("export", session, "--only", "record.json", "--to", tmp_path / "sent")
    assert b"nobody had come" in (tmp_path / "sent" / "record.json").read_bytes()

    say("withdraw", session, "--find", "nobody had come", "--yes")

    found = cycle_files.find([tmp_path])
    assert key in found.withdrawn
    assert "nobody had come" not in repr(found.picture("2026-12-01"))


def test_deleting_a_session_deletes_its_follow_up_and_leaves_that_of_another(say: Say, tmp_path: Path) -> None:
    session, _ = handed_on(say, tmp_path)
    follow_up = follow_ups.path_of(session)
    assert follow_up.exists()
    other = tmp_path / "other.workshop"
    held(an_agenda(item(1, "Other")), other, "c3" * 8)
    follow_ups.path_of(other).write_bytes(follow_up.read_bytes())

    say("delete", session, "--yes")
    say("delete", other, "--yes")

    assert not follow_up.exists()
    assert follow_ups.path_of(other).exists(), "it says that it is of another session"


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_an_answer_that_cannot_be_written_leaves_what_was_there(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    session, _ = handed_on(say, tmp_path)
    path = follow_ups.path_of(session)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if broken == "fsync":
            patch.setattr(os, "fsync", full)
        elif broken == "replace":
            patch.setattr(os, "replace", full)
        else:
            patch.setattr(follow_ups.follow_up, "write", full)
        with pytest.raises(FolderUnusable, match="No space left on device"):
            follow_ups.append(path, "a1" * 8, [made.answered("n1", "done", "It rings", session="a1" * 8)])

    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*follow-up*"))


def test_nothing_is_added_to_a_follow_up_that_somebody_changed(say: Say, tmp_path: Path) -> None:
    session, _ = handed_on(say, tmp_path)
    path = follow_ups.path_of(session)
    changed = path.read_bytes().replace(b"2027-01-31", b"2029-01-31")
    path.write_bytes(changed)

    with pytest.raises(CycleFileError, match="Line 2 does not follow"):
        follow_ups.append(path, "a1" * 8, [made.answered("n1", "done", "It rings", session="a1" * 8)])
    assert path.read_bytes() == changed


@pytest.mark.parametrize(("many", "told"), [("2", 2), ("3", None)])
def test_where_few_were_there_and_all_said_it_the_number_stays_in_the_report_of_the_room(
    say: Say, tmp_path: Path, many: str, told: int | None
) -> None:
    day = Workshop(an_agenda(item(1, "What people need")))
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    note(day, "point", RING, said_by=many)
    note(day, "missing", "Young carers", reason="The hall was too far")
    session = stored(day, tmp_path / "needs.workshop", "a1" * 8)

    say("export", session)
    (handed,) = cycle_files.read_baton(Path(say("baton", session).splitlines()[0])).points
    record = json.loads(next(tmp_path.rglob("record.json")).read_text())

    assert handed.said_by == record["entries"][0]["said_by"] == told
    assert f"{many} of 3 people" in next(tmp_path.rglob("report.md")).read_text()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--body", "A", "--on", "soon"), "soon is no date"), (("--body", "A", "--on", "2026-02-30"), "is no date"),
        (("--body", ""), "A body needs a name."), (("--body", " "), "A body needs a name."),
        (("--body", "x" * 501), "1 letter too long"),
    ],
)  # fmt: skip
def test_a_receipt_that_nobody_could_read_is_not_written(
    say: Say, tmp_path: Path, more: tuple[str, ...], why: str
) -> None:
    needs, path = handed_on(say, tmp_path)
    say("new", "--baton", path, "--to", tmp_path / "our-plan.toml")
    plan = the_plan(read_agenda(tmp_path / "our-plan.toml", KINDS)[0], tmp_path)

    assert why in say("receipt", plan, path, "--to", tmp_path / "receipt.json", *more, code=2)
    assert not (tmp_path / "receipt.json").exists()
    if more[0] == "--body" and len(more) == 2:
        assert why in say("baton", needs, "--to", tmp_path / "other", "--to-body", more[1], code=2)


def test_a_body_that_is_named_twice_is_asked_once_however_long_its_name(say: Say, tmp_path: Path) -> None:
    needs, _ = handed_on(say, tmp_path)
    name = "The group for " + "very " * 90 + "long names"

    said = say("baton", needs, "--to", tmp_path / "other", "--to-body", name, "--to-body", name.upper())

    assert [each.name for each in cycle_files.read_baton(Path(said.splitlines()[0])).to] == [name.upper()]


# What may leave. -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["C0", "C1", "C2", "C3", "C4"])
def test_a_story_is_in_no_baton_and_in_the_record_only_where_its_owner_let_it_be_in_a_report(
    say: Say, tmp_path: Path, level: str
) -> None:
    day = Workshop(an_agenda(item(1, "Stories", kind="vignette")))
    day.join("Ann", "Bob")
    day.open("i01")
    key = day.story("Ann", "CANARY the night bus left without the wheelchair", level, "new", item_="i01")
    if level in ("C2", "C3", "C4"):
        day.give(cmd.Moderate(contribution=key, handling="approved"))
    note(day, "missing", "Young carers", reason="The hall was too far")
    point(day, RING)
    point(day, "Somebody told that the night bus left without the wheelchair")
    session = stored(day, tmp_path / "needs.workshop", "a1" * 8)

    path = Path(say("baton", session).splitlines()[0])
    say("export", session, "--only", "record.json")

    with zipfile.ZipFile(path) as zipped:
        handed = b"".join(map(zipped.read, zipped.namelist()))
    record = next(tmp_path.rglob("record.json")).read_bytes()
    assert RING.encode() in handed
    assert b"CANARY" not in handed
    assert (b"the night bus left" in handed) == (level in ("C3", "C4")), "a point in somebody's words stays back"
    assert (b"CANARY" in record) == (level in ("C2", "C3", "C4"))
