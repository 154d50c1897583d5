"""What becomes of texts beside contributions: reasons, answers, notes; held, approved, and said in other words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.domain.acts import NOTE, Scene
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.deciding.texts import find
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.errors import CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import STORY_LETTERS

WORDS = ("Stairs at the back", "No bus on Sundays")


def a_vote(*, again: bool = False) -> Desk:
    """Two people gave a reason each, and a third gave two; the vote is open. The first has sent a story too."""
    second = [item(3, "Again", again="Doors")] if again else []
    desk = Desk(
        an_agenda(
            item(1, "Doors", kind="impact", options=options("East door", "West door")),
            item(2, "Told", kind="vignette"),
            *second,
        )
    )
    desk.join("ana", "ben", "cyn")
    desk.open("i02")
    desk.tell("ana", '{"parts":[["what_happened","A ramp."]],"level":"C3"}', item_="i02", consent="C3")
    desk.open("i01")
    desk.open_vote()
    for person, words in zip(("ana", "ben"), WORDS, strict=True):
        desk.answer(person, {"impact.a": "bit_harder", "impact.a.why": words})
    desk.answer(
        "cyn",
        {"impact.a": "not_me", "impact.a.why": "Left", "impact.b": "bit_easier", "impact.b.why": "Right"},
    )
    return desk


def reason(desk: Desk, words: str) -> str:
    """The key of the reason that says this."""
    return next(row.key for row in desk.tables.reasons.stored() if words in row.body)


def handling(desk: Desk, key: str) -> str:
    found = find(desk.state, desk.tables, key)
    assert found is not None
    return found.handling


def test_a_reason_is_unread_until_somebody_deals_with_it_and_no_vote_changes_by_that() -> None:
    desk = a_vote()
    desk.give(cmd.Reveal())
    before = desk.tables.profile("i01.1"), desk.state.round("i01.1")
    key = reason(desk, WORDS[1])
    assert handling(desk, key) == "new"

    for to in ("approved", "on_hold", "read", "new"):
        desk.give(cmd.Moderate(contribution=key, handling=to))
        assert handling(desk, key) == to
        assert (desk.tables.profile("i01.1"), desk.state.round("i01.1")) == before
    assert handling(desk, reason(desk, WORDS[0])) == "new"


def test_a_reason_that_can_still_change_is_for_nobody_and_one_that_changed_is_a_new_one() -> None:
    desk = a_vote()
    key = reason(desk, WORDS[0])
    with pytest.raises(CommandRefused, match="not there"):
        desk.give(cmd.Moderate(contribution=key, handling="approved"))
    desk.give(cmd.CloseVote())
    desk.give(cmd.Moderate(contribution=key, handling="approved"))
    desk.give(cmd.Reword(contribution=key, words="Stairs."))
    desk.give(cmd.ReopenVote())
    desk.answer("ana", {"impact.a": "bit_harder", "impact.a.why": "Mr Vane is rude"})
    desk.give(cmd.CloseVote())

    assert handling(desk, reason(desk, "Vane")) == "new"
    assert find(desk.state, desk.tables, key) is None
    assert desk.tables.dealt.handlings == {}
    assert desk.tables.dealt.rewordings == {}


def test_taking_back_brings_the_handling_and_the_words_that_were_there() -> None:
    desk = a_vote()
    desk.give(cmd.Reveal())
    key = reason(desk, WORDS[1])
    desk.give(cmd.Moderate(contribution=key, handling="approved"))
    desk.give(cmd.Reword(contribution=key, words="No bus."))
    desk.give(cmd.Reword(contribution=key, words="No bus at all."))

    desk.give(cmd.Undo())
    assert desk.tables.rewording(key) == "No bus."
    desk.give(cmd.Undo())
    assert desk.tables.rewording(key) == ""
    desk.give(cmd.Undo())
    assert handling(desk, key) == "new"
    desk.give(cmd.Redo())
    assert handling(desk, key) == "approved"


def test_what_another_desk_held_since_does_not_come_back_with_ones_own_step() -> None:
    desk = a_vote()
    desk.give(cmd.Reveal())
    key = reason(desk, WORDS[0])
    desk.give(cmd.Moderate(contribution=key, handling="approved", desk="mine"))
    desk.give(cmd.Moderate(contribution=key, handling="on_hold", desk="theirs"))

    answer = desk.give(cmd.Undo(desk="mine"))

    assert isinstance(answer, Done)
    assert answer.refusal
    assert handling(desk, key) == "on_hold"


def test_holding_a_person_holds_their_reasons_as_long_as_anybody_can_tell_whose_they_are() -> None:
    desk = a_vote()
    desk.give(cmd.CloseVote())
    (story,) = desk.tables.contributions
    mine, theirs = (reason(desk, each) for each in WORDS)

    desk.give(cmd.HoldPhone(contribution=story))
    assert (handling(desk, mine), handling(desk, theirs)) == ("on_hold", "new")
    desk.give(cmd.HoldPhone(contribution=story, hold=False))
    assert (handling(desk, mine), handling(desk, theirs)) == ("new", "new")

    desk.give(cmd.HoldPhone(contribution=mine))
    assert desk.tables.contributions[story].moderation == "on_hold"
    assert handling(desk, mine) == "on_hold"
    assert [each.contribution for each in desk.events if isinstance(each, ev.PhoneHeld)][-1] == mine


def test_who_is_held_sends_reasons_that_are_held() -> None:
    desk = a_vote()
    (story,) = desk.tables.contributions
    desk.give(cmd.HoldPhone(contribution=story))
    desk.answer("ana", {"impact.b": "much_harder", "impact.b.why": "Ice again"})
    desk.answer("ben", {"impact.b": "much_harder", "impact.b.why": "Mud again"})
    desk.give(cmd.Reveal())

    assert (handling(desk, reason(desk, "Ice")), handling(desk, reason(desk, "Mud"))) == ("on_hold", "new")


def test_once_a_rounds_key_is_gone_nobody_can_hold_the_phone_of_a_reason() -> None:
    desk = a_vote()
    desk.give(cmd.Reveal())
    events = len(desk.events)

    with pytest.raises(CommandRefused, match="Nobody can tell any more which phone"):
        desk.give(cmd.HoldPhone(contribution=reason(desk, WORDS[0])))

    assert len(desk.events) == events


def test_notes_and_answers_begin_approved_and_can_be_held_and_said_otherwise() -> None:
    scene = Scene()
    scene.give(replace(NOTE, text="Ring Vane"))
    scene.give(cmd.MarkAnswered(contribution=scene.question, words="Vane knows"))
    answer = f"answer.{scene.question}"
    dealt = lambda: scene.tables.dealt  # noqa: E731 - read anew each time
    noted = AnswerRow("Vane knows", "")

    assert [handling(scene, key) for key in ("n1", answer)] == ["approved", "approved"]
    assert dealt().answer(scene.question, noted, "room_screen") == noted
    for key in ("n1", answer):
        scene.give(cmd.Reword(contribution=key, words="The manager"))
    assert dealt().answer(scene.question, noted, "session_report") == AnswerRow("The manager", "")
    for key in ("n1", answer):
        scene.give(cmd.Moderate(contribution=key, handling="on_hold"))
    assert dealt().answer(scene.question, noted, "room_screen") == AnswerRow("", "")
    assert not dealt().passes("n1", "note", "session_report")


def test_a_new_answer_takes_the_other_words_of_the_old_one_away_and_stays_held() -> None:
    scene = Scene()
    answer = f"answer.{scene.question}"
    scene.give(cmd.MarkAnswered(contribution=scene.question, words="Four miles"))
    scene.give(cmd.Reword(contribution=answer, words="Far"))
    scene.give(cmd.Moderate(contribution=answer, handling="on_hold"))

    scene.give(cmd.MarkAnswered(contribution=scene.question, words="Five miles"))

    assert scene.tables.rewording(answer) == ""
    assert handling(scene, answer) == "on_hold"


def test_what_was_written_of_words_goes_when_their_owner_takes_them_back() -> None:
    scene = Scene()
    scene.give(cmd.Reword(contribution=scene.story, words="Somebody rang often."))
    scene.give(cmd.MarkAnswered(contribution=scene.question, words="Four miles"))
    scene.give(cmd.Moderate(contribution=f"answer.{scene.question}", handling="on_hold"))
    scene.give(cmd.Reword(contribution=f"answer.{scene.question}", words="Far"))

    scene.give(cmd.TakeBack(person="ana", contribution=scene.story))
    scene.give(cmd.TakeBack(person="ana", contribution=scene.question))

    assert scene.tables.dealt.rewordings == {}
    assert scene.tables.dealt.handlings == {}


@pytest.mark.parametrize(
    ("key", "words", "why"),
    [
        ("retold", "In short", "Its owner chose"),
        ("story", "", "Its own words are shown already"),
        ("story", "\u200b", "Its own words are shown already"),
        ("story", "x" * (STORY_LETTERS + 1), "1 letter too long"),
        ("nobodys", "Words", "not there"),
    ],
)
def test_other_words_are_refused_where_the_room_may_not_read_it_or_nothing_would_change(
    key: str, words: str, why: str
) -> None:
    scene = Scene()
    events = len(scene.events)

    with pytest.raises(CommandRefused, match=why):
        scene.give(cmd.Reword(contribution=getattr(scene, key, key), words=words))

    assert len(scene.events) == events


def test_the_journal_has_a_digest_and_no_word_of_what_was_written() -> None:
    scene = Scene()
    scene.give(cmd.Reword(contribution=scene.story, words="Zeppelin"))

    (noted,) = [each for each in scene.events if isinstance(each, ev.TextReworded)]
    assert len(noted.digest) == 32
    assert "Zeppelin" not in repr([each for each in scene.events if isinstance(each, ev.Journaled)])


def test_reasons_that_may_go_somewhere_are_in_the_words_that_are_shown_and_the_rest_is_counted() -> None:
    desk = a_vote()
    desk.give(cmd.Reveal())
    desk.give(cmd.Moderate(contribution=reason(desk, WORDS[0]), handling="approved"))
    desk.give(cmd.Moderate(contribution=reason(desk, WORDS[1]), handling="on_hold"))
    desk.give(cmd.Moderate(contribution=reason(desk, "Left"), handling="read"))
    desk.give(cmd.Reword(contribution=reason(desk, WORDS[0]), words="Steps"))
    given = [(row.key, row.body) for row in desk.tables.reasons.kept("i01.1")]

    passed, rest = desk.tables.dealt.reasons(KINDS["impact"], given, "session_report")

    assert [(each.grades[0].grade, each.grades[0].why) for each in passed] == [("bit_harder", "Steps")]
    assert (rest.held, rest.not_read, rest.not_approved) == (1, 1, 1)
    assert desk.tables.dealt.reasons(KINDS["impact"], given, "public")[0] == ()
