"""Who wants to know a question too, and what became of it."""

from __future__ import annotations

import msgspec
import pytest

from tests.sessions import Desk, an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Voted
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused, NoVoice, Refused, TooLate, UnknownPhone
from workshop_tui.limits import CONTRIBUTIONS_EACH, UPVOTES_EACH


class Room(Desk):
    """A desk with a time for questions, and who asks."""

    def __init__(self, **extra: object) -> None:
        super().__init__(an_agenda(item(1, kind="questions"), item(2, kind="ideas"), **extra))

    def ask(self, person: str, words: str = "How far is it?", *, approve: bool = True, item_: str = "i01") -> str:
        """A question from somebody; gives its key."""
        kept = self.tell(person, msgspec.json.encode({"text": words}).decode(), item_=item_)
        key = str(getattr(kept, "key", ""))
        if approve:
            self.give(cmd.Moderate(contribution=key, handling="approved"))
        return key

    def upvote(self, person: str, key: str, *, on: bool = True) -> Voted:
        answer = self.give(cmd.Upvote(person=person, contribution=key, on=on))
        assert isinstance(answer, Voted)
        return answer


@pytest.fixture
def room() -> Room:
    room = Room()
    room.join("ann", "bob", "cid")
    room.open("i01")
    return room


# Votes. ----------------------------------------------------------------------------------------------


def test_who_asks_is_the_first_who_wants_to_know(room: Room) -> None:
    key = room.ask("ann")

    assert room.tables.votes[key] == 1
    assert room.tables.kept_presses("ann", key) % 2 == 1
    assert room.tables.kept_presses("bob", key) % 2 == 0


def test_a_phone_counts_once_however_often_it_sends(room: Room) -> None:
    key = room.ask("ann")

    assert room.upvote("bob", key) == Voted(revision=1)
    assert room.upvote("bob", key) == Voted(revision=1, again=True)
    assert room.upvote("ann", key).again

    assert room.tables.votes[key] == 2


def test_pressing_again_takes_it_back_and_that_too_counts_once(room: Room) -> None:
    key = room.ask("ann")
    room.upvote("bob", key)

    room.upvote("bob", key, on=False)
    assert room.upvote("bob", key, on=False).again

    assert room.tables.votes[key] == 1
    room.upvote("bob", key)
    assert room.tables.votes[key] == 2


def test_an_older_press_that_was_late_on_its_way_changes_nothing(room: Room) -> None:
    key = room.ask("ann")

    def press(on: bool, seen: int) -> Voted:
        answer = room.give(cmd.Upvote(person="bob", contribution=key, on=on, seen=seen))
        assert isinstance(answer, Voted)
        return answer

    assert not press(True, 0).again
    assert not press(False, 1).again
    assert press(True, 0).again
    assert room.tables.votes[key] == 1
    assert not press(True, 2).again
    assert room.tables.votes[key] == 2
    # Who asked has pressed once by asking.
    assert room.give(cmd.Upvote(person="ann", contribution=key, on=False, seen=1)) == Voted(revision=1)


def test_a_vote_wakes_no_phone_because_it_is_no_entry_of_the_journal(room: Room) -> None:
    key = room.ask("ann")
    before = len(room.events)

    room.upvote("bob", key)

    (event,) = room.events[before:]
    assert isinstance(event, ev.Upvoted)
    assert not isinstance(event, ev.Journaled)


def test_one_phone_has_another_name_at_each_question(room: Room) -> None:
    first, second = room.ask("ann"), room.ask("bob", "Who pays?")
    for key in (first, second):
        room.upvote("cid", key)

    names = [event.upvoter for event in room.events if isinstance(event, ev.Upvoted)]

    assert len(names) == len(set(names)) == 4


@pytest.mark.parametrize("handling", ["new", "read", "on_hold"])
def test_only_what_the_room_can_see_takes_votes(room: Room, handling: cmd.Handling) -> None:
    key = room.ask("ann", approve=False)
    if handling != "new":
        room.give(cmd.Moderate(contribution=key, handling=handling))

    for wrong in (key, "nothing"):
        with pytest.raises(TooLate, match="no longer there"):
            room.upvote("bob", wrong)
    assert room.tables.votes[key] == 1


def test_ideas_take_no_votes(room: Room) -> None:
    room.open("i02")
    key = room.ask("ann", item_="i02")

    with pytest.raises(TooLate):
        room.upvote("bob", key)


def test_votes_end_when_the_item_is_left_and_a_late_resend_is_still_thanked(room: Room) -> None:
    key = room.ask("ann")
    room.upvote("bob", key)
    room.open("i02")

    assert room.upvote("bob", key).again
    with pytest.raises(TooLate, match="closed"):
        room.upvote("cid", key)
    with pytest.raises(TooLate, match="closed"):
        room.upvote("bob", key, on=False)
    assert room.tables.votes[key] == 2


