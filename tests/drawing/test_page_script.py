from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS, until

from .stub_room import StubRoom

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 568}


@pytest.fixture
def phone(browser: Browser, room: StubRoom) -> Iterator[Page]:
    context = browser.new_context(viewport=SMALL, base_url=room.address, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert problems == []


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("() => Object.fromEntries(Object.entries(localStorage))")


def hide(page: Page, hidden: bool) -> None:
    """What the browser tells a page when the phone is put away and taken out again."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden,
    )


def listen(page: Page) -> None:
    """Keep everything that is read out, in order."""
    page.evaluate(
        """() => {
            window.heard = [];
            const node = document.getElementById('say');
            const hear = () => node.textContent && heard.push(node.textContent);
            new MutationObserver(hear).observe(node, {childList: true});
        }"""
    )


def stop_time(page: Page) -> None:
    """Let no timer of the page run out but by `pass_time`."""
    page.clock.install(time=0)
    page.clock.pause_at(1_000)


def pass_time(page: Page, done: Callable[[], bool], step: int = 3_000) -> None:
    """Let the page's time run on in steps, with real moments between them for answers to arrive."""
    for _ in range(600):
        if done():
            return
        page.clock.run_for(step)
        page.wait_for_timeout(50)
    raise AssertionError(f"not after {600 * step} ms of the page's time")


def strip_of(page: Page) -> str:
    return " ".join(page.locator("#strip").inner_text().split())


# The outbox. -----------------------------------------------------------------------------------------


def test_a_vote_is_sent_with_the_phones_own_number_and_the_page_goes_on(phone: Page, room: StubRoom) -> None:
    phone.goto("/vote")
    phone.get_by_text("Clear letters").tap()
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")

    ((path, fields, wanted),) = room.posts
    assert (path, wanted, fields["choice"], fields["go"]) == ("/vote", True, ["c"], ["1"])
    assert re.fullmatch("[0-9a-f]{32}", fields["sid"][0])
    assert fields["sid"] != ["0" * 32]
    assert stored(phone) == {}


def test_a_room_that_cannot_save_keeps_the_words_and_gets_them_again_with_the_same_number(
    phone: Page, room: StubRoom
) -> None:
    room.answers = [(503, {}), (0, {}), (503, {})]
    stop_time(phone)
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("I rang nine times.")
    phone.get_by_role("button", name="Send my answer").tap()

    expect(phone.locator("#waiting")).to_have_text(re.compile("^Not connected. Your words are safe"))
    expect(phone.get_by_label("What happened?")).to_have_value("I rang nine times.")
    pass_time(phone, lambda: phone.url.endswith("/thanks"))
    assert len({fields["sid"][0] for _, fields, _ in room.posts}) == 1
    assert {fields["story"][0] for _, fields, _ in room.posts} == {"I rang nine times."}


def test_words_survive_a_lost_link_and_a_reload_and_arrive_once(phone: Page, room: StubRoom) -> None:
    # A browser tries again by itself on each connection that it has kept open.
    room.answers = [(0, {})] * 8
    stop_time(phone)
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("Nobody rang back.")
    phone.get_by_role("button", name="Send my answer").tap()
    expect(phone.locator("#waiting")).to_be_visible()

    room.answers = [(503, {})]
    phone.reload()
    expect(phone.get_by_label("What happened?")).to_have_value("Nobody rang back.")
    expect(phone.locator("#waiting")).to_be_visible()
    pass_time(phone, lambda: phone.url.endswith("/thanks"))

    assert len({fields["sid"][0] for _, fields, _ in room.posts}) == 1
    assert stored(phone) == {}


def test_pressing_twice_and_pressing_again_while_waiting_sends_one_number(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {}), (503, {})]
    stop_time(phone)
    phone.goto("/idea")
    phone.get_by_label("One idea").fill("Ring people back")
    phone.get_by_role("button", name="Send my answer").dblclick()
    expect(phone.locator("#waiting")).to_be_visible()
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(2)
    pass_time(phone, lambda: phone.url.endswith("/thanks"))

    assert len({fields["sid"][0] for _, fields, _ in room.posts}) == 1


