"""What a board's item cites of duties and principles, always with when somebody last looked, and never a verdict."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.exports.cycle_day import answers, cycle_day
from tests.exports.workshops import agenda
from workshop_tui.cycle.stages import duties, frame
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Jurisdiction
from workshop_tui.exports.files import Writing
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

ITEMS = ("board-item.md", "board-item-private.md")
HEADING = "What to look at before deciding"


def made(name: str = "board-item.md", **head: object) -> str:
    day = cycle_day(replace(agenda(), **head))
    day.give(cmd.AddNote(key="o1", kind="note", text="Close the desk"))
    day.give(cmd.SortNote(note="o1", register="option", fields={"state": "discarded", "reason": "Nobody asked for it"}))
    files = Writing(day.record(), KINDS, ENGLISH, answers(day)).files(name)
    return bytes(files[name]).decode().replace("\\", "").replace("&nbsp;", " ")


def part(told: str) -> str:
    return " ".join(told.partition(HEADING)[2].partition("From the lay member")[0].split())


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("place", get_args(Jurisdiction))
def test_whatever_cites_a_duty_says_when_it_was_checked(name: str, place: Jurisdiction) -> None:
    told = part(made(name, jurisdiction=place))
    known = duties(place)

    for duty in known.on("2026-11-28"):
        assert duty.text in told
        unchecked = told.partition(duty.text)[2].strip().startswith("Nobody has checked this one.")
        assert unchecked == (not duty.checked), duty.id
    for said in known.framework.checked_words:
        assert str(said) in told
    assert "21 November 2026" in told


@pytest.mark.parametrize("name", ITEMS)
def test_an_agenda_that_names_no_place_gets_no_duties(name: str) -> None:
    assert HEADING not in made(name)
    assert HEADING not in made(name, engagement_kind="formal_consultation")


def test_a_duty_that_is_over_on_the_day_of_the_session_is_not_cited() -> None:
    over = next(each for each in duties("ENG").duties if each.in_force_until)

    assert over.text not in part(made(jurisdiction="ENG"))


def test_a_formal_consultation_gets_each_principle_with_what_was_recorded_for_it_and_no_other_session_does() -> None:
    told = part(made(jurisdiction="ENG", engagement_kind="formal_consultation", can_change=("The hours", "The place")))
    principles = frame("gunning")

    for each in principles.codes:
        assert each.label in told
    assert "2 things that can change are named." in told
    assert "2 options are noted down. 2 of them were discarded." in told
    assert re.search(r"\d+ of them have an answer\.", told)
    assert all(str(said) in told for said in principles.framework.checked_words)
    assert principles.codes[0].label not in part(made(jurisdiction="ENG", engagement_kind="listening"))


def test_the_level_that_people_were_promised_says_where_its_name_comes_from() -> None:
    levels = frame("levels")

    assert str(levels.framework.checked_words[0]) in part(made(jurisdiction="WAL", level="involve"))
    assert levels.framework.title not in part(made(jurisdiction="WAL", level=None))


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("place", get_args(Jurisdiction))
def test_nothing_of_it_is_a_verdict(name: str, place: Jurisdiction) -> None:
    told = part(made(name, jurisdiction=place, engagement_kind="formal_consultation", level="involve"))

    assert not re.findall(r"\b(un)?(lawful|compliant|representative|anonymised|significant)\b", told, re.IGNORECASE)
