"""The published schemas and the types of the cycle's files hold each other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cycle import made, schemas
from tests.cycle.made import Answer, baton_of, needs
from tests.exports.test_session_schema import MOMENTS, every_kind, strict
from workshop_tui.cycle import baton, follow_up, receipt, record
from workshop_tui.exports.building import build_report
from workshop_tui.exports.entries import build_record
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH


def published(name: str) -> Any:
    return json.loads((schemas.DOCS / f"{name}.schema.json").read_text("utf-8"))


def faults(name: str, data: bytes) -> list[str]:
    found = Draft202012Validator(strict(published(name))).iter_errors(json.loads(data))
    return [f"{each.json_path}: {each.message}"[:300] for each in found]


@pytest.mark.parametrize("name", schemas.OF)
def test_each_schema_is_one_of_its_draft_and_what_the_types_say(name: str) -> None:
    Draft202012Validator.check_schema(published(name))

    assert published(name) == json.loads(schemas.text(name)), "run: python -m tests.cycle.schemas"


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_record_of_every_kind_at_every_moment_keeps_to_the_schema_and_is_read_back(moment: str) -> None:
    report = build_report(every_kind()[moment].record(), KINDS, "session_report")
    found = build_record(report, ENGLISH)

    data = record.write(found)

    assert faults("record", data) == []
    assert record.read(data, "record.json") == found
    assert record.write(record.read(data, "record.json")) == data
    assert len(found.entries) == (0 if moment == "begun" else len(KINDS) * 4)


def test_a_baton_a_receipt_and_a_follow_up_keep_to_their_schemas() -> None:
    handed = baton_of(needs(), to=[made.Body(name="Planning group")], due="2027-01-31")
    said = receipt.Answered(point=handed.points[0].id, answer=Answer(status="done", words="It rings"))
    answered = receipt.build(handed, [said], body="Planning group", on="2027-01-20")
    followed = made.follow_up(made.answered("n1", "done", "It rings"))

    assert faults("baton", baton.write(handed)) == []
    assert faults("receipt", receipt.write(answered)) == []
    lines = follow_up.write(followed).splitlines()
    assert [each for line in lines[1:] for each in faults("follow-up", line)] == []


def test_a_key_that_the_schema_does_not_know_a_missing_one_and_a_wrong_value_are_found() -> None:
    plain = json.loads(record.write(needs()))
    more, less, wrong = (json.loads(json.dumps(plain)) for _ in range(3))
    more["entries"][0]["who"] = "Ann"
    del less["session"]["stage"]
    wrong["entries"][0]["register"] = "gossip"

    assert [len(faults("record", json.dumps(each).encode())) for each in (plain, more, less, wrong)] == [0, 1, 1, 1]
    assert Draft202012Validator(published("record")).is_valid(more), "readers must bear new keys"
