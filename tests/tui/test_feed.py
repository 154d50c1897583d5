"""Following the room: a burst costs little, a lost room comes back, a stopped one waits to be asked."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from tests.tui.desk_room import NearClient, console, press, screen_text, settle, sitting, until
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import AddressUnavailable, RoomUnreachable
from workshop_tui.limits import SNAPSHOT_EVERY_S
from workshop_tui.protocol.client import Client
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.tui import feed
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.feed import SnapshotArrived


def drawn_by(app: ConsoleApp, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """What a console takes and draws from now on."""
    drawn: list[Snapshot] = []
    take = app.take

    def noted(snapshot: Snapshot) -> None:
        drawn.append(snapshot)
        take(snapshot)

    monkeypatch.setattr(app, "take", noted)
    return drawn


async def test_three_hundred_votes_at_once_cost_a_bounded_number_of_redraws(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [f"p{number:03d}" for number in range(300)]
    async with sitting() as here:
        await here.join(*people)
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        async with console(here) as (app, pilot):
            drawn, asked = drawn_by(app, monkeypatch), here.client.snapshots
            began = asyncio.get_running_loop().time()
            # One after the other, each with its own commit: the worst case for a console.
            for person in people:
                await here.vote(person, "abc"[len(person) % 3])
            await settle(here, app, pilot)
            took = asyncio.get_running_loop().time() - began

            allowed = took / SNAPSHOT_EVERY_S + 3
            assert 0 < len(drawn) <= allowed
            assert here.client.snapshots - asked <= allowed
            assert here.client.snapshots - asked < 300
            assert "Answers 300 of 300" in screen_text(app)


async def test_of_snapshots_that_wait_only_the_newest_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting() as here, console(here) as (app, _):
        drawn, view = drawn_by(app, monkeypatch), app.moment.snapshot
        for number in range(300):
            app.post_message(SnapshotArrived(replace(view, phones=number)))
        await until(lambda: app.moment.snapshot.phones == 299)

        assert 0 < len(drawn) <= 3


async def test_a_lost_room_is_told_started_again_and_found_at_the_same_place() -> None:
    async with sitting() as here:
        restarted = []

        async def restart(_: str) -> Client:
            restarted.append(1)
            return second

        second = NearClient(here.room)
        async with console(here, restart=restart) as pair:
            app, pilot = pair
            await press(here, pair, "n", "v")
            here.client.gone.set()
            await until(lambda: app.feed.client is second)
            await until(lambda: not app.moment.trouble)
            await settle(here, app, pilot)
            text = screen_text(app)
            await press(here, pair, "v")

        assert restarted == [1]
        assert "The room answers again" in text
        assert "1 of 6 VOTE" in text
        assert [wire_name(type(command)) for command in second.sent] == ["close_vote"]


async def test_while_the_room_is_lost_the_console_says_so_and_keeps_what_it_knew() -> None:
    async with sitting() as here:

        async def restart(_: str) -> Client:
            raise AddressUnavailable("The port 8080 is taken.", advice="Close the other program.")

        async with console(here, restart=restart) as pair:
            app, pilot = pair
            await press(here, pair, "n", "v")
            here.client.gone.set()
            await until(lambda: any("8080" in str(each) for each in app.moment.trouble))
            await press(here, pair, "v")
            await pilot.pause(0.01)
            text = screen_text(app)

        assert "✗ NO ROOM" in text
        assert "The port 8080 is taken." in text
        assert "Close the other program." in text
        assert "1 of 6 VOTE" in text
        assert "That did not happen" in text


async def test_a_room_that_was_only_slow_is_not_started_a_second_time() -> None:
    async with sitting() as here:
        restarted = []

        async def restart(_: str) -> Client:
            restarted.append(1)
            return here.client

        async with console(here, restart=restart) as (app, pilot):
            here.client.gone.set()
            await asyncio.sleep(0)
            here.client.gone.clear()
            await here.give(cmd.OpenItem(item="i01"))
            await settle(here, app, pilot)
            text = screen_text(app)

        assert restarted == []
        assert "1 of 6 VOTE" in text


async def test_a_room_that_somebody_stopped_is_started_again_only_when_asked() -> None:
    async with sitting() as here:
        restarted = []

        async def restart(_: str) -> Client:
            restarted.append(1)
            return second

        second = NearClient(here.room)
        async with console(here, restart=restart) as pair:
            app, pilot = pair
            here.client.stopped = True
            here.room.notifier.tell_desk()
            await until(lambda: app.moment.stopped)
            here.client.gone.set()
            await pilot.pause(0.05)
            told = " ".join(screen_text(app).split())
            assert restarted == []
            await pilot.press("enter")
            await until(lambda: app.feed.client is second)
            await until(lambda: not app.moment.trouble)

        assert "The room was stopped. Everything that was sent is saved. Enter starts it again" in told


async def test_a_room_that_was_stopped_and_started_elsewhere_is_followed_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed, "LOOK_S", 0.01)
    async with sitting() as here:
        second, ready, looked = NearClient(here.room), [], []

        async def find() -> Client | None:
            looked.append(1)
            if len(looked) == 1:
                raise RoomUnreachable("It does not answer yet.")
            return second if ready else None

        async with console(here, find=find) as pair:
            app, pilot = pair
            here.client.stopped = True
            here.room.notifier.tell_desk()
            await until(lambda: app.moment.stopped and len(looked) > 2)
            assert "NO ROOM" in screen_text(app)
            ready.append(1)
            await until(lambda: app.feed.client is second and not app.moment.trouble)
            await here.give(cmd.OpenItem(item="i01"))
            await settle(here, app, pilot)
            text = screen_text(app)

        assert "NO ROOM" not in text
        assert "1 of 6 VOTE" in text


async def test_leaving_the_console_stops_nothing_in_the_room() -> None:
    async with sitting() as here:
        async with console(here):
            pass
        await here.join("ana")

        assert here.room.tables.people() == 1
        assert not here.client.stopped
