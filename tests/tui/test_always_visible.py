"""What stands on the console at every width, and what stands there only when asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fakes import NOON
from tests.sessions import an_agenda, item, options
from tests.tui.desk_room import JOIN_URL, console, press, screen_text, settle, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.messages import tr
from workshop_tui.room.times import clock
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.web.http.credentials import FACILITATOR

SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_state_of_an_open_vote_is_visible_at_every_width(size: tuple[int, int]) -> None:
    async with sitting() as here:
        await here.join("ana", "ben", "cy")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        await here.vote("ana", "a")
        await here.give(cmd.SetPresent(people=42, desk=FACILITATOR.desk))
        async with console(here, size) as (_, _pilot):
            text = screen_text(_)

    for words in (
        "1 of 6 VOTE Which first",
        "10:00 left of 10:00",
        "Day: on time",
        "Phones 3",
        "Answers 1 of 42",
        "Vote ● OPEN",
        "HIDDEN",
        "QUESTION",
        f"Saved {clock(NOON, seconds=True)}",
        f"Join {JOIN_URL.lower()}",
        "Nothing to read",
        "Undo: counted 42 people",
    ):
        assert words in text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_waits_to_be_read_is_a_count_without_any_word_of_it(size: tuple[int, int]) -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await here.tell("ana", '{"parts":["","","","canary words"]}', "i03")
        await here.give(cmd.OpenItem(item="i06"))
        await here.tell("ana", '{"text":"canary words"}', "i06")
        async with console(here, size) as (app, _pilot):
            text = screen_text(app)

    assert "! 2 to read, 1 only for you (s)" in text
    assert "canary" not in text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_bottom_line_shows_help_pause_and_undo_first_no_half_word_and_how_many_more(
    size: tuple[int, int],
) -> None:
    async with sitting() as here, console(here, size) as (app, pilot):
        await pilot.pause(0.02)
        line = screen_text(app).splitlines()[-1]
        assert isinstance(app.screen, DeskScreen)
        keys = [key for key in app.screen.keys.all if key.act.key]

    assert line.startswith("? Help F8 Pause u Undo space Timer v Vote r Reveal n Next b Big screen")
    fits, more = line.removesuffix(" more").rsplit("+", 1)
    assert fits.split()[-1] in {"screen", "QR", "Read", "Look", "up", "Ask"}
    assert int(more) == len(keys) - len(re.findall(r"(?:^| )(?:space|F8|[?a-z]) [A-Z]", fits))


@pytest.mark.parametrize("size", [(60, 20), (79, 24), (80, 23), (30, 8)], ids=str)
async def test_a_small_window_says_so_and_keeps_the_essentials(size: tuple[int, int]) -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        async with console(here, size) as (app, pilot):
            text = screen_text(app)
            await press(here, (app, pilot), "v")
            await settle(here, app, pilot)

    assert "Please make the window" in text
    assert "1 of 6 VOTE" in text
    assert "10:00 left" in text
    last = here.room.state.last_round
    assert last is not None
    assert last.status == "closed"


async def test_live_results_are_hidden_until_asked_for_and_again_in_the_next_round() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        await here.vote("ana", "b")
        async with console(here) as (app, pilot):
            hidden = screen_text(app)
            await press(here, (app, pilot), "l")
            await settle(here, app, pilot)
            looked = screen_text(app)
            await here.give(cmd.CloseVote())
            await here.pass_s(60)
            await here.give(cmd.OpenVote(key=b""))
            await settle(here, app, pilot)
            again = screen_text(app)

    assert "Live results hidden. Press l to look." in hidden
    assert "Letters" not in hidden
    assert "Letters" in looked
    assert "Live results hidden. Press l to look." in again


async def test_time_goes_on_between_two_snapshots() -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        async with console(here) as (app, pilot):
            await here.pass_s(150)
            app._tick()
            await pilot.pause(0.02)
            running = screen_text(app)
            await here.pass_s(600)
            app._tick()
            await pilot.pause(0.02)
            over = screen_text(app)

    assert "07:30 left of 10:00" in running
    assert "Day: on time" in running
    assert "02:30 OVER 10:00" in over
    assert "Day: 2 min OVER" in over


async def test_a_full_disk_is_told_in_the_place_where_saved_stands() -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        here.store.broken = tr("The disk is full."), tr("Free some space; voting waits.")
        async with console(here, (80, 24)) as (app, pilot):
            await press(here, (app, pilot), "v")
            await settle(here, app, pilot)
            text = screen_text(app)

    assert "NOT SAVED – The disk is full" in text
    assert "✗ NOT SAVED. The disk is full. Free some space" in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_copies_that_cannot_be_removed_stay_in_view(size: tuple[int, int]) -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        here.store.left_over = (Path("/closed/rescued-1-s.workshop"),)
        async with console(here, size) as (app, _):
            stays = " ".join(screen_text(app).split())
        here.store.left_over = ()
        async with console(here, size) as (app, _):
            gone = screen_text(app)

    assert "NOT GONE. What is to be gone is still in copies that cannot be removed: rescued-1-s.workshop" in stays
    assert "NOT GONE" not in gone


async def test_a_laptop_that_slept_is_told_until_space_goes_on() -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.ClockMoved(by_ms=480_000, slept=True))
        async with console(here, (80, 24)) as (app, pilot):
            slept = screen_text(app)
            await press(here, (app, pilot), "space")
            await settle(here, app, pilot)
            after = screen_text(app)

    assert "The laptop slept 8 min. The timer stands. space goes on." in slept
    assert "STANDS" in slept
    assert "slept" not in after


async def test_a_wide_window_adds_the_big_screen_the_notes_and_what_was_done() -> None:
    async with sitting() as here:
        await here.give(cmd.AddNote(key="n1", kind="concern", text="No lift", owner="", due=""))
        async with console(here, (140, 40)) as (app, _):
            wide = screen_text(app)
        async with console(here, (100, 30)) as (app, _):
            usual = screen_text(app)

    assert "BIG SCREEN  JOIN" in wide
    assert "CONCERN No lift" in wide
    assert "BIG SCREEN  JOIN" not in usual


async def test_every_state_of_a_vote_is_told_apart_without_colour() -> None:
    seen = []
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i01"))
        async with console(here, (80, 24)) as (app, pilot):
            steps: list[cmd.Command | None] = [None, cmd.OpenVote(key=b""), cmd.CloseVote(), cmd.Reveal(),
                                               cmd.HideResults(), cmd.VoidRound(round="i01.1", reason="x")]  # fmt: skip
            for command in steps:
                if command is not None:
                    await here.give(command)
                await settle(here, app, pilot)
                row = screen_text(app).splitlines()[1]
                seen.append(row[row.index("Vote") : row.index("Screen") if "Screen" in row else row.index("Big")])

    assert len(set(seen)) == len(steps)


async def test_the_running_order_shows_what_was_moved_left_out_and_added() -> None:
    agenda = an_agenda(item(1, "One"), item(2, "Two"), item(3, "Three", kind="single", options=options("a", "b")))
    async with sitting(agenda) as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.SetMinutes(minutes=(("i02", 7),)))
        await here.give(cmd.SkipItem(item="i03", reason="no time"))
        await here.give(cmd.InsertItem(item=item(9, "Extra"), after="i01"))
        async with console(here) as (app, _):
            text = " ".join(screen_text(app).split())

    assert "Two -3" in text
    assert "left out" in text
    assert "new Extra" in text


async def test_a_title_too_long_for_its_pane_goes_on_below_itself() -> None:
    title = "Why we are here together today and what nobody in this room has decided before we came"
    async with sitting(an_agenda(item(1, title), item(2, "Short"))) as here, console(here, (100, 30)) as pair:
        await press(here, pair, "n")
        pane = [line.split("│")[0] for line in screen_text(pair[0]).splitlines()]

    words = " ".join(" ".join(pane).split())
    assert "…" not in words.partition("AGENDA")[2].partition("TO READ")[0]
    assert all(each in words for each in title.split())


async def test_a_heading_with_nothing_below_it_is_not_shown() -> None:
    async with sitting() as here, console(here, (140, 45)) as pair:
        before = screen_text(pair[0])
        await press(here, pair, "n")
        after = screen_text(pair[0])

    assert "DONE HERE" not in before
    assert "DONE HERE" in after
