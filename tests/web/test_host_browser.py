"""The host page in a real browser: narrow and wide, with scripts and without, through the eyes of axe."""

from __future__ import annotations

import http.server
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.patience import PATIENCE_MS
from tests.web.host_desk import BASE, STORY, TOKENS, HostDesk, host_desk
from workshop_tui.web.host.pages import PAGES
from workshop_tui.web.http.server import Listener

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 568}, {"width": 1200, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served() -> Iterator[HostDesk]:
    """A host page on a real socket of this machine."""
    sock = socket.create_server(("127.0.0.1", 0))
    with host_desk(port=sock.getsockname()[1]) as desk:
        config = uvicorn.Config(desk.client.app, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
        server = Listener(config)
        serving = desk.client.portal.start_task_soon(server.serve, [sock])
        yield desk
        desk.room.notifier.close()
        server.should_exit = True
        serving.result(timeout=10)


@pytest.fixture
def desk() -> Iterator[HostDesk]:
    with served() as made:
        yield made


def busy(desk: HostDesk) -> None:
    """Something in every part of the page."""
    desk.join("ana", "ben")
    desk.press("start")
    desk.press("action", text="Ask the council about the bus to the clinic", owner="Mo", due="2026-12-24")
    desk.press("go-i02")
    desk.tell("ana", "i02", STORY % "C2")
    desk.press("go-i03")
    desk.tell("ben", "i03", '{"text":"One name to ring, and the samepersoneachtimewithoutanybreakinthisverylongword"}')
    desk.press("go-i01")
    desk.press("open-vote")
    desk.vote("ana", "a")
    desk.clock.pass_s(45 * 60)
    desk.press("skip-i04", reason="We rested before")


@contextmanager
def looking(browser: Browser, desk: HostDesk, size: dict[str, int], **settings: object) -> Iterator[Page]:
    """A browser that opened the page with the address that the console shows."""
    context: BrowserContext = browser.new_context(viewport=size, base_url=str(desk.client.base_url), **settings)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: problems.append(request.url) if not _ours(request.url, desk) else None)
    page.goto(f"{BASE}/now")
    yield page
    context.close()
    assert [each for each in problems if "409" not in each] == []


def _ours(url: str, desk: HostDesk) -> bool:
    return url.startswith(str(desk.client.base_url))


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def open_all(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")


@pytest.mark.parametrize(("size", "scheme"), [(NARROW, "light"), (WIDE, "dark")])
def test_axe_finds_nothing(browser: Browser, desk: HostDesk, size: dict[str, int], scheme: str) -> None:
    busy(desk)
    with looking(browser, desk, size, color_scheme=scheme) as page:
        for at in PAGES:
            page.goto(f"{BASE}/{at}?peek=1&queue=all")
            open_all(page)
            assert complaints(page) == [], at
        page.goto(f"{BASE}/now")
        open_all(page)
        page.get_by_role("button", name="Declare it void").click()
        expect(page).to_have_title(re.compile("^Error: "))
        assert complaints(page) == []
        page.get_by_label("Why does it not count?").fill("The wrong question")
        page.get_by_role("button", name="Declare it void").click()
        expect(page).to_have_title(re.compile("^Question: "))
        assert complaints(page) == []


@pytest.mark.parametrize("text", ["100%", "200%"])
@pytest.mark.parametrize("at", PAGES)
def test_a_narrow_window_needs_no_scrolling_sideways(browser: Browser, desk: HostDesk, text: str, at: str) -> None:
    busy(desk)
    with looking(browser, desk, NARROW) as page:
        page.goto(f"{BASE}/{at}?peek=1&queue=all")
        open_all(page)
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", f"{112.5 * int(text[:-1]) / 100}%")

        wide = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.sr, table'))
                .map(each => each.outerHTML.slice(0, 120))"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert wide == []


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_everything_that_can_be_pressed_is_large_enough(browser: Browser, desk: HostDesk, size: dict[str, int]) -> None:
    busy(desk)
    with looking(browser, desk, size) as page:
        for at in PAGES:
            page.goto(f"{BASE}/{at}?peek=1&queue=all")
            open_all(page)
            assert too_small(page) == [], at


def too_small(page: Page) -> list[str]:
    """Everything that can be pressed and is smaller than a finger."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
                    'button, summary, select, textarea, input:not([type=hidden]), .button, nav a, label.card')]
                .filter(each => each.offsetParent && !each.closest('.sr') && !each.matches('label.card > input'))
                .map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 120)])
                .filter(([box]) => box.height < 44 || box.width < 44).map(([_, html]) => html)"""
    )
    return found


def test_without_scripts_a_whole_vote_can_be_run(browser: Browser, desk: HostDesk) -> None:
    desk.join("ana")
    with looking(browser, desk, NARROW, java_script_enabled=False) as page:
        page.get_by_role("button", name="Start the workshop").click()
        page.get_by_role("button", name="Open the vote").click()
        desk.vote("ana", "a")
        page.get_by_role("button", name="Reveal the result").click()
        expect(page.locator("#question")).to_contain_text("1 of 1 phone answered.")
        page.get_by_role("button", name="Show the result to the room").click()

        expect(page.locator("#asking")).to_contain_text("The room sees this.")
        expect(page.locator("#status")).to_contain_text("1 of 1 phone answered.")


def test_a_refusal_takes_the_focus_and_leads_to_its_field(browser: Browser, desk: HostDesk) -> None:
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/notes")
        open_all(page)
        words = page.get_by_label("What will be done?")
        words.fill("Ring the council")
        page.locator("#action-due").fill("soon")
        page.locator("#action button").click()

        expect(page.locator("#problem")).to_be_focused()
        page.get_by_role("link", name="This is no day").click()
        expect(page).to_have_url(re.compile("#action-due$"))
        expect(page.locator("#action-due")).to_be_focused()
        assert page.locator("[aria-invalid]").count() == 1
        assert words.input_value() == "Ring the council"


def test_a_question_takes_the_focus_and_what_was_done_takes_it_after(browser: Browser, desk: HostDesk) -> None:
    desk.press("start")
    desk.press("open-vote")
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/now")
        page.get_by_role("button", name="Reveal the result").press("Enter")
        expect(page.locator("#question")).to_be_focused()
        # The same key again, held or pressed, is no answer.
        page.keyboard.press("Enter")
        assert not desk.state.last_round.shown
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("#done")).to_be_focused()
        assert page.evaluate("document.querySelector('#asking').contains(document.activeElement)")
        assert desk.state.last_round.shown


