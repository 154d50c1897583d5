from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.turns import screen_findings
from tests.patience import LISTEN_FOR_MOVEMENT, PATIENCE_MS, until
from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    Column,
    Distribution,
    Matrix,
    MatrixRow,
    Quote,
    Quotes,
    Ranking,
    RankingRow,
    Scaled,
    Statement,
)
from workshop_tui.domain.honesty import FIXED_LINE
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.qr import qr_svg
from workshop_tui.messages import ENGLISH, Quoted, Verbatim, counted, tr
from workshop_tui.web.http.rendering import render
from workshop_tui.web.screen.pictures import OPEN, Picture, ScreenView

from .stub_room import StubRoom

pytestmark = pytest.mark.browser

ADDRESS = "HTTP://192.168.8.2:8080/J/KDMP"
LABELS = ("Tell it once", "One named contact", "Evening appointments", "Clear letters", "Something else")
CHOICES = ("1 or 2", "3 to 5", "6 to 9", "10 or more", "I have lost count", "Not for me: I work here", "Rather not say")
BASE = ("31 of 42 people answered.", FIXED_LINE)
BARS = draw_view(
    [
        Bars("dots", tuple(Bar(words, 20 - 5 * at, "ABCDE"[at], leads=at == 0) for at, words in enumerate(LABELS))),
        Statement("“Tell it once” has the most: 20 of 50 dots from 31 people. Next is “One named contact”, with 15."),
    ],
    big=True,
)
RANKING = draw_view(
    [
        Ranking(
            tuple(
                Column(each, counted("{n} point", "{n} points")) for each in ("points", "first choices", "in any place")
            ),
            tuple(RankingRow(at + 1, words, "ABCDE"[at], (12 - at, 3, 5)) for at, words in enumerate(LABELS[:4])),
        ),
        Statement("“Tell it once” has the most: 12 of 42 points from 9 people. Next is “One named contact”, with 11."),
    ],
    big=True,
)
SPREAD = draw_view(
    [
        Distribution(
            "people",
            ("0", "1", "2", "3", "4", "5"),
            tuple(
                Scaled(words, (4, 0, 3, 5, 6, 13 - at), "ABCDE"[at], f"sum {120 - 5 * at} from {31 - at}")
                for at, words in enumerate(LABELS[:4])
            ),
        ),
        Statement(
            "“Tell it once” wins the run-off: 16 of 31 people (most, 52%) scored it above “Clear letters”, 9 below."
        ),
    ],
    big=True,
)
MATRIX = draw_view(
    [
        Matrix(
            "Points for each answer",
            "Answer",
            ("middle", "half gave", "gave none", "in all"),
            tuple(MatrixRow(words, ("25", "5 to 40", "4", "790"), "ABCDE"[at]) for at, words in enumerate(LABELS[:4])),
        ),
        Statement("“Tell it once” has the most: 790 of 3100 points from 31 people."),
    ],
    big=True,
)
STORY = draw_view([Quotes((Quote((("What happened?", "I rang nine times before anyone could tell me."),)),))], big=True)


def view(mode: ScreenView, name: str, **shown: object) -> str:
    """One view, drawn as the product draws it."""
    where = {"square": qr_svg(ADDRESS), "address": "192.168.8.2:8080", "code": "KDMP"}
    return render("screen/part.html", {"v": Picture(mode=mode, name=name, **{**where, **shown})}, ENGLISH)


