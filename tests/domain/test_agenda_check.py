"""The running order that `check` prints, and its warnings."""

from __future__ import annotations

import pytest

from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.domain.agenda import Agenda, status_sentence
from workshop_tui.domain.agenda_check import check_lines, warnings
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

BARE = 'title = "A day"\nstage = "plan"\ncan_change = ["A"]\ncannot_change = [{ text = "B", reason = "It is law." }]\n'
TOLD = 'who_decides = "The board"\nhear_back_days = 21\n'
BARE += TOLD
STATUS = 'engagement_kind = "listening"\nproposal_state = "ideas"\n'
HEAD = BARE + STATUS
END = '[[item]]\ntitle = "End"\nminutes = 5\ntype = "checkout"\n'


def agenda(text: str) -> Agenda:
    return parse_agenda(text, KINDS, file="day.toml")


def item(title: str, minutes: int, type_: str = "activity", more: str = "") -> str:
    return f'[[item]]\ntitle = "{title}"\nminutes = {minutes}\ntype = "{type_}"\n{more}'


def test_the_shipped_agenda_runs_from_half_past_five_to_half_past_eight_without_warnings() -> None:
    lines = [ENGLISH.text(line) for line in check_lines(read_agenda(shipped_agenda("tell-it-once"), KINDS)[0])]

    assert "17:30   1  Arrive, eat, join (10 min, phones: single)" in lines
    assert "18:35   6  Break (15 min)" in lines
    assert "20:30      The end, after 180 minutes." in lines
    assert lines[-1] == "No warnings."


def test_another_start_moves_every_time() -> None:
    lines = [ENGLISH.text(line) for line in check_lines(agenda(HEAD + item("Talk", 65) + END), "23:15")]

    assert "23:15   1  Talk (65 min)" in lines
    assert "00:20   2  End (5 min)" in lines
    assert lines[-1] == "Warning: it ends after midnight."


def test_without_a_start_times_count_from_zero() -> None:
    lines = [ENGLISH.text(line) for line in check_lines(agenda(HEAD + item("Talk", 65) + END))]

    assert "0:00   1  Talk (65 min)" in lines
    assert "1:10      The end, after 70 minutes." in lines


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (HEAD + item("Talk", 86) + END, "no break for 91 minutes from “Talk” on; 90 is the most."),
        (HEAD + 'venue_access = "BSL"\n' + item("Talk", 71) + END, "76 minutes from “Talk” on; 75 is the most, with"),
        (HEAD + item("A", 60) + item("B", 5, "break") + item("C", 87) + END, "92 minutes from “C” on"),
        ('title = "A"\nstage = "plan"\n' + TOLD + STATUS + END, "both what can change and what cannot"),
        (HEAD + item("Sort", 5, "ranking") + END, "no item of type “information” comes before the first “ranking”"),
        (HEAD + item("Sort", 5), "people should hear what happens next"),
        (BARE + 'engagement_kind = "pre_consultation"\nproposal_state = "preferred_named"\n' + END, "late for early"),
        (BARE + 'proposal_state = "decided"\n' + END, "nobody is told what kind of session this is"),
        (BARE + 'engagement_kind = "monitoring"\n' + END, "nobody is told whether anything has been decided"),
        (
            HEAD + item("Sort", 5, more='question = "?"\n[item.phone]\nkind = "rank"\noptions_from = "ideas"\n') + END,
            "“Sort” takes its options from ideas, but no item before it gathers any.",
        ),
        (
            HEAD
            + item(
                "Q", 5, more='question = {en = "?", cy = "?"}\n[item.phone]\nkind = "single"\noptions = ["A", "B"]\n'
            )
            + END,
            "not all that phones show is there in “cy”: “Q”.",
        ),
    ],
)
def test_what_is_worth_a_thought_is_said_and_stops_nothing(text: str, warning: str) -> None:
    found = warnings(agenda(text))

    assert len(found) == 1
    assert warning in str(found[0])


