"""Questions from the room on the host page: votes, answers, and the list on the big screen, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sessions import an_agenda, item
from tests.web.host_desk import HostDesk, host_desk
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.rows import AnswerRow

AGENDA = an_agenda(item(1, kind="questions", question="What do you want to know?"), item(2, kind="ideas"))


@pytest.fixture
def desk() -> Iterator[HostDesk]:
    with host_desk(AGENDA) as made:
        made.press("start")
        yield made


def asked(desk: HostDesk) -> str:
    """An approved question that two people want to know."""
    desk.join("ana", "bob")
    key = desk.tell("ana", "i01", '{"text":"How far?"}')
    desk.look()
    desk.press(f"approve-{key}")
    desk.give(cmd.Upvote(person="bob", contribution=key, on=True))
    desk.look("queue=approved")
    return key


def test_the_page_says_how_many_want_to_know(desk: HostDesk) -> None:
    asked(desk)

    assert "2 people want to know" in desk.page.part("reading")


def test_a_question_is_marked_as_answered_in_words_and_back(desk: HostDesk) -> None:
    key = asked(desk)

    desk.press(f"answer-{key}", words="By bus")
    assert desk.room.tables.kept_answer(key) == AnswerRow("By bus", "")
    assert "Answered: By bus" in desk.look("queue=approved").part("reading")
    desk.press(f"answer-{key}", words="", owner="the chair")
    assert desk.room.tables.kept_answer(key) == AnswerRow("", "the chair")
    desk.look("queue=approved")
    desk.press(f"unanswered-{key}")
    assert desk.room.tables.kept_answer(key) is None


def test_the_list_can_be_shown_on_the_big_screen(desk: HostDesk) -> None:
    assert "screen-results" not in desk.page.forms
    asked(desk)

    desk.press("screen-results")

    assert desk.state.screen.mode == "results"
