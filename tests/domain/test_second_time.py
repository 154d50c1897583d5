"""One question asked twice: the key is kept until the second count, then only how many changed is known."""

from __future__ import annotations

import contextlib
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sayings import said
from tests.sessions import Desk, an_agenda, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Activity
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.earlier import asks_again
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.results import change_sentences
from workshop_tui.domain.state import Compared, Round, new_state
from workshop_tui.errors import AgendaError, CommandRefused, Refused, TooLate
from workshop_tui.kinds.registry import KINDS

PEOPLE = tuple(f"person {n:02}" for n in range(14))
FIRST, SECOND = "i01.1", "i03.1"


def second(number: int, title: str = "Second thoughts", again: str = "First thoughts", kind: str = "single") -> object:
    """An item that asks the first question again."""
    found = item(number, title, kind=kind, options=options("Yes", "No", "Perhaps"), question="")
    return found.__class__(
        key=found.key, title=title, minutes=5, activity=Activity(kind, found.activity.config, again=again)
    )


def desk(*more: object) -> Desk:
    """Asked before and after people have talked."""
    first = item(1, "First thoughts", kind="single", options=options("Yes", "No", "Perhaps"), question="One door?")
    room = Desk(an_agenda(first, item(2, "Talk"), second(3), *more))
    room.join(*PEOPLE)
    return room


def ask(room: Desk, key: str, choices: str, number: int = 0) -> str:
    """Open an item and its vote; people choose in order, "-" for a skip and " " for no answer."""
    if room.state.current != key:
        room.open(key)
    room.give(cmd.OpenVote(key=hashlib.sha256(f"{key} {number}".encode()).digest()))
    for person, choice in zip(PEOPLE, choices, strict=False):
        if choice != " ":
            room.vote(person, None if choice == "-" else choice)
    assert room.state.last_round is not None
    return room.state.last_round.key


def has_key(room: Desk, round_: str) -> bool:
    return room.tables.round_key(round_) is not None


def test_only_how_many_changed_is_kept_and_both_keys_are_destroyed_with_the_second_count() -> None:
    room = desk()
    ask(room, "i01", "aaaaaabbbbbb-")
    room.give(cmd.Reveal())
    assert has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == "i03"

    ask(room, "i03", "aaaabbbbbcc--a")
    room.give(cmd.Reveal())

    # Two of the first six went from yes to no, two of the others to perhaps; one of them and one skip went away.
    assert room.state.rounds[1].compared == Compared(few=False, both=11, changed=4, only_before=1, only_now=1)
    assert not has_key(room, FIRST)
    assert not has_key(room, SECOND)
    assert room.state.rounds[0].kept_for == ""


def test_the_journal_never_says_who_changed() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())

    said = [event for event in room.events if isinstance(event, ev.RoundsCompared)]

    assert [(each.first, each.second) for each in said] == [(FIRST, SECOND)]
    assert set(said[0].counts.__struct_fields__) == {"few", "both", "changed", "only_before", "only_now"}


def test_of_fewer_than_ten_nothing_more_is_counted_than_that() -> None:
    room = desk()
    ask(room, "i01", "aaaaaaaaa")
    room.give(cmd.Reveal())
    ask(room, "i03", "bbbbbbbbbb")
    room.give(cmd.Reveal())

    assert room.state.rounds[1].compared == Compared(few=True)


def test_the_second_vote_asks_what_the_first_one_asked() -> None:
    room = desk()
    room.give(cmd.EditItem(item=item(1, "First", kind="single", options=options("A", "B"), question="Two doors?")))
    ask(room, "i01", "a")
    room.give(cmd.Reveal())

    ask(room, "i03", "b")

    assert (room.state.rounds[1].question, room.state.rounds[1].again) == ("Two doors?", FIRST)
    assert room.state.rounds[1].config == room.state.rounds[0].config


