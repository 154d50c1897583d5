"""The console page of the record over many sessions: read, searched and answered with the keyboard alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.cycle.folders import BUS, LETTERS, RING, TODAY, a_folder, put
from tests.cycle.made import record, session
from tests.tui.desk_room import screen_text
from workshop_tui.cycle.answers import WHO_SAYS_SO
from workshop_tui.cycle.follow_up import ENDING
from workshop_tui.cycle.record import Evidence, Received, Result
from workshop_tui.runtime import follow_ups, handing_on, recording
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.tui.record_app import RecordApp
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.record_over import VIEWS, RecordPage
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainSelect, PlainTextArea

SIZES = [(80, 24), (100, 30), (140, 45), (60, 16)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(handing_on, "today", lambda *_: TODAY)
    (tmp_path / "workshops").mkdir()
    return a_folder(tmp_path / "workshops")


@asynccontextmanager
async def opened(
    folder: Path, size: tuple[int, int] = (100, 30), codes: Path | None = None
) -> AsyncIterator[tuple[RecordApp, Pilot[str]]]:
    app = RecordApp(recording.Desk(recording.load([folder], since="2026-11-24", codes=codes)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def press(app: RecordApp, pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


async def settled(app: RecordApp, pilot: Pilot[str]) -> None:
    for _ in range(1_000):
        await pilot.pause(0.01)
        busy = [each for each in app.workers if each.is_running]
        if isinstance(app.screen, Dialog) and app.screen.is_ready:
            return
        if isinstance(app.screen, RecordPage) and not busy:
            return
    raise AssertionError("it never came to rest")


def rows(app: RecordApp) -> list[str]:
    page = app.screen_stack[0]
    assert isinstance(page, RecordPage)
    return [
        str(page.query_one("#rows", PlainOptionList).get_option_at_index(at).prompt) for at in range(len(page._rows))
    ]


async def choose(app: RecordApp, pilot: Pilot[str], status: str, asked: str) -> None:
    """Choose how it stands, and wait until the form asks for what that needs."""
    app.screen.query_one("#field-status", PlainSelect).value = status
    for _ in range(500):
        await pilot.pause(0.01)
        if asked in screen_text(app):
            return
    raise AssertionError(f"the form never asked: {asked}")


async def test_points_without_an_answer_are_shown_first_with_where_they_were_said(folder: Path) -> None:
    async with opened(folder) as (app, _):
        shown = screen_text(app)

        assert "Of 4 points: 1 done and confirmed, 1 passed on and 2 with no answer recorded." in shown
        assert [BUS in each or "Nurses answer it" in each for each in rows(app)] == [True, True]
        assert "Long overdue" in rows(app)[0]
        assert "exports/needs/record.json" in shown
        assert "aaaa:n2" in shown


async def test_each_list_is_reached_and_left_and_says_which_it_is(folder: Path) -> None:
    async with opened(folder, (140, 45)) as (app, pilot):
        seen = []
        for view in VIEWS:
            title = "Newly late since" if view.name == "late" else str(view.title)
            assert title in screen_text(app)
            seen.append(rows(app))
            await press(app, pilot, "f")
        assert rows(app) == seen[0], "after the last comes the first"
        await press(app, pilot, "F")
        assert rows(app) == seen[-1]
        assert all(seen), "the folder has something for every list"
        assert "newer.json cannot be used" in "".join(seen[-1])


@pytest.mark.parametrize("size", SIZES)
async def test_every_list_and_the_whole_of_a_line_fit_every_size(folder: Path, size: tuple[int, int]) -> None:
    async with opened(folder, size) as (app, pilot):
        for _ in VIEWS:
            await press(app, pilot, "enter", "escape", "f")
        assert BUS in screen_text(app)
        assert "Help" in screen_text(app)


async def test_a_line_opens_to_all_that_happened_with_it_and_to_where_it_went_on(folder: Path) -> None:
    async with opened(folder, (140, 45)) as (app, pilot):
        await press(app, pilot, "f", "f", "enter")

        shown = " ".join(screen_text(app).split())
        assert "Handed to The board on 1 December 2026." in shown
        assert "Passed on to The ward team. “Theirs”." in shown
        assert "Where it went on" in shown
        assert "bbbb:p1" in shown
        await press(app, pilot, "escape")
        assert isinstance(app.screen, RecordPage)


async def test_words_narrow_a_list_and_escape_shows_all_again(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "f", "f", "slash", *"letters", "enter")

        assert [LETTERS in each for each in rows(app)] == [True]
        assert "1 of 4" in screen_text(app)
        await press(app, pilot, "escape")
        assert len(rows(app)) == 4


async def test_a_stage_narrows_a_list_and_after_the_last_all_are_shown(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "f", "f")
        every = rows(app)
        await press(app, pilot, "s")
        assert [RING in each or BUS in each for each in rows(app)] == [True] * 2
        await press(app, pilot, "s")
        assert [LETTERS in each or "Nurses" in each for each in rows(app)] == [True] * 2, "none named: the next one"
        await press(app, pilot, "s")
        assert rows(app) == every


async def test_an_answer_is_written_into_the_follow_up_and_the_line_leaves_the_list(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "a")
        await choose(app, pilot, "not_done", "Why not?")
        app.screen.query_one("#field-words", PlainTextArea).text = "There is no money"
        await press(app, pilot, "ctrl+s")

        assert "Not done." in screen_text(app)
        assert not any(BUS in each for each in rows(app))
    found = recording.load([folder]).picture.tracked("aaaa:n2")
    assert found is not None
    assert (found.answer.status, found.answer.words) == ("not_done", "There is no money")
    assert len(list(folder.glob(f"*{ENDING}"))) == 1


async def test_a_claim_without_words_is_refused_and_what_was_typed_stays(folder: Path) -> None:
    before = (folder / f"needs{ENDING}").read_bytes()
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "a")
        await choose(app, pilot, "done", "What was done?")
        await press(app, pilot, "ctrl+s")

        assert isinstance(app.screen, Form)
        assert "“Done” needs words: what was done?" in screen_text(app)
        await press(app, pilot, "escape")
    assert (folder / f"needs{ENDING}").read_bytes() == before


async def test_each_status_asks_for_what_it_needs(folder: Path) -> None:
    async with opened(folder, (100, 45)) as (app, pilot):
        await press(app, pilot, "a")
        await choose(app, pilot, "planned", "What is planned?")
        await choose(app, pilot, "waiting", "What does it wait for?")
        await choose(app, pilot, "passed_on", "Which body has it now?")
        await choose(app, pilot, "done", "Where can one see it?")


async def test_those_who_asked_confirm_what_was_done_and_nothing_else(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "c")
        assert "Nobody has said yet that it was done." in screen_text(app)

        await press(app, pilot, "f", "f", "slash", *"letters", "enter", "c", "7", "enter", "2", "ctrl+s")
        assert isinstance(app.screen, Form), "nobody takes a count without where it is said, as on the command line"
        assert str(WHO_SAYS_SO) in screen_text(app)

        await press(app, pilot, "enter", *"Slips", "ctrl+s")
        assert "7 of 9 who asked say yes." in screen_text(app)
    line = follow_ups.read(folder / f"needs{ENDING}", "aaaa").lines[-1]
    assert (line.what, line.source, line.reference) == ("confirmed", "letter", "Slips")


async def test_a_vote_of_the_session_that_answered_says_who_confirms_it(folder: Path) -> None:
    got = Received(
        id="aaaa:n3", words=LETTERS, status="done", said="We read them", evidence=Evidence(results=("i01.1",))
    )
    voted = Result(key="i01.1", item="Letters", question="Do you see it?", answered=9, base=9, kind="single")
    put(folder, "monitor", record(received=(got,), results=(voted,), session=session("cccc", "monitor")))
    async with opened(folder, (100, 45)) as (app, pilot):
        await press(app, pilot, "f", "f", "slash", *"letters", "enter", "c", "7", "enter", "2")
        assert "Which letter, minute or paper says so?" in screen_text(app)
        app.screen.query_one("#field-said_in", PlainSelect).value = "cccc"
        await pilot.pause(0.1)
        await press(app, pilot, "ctrl+s")
        assert "7 of 9 who asked say yes." in screen_text(app)
    line = follow_ups.read(folder / f"needs{ENDING}", "aaaa").lines[-1]
    assert (line.source, line.reference) == ("session", "The monitor workshop, 30 November 2026: Do you see it?")


async def test_what_is_no_point_is_not_answered_and_says_so(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "F", "a")

        assert "Only points, promises and actions are answered." in screen_text(app)
        assert isinstance(app.screen, RecordPage)


async def test_a_line_is_given_codes_of_ones_own_list_and_they_are_taken_back(folder: Path) -> None:
    codes = folder.parent / "ours.csv"
    codes.write_text("code,label\nA,Access\nB,Buses\n")
    async with opened(folder, (140, 45), codes) as (app, pilot):
        await press(app, pilot, "k")
        assert "Code B: Buses" in screen_text(app)
        await press(app, pilot, "tab", "space", "ctrl+s")
        assert "Code B: Buses, of “ours.csv”." in " ".join(screen_text(app).split())

        await press(app, pilot, "k", "tab", "space", "ctrl+s")
        assert "of “ours.csv”" not in screen_text(app)

        await press(app, pilot, "k", "space", "ctrl+s")
    other = codes.rename(folder.parent / "other.csv")
    async with opened(folder, (140, 45), other) as (app, pilot):
        await press(app, pilot, "k")
        assert "Code A: Access (of ours.csv)" in screen_text(app)
        await press(app, pilot, "tab", "tab", "space", "ctrl+s")
        assert "of “ours.csv”" not in screen_text(app)


async def test_without_a_list_of_codes_the_key_says_how_to_bring_one(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(app, pilot, "k")

        assert "begin the record with --codes" in " ".join(screen_text(app).split())


async def test_what_cannot_be_written_is_said_and_the_page_stands(folder: Path) -> None:
    path = folder / f"needs{ENDING}"
    async with opened(folder) as (app, pilot):
        path.write_bytes(path.read_bytes().replace(b"A panel", b"A panda"))
        await press(app, pilot, "a", "ctrl+s")

        assert "does not follow from the one before it" in screen_text(app)
        assert any(BUS in each for each in rows(app))


async def test_it_reads_again_what_changed_meanwhile(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        typed = handing_on.Typed(about="aaaa:n2", status="acknowledged")
        recording.write_answer(recording.load([folder]), typed, KeyRing())
        assert any(BUS in each for each in rows(app))
        await press(app, pilot, "r")

        assert not any(BUS in each for each in rows(app))


async def test_help_lists_every_key_and_does_what_is_chosen(folder: Path) -> None:
    async with opened(folder, (100, 45)) as (app, pilot):
        page = app.screen
        assert isinstance(page, RecordPage)
        await press(app, pilot, "question_mark")

        shown = screen_text(app)
        assert all(str(key.act.title) in shown for key in page.keys.all if key.act.name != "help")
        await press(app, pilot, "enter")
        assert BUS in screen_text(app)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_it_is_left_with_one_key(folder: Path, key: str) -> None:
    async with opened(folder) as (app, pilot):
        await pilot.press(key)
        await pilot.pause(0.1)
        assert app.return_value == "left"


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_it_is_drawn_in_dark_and_in_light(folder: Path, theme: str) -> None:
    async with opened(folder) as (app, pilot):
        app.theme = theme
        await pilot.pause()
        assert BUS in screen_text(app)
