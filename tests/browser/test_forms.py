"""What people do on a form, with our script and without it: every answer counts once and as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from workshop_tui.domain import commands as cmd

from .conftest import browsing
from .house import House
from .scenes import STORY, join, main_button

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def any_phone(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    """A phone whose browser runs our script, and one that does not."""
    with browsing(browser, house.address, java_script_enabled=request.param) as (page, _):
        yield page


def kept(page: Page) -> None:
    """Wait until the phone says that the answer is there."""
    expect(page.locator(".done")).to_be_visible()


def vote_for(page: Page, at: int) -> None:
    page.locator("label.card").nth(at).click()
    main_button(page)
    kept(page)


# The whole way. --------------------------------------------------------------------------------------


def test_a_typed_code_in_small_letters_and_spaces_joins(any_phone: Page, house: House) -> None:
    any_phone.goto("/")
    any_phone.get_by_label("Join code").fill(" " + " ".join(house.run.join_code.lower()))
    any_phone.get_by_label("Join code").press("Enter")

    any_phone.wait_for_url("**/now?in")


def test_a_vote_can_be_given_changed_and_skipped(any_phone: Page, house: House) -> None:
    house.ask("single")
    join(house, any_phone)

    vote_for(any_phone, 0)
    assert house.votes() == {'{"option":"a"}': 1}
    any_phone.get_by_role("link", name="Change my answer").click()
    vote_for(any_phone, 1)
    assert house.votes() == {'{"option":"b"}': 1}
    any_phone.get_by_role("link", name="Change my answer").click()
    any_phone.get_by_role("button", name="Skip this question").click()
    expect(any_phone.locator(".done")).to_contain_text("You skipped this question.")
    assert house.votes() == {}


def test_dots_are_placed_with_buttons_and_one_too_many_is_refused(any_phone: Page, house: House) -> None:
    house.ask("dots")
    join(house, any_phone)
    more = any_phone.get_by_role("button", name="Add a dot to Waiting")

    more.click()
    more.click()
    expect(any_phone.locator(".left")).to_have_text("1 of 3 dots left")
    # A button that is off says why when it is pressed all the same.
    more.click(force=True)
    expect(any_phone.get_by_text("One answer can have 2 dots at most.").first).to_be_visible()
    any_phone.get_by_role("button", name="Add a dot to First worry").click()
    any_phone.get_by_role("button", name="Add a dot to Being referred").click(force=True)
    expect(any_phone.get_by_text("You have no dots left. Take some away first.").first).to_be_visible()
    main_button(any_phone)
    kept(any_phone)

    assert house.votes() == {'{"placed":[["a",1],["c",2]]}': 1}


def test_a_forged_number_of_dots_is_refused_and_stays_as_it_was_typed(any_phone: Page, house: House) -> None:
    house.ask("dots")
    join(house, any_phone)
    any_phone.get_by_role("textbox", name="Waiting").fill("2")
    any_phone.get_by_role("textbox", name="Ordinary weeks").fill("2")
    main_button(any_phone)

    expect(any_phone.locator("#problem")).to_be_focused()
    assert any_phone.title().startswith("Error: ")
    expect(any_phone.get_by_role("textbox", name="Ordinary weeks")).to_have_value("2")
    assert house.votes() == {}


def test_an_order_is_made_with_buttons(any_phone: Page, house: House) -> None:
    house.ask("rank")
    join(house, any_phone)
    # Each phone has a list of its own, and in some it is the first already.
    any_phone.get_by_role("button", name="Down one place: Clear letters").click(force=True)
    for _ in range(3):
        any_phone.get_by_role("button", name="Up one place: Clear letters").click(force=True)
    expect(any_phone.locator(".order li").first).to_contain_text("Clear letters")
    main_button(any_phone)
    kept(any_phone)

    (vote,) = house.votes()
    assert vote.startswith('{"order":["d",')


def test_an_order_that_nobody_touched_is_asked_about_and_sent_by_who_ticks_it(any_phone: Page, house: House) -> None:
    house.ask("rank")
    join(house, any_phone)
    main_button(any_phone)
    expect(any_phone.locator("#problem")).to_contain_text("Send this order as it is?")
    assert house.votes() == {}

    any_phone.get_by_label("I want this order, just as it is").check()
    main_button(any_phone)
    kept(any_phone)

    assert len(house.votes()) == 1


def test_an_order_is_chosen_from_lists(any_phone: Page, house: House) -> None:
    house.ask("rank")
    join(house, any_phone)
    any_phone.get_by_role("button", name="Choose from lists instead").click()
    any_phone.get_by_label("Number 1").select_option("B One named person")
    any_phone.get_by_label("Number 2").select_option("A Tell it once")
    main_button(any_phone)
    kept(any_phone)

    assert house.votes() == {'{"order":["b","a"]}': 1}


def test_ideas_are_sent_one_after_the_other_from_an_empty_box(any_phone: Page, house: House) -> None:
    house.ask("ideas")
    join(house, any_phone)
    for words in ("One number to ring", "Open on Saturdays"):
        before = house.said(words)
        any_phone.get_by_label("Your idea").fill(words)
        main_button(any_phone)
        kept(any_phone)
        expect(any_phone.get_by_label("Your idea")).to_have_value("")
        assert house.said(words) == before + 1


def test_private_words_reach_the_facilitator(any_phone: Page, house: House) -> None:
    house.ask("private")
    join(house, any_phone)
    before = house.said("A chair with arms")
    any_phone.get_by_label("Your words").fill("A chair with arms")
    main_button(any_phone)
    kept(any_phone)

    assert house.said("A chair with arms") == before + 1


def test_a_story_is_checked_changed_and_kept_with_its_consent(any_phone: Page, house: House) -> None:
    house.ask("vignette")
    join(house, any_phone)
    before = house.said("nine times, twice")
    any_phone.get_by_label("What happened?").fill(STORY)
    any_phone.get_by_label("This room, and the report of today").check()
    main_button(any_phone)
    expect(any_phone.get_by_role("heading", name="Check your words")).to_be_visible()
    expect(any_phone.locator("blockquote bdi")).to_have_text(STORY)

    any_phone.get_by_role("button", name="Change it").click()
    expect(any_phone.get_by_label("What happened?")).to_have_value(STORY)
    expect(any_phone.get_by_label("This room, and the report of today")).to_be_checked()
    any_phone.get_by_label("What happened?").fill(STORY.replace("nine times", "nine times, twice"))
    main_button(any_phone)
    any_phone.get_by_role("button", name="Send it").click()
    kept(any_phone)

    assert house.said("nine times, twice") == before + 1
    assert next(reversed(list(house.room.tables.contributions.values()))).consent == "C2"


def test_a_result_and_a_story_can_be_read_on_the_phone(any_phone: Page, house: House) -> None:
    house.ask("vignette")
    house.tell(STORY)
    house.ask("single")
    house.answer({"option": "a"}, {"option": "a"}, {"option": "b"})
    join(house, any_phone)
    house.give(cmd.Reveal())
    any_phone.goto("/now")

    rows = any_phone.locator("table.bars tbody tr").all_inner_texts()
    assert ["2" in rows[0], "1" in rows[1], "0" in rows[2]] == [True] * 3
    expect(any_phone.get_by_text(re.compile(r"^3 of \d+ people answered"))).to_be_visible()
    any_phone.get_by_role("link", name="What people wrote").click()
    expect(any_phone.get_by_text(STORY).first).to_be_visible()
    any_phone.get_by_role("link", name="Back", exact=True).click()
    any_phone.wait_for_url("**/now")


# Once is once. ---------------------------------------------------------------------------------------


def test_pressing_twice_going_back_and_reloading_count_once(any_phone: Page, house: House) -> None:
    house.ask("single")
    join(house, any_phone)
    any_phone.locator("label.card").first.click()
    any_phone.get_by_role("button", name="Send my answer").dblclick(no_wait_after=True)
    kept(any_phone)
    any_phone.reload()
    any_phone.go_back()
    any_phone.goto("/now")
    kept(any_phone)

    assert house.votes() == {'{"option":"a"}': 1}


def test_an_idea_sent_by_two_quick_presses_is_kept_once(any_phone: Page, house: House) -> None:
    house.ask("ideas")
    join(house, any_phone)
    before = house.said("Pressed twice")
    any_phone.get_by_label("Your idea").fill("Pressed twice")
    any_phone.get_by_role("button", name="Send my answer").dblclick(no_wait_after=True)
    kept(any_phone)
    any_phone.reload()

    assert house.said("Pressed twice") == before + 1


def test_enter_in_a_number_sends_the_form_and_takes_no_dot_away(any_phone: Page, house: House) -> None:
    house.ask("dots")
    join(house, any_phone)
    any_phone.get_by_role("textbox", name="Waiting").fill("2")
    any_phone.get_by_role("textbox", name="Waiting").press("Enter")
    kept(any_phone)

    assert house.votes() == {'{"placed":[["c",2]]}': 1}


# What the browser has. -------------------------------------------------------------------------------

WITHOUT_SECURE_CONTEXT = """
for (const [where, name] of [[Crypto.prototype, 'randomUUID'], [Crypto.prototype, 'subtle'],
    [Navigator.prototype, 'serviceWorker'], [Navigator.prototype, 'clipboard'], [Navigator.prototype, 'wakeLock'],
    [window, 'caches']]) delete where[name];
