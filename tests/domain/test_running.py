"""Going through the agenda: opening, timing, editing, skipping, adding, ending."""

import msgspec
import pytest

from tests.sayings import said
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import new_state
from workshop_tui.domain.timing import MINUTE, catch_up, day_over_ms, projected_end, schedule
from workshop_tui.errors import CommandRefused


def left_s(desk: Desk) -> float:
    """Seconds left on the open item."""
    assert desk.state.here is not None
    return desk.state.here.left_ms(desk.clock.now_ms()) / 1000


def test_the_timer_starts_with_the_item_and_stands_while_paused() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(120)
    desk.give(cmd.PauseTimer())
    desk.clock.pass_s(300)
    assert left_s(desk) == 480
    desk.give(cmd.StartTimer())
    desk.clock.pass_s(60)

    assert left_s(desk) == 420


def test_coming_back_to_an_item_goes_on_where_its_timer_stood() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(60)
    desk.open("i02")
    desk.clock.pass_s(600)
    desk.open("i01")

    assert left_s(desk) == 540


def test_a_timer_that_runs_out_closes_nothing() -> None:
    desk = Desk()
    desk.open("i01")
    desk.open_vote()
    desk.clock.pass_s(3600)

    assert left_s(desk) == 600 - 3600
    assert desk.state.last_round.status == "open"


@pytest.mark.parametrize("hours", [2, -2])
def test_setting_the_clock_leaves_the_time_left_and_the_day_alone(hours: int) -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(60)
    over = day_over_ms(desk.state, desk.clock.now_ms())
    desk.clock.set_by_s(hours * 3600)
    desk.give(cmd.ClockMoved(by_ms=hours * 3_600_000, slept=False))

    assert left_s(desk) == 540
    assert day_over_ms(desk.state, desk.clock.now_ms()) == over


def test_a_laptop_that_slept_stands_the_timer_and_says_how_long() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(60)
    desk.clock.pass_s(480)
    desk.give(cmd.ClockMoved(by_ms=480_000, slept=True))
    assert left_s(desk) == 540
    assert desk.state.slept_ms == 480_000
    desk.clock.pass_s(30)
    assert left_s(desk) == 540

    desk.give(cmd.StartTimer())

    assert desk.state.slept_ms == 0


def test_a_late_start_moves_the_end_or_keeps_it() -> None:
    for end, over in (("move", 0), ("keep", 12 * MINUTE)):
        desk = Desk()
        desk.open("i01", end=end, scheduled_start=desk.clock.now_ms() - 12 * MINUTE)

        assert day_over_ms(desk.state, desk.clock.now_ms()) == over


def test_the_day_is_over_by_what_the_items_to_come_cannot_hold() -> None:
    desk = Desk(an_agenda(item(1), item(2, minutes=20)))
    desk.open("i01")
    desk.clock.pass_s(13 * 60)

    assert day_over_ms(desk.state, desk.clock.now_ms()) == 3 * MINUTE
    assert projected_end(desk.state, desk.clock.now_ms()) == desk.clock.now_ms() + 20 * MINUTE


def test_catching_up_never_takes_from_breaks_and_protected_items() -> None:
    desk = Desk(
        an_agenda(item(1), item(2, minutes=30, type="break"), item(3, minutes=30, protected=True), item(4, minutes=20))
    )
    desk.open("i01")
    desk.clock.pass_s(16 * 60)

    plans = catch_up(desk.state, desk.clock.now_ms())

    assert {key for plan in plans for key, _ in plan.minutes} == {"i04"}
    assert plans[0].saves_min == 6


def test_applying_a_plan_gains_what_it_says_and_can_be_taken_back() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(15 * 60)
    plan = catch_up(desk.state, desk.clock.now_ms())[0]
    before = [each.minutes for each in desk.state.items]

    desk.give(cmd.SetMinutes(minutes=plan.minutes))
    assert projected_end(desk.state, desk.clock.now_ms()) == plan.end
    assert day_over_ms(desk.state, desk.clock.now_ms()) == (5 - plan.saves_min) * MINUTE
    desk.give(cmd.Undo())

    assert [each.minutes for each in desk.state.items] == before


def test_there_is_no_plan_while_the_day_is_in_time() -> None:
    desk = Desk()
    desk.open("i01")

    assert catch_up(desk.state, desk.clock.now_ms()) == ()


def test_the_agenda_as_planned_is_kept_beside_the_agenda_as_run() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.AddMinutes(minutes=5))
    desk.give(cmd.SkipItem(item="i02", reason="People wanted to go on"))

    assert [each.minutes for each in desk.state.items][:2] == [15, 15]
    assert [each.item.minutes for each in desk.state.items][:2] == [10, 15]
    assert desk.state.agenda.items[1].title == "Break"
    lines = {line.key: line for line in schedule(desk.state, desk.clock.now_ms())}
    assert lines["i03"].planned_start - desk.clock.now_ms() == 25 * MINUTE
    assert lines["i03"].start - desk.clock.now_ms() == 15 * MINUTE


def test_an_item_that_was_opened_can_neither_be_edited_nor_skipped() -> None:
    desk = Desk()
    desk.open("i01")
    desk.open("i02")

    with pytest.raises(CommandRefused):
        desk.give(cmd.EditItem(item=msgspec.structs.replace(desk.state.items[0].item, title="Other")))
    with pytest.raises(CommandRefused):
        desk.give(cmd.SkipItem(item="i01", reason="Late"))


