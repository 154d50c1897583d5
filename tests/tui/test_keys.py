"""Each key: what it sends, what it asks first, and where it does nothing."""

from __future__ import annotations

import msgspec
import pytest

from tests.fakes import NOON
from tests.sessions import Desk, an_agenda, item, options
from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting, type_key, until
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.policy import ENDED, FINISHED
from workshop_tui.domain.state import TieBreak
from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message
from workshop_tui.tui.app import READ_S
from workshop_tui.tui.flows import FLOWS
from workshop_tui.tui.keys import EVERYWHERE, KEYS, UNTIL_THE_END, UNTIL_THE_FINISH
from workshop_tui.tui.screens.dialogs import Choose, Form
from workshop_tui.tui.screens.run import RunScreen
from workshop_tui.tui.screens.shade import ShadeScreen


def names(here: Sitting) -> list[str]:
    return [wire_name(type(command)) for command in here.client.sent]


async def test_n_v_r_r_runs_a_vote_from_start_to_reveal() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r", "r")

        assert names(here) == ["open_item", "open_vote", "reveal"]
        assert here.client.sent[0] == cmd.OpenItem(item="i01", end="move", scheduled_start=None)
        last = here.room.state.last_round
        assert last is not None
        assert last.shown


async def test_one_r_reveals_nothing_and_says_what_the_second_would_do() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r")

        assert "reveal" not in names(here)
        assert "People cannot unsee it" in " ".join(screen_text(pair[0]).split())


async def test_a_second_r_after_three_seconds_only_arms_again() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r")
        here.clock.pass_s(3.5)
        pair[0]._tick()
        await press(here, pair, "r")

        assert "reveal" not in names(here)


async def test_r_on_a_shown_result_hides_it_and_r_r_shows_it_again() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r", "r", "r", "r", "r")

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
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.OpenItem(item="i06"))
        await settle(here, *pair)
        await press(here, pair, "n")

        assert here.client.sent == []
        assert "End the workshop" in screen_text(pair[0])


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
        await press(here, pair, "v", "r", "r", "b", "b", "b", "b")
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
        assert "2026-12-24" in screen_text(pair[0])
        assert here.client.sent == []
        await press(here, pair, *["backspace"] * 4, *"2026-12-24", "enter")

        note = here.room.tables.notes[0]
        assert (note.text, note.owner, note.due) == ("ring", "lead", "2026-12-24")


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


async def test_i_keeps_the_form_and_what_was_typed_when_options_are_missing() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "n", "i", *"Tea", "ctrl+s")

        assert "2 to 26 options" in screen_text(pair[0])
        assert "Tea" in screen_text(pair[0])
        assert names(here) == ["open_item"]


async def test_d_edits_an_item_that_was_not_opened_yet() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "d", "enter", *"X", "enter", "backspace", "backspace", *"12", "ctrl+s")

        edited = here.room.state.items[0]
        assert edited.item.title == "Which firstX"
        assert edited.minutes == 12
        assert edited.item.activity == an_agenda().items[0].activity


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
        await press(here, pair, "r", "r")
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
        await press(here, pair, "r", "r", "T", "up", "enter", *"cheap", "enter")
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

        assert here.client.sent == []
        assert "secret" in screen_text(pair[0])


async def test_x_says_where_the_reports_are() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "x")

        assert "report.html" in screen_text(pair[0])
        assert "/tmp/export" in screen_text(pair[0])


async def test_h_shows_every_address() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "h")

        for address in (here.client.place.host_url, here.client.place.screen_url, here.client.place.join_url.lower()):
            assert address in screen_text(pair[0])


async def test_the_address_of_the_big_screen_stands_in_one_piece_that_can_be_clicked() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        address = f"http://127.0.0.1:65535/screen?t={'f' * 32}"
        here.client.place = msgspec.structs.replace(here.client.place, screen_url=address)
        await press(here, pair, "n", "h")

        assert address in screen_text(pair[0])


async def test_a_goes_to_any_item() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "a", "end", "enter", "enter")

        assert here.room.state.current == "i06"