"""


def test_a_vote_needs_nothing_that_browsers_keep_from_plain_http(browser: Browser, house: House) -> None:
    house.ask("single")
    with browsing(browser, house.address) as (page, _):
        page.add_init_script(WITHOUT_SECURE_CONTEXT)
        join(house, page)
        assert page.evaluate("[typeof crypto.randomUUID, typeof crypto.subtle, typeof caches]") == ["undefined"] * 3
        vote_for(page, 0)

    assert house.votes() == {'{"option":"a"}': 1}


def test_the_keyboard_alone_is_enough(browser: Browser, house: House) -> None:
    house.ask("single")
    with browsing(browser, house.address) as (page, _):
        page.goto("/")
        press = page.keyboard.press

        def tab_to(is_there: Callable[[], bool]) -> None:
            for _ in range(12):
                if is_there():
                    return
                press("Tab")
            raise AssertionError("the keyboard does not get there")

        tab_to(lambda: page.evaluate("document.activeElement.id") == "f-code")
        page.keyboard.type(house.run.join_code)
        press("Enter")
        page.wait_for_url("**/now?in")
        press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the question"
        press("Enter")
        tab_to(lambda: page.evaluate("document.activeElement.type") == "radio")
        press("ArrowDown")
        tab_to(lambda: page.evaluate("document.activeElement.textContent") == "Send my answer")
        press("Enter")
        kept(page)

    assert house.votes() == {'{"option":"b"}': 1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["single", "dots", "rank", "vignette"])
def test_the_keyboard_follows_the_page_and_is_always_seen(
    browser: Browser, house: House, kind: str, scheme: str
) -> None:
    house.ask(kind)
    with browsing(browser, house.address, color_scheme=scheme) as (page, _):
        join(house, page)
        # The first page has less at its foot than every other.
        page.goto("/now")
        seen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at is None:
                break
            seen.append(at)

    assert len(seen) > 8
    assert [each["html"] for each in seen if each["contrast"] < 3 or each["width"] < 2] == []
    tops = [(each["top"], each["left"]) for each in seen[1:]]
    assert tops == sorted(tops)


FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
        .map(part => part / 255 <= .04045 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4)
        .reduce((sum, part, which) => sum + part * [.2126, .7152, .0722][which], 0);
    const drawn = at.closest('label.card') || at, style = getComputedStyle(drawn);
    const [a, b] = [light(style.outlineColor), light(getComputedStyle(document.body).backgroundColor)];
    const box = drawn.getBoundingClientRect();
    return {
        html: at.outerHTML.slice(0, 100),
        width: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        contrast: (Math.max(a, b) + .05) / (Math.min(a, b) + .05),
        top: Math.round((box.top + scrollY + box.height / 2) / 20), left: Math.round(box.left),
    };
}"""
