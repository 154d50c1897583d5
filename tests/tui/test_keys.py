"""Each key: what it sends, what it asks first, and where it does nothing."""

from __future__ import annotations

import msgspec
import pytest
from textual.pilot import Pilot

from tests.fakes import NOON
from tests.sessions import Desk, an_agenda, item, options
from tests.tui.desk_room import (
    JOIN_URL,
    Sitting,
    asked,
    by_name,
    console,
    press,
    screen_text,
    settle,
    sitting,
    type_key,
    until,
)
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Activity
from workshop_tui.domain.policy import ENDED, FINISHED
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.state import TieBreak
from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Message
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.moment import READ_S
from workshop_tui.tui.run_keys import RUN_KEYS
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.dialogs import Choose, Confirm
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.join import JoinScreen
from workshop_tui.tui.screens.run import RunScreen
from workshop_tui.tui.screens.shade import ShadeScreen
from workshop_tui.tui.widgets.plain import PlainSelect
from workshop_tui.views.acts import ACTS


def names(here: Sitting) -> list[str]:
    return [wire_name(type(command)) for command in here.client.sent]


async def test_n_v_r_y_runs_a_vote_from_start_to_reveal() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r", "y")

        assert names(here) == ["open_item", "open_vote", "reveal"]
        assert here.client.sent[0] == cmd.OpenItem(item="i01", end="move", scheduled_start=None)
        last = here.room.state.last_round
        assert last is not None
        assert last.shown


async def test_r_reveals_nothing_and_says_what_y_would_do_and_how_many_have_answered() -> None:
    async with sitting() as here, console(here) as pair:
        await here.join("ana", "ben", "cy")
        await press(here, pair, "n", "v")
        await here.vote("ana", "a")
        await press(here, pair, "r")
        first = asked(pair[0])
        await here.vote("ben", "a")
        await settle(here, *pair)
        await until(lambda: "2 of 3" in asked(pair[0]))
        later = asked(pair[0])

        assert "reveal" not in names(here)
        assert "People cannot unsee it" in first
        assert "1 of 3 phones answered." in first
        assert "2 of 3 phones answered." in later


@pytest.mark.parametrize("key", ["r", "enter", "space", "n", "escape"])
async def test_no_key_but_y_reveals(key: str) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r", key, key)

        assert "reveal" not in names(here)


async def test_a_round_that_goes_meanwhile_is_not_revealed_by_a_y_that_comes_late() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r")
        await here.give(cmd.OpenItem(item="i02", vote="keep"))
        await settle(here, *pair)
        assert not isinstance(pair[0].screen, Confirm)
        assert "nothing was done" in screen_text(pair[0])
        await press(here, pair, "escape", "y")

        assert "reveal" not in names(here)


async def test_the_button_reveals_with_the_mouse() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r")
        await pair[1].click("#yes")
        await settle(here, *pair)

        assert "reveal" in names(here)


async def test_r_on_a_shown_result_hides_it_and_r_shows_again_what_the_room_has_seen() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r", "y", "r", "r")

        assert names(here)[-3:] == ["reveal", "hide_results", "show_results"]


async def test_v_closes_and_within_thirty_seconds_takes_it_back() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "v", "v")

        assert names(here)[1:] == ["open_vote", "close_vote", "reopen_vote"]


async def test_v_asks_before_it_opens_another_round() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "v")
        await here.pass_s(31)
        pair[0]._tick()
        await press(here, pair, "v")
        assert isinstance(pair[0].screen, Choose)
        assert names(here).count("open_vote") == 1
        await press(here, pair, "up", "enter")

        assert names(here).count("open_vote") == 2
        assert len(here.room.state.rounds) == 2


async def test_v_lets_phones_send_words_and_stops_them() -> None:
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.OpenItem(item="i03"))
        await settle(here, *pair)
        await press(here, pair, "v", "v")

        assert names(here) == ["close_gathering", "open_gathering"]