def test_other_words_get_another_number_and_both_arrive(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {})]
    stop_time(phone)
    phone.goto("/idea")
    phone.get_by_label("One idea").fill("First")
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(1)
    expect(phone.locator("#waiting")).to_be_visible()
    phone.get_by_label("One idea").fill("Second")
    phone.get_by_role("button", name="Send my answer").tap()
    pass_time(phone, lambda: phone.url.endswith("/thanks"))

    received = [(fields["idea"][0], fields["sid"][0]) for _, fields, _ in room.posts[-2:]]
    assert [words for words, _ in received] == ["First", "Second"]
    assert received[0][1] != received[1][1]


def test_of_two_unsent_votes_only_the_newer_is_sent(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {})]
    stop_time(phone)
    phone.goto("/vote")
    phone.get_by_text("Parking").tap()
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(1)
    expect(phone.locator("#waiting")).to_be_visible()
    phone.get_by_text("Clear letters").tap()
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")

    assert [fields["choice"] for _, fields, _ in room.posts] == [["d"], ["c"]]
    assert stored(phone) == {}


def test_a_refused_answer_is_explained_at_the_top_and_beside_the_field_with_the_words_kept(
    phone: Page, room: StubRoom
) -> None:
    room.answers = [(422, {"error": "This is too long.", "field": "story"})]
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("Long " * 20)
    phone.get_by_role("button", name="Send my answer").tap()

    expect(phone.locator("#problem")).to_be_focused()
    expect(phone.locator("#problem a")).to_have_attribute("href", "#f-story")
    expect(phone.locator("#e-story")).to_have_text("Error: This is too long.")
    expect(phone).to_have_title("Error: story")
    expect(phone.get_by_label("What happened?")).to_have_value("Long " * 20)
    expect(phone.get_by_label("What happened?")).to_have_attribute("aria-invalid", "true")

    phone.get_by_label("What happened?").fill("Short")
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")
    assert room.posts[0][1]["sid"] != room.posts[1][1]["sid"]


def test_an_answer_that_came_too_late_is_told_and_not_sent_again(phone: Page, room: StubRoom) -> None:
    room.answers = [(409, {"error": "This question is closed. Please look at the big screen."})]
    stop_time(phone)
    phone.goto("/vote")
    phone.get_by_text("Parking").tap()
    phone.get_by_role("button", name="Send my answer").tap()

    expect(phone.locator("#problem")).to_contain_text("This question is closed.")
    phone.clock.run_for(60_000)
    phone.reload()
    phone.clock.run_for(60_000)
    assert len(room.posts) == 1


def test_what_another_network_answers_at_this_address_is_no_receipt(phone: Page, room: StubRoom) -> None:
    welcome = "<!doctype html><title>Guest Wi-Fi</title><p>Please sign in."
    room.answers = [(200, welcome), (404, welcome), (200, {}), (403, {"status": "blocked"})]
    stop_time(phone)
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("I rang nine times.")
    phone.get_by_role("button", name="Send my answer").tap()

    room.hear_posts(1)
    expect(phone.locator("#waiting")).to_have_text(re.compile("^Not connected"))
    pass_time(phone, lambda: phone.url.endswith("/thanks"))
    assert [fields["story"] for _, fields, _ in room.posts] == [["I rang nine times."]] * 5
    assert len({fields["sid"][0] for _, fields, _ in room.posts}) == 1


def test_what_waits_is_not_sent_once_the_person_goes_back_without_sending(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {})]
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("I would rather not.")
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(1)
    phone.get_by_role("link", name="Go back without sending").tap()
    phone.wait_for_url("**/result")
    stop_time(phone)
    phone.goto("/idea")
    phone.clock.run_for(60_000)

    assert len(room.posts) == 1


def test_a_vote_that_replaces_unsent_ones_says_which(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {}), (503, {})]
    stop_time(phone)
    phone.goto("/vote")
    for sent, option in enumerate(("Parking", "Clear letters", "Shorter phone waits"), 1):
        phone.get_by_text(option).tap()
        phone.get_by_role("button", name="Send my answer").tap()
        if sent < 3:
            room.hear_posts(sent)
            expect(phone.locator("#waiting")).to_be_visible()
    pass_time(phone, lambda: phone.url.endswith("/thanks"))

    numbers = [fields["sid"][0] for _, fields, _ in room.posts]
    assert len(set(numbers)) == 3
    assert [fields.get("instead") for _, fields, _ in room.posts] == [None, numbers[:1], [numbers[1], numbers[0]]]


