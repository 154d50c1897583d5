"""The link to the room comes and goes, phones sleep, disks fill: no word is lost and none is kept twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import until
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.policy import PAUSED

from .conftest import browsing
from .house import House
from .scenes import STORY, join, main_button, past_the_rules

pytestmark = pytest.mark.browser

AT_ONCE = "Math.random = () => 0;"
"""Phones that wake spread over three seconds; here there is only one."""

HEAR = """() => {
    window.heard = [];
    const node = document.getElementById('say');
    new MutationObserver(() => node.textContent && heard.push(node.textContent)).observe(node, {childList: true});
}"""

IS_STRIP = "each => each.name.includes('/strip') && each.responseEnd"

LOST = re.compile("Not connected. Your words are safe. Trying again.")

FAILED = r"net::ERR_|Failed to load resource|the server responded with a status of 50"
"""What the browser writes when a test takes the room away."""


@pytest.fixture
def near(browser: Browser, house: House) -> Iterator[Page]:
    """A phone on which nothing waits by chance."""
    with browsing(browser, house.address) as (page, watch):
        page.add_init_script(AT_ONCE)
        yield page
        watch.forgive(FAILED)


def stored(page: Page) -> dict[str, str]:
    return dict(page.evaluate("() => Object.fromEntries(Object.entries(localStorage))"))


def put_away(page: Page, away: bool) -> None:
    """What the browser tells a page when the phone is put away and taken out again."""
    page.evaluate(
        """away => {
            Object.defineProperty(document, 'hidden', {value: away, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        away,
    )


def kept(page: Page) -> None:
    expect(page.locator(".done")).to_be_visible()


def write_idea(house: House, page: Page, words: str) -> None:
    house.ask("ideas")
    join(house, page)
    page.get_by_label("Your idea").fill(words)


# The room is away. -----------------------------------------------------------------------------------


def test_words_typed_while_the_room_is_away_arrive_once_when_it_is_back(browser: Browser, fresh_house: House) -> None:
    house = fresh_house
    with browsing(browser, house.address) as (page, watch):
        write_idea(house, page, "Typed before it broke")
        house.stop()
        page.get_by_label("Your idea").fill("Typed while it was away")
        main_button(page)
        expect(page.locator("#waiting")).to_have_text(LOST)
        expect(page.get_by_label("Your idea")).to_have_value("Typed while it was away")

        house.start()
        kept(page)
        watch.forgive(FAILED)

    assert house.said("Typed while it was away") == 1
    assert house.said("Typed before it broke") == 0


def test_a_lost_link_is_told_in_its_own_place_and_found_again(browser: Browser, fresh_house: House) -> None:
    house = fresh_house
    house.ask("single")
    with browsing(browser, house.address) as (page, watch):
        page.add_init_script(AT_ONCE)
        join(house, page)
        strip, heading = page.locator("#strip"), page.locator("h1").bounding_box()
        house.stop()
        expect(strip).to_contain_text("Not connected. Your words are safe. Trying again.")
        expect(strip.get_by_role("link", name="Check again")).to_be_visible()
        assert page.locator("h1").bounding_box() == heading

        house.start()
        put_away(page, True)
        put_away(page, False)
        expect(strip).to_have_text("")
        assert page.locator("h1").bounding_box() == heading
        watch.forgive(FAILED)


def test_a_phone_keeps_one_stream_however_often_it_is_put_away(near: Page, house: House) -> None:
    house.ask("single")
    join(house, near)
    near.evaluate(HEAR)
    house.give(cmd.CloseVote())
    until(near, "heard.length === 1")
    for times in (2, 3, 4):
        put_away(near, True)
        put_away(near, False)
        house.stir()
        until(near, f"performance.getEntriesByType('resource').filter({IS_STRIP}).length >= {times}")

    # When all that waits to be read out has been.
    until(near, "document.getElementById('say').textContent === ''")
    assert near.evaluate("heard") == ["This question is closed."]
    until(near, lambda: house.open_streams == 1)
    assert house.open_streams == 1


# The room cannot save. -------------------------------------------------------------------------------


def test_words_that_cannot_be_saved_outlive_a_reload_and_arrive_once(near: Page, house: House) -> None:
    write_idea(house, near, "Kept through a full disk")
    house.ail()
    main_button(near)
    expect(near.locator("#waiting")).to_have_text(LOST)
    near.reload()
    expect(near.get_by_label("Your idea")).to_have_value("Kept through a full disk")
    expect(near.locator("#waiting")).to_have_text(LOST)
    assert house.said("Kept through a full disk") == 0

    house.heal()
    kept(near)
    assert house.said("Kept through a full disk") == 1
    assert stored(near) == {}


def test_words_sent_while_the_room_is_paused_are_told_why_they_wait_and_arrive_by_themselves(
    near: Page, house: House
) -> None:
    write_idea(house, near, "Kept through a pause")
    house.give(cmd.PauseRoom())
    expect(near.locator("#strip")).to_contain_text("We are taking a short pause. Your words are safe.")
    main_button(near)
    expect(near.locator("#waiting")).to_have_text(str(PAUSED))
    expect(near.get_by_label("Your idea")).to_have_value("Kept through a pause")
    assert house.said("Kept through a pause") == 0

    house.give(cmd.ResumeRoom())
    kept(near)
    expect(near.locator("#strip")).to_have_text("")
    assert house.said("Kept through a pause") == 1


@pytest.mark.parametrize(
    "storage",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=["blocked", "full"],
)
def test_words_are_sent_again_where_the_phone_cannot_store_anything(near: Page, house: House, storage: str) -> None:
    near.add_init_script(storage)
    write_idea(house, near, f"Without storage {len(storage)}")
    house.ail()
    main_button(near)
    expect(near.locator("#waiting")).to_have_text(LOST)
    house.heal()
    kept(near)

    assert house.said(f"Without storage {len(storage)}") == 1


def test_a_phone_that_was_closed_before_it_heard_the_answer_sends_once(browser: Browser, house: House) -> None:
    with browsing(browser, house.address) as (page, watch):
        write_idea(house, page, "The answer got lost")
        house.lost = "/say/"
        main_button(page)
        expect(page.locator("#waiting")).to_have_text(LOST)
        again = page.context.new_page()
        page.close()
        assert house.said("The answer got lost") == 1

        house.lost = ""
        again.goto("/now")
        until(again, "!Object.keys(localStorage).length")
        watch.forgive(FAILED)

    assert house.said("The answer got lost") == 1


def test_of_two_votes_that_could_not_be_sent_the_newer_counts(near: Page, house: House) -> None:
    house.ask("single")
    join(house, near)
    house.ail()
    near.locator("label.card").nth(0).click()
    main_button(near)
    expect(near.locator("#waiting")).to_have_text(LOST)
    near.locator("label.card").nth(2).click()
    sent: list[str] = []
    near.on("request", lambda request: sent.extend(re.findall("choice=(.)", request.post_data or "")))
    main_button(near)
    house.heal()
    kept(near)

    assert house.votes() == {'{"option":"c"}': 1}
    # Until the newer one is sent the older may be tried once more, and never after it.
    assert set("".join(sent).lstrip("a")) == {"c"}


# Drafts. ---------------------------------------------------------------------------------------------


def test_a_draft_outlives_a_reload_and_goes_when_the_story_was_received(near: Page, house: House) -> None:
    house.ask("vignette")
    join(house, near)
    near.get_by_label("What happened?").fill(STORY)
    near.reload()
    expect(near.get_by_label("What happened?")).to_have_value(STORY)
    near.locator("input[name=level][value=C2]").check(force=True)
    main_button(near)
    near.get_by_role("button", name="Send it").click()
    kept(near)
    near.get_by_role("button", name="I have kept it").click()
    kept(near)

    assert stored(near) == {}
    near.get_by_role("link", name="Tell us more").click()
    expect(near.get_by_label("What happened?")).to_have_value("")


def test_whoever_takes_over_a_phone_finds_no_words_of_the_one_before(near: Page, house: House) -> None:
    house.ask("vignette")
    near.goto(house.join_path)
    near.wait_for_url("**/now?in")
    # Who has just come has no place to give away yet.
    expect(near.get_by_role("link", name="Someone else wants to use this phone")).to_have_count(0)
    past_the_rules(near)
    near.get_by_label("What happened?").fill("Mine alone")
    near.get_by_role("link", name="Someone else wants to use this phone").click()
    expect(near.get_by_role("button", name="Yes, someone else")).to_be_visible()
    until(near, "JSON.stringify(localStorage).includes('Mine+alone')")
    near.get_by_role("button", name="Yes, someone else").click()
    near.get_by_role("link", name="Join as a new person").click()
    past_the_rules(near)

    expect(near.get_by_label("What happened?")).to_have_value("")
    until(near, "!Object.keys(localStorage).length")


def test_whoever_takes_over_a_phone_reads_nothing_of_the_one_before_even_where_it_was_not_cleared_yet(
    near: Page, house: House
) -> None:
    house.ask("vignette")
    join(house, near)
    near.route("**/clear-*.js", lambda route: route.abort())
    near.get_by_label("What happened?").fill("Mine alone")
    near.get_by_role("link", name="Someone else wants to use this phone").click()
    near.get_by_role("button", name="Yes, someone else").click()
    near.get_by_role("link", name="Join as a new person").click()
    past_the_rules(near)

    expect(near.get_by_label("What happened?")).to_have_value("")
    until(near, "JSON.stringify(localStorage).includes('Mine+alone')")


# News. -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("focused", [True, False], ids=["typing", "pausing"])
def test_five_pieces_of_news_leave_a_half_told_story_alone(near: Page, house: House, focused: bool) -> None:
    house.ask("vignette")
    join(house, near)
    box = near.get_by_label("What happened?")
    box.fill("Words in the making")
    box.evaluate("box => { box.setSelectionRange(5, 5); window.box = box; window.said = say; }")
    if not focused:
        box.blur()
    for close in (True, False, True, False, True):
        house.give(cmd.CloseGathering() if close else cmd.OpenGathering())
        expect(near.locator("#strip")).to_have_text(re.compile("^This question is closed." if close else "^$"))

    expect(box).to_have_value("Words in the making")
    assert box.evaluate("box => [box === window.box, box.selectionStart, document.activeElement === box]") == [
        True,
        5,
        focused,
    ]
    assert near.evaluate("document.getElementById('say') === said")


def test_a_phone_that_has_answered_follows_the_day_and_says_each_moment(near: Page, house: House) -> None:
    house.ask("single")
    join(house, near)
    near.locator("label.card").nth(1).click()
    main_button(near)
    expect(near.locator(".done")).to_be_focused()
    expect(near).to_have_title(re.compile("^Sent: "))
    house.give(cmd.CloseVote())
    expect(near).to_have_title(re.compile("^Closed: "))
    expect(near.locator("h1")).to_be_focused()
    assert "You can change it" not in near.locator("main").inner_text()
    house.give(cmd.Reveal())
    expect(near).to_have_title(re.compile("^Result: "))

    # Who reads a result is not taken away from it.
    house.go("")
    expect(near.locator("#strip")).to_contain_text("We have moved on.")
    near.wait_for_timeout(500)
    expect(near).to_have_title(re.compile("^Result: "))


def test_a_phone_goes_into_a_break_by_itself(near: Page, house: House) -> None:
    house.ask("single")
    join(house, near)
    near.locator("label.card").first.click()
    main_button(near)
    kept(near)
    rest = next(each.item for each in house.room.state.items if each.item.is_break)
    house.give(cmd.OpenItem(item=rest.key, vote="close"))

    expect(near.get_by_text(re.compile("^Back at "))).to_be_visible()
    expect(near.get_by_text("You can change it")).to_have_count(0)


@pytest.mark.parametrize("kind", ["single", "dots", "vignette"])
def test_news_moves_nothing_under_a_thumb(near: Page, house: House, kind: str) -> None:
    house.ask(kind)
    near.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => {
            for (const each of list.getEntries()) shift += each.value;
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    join(house, near)
    near.wait_for_timeout(500)
    house.go("")
    expect(near.locator("#strip .button")).to_be_visible()
    # Two frames later everything that moves has moved.
    near.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert near.evaluate("shift") == 0


def test_what_a_person_did_is_read_out_although_news_come_at_the_same_moment(near: Page, house: House) -> None:
    house.ask("rank")
    join(house, near)
    near.evaluate(HEAR)
    name = near.locator(".order li").nth(2).locator(".what bdi").inner_text()
    up = near.get_by_role("button", name=f"Up one place: {name}")
    up.press("Enter")
    up.press("Enter")
    house.give(cmd.CloseVote())

    until(near, "heard.length === 3")
    moves = [f"{name} is now number {place} of 4." for place in (2, 1)]
    assert near.evaluate("heard") == [*moves, "This question is closed."]
    assert near.evaluate("document.activeElement.querySelector('.sr').textContent") == f"Up one place: {name}"
    assert near.locator(".order .what bdi").first.inner_text() == name
    assert near.locator(".order li input").first.get_attribute("name") == "order"


def test_no_page_says_anything_when_it_opens(near: Page, house: House) -> None:
    house.ask("single")
    near.add_init_script(f"addEventListener('DOMContentLoaded', {HEAR})")
    join(house, near)
    house.stir()
    until(near, f"performance.getEntriesByType('resource').some({IS_STRIP})")

    assert near.evaluate("heard") == []
