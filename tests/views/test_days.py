"""Days are read as people write them, in the order of their language, and never one that might be another."""

from __future__ import annotations

from datetime import date

import pytest

from workshop_tui.locales import translator_for
from workshop_tui.messages import ENGLISH
from workshop_tui.views.days import read_day, that_is

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-18", date(2026, 12, 18)),
        ("18.12.2026", date(2026, 12, 18)),
        ("18/12/26", date(2026, 12, 18)),
        ("18/12", date(2026, 12, 18)),
        ("3/2", date(2027, 2, 3)),
        ("2/18", date(2027, 2, 18)),
        ("25/11", WEDNESDAY),
        ("18 Dec", date(2026, 12, 18)),
        ("Dec 18", date(2026, 12, 18)),
        ("December 18th, 2026", date(2026, 12, 18)),
        ("the 1st of February", date(2027, 2, 1)),
        ("Friday 18 December", date(2026, 12, 18)),
        ("2026/12/18", date(2026, 12, 18)),
        ("29 Feb", date(2028, 2, 29)),
        (" TOMORROW ", date(2026, 11, 26)),
        ("today", WEDNESDAY),
        ("Friday", date(2026, 11, 27)),
        ("Wed", date(2026, 12, 2)),
        ("by Tues.", date(2026, 12, 1)),
        ("\u0661\u0668/\u0661\u0662", date(2026, 12, 18)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: date) -> None:
    assert read_day(typed, WEDNESDAY, ENGLISH) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "18", "soon", "31/2", "31.4.2027", "29/2/2027", "18/18", "next Friday", "Monday 18 December", "18 Dec Jan",
     "18.12.226", "1/2/3/4", "2026-13-01", "tomorrow 18 Dec", "-", "99999999", "0/0"],
)  # fmt: skip
def test_what_is_no_day_or_might_be_several_is_not_guessed(typed: str) -> None:
    assert read_day(typed, WEDNESDAY, ENGLISH) is None


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en-US", "2/3", date(2027, 2, 3)),
        ("en-US", "18/12", date(2026, 12, 18)),
        ("de", "18. Dezember", date(2026, 12, 18)),
        ("de", "Fr.", date(2026, 11, 27)),
        ("cy", "18 Rhagfyr 2026", date(2026, 12, 18)),
        ("fr", "1er févr.", date(2027, 2, 1)),
        ("sv", "26-12-18", date(2026, 12, 18)),
        ("es", "18 de diciembre de 2026", date(2026, 12, 18)),
        ("ur", "18 دسمبر", date(2026, 12, 18)),
        ("fr", "18 Dec", date(2026, 12, 18)),
    ],
)
def test_order_and_names_are_those_of_the_facilitators_language(language: str, typed: str, meant: date) -> None:
    assert read_day(typed, WEDNESDAY, translator_for(language)) == meant


def test_the_day_is_told_back_with_its_weekday() -> None:
    assert str(that_is(date(2026, 12, 18))) == "That is Friday 18 December 2026."
    assert translator_for("fr").day(date(2026, 12, 18), weekday=True) == "vendredi 18 décembre 2026"