def test_a_vote_refused_on_a_later_page_is_told_as_one_of_an_earlier_question(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {}), (409, {"error": "This question is closed."})]
    phone.goto("/vote")
    phone.get_by_text("Parking").tap()
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(1)
    phone.goto("/story")

    expect(phone.locator("#problem")).to_contain_text("About a question before this one: This question is closed.")


def test_without_storage_the_words_are_still_sent_again(phone: Page, room: StubRoom) -> None:
    phone.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    room.answers = [(503, {})]
    stop_time(phone)
    phone.goto("/idea")
    phone.get_by_label("One idea").fill("Ring people back")
    phone.get_by_role("button", name="Send my answer").tap()
    pass_time(phone, lambda: phone.url.endswith("/thanks"))

    assert [fields["idea"] for _, fields, _ in room.posts] == [["Ring people back"]] * 2


# Drafts. ---------------------------------------------------------------------------------------------


def test_a_draft_outlives_a_reload_and_goes_when_it_was_received(phone: Page, room: StubRoom) -> None:
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("Half a\nstory")
    phone.reload()
    expect(phone.get_by_label("What happened?")).to_have_value("Half a\nstory")

    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")
    assert stored(phone) == {}
    phone.goto("/story")
    expect(phone.get_by_label("What happened?")).to_have_value("")


def test_somebody_else_on_this_phone_finds_nothing(phone: Page, room: StubRoom) -> None:
    room.answers = [(503, {})] * 9
    phone.goto("/story")
    phone.get_by_label("What happened?").fill("Mine alone")
    phone.get_by_role("button", name="Send my answer").tap()
    room.hear_posts(1)
    phone.evaluate("localStorage.setItem('other', 'not ours')")
    phone.goto("/clear")

    expect(phone.locator("h1")).to_be_visible()
    assert stored(phone) == {"other": "not ours"}


# News. -----------------------------------------------------------------------------------------------


def test_news_changes_only_the_strip_and_never_what_is_being_typed(phone: Page, room: StubRoom) -> None:
    phone.goto("/story")
    box = phone.get_by_label("What happened?")
    box.fill("Words in the making")
    box.evaluate("box => { box.setSelectionRange(5, 5); window.box = box; }")
    phone.evaluate("() => { window.node = document.getElementById('say') }")
    for number in range(5):
        room.tell(f"<p data-say>Question {number} is open.</p> <a class='button' href='/vote'>Go to it</a>")
        expect(phone.locator("#strip")).to_contain_text(f"Question {number}")

    expect(box).to_be_focused()
    expect(box).to_have_value("Words in the making")
    assert box.evaluate("box => [box.selectionStart, box === window.box]") == [5, True]
    assert phone.evaluate("window.node === document.getElementById('say')")


def test_news_moves_nothing_under_the_thumb(phone: Page, room: StubRoom) -> None:
    phone.goto("/vote")
    phone.evaluate(
        """() => { window.shift = 0; new PerformanceObserver(list => {
            for (const entry of list.getEntries()) shift += entry.value;
        }).observe({type: 'layout-shift', buffered: true}); }"""
    )
    top = phone.locator("h1").bounding_box()
    room.tell("<p data-say>The next question is open.</p> <a class='button' href='/vote'>Go to it</a>")
    expect(phone.locator("#strip")).to_contain_text("next question")

    assert phone.locator("h1").bounding_box() == top
    assert phone.evaluate("window.shift") == 0


def test_what_the_person_did_is_read_out_first_and_the_news_after_it(phone: Page, room: StubRoom) -> None:
    phone.goto("/order")
    listen(phone)
    room.tell("<p data-say>The next question is open.</p>")
    phone.get_by_role("button", name="Down one place: Shorter phone waits").tap()

    until(phone, "heard.length == 2")
    assert set(phone.evaluate("heard")) == {"Shorter phone waits is now number 2 of 5.", "The next question is open."}


