"""The big screen at three sizes: squares that scanners read, words that the back row reads, and no secret."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.patience import LISTEN_FOR_MOVEMENT, until
from workshop_tui.domain import commands as cmd

from . import agendas
from .conftest import browsing, still
from .house import House, a_house
from .looks import axe_findings
from .scenes import STORY
from .turns import screen_findings

pytestmark = pytest.mark.browser

SIZES = {"1920x1080": (1920, 1080), "1280x720": (1280, 720), "1024x768": (1024, 768)}

CONTRAST = 7.0

MOST_LINES = 8


@pytest.fixture(scope="module")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("two"), agendas.in_two_languages()) as made:
        yield made


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def wall(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    """The projector's window, which stays as the page came."""
    width, height = request.param
    settings = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
    with browsing(browser, house.desk, **settings) as (page, _):
        yield still(page)


def vote(house: House) -> None:
    house.ask("single")
    house.answer({"option": "a"}, {"option": "a"}, {"option": "b"}, None)


def show_join(house: House) -> None:
    house.show("join")


def show_question(house: House) -> None:
    vote(house)
    house.show("question")


def show_gathering(house: House) -> None:
    house.ask("ideas")
    house.show("question")


def show_break(house: House) -> None:
    house.go("")
    house.show("question")


def show_bars(house: House) -> None:
    vote(house)
    house.give(cmd.Reveal())


def show_dots(house: House) -> None:
    # Those who joined for other tests would each be somebody who did not answer: one more sentence on the screen.
    house.give(cmd.SetPresent(people=2))
    house.ask("dots")
    house.answer({"placed": [["a", 2], ["b", 1]]}, {"placed": [["b", 1], ["c", 2]]})
    house.give(cmd.Reveal())


def show_ranking(house: House) -> None:
    house.ask("rank")
    house.answer({"order": ["a", "b", "c"]}, {"order": ["a", "c", "d"]}, {"order": ["b", "a"]})
    house.give(cmd.Reveal())


def show_story(house: House) -> None:
    house.ask("vignette")
    house.show("story", house.tell(STORY))


def show_blank(house: House) -> None:
    house.show("blank")


VIEWS = {
    "join": show_join,
    "question": show_question,
    "gathering": show_gathering,
    "break": show_break,
    "bars": show_bars,
    "dots": show_dots,
    "ranking": show_ranking,
    "story": show_story,
    "blank": show_blank,
}