@pytest.mark.parametrize(
    ("keys", "vote"), [(("up", "up", "enter"), "close"), (("up", "enter"), "keep"), (("enter",), None)]
)
async def test_n_asks_before_it_leaves_an_open_vote(keys: tuple[str, ...], vote: str | None) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "n")
        assert "The vote is still open" in screen_text(pair[0])
        assert here.room.state.current == "i01"
        await press(here, pair, *keys)

        moved = [command for command in here.client.sent if isinstance(command, cmd.OpenItem)][1:]
        assert [command.vote for command in moved] == ([vote] if vote else [])
        assert here.room.state.current == ("i02" if vote else "i01")


async def test_n_and_p_pass_over_what_was_left_out() -> None:
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.SkipItem(item="i02", reason="no time"))
        await settle(here, *pair)
        await press(here, pair, "n", "n", "p")

        assert [command.item for command in here.client.sent] == ["i01", "i03", "i01"]


async def test_at_the_last_item_n_says_how_to_end() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await here.give(cmd.OpenItem(item="i06"))
        await settle(here, *pair)
        await press(here, pair, "n")

        assert here.client.sent == []
        assert "End the workshop" in " ".join(screen_text(pair[0]).split())


@pytest.mark.parametrize(
    ("keys", "end"), [(("up", "up", "enter"), "move"), (("up", "enter"), "keep"), (("enter",), None)]
)
async def test_a_late_start_offers_to_move_or_to_keep_the_end(keys: tuple[str, ...], end: str | None) -> None:
    start = NOON - 12 * MINUTE
    async with sitting(scheduled_start=start) as here, console(here) as pair:
        await press(here, pair, "n")
        text = screen_text(pair[0])
        await press(here, pair, *keys)

        assert "You start 12 min late" in text
        assert "Move the end" in text
        sent = [cmd.OpenItem(item="i01", end=end, scheduled_start=start)] if end in ("move", "keep") else []
        assert here.client.sent == sent


async def test_an_end_that_cannot_be_kept_is_not_offered() -> None:
    start = NOON - 100 * MINUTE
    async with sitting(scheduled_start=start) as here, console(here) as pair:
        await press(here, pair, "n")
        text = screen_text(pair[0])
        await press(here, pair, "up", "enter")

        assert "Move the end" in text
        assert "Keep the end" not in text
        assert here.client.sent == [cmd.OpenItem(item="i01", end="move", scheduled_start=start)]


@pytest.mark.parametrize("late_min", [-30, 0, 1, 180, 600])
async def test_a_start_in_time_or_a_rehearsal_asks_nothing(late_min: int) -> None:
    async with sitting(scheduled_start=NOON - late_min * MINUTE) as here, console(here) as pair:
        await press(here, pair, "n")

        assert here.client.sent == [cmd.OpenItem(item="i01", end="move", scheduled_start=None)]


async def test_time_keys_start_stop_lengthen_and_shorten() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "space", "space", "+", "-")

        assert names(here)[1:] == ["pause_timer", "start_timer", "add_minutes", "add_minutes"]
        assert [c.minutes for c in here.client.sent if isinstance(c, cmd.AddMinutes)] == [1, -1]


async def test_b_goes_round_the_big_screen_and_skips_results_nobody_may_see() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "b", "b", "b", "b")
        hidden = [c.mode for c in here.client.sent if isinstance(c, cmd.SetScreen)]
        await press(here, pair, "v", "r", "y", "b", "b", "b", "b")
        shown = [c.mode for c in here.client.sent if isinstance(c, cmd.SetScreen)][len(hidden) :]

        assert hidden == ["blank", "question", "join", "blank"]
        assert shown == ["question", "join", "blank", "results"]


async def test_c_shows_the_new_times_before_anything_changes() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        await here.give(cmd.AddMinutes(minutes=5))
        await settle(here, *pair)
        await press(here, pair, "c")
        text = screen_text(pair[0])
        assert names(here) == ["open_item"]
        await press(here, pair, "enter")

        assert "NEW TIMES" in text
        assert "→" in text
        assert "Break  15 min (break)" in text
        assert names(here) == ["open_item", "set_minutes"]