def test_a_page_that_connects_again_repeats_nothing(phone: Page, room: StubRoom) -> None:
    stop_time(phone)
    phone.goto("/vote")
    listen(phone)
    room.tell("<p data-say>The next question is open.</p>")
    pass_time(phone, lambda: phone.evaluate("heard.length") == 1)
    for count in (2, 3, 4):
        hide(phone, True)
        hide(phone, False)
        pass_time(phone, lambda count=count: room.streams == count)

    assert room.streams == 4
    assert phone.evaluate("heard") == ["The next question is open."]


def test_a_silent_link_is_told_after_40_seconds_and_found_again(phone: Page, room: StubRoom) -> None:
    room.silent = True
    stop_time(phone)
    phone.goto("/vote")
    room.down = True
    phone.clock.run_for(38_000)
    assert strip_of(phone) == "Please look at the big screen."

    phone.clock.run_for(8_000)
    assert strip_of(phone) == "Not connected. Your words are safe. Trying again. Check again"
    room.down = room.silent = False
    pass_time(phone, lambda: strip_of(phone) == "Please look at the big screen.")


def test_a_cut_link_is_polled_until_it_is_back(phone: Page, room: StubRoom) -> None:
    stop_time(phone)
    phone.goto("/vote")
    with room.changed:
        assert room.changed.wait_for(lambda: room.streams == 1, 10)
        room.down = True
        room.changed.notify_all()
    pass_time(phone, lambda: strip_of(phone).startswith("Not connected."), 100)

    room.down = False
    room.tell("<p data-say>The next question is open.</p>")
    pass_time(phone, lambda: strip_of(phone) == "The next question is open.")
    pass_time(phone, lambda: room.streams == 2)


# Dots and orders in place. ---------------------------------------------------------------------------


def test_dots_are_added_in_place_and_the_eleventh_is_refused(phone: Page, room: StubRoom) -> None:
    phone.goto("/dots")
    listen(phone)
    for _ in range(6):
        phone.get_by_role("button", name="Add a dot to Clear letters").tap()
    # The button is only said to be off, so a person can press it and hear why; the driver needs to be told.
    phone.get_by_role("button", name="Add a dot to Clear letters").tap(force=True)
    expect(phone.locator(".left")).to_have_text("One answer can have 6 dots at most.")
    phone.get_by_label("Parking").fill("4")
    expect(phone.locator(".left")).to_have_text("0 of 10 dots left")
    phone.get_by_role("button", name="Add a dot to Shorter phone waits").tap(force=True)

    expect(phone.locator(".left")).to_have_text("You have no dots left. Take some away first.")
    expect(phone.get_by_role("button", name="Add a dot to Shorter phone waits")).to_be_focused()
    expect(phone.get_by_role("textbox", name="Clear letters")).to_have_value("6")
    until(phone, "heard.includes('You have no dots left. Take some away first.')")
    phone.get_by_role("button", name="Take a dot from Parking").tap()
    expect(phone.locator(".left")).to_have_text("1 of 10 dots left")
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")
    sent = room.posts[0][1]
    assert (sent["dots.c"], sent["dots.d"], sent["dots.a"]) == (["6"], ["3"], ["0"])
    assert "step" not in sent


def test_up_and_down_work_in_place_and_the_focus_stays(phone: Page, room: StubRoom) -> None:
    phone.goto("/order")
    up = phone.get_by_role("button", name="Up one place: Parking")
    up.tap()
    expect(up).to_be_focused()
    up.tap()
    phone.get_by_role("button", name="Down one place: Shorter phone waits").tap()
    expect(phone.locator("#say")).not_to_be_empty()
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")

    sent = room.posts[0][1]
    assert (sent["order"], sent["order.rest"], sent["order.by"]) == (["d", "a", "b"], ["c", "x"], ["moved"])
    assert "move" not in sent