LOOK = """() => {
    const main = document.querySelector('main'), faint = [], tops = [];
    const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
        .map(part => part / 255 <= .04045 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4)
        .reduce((sum, part, which) => sum + part * [.2126, .7152, .0722][which], 0);
    const ground = light(getComputedStyle(document.body).backgroundColor);
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) {
        const node = texts.currentNode, parent = node.parentElement;
        if (!node.data.trim() || parent.closest('.sr, title, caption, .bars thead, .most')) continue;
        const style = getComputedStyle(parent);
        const ink = light(style.color);
        if ((Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05) < 7) faint.push(node.data.trim());
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) if (box.width > 1)
            tops.push([box.top + box.height / 2, box.height]);
    }
    tops.sort((a, b) => a[0] - b[0]);
    const lines = tops.filter(([top, height], at) => !at || top - tops[at - 1][0] > height / 3).length;
    return {
        faint, lines,
        over: [main.scrollHeight - innerHeight, main.scrollWidth - innerWidth],
    };
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_read_from_the_back_row(wall: Page, house: House, view: str) -> None:
    VIEWS[view](house)
    wall.goto(house.run.screen_url)
    wall.evaluate("document.fonts.ready")

    seen = wall.evaluate(LOOK)
    assert seen["over"] == [0, 0]
    assert seen["faint"] == []
    assert screen_findings(wall) == []
    if view in ("question", "gathering", "break", "story") and wall.viewport_size != {"width": 1024, "height": 768}:
        assert seen["lines"] <= MOST_LINES
    assert axe_findings(wall) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_in_two_languages_stays_inside_the_image(
    browser: Browser, two_languages: House, view: str, size: tuple[int, int]
) -> None:
    width, height = size
    settings = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
    with browsing(browser, two_languages.desk, **settings) as (page, _):
        VIEWS[view](two_languages)
        still(page).goto(two_languages.run.screen_url)

        assert page.evaluate(LOOK)["over"] == [0, 0]
        assert screen_findings(page) == []
        assert (page.locator(".also[lang=cy]").count() > 0) == (view != "blank")


@pytest.mark.parametrize("view", VIEWS)
def test_how_to_join_stands_in_every_view_but_the_blank_one(wall: Page, house: House, view: str) -> None:
    VIEWS[view](house)
    wall.goto(house.run.screen_url)

    address = house.address.removeprefix("http://")
    for words in (address, house.run.join_code):
        there = wall.locator("main").get_by_text(words, exact=True)
        assert there.count() == (view != "blank"), words
        if view == "blank":
            continue
        box = there.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] + box["height"] <= wall.viewport_size["height"]
        # On one line: an address that breaks inside its port is typed wrong.
        assert there.evaluate("each => new Set([...each.getClientRects()].map(box => box.top)).size") == 1
        assert box["height"] < 2.2 * float(there.evaluate("each => parseFloat(getComputedStyle(each).fontSize)"))


@pytest.mark.parametrize("view", ["join", "question", "gathering"])
def test_a_strict_scanner_reads_the_square(wall: Page, house: House, view: str) -> None:
    VIEWS[view](house)
    wall.goto(house.run.screen_url)

    picture = Image.open(io.BytesIO(wall.screenshot())).convert("L")
    assert [each.text for each in zxingcpp.read_barcodes(picture, try_invert=False)] == [house.run.join_url]
    # Modules and a quiet zone of four on each side.
    assert int(wall.locator("svg.qr").get_attribute("viewBox").split()[2]) <= 29 + 8


def test_bars_grow_once_and_stand_still_for_those_who_asked(browser: Browser, house: House) -> None:
    show_question(house)
    with browsing(browser, house.desk, viewport={"width": 1280, "height": 720}) as (page, _):
        page.goto(house.run.screen_url)
        page.evaluate(LISTEN_FOR_MOVEMENT)
        house.give(cmd.Reveal())
        until(page, "moved.length")
        times = page.evaluate("moved")
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{house.desk}/screen")

        assert 0 < max(times) <= 600
        assert page.evaluate("document.getAnimations().length") == 0


def test_the_screen_follows_the_facilitator_by_itself(browser: Browser, house: House) -> None:
    # Where more answer than another test counted in the room, they are out of nothing.
    house.give(cmd.SetPresent(people=30))
    show_question(house)
    with browsing(browser, house.desk, viewport={"width": 1280, "height": 720}) as (page, _):
        page.goto(house.run.screen_url)
        page.get_by_text("3 of 30 answered").wait_for()
        house.answer({"option": "c"})
        page.get_by_text("4 of 30 answered").wait_for()
        house.give(cmd.CloseVote())
        page.get_by_text("CLOSED").wait_for()
        house.show("blank")
        page.locator("main.blank").wait_for()


# Secrets. --------------------------------------------------------------------------------------------

RECORD = """() => {
    window.told = [];
    const events = new EventSource(document.body.dataset.events);
    events.onmessage = event => told.push(event.data);
}"""


def test_no_result_before_reveal_and_no_words_before_approval_reach_screen_or_phones(
    browser: Browser, fresh_house: House
) -> None:
    house = fresh_house
    with (
        browsing(browser, house.desk, viewport={"width": 1280, "height": 720}) as (screen, _),
        browsing(browser, house.address) as (phone, _),
    ):
        bodies: list[str] = []
        for page in (screen, phone):
            page.on("requestfinished", lambda request: bodies.append(_text(request.response())))
        screen.goto(house.run.screen_url)
        screen.evaluate(RECORD)
        phone.goto(house.join_path)
        house.ask("vignette")
        house.tell("CANARYSTORY", approve=False)
        house.tell("CANARYPRIVATE", level="C0", approve=False)
        house.give(cmd.AddNote(key="n" * 32, kind="concern", text="CANARYCONCERN"))
        house.ask("single")
        house.answer(*[{"option": "d"}] * 7)
        house.show("question")
        screen.get_by_text("7 of ").wait_for()
        # The phone goes to the question by itself, and is not to be sent elsewhere on the way.
        phone.get_by_role("radio").first.wait_for()
        for path in ("/now", "/stories", "/help"):
            phone.goto(path)
        house.give(cmd.CloseVote())
        screen.get_by_text("CLOSED").wait_for()
        before = list(bodies)
        until(screen, "told.length")
        told = list(screen.evaluate("told"))

        house.give(cmd.Reveal())
        screen.locator("main.reveal").wait_for()
        until(screen, lambda: any("has the most" in body for body in bodies))

    assert len(before) > 6
    everything = "\n".join(before)
    assert "CANARY" not in everything
    assert 'class="bar' not in everything
    assert "has the most" not in everything
    assert "has the most" in "\n".join(bodies)
    assert told
    assert [each for each in told if not each.startswith('{"v":') or len(each) > 14] == []


def _text(response: object) -> str:
    try:
        return str(response.text())  # type: ignore[attr-defined]
    except Exception:
        return ""