@pytest.mark.parametrize(("key", "kind"), [("t", "note"), ("k", "concern"), ("w", "action"), ("m", "promise")])
async def test_one_key_keeps_a_note_tied_to_the_open_item(key: str, kind: str) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", key)
        await press(here, pair, *"nurse")
        assert names(here) == ["open_item"]
        await press(here, pair, "ctrl+s")

        notes = here.room.tables.notes
        assert [(note.kind, note.item, note.text) for note in notes] == [(kind, "i01", "nurse")]


async def test_an_action_has_an_owner_and_a_date_and_a_wrong_date_keeps_the_form() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "w", *"ring", "enter", *"lead", "enter", *"soon", "enter")
        assert "Write it as 24 December 2026" in screen_text(pair[0])
        assert here.client.sent == []
        await press(here, pair, *["backspace"] * 4, *"2026-12-24", "enter")

        note = here.room.tables.notes[0]
        assert (note.text, note.owner, note.due) == ("ring", "lead", "2026-12-24")


async def test_a_day_is_told_back_in_words_while_it_is_typed_and_kept_as_it_was_understood() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "m", *"mend the lift", "enter", "enter", *"4 March 2027")
        await settle(here, *pair)
        assert "That is Thursday 4 March 2027." in screen_text(pair[0])
        assert here.client.sent == []
        await press(here, pair, "enter")

        assert here.room.tables.notes[0].due == "2027-03-04"


async def test_forms_of_the_console_take_days_and_numbers_in_the_digits_of_any_script() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "m", *"lift", "enter", "enter", *"۲۰۲۷-۰۳-۰۴", "enter")
        await press(here, pair, "P", *"೪೨", "enter")

        assert here.room.tables.notes[0].due == "2027-03-04"
        assert here.room.state.present == 42


async def test_what_is_typed_right_after_enter_lands_in_the_next_field() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "w")
        for key in [*"ring", "enter", *"lead", "tab", *"2026-12-24", "enter"]:
            type_key(pair[0], key)
        await until(lambda: here.room.tables.notes)

        note = here.room.tables.notes[0]
        assert (note.text, note.owner, note.due) == ("ring", "lead", "2026-12-24")


async def test_the_screen_below_stays_visible_around_a_dialog() -> None:
    async with sitting() as here, console(here, (100, 30)) as pair:
        await press(here, pair, "t")

        assert "AGENDA" in screen_text(pair[0])


async def test_keys_are_words_while_something_is_typed() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "t", *"rrnvpuxszV")

        assert names(here) == ["open_item", "open_vote"]
        assert isinstance(pair[0].screen, Form)


async def test_i_asks_the_room_a_new_question_and_opens_it() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "n", "i", *"Tea", "enter", "tab", *"yes", "enter", *"no", "tab", "enter")

        inserted = next(c for c in here.client.sent if isinstance(c, cmd.InsertItem))
        assert inserted.after == "i01"
        assert inserted.item.activity is not None
        assert inserted.item.activity.kind == "single"
        assert here.room.state.here is not None
        assert here.room.state.here.item.question == "Tea"
        await press(here, pair, "v")
        assert here.room.state.last_round is not None


async def test_i_asks_for_what_the_chosen_kind_needs_and_keeps_what_was_typed() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "n", "i", *"Tea", "enter", "tab", *"Cups", "enter", *"Pots")
        chooser = pair[0].screen.query_one("#field-kind", PlainSelect)
        chooser.value = "budget"
        # Only then may a test read the screen: a field that is half mounted cannot be drawn, and the console does not.
        await until(lambda: pair[0].screen.query("#field-protected, #field-fund SelectOverlay"))
        await pair[1].pause(0.3)
        chooser.focus()
        await press(here, pair, "tab", "tab", *"30", "enter", *"40", "tab", *"50", "enter", "enter")

        inserted = next(c for c in here.client.sent if isinstance(c, cmd.InsertItem))
        assert inserted.item.activity is not None
        config = inserted.item.activity.config
        assert [option["text"] for option in config["options"]] == ["Cups", "Pots"]
        assert (config["costs"], config["cap"], config["fund"]) == ([30, 40], 50, "greedy")


