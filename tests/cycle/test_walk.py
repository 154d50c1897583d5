"""From a participant's sentence to its point, to every output that holds it, and back; and then the sentence goes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cycle.held import Say, note, point, stored
from tests.exports.opened import readable
from tests.exports.workshops import Workshop
from tests.sessions import an_agenda, item
from workshop_tui.cycle import record as records
from workshop_tui.cycle.record import Record
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.points import TAKEN_BACK, Tie
from workshop_tui.runtime import cycle_files

SENTENCE = "my mother lay nine hours on a trolley by the door"
POINT = "Waits for a bed are too long"
OTHER = "Nobody rings back"


def held(folder: Path) -> Path:
    day = Workshop(an_agenda(item(1, "What happened", kind="vignette")))
    day.join("Ann", "Bob")
    day.open("i01")
    story = day.story("Ann", f"In March {SENTENCE}", "C3", "new", item_="i01")
    day.give(cmd.Moderate(contribution=story, handling="approved"))
    tied = point(day, POINT)
    day.give(cmd.TieNotes(ties=(Tie(tied, "contribution", story),)))
    point(day, OTHER)
    note(day, "missing", "Young carers", reason="The hall was too far")
    return stored(day, folder / "needs.workshop", "a1" * 8)


def outputs(folder: Path) -> dict[str, str]:
    """Everything that people and programs read in a folder of outputs, by the name of its file."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.name: readable(path.name, path.read_bytes()).decode(errors="replace") for path in files}


def record_in(folder: Path) -> Record:
    return records.read((folder / "record.json").read_bytes(), "record.json")


def test_a_sentence_leads_to_its_point_and_to_all_that_holds_it_and_back_and_the_point_outlives_it(
    say: Say, tmp_path: Path
) -> None:
    session, first, second = held(tmp_path), tmp_path / "first", tmp_path / "second"
    say("export", session, "--to", first)
    say("export", session, "--only", "record.json", "--to", first)
    baton = Path(say("baton", session, "--for", "plan", "--to-body", "Planning group").splitlines()[0])

    # From the sentence to its point …
    record = record_in(first)
    (key,) = [key for key, words in record.texts.items() if SENTENCE in words]
    (entry,) = [each for each in record.entries if key in each.evidence.texts]
    assert (entry.words, entry.evidence.stories) == (POINT, 1)

    # … from the point to every output that holds it …
    read = outputs(first)
    holding = {name for name, text in read.items() if POINT in text}
    assert {"report.html", "report.md", "report.docx", "session.json", "record.json"} <= holding
    (handed,) = [each for each in cycle_files.read_baton(baton).points if each.id == entry.id]
    assert (handed.words, handed.evidence.stories) == (POINT, 1)
    assert SENTENCE not in readable(baton.name, baton.read_bytes()).decode(errors="replace")
    picture = cycle_files.find([tmp_path]).picture("2026-12-01")
    assert picture.tracked(entry.id) is not None

    # … and back: what was handed on names the line, the line its text, and the text is in the record and the report.
    (again,) = [each for each in record.entries if each.id == handed.id]
    assert [record.texts[each] for each in again.evidence.texts] == [record.texts[key]]
    assert SENTENCE in read["report.html"]

    # Its owner takes the story out.
    say("withdraw", session, "--find", SENTENCE, "--yes")
    say("export", session, "--to", second)
    say("export", session, "--only", "record.json", "--to", second)

    read = outputs(second)
    assert {name for name, text in read.items() if POINT in text} == holding
    assert {name for name, text in read.items() if SENTENCE in text} == set()
    (left,) = [each for each in record_in(second).entries if each.id == entry.id]
    assert (left.words, left.evidence.stories, left.evidence.texts, left.evidence.taken_back) == (POINT, 0, (), 1)
    for name in ("report.html", "report.md", "report.docx"):
        assert str(TAKEN_BACK).split(".")[0] in read[name], name
    assert json.loads(read["record.json"])["session"]["id"] == "a1" * 8
    picture = cycle_files.find([tmp_path]).picture("2026-12-01")
    assert key in cycle_files.find([tmp_path]).withdrawn
    assert SENTENCE not in repr(picture)
    found = picture.tracked(entry.id)
    assert found is not None
    assert found.entry.words == POINT
