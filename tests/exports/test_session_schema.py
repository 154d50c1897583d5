"""session.json keeps to its own schema, whatever was voted on and whatever became of the words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from tests.exports.test_compositions import ask, example
from tests.exports.workshops import Workshop, a_workshop
from tests.sessions import an_agenda, an_info, item
from tests.storage.doors import KEY
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.ours import SCHEMA
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.agenda import Activity
from workshop_tui.errors import InputError
from workshop_tui.exports.building import build_report
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.outputs import session_report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import SessionRecord
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create

ROOT = Path(__file__).parents[2]
PUBLISHED = json.loads((ROOT / "docs" / "session.schema.json").read_text("utf-8"))
PEOPLE = [f"person {number:02}" for number in range(24)]
MOMENTS = ("begun", "running", "ended", "finished")


def strict(schema: Any) -> Any:
    """The same, with no other key anywhere: readers are to bear new ones, we are to write them down first."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: strict(each) for name, each in schema.items()}
    return {**found, "additionalProperties": False} if "properties" in found else found


STRICT = Draft202012Validator(strict(PUBLISHED))


def exported(record: SessionRecord) -> dict[str, Any]:
    report = build_report(record, KINDS, session_report.OUTPUT.audience)
    return json.loads(session_json(report, ENGLISH))  # type: ignore[no-any-return]


def faults(found: object) -> list[str]:
    return [f"{error.json_path}: {error.message}"[:300] for error in STRICT.iter_errors(found)]


@cache
def every_kind() -> dict[str, Workshop]:
    """A day with each kind in the registry, at four moments: words at every level, staff and public, a void round."""
    return dict(moments())


def moments() -> Iterator[tuple[str, Workshop]]:
    items = [
        replace(item(number, f"Item {name}"), activity=Activity(name, msgspec.to_builtins(kind.examples().config)))
        for number, (name, kind) in enumerate(KINDS.items(), 1)
    ]
    for moment in MOMENTS:
        day = Workshop(an_agenda(*items, roles=("patient", "staff")))
        if moment != "begun":
            _play(day)
        if moment in ("ended", "finished"):
            day.give(cmd.EndWorkshop(confirm="END"))
        if moment == "finished":
            day.give(cmd.FinishWriteUp(confirm="FINISH"))
        yield moment, day