async def test_a_note_can_be_taken_back() -> None:
    async with sitting() as here, console(here) as pair:
        await here.give(cmd.AddNote(key="n1", kind="note", text="canary"))
        await settle(here, *pair)
        pair[0].action_do("drop_note")
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


# The table itself. ------------------------------------------------------------------------------------


def test_every_key_has_a_flow_and_every_flow_a_key() -> None:
    assert {key.name for key in KEYS} == set(FLOWS)


def test_no_two_keys_are_the_same() -> None:
    keys = [one for key in KEYS for one in key.keys.split(",") if one]

    assert len(keys) == len(set(keys))


def test_every_facilitator_command_but_the_rooms_own_can_be_given_by_a_key() -> None:
    given = {name for key in KEYS for name in key.commands}
    wanted = {kind.__name__ for kind in cmd.FacilitatorCommand.__args__} - {"ClockMoved"}

    assert given == wanted


def test_after_the_end_the_desk_refuses_at_once_just_what_the_room_would_refuse() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.EndWorkshop(confirm="END"))
    refused = {key.name for key in KEYS if key.commands and all(_is_over(desk, name) for name in key.commands)}

    # The agenda stays to be looked at; options may still be shown on the big screen, but not chosen.
    assert (refused | {"options"}) - {"agenda"} == UNTIL_THE_END


def test_after_the_finish_the_desk_refuses_at_once_just_what_the_room_would_refuse() -> None:
    desk = Desk()
    desk.open("i01")
    desk.give(cmd.EndWorkshop(confirm="END"))
    desk.give(cmd.FinishWriteUp(confirm="FINISH"))
    over = {key.name for key in KEYS if key.commands and all(_is_over(desk, name, FINISHED) for name in key.commands)}

    assert (over | {"options"}) - {"agenda"} == UNTIL_THE_FINISH


def _is_over(desk: Desk, name: str, words: Message = ENDED) -> bool:
    """Whether the room refuses a command because of where the session stands."""
    kind = getattr(cmd, name)
    needed = [field.name for field in msgspec.structs.fields(kind) if field.required]
    try:
        desk.give(kind(**{**dict.fromkeys(needed, ""), **({"mode": "blank"} if "mode" in needed else {})}))
    except CommandRefused as refused:
        return refused.message == words
    return False


async def test_after_the_end_keys_say_so_before_anything_is_typed() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, "n", "v")
        await here.give(cmd.EndWorkshop(confirm="END"))
        await settle(here, *pair)
        await until(lambda: pair[0].desk.snapshot.ended_at is not None)
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


async def test_every_key_is_bound_named_and_in_the_palette() -> None:
    async with sitting() as here, console(here) as (app, _):
        bound = {binding.id for bindings in app.screen._bindings.key_to_bindings.values() for binding in bindings}
        everywhere = {binding.id for bindings in app._bindings.key_to_bindings.values() for binding in bindings}
        palette = {command.title.split(" (")[0] for command in app.get_system_commands(app.screen)}

        assert isinstance(app.screen, RunScreen)
        assert {key.name for key in KEYS if key.keys and key.name not in EVERYWHERE} <= bound
        assert set(EVERYWHERE) <= everywhere
        assert {key.title for key in KEYS} <= palette


async def test_help_lists_every_key_and_a_click_on_a_line_does_it() -> None:
    async with sitting() as here, console(here, (100, 50)) as pair:
        await press(here, pair, "?")
        choices = pair[0].screen
        assert isinstance(choices, Choose)
        assert [key for key, _ in choices._choices] == [key.name for key in KEYS if key.name != "help"]
        row = next(n for n, line in enumerate(screen_text(pair[0]).splitlines()) if " n  Next item" in line)
        await pair[1].click(offset=(40, row))
        await settle(here, *pair)

        assert here.room.state.current == "i01"


async def test_the_bottom_line_is_made_of_buttons() -> None:
    async with sitting() as here, console(here) as pair:
        line = screen_text(pair[0]).splitlines()[-1]
        await pair[1].click(offset=(line.index("n Next"), 29))
        await settle(here, *pair)

        assert here.room.state.current == "i01"


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