def test_nobody_can_change_the_first_answer_in_between() -> None:
    room = desk()
    again = sid()
    ask(room, "i01", "")
    room.vote("person 00", "a", sid_=again)
    room.give(cmd.Reveal())

    with pytest.raises(TooLate):
        room.vote("person 00", "b", round_=FIRST)
    # What was counted in time is still known to be counted.
    assert room.vote("person 00", "a", round_=FIRST, sid_=again).again


def test_a_first_vote_that_is_only_closed_is_counted_hidden_and_shown_with_the_second() -> None:
    room = desk()
    ask(room, "i01", "aaa")
    room.give(cmd.CloseVote())

    ask(room, "i03", "bbb")
    first = room.state.rounds[0]
    assert (first.status, first.kept_for, first.revealed_at) == ("sealed", "i03", None)

    room.give(cmd.Reveal())
    assert room.state.rounds[0].revealed_at is not None


@pytest.mark.parametrize("how_far", ["nothing", "open", "void"])
def test_the_second_vote_waits_for_the_first(how_far: str) -> None:
    room = desk()
    if how_far != "nothing":
        ask(room, "i01", "a")
    if how_far == "void":
        room.give(cmd.VoidRound(round=FIRST, reason="a mistake"))
    room.open("i03", vote="keep")

    with pytest.raises(CommandRefused, match="“First thoughts”"):
        room.open_vote()


def test_voiding_the_first_destroys_its_key_and_nothing_is_compared() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)

    room.give(cmd.VoidRound(round=FIRST, reason="the wrong words"))
    assert not has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == ""
    room.give(cmd.Reveal())

    assert room.state.rounds[1].compared is None
    assert not has_key(room, SECOND)


def test_a_second_vote_that_is_void_leaves_the_first_waiting_for_another() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b")
    room.give(cmd.VoidRound(round=SECOND, reason="too early"))
    assert has_key(room, FIRST)

    ask(room, "i03", "a" * 11 + "b", 2)
    room.give(cmd.Reveal())

    assert room.state.rounds[2].compared == Compared(few=False, both=12, changed=1)
    assert not has_key(room, FIRST)


def test_a_second_vote_set_aside_for_a_new_round_is_not_the_one_compared() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.CloseVote())

    ask(room, "i03", "a" * 12, 2)
    assert not has_key(room, SECOND)
    assert room.state.rounds[1].compared is None
    room.give(cmd.Reveal())

    assert room.state.rounds[2].compared == Compared(few=False, both=12)


def test_a_new_first_round_lets_the_key_of_the_old_one_go() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())

    ask(room, "i01", "b" * 12, 2)
    assert not has_key(room, FIRST)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())

    assert room.state.rounds[2].again == "i01.2"
    assert room.state.rounds[2].compared == Compared(few=False, both=12)


@pytest.mark.parametrize("second_vote", ["not asked", "open", "closed", "skipped"])
def test_the_end_destroys_every_key(second_vote: str) -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    if second_vote == "skipped":
        room.give(cmd.SkipItem(item="i03", reason="no time"))
    elif second_vote != "not asked":
        ask(room, "i03", "b" * 12)
        if second_vote == "closed":
            room.give(cmd.CloseVote())

    room.give(cmd.EndWorkshop(confirm="END"))

    assert [has_key(room, round_.key) for round_ in room.state.rounds] == [False] * len(room.state.rounds)
    assert [round_.kept_for for round_ in room.state.rounds] == [""] * len(room.state.rounds)
    if len(room.state.rounds) > 1:
        assert room.state.rounds[1].compared == Compared(few=False, both=12, changed=12)


def test_a_first_vote_that_nobody_will_ask_again_keeps_no_key() -> None:
    room = desk()
    room.give(cmd.SkipItem(item="i03", reason="no time"))
    ask(room, "i01", "a")
    room.give(cmd.Reveal())

    assert not has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == ""


GONE = (
    "The answers to “First thoughts” are no longer linked to phones. If it is asked again after all, nobody can tell "
    "who changed their answer."
)