def _play(day: Workshop) -> None:
    day.join(*PEOPLE)
    for number, person in enumerate(PEOPLE):
        day.give(cmd.TellRole(person=person, role=("patient", "staff")[number % 2]))
    for number, (_, kind) in enumerate(KINDS.items(), 1):
        key, answers = f"i{number:02}", kind.examples().answers
        day.open(key)
        if isinstance(kind, Poll):
            day.open_vote()
            for at, person in enumerate(PEOPLE):
                day.answer(person, answers[at // 2 % len(answers)])
            # The last ones stay as they are: one that is closed, and one that is void.
            day.give(cmd.Reveal() if number % 5 else cmd.CloseVote())
            for row in day.tables.reasons.kept(f"{key}.1")[::2]:
                day.give(cmd.Moderate(contribution=row.key, handling="approved"))
            if number % 7 == 0:
                day.give(cmd.VoidRound(round=f"{key}.1", reason="Read out wrongly"))
        else:
            for at, level in enumerate(("C0", "C1", "C2", "C3", "C4", "C4", "C2")):
                body = msgspec.to_builtins(kind.read(kind.examples().config, answers[at % len(answers)]))
                body |= {"level": level} if "level" in body else {}
                handling = ("approved", "approved", "approved", "on_hold", "approved", "new", "read")[at]
                day._say(PEOPLE[at], body, level, handling, key)
        for note in ("concern", "action", "promise", "note"):
            day.note(note, f"One {note}", owner="Sam", due="2026-12-01")


def from_file(day: Workshop, path: Path, key: FileKey | None) -> SessionRecord:
    """The day written to a session file and read from it again."""
    store = create(path, an_info(day.state.agenda), b"title = 'A test day'", b"k" * 32, key=key)
    store.commit(day.events, 0)
    store.close()
    return read_record(path, key=key, kinds=KINDS)


def test_the_schema_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(PUBLISHED)

    assert PUBLISHED["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert PUBLISHED["properties"]["schema"]["const"] == SCHEMA


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_every_kind_at_every_moment_keeps_to_the_schema(moment: str, key: FileKey | None, tmp_path: Path) -> None:
    record = from_file(every_kind()[moment], tmp_path / "day.workshop", key)

    found = exported(record)

    assert faults(found) == []
    polls = [kind for kind in KINDS.values() if isinstance(kind, Poll)]
    assert len(found["rounds"]) == (0 if moment == "begun" else len(polls))
    assert found["damage"] == []


def test_the_days_of_these_tests_have_what_is_hidden_wiped_void_and_told_apart() -> None:
    found = {moment: exported(day.record()) for moment, day in every_kind().items()}
    ended, rounds = found["ended"], {each["kind"]: each for each in found["ended"]["rounds"]}

    assert {each["status"] for each in found["running"]["rounds"]} == {"closed", "sealed", "void"}
    assert rounds["form"]["rounded"]
    assert {line["group"] for line in rounds["single"]["ballots"]} == {"public", "staff"}
    assert any(each["reasons"] for each in rounds.values())
    assert {each["plain"]["form"] for each in rounds.values() if each["plain"]} == {
        "order", "approval", "points", "scores",
    }  # fmt: skip
    blocks = {block["type"] for each in rounds.values() for block in (*each["result"], *each["details"])}
    assert blocks == {each["$ref"].rpartition("/")[2] for each in PUBLISHED["$defs"]["Block"]["oneOf"]}
    assert ended["stories"]["missing"]["not_wanted"] == 2
    assert found["finished"]["stories"]["missing"]["day_over"] == 2
    assert {each["kind"] for each in ended["words"]} == {"ideas", "questions", "pledge"}


def test_a_question_that_is_asked_twice_keeps_to_the_schema_before_and_after() -> None:
    day = example(1)
    ask(day, "i01", [{"option": "a"}] * 12)
    first = exported(day.record())
    ask(day, "i03", [{"option": "a"}] * 8 + [{"option": "b"}] * 4, 2)
    second = exported(day.record())

    assert faults(first) + faults(second) == []
    assert first["rounds"][0]["linked"]
    assert second["rounds"][1]["compared"]
    with pytest.raises(InputError, match="in no file until its question was asked again"):
        read_ballots("session.json", json.dumps(first).encode())


def test_a_tie_that_was_broken_keeps_to_the_schema() -> None:
    day = example(0)
    ask(day, "i01", [{"placed": [["a", 3]]}] * 6 + [{"placed": [["c", 2], ["b", 1]]}] * 6)
    round_ = ask(day, "i02", [{"option": "a"}] * 6 + [{"option": "c"}] * 6, 2)
    day.give(cmd.BreakTie(round=round_, option="c", reason="It has no steps"))
    found = exported(day.record())

    assert faults(found) == []
    assert found["rounds"][1]["tie"]


@pytest.mark.parametrize("ended", [True, False])
def test_a_damaged_session_and_one_with_words_left_out_keep_to_the_schema(ended: bool) -> None:
    record = replace(a_workshop(ended=ended).record(), damage=("One line was passed over.",), left_out="Some words.")

    found = exported(record)

    assert faults(found) == []
    assert (found["damage"], found["origin"]["left_out"]) == (["One line was passed over."], "Some words.")


def test_a_key_that_the_schema_does_not_know_a_missing_one_and_a_wrong_value_are_found() -> None:
    found = exported(a_workshop().record())
    more, less, wrong = (json.loads(json.dumps(found)) for _ in range(3))
    more["rounds"][0]["voters"] = []
    del less["stories"]["shown"][0]["consent"]
    wrong["items"][0]["status"] = "lost"

    assert [len(faults(each)) for each in (found, more, less, wrong)] == [0, 1, 1, 1]
    assert Draft202012Validator(PUBLISHED).is_valid(more), "readers must bear new keys"


def test_the_schema_names_nothing_that_no_export_ever_has() -> None:
    texts = [json.dumps(exported(day.record())) for day in every_kind().values()]
    written = {name for text in texts for name in re.findall(r'"(\w+)": ', text)}

    named = {name for each in (PUBLISHED, *PUBLISHED["$defs"].values()) for name in each.get("properties", {})}
    assert named <= written