def test_after_an_entry_is_dealt_with_the_focus_is_at_the_next_one(browser: Browser, desk: HostDesk) -> None:
    desk.join("ana", "ben", "cem")
    desk.press("start")
    desk.press("go-i03")
    for person in ("ana", "ben", "cem"):
        desk.tell(person, "i03", f'{{"text":"Of {person}"}}')
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/reading")
        page.get_by_role("button", name="Mark as read number 2").click()

        expect(page.locator("#done")).to_be_focused()
        page.keyboard.press("Tab")
        assert (
            page.evaluate("document.activeElement.closest('article').querySelector('.words').textContent") == "Of ana"
        )
        assert page.evaluate("document.activeElement.closest('label').textContent") == "Tick, number 2, Ideas"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Mark as read number 2, Ideas"


def test_news_fills_the_strip_and_leaves_a_half_typed_note_alone(browser: Browser, desk: HostDesk) -> None:
    desk.join("ana")
    desk.press("start")
    with looking(browser, desk, NARROW) as page:
        page.goto(f"{BASE}/notes")
        words = page.get_by_label("What should the report remember?")
        words.fill("Ring the cou")
        words.evaluate("box => box.setSelectionRange(4, 4)")

        desk.press("go-i02")
        page.locator("#strip strong", has_text="New: opened item 2").wait_for()

        assert words.input_value() == "Ring the cou"
        assert words.evaluate("box => [document.activeElement === box, box.selectionStart]") == [True, 4]
        page.locator("#say", has_text="New: opened item 2").wait_for(state="attached")
        page.locator("#strip").get_by_role("link", name="Look again").click()
        expect(page).to_have_url(re.compile("/notes$"))


