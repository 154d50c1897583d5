from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.patience import PATIENCE_MS
from workshop_tui.web.http.assets import ASSETS
from workshop_tui.web.http.minify import slim

from .stub_room import STATIC, StubRoom

PAGES = ["/vote", "/dots", "/order", "/story", "/idea", "/result", "/order?rtl", "/result?rtl"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

GEOMETRY = """() => {
    const real = [...document.querySelectorAll('a, button, input, select, textarea')]
        .filter(each => each.type !== 'hidden' && !each.matches('[aria-hidden=true][tabindex="-1"], .skip')
            && each.getClientRects().length)
        .map(each => each.closest('label.card') || each);
    const boxes = real.map(each => [each, each.getBoundingClientRect()]);
    const small = boxes.filter(([, box]) => box.width < 44 || box.height < 44).map(([each]) => each.outerHTML);
    const near = [];
    boxes.forEach(([one, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
        const across = Math.max(a.left - b.right, b.left - a.right);
        const down = Math.max(a.top - b.bottom, b.top - a.bottom);
        if (one !== other && !one.contains(other) && Math.max(across, down) < 7.9)
            near.push(one.outerHTML + other.outerHTML);
    }));
    return {small, near, sideways: document.documentElement.scrollWidth - innerWidth};
}"""

BROKEN_WORDS = """() => {
    const broken = [], range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (!parent.getClientRects().length || parent.closest('.sr, .skip, title, option')) continue;
        for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""


@pytest.fixture
def small(browser: Browser, room: StubRoom) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, base_url=room.address, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def phone(small: BrowserContext) -> Page:
    return small.new_page()


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("document.fonts.ready")


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_every_target_is_large_and_apart_and_no_page_scrolls_sideways(phone: Page, path: str) -> None:
    open_page(phone, path)

    assert phone.evaluate(GEOMETRY) == {"small": [], "near": [], "sideways": 0}
    assert phone.evaluate(BROKEN_WORDS) == []


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_text_at_double_size_and_widely_spaced_does_not_scroll_sideways(phone: Page, path: str) -> None:
    open_page(phone, path)
    phone.evaluate("document.documentElement.style.fontSize = '225%'")
    doubled = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    phone.evaluate(
        """() => {
            document.documentElement.style.fontSize = '';
            for (const each of document.querySelectorAll('body *'))
                Object.assign(each.style, {lineHeight: 1.5, letterSpacing: '.12em', wordSpacing: '.16em'});
        }"""
    )

    assert doubled == 0
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(phone: Page, path: str, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)
    open_page(phone, path)

    found = Axe().run(phone, options=RULES).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.browser
def test_axe_finds_nothing_when_something_is_wrong(phone: Page, room: StubRoom) -> None:
    room.answers = [(422, {"error": "Choose one answer.", "field": "choice"})]
    open_page(phone, "/vote")
    phone.get_by_role("button", name="Send my answer").click()
    phone.locator("#problem").wait_for()

    found = Axe().run(phone, options=RULES).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert phone.evaluate(GEOMETRY)["sideways"] == 0


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/dots", "/order", "/story"])
def test_what_has_the_focus_is_never_hidden_and_shows_it(phone: Page, path: str) -> None:
    open_page(phone, path)
    seen = set()
    for _ in range(40):
        phone.keyboard.press("Tab")
        found = phone.evaluate(
            """() => {
                const each = document.activeElement, box = each.getBoundingClientRect();
                if (each === document.body) return null;
                const x = box.left + box.width / 2, y = Math.min(box.top + box.height / 2, innerHeight - 2);
                const top = document.elementFromPoint(x, y);
                return {html: each.outerHTML, seen: !!top && (each === top || each.contains(top) || top.contains(each)),
                        ring: getComputedStyle(each).outlineStyle !== 'none'};
            }"""
        )
        if found is None:
            break
        seen.add(found["html"])
        assert found["seen"], found
        assert found["ring"], found

    assert len(seen) > 5


@pytest.mark.browser
def test_the_chosen_card_is_seen_without_colours(browser: Browser, room: StubRoom) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568}, base_url=room.address, forced_colors="active")
    page = context.new_page()
    open_page(page, "/vote")
    before = page.screenshot()
    page.get_by_text("Parking").click()
    page.get_by_text("Parking").blur()
    after = page.screenshot()
    context.close()

    assert before != after


@pytest.mark.browser
def test_the_longest_word_a_phone_can_send_stays_inside_the_page(phone: Page, room: StubRoom) -> None:
    open_page(phone, "/result")
    phone.evaluate("document.querySelectorAll('bdi').forEach(each => { each.textContent = 'W'.repeat(400); })")

    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


# Weights, and what slimming may take away. -----------------------------------------------------------


def test_script_and_style_leave_room_for_a_page_in_the_first_load() -> None:
    assert len(ASSETS["app.js"].packed) <= 3_200
    assert len(ASSETS["app.css"].packed) <= 1_500


def test_the_phone_script_uses_nothing_that_needs_a_secure_context_or_a_new_phone() -> None:
    names = ("app.js", "write.js", "dots.js", "order.js", "stories.js")
    script = "\n".join(slim((STATIC / name).read_text("utf-8")) for name in names)

    assert not re.search(r"randomUUID|serviceWorker|clipboard|subtle|wakeLock|import\b|export\b|https?:", script)
    assert not re.search(r"\?\.|\?\?|catch \{|\.flat\(|\.replaceAll\(|\.at\(|fromEntries", script)


def test_style_sheets_and_scripts_fetch_nothing_from_elsewhere() -> None:
    for each in STATIC.iterdir():
        assert not re.search(r"url\(|@import|//[a-z]+\.", each.read_text("utf-8")), each


def test_slimming_takes_comments_and_indentation_and_nothing_else() -> None:
    source = "/* one\n   two */\na {\n  b: c; /* kept */\n}\n\n  // gone\n  f('http://x'); // kept\n"

    assert slim(source) == "a {\nb: c; /* kept */\n}\nf('http://x'); // kept\n"