async def test_i_keeps_the_form_and_what_was_typed_when_options_are_missing() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "n", "i", *"Tea", "ctrl+s")

        assert "Please fill in: Options of a vote" in screen_text(pair[0])
        assert "Tea" in screen_text(pair[0])
        assert names(here) == ["open_item"]


async def test_d_edits_an_item_that_was_not_opened_yet() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "d", "enter", *"X", "enter", "backspace", "backspace", *"12", "ctrl+s")

        edited = here.room.state.items[0]
        assert edited.item.title == "Which firstX"
        assert edited.minutes == 12
        before = an_agenda().items[0].activity
        assert before is not None
        assert edited.item.activity is not None
        assert _as_single(edited.item.activity) == _as_single(before)


async def test_z_leaves_an_item_out_only_with_a_reason_and_puts_it_back() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "z", "enter", "enter")
        assert here.client.sent == []
        assert "Please type why" in screen_text(pair[0])
        await press(here, pair, *"late", "enter")
        assert here.room.state.items[0].reason == "late"
        await press(here, pair, "z", "enter")

        assert here.room.state.items[0].status == "planned"


async def test_shift_v_declares_a_round_void_only_with_a_reason() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "V", "enter")
        assert "void_round" not in names(here)
        await press(here, pair, *"wrong", "enter")

        last = here.room.state.last_round
        assert last is not None
        assert (last.status, last.reason) == ("void", "wrong")


async def test_shift_t_names_one_of_those_that_tie_only_with_a_reason() -> None:
    vote = item(1, kind="single", options=options("A", "B"), ties="facilitator")
    async with sitting(an_agenda(vote)) as here, console(here) as pair:
        await here.join("ana", "ben")
        await press(here, pair, "n", "v", "T")
        assert "no tie to break" in screen_text(pair[0])
        await here.vote("ana", "a")
        await here.vote("ben", "b")
        await press(here, pair, "r", "y")
        assert "T names one of those that tie" in screen_text(pair[0])

        await press(here, pair, "T", "up", "enter", "enter")
        assert "break_tie" not in names(here)
        await press(here, pair, *"cheap", "enter")

        assert here.room.state.rounds[0].tie == TieBreak("b", "cheap")
        assert "The facilitator chose “B”: cheap" in screen_text(pair[0])


@pytest.mark.parametrize("keys", [("T", "up", "enter"), ("u",)])
async def test_shift_t_or_u_takes_back_what_was_named(keys: tuple[str, ...]) -> None:
    vote = item(1, kind="single", options=options("A", "B"), ties="facilitator")
    async with sitting(an_agenda(vote)) as here, console(here, (80, 40)) as pair:
        await here.join("ana", "ben")
        await press(here, pair, "n", "v")
        await here.vote("ana", "a")
        await here.vote("ben", "b")
        await press(here, pair, "r", "y", "T", "up", "enter", *"cheap", "enter")
        # Looking at it and going away changes nothing, with escape or with the choice under the cursor.
        await press(here, pair, "T", "escape", "T", "enter")
        assert here.room.state.rounds[0].tie == TieBreak("b", "cheap")

        await press(here, pair, *keys)

        assert here.room.state.rounds[0].tie is None
        said = " ".join(screen_text(pair[0]).split())
        assert "The facilitator had chosen “B” and took that back" in said


async def test_shift_p_sets_who_is_present_and_nothing_else_than_a_number() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "P", *"many", "enter")
        assert here.client.sent == []
        await press(here, pair, *["backspace"] * 4, *"42", "enter")

        assert here.room.state.present == 42


async def test_u_and_shift_u_take_back_and_do_again() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "u", "U")

        assert names(here)[1:] == ["open_vote", "undo", "redo"]
        last = here.room.state.last_round
        assert last is not None
        assert last.status == "open"


