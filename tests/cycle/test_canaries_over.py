"""Words of every level, looked for in what goes on from a session: batons, agendas, receipts, answers, the record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cycle import made
from tests.exports.cycle_day import CycleDay
from tests.exports.opened import readable
from tests.exports.test_canaries import LEAST, LEVELS, canary, the_day
from tests.sessions import an_agenda, an_info, item, options
from workshop_tui.cycle import baton as batons
from workshop_tui.cycle import follow_up
from workshop_tui.cycle import receipt as receipts
from workshop_tui.cycle import record as records
from workshop_tui.cycle.new_agenda import agenda_text
from workshop_tui.cycle.payload import missing_in
from workshop_tui.cycle.record import Record
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import STAGE_TITLES, Agenda, HandedIn
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.promise import promise_of
from workshop_tui.exports.building import build_report
from workshop_tui.exports.entries import build_record
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.exports.formats.baton_zip import zipped
from workshop_tui.exports.picture_page import FOR_WHOM
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import recording

NEVER = ("unread", "held", "gone", "idle", "private", "retold")
"""Canaries that were not read, or held back, or taken back, or for nobody, or told of a story for the room."""

TYPED = canary("C2", "story")
"""What a desk typed on the day, wherever it can: as somebody told it for the report of that day."""


def record_for(day: CycleDay, audience: Destination, id_: str) -> Record:
    session = replace(day.record(), info=replace(an_info(day.state.agenda), id=id_))
    return build_record(build_report(session, KINDS, audience), ENGLISH)


def told(day: CycleDay, at: str) -> None:
    """A story of each level, approved."""
    day.join(*LEVELS)
    day.give(cmd.SetPresent(people=31))
    day.open(at)
    for level in LEVELS:
        day.story(level, canary(level, "story"), level, item_=at)


@cache
def the_plan() -> CycleDay:
    """What can be typed on the day repeats a story: the promise, and the questions and options of votes."""
    planned = replace(
        an_agenda(
            item(1, "Your story", kind="vignette", question="What happened?"),
            item(
                2, "What counts", kind="criteria", options=options("Bus", "Taxi"), criteria=["cost", "time"],
                weights=[3, 2],
            ),
            item(3, "Ideas", kind="ideas"),
            item(4, "What first", kind="rank", options_from="ideas", pick=1),
        ),
        stage="plan", can_change=("Hours",), cannot_change=("The law",),
    )  # fmt: skip
    day = CycleDay(planned)
    told(day, "i01")
    promise = promise_of(day.state.agenda)
    changed = dict.fromkeys(("why_now", "how", "who_decides", "hear_back", "why_changed"), TYPED)
    lists = dict.fromkeys(("can_change", "cannot_change", "cannot_because"), (TYPED,))
    day.give(cmd.ChangePromise(promise=replace(promise, **changed, **lists)))
    day.give(cmd.EditItem(item=replace(planned.items[1], title=TYPED, question=TYPED)))
    day.open("i02")
    day.open_vote()
    day.vote("C2", None)
    day.give(cmd.Reveal())
    day.open("i03")
    day.idea("C2", canary("C2", "idea"), item_="i03")
    chosen = (Option("a", canary("C2", "idea")), Option("b", TYPED))
    day.give(cmd.ChooseOptions(item="i04", options=chosen, as_they_are=True))
    day.open("i04")
    day.open_vote()
    day.order("C2", "a")
    day.give(cmd.Reveal())
    day.line("point", "A bus at night", stage="improve", body="Board")
    day.give(cmd.EndWorkshop(confirm="END"))
    return day


def the_answering(received: tuple[HandedIn, ...]) -> CycleDay:
    """A workshop that opened with points, and whose answers repeat what was told there."""
    agenda: Agenda = replace(an_agenda(item(1, kind="vignette")), stage="monitor", received=received)
    day = CycleDay(agenda)
    told(day, "i01")
    for point, words in zip(received, (canary("C3", "story"), f"{TYPED} {canary('C0', 'story')}"), strict=True):
        day.line("received", "As it was", point=point.id, status="done", words=f"Done: {words}", where=words)
    day.give(cmd.EndWorkshop(confirm="END"))
    return day


def handed_on(day: CycleDay, id_: str) -> tuple[batons.Baton, ...]:
    """A baton for every stage that some point is for."""
    record = record_for(day, "cycle_export", id_)
    because = dict.fromkeys(missing_in(record), "It is not there yet")
    return tuple(
        batons.build(record, stage, handed_on="2026-12-01", because=because)
        for stage in STAGE_TITLES
        if batons.points_for(record, stage)
    )  # fmt: skip


@cache
def gone_on() -> dict[str, str]:
    """Everything that goes on to somebody else, as what a person and a program find in it."""
    files: dict[str, bytes] = {}
    for name, day in (("needs", the_day()), ("plan", the_plan())):
        for baton in handed_on(day, name * 2):
            files[f"{name}-{baton.to_stage}.zip"] = zipped(baton, ENGLISH)
            files[f"{name}-{baton.to_stage}.toml"] = agenda_text([baton], "", ENGLISH.text).encode()
    baton = next(each for each in handed_on(the_day(), "needsneeds") if each.to_stage == "plan")
    answering = the_answering(tuple(HandedIn(id=each.id, words=each.words) for each in baton.points))
    answers = receipts.of_session(record_for(answering, "cycle_export", "later"), baton)
    files["receipt.json"] = receipts.write(receipts.build(baton, answers, body="Board", on="2026-12-02"))
    return {name: readable(name, data).decode("utf-8", "replace") for name, data in files.items()}


GONE_ON = (
    "needs-plan.zip", "needs-plan.toml", "plan-improve.zip", "plan-improve.toml", "receipt.json",
)  # fmt: skip


def test_this_is_all_that_goes_on() -> None:
    assert sorted(gone_on()) == sorted(GONE_ON)
    assert "A bus at night" in gone_on()["plan-improve.zip"]
    assert gone_on()["receipt.json"].count('"status": "done"') == 2
    assert canary("C3", "story") in gone_on()["receipt.json"]


@pytest.mark.parametrize("name", GONE_ON)
def test_nothing_goes_on_in_words_that_their_owner_did_not_let_go_there(name: str) -> None:
    text = gone_on()[name]

    assert [level for level in LEVELS if level < LEAST["cycle_export"] and canary(level, "story") in text] == []
    assert [where for where in (*NEVER, "idea", "reason") if f"Canary {where}" in text] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("board-", "you-", "easy-", "for-"))])
def test_what_was_typed_on_the_day_goes_into_a_page_as_far_as_what_it_repeats(name: str) -> None:
    made_so = Writing(the_plan().record(), KINDS, ENGLISH, None).files(name)

    text = "".join(readable(file, bytes(content)).decode("utf-8", "replace") for file, content in made_so.items())
    assert made_so
    assert TYPED not in text
    assert "Canary idea" not in text


@cache
def over(folder: Path) -> dict[str, bytes]:
    """The record over these sessions as files, its lines, and what this computer remembers of them."""
    for name, day in (("needs", the_day()), ("plan", the_plan())):
        path = folder / "exports" / name / "record.json"
        path.parent.mkdir(parents=True)
        path.write_bytes(records.write(record_for(day, "session_report", name * 2)))
    (folder / "answer.json").write_bytes(gone_on()["receipt.json"].encode())
    noted = made.answered(the_day().keys["point"], "done", "It rings", session="needsneeds")
    followed = made.follow_up(noted, session="needsneeds")
    (folder / f"needs{follow_up.ENDING}").write_bytes(follow_up.write(followed))
    loaded = recording.load([folder], today="2026-12-03")
    written = recording.write_files(loaded, folder / "out", ENGLISH)
    lines = "\n".join(ENGLISH.text(words) for _, words in recording.lines_of(loaded)).encode()
    kept = b"\n".join(each.read_bytes() for each in (folder / "home").rglob("*") if each.is_file())
    assert b"needsneeds" in kept, "it is remembered"
    return {**{each.name: each.read_bytes() for each in written}, "lines.txt": lines, "seen": kept}


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    return {name: readable(name, data).decode("utf-8", "replace") for name, data in over(tmp_path).items()}


def test_the_record_over_many_sessions_holds_no_text_and_nothing_that_was_for_fewer(picture: dict[str, str]) -> None:
    for name, text in picture.items():
        assert [level for level in ("C0", "C1") if canary(level, "story") in text] == [], name
        assert [where for where in (*NEVER, "idea", "reason") if f"Canary {where}" in text] == [], name
    for name in (f"{recording.NAME}.html", f"{recording.NAME}.xlsx"):
        assert [words for words in FOR_WHOM if ENGLISH.text(words) not in picture[name]] == []