def test_the_line_under_the_places_that_count_stays_where_it_is(phone: Page) -> None:
    phone.goto("/order")
    phone.get_by_role("button", name="Up one place: Parking").tap()
    phone.get_by_role("button", name="Down one place: Shorter phone waits").tap()

    assert phone.locator(".order li").all_inner_texts()[3] == "These do not count"
    assert phone.locator(".order .place").all_inner_texts() == ["1", "2", "3", "4", "5"]
    assert phone.get_by_role("button", name="Up", exact=False).first.get_attribute("aria-disabled") == "true"


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_number_sends_the_form_and_takes_no_dot_away(
    browser: Browser, room: StubRoom, scripts: bool
) -> None:
    context = browser.new_context(viewport=SMALL, base_url=room.address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/dots")
    page.get_by_label("Parking").fill("4")
    page.get_by_label("Parking").press("Enter")
    room.hear_posts(1)
    page.wait_for_url("**/thanks")
    context.close()

    assert room.posts[0][1]["dots.d"] == ["4"]
    assert "step" not in room.posts[0][1]
    assert room.posts[0][1]["go"] == ["1"]


def test_lists_come_from_the_room_even_with_scripts_and_keep_the_order_made(phone: Page, room: StubRoom) -> None:
    phone.goto("/order")
    phone.get_by_role("button", name="Up one place: Parking").tap()
    phone.get_by_role("button", name="Choose from lists instead").tap()
    expect(phone.get_by_label("Number 3")).to_have_value("d")
    phone.get_by_label("Number 1").select_option("C Clear letters")
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")

    assert [wanted for _, _, wanted in room.posts] == [False, True]
    assert room.posts[1][1]["order"] == ["c", "b", "d"]


def test_letters_left_are_counted_and_only_told_near_the_end(phone: Page) -> None:
    phone.goto("/story")
    listen(phone)
    box = phone.get_by_label("What happened?")
    box.fill("😀" * 53)
    expect(phone.locator(".counter")).to_have_text("")
    box.fill("😀" * 54)
    expect(phone.locator(".counter")).to_have_text("Letters left: 6")
    box.fill("x" * 61)
    expect(phone.locator(".counter")).to_have_text("Letters too many: 1")
    until(phone, "heard.length == 1")
    assert phone.evaluate("heard") == ["Letters too many: 1"]


def test_what_typing_changes_is_said_when_the_person_pauses(phone: Page) -> None:
    phone.goto("/dots")
    listen(phone)
    field = phone.get_by_role("textbox", name="Clear letters")
    field.press_sequentially("12", delay=50)
    until(phone, "heard.length === 1")
    field.fill("6")
    phone.get_by_role("textbox", name="Parking").fill("5")
    until(phone, "heard.length === 2")

    # Not the dots of the 1 on the way to 12, and not what was left between two numbers.
    assert phone.evaluate("heard") == ["One answer can have 6 dots at most.", "1 too many. You have 10 dots."]


def test_what_ticking_changes_is_said_over_the_most_and_over_the_money(phone: Page) -> None:
    for path, said in (
        ("/most", ["1 of 2 choices left", "0 of 2 choices left", "1 too many. You can choose 2."]),
        ("/money", ["£70 of £100 left", "£40 of £100 left", "£10 of £100 left", "£20 too much. There is £100."]),
    ):
        phone.goto(path)
        listen(phone)
        for at, words in enumerate(said):
            phone.locator("label.card").nth(at).tap()
            expect(phone.locator(".left")).to_have_text(words)
            until(phone, f"heard.length === {at + 1}")

        assert phone.evaluate("heard") == said


# Nothing is left in an outage. -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "role", "name"),
    [("/order", "button", "Choose from lists instead"), ("/vote", "link", "Get help")],
)
def test_a_button_pressed_in_an_outage_leaves_the_page_as_it_is_and_says_so(
    phone: Page, room: StubRoom, path: str, role: Literal["button", "link"], name: str
) -> None:
    phone.goto(path)
    room.down = True
    phone.get_by_role(role, name=name).tap()
    expect(phone.locator("#waiting")).to_have_text("Not connected. Your words are safe. Trying again.")
    assert phone.url.endswith(path)

    room.down = False
    phone.get_by_role(role, name=name).tap()
    expect(phone.get_by_role(role, name=name)).to_have_count(0 if role == "button" else 1)
    expect(phone.locator("#waiting")).to_be_hidden()