async def test_ctrl_q_asks_while_a_workshop_runs_and_leaves_the_room_running() -> None:
    async with sitting() as here:
        async with console(here) as pair:
            await press(here, pair, "n", "v", "ctrl+q")
            text = screen_text(pair[0])
            assert pair[0].is_running
            await press(here, pair, "up", "up", "enter")

        assert "Leave the room running" in text
        assert pair[0].return_value == "left"
        assert not here.client.stopped


async def test_ctrl_q_can_stop_collecting() -> None:
    async with sitting() as here:
        async with console(here) as pair:
            await press(here, pair, "n", "ctrl+q")
            await press(here, pair, "up", "enter")

        assert pair[0].return_value == "stopped"
        assert here.client.stopped


async def test_ctrl_b_covers_everything_from_anywhere_and_uncovers_the_same_place() -> None:
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.AddNote(key="n1", kind="note", text="canary words"))
        await press(here, pair, "t", *"secret", "ctrl+b")
        assert isinstance(pair[0].screen, ShadeScreen)
        assert "secret" not in screen_text(pair[0])
        assert "canary" not in screen_text(pair[0])
        await press(here, pair, "n", "v", "ctrl+b")

        assert [(type(each), each.mode) for each in here.client.sent] == [(cmd.SetScreen, "blank")]
        assert "secret" in screen_text(pair[0])


async def test_what_the_room_answers_late_does_not_come_over_the_shade() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "ctrl+b")
        pair[0].visit(JoinScreen())
        await settle(here, *pair)

        assert isinstance(pair[0].screen, ShadeScreen)


async def test_x_says_where_the_reports_are() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "x")

        assert "report.html" in screen_text(pair[0])
        assert "/tmp/export" in screen_text(pair[0])


async def test_h_shows_every_address() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "h")

        for address in (
            here.client.addresses.host_url,
            here.client.addresses.screen_url,
            here.client.addresses.join_url.lower(),
        ):
            assert address in screen_text(pair[0])


async def test_the_address_of_the_big_screen_stands_in_one_piece_that_can_be_clicked() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        address = f"http://127.0.0.1:65535/screen?t={'f' * 32}"
        here.client.addresses = msgspec.structs.replace(here.client.addresses, screen_url=address)
        await press(here, pair, "n", "h")

        assert address in screen_text(pair[0])


@pytest.mark.parametrize(
    ("key", "address"), [("o", "http://127.0.0.1:5000/host"), ("b", "http://127.0.0.1:5000/screen")]
)
async def test_h_opens_a_page_in_the_browser_by_a_key(key: str, address: str) -> None:
    opened: list[str] = []

    def open_page(page: str) -> bool:
        opened.append(page)
        return len(opened) == 1

    async with sitting() as here, console(here, open_page=open_page) as pair:
        await press(here, pair, "h", key)
        assert opened == [address]
        assert "Opening it in the browser" in screen_text(pair[0])
        await press(here, pair, "h", key)
        assert "There is no browser to open it in here." in screen_text(pair[0])
        assert here.client.sent == []


@pytest.mark.parametrize(
    ("key", "text"),
    [("c", "http://127.0.0.1:5000/host"), ("B", "http://127.0.0.1:5000/screen"), ("j", JOIN_URL.lower()),
     ("f", "/home/fay/sessions/test.db")],
)  # fmt: skip
async def test_h_copies_an_address_by_a_key(key: str, text: str) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "h", key)

        assert pair[0].clipboard == text
        assert "Copied, if this terminal allows it." in " ".join(screen_text(pair[0]).split())


async def test_a_goes_to_any_item() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "a", "end", "enter", "enter")

        assert here.room.state.current == "i06"


async def test_a_note_can_be_taken_back() -> None:
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.AddNote(key="n1", kind="note", text="canary"))
        await settle(here, *pair)
        pair[0].press(by_name("drop_note"))
        await settle(here, *pair)
        await press(here, pair, "up", "enter")

        assert here.room.tables.notes == ()


