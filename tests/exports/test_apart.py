"""What nobody may join stays apart in every file, at the desk and in a recount: a form, from the phones to the end."""

from __future__ import annotations

import json
import re

import pytest

from tests.exports.workshops import Workshop, all_files
from tests.sessions import an_agenda, item, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.errors import AgendaError
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

FIELDS = [
    {"label": "How old are you?", "options": ["Under 25", "25 to 64", "65 or over"]},
    {"label": "Do you look after somebody?", "options": ["Yes", "No"]},
]
RARE = '{"given":[["q1","c"],["q2","a"]]}'
USUAL = '{"given":[["q1","b"]]}'


def answer(day: Workshop, person: str, choice: str | None) -> None:
    day.give(cmd.Cast(person=person, round="i01.1", choice=choice, submission_id=sid()))


@pytest.fixture
def day() -> Workshop:
    """Three people gave a rare pair of answers, nine the usual one; one skipped, one changed their mind."""
    day = Workshop(an_agenda(item(1, "Who came", kind="form", fields=FIELDS)))
    people = [f"person-{number}" for number in range(13)]
    day.join(*people)
    day.open("i01")
    day.open_vote()
    for number, person in enumerate(people[:12]):
        answer(day, person, RARE if number < 3 else USUAL)
    answer(day, people[11], RARE)
    answer(day, people[11], USUAL)
    answer(day, people[12], None)
    day.give(cmd.CloseVote())
    day.give(cmd.Reveal())
    return day


def test_the_report_has_no_ballot_no_rule_and_only_rounded_numbers(day: Workshop) -> None:
    (round_,) = day.report().rounds

    assert (round_.ballots, round_.plain, round_.options) == ((), None, ())
    assert (round_.rounded, round_.answered, round_.skipped, round_.changes) == (True, 10, 0, 0)
    assert str(round_.sentences[0]) == "About 10 of about 15 people answered."


def test_no_file_tells_a_small_number_or_what_was_answered_together(day: Workshop) -> None:
    files = {name: made.decode() for name, made in all_files(day.record()).items()}

    assert {"report.html", "report.md", "votes.csv", "session.json"} <= set(files)
    assert len(files["votes.csv"].splitlines()) == 1
    assert json.loads(files["session.json"])["rounds"][0]["ballots"] == []
    for name, text in files.items():
        assert "q1" not in text, name
        assert "changed before" not in text, name
    assert re.search(r"65 or over\W+\*", files["report.md"])
    assert not [name for name in files if name.endswith((".soc", ".toi", ".cat", ".pb"))]


def test_a_recount_says_whether_it_is_the_same_and_no_number(day: Workshop) -> None:
    (line,) = recount(day.record(), KINDS)

    assert line.same
    assert ENGLISH.text(line.words).endswith("same.")
    assert not re.search(r"\d+ (people|person|ballots?|answers?)", ENGLISH.text(line.words))


def test_what_is_joined_with_nothing_cannot_be_asked_twice() -> None:
    form = '[[item]]\ntitle = "Who"\nminutes = 5\nquestion = "?"\n[item.phone]\nkind = "form"\n'
    form += 'fields = [{ label = "Age", options = ["Under 25", "Older"] }]\n'
    again = '[[item]]\ntitle = "Who else"\nminutes = 5\n[item.phone]\nagain = "Who"\n'

    with pytest.raises(AgendaError, match="joined with nothing"):
        parse_agenda(f'title = "A day"\nstage = "plan"\n{form}{again}', KINDS, file="day.toml")