def promise(**keys: str) -> str:
    """An agenda whose head says this of the promise, besides what can change and what cannot."""
    return "".join(f"{name} = {value}\n" for name, value in keys.items())


DECIDED = promise(proposal_state='"decided"')
OPEN = promise(proposal_state='"ideas"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BARE + promise(engagement_kind='"formal_consultation"') + DECIDED + END,
         ["“decided” and “can_change”", "cannot be consulted"]),
        (BARE + promise(engagement_kind='"co_production"') + DECIDED + END,
         ["“decided” and “can_change”", "cannot be worked out together"]),
        (BARE + promise(engagement_kind='"monitoring"', level='"empower"') + DECIDED + END,
         ["“decided” and “can_change”", "cannot decide what is decided"]),
        (BARE + promise(engagement_kind='"co_production"', level='"consult"') + OPEN + END,
         ["“co_production” and level “consult” do not fit"]),
        (BARE + promise(engagement_kind='"information_only"') + OPEN + item("A", 5, more='level = "involve"\n') + END,
         ["“A”: engagement_kind “information_only” and level “involve”"]),
        (BARE.replace('{ text = "B", reason = "It is law." }', '"B"') + STATUS + END, ["why this cannot change: “B”"]),
        (BARE.replace(TOLD, "") + STATUS + END, ["nobody is told who decides", "by when they hear back"]),
        (BARE.replace("hear_back_days = 21", "hear_back_by = 2026-12-01") + "decides_on = 2027-01-15\n" + STATUS + END,
         ["hear back before it is decided"]),
        (HEAD + item("Q", 5, more='question = "?"\n[item.phone]\nkind = "statements"\noptions = ["A"]\n') + END,
         ["“Q” asks about one option only"]),
        (BARE + promise(engagement_kind='"pre_consultation"', purpose='"Consultation on beds"') + OPEN + END,
         ["this is no consultation, and these words call it one: “purpose”"]),
        (BARE + promise(engagement_kind='"pre_consultation"', purpose='"Before a consultation."') + OPEN + END,
         []),
    ],
)  # fmt: skip
def test_a_promise_that_says_two_things_or_leaves_something_open_is_told(text: str, found: list[str]) -> None:
    told = [str(each) for each in warnings(agenda(text))]

    assert len(told) == len(found)
    assert all(any(part in each for each in told) for part in found)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + item("Talk", 85) + END,
        HEAD + item("Talk", 88) + item("Rest", 5, "break") + END,
        HEAD + item("Tell", 5, "information") + item("Sort", 5, "ranking") + END,
        HEAD + END,
    ],
)
def test_a_sound_agenda_has_no_warnings(text: str) -> None:
    assert warnings(agenda(text)) == []


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("", []),
        ('engagement_kind = "monitoring"\n', ["This session looks at how a service is doing."]),
        ('proposal_state = "long_list"\n', ["There is a long list of options. Nothing has been decided."]),
        (STATUS, ["This is a listening session.", "There are first ideas. Nothing has been decided."]),
    ],
)
def test_people_are_told_what_the_agenda_says_of_its_status_and_nothing_else(keys: str, told: list[str]) -> None:
    assert [str(sentence) for sentence in status_sentence(agenda(BARE + keys + END))] == told


def test_a_panel_that_chooses_a_provider_without_a_day_of_the_award_is_warned_of() -> None:
    panel = (
        'question = "Which bid?"\n[item.phone]\nkind = "panel"\n'
        'options = ["Red", "Blue"]\nevaluators = ["Patient", "Nurse"]\n'
    )
    text = HEAD.replace('"plan"', '"procure"') + "AWARD" + item("Bids", 30, more=panel) + END
    said = "“award_on” is not there: scores and the reasons for them are in the files as soon as they are counted."

    assert said in [ENGLISH.text(each) for each in warnings(agenda(text.replace("AWARD", "")))]
    for other in (
        text.replace("AWARD", "award_on = 2026-12-24\n"),
        text.replace("AWARD", "").replace('"procure"', '"plan"'),
    ):
        assert said not in [ENGLISH.text(each) for each in warnings(agenda(other))]
