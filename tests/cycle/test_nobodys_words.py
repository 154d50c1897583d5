"""An answer repeats nobody's words, whoever may read them: it is compared with the session itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cycle.answered import filled, sent
from tests.cycle.held import Say, note, point, stored
from tests.cycle.test_spine import handed_on
from tests.exports.test_canaries import LEVELS, canary
from tests.exports.workshops import Workshop
from tests.sessions import an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.points import Tie
from workshop_tui.errors import CycleFileError, LockedSessionFile
from workshop_tui.runtime import cycle_files, follow_ups, recording
from workshop_tui.runtime.passphrases import KeyRing

TOLD = {
    **{f"a story of {level}": canary(level, "story") for level in LEVELS},
    "one that is held back": canary("C4", "held"),
    "one that nobody read": canary("C4", "new"),
    "a reason": canary("C2", "reason"),
    "a reason that nobody read": canary("C3", "unread"),
    "an idea that nobody read": canary("C0", "idle"),
    "what is for the facilitator alone": canary("C0", "private"),
}
"""What people told, whoever may read it."""

PASSPHRASE = "three blind mice"


def the_day(path: Path, passphrase: str = "") -> Path:
    day = Workshop(an_agenda(
        item(1, "Live with it", kind="consensus", question="Can you?"),
        item(3, "Your story", kind="vignette", question="What happened?"),
        item(4, "Ideas", kind="ideas", question="It works when"),
        item(6, "Needs", kind="private", question="Anything?"),
    ))  # fmt: skip
    day.join(*LEVELS, "held", "new")
    day.open("i01")
    day.open_vote()
    day.answer("C2", {"view": "1", "view.why": TOLD["a reason"]})
    day.answer("C3", {"view": "1", "view.why": TOLD["a reason that nobody read"]})
    day.give(cmd.Reveal())
    for row in day.tables.reasons.kept("i01.1"):
        if "unread" not in row.body:
            day.give(cmd.Moderate(contribution=row.key, handling="approved"))
    day.open("i03")
    stories = [day.story(level, TOLD[f"a story of {level}"], level) for level in LEVELS]
    day.story("held", TOLD["one that is held back"], "C4", "on_hold")
    day.story("new", TOLD["one that nobody read"], "C4", "new")
    day.open("i04")
    day.idea("C1", TOLD["an idea that nobody read"], "new")
    day.open("i06")
    day.private("C0", TOLD["what is for the facilitator alone"])
    ring = point(day, "People want one number to ring")
    day.give(cmd.TieNotes(ties=(Tie(ring, "contribution", stories[2]),)))
    note(day, "missing", "Young carers", reason="The hall was too far")
    return stored(day, path, "a1" * 8, passphrase)


def the_point(folder: Path) -> str:
    (found,) = cycle_files.find([folder]).picture("2026-12-01").points
    return found.entry.id


@pytest.fixture
def session(say: Say, tmp_path: Path) -> Path:
    path = the_day(tmp_path / "day.workshop")
    say("export", path, "--only", "record.json")
    return path


@pytest.mark.parametrize("what", TOLD)
def test_no_answer_is_taken_that_repeats_what_somebody_told_whoever_may_read_it(
    say: Say, session: Path, what: str
) -> None:
    about, words = the_point(session.parent), f"As one of you said: {TOLD[what].casefold()}!"

    typed = say("answer", session, about, "--status", "done", "--words", words, code=2)
    with pytest.raises(CycleFileError, match="somebody's own words"):
        recording.Desk(recording.load([session.parent])).answer(
            about, recording.Answer(status="done", words=words), (0, 0), {}
        )

    assert "These are somebody's own words" in typed
    assert "Nothing" in typed
    assert not follow_ups.path_of(session).exists()


@pytest.mark.parametrize("field", ["--where", "--by-body", "--by-role", "--reference", "--passed-to"])
def test_nor_in_what_else_is_said_of_it(say: Say, session: Path, field: str) -> None:
    status = ("passed_on",) if field == "--passed-to" else ("done", "--words", "It rings")
    given = (session, the_point(session.parent), field, TOLD["one that is held back"], "--status", *status)

    assert "These are somebody's own words" in say("answer", *given, code=2)
    assert not follow_ups.path_of(session).exists()


def test_nor_where_those_say_so_who_confirm_it(say: Say, session: Path) -> None:
    counted = ("--confirmed", 2, "--reference", TOLD["a story of C0"])
    assert "somebody's own words" in say("answer", session, the_point(session.parent), *counted, code=2)


def test_nor_out_of_a_workbook_that_came_back(say: Say, session: Path) -> None:
    baton = say("baton", session, "--for", "plan", "--to-body", "Planning group", "--by", "2027-01-31").splitlines()[0]
    before = follow_ups.path_of(session).read_bytes()
    came = session.with_name("back.xlsx")
    came.write_bytes(filled(sent(Path(baton)), {"status": "Done", "words": TOLD["a story of C1"]}))

    assert "somebody's own words" in say("answer", session, "--workbook", came, "--yes", code=2)
    assert follow_ups.path_of(session).read_bytes() == before


@pytest.mark.parametrize("typed", ["--to-body", "--because"])
def test_no_baton_names_a_body_or_a_reason_in_what_somebody_told(say: Say, session: Path, typed: str) -> None:
    words = TOLD["a story of C0"]
    said = say("baton", session, "--for", "plan", typed, f"not_reached={words}" if typed == "--because" else words,
               code=2)  # fmt: skip

    assert "somebody's own words" in said
    assert "Nothing was written." in said
    assert not list(session.parent.rglob("*.zip"))


@pytest.mark.parametrize("typed", ["--body", "--role", "--reference"])
def test_nor_does_a_receipt_say_so_who_answers(say: Say, tmp_path: Path, typed: str) -> None:
    _, baton = handed_on(say, tmp_path)
    handed = tuple(HandedIn(id=each.id, words=each.words) for each in cycle_files.read_baton(baton).points)
    day = Workshop(replace(an_agenda(item(1, "Ideas", kind="ideas")), stage="plan", received=handed))
    day.join("Dee")
    day.open("i01")
    words = "the night nurse never came to my door"
    day.idea("Dee", words, "new", item_="i01")
    note(day, "received", "It needs money", point=handed[0].id, status="waiting", on="2027-02-01")
    session = stored(day, tmp_path / "plan.workshop", "b2" * 8)
    given = {"--body": "Planning group", typed: words}

    said = say("receipt", session, baton, "--to", tmp_path / "receipt.json",
               *(each for pair in given.items() for each in pair), code=2)  # fmt: skip

    assert "somebody's own words" in said
    assert not (tmp_path / "receipt.json").exists()


def test_other_words_are_taken_and_nothing_of_the_session_is_in_the_follow_up(say: Say, session: Path) -> None:
    words = "There is one number since May, and somebody answers it day and night"
    say("answer", session, the_point(session.parent), "--status", "done", "--words", words)

    assert words.encode() in follow_ups.path_of(session).read_bytes()
    assert b"Canary" not in follow_ups.path_of(session).read_bytes()


# A locked one. ---------------------------------------------------------------------------------------


@pytest.fixture
def locked(say: Say, tmp_path: Path) -> Path:
    path = the_day(tmp_path / "day.workshop", PASSPHRASE)
    path.with_name("passphrase").write_text(PASSPHRASE)
    say("export", path, "--only", "record.json", "--passphrase-file", path.with_name("passphrase"))
    return path


def test_a_locked_session_is_opened_to_compare_what_is_long_enough_to_repeat_it(say: Say, locked: Path) -> None:
    about, given = the_point(locked.parent), ("--passphrase-file", locked.with_name("passphrase"))
    quoting = (locked, about, "--status", "done", "--words", TOLD["a story of C0"])
    long = (locked, about, "--status", "done", "--words", "There is one number to ring since May")

    assert "These are somebody's own words" in say("answer", *quoting, *given, code=2)
    for answer in (quoting, long):
        assert "“day.workshop” is locked" in say("answer", *answer, code=2)
    assert not follow_ups.path_of(locked).exists()

    say("answer", locked, about, "--status", "done", "--words", "It rings")
    say("answer", *long, *given)
    assert len(follow_ups.read(follow_ups.path_of(locked), "a1" * 8).lines) == 2


def test_the_page_of_the_record_says_which_command_asks_for_the_passphrase(locked: Path) -> None:
    desk = recording.Desk(recording.load([locked.parent]))
    answer = recording.Answer(status="done", words="There is one number to ring since May")

    with pytest.raises(LockedSessionFile) as refused:
        desk.answer(the_point(locked.parent), answer, (0, 0), {})

    assert "workshop-tui answer" in str(refused.value.advice)
    assert not follow_ups.path_of(locked).exists()
    recording.Desk(recording.load([locked.parent]), KeyRing(PASSPHRASE)).answer(
        the_point(locked.parent), answer, (0, 0), {}
    )
    assert follow_ups.path_of(locked).exists()


# Where it cannot be asked. ---------------------------------------------------------------------------


def test_where_the_session_is_not_there_an_answer_is_compared_with_its_record_alone(
    say: Say, session: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(session.parent / "exports", elsewhere)
    desk, about = recording.Desk(recording.load([elsewhere])), the_point(elsewhere)

    with pytest.raises(CycleFileError, match="somebody's own words"):
        desk.answer(about, recording.Answer(status="done", words=TOLD["a story of C3"]), (0, 0), {})
    desk.answer(about, recording.Answer(status="done", words="There is one number to ring since May"), (0, 0), {})


def test_where_it_is_damaged_an_answer_is_taken_and_what_was_not_compared_is_said(say: Say, session: Path) -> None:
    about = the_point(session.parent)
    session.write_bytes(b"SQLite format 3\0" + bytes(4096))

    said = say("answer", session, about, "--status", "done", "--words", "There is one number to ring since May")

    assert "could not be compared" in " ".join(said.split())
    assert b"one number" in follow_ups.path_of(session).read_bytes()
