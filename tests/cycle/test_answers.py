"""What can be answered, what a claim needs, when it is late and who confirms it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui import cycle_commands
from workshop_tui.cycle.answers import (
    LONG_OVERDUE_DAYS,
    PROMISE_WORDS,
    Answer,
    Confirmed,
    due_of,
    is_in_our_hands,
    late_words,
    lateness,
    said_of,
    standing,
    wrong_in,
)
from workshop_tui.domain import registers
from workshop_tui.domain.answers import STATUS_WORDS, STATUSES
from workshop_tui.domain.text import with_stop
from workshop_tui.messages import ENGLISH

SETTLED = ("done", "already", "changed_in_part", "not_done", "passed_on")
CLAIMS = ("planned", "done", "already", "changed_in_part", "not_done", "waiting")

days = st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)).map(dt.date.isoformat)
texts = st.sampled_from(["", "Two more doctors", " ", "\u200b"])
answers = st.builds(
    Answer, status=st.sampled_from(STATUSES), words=texts, on=st.one_of(st.just(""), days),
    where=st.sampled_from(["", "At the desk"]), to=st.sampled_from(["", "The council"]),
)  # fmt: skip


def fields(answer: Answer, today: str = "") -> set[str]:
    return {each.field for each in wrong_in(answer, today)}


def test_there_is_one_set_of_statuses_each_with_public_words() -> None:
    assert set(STATUS_WORDS) == set(PROMISE_WORDS) == set(STATUSES)
    assert len({str(each) for each in STATUS_WORDS.values()}) == len(STATUSES)
    assert set(cycle_commands.STATUSES) == set(STATUSES) - {"none"}
    noted = registers.REGISTERS["received"].field("status")
    assert noted is not None
    assert {status for status, _ in noted.choices} == set(STATUSES) - {"none"}, "what a desk can note of a point"


@pytest.mark.parametrize("status", CLAIMS)
@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_a_claim_without_words_is_refused(status: str, words: str) -> None:
    assert "words" in fields(Answer(status=status, words=words, on="2027-01-01"))


def test_each_status_is_taken_with_what_it_needs_and_refused_without() -> None:
    taken = [
        Answer(), Answer(status="acknowledged"), Answer(status="planned", words="A rota", on="2027-05-01"),
        Answer(status="done", words="A rota", where="On the ward"), Answer(status="already", words="There is one"),
        Answer(status="changed_in_part", words="Weekdays only"), Answer(status="not_done", words="No money"),
        Answer(status="waiting", words="The budget", on="2027-05-01"), Answer(status="passed_on", to="The council"),
    ]  # fmt: skip
    assert {each.status for each in taken} == set(STATUSES)
    assert [wrong_in(each) for each in taken] == [()] * len(taken)

    assert fields(Answer(status="not_done")) == {"words"}
    assert fields(Answer(status="planned", words="A rota")) == {"on"}
    assert fields(Answer(status="waiting", words="The budget")) == {"on"}
    assert fields(Answer(status="passed_on", words="Theirs")) == {"to"}


def test_what_contradicts_itself_is_refused_in_the_cell_where_it_does() -> None:
    assert fields(Answer(words="We did it")) == {"status"}
    assert fields(Answer(status="not_done", words="No money", on="2027-01-01")) == {"on"}
    assert fields(Answer(status="not_done", words="No money", where="On the ward")) == {"where"}
    assert fields(Answer(status="done", words="A rota", to="The council")) == {"to"}
    assert fields(Answer(status="done", words="A rota", on="tomorrow")) == {"on"}
    assert fields(Answer(status="done", words="A rota", on="2027-02-30")) == {"on"}
    assert fields(Answer(status="done", words="A rota", on="2027-01-02"), "2027-01-01") == {"on"}
    assert fields(Answer(status="done", words="A rota", on="2027-01-01"), "2027-01-01") == set()


@given(answers)
def test_whatever_is_taken_has_words_for_each_claim_and_reads_as_sentences(answer: Answer) -> None:
    if wrong_in(answer):
        return
    if answer.status in CLAIMS:
        assert answer.words.strip("\u200b ")
    said = [ENGLISH.text(each) for each in said_of(answer)]
    assert said[0].endswith(".")
    assert not answer.words.strip() or with_stop(answer.words) in said


def test_a_promise_that_is_done_is_kept_and_one_that_is_not_is_broken() -> None:
    done, not_done = Answer(status="done", words="A rota"), Answer(status="not_done", words="No money")

    assert str(said_of(done, promise=True)[0]) == "Kept."
    assert str(said_of(not_done, promise=True)[0]) == "Broken."
    assert str(said_of(done)[0]) == "Done."


@given(answers, st.one_of(st.just(""), days), days)
def test_only_what_waits_for_a_day_is_late_and_28_days_later_long_overdue(
    answer: Answer, asked_by: str, today: str
) -> None:
    late, due = lateness(answer, asked_by, today), due_of(answer, asked_by)

    if answer.status in SETTLED or not due or today <= due:
        assert late == ""
    else:
        passed = (dt.date.fromisoformat(today) - dt.date.fromisoformat(due)).days
        assert late == ("long_overdue" if passed > LONG_OVERDUE_DAYS else "late")
    assert bool(late_words(answer, asked_by, today)) == bool(late), "what is late says what to do next"


def test_the_day_itself_is_not_late_the_next_is_and_the_29th_is_long_overdue() -> None:
    on = {day: lateness(Answer(), "2027-01-01", f"2027-01-{day}") for day in ("01", "02", "29", "30")}
    assert on == {"01": "", "02": "late", "29": "late", "30": "long_overdue"}
    told = [str(each) for each in late_words(Answer(), "2027-01-01", "2027-03-01")]
    assert told[0] == "Long overdue: no answer since 1 January 2027."
    assert len(told) == 2


@given(st.integers(0, 50), st.integers(0, 50))
def test_done_is_confirmed_by_those_who_asked_and_by_nobody_else(yes: int, no: int) -> None:
    confirmed = Confirmed(yes, no)
    stands = standing(Answer(status="done", words="A rota"), confirmed)

    assert stands == ("done_unconfirmed" if yes + no == 0 else "done_confirmed" if yes > no else "done_disputed")
    assert standing(Answer(status="not_done", words="No money"), confirmed) == "not_done"
    told = f"{yes} of {yes + no} who asked say" if yes + no else "Not yet confirmed by those who asked."
    assert str(confirmed.words).startswith(told)


def test_only_what_has_no_answer_is_still_in_our_hands() -> None:
    assert [status for status in STATUSES if is_in_our_hands(Answer(status=status))] == ["none"]
