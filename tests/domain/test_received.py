"""The points that a baton handed in, as an agenda file has them."""

from __future__ import annotations

import re

import pytest

from tests.domain.test_agenda_docs import section
from workshop_tui.domain.agenda import Agenda, HandedIn
from workshop_tui.domain.agenda_check import check_lines
from workshop_tui.domain.agenda_file import RECEIVED_KEYS, parse_agenda
from workshop_tui.errors import AgendaError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import RECEIVED_POINTS
from workshop_tui.messages import ENGLISH

HEAD = 'title = "A day"\nstage = "plan"\n'
ITEM = '[[item]]\ntitle = "What was handed to us"\nminutes = 10\n'
POINT = '[[received]]\nid = "aaaa:n1"\nwords = "One number at night"\n'


def agenda(*points: str) -> Agenda:
    return parse_agenda(HEAD + "".join(points) + ITEM, KINDS, file="day.toml")


def told(*points: str) -> str:
    with pytest.raises(AgendaError) as refused:
        agenda(*points)
    return str(refused.value)


def test_a_point_is_read_with_all_that_is_known_of_it() -> None:
    more = (
        'from_session = "Tell it once"\nfrom_stage = "needs"\nsaid_by = 9\nbase = 24\nagainst = 0\n'
        'body = "Planning group"\nasked = "Say which"\nby = 2027-01-31\n'
    )

    assert agenda(POINT + more).received == (
        HandedIn(
            id="aaaa:n1", words="One number at night", from_session="Tell it once", from_stage="needs", said_by=9,
            base=24, against=0, body="Planning group", asked="Say which", by="2027-01-31",
        ),
    )  # fmt: skip
    assert agenda(POINT).received == (HandedIn(id="aaaa:n1", words="One number at night"),)
    assert agenda().received == ()


def test_checking_an_agenda_says_how_many_points_it_opens_with() -> None:
    lines = [ENGLISH.text(line) for line in check_lines(agenda(POINT, POINT.replace("n1", "n2")))]

    assert "It opens with 2 points that were handed in." in lines


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("[[received]]\nid = \"aaaa:n1\"\n", "received 1: “words” is missing."),
        (POINT.replace("aaaa:n1", "a b"), "received 1: “id” must have no space in it."),
        (POINT + "said_by = \"nine\"\n", "received 1: “said_by” must be a whole number"),
        (POINT + "base = true\n", "received 1: “base” must be a whole number"),
        (POINT + "by = \"soon\"\n", "received 1: “by” must be a date such as 2026-12-24, not “soon”."),
        (POINT + "from_stage = \"needz\"\n", "Did you mean “needs”?"),
        (POINT + "asks = \"Say which\"\n", "received 1: the key “asks” is not known. Did you mean “asked”?"),
        (POINT + POINT, "received 2: another one before it has the same id."),
        ("received = 3\n", "must begin with a line [[received]]"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_point_is_said_with_its_place(point: str, said: str) -> None:
    assert said in told(point)


def test_more_points_than_a_room_can_be_shown_are_refused() -> None:
    many = [POINT.replace("n1", f"n{number}") for number in range(RECEIVED_POINTS + 1)]

    assert len(agenda(*many[1:]).received) == RECEIVED_POINTS
    assert f"{RECEIVED_POINTS} is the most" in told(*many)


def test_every_key_of_a_point_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", section("### Points that were handed in"), re.MULTILINE)

    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == set(RECEIVED_KEYS)
