from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from workshop_tui.domain.blocks import Bar, Bars, Place, Quote, Quotes, Ranking
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.qr import qr_svg

from .stub_room import StubRoom

pytestmark = pytest.mark.browser

ADDRESS = "HTTP://192.168.8.2:8080/J/KDMP"
CORNER = (
    f'<aside><div class="qr-corner">{qr_svg(ADDRESS)}</div><p class="code">KDMP</p>'
    '<p class="address">192.168.8.2:8080</p></aside>'
)
FOOT = (
    '<p class="foot"><span class="count">31 of 42 answered</span> <span class="time">06:42 left</span> '
    '<span class="state">OPEN</span></p>'
)
LABELS = ("Tell it once", "One named contact", "Evening appointments", "Clear letters", "Something else")
CHOICES = "".join(
    f'<li><b class="letter">{letter}</b><span>{words}</span></li>'
    for letter, words in zip(
        "ABCDEFG",
        ("1 or 2", "3 to 5", "6 to 9", "10 or more", "I have lost count", "Not for me: I work here", "Rather not say"),
        strict=True,
    )
)
BARS = draw_view(
    [Bars("dots", tuple(Bar(words, 20 - 5 * at, "ABCDE"[at], leads=at == 0) for at, words in enumerate(LABELS)))],
    big=True,
)
RANKING = draw_view(
    [
        Ranking(
            ("points", "first", "in any place"),
            tuple(Place(at + 1, words, "ABCDE"[at], (12 - at, 3, 5)) for at, words in enumerate(LABELS[:4])),
        )
    ],
    big=True,
)
STORY = draw_view([Quotes((Quote((("What happened?", "I rang nine times before anyone could tell me."),)),))], big=True)

VIEWS = {
    "join": f'<main class="join" data-view="join"><div class="qr-big">{qr_svg(ADDRESS)}</div><div>'
    '<h1>Join in on your phone</h1><p>Scan, or type <span class="address">192.168.8.2:8080</span></p>'
    '<b class="code">KDMP</b><p>No phone? Ask for a paper form.</p></div></main>',
    "ask": '<main class="ask" data-view="ask-1"><div><h1>In the last year, about how many different professionals '
    f'have you told your child\'s story to?</h1><ol class="options">{CHOICES}</ol></div>{CORNER}{FOOT}</main>',
    "bars": '<main class="reveal" data-view="reveal-1"><div><h1>What matters most to you?</h1>'
    f"{BARS}</div>{CORNER}{FOOT}</main>",
    "ranking": '<main class="reveal" data-view="reveal-2"><div><h1>Put your top three in order</h1>'
    f"{RANKING}</div>{CORNER}{FOOT}</main>",
    "story": f'<main class="story" data-view="story-1"><div><h1>A story</h1>{STORY}</div></main>',
    "blank": '<main class="blank" data-view="blank"><h1>Tell it once</h1></main>',
}
SIZES = [(1920, 1080), (1024, 768)]


@pytest.fixture(params=SIZES, ids=["1920x1080", "1024x768"])
def screen(request: pytest.FixtureRequest, browser: Browser, room: StubRoom) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=room.address, reduced_motion="reduce"
    )
    context.set_default_timeout(5_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fits_the_image_and_is_large_enough_for_the_back_row(
    screen: Page, room: StubRoom, view: str
) -> None:
    room.strip = VIEWS[view]
    screen.goto("/screen")

    found = screen.evaluate(
        """() => {
            const main = document.querySelector('main'), sizes = [];
            const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const parent = texts.currentNode.parentElement;
                if (texts.currentNode.data.trim() && !parent.closest('title, caption, .bars thead'))
                    sizes.push(100 * parseFloat(getComputedStyle(parent).fontSize) / innerHeight);
            }
            return {least: Math.min(...sizes), over: [main.scrollHeight - innerHeight, main.scrollWidth - innerWidth]};
        }"""
    )
    assert found["over"] == [0, 0]
    # 4:3 images are narrow: a long question may shrink, but never below what six metres need.
    assert found["least"] >= (5.89 if screen.viewport_size == {"width": 1920, "height": 1080} else 4.4)


@pytest.mark.parametrize("view", ["join", "ask", "bars"])
def test_the_square_on_the_screen_is_read_by_a_strict_scanner(screen: Page, room: StubRoom, view: str) -> None:
    room.strip = VIEWS[view]
    screen.goto("/screen")

    picture = Image.open(io.BytesIO(screen.screenshot())).convert("L")
    assert [each.text for each in zxingcpp.read_barcodes(picture, try_invert=False)] == [ADDRESS]


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
    room.tell(VIEWS["bars"])
    page.locator("main.reveal").wait_for()
    durations = page.evaluate("() => document.getAnimations().map(each => each.effect.getComputedTiming().duration)")
    room.tell(VIEWS["bars"].replace("31 of 42", "32 of 42"))
    page.get_by_text("32 of 42").wait_for()

    assert durations
    assert max(durations) <= 600
    assert page.evaluate(running) == 0
    page.emulate_media(reduced_motion="reduce")
    page.goto("/screen")
    assert page.evaluate(running) == 0
    context.close()