def test_a_stranger_and_somebody_who_looks_on_have_no_vote() -> None:
    room = Room(roles=("patient", "observer"))
    room.join("ann", "eve", "mum")
    room.give(cmd.TellRole(person="ann", role="patient"))
    room.give(cmd.TellRole(person="eve", role="observer"))
    room.open("i01")
    key = room.ask("ann")

    with pytest.raises(NoVoice):
        room.upvote("eve", key)
    with pytest.raises(NoVoice, match="tell us first"):
        room.upvote("mum", key)
    with pytest.raises(UnknownPhone):
        room.upvote("nobody", key)
    assert room.tables.votes[key] == 1


def test_one_phone_can_choose_so_many_questions_and_no_more(room: Room) -> None:
    askers = [f"p{n}" for n in range(UPVOTES_EACH // CONTRIBUTIONS_EACH + 1)]
    room.join(*askers)
    keys = [room.ask(askers[n // CONTRIBUTIONS_EACH], f"Question {n}?") for n in range(UPVOTES_EACH + 1)]
    for key in keys[:UPVOTES_EACH]:
        room.upvote("bob", key)

    with pytest.raises(Refused, match=f"chosen {UPVOTES_EACH}"):
        room.upvote("bob", keys[-1])
    room.upvote("bob", keys[0], on=False)
    room.upvote("bob", keys[-1])
    assert room.tables.votes[keys[-1]] == 2


def test_at_the_end_nobody_can_tell_any_more_whose_votes_they_are(room: Room) -> None:
    key = room.ask("ann")
    room.upvote("bob", key)

    room.give(cmd.EndWorkshop(confirm="END"))
    room.give(cmd.FinishWriteUp(confirm="FINISH"))

    assert room.tables.votes[key] == 2
    assert room.tables.story_key() is None
    assert room.tables.kept_presses("bob", key) % 2 == 0
    with pytest.raises(TooLate, match="ended"):
        room.upvote("cid", key)


# Answers. --------------------------------------------------------------------------------------------


def test_a_question_is_answered_or_taken_away_and_that_can_be_undone(room: Room) -> None:
    key = room.ask("ann")

    room.give(cmd.MarkAnswered(contribution=key, words=" Forty\tminutes by bus. "))
    assert room.tables.kept_answer(key) == AnswerRow("Forty minutes by bus.", "")
    room.give(cmd.MarkAnswered(contribution=key, owner="The transport lead"))
    assert room.tables.kept_answer(key) == AnswerRow("", "The transport lead")

    room.give(cmd.Undo())
    assert room.tables.kept_answer(key) == AnswerRow("Forty minutes by bus.", "")
    room.give(cmd.Undo())
    assert room.tables.kept_answer(key) is None
    room.give(cmd.Redo())
    assert room.tables.kept_answer(key) == AnswerRow("Forty minutes by bus.", "")


def test_the_journal_says_that_a_question_was_answered(room: Room) -> None:
    key = room.ask("ann")
    version = room.state.version

    room.give(cmd.MarkAnswered(contribution=key))
    room.give(cmd.MarkAnswered(contribution=key, answered=False))

    said = [event.answered for event in room.events if isinstance(event, ev.QuestionAnswered)]
    assert said == [True, False]
    assert room.state.version == version + 2


def test_a_note_on_an_answer_has_to_fit_and_to_change_something(room: Room) -> None:
    new, other = room.ask("ann", approve=False), room.ask("bob")
    room.give(cmd.MarkAnswered(contribution=other))
    room.open("i02")
    idea = room.ask("ann", item_="i02")

    for key, extra, words in (
        (new, {}, "Approve it first"),
        (idea, {}, "Only a question"),
        ("nothing", {}, "Only a question"),
        (other, {"words": " \u200b"}, "already"),
        (other, {"words": "x" * 281}, "1 letter too long"),
        (new, {"answered": False}, "not marked"),
    ):
        with pytest.raises(CommandRefused, match=words):
            room.give(cmd.MarkAnswered(contribution=key, **extra))


def test_answers_can_be_noted_after_the_end(room: Room) -> None:
    key = room.ask("ann")
    room.give(cmd.EndWorkshop(confirm="END"))

    room.give(cmd.MarkAnswered(contribution=key, owner="The board"))

    assert room.tables.kept_answer(key) == AnswerRow("", "The board")


# The big screen. -------------------------------------------------------------------------------------


def test_the_list_of_questions_can_be_on_the_big_screen_once_one_is_approved(room: Room) -> None:
    key = room.ask("ann", approve=False)
    with pytest.raises(CommandRefused):
        room.give(cmd.SetScreen(mode="results"))

    room.give(cmd.Moderate(contribution=key, handling="approved"))
    room.give(cmd.SetScreen(mode="results"))

    assert room.state.screen == Screen("results")
    room.open("i02")
    assert room.state.screen == Screen("question")
