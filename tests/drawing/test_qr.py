from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from rich.cells import cell_len

from workshop_tui.drawing.qr import QUIET, Matrix, qr_half_blocks, qr_matrix, qr_svg
from workshop_tui.messages import Translator
from workshop_tui.room.square import LENGTH, secret_of, square_url

PAYLOADS = [
    "http://192.168.8.2:8080/J/7QK2XAB",
    "HTTP://192.168.8.2:8080/J/KDMP",
    "http://192.168.8.2:8080/j/KDMP",
    "WIFI:T:WPA;S:Workshop;P:riverside-tea-42;;",
    "http://10.0.0.1/KDMP",
]


def read(picture: Image.Image) -> list[str]:
    """What a strict scanner reads: no inverted squares, no guessing."""
    return [each.text for each in zxingcpp.read_barcodes(picture, try_invert=False)]


def picture_of(matrix: Matrix, scale: int = 4) -> Image.Image:
    small = Image.new("L", (len(matrix), len(matrix)), 255)
    small.putdata([0 if module else 255 for row in matrix for module in row])
    return small.resize((len(matrix) * scale, len(matrix) * scale), Image.Resampling.NEAREST)


def on_dark(picture: Image.Image) -> Image.Image:
    """The picture on a dark screen, with nothing white around it but its own quiet zone."""
    ground = Image.new("L", (picture.width + 80, picture.height + 80), 16)
    ground.paste(picture, (40, 40))
    return ground


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_strict_scanner_reads_the_matrix(payload: str) -> None:
    assert read(on_dark(picture_of(qr_matrix(payload)))) == [payload]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_strict_scanner_reads_the_svg_on_a_dark_page(payload: str) -> None:
    drawn = qr_svg(payload)
    side, scale = int(re.search(r'viewBox="0 0 (\d+) ', drawn)[1]), 4
    picture = Image.new("L", (side * scale, side * scale), 16)
    pen = ImageDraw.Draw(picture)
    assert f'<rect width="{side}" height="{side}" fill="#fff"/>' in drawn
    pen.rectangle((0, 0, side * scale, side * scale), fill=255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(length) * scale - 1, top + scale - 1), fill=0)

    assert read(on_dark(picture)) == [payload]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_strict_scanner_reads_the_half_blocks_drawn_black_on_white(payload: str) -> None:
    lines = qr_half_blocks(payload)
    halves = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}
    rows = [[halves[character][half] for character in line] for line in lines for half in (0, 1)]

    assert read(on_dark(picture_of(tuple(tuple(row) for row in rows[: len(rows[0])])))) == [payload]
    assert {cell_len(line) for line in lines} == {len(lines[0])}


def test_the_address_in_the_square_begins_in_small_letters_and_is_no_larger_for_it() -> None:
    address = square_url("192.168.8.2:8080", secret_of(b"k" * 32, "KDMP"))

    assert address.startswith("http://192.168.8.2:8080/J/")
    assert len(qr_matrix(address)) == len(qr_matrix(address.upper())) == 25 + 2 * QUIET
    longest = square_url("192.168.100.200:8080", "Z" * LENGTH)
    assert len(qr_matrix(longest)) == 29 + 2 * QUIET


@pytest.mark.parametrize("payload", ["192.168.8.2:8080/J/KDMP", "https://riverside.example/", "://", "a://b://C"])
def test_an_address_without_a_scheme_and_one_with_two_are_read_as_they_are(payload: str) -> None:
    assert read(picture_of(qr_matrix(payload))) == [payload]


def test_a_square_has_its_quiet_zone_and_fits_a_small_terminal() -> None:
    matrix = qr_matrix("http://192.168.8.2:8080/J/7QK2XAB")

    assert len(matrix) == 25 + 2 * QUIET
    assert not any(any(row[:QUIET]) or any(row[-QUIET:]) for row in matrix)
    assert not any(any(row) for row in matrix[:QUIET] + matrix[-QUIET:])
    assert len(qr_half_blocks("http://192.168.8.2:8080/J/7QK2XAB")) == 17


def test_a_title_stays_text_whatever_a_catalogue_says() -> None:
    translator = Translator()
    translator.look_up = lambda message: "</title><script>1</script>"  # type: ignore[method-assign]

    assert "&lt;script" in qr_svg("x", translator=translator)


def test_too_long_a_payload_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        qr_matrix("x" * 5_000)
