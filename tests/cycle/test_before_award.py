"""Before the day of the award nothing that goes on from a session says what a panel scored, or why."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.exports.cycle_day import CycleDay
from tests.exports.opened import readable
from tests.exports.test_outputs import a_panel, on
from tests.platforms import needs_posix
from tests.sessions import an_agenda, an_info, item, options
from workshop_tui.cycle import baton as batons
from workshop_tui.cycle import record as records
from workshop_tui.cycle.payload import missing_in
from workshop_tui.cycle.record import Record
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.consent import Destination
from workshop_tui.exports.building import build_report
from workshop_tui.exports.entries import build_record
from workshop_tui.exports.formats.baton_zip import zipped
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import SessionRecord, as_it_may_be_read
from workshop_tui.runtime import recording

REASON = "CANARYREASON of a long score"
BEFORE, AWARD = "2026-12-23", "2026-12-24"


def the_scores() -> CycleDay:
    """Enough people that what they scored is told."""
    people = [f"p{number}" for number in range(1, 13)]
    bids = item(1, "Bids", kind="panel", options=options("Red", "Blue"), evaluators=people, question="How good is it?")
    day = CycleDay(replace(an_agenda(bids), award_on=AWARD, stage="procure"))
    day.join(*people)
    day.open("i01")
    day.open_vote()
    for person in people:
        day.answer(
            person, {"name": f"e{person[1:]}", "score.a": "4", "score.b": "1", "score.a.why": f"{REASON} by {person}"}
        )
    day.give(cmd.Reveal())
    day.approve_reasons()
    return day


def read(date: str) -> SessionRecord:
    day = the_scores()
    day.line("point", "The bids came late", stage="monitor", body="Board", said_by="1")
    day.line("point", f"Somebody wrote {REASON}", stage="monitor", body="Board", said_by="1")
    day.give(cmd.EndWorkshop(confirm="END"))
    return replace(on(day, date), info=replace(an_info(day.state.agenda), id="panel"))


def record_for(date: str, audience: Destination) -> Record:
    return build_record(build_report(read(date), KINDS, audience), ENGLISH)


def test_a_baton_has_neither_scores_nor_reasons_before_the_award() -> None:
    record = record_for(BEFORE, "cycle_export")
    because = dict.fromkeys(missing_in(record), "It waits for the award")
    baton = batons.build(record, "monitor", handed_on=BEFORE, because=because)
    text = readable("baton.zip", zipped(baton, ENGLISH)).decode("utf-8", "replace")

    assert "The bids came late" in text
    assert REASON not in text
    assert "score.a" not in text


def test_nor_has_the_record_over_many_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "exports" / "panel" / "record.json"
    path.parent.mkdir(parents=True)

    def written(date: str) -> dict[str, str]:
        path.write_bytes(records.write(record_for(date, "session_report")))
        loaded = recording.load([tmp_path], today=date)
        files = recording.write_files(loaded, tmp_path / "out", ENGLISH)
        texts = {each.name: readable(each.name, each.read_bytes()).decode("utf-8", "replace") for each in files}
        lines = "\n".join(ENGLISH.text(words) for _, words in recording.lines_of(loaded))
        return {**texts, "record.json": path.read_text("utf-8"), "lines.txt": lines}

    before, after = written(BEFORE), written(AWARD)

    assert [name for name, text in before.items() if REASON in text] == []
    assert [name for name, text in after.items() if REASON in text] != []
    assert all("The bids came late" in text for text in before.values())


@needs_posix
@pytest.mark.parametrize(("zone", "waits"), [("Asia/Kolkata", False), ("UTC", True), ("America/New_York", True)])
def test_the_day_of_the_award_is_that_of_the_place(monkeypatch: pytest.MonkeyPatch, zone: str, *, waits: bool) -> None:
    late_in_utc = 1_798_066_800_000
    """2026-12-23, 23:00."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert as_it_may_be_read(a_panel().record(), KINDS, late_in_utc).awaits_award is waits
    finally:
        monkeypatch.undo()
        time.tzset()
