"""The write-up on the host page: plain forms, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.host_desk import HostDesk, host_desk
from workshop_tui.domain.registers import EntryRow

SAID = '{"parts":[["what_happened","I rang the surgery nine times before anybody answered."]],"level":"C2"}'


@pytest.fixture
def desk() -> Iterator[HostDesk]:
    with host_desk() as made:
        made.join("ana")
        made.press("start")
        made.press("go-i02")
        made.tell("ana", "i02", SAID)
        yield made


def line(desk: HostDesk, text: str) -> str:
    """Keep a line; its key."""
    desk.press("note", text=text)
    return desk.room.tables.notes[-1].key


def test_a_line_is_sorted_with_the_fields_of_its_register(desk: HostDesk) -> None:
    key = line(desk, "Long waits on the phone")

    page = desk.press(f"sort-{key}", register="offer", look="1")
    assert f"sort-{key}-who" in {each.get("id") for each in page.tree.iter("input")}
    desk.press(f"sort-{key}", register="offer", who="The carers", body="")

    assert desk.room.tables.kept_entry(key) == EntryRow("offer", {"who": "The carers"})
    assert "The carers" in desk.look("register=offer", "write_up").part("write-up")


def test_what_does_not_fit_comes_back_with_every_word(desk: HostDesk) -> None:
    page = desk.press("new_point", text="Long waits", said_by="many")

    assert page.status == 409
    assert page.part("new_point-said_by-error").startswith("Error: Please write a whole number")
    assert dict(page.forms["new_point"].fields)["said_by"] == "many"
    assert desk.room.tables.notes == ()


def test_a_line_is_tied_and_untied_and_what_it_rests_on_is_shown(desk: HostDesk) -> None:
    key = line(desk, "Long waits on the phone")
    (story,) = desk.room.tables.contributions

    desk.look(f"line={key}", "write_up")
    page = desk.press("tie", ("act", "tie"), evidence=[f"contribution {story}"])
    assert [tie.ref for tie in desk.room.tables.kept_ties(key)] == [story]
    assert "It rests on 1 thing." in page.part("write-up")

    desk.look(f"line={key}&evidence=tied", "write_up")
    desk.press("tie", ("act", "untie"), evidence=[f"contribution {story}"])
    assert desk.room.tables.kept_ties(key) == ()


def test_somebodys_own_words_are_refused_with_the_place(desk: HostDesk) -> None:
    key = line(desk, "They rang the surgery nine times before it worked")
    (story,) = desk.room.tables.contributions

    desk.look(f"line={key}", "write_up")
    page = desk.press("tie", ("act", "tie"), evidence=[f"contribution {story}"])

    assert page.status == 409
    assert "“rang the surgery nine times before”" in page.part("problem")


def test_lines_are_found_by_their_words(desk: HostDesk) -> None:
    line(desk, "Long waits on the phone")
    line(desk, "Far away")

    page = desk.look("register=all", "write_up")
    assert "Far away" in page.part("write-up")
    page = desk.press("find", words="LONG")

    assert "Long waits" in page.part("write-up")
    assert "Far away" not in page.part("write-up")
