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


def test_several_lines_are_sorted_alike_and_tied_as_one_and_undone_as_one(desk: HostDesk) -> None:
    keys = [line(desk, text) for text in ("Long waits on the phone", "Far away", "Cold rooms")]
    (story,) = desk.room.tables.contributions
    desk.look("", "write_up")

    page = desk.press("lines", note=keys[:2])
    assert "For 2 lines" in page.part("write-up")
    page = desk.press("sort", register="offer", look="1")
    assert page.status == 200
    page = desk.press("sort", register="offer", who="The carers", body="")
    assert "2 lines are sorted so now." in page.part("write-up")
    offer = EntryRow("offer", {"who": "The carers"})
    assert [desk.room.tables.kept_entry(key) for key in keys] == [offer, offer, None]

    desk.press("tie", ("act", "tie"), evidence=[f"contribution {story}"])
    assert [len(desk.room.tables.kept_ties(key)) for key in keys] == [1, 1, 0]

    desk.press("undo")
    desk.press("undo")
    assert [desk.room.tables.kept_entry(key) for key in keys] == [None, None, None]
    assert [len(desk.room.tables.kept_ties(key)) for key in keys] == [0, 0, 0]


def test_a_day_that_is_typed_for_several_lines_is_asked_about(desk: HostDesk) -> None:
    keys = [line(desk, text) for text in ("Ring back", "Write back")]
    desk.look("", "write_up")

    desk.press("lines", note=keys)
    desk.press("sort", register="action", look="1")
    page = desk.press("sort", register="action", role="The manager", by="24 December 2026")
    assert page.status == 409
    desk.press("asked", ("asked", "2026-12-24"))

    sorted_so = EntryRow("action", {"role": "The manager", "by": "2026-12-24"})
    assert [desk.room.tables.kept_entry(key) for key in keys] == [sorted_so, sorted_so]


def test_a_concern_among_several_lines_keeps_all_of_them_where_they_are(desk: HostDesk) -> None:
    keys = [line(desk, "Ring back")]
    desk.press("concern", text="Nobody told the night staff")
    keys.append(desk.room.tables.notes[-1].key)
    desk.look("register=all", "write_up")

    desk.press("lines", note=keys)
    desk.press("sort", register="offer", look="1")
    page = desk.press("sort", register="offer", who="The carers")

    assert "A concern stays a concern," in page.text
    assert [desk.room.tables.kept_entry(key) for key in keys] == [None, None]


def test_nothing_ticked_is_said(desk: HostDesk) -> None:
    line(desk, "Ring back")
    line(desk, "Write back")
    desk.look("", "write_up")

    assert "Nothing is ticked" in desk.press("lines").part("problem")


def test_the_reading_page_says_which_lines_rest_on_a_text(desk: HostDesk) -> None:
    key = line(desk, "Long waits on the phone")
    (story,) = desk.room.tables.contributions
    desk.press(f"sort-{key}", register="point")
    assert "rests on this" not in desk.look("queue=all", "reading").part("reading")

    desk.look(f"line={key}", "write_up")
    desk.press("tie", ("act", "tie"), evidence=[f"contribution {story}"])
    said = desk.look("queue=all", "reading").part("reading")
    assert "1 line of the write-up rests on this: Point Long waits on the phone" in said

    desk.look(f"line={key}&evidence=tied", "write_up")
    desk.press("tie", ("act", "untie"), evidence=[f"contribution {story}"])
    assert "rests on this" not in desk.look("queue=all", "reading").part("reading")