@pytest.mark.parametrize("how", ["skipped", "edited"])
def test_the_key_goes_as_soon_as_nothing_asks_again_and_the_facilitator_is_told(how: str) -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    left_out = {
        "skipped": cmd.SkipItem(item="i03", reason="no time"),
        "edited": cmd.EditItem(item=item(3, "Lunch?", kind="single", options=options("Soup", "Bread"))),
    }

    answer = room.give(left_out[how])

    assert not has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == ""
    assert isinstance(answer, Done)
    assert said(answer).endswith(f". {GONE}")
    # What would be taken back has only its name.
    assert str(room.tables.undo("")[-1].label) in ("skipped “Second thoughts”", "edited “Lunch?”")


@pytest.mark.parametrize("how", ["undo", "put back"])
def test_a_second_vote_that_is_put_back_is_asked_but_compared_with_nothing_and_that_is_said(how: str) -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    room.give(cmd.SkipItem(item="i03", reason="no time"))

    answer = room.give(cmd.Undo() if how == "undo" else cmd.RestoreItem(item="i03"))
    before = "Undone: skipped" if how == "undo" else "put back"
    assert said(answer) == f"{before} “Second thoughts”. Nobody can tell any more who changed their answer."

    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())
    assert (room.state.rounds[1].again, room.state.rounds[1].compared) == (FIRST, None)
    assert [str(said) for said in change_sentences(room.state.rounds[1])] == [
        "How many changed their answer was not counted."
    ]
    assert not any(has_key(room, round_.key) for round_ in room.state.rounds)


def test_redo_of_leaving_it_out_says_nothing_that_was_said_before() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    room.give(cmd.SkipItem(item="i03", reason="no time"))
    room.give(cmd.Undo())

    assert said(room.give(cmd.Redo())) == "Done again: skipped “Second thoughts”"


def test_putting_it_back_before_the_first_is_counted_loses_nothing() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.SkipItem(item="i03", reason="no time"))

    assert said(room.give(cmd.Undo())) == "Undone: skipped “Second thoughts”"
    room.give(cmd.Reveal())

    assert room.state.rounds[0].kept_for == "i03"


def test_leaving_out_one_of_two_keeps_the_key_for_the_other_and_with_the_last_it_goes() -> None:
    room = desk(second(4, "Third thoughts", "First thoughts"))
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())

    room.give(cmd.SkipItem(item="i03", reason="no time"))
    assert has_key(room, FIRST)
    assert said(room.give(cmd.Undo())) == "Undone: skipped “Second thoughts”"
    room.give(cmd.SkipItem(item="i04", reason="no time"))
    assert has_key(room, FIRST)
    room.give(cmd.SkipItem(item="i03", reason="no time"))

    assert not has_key(room, FIRST)


def test_leaving_out_a_third_vote_does_not_take_the_key_from_a_second_that_is_not_counted_yet() -> None:
    room = desk(second(4, "Third thoughts", "First thoughts"))
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.CloseVote())
    ask(room, "i03", "b" * 12, 2)

    room.give(cmd.SkipItem(item="i04", reason="no time"))
    assert has_key(room, FIRST)
    room.give(cmd.Reveal())

    assert room.state.rounds[2].compared == Compared(few=False, both=12, changed=12)
    assert not has_key(room, FIRST)


@pytest.mark.parametrize("void_first", [True, False])
def test_a_vote_that_does_not_count_keeps_no_key_once_nothing_else_asks_again(void_first: bool) -> None:
    room = desk(second(4, "Third thoughts", "First thoughts"))
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12, 2)
    left_out = cmd.SkipItem(item="i04", reason="no time")
    void = cmd.VoidRound(round="i03.2", reason="the wrong people")

    room.give(void if void_first else left_out)
    assert has_key(room, FIRST)
    answer = room.give(left_out if void_first else void)

    assert not has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == ""
    assert isinstance(answer, Done)
    assert said(answer).endswith(f". {GONE}")


