"""Looking at another screen and back: it is whole at its first paint, and nothing of it stays when it has gone."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from rich.console import RenderableType
from textual._styles_cache import StylesCache
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from tests.tui.desk_room import console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.screens.join import JoinScreen
from workshop_tui.tui.widgets import qr
from workshop_tui.tui.widgets.bars import KeyLine


def _left() -> Counter[str]:
    """Widgets that something still holds on to, and caches of drawn lines."""
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, DOMNode | StylesCache))


async def test_however_often_a_screen_is_opened_nothing_of_it_stays_behind() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "j", "escape", "h", "escape", "question_mark", "escape")
        before = _left()
        for _ in range(3):
            await press(here, pair, "j", "escape", "h", "escape", "question_mark", "escape")

        assert _left() == before


async def test_a_long_field_goes_with_the_form_that_it_was_in() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", *("i", "escape") * 4)

        # Of the last form something may be on its way out; those before it are gone.
        assert _left()["LongField"] <= 1


async def test_the_keys_in_the_bottom_line_are_made_anew_only_where_others_fit() -> None:
    async with sitting() as here, console(here) as pair:
        app, pilot = pair
        line = app.screen.query_one(KeyLine)
        before = line._content
        await press(here, pair, "j", "escape", "b")
        same = line._content
        await pilot.resize_terminal(80, 24)
        await press(here, pair, "b")
        fewer = line._content

    assert same is before
    assert 0 < len(fewer.plain) < len(before.plain)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_screen_that_comes_up_is_whole_at_its_first_paint(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[tuple[bool, str]] = []
    paint = App._display

    def painting(app: ConsoleApp, screen: Screen[object], what: RenderableType | None) -> None:
        paint(app, screen, what)
        painted.append((isinstance(screen, JoinScreen), screen_text(app)))

    async with sitting() as here, console(here, size) as pair:
        await here.give(cmd.OpenItem(item="i01"))
        await press(here, pair, "v")
        monkeypatch.setattr(ConsoleApp, "_display", painting)
        await press(here, pair, "j")
        square = [text for is_square, text in painted if is_square and text]
        painted.clear()
        await press(here, pair, "escape")
        main = [text for is_square, text in painted if not is_square]

    assert set(square) == {square[-1]}
    assert "█▀" in square[0]
    assert set(main) == {main[-1]}


async def test_the_square_is_worked_out_once_for_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = []

    def counted(payload: str) -> list[str]:
        worked_out.append(payload)
        return half_blocks(payload)

    half_blocks = qr.qr_half_blocks
    monkeypatch.setattr(qr, "qr_half_blocks", counted)
    qr._rows.cache_clear()
    async with sitting() as here, console(here) as pair:
        await press(here, pair, *("j", "escape") * 3)

    assert len(worked_out) == 1


async def test_the_console_says_once_that_its_first_screen_stands() -> None:
    stood: list[str] = []
    async with sitting() as here, console(here, settled=lambda: stood.append("!")) as pair:
        await press(here, pair, "n", "v", "j", "escape")

    assert stood == ["!"]
