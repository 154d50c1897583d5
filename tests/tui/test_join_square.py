"""The square on the console's join screen is read by a real decoder, as the terminal would show it."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from rich.color import Color

from tests.tui.desk_room import console, press, screen_text, sitting, strips
from workshop_tui.room.square import square_url
from workshop_tui.tui.app import ConsoleApp

CELL_W, CELL_H = 8, 16


def picture(app: ConsoleApp) -> Image.Image:
    """The screen's cells as pixels: half blocks and backgrounds only, which is all a square is made of."""
    image = Image.new("RGB", (app.size.width * CELL_W, app.size.height * CELL_H), "#101010")
    draw = ImageDraw.Draw(image)
    for row, strip in enumerate(strips(app)):
        column = 0
        for segment in strip:
            style = segment.style
            ink = rgb(style.color if style else None, (224, 224, 224))
            ground = rgb(style.bgcolor if style else None, (16, 16, 16))
            for character in segment.text:
                left, top = column * CELL_W, row * CELL_H
                middle, bottom, right = top + CELL_H // 2, top + CELL_H - 1, left + CELL_W - 1
                draw.rectangle((left, top, right, bottom), ground)
                if character in "█▀":
                    draw.rectangle((left, top, right, middle - 1), ink)
                if character in "█▄":
                    draw.rectangle((left, middle, right, bottom), ink)
                column += 1
    return image


def rgb(color: Color | None, default: tuple[int, int, int]) -> tuple[int, int, int]:
    if color is None or color.is_default:
        return default
    return tuple(color.get_truecolor())  # type: ignore[return-value]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_the_square_scans_from_the_smallest_window_in_every_theme(theme: str) -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        pair[0].theme = theme
        await press(here, pair, "j")
        text = screen_text(pair[0])
        found = zxingcpp.read_barcodes(picture(pair[0]), try_invert=False)
        square = square_url("192.168.8.2:8080", here.room.square)

    assert [code.text for code in found] == [square]
    assert "Code: KDMP" in text


async def test_without_colour_the_square_still_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, "j")
        found = zxingcpp.read_barcodes(picture(pair[0]), try_invert=False)
        square = square_url("192.168.8.2:8080", here.room.square)

    assert [code.text for code in found] == [square]


async def test_escape_goes_back_from_the_square() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, "j", "escape")

        assert "NOT STARTED" in screen_text(pair[0])


async def test_while_joining_is_closed_there_is_no_square_and_j_says_so_and_j_opens_it_again() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, "J")
        assert "closed joining" in screen_text(pair[0])
        await press(here, pair, "j")
        assert "JOINING IS CLOSED" in screen_text(pair[0])
        assert zxingcpp.read_barcodes(picture(pair[0]), try_invert=False) == []
        await press(here, pair, "escape", "J")
        assert here.room.state.joining.is_open


async def test_a_new_code_is_asked_about_and_the_square_follows() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        before = here.room.square
        await press(here, pair, "C")
        assert "Phones that are in stay in." in screen_text(pair[0])
        assert here.room.code == "KDMP"
        await press(here, pair, "up", "enter")
        assert here.room.state.joining.code == here.room.code
        await press(here, pair, "j")
        found = zxingcpp.read_barcodes(picture(pair[0]), try_invert=False)

        assert here.room.square != before
        assert [code.text for code in found] == [square_url("192.168.8.2:8080", here.room.square)]