def test_three_times_are_compared_one_after_the_other() -> None:
    room = desk(second(4, "Third thoughts", "Second thoughts"))
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())
    assert [has_key(room, FIRST), has_key(room, SECOND)] == [False, True]

    ask(room, "i04", "b" * 11 + "c")
    room.give(cmd.Reveal())

    assert [round_.compared for round_ in room.state.rounds] == [
        None, Compared(few=False, both=12, changed=12), Compared(few=False, both=12, changed=1),
    ]  # fmt: skip
    assert not any(has_key(room, round_.key) for round_ in room.state.rounds)


def test_the_first_is_kept_as_long_as_somebody_asks_it_again() -> None:
    room = desk(second(4, "Third thoughts", "First thoughts"))
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.Reveal())
    assert has_key(room, FIRST)

    ask(room, "i04", "a" * 12)
    room.give(cmd.Reveal())

    assert room.state.rounds[2].compared == Compared(few=False, both=12)
    assert not has_key(room, FIRST)


def test_ballots_of_the_same_batch_are_compared_too() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "")
    room.tables.commit = lambda: None  # type: ignore[method-assign]  # everything from here on is one batch
    for person in PEOPLE[:12]:
        room.vote(person, "b")

    room.give(cmd.Reveal())

    assert room.state.rounds[1].compared == Compared(few=False, both=12, changed=12)


FILE = """
title = "A day"
stage = "plan"
[[item]]
title = "First thoughts"
minutes = 5
question = {{ en = "One door?", cy = "Un drws?" }}
phone = {{ kind = "single", options = ["Yes", "No"] }}
[[item]]
title = "Words"
minutes = 5
question = "Any?"
phone = {{ kind = "ideas" }}
[[item]]
title = "Panel"
minutes = 5
question = "How good?"
phone = {{ kind = "panel", options = ["Bid 1", "Bid 2"], evaluators = ["One", "Two"] }}
[[item]]
title = "Second thoughts"
minutes = 5
{more}
"""


def test_an_agenda_needs_no_more_than_again() -> None:
    first, _, _, last = parse_agenda(FILE.format(more='phone = { again = "first THOUGHTS" }'), KINDS, file="a").items

    assert last.activity is not None
    assert first.activity is not None
    assert (last.activity.kind, last.activity.config) == (first.activity.kind, first.activity.config)
    assert last.activity.again == "First thoughts"
    assert (last.question, last.texts) == (first.question, first.texts)


def test_the_second_time_may_have_a_question_of_its_own() -> None:
    more = 'question = "And now?"\nphone = { kind = "single", again = "First thoughts" }'

    assert parse_agenda(FILE.format(more=more), KINDS, file="a").items[3].question == "And now?"


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ('again = "First thought"', "Did you mean “First thoughts”?"),
        ('again = "Second thoughts"', "no item “Second thoughts” with a vote before this one"),
        ('again = "Words"', "no item “Words” with a vote before this one"),
        ('again = "First thoughts", kind = "dots"', "leave “kind” out"),
        ('again = "First thoughts", options = ["Yes"]', "the key “options” is not known"),
        ("again = 3", "“again” must be a text"),
        ('again = "Panel"', "“Panel” is answered under names"),
    ],
)
def test_check_refuses_what_cannot_be_asked_again(phone: str, words: str) -> None:
    with pytest.raises(AgendaError) as refused:
        parse_agenda(FILE.format(more=f"phone = {{ {phone} }}"), KINDS, file="a.toml")

    assert words in str(refused.value)


def may_be_asked(room: Desk, first: Round) -> bool:
    """Whether an item that is not left out asks the question of a round again, or has begun to."""
    asking = [each for each in room.state.items if asks_again(each.item) and each.status != "skipped"]
    titles = {asks_again(each.item) for each in asking}
    source = room.state.item(first.item)
    return source is not None and source.item.title in titles