# Drafts of a whole form. -----------------------------------------------------------------------------


def test_a_choice_comes_back_until_it_is_sent_and_not_after(phone: Page, room: StubRoom) -> None:
    phone.goto("/vote")
    phone.get_by_text("Clear letters").tap()
    phone.reload()
    expect(phone.get_by_label("Clear letters")).to_be_checked()
    phone.get_by_role("button", name="Send my answer").tap()
    phone.wait_for_url("**/thanks")

    assert [fields["choice"] for _, fields, _ in room.posts] == [["c"]]
    assert stored(phone) == {}


def test_what_is_chosen_while_the_page_is_still_loading_is_not_undone_by_an_older_draft(phone: Page) -> None:
    phone.goto("/vote")
    phone.get_by_text("Clear letters").tap()
    phone.route("**/app.js", lambda route: (phone.wait_for_timeout(1_000), route.continue_()))
    phone.reload(wait_until="commit")
    phone.get_by_text("Parking").tap()
    phone.wait_for_load_state()

    expect(phone.get_by_label("Parking")).to_be_checked()
    phone.unroute_all()


def test_numbers_come_back_with_what_is_left_and_an_order_with_its_places(phone: Page) -> None:
    phone.goto("/dots")
    phone.get_by_role("button", name="Add a dot to Parking").tap()
    phone.get_by_role("textbox", name="Clear letters").fill("4")
    phone.reload()
    expect(phone.locator(".left")).to_have_text("5 of 10 dots left")
    expect(phone.get_by_role("textbox", name="Parking")).to_have_value("1")

    phone.goto("/order")
    phone.get_by_role("button", name="Up one place: Parking").tap()
    phone.get_by_role("button", name="Up one place: Something else").tap()
    lines = phone.locator(".order li").all_inner_texts()
    phone.reload()
    assert phone.locator(".order li").all_inner_texts() == lines
    assert phone.locator('[name="order.by"]').input_value() == "moved"


def test_going_back_without_sending_forgets_a_change_that_was_begun(phone: Page) -> None:
    phone.goto("/vote")
    phone.get_by_text("Clear letters").tap()
    phone.get_by_role("link", name="Go back without sending").tap()
    phone.wait_for_url("**/result")

    assert stored(phone) == {}


def test_a_problem_takes_the_thanks_off_the_page(phone: Page, room: StubRoom) -> None:
    room.answers = [(422, {"error": "This is too long.", "field": "idea"})]
    phone.goto("/idea")
    phone.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', '<p class=done>Thank you</p>')")
    phone.get_by_label("One idea").fill("Long " * 70)
    phone.get_by_role("button", name="Send my answer").tap()

    expect(phone.locator("#problem")).to_be_focused()
    expect(phone.locator(".done")).to_be_hidden()


# Without scripts. ------------------------------------------------------------------------------------


def test_without_scripts_the_same_buttons_work_by_asking_the_room(browser: Browser, room: StubRoom) -> None:
    context = browser.new_context(viewport=SMALL, base_url=room.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dots")
    page.get_by_role("button", name="Add a dot to Clear letters").click()
    page.get_by_role("button", name="Add a dot to Clear letters").click()
    page.get_by_role("button", name="Take a dot from Clear letters").click()
    expect(page.get_by_role("textbox", name="Clear letters")).to_have_value("1")
    expect(page.get_by_role("button", name="Take a dot from Clear letters")).to_be_focused()
    expect(page.locator(".left")).to_have_text("9 of 10 dots left")

    page.goto("/order")
    page.get_by_role("button", name="Up one place: Parking").click()
    expect(page.locator(".said")).to_have_text("Parking is now number 3 of 5.")
    page.get_by_role("button", name="Choose from lists instead").click()
    expect(page.get_by_label("Number 3")).to_have_value("d")
    page.get_by_role("button", name="Use Up and Down instead").click()
    expect(page.locator(".order input[name=order]")).to_have_count(3)
    assert [each.get_attribute("value") for each in page.locator(".order input[name=order]").all()] == ["a", "b", "d"]
    context.close()
