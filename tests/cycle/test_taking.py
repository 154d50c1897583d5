"""Receipts and workbooks that came back for a session: shown, then taken whole; what is none of its own is refused."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from tests.broken_disk import broken, failing
from tests.cycle import made
from tests.cycle.answered import changed, filled, sent
from tests.cycle.held import Say, held, note, stored
from tests.cycle.test_spine import RING, STAY, handed_on
from tests.exports.workshops import Workshop
from tests.sessions import an_agenda, item, options
from workshop_tui.agendas import read_agenda
from workshop_tui.cli import run_command_line
from workshop_tui.cycle import files
from workshop_tui.cycle import receipt as receipts
from workshop_tui.cycle import record as records
from workshop_tui.cycle.baton import Baton
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.points import Tie
from workshop_tui.errors import InputError, StoreUnavailable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.lock import FileLock
from workshop_tui.runtime import cycle_files, follow_ups, recording, returned
from workshop_tui.runtime.handing_on import exported_record
from workshop_tui.runtime.passphrases import KeyRing

DONE = {"status": "Done", "words": "It is 111", "role": "Secretary"}
PLANNED = {"status": "Planned", "words": "A late bus", "until": dt.date(2027, 5, 1)}


@pytest.fixture
def handed(say: Say, tmp_path: Path) -> tuple[Path, bytes]:
    """A session whose points were handed on, and the workbook that went with them."""
    session, baton = handed_on(say, tmp_path)
    say("export", session, "--only", "record.json")
    return session, sent(baton)


def back(session: Path, data: bytes, name: str = "back.xlsx") -> Path:
    file = session.with_name(name)
    file.write_bytes(data)
    return file


def lines(session: Path) -> list[tuple[str, str, str]]:
    """Every answer that was taken: its status, its words and who gave it."""
    found = follow_ups.read(follow_ups.path_of(session), "a1" * 8)
    return [(each.status, each.words, each.by_body) for each in found.lines if each.what == "answer"]


def test_what_is_new_is_shown_and_taken_and_what_is_not_said_again_is_neither(
    say: Say, handed: tuple[Path, bytes]
) -> None:
    session, data = handed
    first = say("answer", session, "--workbook", back(session, filled(data, DONE)), "--yes")
    assert first.endswith(f"{RING}\n  Done. It is 111.\n  Said by Planning group, Secretary.\n1 answer was taken.\n")

    more = {**DONE, "words": "It is 111, day and night"}
    second = say("answer", session, "--workbook", back(session, filled(data, more, PLANNED)), "--yes")

    assert f"{RING}\n  Done. It is 111, day and night.\n" in second
    assert "  Until now: Done. It is 111.\n" in second
    assert f"{STAY}\n  Planned, by 1 May 2027. A late bus.\n" in second
    assert "2 answers were taken." in second
    assert [each[:2] for each in lines(session)] == [
        ("done", "It is 111"), ("done", "It is 111, day and night"), ("planned", "A late bus"),
    ]  # fmt: skip
    again = say("answer", session, "--workbook", back(session, filled(data, more, PLANNED)), "--yes", code=2)
    assert "Nothing in it is new." in again
    older = say("answer", session, "--workbook", back(session, filled(data, DONE)), "--yes", code=2)
    assert "and something else since: it is not taken again." in older
    assert len(lines(session)) == 3
    assert "Of 3 points" not in say("record", session.parent)
    assert "It is 111, day and night" in say("record", session.parent)


@pytest.mark.parametrize("typed", ["no\n", "\n", ""])
def test_whoever_does_not_say_yes_takes_nothing(
    say: Say, handed: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    session, data = handed
    file = back(session, filled(data, DONE))
    before = follow_ups.path_of(session).read_bytes()

    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert "Nothing was taken." in say("answer", session, "--workbook", file, code=2)
    assert follow_ups.path_of(session).read_bytes() == before

    monkeypatch.setattr("sys.stdin", io.StringIO("Yes\n"))
    assert "1 answer was taken." in say("answer", session, "--workbook", file)


def test_one_wrong_cell_and_nothing_is_taken(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    before = follow_ups.path_of(session).read_bytes()

    said = say("answer", session, "--workbook", back(session, filled(data, DONE, {"status": "Done"})), "--yes", code=2)

    assert "back.xlsx cannot be used. 1 cell in it cannot be taken. Nothing of it was taken." in " ".join(said.split())
    assert "Points, F3: “Done” needs words: what was done?" in said
    assert follow_ups.path_of(session).read_bytes() == before


def a_receipt(baton: Baton, point: str, words: str) -> bytes:
    """A receipt as a program that looks for nothing would write it."""
    plain = receipts.Answered(point=point, answer=made.Answer(status="done", words="It rings"))
    made_so = receipts.build(baton, [plain], body="Planning group", on="2026-12-01")
    said = replace(made_so, answers=(replace(plain, answer=replace(plain.answer, words=words)),), checksum="")
    return receipts.write(replace(said, checksum=files.checksum(said)))


NOT_FOR_AN_ANSWER = {
    "a number in it that stands for one person": "Her number is 943 476 5919, and she was rung",
    "somebody's own words: “Bob would ring somebody at night”": "As one said: Bob would ring somebody at night",
}


@pytest.mark.parametrize("why", NOT_FOR_AN_ANSWER)
def test_an_answer_is_in_nobodys_own_words_and_tells_nobodys_number(
    say: Say, handed: tuple[Path, bytes], why: str
) -> None:
    session, data = handed
    words, before = NOT_FOR_AN_ANSWER[why], follow_ups.path_of(session).read_bytes()
    baton = cycle_files.read_baton(next((session.parent / "exports").rglob("baton-for-plan.zip")))
    point = baton.points[0].id
    exported = session.parent / "exports" / "needs" / "record.json"
    told = {"k1": "I hope that Bob would ring somebody at night."}
    exported.write_bytes(records.write(replace(exported_record(session), texts=told)))
    sent_back = session.with_name("receipt.json")
    sent_back.write_bytes(a_receipt(baton, point, words))

    typed = say("answer", session, point, "--status", "done", "--words", words, code=2)
    came = say("answer", session, "--workbook", back(session, filled(data, {**DONE, "words": words})), "--yes", code=2)
    receipt = say("answer", session, "--receipt", sent_back, "--yes", code=2)

    for said in (typed, came, receipt):
        assert why in " ".join(said.split())
    assert follow_ups.path_of(session).read_bytes() == before


def test_who_answers_and_where_it_is_said_can_be_given_with_the_workbook(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    file = back(session, filled(data, {**DONE, "body": None, "role": None}, {**PLANNED, "body": "The council"}))

    say("answer", session, "--workbook", file, "--yes", "--by-role", "Chair", "--reference", "Letter of 20 January")

    found = follow_ups.read(follow_ups.path_of(session), "a1" * 8).lines[-2:]
    assert [(each.by_body, each.by_role, each.reference, each.source) for each in found] == [
        ("Planning group", "Chair", "Letter of 20 January", "workbook"),
        ("The council", "Chair", "Letter of 20 January", "workbook"),
    ]


# What is none of this session's. ----------------------------------------------------------------------


def marked(data: bytes, **cells: str) -> bytes:
    def mark(book: Workbook) -> None:
        for at, value in cells.items():
            book["workshop-tui"][at].value = value

    return changed(data, mark)


def test_a_workbook_of_another_session_or_with_another_sum_is_refused(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    filled_in = filled(data, DONE)
    for cells, said in (
        ({"A2": "bbbb:plan"}, "It is about another session."),
        ({"A2": "bbbb"}, "It is about another session."),
        ({"A3": "0" * 64}, "It answers a baton that was never handed on from here"),
        ({"A2": "a1a1a1a1a1a1a1a1:improve"}, "It answers a baton that was never handed on from here"),
        ({"A2": " "}, "It is damaged: it does not say what it answers."),
    ):
        refused = say("answer", session, "--workbook", back(session, marked(filled_in, **cells)), "--yes", code=2)
        assert said in " ".join(refused.split())
    assert lines(session) == []


def test_a_workbook_answers_only_points_of_its_baton(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    record = cycle_files.find([session.parent]).records[0].record
    promise = record.in_("promise")[0]
    for id_, words, said in (
        (promise.id, promise.words, "which is no point of the baton"),
        ("a1a1a1a1a1a1a1a1:n99", RING, "is no point of this session"),
    ):
        forged = {**DONE, "reference": returned.workbooks.reference(id_, words), "entry": words}
        refused = say("answer", session, "--workbook", back(session, filled(data, forged)), "--yes", code=2)
        assert said in " ".join(refused.split())


def test_a_receipt_for_a_baton_that_was_never_handed_on_is_refused(say: Say, handed: tuple[Path, bytes]) -> None:
    session, _ = handed
    baton = cycle_files.read_baton(next(session.parent.rglob("baton-for-plan.zip")))
    yes = made.Answer(status="done", words="It rings")
    for forged in (replace(baton, checksum="0" * 64), replace(baton, id="a1a1a1a1a1a1a1a1:improve")):
        receipt = receipts.build(
            forged, [receipts.Answered(point=baton.points[0].id, answer=yes)], body="Us", on="2027-01-20"
        )
        file = back(session, receipts.write(receipt), "forged.json")
        assert "never handed on from here" in " ".join(
            say("answer", session, "--receipt", file, "--yes", code=2).split()
        )
    assert lines(session) == []


def test_a_file_that_is_neither_or_cannot_be_read_is_named(
    say: Say, handed: tuple[Path, bytes], tmp_path: Path
) -> None:
    session, _ = handed
    assert "it is no Excel workbook" in say("answer", session, "--workbook", back(session, b"Dear all"), code=2)
    assert "cannot be read" in say("answer", session, "--workbook", tmp_path / "not-there.xlsx", code=2)
    assert "cannot be read" in say("answer", session, "--workbook", tmp_path, code=2)
    baton = next(session.parent.rglob("baton-for-plan.zip"))
    assert "it is no Excel workbook" in say("answer", session, "--workbook", baton, code=2)
    record = next(session.parent.rglob("record.json"))
    assert "It is “workshop-tui/record/1”" in say("answer", session, "--receipt", record, code=2)


def test_a_workbook_that_another_program_keeps_to_itself_is_said(
    say: Say, handed: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, data = handed
    file = back(session, filled(data, DONE))
    opened = Path.open

    def locked(path: Path, *more: object, **named: object) -> object:
        if path == file:
            raise PermissionError(13, "Permission denied")
        return opened(path, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", locked)

    said = say("answer", session, "--workbook", file, "--yes", code=2)
    assert "back.xlsx cannot be read (Permission denied)." in " ".join(said.split())
    assert "If it is open in another program, please close it there." in said


# Several bodies. -------------------------------------------------------------------------------------


def test_each_body_that_is_asked_has_a_workbook_of_its_own_and_answers_for_itself(say: Say, tmp_path: Path) -> None:
    day = Workshop(an_agenda(item(1, "What people need")))
    day.join("Ann", "Bob")
    day.open("i01")
    note(day, "point", RING)
    note(day, "point", STAY)
    note(day, "missing", "Young carers", reason="The hall was too far")
    session = stored(day, tmp_path / "needs.workshop", "a1" * 8)
    say("export", session, "--only", "record.json")
    printed = say("baton", session, "--to-body", "Y Cyngor / Council?", "--to-body", "امانت", "--by", "2026-12-31",
                  "--to", tmp_path / "both")  # fmt: skip
    path = Path(printed.splitlines()[0])
    with zipfile.ZipFile(path) as zipped:
        names = [name for name in zipped.namelist() if name.endswith(".xlsx")]
    assert names == ["answers-1-y-cyngor-council.xlsx", "answers-2.xlsx"]

    file = back(session, filled(sent(path, names[0]), {**DONE, "role": None}))
    assert "Said by Y Cyngor / Council?." in say("answer", session, "--workbook", file, "--yes")

    picture = cycle_files.find([tmp_path]).picture("2027-03-01")
    over = {(each.baton, each.body): each for each in picture.batons}
    council, trust = (over["a1a1a1a1a1a1a1a1:plan", name] for name in ("Y Cyngor / Council?", "امانت"))
    assert (council.answered, council.points, trust.answered) == (1, 2, 0)
    assert (council.lateness("2026-12-31"), trust.lateness("2027-01-01")) == ("", "late")
    told = say("record", tmp_path)
    assert "1 of 2 is answered." in told or "1 of 2 are answered." in told


# Actions and promises. -------------------------------------------------------------------------------


def test_actions_and_promises_make_the_same_round(say: Say, tmp_path: Path) -> None:
    day = Workshop(an_agenda(item(1, "What people need")))
    day.join("Ann", "Bob")
    day.open("i01")
    note(day, "action", "Ring the school", role="Facilitator", by="2026-12-24")
    note(day, "promise", "We write by May", role="Programme lead", by="2027-05-01")
    day.note("concern", "Nobody asked the night staff")
    session = stored(day, tmp_path / "day.workshop", "a1" * 8)
    say("export", session, "--only", "record.json")
    say("export", session, "--only", "actions.xlsx", "--to", tmp_path / "lists")
    data = (tmp_path / "lists" / "actions.xlsx").read_bytes()

    data = filled(data, {"status": "Done", "words": "They come on Monday"})
    data = filled(data, {"status": "Broken", "words": "Nobody wrote"}, sheet=1)
    data = filled(data, {"status": "Waiting", "words": "The rota", "until": dt.date(2027, 3, 1)}, sheet=2)
    said = say("answer", session, "--workbook", back(session, data), "--yes", "--by-body", "The team")

    assert "Ring the school\n  Done. They come on Monday.\n  Said by The team.\n" in said
    assert "We write by May\n  Broken. Nobody wrote.\n" in said
    assert "Nobody asked the night staff\n  Waiting; ask again on 1 March 2027. The rota.\n" in said
    told = say("record", tmp_path)
    assert "Of 1 promise: 1 not done with a reason." in told
    assert lines(session) == [
        ("done", "They come on Monday", "The team"), ("not_done", "Nobody wrote", "The team"),
        ("waiting", "The rota", "The team"),
    ]  # fmt: skip


# Taken back. -----------------------------------------------------------------------------------------


def test_an_older_workbook_still_answers_a_point_whose_story_was_taken_back(say: Say, tmp_path: Path) -> None:
    day = Workshop(an_agenda(item(1, "Ideas", kind="ideas")))
    day.join("Ann", "Bob")
    day.open("i01")
    idea = day.idea("Ann", "The floor was wet and nobody had come for an hour", item_="i01")
    point = note(day, "point", "The ward is looked at in the night", body="The ward")
    day.give(cmd.TieNotes(ties=(Tie(point, "contribution", idea),)))
    note(day, "missing", "Young carers", reason="The hall was too far")
    session = stored(day, tmp_path / "needs.workshop", "a1" * 8)
    data = sent(Path(say("baton", session).splitlines()[0]))
    say("export", session, "--only", "record.json")

    say("withdraw", session, "--find", "nobody had come", "--yes")
    say("export", session, "--only", "record.json")
    said = say(
        "answer", session, "--workbook", back(session, filled(data, {"status": "Done", "words": "Each hour"})), "--yes"
    )

    assert "The ward is looked at in the night\n  Done. Each hour" in said
    (tracked,) = cycle_files.find([tmp_path]).picture("2026-12-01").points
    assert tracked.answer.words == "Each hour"
    assert tracked.entry.evidence.is_gone
    assert b"nobody had come" not in follow_ups.path_of(session).read_bytes()


# Beside others. --------------------------------------------------------------------------------------


def test_what_was_noted_since_somebody_looked_is_not_passed_by(handed: tuple[Path, bytes]) -> None:
    session, data = handed
    taking = returned.to_take(session, back(session, filled(data, DONE)), KeyRing())
    point = taking.lines[0].about
    line = made.answered("x", "not_done", "No money", session="a1" * 8)
    follow_ups.append(follow_ups.path_of(session), "a1" * 8, [replace(line, about=point)])
    before = follow_ups.path_of(session).read_bytes()

    with pytest.raises(StoreUnavailable, match="since you looked"):
        taking.take()

    assert follow_ups.path_of(session).read_bytes() == before
    returned.to_take(session, back(session, filled(data, DONE)), KeyRing()).take()
    assert [each[0] for each in lines(session)] == ["not_done", "done"]


def test_while_somebody_else_writes_nothing_is_taken_and_that_is_said(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    with FileLock(follow_ups.path_of(session)):
        said = say("answer", session, "--workbook", back(session, filled(data, DONE)), "--yes", code=4)

    assert "Somebody else is writing to" in said
    assert lines(session) == []


def test_a_workbook_goes_with_the_bytes_that_the_same_session_gives(say: Say, handed: tuple[Path, bytes]) -> None:
    session, data = handed
    again = Path(say("baton", session, "--for", "plan", "--to-body", "Planning group", "--by", "2027-01-31", "--to",
                     session.parent / "again").splitlines()[0])  # fmt: skip

    assert sent(again) == data


# Confirmed by those who asked. -----------------------------------------------------------------------


def test_how_many_say_that_it_was_done_needs_where_they_say_so(say: Say, handed: tuple[Path, bytes]) -> None:
    session, _ = handed
    point = next(iter(cycle_files.find([session.parent]).picture("2026-12-01").points)).entry.id
    say("answer", session, point, "--status", "done", "--words", "It is 111")
    assert "Not yet confirmed by those who asked." in say("record", session.parent)

    refused = say("answer", session, point, "--confirmed", 4, "--not-confirmed", 1, code=2)
    assert "Where do those who asked say so?" in refused
    assert "Not yet confirmed by those who asked." in say("record", session.parent)

    assert "4 of 5 who asked say yes." in say(
        "answer", session, point, "--confirmed", 4, "--not-confirmed", 1, "--reference", "Slips, 12 June"
    )
    assert "4 of 5 who asked say yes." in say("record", session.parent)


def a_year_later(folder: Path, baton: Path, say: Say, *, tied: bool = True) -> Path:
    """A workshop that opened with the points, and voted on the first."""
    agenda = folder / "later.toml"
    say("new", "--baton", baton, "--to", agenda)
    received = read_agenda(agenda, KINDS)[0].received
    asked = item(1, "Last year", kind="single", options=options("Yes", "No"), question="Do you see it?")
    day = Workshop(replace(an_agenda(asked), received=received))
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    day.open_vote()
    for person, choice in (("Ann", "a"), ("Bob", "a"), ("Cas", "b")):
        day.vote(person, choice)
    day.give(cmd.CloseVote())
    day.give(cmd.Reveal())
    line = note(day, "received", "It is 111", point=received[0].id, status="done")
    if tied:
        day.give(cmd.TieNotes(ties=(Tie(line, "result", "i01.1"),)))
    session = stored(day, folder / f"later-{tied}.workshop", "b2" * 8)
    say("export", session, "--only", "record.json")
    return session


def test_the_vote_of_a_later_session_says_how_many(say: Say, handed: tuple[Path, bytes], tmp_path: Path) -> None:
    session, _ = handed
    baton = next(tmp_path.rglob("baton-for-plan.zip"))
    point = cycle_files.read_baton(baton).points[0].id
    later, untied = (a_year_later(tmp_path, baton, say, tied=each) for each in (True, False))
    say("answer", session, point, "--status", "done", "--words", "It is 111")

    for counts, vote, said in (
        ((2, 2), later, "Only 3 people answered “Do you see it?”."),
        ((2, 1), untied, "is tied to what it did with this point"),
        ((2, 1), session, "did not open with this point"),
    ):
        yes, no = counts
        refused = say("answer", session, point, "--confirmed", yes, "--not-confirmed", no, "--vote", vote, code=2)
        assert said in " ".join(refused.split())

    told = say("answer", session, point, "--confirmed", 2, "--not-confirmed", 1, "--vote", later)
    assert "2 of 3 who asked say yes." in told
    line = follow_ups.read(follow_ups.path_of(session), "a1" * 8).lines[-1]
    assert (line.what, line.source) == ("confirmed", "session")
    assert line.reference.endswith(": Do you see it?")


def test_the_record_asks_for_the_vote_or_the_paper_as_the_command_line_does(
    say: Say, handed: tuple[Path, bytes], tmp_path: Path
) -> None:
    session, _ = handed
    baton = next(tmp_path.rglob("baton-for-plan.zip"))
    point = cycle_files.read_baton(baton).points[0].id
    a_year_later(tmp_path, baton, say, tied=True)
    say("answer", session, point, "--status", "done", "--words", "It is 111")
    desk = recording.Desk(recording.load([tmp_path]))

    with pytest.raises(InputError, match="Where do those who asked say so"):
        desk.answer(point, None, (2, 1), {"reference": " "})
    with pytest.raises(InputError, match="Only 3 people answered"):
        desk.answer(point, None, (2, 2), {"vote": "b2" * 8})
    desk.answer(point, None, (2, 1), {"vote": "b2" * 8})

    *_, done, line = follow_ups.read(follow_ups.path_of(session), "a1" * 8).lines
    assert (done.what, line.what, line.source) == ("answer", "confirmed", "session")
    assert line.reference.endswith(": Do you see it?")


# Where it lies. --------------------------------------------------------------------------------------


def test_two_files_that_a_cloud_drive_made_of_one_are_both_read(handed: tuple[Path, bytes]) -> None:
    session, _ = handed
    path = follow_ups.path_of(session)
    copy = path.with_name("needs.follow-up (conflicted copy).jsonl")
    copy.write_bytes(path.read_bytes())
    points = [each.entry.id for each in cycle_files.find([session.parent]).picture("2026-12-01").points]
    for file, point, words in ((path, points[0], "It is 111"), (copy, points[1], "There is a late bus")):
        line = made.answered("x", "done", words, session="a1" * 8)
        follow_ups.append(file, "a1" * 8, [replace(line, about=point)])

    found = cycle_files.find([session.parent]).picture("2026-12-10")

    assert [each.answer.words for each in found.points] == ["It is 111", "There is a late bus"]


def test_an_answer_in_a_folder_that_is_copied_elsewhere_is_noted_and_that_is_said(
    say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "OneDrive - Some Trust"
    folder.mkdir()
    session, baton = handed_on(say, folder)
    say("export", session, "--only", "record.json")
    point = cycle_files.read_baton(baton).points[0].id

    assert run_command_line(["answer", str(session), point, "--status", "acknowledged"]) == 0

    said = " ".join(capsys.readouterr().err.split())
    assert "is no safe place for people's words: OneDrive copies everything in it" in said
    assert [each[0] for each in lines(session)] == ["acknowledged"]


@pytest.mark.parametrize("why", ["Read-only file system", "No space left on device"])
def test_a_folder_that_takes_no_answer_is_said_with_why(
    say: Say, handed: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    session, data = handed
    path = follow_ups.path_of(session)
    file, before = back(session, filled(data, DONE)), path.read_bytes()
    opened = os.open

    def closed(name: str | Path, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_CREAT and Path(name).parent == path.parent:
            raise OSError(30, why)
        return opened(name, flags, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", closed)
        said = say("answer", session, "--workbook", file, "--yes", code=4)

    assert f"cannot be written ({why}). Nothing was changed." in " ".join(said.split())
    assert "Make the folder writable and try again." in said
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*follow-up*"))


def test_a_session_whose_name_another_one_goes_on_from_takes_its_own_answers(say: Say, tmp_path: Path) -> None:
    for name, id_ in (("day", "a1" * 8), ("day-2", "b2" * 8), ("day [late]", "c3" * 8)):
        session = held(an_agenda(item(1, "Needs")), tmp_path / f"{name}.workshop", id_, RING)
        say("export", session, "--only", "record.json")

    for name, id_ in (("day", "a1" * 8), ("day-2", "b2" * 8), ("day [late]", "c3" * 8)):
        session = tmp_path / f"{name}.workshop"
        about = exported_record(session).entries[0].id
        assert about.startswith(f"{id_}:")
        say("answer", session, about, "--status", "acknowledged")
        assert len(follow_ups.read(follow_ups.path_of(session), id_).lines) == 1


def test_what_became_of_a_promise_comes_back_from_whoever_monitors_by_a_receipt(say: Say, tmp_path: Path) -> None:
    day = Workshop(replace(an_agenda(item(1, "What to buy")), stage="procure"))
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    note(day, "point", RING, stage="monitor")
    note(day, "promise", "We write by May", role="Programme lead", by="2027-05-01")
    note(day, "promise", "We ring back", role="Programme lead")
    session = stored(day, tmp_path / "procure.workshop", "a1" * 8)
    say("export", session, "--only", "record.json")
    baton = Path(say("baton", session, "--to-body", "Monitoring panel").splitlines()[0])
    agenda_file, receipt = tmp_path / "ours.toml", tmp_path / "receipt.json"
    say("new", "--baton", baton, "--to", agenda_file)
    later = Workshop(read_agenda(agenda_file, KINDS)[0])
    later.join("Dee")
    later.open("i01")
    promise = next(each for each in later.state.agenda.received if each.words == "We write by May")
    note(later, "received", "Nobody wrote", point=promise.id, status="not_done")
    monitor = stored(later, tmp_path / "monitor.workshop", "e5" * 8)

    came = say("receipt", monitor, baton, "--body", "Monitoring panel", "--to", receipt)
    assert "1 point or promise is answered. 2 are still in your hands." in " ".join(came.split())
    assert "We write by May\n  Broken. Nobody wrote.\n" in say("answer", session, "--receipt", receipt, "--yes")
    assert "Of 2 promises: 1 not done with a reason and 1 with no answer recorded." in say("record", session.parent)


def test_an_older_receipt_that_is_taken_later_undoes_nothing(say: Say, handed: tuple[Path, bytes]) -> None:
    session, _ = handed
    (path,) = session.parent.rglob("baton-for-plan.zip")
    baton = cycle_files.read_baton(path)
    about = baton.points[0].id
    for day, status, words in (("2026-11-20", "done", "It is 111"), ("2026-11-10", "acknowledged", "")):
        answer = receipts.Answered(point=about, answer=made.Answer(status=status, words=words))
        file = session.parent / f"{day}.json"
        file.write_bytes(receipts.write(receipts.build(baton, [answer], body="Planning group", on=day)))
        told = say("answer", session, "--receipt", file, "--yes")

    assert "That was said later, on 20 November 2026, and goes on to count." in told
    assert "1 done, not yet confirmed" in say("record", session.parent)


def test_promises_alone_go_to_whoever_monitors_and_come_back(say: Say, tmp_path: Path) -> None:
    day = Workshop(replace(an_agenda(item(1, "What to buy")), stage="procure"))
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    note(day, "promise", "We write by May", role="Programme lead", by="2027-05-01")
    session = stored(day, tmp_path / "procure.workshop", "a1" * 8)
    say("export", session, "--only", "record.json")

    printed = say("baton", session, "--to-body", "Monitoring panel")
    assert "0 points are handed on. 1 promise is handed on." in " ".join(printed.split())
    assert "No point of this session" in say("baton", session, "--for", "plan", code=2)
    baton = cycle_files.read_baton(Path(printed.splitlines()[0]))
    answer = receipts.Answered(point=baton.promises[0].id, answer=made.Answer(status="done", words="They wrote"))
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(receipts.write(receipts.build(baton, [answer], body="Monitoring panel", on="2027-06-01")))

    assert "Kept. They wrote." in say("answer", session, "--receipt", receipt, "--yes")
    say("new", "--baton", Path(printed.splitlines()[0]), "--to", tmp_path / "ours.toml")
    (handed,) = read_agenda(tmp_path / "ours.toml", KINDS)[0].received
    assert (handed.words, handed.sort, handed.by) == ("We write by May", "promise", "2027-05-01")


def test_an_export_whose_words_taken_back_cannot_be_noted_says_where_it_is_and_that(say: Say, tmp_path: Path) -> None:
    session, _ = handed_on(say, tmp_path)
    say("withdraw", session, "--find", "Bob would ring", "--yes")
    path = follow_ups.path_of(session)
    path.unlink()

    with broken(tmp_path, failing("open", code=errno.EROFS, locks=True, exact=(f".{path.name}.lock",))):
        said = " ".join(say("export", session, "--to", tmp_path / "out", code=4).split())

    assert (tmp_path / "out" / "record.json").is_file()
    assert f"The reports are in {tmp_path / 'out'}." in said
    assert "could not be noted beside the session: a record over it may show it." in said
    assert "Make the folder writable and try again." in said
    say("export", session, "--to", tmp_path / "out")
    assert [each.what for each in follow_ups.read(path, "a1" * 8).lines] == ["withdrawn"]
