"""The promise to the room in what leaves it: every version with its time, and whether people say that it was kept."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from msgspec.structs import replace

from tests.exports.workshops import Workshop, all_files
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.promise import promise_of
from workshop_tui.views.ready import promise_check

PROMISED = {
    "level": "involve",
    "why_now": "The rota ends in March.",
    "can_change": ("What stays local",),
    "cannot_change": ("The number of beds",),
    "cannot_because": ("The contract runs until then.",),
    "who_decides": "The board",
    "hear_back": "By letter",
    "hear_back_days": 21,
    "by_video": 3,
}


def agenda(**more: object) -> Agenda:
    asked = replace(promise_check("en", ("en",)), key="i02")
    return an_agenda(item(1, kind="single", options=options("Yes", "No")), asked, **{**PROMISED, **more})


def a_day(**more: object) -> Workshop:
    """A day on which the promise changed, and people were asked at the end whether it was kept."""
    day = Workshop(agenda(**more))
    day.join("ana", "ben", "cyn")
    day.give(cmd.SetPresent(people=12))
    day.open("i01")
    day.pass_min(10)
    told = promise_of(day.state.agenda)
    day.give(
        cmd.ChangePromise(
            promise=replace(told, proposal_state="decided", can_change=(), why_changed="The board met at noon.")
        )
    )
    day.pass_min(10)
    day.open("i02")
    day.open_vote()
    for person, answer in (("ana", "a"), ("ben", "c"), ("cyn", "c")):
        day.vote(person, answer)
    day.give(cmd.Reveal())
    return day


def files(day: Workshop) -> dict[str, str]:
    return {name: content.decode("utf-8", "replace") for name, content in all_files(day.record()).items()}


def test_the_report_has_what_holds_and_what_was_told_before_with_its_time_and_why() -> None:
    report = files(a_day())["report.md"]

    assert report.index("The decision has been made.") < report.index("What the room was told until")
    before = report.split("What the room was told until")[1]
    assert "Nothing has been designed and nothing has been decided." in before
    assert "What stays local" in before
    assert "Why it changed: The board met at noon." in before
    assert "The number of beds. Why: The contract runs until then." in report
    assert "You hear back within 21 days." in report
    assert "3 people took part by video link." in files(a_day())["summary.md"]


def test_whether_it_was_kept_stands_beside_the_promise() -> None:
    report = files(a_day())["report.md"]
    beside = report.split("What people chose")[0]

    assert "Was it kept?" in beside
    assert "Did we keep to what we promised at the start?" in beside
    assert "3 of 15 people answered." in beside, "those by video link could have answered too"


def test_the_record_has_every_version_and_the_answers() -> None:
    record = json.loads(files(a_day())["record.json"])
    promise = record["promise"]

    assert promise["state"] == "decided"
    assert promise["why_changed"] == "The board met at noon."
    assert promise["cannot_change"] == [{"text": "The number of beds", "reason": "The contract runs until then."}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", promise["hear_back_by"])
    assert promise["level"] == "involve"
    (earlier,) = promise["earlier"]
    assert earlier["promise"]["state"] == "none"
    assert earlier["promise"]["can_change"] == ["What stays local"]
    assert earlier["promise"]["sentence"][1] == "Nothing has been designed and nothing has been decided."
    assert earlier["until"] > 0
    (key,) = promise["kept_to"]
    assert next(each for each in record["results"] if each["key"] == key)["answered"] == 3
    assert record["people"]["by_video"] == 3


def test_what_is_taken_back_at_once_is_no_version_and_what_people_could_read_is() -> None:
    for minutes, versions in ((0, 0), (5, 2)):
        day = Workshop(agenda())
        told = promise_of(day.state.agenda)
        day.give(cmd.ChangePromise(promise=replace(told, proposal_state="decided")))
        day.pass_min(minutes)
        day.give(cmd.Undo())

        assert promise_of(day.state.agenda) == told
        assert len(day.state.earlier_promises) == versions


@pytest.mark.parametrize("level", ["inform", "consult", "involve", "collaborate", "empower"])
def test_nothing_that_leaves_calls_work_before_a_consultation_a_consultation(level: str) -> None:
    day = a_day(engagement_kind="pre_consultation", level=level)

    for name, text in files(day).items():
        told = re.sub(r"before any formal consultation|It was not a consultation|pre_consultation", "", text)
        assert "consultation" not in told.casefold(), name
    report = files(day)["report.md"]
    assert "It was not a consultation, and nothing in here stands for one." in " ".join(report.split())
    assert "It was not a consultation" not in files(a_day())["report.md"]


def test_an_item_at_another_level_than_the_whole_says_so() -> None:
    asked = item(1, kind="single", options=options("Yes", "No"), level="inform")
    day = Workshop(an_agenda(asked, **PROMISED))
    day.join("ana")
    day.open("i01")
    day.open_vote()
    day.vote("ana", "a")
    day.give(cmd.Reveal())

    told = files(day)
    assert "We tell you what is going on and what was decided." in told["report.md"].split("What people chose")[1]
    assert json.loads(told["session.json"])["items"][0]["level"] == "inform"


def test_the_half_page_says_how_and_by_when_those_who_took_part_hear_back() -> None:
    day = a_day()
    when = day.state.started_at
    assert when is not None
    by = (dt.datetime.fromtimestamp(when / 1000, dt.UTC) + dt.timedelta(days=21)).strftime("%-d %B %Y")

    short = files(day)["report.md"].split("What stays in place")[1].split("What people do not agree on")[0]

    assert f"Those who took part hear back by {by}. How those who took part hear back: By letter" in " ".join(
        short.split()
    )
    only_by = " ".join(files(a_day(hear_back=""))["report.md"].split())
    assert f"Those who took part hear back by {by}." in only_by


def test_a_count_is_told_out_of_those_in_the_room_and_by_video_link_in_every_file() -> None:
    day = a_day()
    day.give(cmd.AddNote(key="n1", kind="note", text="One number to ring"))
    day.give(cmd.SortNote(note="n1", register="point", fields={"said_by": "14"}))
    day.give(cmd.AddNote(key="n2", kind="note", text="Young carers"))
    day.give(cmd.SortNote(note="n2", register="missing", fields={"reason": "School was on"}))

    told = files(day)

    assert json.loads(told["record.json"])["entries"][0]["base"] == 15
    for name in ("report.md", "one-page.md", "board-item.html"):
        assert "14 of 15 people" in told[name].replace("&nbsp;", " "), name