VIEWS = {
    "join": view("join", "join", status="This is a listening session."),
    "ask": view(
        "ask",
        "ask-1",
        heading=Quoted("In the last year, about how many different professionals have you told your child's story to?"),
        options=tuple(zip("ABCDEFG", map(Quoted, CHOICES), strict=True)),
        count=tr("{count} answered", count=Verbatim("31 of 42")),
        state=OPEN,
        left=tr("{time} left", time=Verbatim("06:42")),
    ),
    "bars": view("reveal", "reveal-1", heading=Quoted("What matters most to you?"), result=BARS, cautions=BASE),
    "ranking": view("reveal", "reveal-2", heading=Quoted("Put your top three in order"), result=RANKING, cautions=BASE),
    "spread": view("reveal", "reveal-3", heading=Quoted("How well would each work?"), result=SPREAD, cautions=BASE),
    "matrix": view("reveal", "reveal-4", heading=Quoted("What matters how much?"), result=MATRIX, cautions=BASE),
    "story": view("story", "story-1", heading=Quoted("A story"), result=STORY),
    "wait": view("wait", "i06", heading=Quoted("Break"), left=tr("{time} left", time=Verbatim("12:00"))),
    "blank": view("blank", "blank", heading=Quoted("Tell it once")),
}
SIZES = [(1920, 1080), (1024, 768)]


@pytest.fixture(params=SIZES, ids=["1920x1080", "1024x768"])
def screen(request: pytest.FixtureRequest, browser: Browser, room: StubRoom) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=room.address, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fits_the_image_and_is_large_enough_for_the_back_row(
    screen: Page, room: StubRoom, view: str
) -> None:
    room.strip = VIEWS[view]
    screen.goto("/screen")

    assert screen.evaluate("document.body.scrollHeight - innerHeight") == 0
    assert screen_findings(screen) == []


@pytest.mark.parametrize("view", ["join", "ask"])
def test_the_square_on_the_screen_is_read_by_a_strict_scanner(screen: Page, room: StubRoom, view: str) -> None:
    room.strip = VIEWS[view]
    screen.goto("/screen")

    picture = Image.open(io.BytesIO(screen.screenshot())).convert("L")
    assert [each.text for each in zxingcpp.read_barcodes(picture, try_invert=False)] == [ADDRESS]


def test_without_a_link_the_last_picture_stays_with_a_mark_and_the_mark_goes_when_the_next_one_comes(
    screen: Page, room: StubRoom
) -> None:
    room.strip = VIEWS["ask"]
    screen.goto("/screen")
    screen.get_by_text("31 of 42 answered").wait_for()
    assert screen.locator("#off").inner_text() == ""

    room.down = True
    screen.locator("#off p").get_by_text("Not connected").wait_for()
    assert screen.get_by_text("31 of 42 answered").is_visible()
    assert screen.locator("h1").is_visible()
    mark, image = screen.locator("#off").bounding_box(), screen.viewport_size
    assert mark is not None
    assert image is not None
    assert mark["height"] < 0.1 * image["height"]
    assert screen_findings(screen) == []
    assert screen.locator("#off a").is_hidden()

    room.down = False
    room.tell(VIEWS["ask"].replace("31 of 42", "32 of 42"))
    screen.get_by_text("32 of 42 answered").wait_for()
    assert screen.locator("#off").inner_text() == ""


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_the_screen(screen: Page, room: StubRoom, view: str) -> None:
    room.strip = VIEWS[view]
    screen.goto("/screen")

    found = Axe().run(screen).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_bars_grow_once_and_stand_still_for_those_who_asked(browser: Browser, room: StubRoom) -> None:
    running = "() => document.getAnimations().length"
    room.strip = VIEWS["ask"]
    context = browser.new_context(viewport={"width": 1024, "height": 768}, base_url=room.address)
    page = context.new_page()
    page.goto("/screen")
    page.evaluate(LISTEN_FOR_MOVEMENT)
    room.tell(VIEWS["bars"])
    until(page, "moved.length")
    durations = page.evaluate("moved")
    room.tell(VIEWS["bars"].replace("31 of 42", "32 of 42"))
    page.get_by_text("32 of 42").wait_for()

    assert 0 < max(durations) <= 600
    assert page.evaluate(running) == 0
    page.emulate_media(reduced_motion="reduce")
    page.goto("/screen")
    assert page.evaluate(running) == 0
    context.close()