COMMANDS = st.sampled_from(
    [
        *(cmd.OpenItem(item=key, vote=vote) for key in ("i01", "i03", "i04") for vote in ("close", "keep")),
        cmd.OpenVote(key=b""), cmd.OpenVote(key=b""), cmd.CloseVote(), cmd.ReopenVote(), cmd.Reveal(), cmd.Reveal(),
        *(cmd.VoidRound(round=f"{key}.{n}", reason="why not") for key in ("i01", "i03", "i04") for n in (1, 2)),
        *(cmd.SkipItem(item=key, reason="why not") for key in ("i03", "i04")),
        *(cmd.RestoreItem(item=key) for key in ("i03", "i04")), cmd.Undo(), cmd.Redo(),
        cmd.EndWorkshop(confirm="END"),
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(COMMANDS, st.tuples(st.sampled_from(PEOPLE[:11]), st.sampled_from("ab"))), max_size=40))
def test_a_key_lives_as_long_as_votes_come_or_a_second_count_is_to_come_and_no_longer(steps: list[object]) -> None:
    room = desk(second(4, "Third thoughts", "Second thoughts"))
    for made, step in enumerate(steps, 1):
        with contextlib.suppress(Refused):
            if isinstance(step, tuple):
                room.vote(*step)
            elif isinstance(step, cmd.OpenVote):
                room.give(cmd.OpenVote(key=made.to_bytes(32)))
            else:
                assert isinstance(step, cmd.FacilitatorCommand)
                room.give(step)
        for round_ in room.state.rounds:
            waits = bool(round_.kept_for)
            assert not waits or round_.status == "sealed"
            assert not waits or may_be_asked(room, round_), round_
            assert has_key(room, round_.key) == (round_.status in ("open", "closed") or waits), round_
            assert round_.compared is None or (round_.status in ("sealed", "void") and round_.again)
    if room.state.ended_at is not None:
        assert not any(has_key(room, round_.key) for round_ in room.state.rounds)
    journal = [event for event in room.events if isinstance(event, ev.JournalEvent)]
    assert evolve_all(new_state(room.state.agenda), journal) == room.state


FORM = [{"label": "Age?", "options": ["Young", "Old"]}, {"label": "Carer?", "options": ["Yes", "No"]}]


def test_a_first_vote_that_became_a_form_on_the_day_keeps_no_key_and_is_taken_apart() -> None:
    room = desk()
    room.give(cmd.EditItem(item=item(1, "First thoughts", kind="form", fields=FORM)))
    room.open("i01")
    room.give(cmd.OpenVote(key=b"k" * 32))
    together = '{"given":[["q1","a"],["q2","b"]]}'
    for person in PEOPLE:
        choice = together if person < "person 02" else '{"given":[["q1","b"],["q2","a"]]}'
        room.give(cmd.Cast(person=person, round=FIRST, choice=choice, submission_id=sid()))

    room.give(cmd.Reveal())

    assert not has_key(room, FIRST)
    assert together not in room.tables.tallies[FIRST].profile


def test_a_first_vote_that_is_asked_in_another_way_on_the_day_keeps_no_key() -> None:
    room = desk()
    room.give(cmd.EditItem(item=item(1, "First thoughts", kind="dots", options=options("Yes", "No"))))
    room.open("i01")
    room.give(cmd.OpenVote(key=b"k" * 32))

    room.give(cmd.Reveal())

    assert not has_key(room, FIRST)
    assert room.state.rounds[0].kept_for == ""


def test_a_new_first_round_beside_the_second_vote_keeps_no_key_beyond_that_count() -> None:
    room = desk()
    ask(room, "i01", "a" * 12)
    room.give(cmd.Reveal())
    ask(room, "i03", "b" * 12)
    room.give(cmd.OpenItem(item="i01", vote="keep"))
    ask(room, "i01", "c" * 12, 2)
    room.give(cmd.Reveal())
    assert room.state.rounds[2].kept_for == "i03"

    room.give(cmd.OpenItem(item="i03", vote="keep"))
    room.give(cmd.Reveal())

    assert room.state.rounds[1].compared is None
    assert not any(has_key(room, round_.key) for round_ in room.state.rounds)
