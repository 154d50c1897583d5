"""What a vote may go through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions import Desk, an_agenda, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Voted
from workshop_tui.errors import CommandRefused, Refused, TooLate, UnknownPhone


def voting(*people: str) -> Desk:
    """A desk with an open single choice and these people."""
    desk = Desk()
    desk.join(*people)
    desk.open("i01")
    desk.open_vote()
    return desk


def test_a_second_vote_of_the_same_person_replaces_the_first() -> None:
    desk = voting("ana", "ben")

    desk.vote("ana", "a")
    desk.vote("ben", "a")
    desk.vote("ana", "b")

    assert desk.profile() == {"a": 1, "b": 1}
    assert desk.tables.tallies["i01.1"].changes == 1


def test_the_same_sending_counts_once_however_often_it_comes() -> None:
    desk = voting("ana")
    again = sid()

    answers = [desk.vote("ana", "a", sid_=again) for _ in range(10)]

    assert desk.profile() == {"a": 1}
    assert answers == [Voted(1), *[Voted(1, again=True)] * 9]


def test_a_resend_that_arrives_after_the_close_is_told_that_it_counted() -> None:
    desk = voting("ana")
    again = sid()
    desk.vote("ana", "a", sid_=again)
    desk.give(cmd.CloseVote())

    assert desk.vote("ana", "a", sid_=again) == Voted(1, again=True)


def test_a_late_ballot_is_refused_and_nothing_changes() -> None:
    desk = voting("ana", "ben")
    desk.vote("ana", "a")
    desk.give(cmd.CloseVote())
    events = len(desk.events)

    with pytest.raises(TooLate):
        desk.vote("ben", "b")

    assert desk.profile() == {"a": 1}
    assert len(desk.events) == events


def test_a_phone_that_did_not_join_cannot_vote() -> None:
    with pytest.raises(UnknownPhone):
        voting("ana").vote("eve", "a")


def test_a_skip_is_counted_apart_and_can_be_changed_into_a_vote() -> None:
    desk = voting("ana", "ben")

    desk.vote("ana", None)
    desk.vote("ben", "b")
    tally = desk.tables.tallies["i01.1"]
    assert (tally.answered, tally.skipped) == (1, 1)
    desk.vote("ana", "a")

    assert (tally.answered, tally.skipped) == (2, 0)
    assert desk.profile() == {"a": 1, "b": 1}


def test_closing_can_be_taken_back_for_thirty_seconds_and_not_longer() -> None:
    desk = voting("ana")
    desk.give(cmd.CloseVote())
    desk.clock.pass_s(30)
    desk.give(cmd.ReopenVote())
    assert desk.state.last_round.status == "open"

    desk.give(cmd.CloseVote())
    desk.clock.pass_s(30.001)
    with pytest.raises(CommandRefused, match="30 seconds"):
        desk.give(cmd.ReopenVote())

    assert desk.state.last_round.status == "closed"


def test_closing_cannot_be_taken_back_after_the_reveal() -> None:
    desk = voting("ana")
    desk.give(cmd.CloseVote())
    desk.give(cmd.Reveal())

    with pytest.raises(CommandRefused):
        desk.give(cmd.ReopenVote())


def test_revealing_closes_seals_and_destroys_the_key() -> None:
    desk = voting("ana")
    desk.vote("ana", "a")

    desk.give(cmd.Reveal())

    round_ = desk.state.last_round
    assert (round_.status, round_.shown) == ("sealed", True)
    assert desk.tables.round_key(round_.key) is None
    assert desk.state.screen.mode == "results"


def test_hiding_a_result_does_not_undo_that_the_room_saw_it() -> None:
    desk = voting("ana")
    desk.give(cmd.Reveal())
    seen = desk.state.last_round.revealed_at

    desk.give(cmd.HideResults())
    assert not desk.state.last_round.shown
    desk.clock.pass_s(60)
    desk.give(cmd.ShowResults())

    assert desk.state.last_round.shown
    assert desk.state.last_round.revealed_at == seen


def test_a_result_that_was_never_revealed_cannot_be_shown_by_the_back_door() -> None:
    desk = voting("ana")
    desk.give(cmd.CloseVote())

    with pytest.raises(CommandRefused):
        desk.give(cmd.ShowResults())
    with pytest.raises(CommandRefused):
        desk.give(cmd.SetScreen(mode="results"))


def test_opening_again_makes_a_new_round_and_keeps_the_first() -> None:
    desk = voting("ana", "ben")
    desk.vote("ana", "a")
    desk.give(cmd.CloseVote())

    second = desk.open_vote()
    desk.vote("ben", "b")

    assert [each.status for each in desk.state.rounds] == ["sealed", "open"]
    assert desk.profile("i01.1") == {"a": 1}
    assert desk.profile(second) == {"b": 1}


def test_a_void_round_stays_in_the_record_with_its_reason() -> None:
    desk = voting("ana")
    desk.vote("ana", "a")

    with pytest.raises(CommandRefused, match="type why"):
        desk.give(cmd.VoidRound(round="i01.1", reason="  "))
    desk.give(cmd.VoidRound(round="i01.1", reason="The question was read out wrongly"))

    assert desk.state.rounds[0].status == "void"
    assert desk.state.rounds[0].reason == "The question was read out wrongly"
    assert desk.profile("i01.1") == {"a": 1}
    with pytest.raises(TooLate):
        desk.vote("ana", "b", round_="i01.1")


def test_no_vote_opens_on_an_item_without_a_poll() -> None:
    desk = Desk()
    desk.open("i02")

    with pytest.raises(CommandRefused, match="no vote"):
        desk.open_vote()


def test_a_vote_on_ideas_waits_until_they_are_chosen() -> None:
    desk = Desk()
    desk.open("i05")
    with pytest.raises(CommandRefused, match="no options yet"):
        desk.open_vote()

    chosen = (Option("a", "One letter"), Option("b", "One person to ring"), Option("c", "Something else", other=True))
    desk.give(cmd.ChooseOptions(item="i05", options=chosen))
    desk.open_vote()

    assert [each["text"] for each in desk.state.last_round.config["options"]] == [each.text for each in chosen]


@pytest.mark.parametrize(
    "chosen",
    [
        (Option("a", "Only one"),),
        (Option("a", "The same"), Option("b", "the SAME")),
        (Option("a", "One"), Option("a", "Two")),
        (Option("a", "One"), Option("b", " \u200b ")),
        tuple(Option(str(n), f"Option {n}") for n in range(27)),
    ],
)
def test_options_that_cannot_be_told_apart_are_refused(chosen: tuple[Option, ...]) -> None:
    desk = Desk()
    desk.open("i05")

    with pytest.raises(CommandRefused):
        desk.give(cmd.ChooseOptions(item="i05", options=chosen))

    assert desk.state.item("i05").options == ()


def test_an_open_vote_is_never_left_by_accident() -> None:
    desk = voting("ana")

    with pytest.raises(CommandRefused, match="still open"):
        desk.open("i02")
    desk.open("i02", vote="keep")
    assert desk.state.round("i01.1").status == "open"
    desk.vote("ana", "a", round_="i01.1")
    desk.open("i01")
    desk.open("i02", vote="close")

    assert desk.state.round("i01.1").status == "closed"
    assert desk.profile("i01.1") == {"a": 1}


def test_no_key_no_vote_and_no_story_is_ever_in_the_journal() -> None:
    desk = voting("ana")
    desk.vote("ana", "b")
    desk.give(cmd.CloseVote())
    desk.give(cmd.Undo())
    desk.give(cmd.Undo())
    desk.give(cmd.Redo())
    desk.open("i03", vote="close")
    desk.tell("ana", '{"free":"CANARY"}')
    desk.give(cmd.AddNote(key="n1", kind="concern", text="CANARY"))
    journal = repr([event for event in desk.events if isinstance(event, ev.JournalEvent)])

    assert "kkkk" not in journal
    assert "CANARY" not in journal
    assert '"option"' not in journal


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("vorcnuhxU"), st.sampled_from(["ana", "ben", "cyn"]), st.sampled_from("abc")))
)
def test_whatever_is_pressed_the_counts_are_those_of_the_last_vote_of_each(
    presses: list[tuple[str, str, str]],
) -> None:
    desk = Desk(an_agenda(item(1, kind="single", options=options("A", "B", "C")), item(2)))
    desk.join("ana", "ben", "cyn")
    desk.open("i01")
    expected: dict[str, dict[str, str]] = {}
    moves = {
        "o": lambda: desk.open_vote(), "r": lambda: desk.give(cmd.Reveal()), "c": lambda: desk.give(cmd.CloseVote()),
        "n": lambda: desk.open("i02" if desk.state.current == "i01" else "i01", vote="keep"),
        "u": lambda: desk.give(cmd.Undo()), "U": lambda: desk.give(cmd.Redo()),
        "h": lambda: desk.give(cmd.HideResults()), "x": lambda: desk.give(cmd.ReopenVote()),
    }  # fmt: skip
    for press, person, choice in presses:
        rounds = desk.state.rounds_of("i01")
        try:
            if press == "v" and rounds:
                desk.vote(person, choice, round_=rounds[-1].key)
                expected.setdefault(rounds[-1].key, {})[person] = choice
            elif press != "v":
                moves[press]()
        except Refused:
            continue

    for round_ in desk.state.rounds:
        counts: dict[str, int] = {}
        for choice in expected.get(round_.key, {}).values():
            counts[choice] = counts.get(choice, 0) + 1
        assert desk.profile(round_.key) == counts


def test_taking_the_opening_of_a_vote_back_and_doing_it_again_loses_nobodys_answer() -> None:
    desk = Desk()
    desk.open("i01")
    desk.open_vote()
    desk.join("ana", "ben")
    desk.vote("ana", "a")

    desk.give(cmd.Undo())
    desk.give(cmd.Redo())
    desk.vote("ben", "b")

    assert [(each.key, each.status) for each in desk.state.rounds] == [("i01.1", "open")]
    assert desk.profile() == {"a": 1, "b": 1}
    desk.give(cmd.Undo())
    assert desk.state.last_round.status == "closed"


def test_a_vote_that_was_left_open_can_be_closed_from_the_next_item() -> None:
    desk = voting("ana")
    desk.open("i02", vote="keep")
    assert [each.key for each in desk.state.left_open] == ["i01.1"]

    desk.give(cmd.CloseVote())
    assert desk.state.round("i01.1").status == "closed"
    desk.give(cmd.Undo())

    assert desk.state.round("i01.1").status == "open"


def test_options_that_the_kind_cannot_ask_are_refused_when_they_are_chosen() -> None:
    desk = Desk(an_agenda(item(1, kind="pairs", options_from="ideas")))
    desk.open("i01")
    seven = tuple(Option(key, f"Idea {key}") for key in "abcdefg")

    with pytest.raises(CommandRefused, match="7 options, which make 21 pairs"):
        desk.give(cmd.ChooseOptions(item="i01", options=seven))
    desk.give(cmd.ChooseOptions(item="i01", options=seven[:6]))
    desk.open_vote()