def test_a_half_typed_note_outlives_another_form_and_a_look_again_and_goes_once_it_is_kept(
    browser: Browser, desk: HostDesk
) -> None:
    desk.press("start")
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/notes")
        open_all(page)
        page.locator("#promise-text").fill("Mend the lift by")
        page.locator("#note-text").fill("The room was cold")
        page.locator("#note button").click()
        expect(page.locator("#done")).to_be_focused()
        expect(page.locator("#promise-text")).to_have_value("Mend the lift by")
        expect(page.locator("#promise")).to_contain_text("what you typed is still here")
        expect(page.locator("#note-text")).to_have_value("")

        page.locator("#strip").get_by_role("link", name="Look again").click()
        page.goto(f"{BASE}/now")
        page.goto(f"{BASE}/notes")
        expect(page.locator("#promise-text")).to_have_value("Mend the lift by")
        page.locator("#promise-due").fill("4 March 2027")
        page.locator("#promise button").click()
        page.get_by_role("button", name="No, another day").click()
        expect(page.locator("#promise-text")).to_have_value("Mend the lift by")
        page.locator("#promise-due").fill("2027-03-05")
        page.locator("#promise button").click()

        expect(page.locator("#done")).to_be_focused()
        expect(page.locator("#promise-text")).to_have_value("")
        assert page.evaluate("Object.keys(sessionStorage).length + Object.keys(localStorage).length") == 0
    assert [(note.text, note.due) for note in desk.room.tables.notes] == [
        ("The room was cold", ""), ("Mend the lift by", "2027-03-05"),
    ]  # fmt: skip


def test_words_of_other_people_are_never_kept_in_the_browser(browser: Browser, desk: HostDesk) -> None:
    busy(desk)
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/reading?queue=all")
        open_all(page)
        page.locator("#options-i05-options").fill("One name to ring")

        assert page.evaluate("Object.keys(sessionStorage).length + Object.keys(localStorage).length") == 0


def test_every_page_is_reached_from_every_page_with_the_keyboard(browser: Browser, desk: HostDesk) -> None:
    busy(desk)
    with looking(browser, desk, WIDE) as page:
        for at in PAGES:
            page.goto(f"{BASE}/{at}")
            links = page.get_by_role("navigation", name="Pages").get_by_role("link")
            assert [link.get_attribute("href") for link in links.all()] == list(PAGES)
            assert page.locator("h1").count() == 1
            assert page.locator("nav [aria-current=page]").get_attribute("href") == at
        page.get_by_role("link", name="Running order").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Running order")


def test_the_keyboard_comes_to_the_pause_first_and_then_to_the_skip_link(browser: Browser, desk: HostDesk) -> None:
    with looking(browser, desk, WIDE) as page:
        page.goto(f"{BASE}/order")
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        third = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert first == "Pause everything F8"
        assert third == "Skip to what you can do"
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@contextmanager
def another_server() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Another program on this machine, on a port of its own, that keeps every request it gets."""
    seen: list[tuple[str, dict[str, str]]] = []

    class Keeping(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path, dict(self.headers)))
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>x</title><a href='/next'>next</a>")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keeping)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


FOLLOW = """to => {
    const link = document.createElement('a');
    link.href = to;
    document.body.append(link);
    link.click();
}"""


def test_no_server_on_another_port_of_this_machine_sees_a_key(browser: Browser, desk: HostDesk) -> None:
    context = browser.new_context()
    page = context.new_page()
    with another_server() as (elsewhere, seen):
        for path in (f"{BASE}/now", f"/{TOKENS.screen}/screen", f"{BASE}/order"):
            page.goto(f"http://127.0.0.1:{desk.client.base_url.port}{path}")
            # Away by itself, by a link on the page, and by what the page could be made to load.
            page.goto(f"{elsewhere}/visited")
            page.go_back()
            page.evaluate(FOLLOW, f"{elsewhere}/followed")
            page.wait_for_url(f"{elsewhere}/followed")
        kept = context.cookies()
    context.close()

    assert {path for path, _ in seen} >= {"/visited", "/followed"}
    assert kept == []
    for key in (TOKENS.host, TOKENS.screen, TOKENS.control):
        assert key not in str(seen)


def test_a_title_on_a_button_stands_apart_from_the_words_before_it(browser: Browser, desk: HostDesk) -> None:
    desk.press("start")
    with looking(browser, desk, WIDE) as page:
        button = page.locator("button", has_text=re.compile("^Next:"))
        assert re.match(r"Next: \w", button.inner_text())
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