async def test_a_refusal_stays_on_the_screen_until_it_is_put_away() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "v")
        await here.pass_s(60)
        pair[0]._tick()
        await settle(here, *pair)
        assert "The workshop has not started." in screen_text(pair[0])
        await press(here, pair, "escape")

        assert "has not started." not in screen_text(pair[0])


def _as_single(activity: Activity) -> object:
    return msgspec.convert(activity.config, KINDS[activity.kind].config_type)


# The tables themselves. -------------------------------------------------------------------------------


async def every_page(here: Sitting, pair: tuple[ConsoleApp, Pilot[str]]) -> list[DeskScreen]:
    """Each page and screen of the console, opened once."""
    app = pair[0]
    app.separate_display = True
    found = []
    for key in ("1", "2", "3", "j", "ctrl+b"):
        await press(here, pair, key)
        assert isinstance(app.screen, DeskScreen)
        found.append(app.screen)
        await press(here, pair, "1")
    return found


async def test_no_two_keys_of_a_page_are_the_same_and_no_two_do_the_same() -> None:
    async with sitting() as here, console(here) as pair:
        for page in await every_page(here, pair):
            keys = [name for key in page.keys.all for name in key.names]
            acts = [key.act.name for key in page.keys.all]

            assert len(keys) == len(set(keys)), page
            assert len(acts) == len(set(acts)), page


def test_every_act_of_the_desk_has_a_key_or_an_entry_of_the_palette() -> None:
    named = {key.act.name for key in RUN_KEYS} | {"help", "pause", "go_on", "shade", "leave"}

    assert named == {act.name for act in ACTS}


async def test_every_facilitator_command_but_the_rooms_own_can_be_given_by_a_key() -> None:
    async with sitting() as here, console(here) as pair:
        pages = await every_page(here, pair)
    given = {way.command for page in pages for key in page.keys.all for way in key.act.ways}

    # The first two the program gives by itself; how a session is kept is said on the command line.
    others = {cmd.ClockMoved, cmd.NoteIssued, cmd.RefuseLock, cmd.SetRetention, cmd.PlaceHold, cmd.LiftHold}
    assert given == set(cmd.FacilitatorCommand.__args__) - others


@pytest.mark.parametrize(("steps", "words"), [(("end",), ENDED), (("end", "finish"), FINISHED)])
def test_after_the_end_the_desk_refuses_at_once_just_what_the_room_would_refuse(
    steps: tuple[str, ...], words: Message
) -> None:
    desk = Desk()
    desk.open("i01")
    for step in steps:
        desk.give(cmd.EndWorkshop(confirm="END") if step == "end" else cmd.FinishWriteUp(confirm="FINISH"))
    phase = "finished" if "finish" in steps else "people_left"
    acts = [act for act in ACTS if act.ways]

    for act in acts:
        refused_here = all(phase not in way.phases for way in act.ways)
        refused_there = all(_is_over(desk, way.command.__name__, words) for way in act.ways)
        assert refused_here == refused_there, act.name


WANTED = {"mode": "blank", "by": 1, "promise": Promise()}
"""What a command needs that is no text."""


def _is_over(desk: Desk, name: str, words: Message = ENDED) -> bool:
    """Whether the room refuses a command because of where the session stands."""
    kind = getattr(cmd, name)
    needed = [field.name for field in msgspec.structs.fields(kind) if field.required]
    try:
        desk.give(
            kind(
                **{
                    **dict.fromkeys(needed, ""),
                    **{name: given for name, given in WANTED.items() if name in needed},
                }
            )
        )
    except CommandRefused as refused:
        return str(refused.message) == str(words)
    return False


async def test_after_the_end_keys_say_so_before_anything_is_typed() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, "n", "v")
        await here.give(cmd.EndWorkshop(confirm="END"))
        await settle(here, *pair)
        await until(lambda: pair[0].moment.snapshot.ended_at is not None)
        for key in ("n", "v", "i", "P"):
            await press(here, pair, key)
            assert isinstance(pair[0].screen, RunScreen)
            assert "This workshop has ended." in screen_text(pair[0])
            await press(here, pair, "escape")
        assert "The room did not see the result." in " ".join(screen_text(pair[0]).split())


