"""Stories, ideas, private words and notes: kept once, held, shown only with consent."""

import pytest

from tests.sessions import Desk, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Kept
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused, Refused, SameIdOtherWords, TooLate, UnknownPhone
from workshop_tui.limits import CONTRIBUTIONS_EACH

STORY = '{"free":"They lost my letter."}'


def gathering(*people: str) -> Desk:
    """A desk at the item that gathers stories."""
    desk = Desk()
    desk.join(*people)
    desk.open("i03")
    return desk


def keys(desk: Desk) -> list[str]:
    return list(desk.tables.contributions)


def test_the_same_words_under_the_same_id_are_kept_once() -> None:
    desk = gathering("ana")
    again = sid()
    first = desk.tell("ana", STORY, sid_=again)

    assert desk.tell("ana", STORY, sid_=again) == Kept(first.key, again=True)
    assert len(keys(desk)) == 1


def test_other_words_under_a_used_id_are_refused_and_the_first_stay() -> None:
    desk = gathering("ana")
    again = sid()
    desk.tell("ana", STORY, sid_=again)

    with pytest.raises(SameIdOtherWords):
        desk.tell("ana", '{"free":"Another story"}', sid_=again)

    assert [row.body for row in desk.tables.contributions.values()] == [STORY]


def test_an_id_of_somebody_else_gives_away_nothing() -> None:
    desk = gathering("ana", "eve")
    again = sid()
    desk.tell("ana", STORY, sid_=again)
    with pytest.raises(SameIdOtherWords) as same:
        desk.tell("eve", STORY, sid_=again)
    with pytest.raises(SameIdOtherWords) as other:
        desk.tell("eve", '{"free":"x"}', sid_=again)

    assert str(same.value) == str(other.value)


def test_words_after_the_item_was_left_are_refused() -> None:
    desk = gathering("ana")
    desk.open("i04")

    with pytest.raises(TooLate):
        desk.tell("ana", STORY)


def test_a_phone_that_did_not_join_cannot_tell() -> None:
    with pytest.raises(UnknownPhone):
        gathering("ana").tell("eve", STORY)


def test_one_phone_cannot_flood_one_item() -> None:
    desk = gathering("ana", "ben")
    for _ in range(CONTRIBUTIONS_EACH):
        desk.tell("ana", STORY)

    with pytest.raises(Refused, match="Thank you"):
        desk.tell("ana", STORY)
    desk.tell("ben", STORY)

    assert len(keys(desk)) == CONTRIBUTIONS_EACH + 1


@pytest.mark.parametrize(("level", "why"), [("C0", "Nobody else."), ("C1", "in their own words what it is about")])
def test_a_story_is_never_approved_against_its_owners_wish(level: str, why: str) -> None:
    desk = gathering("ana")
    desk.tell("ana", STORY, consent=level)

    # Only C1 lets somebody tell it in other words: the refusal must not say so of C0.
    with pytest.raises(CommandRefused, match=f"Its owner chose: .*{why}"):
        desk.give(cmd.Moderate(contribution=keys(desk)[0], handling="approved"))


def test_private_words_are_never_approved_whatever_they_say() -> None:
    desk = Desk()
    desk.join("ana")
    desk.open("i06")
    desk.tell("ana", '{"text":"a chair"}', item_="i06", consent="C4")

    with pytest.raises(CommandRefused, match="nobody else may read them"):
        desk.give(cmd.Moderate(contribution=keys(desk)[0], handling="approved"))


def test_only_an_approved_story_reaches_the_big_screen_and_holding_it_takes_it_off() -> None:
    desk = gathering("ana")
    desk.tell("ana", STORY)
    key = keys(desk)[0]
    with pytest.raises(CommandRefused, match="approved"):
        desk.give(cmd.SetScreen(mode="story", subject=key))
    desk.give(cmd.Moderate(contribution=key, handling="approved"))
    desk.give(cmd.SetScreen(mode="story", subject=key))
    assert desk.state.screen == Screen("story", key)

    desk.give(cmd.Moderate(contribution=key, handling="on_hold"))

    assert desk.state.screen == Screen("question")


def test_holding_a_phone_holds_what_it_sent_and_what_it_will_send() -> None:
    desk = gathering("ana", "ben")
    desk.tell("ana", STORY)
    desk.tell("ana", '{"free":"And more"}')
    desk.tell("ben", '{"free":"Mine"}')

    desk.give(cmd.HoldPhone(contribution=keys(desk)[0]))
    desk.tell("ana", '{"free":"And again"}')

    assert [row.moderation for row in desk.tables.contributions.values()] == ["on_hold", "on_hold", "new", "on_hold"]


def test_a_phone_that_is_held_no_longer_has_all_its_words_to_be_read_again() -> None:
    desk = gathering("ana", "ben")
    desk.tell("ana", STORY)
    desk.tell("ben", '{"free":"Mine"}')
    desk.give(cmd.Moderate(contribution=keys(desk)[0], handling="approved"))
    desk.give(cmd.HoldPhone(contribution=keys(desk)[0]))

    desk.give(cmd.Undo())
    desk.tell("ana", '{"free":"And again"}')

    assert [row.moderation for row in desk.tables.contributions.values()] == ["new", "new", "new"]


def test_a_note_is_tied_to_the_open_item_and_can_be_taken_back() -> None:
    desk = gathering()
    desk.give(cmd.AddNote(key="n1", kind="action", text="Ring the ward", owner="lead", due="2026-12-24"))
    assert [(note.item, note.owner, note.due) for note in desk.tables.notes] == [("i03", "lead", "2026-12-24")]

    desk.give(cmd.Undo())
    assert desk.tables.notes == ()
    desk.give(cmd.Redo())

    assert [note.text for note in desk.tables.notes] == ["Ring the ward"]


def test_a_due_day_is_kept_in_one_way_of_writing() -> None:
    desk = gathering()
    desk.give(cmd.AddNote(key="n1", kind="action", text="Ring the ward", due="20261224"))

    assert desk.tables.notes[0].due == "2026-12-24"


@pytest.mark.parametrize(
    ("text", "due", "words"), [("  ", "", "no words"), ("x", "next week", "no date"), ("x" * 10_001, "", "too long")]
)
def test_a_note_that_cannot_be_kept_says_why(text: str, due: str, words: str) -> None:
    desk = gathering()

    with pytest.raises(CommandRefused, match=words):
        desk.give(cmd.AddNote(key="n1", kind="action", text=text, due=due))

    assert desk.tables.notes == ()
