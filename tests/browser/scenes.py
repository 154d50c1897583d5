"""Every page a phone can be on, and how a room and a person get there.

Each scene works from any other, in any order and in any language; only "before" and "ended" need a house of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from playwright.sync_api import Page

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Item

from .house import House

Walk = Callable[[House, Page], None]

STORY = "I rang nine times before anybody could tell me who was looking after us."
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän"

SCENES: dict[str, Walk] = {}
"""By the name of the page."""


def scene(name: str) -> Callable[[Walk], Walk]:
    """Name a page."""

    def keep(walk: Walk) -> Walk:
        SCENES[name] = walk
        return walk

    return keep


def join(house: House, page: Page) -> None:
    """Scan the square, and go on from the ground rules where they stand before the question."""
    page.goto(house.join_path)
    past_the_rules(page)


def past_the_rules(page: Page) -> None:
    """Go on from the first page of whoever has just come."""
    page.wait_for_url("**/now?in")
    on = page.locator("main a[href='/now?read=1']")
    if on.count():
        on.click()
        page.wait_for_url("**/now?read=1")


def main_button(page: Page) -> None:
    """Press what sends the form."""
    page.locator("form:has(#waiting) button.main").click()


@scene("join")
def _join(house: House, page: Page) -> None:
    page.goto("/")


@scene("join-wrong-code")
def _join_wrong(house: House, page: Page) -> None:
    page.goto("/")
    page.locator("input[name=code]").fill("ZZZZ")
    page.locator("form button.main").click()
    page.locator("#problem").wait_for()


@scene("not-joined")
def _not_joined(house: House, page: Page) -> None:
    page.goto("/now")


@scene("nothing-to-do")
def _nothing(house: House, page: Page) -> None:
    house.go("")
    join(house, page)


@scene("soon")
def _soon(house: House, page: Page) -> None:
    if house.item("single").item.key == house.room.state.current:
        house.go("")
    house.go("single")
    if house.room.state.last_round is not None:
        # A vote that was open before: the page of a void round says so, and "soon" is another item's.
        here = house.room.state.current
        house.give(cmd.InsertItem(item=_another(house), after=here))
        keys = [each.item.key for each in house.room.state.items]
        house.give(cmd.OpenItem(item=keys[keys.index(here) + 1], vote="close"))
    join(house, page)


def _another(house: House) -> Item:
    given = house.item("single").item
    number = len(house.room.state.items)
    return replace(given, key=f"n{number:02d}", title=f"{given.title} ({number})")


@scene("single")
def _single(house: House, page: Page) -> None:
    house.ask("single")
    join(house, page)


@scene("single-nothing-chosen")
def _single_empty(house: House, page: Page) -> None:
    _single(house, page)
    main_button(page)
    page.locator("#problem:focus").wait_for()


@scene("single-kept")
def _single_kept(house: House, page: Page) -> None:
    _single(house, page)
    page.locator("label.card").first.click()
    main_button(page)
    page.locator(".done").wait_for()


@scene("single-skipped")
def _single_skipped(house: House, page: Page) -> None:
    _single(house, page)
    page.locator("button[name=skip]").click()
    page.locator(".done").wait_for()


@scene("dots")
def _dots(house: House, page: Page) -> None:
    house.ask("dots")
    join(house, page)


@scene("dots-too-many")
def _dots_too_many(house: House, page: Page) -> None:
    _dots(house, page)
    page.locator(".stepper input").first.fill("9")
    main_button(page)
    page.locator("#problem:focus").wait_for()


@scene("rank")
def _rank(house: House, page: Page) -> None:
    house.ask("rank")
    join(house, page)


@scene("rank-lists")
def _rank_lists(house: House, page: Page) -> None:
    _rank(house, page)
    page.locator("button[name=pick]").click()
    page.locator("select").first.wait_for()


@scene("rank-twice-the-same")
def _rank_twice(house: House, page: Page) -> None:
    _rank_lists(house, page)
    for each in page.locator("select").all()[:2]:
        each.select_option(index=1)
    main_button(page)
    page.locator("#problem:focus").wait_for()


@scene("ideas")
def _ideas(house: House, page: Page) -> None:
    house.ask("ideas")
    join(house, page)


@scene("ideas-sent")
def _ideas_sent(house: House, page: Page) -> None:
    _ideas(house, page)
    page.locator("textarea").fill("One number to ring")
    main_button(page)
    page.locator(".done").wait_for()


@scene("private")
def _private(house: House, page: Page) -> None:
    house.ask("private")
    join(house, page)


@scene("private-too-long")
def _private_long(house: House, page: Page) -> None:
    _private(house, page)
    page.locator("textarea").fill("Long " * 80)
    main_button(page)
    page.locator("#problem:focus").wait_for()


@scene("private-kept")
def _private_kept(house: House, page: Page) -> None:
    _private(house, page)
    page.locator("textarea").fill("A chair with arms, please")
    main_button(page)
    page.locator(".done").wait_for()


@scene("story")
def _story(house: House, page: Page) -> None:
    house.ask("vignette")
    join(house, page)


@scene("story-more")
def _story_more(house: House, page: Page) -> None:
    _story(house, page)
    for each in page.locator("summary").all():
        each.click()


@scene("story-empty")
def _story_empty(house: House, page: Page) -> None:
    _story(house, page)
    main_button(page)
    page.locator("#problem:focus").wait_for()


def anybody_may_read(page: Page) -> None:
    """Choose the last of those who may read a story: one has to be chosen."""
    page.locator("label.card:has(input[name='level'])").last.click()


@scene("story-check")
def _story_check(house: House, page: Page) -> None:
    _story(house, page)
    page.locator("textarea").first.fill(f"{STORY}\n{LONG_WORD}")
    anybody_may_read(page)
    main_button(page)
    page.locator("input[name=step][value=send]").wait_for(state="attached")


@scene("story-kept")
def _story_kept(house: House, page: Page) -> None:
    _story_check(house, page)
    main_button(page)
    page.locator(".done").wait_for()


@scene("closed")
def _closed(house: House, page: Page) -> None:
    house.ask("single")
    house.give(cmd.CloseVote())
    join(house, page)


@scene("too-late")
def _too_late(house: House, page: Page) -> None:
    _single(house, page)
    house.give(cmd.CloseVote())
    page.locator("label.card").first.click()
    main_button(page)
    page.locator("#problem:focus").wait_for()


def submit_plainly(page: Page) -> None:
    """Send the form as a browser without our script does; the answer is a whole page."""
    page.evaluate("document.querySelector('form:has(#waiting)').submit()")
    page.locator("#problem:not([hidden])").wait_for()


@scene("too-late-page")
def _too_late_page(house: House, page: Page) -> None:
    _single(house, page)
    house.give(cmd.CloseVote())
    page.locator("label.card").first.click()
    submit_plainly(page)


@scene("cannot-save-page")
def _cannot_save_page(house: House, page: Page) -> None:
    _story(house, page)
    page.locator("textarea").first.fill(STORY)
    anybody_may_read(page)
    page.evaluate("document.querySelector('[name=step]').value = 'send'")
    house.ail()
    submit_plainly(page)
    house.heal()


@scene("too-many-dots-page")
def _too_many_dots_page(house: House, page: Page) -> None:
    _dots(house, page)
    page.locator(".stepper input").first.fill("9")
    submit_plainly(page)


@scene("stopped")
def _void(house: House, page: Page) -> None:
    house.ask("single")
    house.give(cmd.VoidRound(round=house.round, reason="The question was not clear"))
    join(house, page)


@scene("shut")
def _shut(house: House, page: Page) -> None:
    house.ask("ideas")
    house.give(cmd.CloseGathering())
    join(house, page)


@scene("news")
def _news(house: House, page: Page) -> None:
    _single(house, page)
    house.give(cmd.CloseVote())
    page.locator("#strip .button").wait_for()


@scene("result-single")
def _result_single(house: House, page: Page) -> None:
    house.ask("single")
    house.answer({"option": "a"}, {"option": "a"}, {"option": "b"}, {"option": "c"}, None)
    house.give(cmd.Reveal())
    join(house, page)


@scene("result-dots")
def _result_dots(house: House, page: Page) -> None:
    house.ask("dots")
    house.answer({"placed": [["a", 2], ["b", 1]]}, {"placed": [["b", 1], ["c", 2]]}, {"placed": [["a", 1]]})
    house.give(cmd.Reveal())
    join(house, page)


@scene("result-rank")
def _result_rank(house: House, page: Page) -> None:
    house.ask("rank")
    house.answer({"order": ["a", "b", "c"]}, {"order": ["b", "a", "d"]}, {"order": ["c", "a"]})
    house.give(cmd.Reveal())
    join(house, page)


@scene("result-of-nobody")
def _result_nobody(house: House, page: Page) -> None:
    house.ask("single")
    house.give(cmd.Reveal())
    join(house, page)


@scene("stories")
def _stories(house: House, page: Page) -> None:
    house.ask("vignette")
    house.tell(f"{STORY}\n\n{LONG_WORD * 2}")
    house.tell("آپ کی مدد کا شکریہ")
    join(house, page)
    page.goto("/stories")


@scene("help")
def _help(house: House, page: Page) -> None:
    join(house, page)
    page.goto("/help")


@scene("privacy")
def _privacy(house: House, page: Page) -> None:
    page.goto("/privacy")


@scene("paper")
def _paper(house: House, page: Page) -> None:
    page.goto("/paper")


@scene("sent")
def _sent(house: House, page: Page) -> None:
    house.ask("ideas")
    join(house, page)
    page.locator("textarea").first.fill(f"{STORY} {LONG_WORD * 2}")
    main_button(page)
    page.locator(".done").wait_for()
    page.goto("/sent")


@scene("take-back")
def _take_back(house: House, page: Page) -> None:
    _sent(house, page)
    page.locator("main .button").first.click()
    page.locator("form button.main").wait_for()


@scene("taken-back")
def _taken_back(house: House, page: Page) -> None:
    _take_back(house, page)
    page.locator("form button.main").click()
    page.locator(".done").wait_for()


@scene("paused-page")
def _paused_page(house: House, page: Page) -> None:
    _single(house, page)
    house.give(cmd.PauseRoom())
    page.locator("label.card").first.click()
    submit_plainly(page)


@scene("leave")
def _leave(house: House, page: Page) -> None:
    join(house, page)
    page.goto("/leave")


@scene("left")
def _left(house: House, page: Page) -> None:
    _leave(house, page)
    page.locator("form button.main").click()
    page.locator("main a[href^='/J/']").wait_for()


@scene("no-such-page")
def _nowhere(house: House, page: Page) -> None:
    join(house, page)
    page.goto("/nowhere")
