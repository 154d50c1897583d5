"""Registers are a closed list, and what is said of a line in one is read in one way."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.cycle.answers import Answer, wrong_in
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.answers import STATUS_WORDS, STATUSES, Status
from workshop_tui.domain.registers import (
    REGISTERS,
    EntryRow,
    FieldWrong,
    Register,
    lacking,
    read_fields,
    register_of,
    said_fields,
)
from workshop_tui.limits import FIELD_LETTERS

EVERY_FIELD = [(spec, field) for spec in REGISTERS.values() for field in spec.fields]


def refused(register: Register, **typed: str) -> tuple[str, str]:
    with pytest.raises(FieldWrong) as problem:
        read_fields(REGISTERS[register], typed)
    return problem.value.name, str(problem.value.words)


def test_every_register_is_listed_once_with_its_fields() -> None:
    assert set(REGISTERS) == set(get_args(Register))
    for spec in REGISTERS.values():
        assert len({field.name for field in spec.fields}) == len(spec.fields)
        assert all(bool(field.choices) == (field.sort == "choice") for field in spec.fields)
    stage = REGISTERS["point"].field("stage")
    assert stage is not None
    assert dict(stage.choices) == STAGE_TITLES


def test_a_line_is_in_the_register_of_its_kind_until_it_is_sorted() -> None:
    assert register_of("note", None) == ""
    assert register_of("concern", None) == "concern"
    assert register_of("note", EntryRow("offer")) == "offer"


def test_what_is_said_is_kept_in_one_form() -> None:
    fields = read_fields(
        REGISTERS["action"], {"role": " Chair ", "by": "2026-12-24", "money": "£12.5", "hours": "07", "name": ""}
    )

    assert fields == {"role": "Chair", "by": "2026-12-24", "money": "12.50", "hours": "7"}


def test_what_does_not_fit_is_refused_with_its_field() -> None:
    assert refused("point", said_by="many") == (
        "said_by",
        "Please write a whole number, such as 12, or leave it empty.",
    )
    assert refused("point", lens="past")[0] == "lens"
    assert refused("point", by="24/12")[0] == "by"
    assert refused("cost", money="12.345")[0] == "money"
    assert refused("point", nothing="x") == ("nothing", "“Point” has no such field.")
    assert refused("point", asked="a" * (FIELD_LETTERS + 2)) == (
        "asked", "That is 2 letters too long. Please say it in short.",
    )  # fmt: skip


TO_ANSWER = [status for status in STATUSES if status != "none"]


@given(
    status=st.sampled_from(TO_ANSWER), on=st.sampled_from(["", "2026-12-24"]), where=st.sampled_from(["", "The hall"]),
    to=st.sampled_from(["", "The board"]),
)  # fmt: skip
def test_what_became_of_a_point_is_taken_exactly_where_the_cycle_takes_it(
    status: Status, on: str, where: str, to: str
) -> None:
    wrong = wrong_in(Answer(status=status, words="As we said", on=on, where=where, to=to))
    typed = {"point": "p1", "status": status, "words": "As we said", "on": on, "where": where, "to": to}

    if wrong:
        assert refused("received", **typed)[0] in {each.field for each in wrong}
    else:
        assert read_fields(REGISTERS["received"], typed)


def test_the_answers_to_choose_from_are_those_of_the_cycle() -> None:
    field = REGISTERS["received"].field("status")

    assert field is not None
    assert [key for key, _ in field.choices] == TO_ANSWER
    assert dict(field.choices) == {key: STATUS_WORDS[key] for key in TO_ANSWER}


def test_nothing_is_discarded_without_a_reason() -> None:
    assert refused("option", state="discarded")[0] == "reason"


def test_what_a_line_lacks_is_told_and_keeps_nobody_from_sorting_it() -> None:
    assert [field.name for field in lacking("action", {})] == ["role", "by"]
    assert lacking("action", {"role": "Chair", "by": "2026-12-24"}) == ()
    assert lacking("", {}) == ()


def test_a_choice_is_read_in_its_words() -> None:
    shown = said_fields("point", {"lens": "now", "asked": "Ring back"})

    assert [str(words) for _, words in shown] == ["Ring back", "services now"]


@given(each=st.sampled_from(EVERY_FIELD), typed=st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_kept_so_that_reading_it_again_changes_nothing(each, typed) -> None:  # type: ignore[no-untyped-def]
    spec, field = each
    others = {"reason": "x"} if field.name != "reason" and spec.field("reason") else {}
    try:
        once = read_fields(spec, {**others, field.name: typed})
    except FieldWrong:
        return
    assert read_fields(spec, once) == once
