"""The ways people come in with a real browser: a link on another site, several pages at once."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.conftest import browsing
from tests.browser.house import House

ELSEWHERE = "http://chat.example"


def test_a_link_on_another_site_is_in_at_the_first_tap_and_stays_the_same_person(
    browser: Browser, fresh_house: House
) -> None:
    house = fresh_house
    house.ask("single")
    link = f'<a href="{house.address}{house.join_path}">Join us</a>'
    with browsing(browser, house.address, ELSEWHERE) as (page, _):
        page.route(f"{ELSEWHERE}/**", lambda route: route.fulfill(body=link, content_type="text/html"))
        page.goto(f"{ELSEWHERE}/")
        page.get_by_role("link", name="Join us").click()
        expect(page.get_by_role("button", name="Send my answer")).to_be_visible()
        expect(page.get_by_text("We do not ask your name.")).to_be_visible()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.locator(".done")).to_be_visible()

        page.goto(f"{ELSEWHERE}/")
        page.get_by_role("link", name="Join us").click()
        expect(page.locator(".done")).to_be_visible()

    assert (house.room.tables.joined, sum(house.votes().values())) == (1, 1)


def test_three_pages_opened_at_once_are_one_person(browser: Browser, fresh_house: House) -> None:
    house = fresh_house
    house.ask("single")
    with browsing(browser, house.address) as (page, _):
        page.goto("/help")
        with page.context.expect_event("page"):
            page.evaluate(f"for (const n of [1, 2, 3]) window.open('{house.join_path}', 'tab' + n)")
        page.wait_for_timeout(500)
        tabs = page.context.pages[1:]
        assert len(tabs) == 3
        for tab in tabs:
            expect(tab.get_by_role("button", name="Send my answer")).to_be_visible()
        for tab in tabs:
            tab.get_by_role("radio").first.check()
            tab.get_by_role("button", name="Send my answer").click()
            expect(tab.locator(".done")).to_be_visible()

    assert (house.room.tables.joined, sum(house.votes().values())) == (1, 1)
