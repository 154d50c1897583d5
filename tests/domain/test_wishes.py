"""What people write goes before what they tick: it is found in English and Welsh, held, and read first."""

from __future__ import annotations

import msgspec
import pytest

from tests.sessions import Desk, an_agenda, item, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Kept
from workshop_tui.domain.wishes import LANGUAGES, wishes_in, wishes_of
from workshop_tui.errors import CommandRefused

NOT_SHOWN = (
    "He gets rough. Please don't put this on the screen.", "PLEASE DON\u2019T SHOW THIS", "not on the screen please",
    "do not share\nthis", "This is just between us.", "Nid ar y sgrin, os gwelwch yn dda", "Peidiwch â dangos hyn!",
    "dont read this out",
)  # fmt: skip
DELETE = ("Please delete what I told you", "I want to take my story back", "Dilëwch fy stori", "delete my story!!!")
NEITHER = (
    "The screen in the waiting room was broken.", "They told me to show my card.", "Nobody put it in writing.",
    "My appointment was deleted", "Good nurse.", "",
)  # fmt: skip


@pytest.mark.parametrize("said", NOT_SHOWN)
def test_what_says_that_it_is_not_to_be_shown_is_found(said: str) -> None:
    assert wishes_of(said) == {"not_shown"}


@pytest.mark.parametrize("said", DELETE)
def test_what_asks_for_an_earlier_story_to_be_deleted_is_found(said: str) -> None:
    assert wishes_of(said) == {"delete"}


@pytest.mark.parametrize("said", NEITHER)
def test_what_asks_for_nothing_is_left_alone(said: str) -> None:
    assert wishes_of(said) == set()


def test_it_says_which_languages_it_knows() -> None:
    assert "English and Welsh only" in str(LANGUAGES)


def a_story(words: str, level: str = "C4") -> str:
    return msgspec.json.encode({"parts": [["what_happened", words]], "level": level}).decode()


def a_desk() -> Desk:
    desk = Desk(an_agenda(item(1, kind="vignette"), item(2, kind="ideas")))
    desk.join("ana", "ben")
    desk.open("i01")
    return desk


def key_of(answer: object) -> str:
    assert isinstance(answer, Kept)
    return answer.key


def test_a_story_is_held_and_goes_no_further_than_the_room_whatever_was_ticked() -> None:
    desk = a_desk()
    key = key_of(desk.tell("ana", a_story(NOT_SHOWN[0]), consent="C4", item_="i01"))
    row = desk.tables.contributions[key]

    assert (row.moderation, row.consent) == ("on_hold", "C1")
    assert '"level":"C4"' in row.body, "what was ticked is kept beside it"
    with pytest.raises(CommandRefused, match="cannot be approved"):
        desk.give(cmd.Moderate(contribution=key, handling="approved"))


def test_a_tick_that_says_less_stays_as_it_is() -> None:
    desk = a_desk()
    key = key_of(desk.tell("ana", a_story(NOT_SHOWN[0], "C0"), consent="C0", item_="i01"))

    assert desk.tables.contributions[key].consent == "C0"


def test_the_same_sending_again_counts_once() -> None:
    desk = a_desk()
    sent = cmd.Contribute(
        person="ana", item="i01", body=a_story(NOT_SHOWN[0]), consent="C4", key="k1", submission_id=sid()
    )

    assert desk.give(sent) == Kept("k1")
    assert desk.give(sent) == Kept("k1", again=True)


def test_a_new_story_that_asks_for_it_holds_what_the_same_phone_told_and_takes_it_off_the_screen() -> None:
    desk = a_desk()
    mine, theirs = (key_of(desk.tell(who, a_story("It was a long wait"), item_="i01")) for who in ("ana", "ben"))
    for key in (mine, theirs):
        desk.give(cmd.Moderate(contribution=key, handling="approved"))
    desk.give(cmd.SetScreen(mode="story", subject=mine))
    before = len(desk.events)

    asks = key_of(desk.tell("ana", a_story(DELETE[0]), item_="i01"))

    handled = {key: desk.tables.contributions[key].moderation for key in (mine, theirs, asks)}
    assert handled == {mine: "on_hold", theirs: "approved", asks: "on_hold"}
    assert desk.state.screen.mode == "question"
    journaled = [event for event in desk.events[before:] if hasattr(event, "who")]
    assert mine not in repr(journaled), "the journal does not tell which words are of one phone"


def test_ideas_are_not_looked_into() -> None:
    desk = a_desk()
    desk.open("i02")

    key = key_of(desk.tell("ana", '{"text":"not on the screen please"}', item_="i02"))

    assert desk.tables.contributions[key].moderation == "new"


@pytest.mark.parametrize("ticked", ["young_no", "parent_no"])
def test_where_a_young_person_and_a_parent_do_not_agree_it_is_held(ticked: str) -> None:
    desk = a_desk()
    said = {"parts": [["what_happened", "x"]], "level": "C4", "beside": [["young", ["young", ticked]]]}

    row = desk.tables.contributions[
        key_of(desk.tell("ana", msgspec.json.encode(said).decode(), consent="C4", item_="i01"))
    ]

    assert (row.moderation, row.consent) == ("on_hold", "C1")
    assert wishes_in(row.body) == {"conflict"}