async def test_a_refusal_goes_with_the_next_key_once_it_could_be_read() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "r")
        await press(here, pair, "j")
        at_once = screen_text(pair[0])
        await press(here, pair, "escape")
        here.clock.pass_s(READ_S + 1)
        await press(here, pair, "j")
        later = screen_text(pair[0])

    assert "nothing to show" in at_once
    assert "nothing to show" not in later


async def test_every_key_of_every_page_is_in_the_palette() -> None:
    async with sitting() as here, console(here) as pair:
        app = pair[0]
        for page in await every_page(here, pair):
            palette = {command.title.split(" (")[0] for command in app.get_system_commands(page)}
            own = {str(key.act.title) for key in page.keys.all} - {"Back", "Uncover", "Everything by name",
                   "Put the last answer away", "Start the room again"}  # fmt: skip

            assert own <= palette


@pytest.mark.parametrize("size", [(30, 8), (60, 20), (80, 24), (100, 30), (140, 45)], ids=str)
@pytest.mark.parametrize("page", ["1", "2", "3", "j"])
async def test_help_lists_every_key_of_the_page_and_scrolls_to_the_last(page: str, size: tuple[int, int]) -> None:
    async with sitting() as here, console(here, size) as pair:
        pair[0].separate_display = True
        await press(here, pair, page)
        screen = pair[0].screen
        assert isinstance(screen, DeskScreen)
        await press(here, pair, "?")
        choices = pair[0].screen
        assert isinstance(choices, Choose)
        assert [key for key, _ in choices.choices] == [k.act.name for k in screen.keys.all if k.act.name != "help"]
        seen = screen_text(pair[0])
        for _ in choices.choices:
            await press(here, pair, "down")
            seen += screen_text(pair[0])

        flat = " ".join(seen.split())
        for key in screen.keys.all:
            assert key.act.name == "help" or str(key.act.title).split(" ", 1)[0] in flat
        assert "Leave the console"[: size[0] // 3] in screen_text(pair[0])


async def test_a_click_on_a_line_of_the_help_does_it() -> None:
    async with sitting() as here, console(here, (100, 50)) as pair:
        await press(here, pair, "?")
        row = next(n for n, line in enumerate(screen_text(pair[0]).splitlines()) if " n  Next item" in line)
        await pair[1].click(offset=(40, row))
        await settle(here, *pair)

        assert here.room.state.current == "i01"


async def test_an_item_of_the_agenda_is_offered_with_what_can_be_done_next() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "a", "end", "enter")
        choices = pair[0].screen
        assert isinstance(choices, Choose)

        assert [str(words) for _, words in choices.choices] == ["Go there", "Edit it", "Leave it out", "Back"]


async def test_the_bottom_line_is_made_of_buttons() -> None:
    async with sitting() as here, console(here) as pair:
        line = screen_text(pair[0]).splitlines()[-1]
        await pair[1].click(offset=(line.index("n Next"), 29))
        await settle(here, *pair)
        assert here.room.state.current == "i01"
        await pair[1].click(offset=(line.index("more"), 29))
        await settle(here, *pair)

        assert isinstance(pair[0].screen, Choose)


async def test_commands_arrive_in_the_order_of_the_keys() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        for key in ("+", "+", "-", "+"):
            type_key(pair[0], key)
        await until(lambda: len(here.client.sent) == 5)

        assert [c.minutes for c in here.client.sent if isinstance(c, cmd.AddMinutes)] == [1, 1, -1, 1]


async def test_the_console_sends_no_time_and_no_key_of_its_own() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "u", "U")

        for command in here.client.sent:
            assert command.at == 0
            assert not getattr(command, "key", b"")
        sent = msgspec.json.decode(msgspec.json.encode(here.client.sent[1]))
        assert sent == {"type": "open_vote", "at": 0, "who": "facilitator", "desk": "", "salt": "", "key": ""}