def test_a_question_of_the_moment_goes_behind_the_open_item_and_can_be_voted_on() -> None:
    desk = Desk()
    desk.open("i01")
    new = Item(
        key="",
        title="Shall we go on?",
        minutes=5,
        question="Shall we go on?",
        activity=Activity(kind="single", config={"options": options("Yes", "No")}),
    )

    desk.give(cmd.InsertItem(item=new, after="i01"))
    keys = [each.item.key for each in desk.state.items]
    assert keys[:3] == ["i01", "i07", "i02"]
    desk.open("i07")
    desk.open_vote()

    assert desk.state.last_round.question == "Shall we go on?"


def test_every_text_of_a_question_of_the_moment_passes_the_cleaning_door() -> None:
    desk = Desk()
    desk.open("i01")
    hostile = "A\x1b]52;c;UFdORUQ=\x07B"
    new = Item(
        key="", title=hostile, minutes=5, question=hostile,
        activity=Activity(kind="single", config={"options": options(hostile, "No")}),
    )  # fmt: skip

    desk.give(cmd.InsertItem(item=new, after="i01"))

    assert "\x1b" not in msgspec.json.encode(desk.state).decode().encode().decode("unicode_escape")


def test_an_item_added_by_mistake_is_taken_back_by_skipping_it() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.InsertItem(item=item(0, "Oops"), after="i01"))
    desk.give(cmd.Undo())
    assert desk.state.item("i07").status == "skipped"
    desk.give(cmd.Redo())

    assert desk.state.item("i07").status == "planned"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Item(key="", title=" ", minutes=5), "title"),
        (Item(key="", title="Long", minutes=0), "minutes"),
        (Item(key="", title="X", minutes=5, activity=Activity("singel", {})), "no kind"),
        (Item(key="", title="X", minutes=5, activity=Activity("single", {"options": options("One")})), "option"),
        (Item(key="", title="X", minutes=5, activity=Activity("single", {"colour": "red"})), "fit"),
    ],
)
def test_an_item_that_cannot_run_is_refused_with_the_reason(wrong: Item, words: str) -> None:
    desk = Desk()
    desk.open("i01")

    with pytest.raises(CommandRefused, match=words):
        desk.give(cmd.InsertItem(item=wrong, after="i01"))

    assert len(desk.state.items) == 6


def test_ending_needs_the_typed_word_and_seals_everything() -> None:
    desk = Desk()
    desk.join("ana")
    desk.open("i01")
    desk.open_vote()
    desk.vote("ana", "a")
    desk.open("i06", vote="keep")
    desk.tell("ana", '{"text":"A chair with arms"}', item_="i06")
    with pytest.raises(CommandRefused, match="Type END"):
        desk.give(cmd.EndWorkshop(confirm="yes"))

    desk.give(cmd.EndWorkshop(confirm="end"))

    assert desk.state.rounds[0].status == "sealed"
    assert desk.tables.round_key("i01.1") is None
    assert [row.body for row in desk.tables.contributions.values()] == ['{"text":"A chair with arms"}']
    with pytest.raises(CommandRefused, match="ended"):
        desk.open("i02")


def test_finishing_the_write_up_needs_the_typed_word_and_wipes_what_was_for_the_day() -> None:
    desk = Desk()
    desk.join("ana")
    desk.open("i06")
    desk.tell("ana", '{"text":"A chair with arms"}', item_="i06")
    desk.give(cmd.EndWorkshop(confirm="END"))
    with pytest.raises(CommandRefused, match="Type FINISH"):
        desk.give(cmd.FinishWriteUp(confirm="yes"))

    desk.give(cmd.FinishWriteUp(confirm="finish"))

    assert desk.tables.story_key() is None
    (row,) = desk.tables.contributions.values()
    assert (row.body, row.salt, row.digest, row.author, row.submission_id) == ("", b"", b"", b"", "")
    assert row.gone == "day_over"
    with pytest.raises(CommandRefused, match="finished"):
        desk.give(cmd.AddNote(key="n", kind="note", text="Too late"))


def test_undo_names_what_it_takes_back_and_redo_does_it_again() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.SetPresent(people=42))
    assert str(desk.tables.undo("")[-1].label) == "counted 42 people"

    desk.give(cmd.Undo())
    assert desk.state.present is None
    desk.give(cmd.Redo())

    assert desk.state.present == 42


def test_a_step_that_cannot_be_taken_back_any_more_does_not_block_the_one_before() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.SetPresent(people=42))
    desk.open_vote()
    desk.give(cmd.CloseVote())
    desk.clock.pass_s(60)

    answer = desk.give(cmd.Undo())
    assert said(answer) == ("This can no longer be undone: closed the vote of item 1. "
                          "It was closed more than 30 seconds ago. "
                          "Opening it again makes a new round; the first one is kept.")  # fmt: skip
    desk.give(cmd.Undo())
    desk.give(cmd.Undo())

    assert desk.state.present is None


def test_the_journal_alone_gives_the_same_state_again() -> None:
    desk = Desk()
    desk.join("ana")
    desk.open("i01")
    desk.open_vote()
    desk.vote("ana", "b")
    desk.give(cmd.Reveal())
    desk.give(cmd.Undo())
    desk.open("i03")
    desk.clock.pass_s(90)
    desk.give(cmd.PauseTimer())
    journal = [event for event in desk.events if isinstance(event, ev.JournalEvent)]
    raw = [msgspec.json.encode(event) for event in journal]

    again = [msgspec.json.decode(line, type=ev.JournalEvent) for line in raw]

    assert evolve_all(new_state(desk.state.agenda), again) == desk.state
