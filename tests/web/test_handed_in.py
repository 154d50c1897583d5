"""What was handed in, on the big screen, on phones and on the host page."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from msgspec.structs import replace

from tests.handed import BUS, CALL, RING, handed_agenda
from tests.web.host_desk import HostDesk, host_desk
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.web.screen.pictures import Pictures


@pytest.fixture
def desk() -> Iterator[HostDesk]:
    with host_desk(handed_agenda()) as made:
        made.press("start")
        made.press("go-i02")
        yield made


def fields(desk: HostDesk, point: int) -> dict[str, str]:
    found = desk.room.tables.kept_entry(desk.room.tables.notes[point].key)
    assert found is not None
    return dict(found.fields)


# The host page. ---------------------------------------------------------------------------------------


def test_the_host_page_turns_to_the_next_point_and_shows_it_whole(desk: HostDesk) -> None:
    shown = desk.look().part("handed")
    for said in ("Point 1 of 3 that were handed to us", RING.words, "9 of 24 people said it.", "Say which number",
                 "From “Tell it once”.", "2 people were against it.", "Answer by 31 January 2027."):  # fmt: skip
        assert said in shown, said
    assert BUS.words not in shown

    assert BUS.words in desk.press("next-point").part("handed")
    assert "Promise 3 of 3" in desk.press("next-point").part("handed")
    assert RING.words in desk.press("next-point").part("handed"), "it goes round"
    assert CALL.words in desk.press("previous-point").part("handed")
    assert "Calls answered within a day" in desk.look().part("handed")


def test_what_became_of_a_point_is_noted_changed_and_undone_on_the_host_page(desk: HostDesk) -> None:
    page = desk.press("answer-point", status="done", look="1")
    names = page.forms["answer-point"].names
    assert {"words", "on", "where"} <= names
    assert "to" not in names

    refused = desk.press("answer-point", status="done", words="", on="", where="")
    assert "“Done” needs words: what was done?" in refused.part("answer-point-words-error")
    desk.press("answer-point", status="done", words="It rings at 111", on="", where="On the door")
    assert fields(desk, 0) == {
        "point": RING.id, "status": "done", "words": "It rings at 111", "where": "On the door",
    }  # fmt: skip
    assert "It rings at 111" in desk.look().part("handed")

    desk.look()
    desk.press("change-answer", status="acknowledged", look="1")
    desk.press("change-answer", status="acknowledged", words="")
    assert fields(desk, 0) == {"point": RING.id, "status": "acknowledged"}
    desk.press("undo")
    assert fields(desk, 0)["status"] == "done"


def test_a_promise_is_kept_or_broken_and_says_what_its_measure_says_now(desk: HostDesk) -> None:
    desk.press("previous-point")
    assert "Broken" in desk.look().part("answer-point")
    desk.press("answer-point", status="not_done", look="1")
    desk.press("answer-point", status="not_done", words="Two lines were closed", seen="38 of 100, March 2027")

    assert fields(desk, 0)["seen"] == "38 of 100, March 2027"
    assert "Broken." in desk.look().part("handed")


def test_the_write_up_page_lists_what_is_in_our_hands_first_and_takes_its_answer_there(desk: HostDesk) -> None:
    desk.press("note", text="A line to be sorted")
    desk.press("answer-point", status="acknowledged", words="")
    page = desk.look("register=all", "write_up")
    listed = [page.text.index(words) for words in (BUS.words, CALL.words, "A line to be sorted", RING.words)]
    assert listed == sorted(listed)
    assert len(list(page.tree.iter("article"))) == 4
    assert page.part("write-up").count("Still in our hands: there is no answer yet.") == 2

    desk.press("answer_point-handed-1", status="acknowledged", words="We heard it")
    assert fields(desk, 2) == {"point": BUS.id, "status": "acknowledged", "words": "We heard it"}


def test_a_point_for_an_earlier_stage_says_that_it_goes_back(desk: HostDesk) -> None:
    for stage, goes_back in (("plan", True), ("monitor", False)):
        desk.press("new_point", text="Ask about the buses again", stage=stage)
        shown = desk.look("register=point", "write_up").part("write-up")
        assert ("Anticlockwise, back to an earlier stage." in shown) == goes_back
        desk.press("undo")


def test_a_vote_on_a_point_is_added_after_this_item(desk: HostDesk) -> None:
    desk.press("vote-on-point")
    items = [each.item for each in desk.room.state.items]
    assert items[2].question == RING.words
    assert items[2].activity is not None
    assert [each["text"] for each in items[2].activity.config["options"]][:2] == ["Done", "In part"]  # type: ignore[index]


def test_what_is_in_our_hands_is_said_while_hosting_and_before_people_leave(desk: HostDesk) -> None:
    said = "Of 3 that were handed to us, 3 have no answer: they are still in our hands."
    assert said in desk.look().part("status")
    assert said in desk.look("", "end").text


# The big screen. --------------------------------------------------------------------------------------


def big(desk: HostDesk) -> tuple[str, list[str], list[str]]:
    picture = Pictures(desk.room, "http://192.168.8.2:8080/j/KDMP").picture(desk.room.clock.now_ms())
    return (
        str(picture.large),
        [str(each) for each in (*picture.lines, *picture.asked)],
        [str(each) for each in picture.said],
    )


def test_the_big_screen_shows_one_point_with_its_base_and_what_is_asked_and_then_what_became_of_it(
    desk: HostDesk,
) -> None:
    words, lines, said = big(desk)
    assert words == RING.words
    assert "9 of 24 people said it." in lines
    assert "What is asked: Say which number" in lines
    assert said == []

    desk.press("answer-point", status="acknowledged", words="We ring them up")
    assert big(desk)[2] == ["Acknowledged.", "We ring them up."]


def test_words_that_are_held_back_or_may_tell_who_somebody_is_do_not_reach_the_big_screen(desk: HostDesk) -> None:
    desk.press("answer-point", status="acknowledged", words="Ask Mrs Margaret Thornbury on 07700 900123")
    assert big(desk)[2] == ["Acknowledged"]


# Phones. ----------------------------------------------------------------------------------------------


@pytest.fixture
async def house() -> AsyncIterator[House]:
    many = [replace(RING, id=f"a1:n{n}", words=f"{RING.words}, and in the {n}th town too") for n in range(20)]
    async with a_house(handed_agenda(*many, CALL)) as made:
        yield made


async def test_phones_list_all_of_it_while_it_is_shown(house: House) -> None:
    phone = await house.phone()
    await house.give(cmd.OpenItem(item="i01"))
    assert "19th town" not in (await phone.see()).text
    await house.give(cmd.OpenItem(item="i02"))

    page = (await phone.see()).text
    assert len(re.findall("<li>", page)) == 21
    assert "19th town" in page
    assert "9 of 24 people said it." in page
    assert CALL.words in page
    assert len(gzip.compress(page.encode())) < 3_000
