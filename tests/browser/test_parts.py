"""Whatever the big screen is asked to show, nothing of it is lost: all stands on one of its parts, large enough."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from workshop_tui.domain import commands as cmd

from .conftest import browsing, still
from .turns import screen_findings
from .wall import SIZES, VIEWS, Case, Gallery, all_pairs, cases, refused

pytestmark = pytest.mark.browser

EVERY: Final = cases()

REFUSED: Final = {
    "pairs": (8, 12, 26), "panel": (8, 12, 26), "criteria": (8, 12, 26),
    "scale": (12, 26), "impact": (12, 26), "consensus": (12, 26),
}  # fmt: skip
"""How many options no agenda can have, because nobody thinks them through on a phone."""


def test_every_kind_is_looked_at_with_every_number_of_options_that_an_agenda_can_have() -> None:
    assert refused() == {(kind, count) for kind, counts in REFUSED.items() for count in counts}
    assert {(each.kind, each.view) for each in EVERY} == {
        (kind, view) for kind, views in VIEWS.items() for view in views
    } - {("form", "twice"), ("panel", "twice")}


def test_each_two_values_that_go_together_do_so_in_a_view_that_is_looked_at() -> None:
    def pairs(of: list[Case]) -> set[tuple[object, ...]]:
        return {pair for case in of for pair in itertools.combinations(enumerate(case), 2)}

    assert pairs(all_pairs(EVERY)) == pairs(EVERY)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    made = Gallery(tmp_path_factory.mktemp("gallery"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def wall(browser: Browser, gallery: Gallery) -> Iterator[Page]:
    with browsing(browser, "http://127.0.0.1", reduced_motion="reduce") as (page, _):
        yield still(page)


def look_at(case: Case, gallery: Gallery, wall: Page) -> list[str]:
    gallery.show(case)
    wall.goto(gallery.house.run.screen_url)
    return look_through(case, wall)


def look_through(case: Case, wall: Page) -> list[str]:
    width, height = SIZES[case.size]
    wall.set_viewport_size({"width": width, "height": height})
    return screen_findings(wall, is_twice=case.view == "twice")


@pytest.mark.parametrize("case", all_pairs(EVERY), ids=lambda case: "-".join(map(str, case)))
def test_nothing_of_a_view_is_lost(case: Case, gallery: Gallery, wall: Page) -> None:
    assert look_at(case, gallery, wall) == []


@pytest.mark.parametrize("kind", ["ideas", "pledge"])
def test_a_word_that_is_wider_than_a_column_goes_on_in_the_next_line(kind: str, wall: Page, gallery: Gallery) -> None:
    """What somebody sent to this item ends in “somebonumber”."""
    assert look_at(Case(kind, "one", 2, "sentence", "1024x768"), gallery, wall) == []
    assert look_at(Case(kind, "wall", 2, "sentence", "1024x768"), gallery, wall) == []


def test_the_desk_turns_the_parts_round_and_the_screen_says_which_it_shows(gallery: Gallery, wall: Page) -> None:
    look_at(Case("single", "question", 26, "sentence", "1024x768"), gallery, wall)
    turns = int(wall.evaluate("document.querySelector('main').dataset.turns"))
    assert turns > 2
    seen = []
    for by in (0, *(1,) * turns, -1):
        if by:
            gallery.house.give(cmd.TurnScreen(by=by))  # type: ignore[arg-type]
        wall.goto(gallery.house.run.screen_url)
        seen.append((wall.locator(".turn").inner_text(), _first_letter(wall)))

    assert [said for said, _ in seen] == [
        *(f"Part {part} of {turns}" for part in range(1, turns + 1)), f"Part 1 of {turns}", f"Part {turns} of {turns}",
    ]  # fmt: skip
    letters = [letter for _, letter in seen[:turns]]
    assert letters == sorted(set(letters))
    assert letters[0] == "A"


def _first_letter(wall: Page) -> str:
    """The letter of the first option that can be seen."""
    return str(
        wall.evaluate("""() => {
            const room = document.querySelector('.window').getBoundingClientRect();
            return [...document.querySelectorAll('.letter')].find(each => {
                const box = each.getBoundingClientRect();
                return box.left >= room.left - 2 && box.right <= room.right + 2;
            }).textContent;
        }""")
    )


@pytest.mark.parametrize("keys", [("+", "-", "0"), ("Control++", "Control+-", "Control+0")])
def test_letters_grow_on_a_key_to_twice_their_size_and_nothing_is_lost(
    keys: tuple[str, str, str], gallery: Gallery, wall: Page
) -> None:
    larger, smaller, usual = keys
    look_at(Case("dots", "result", 8, "sentence", "1280x720"), gallery, wall)
    size = "parseFloat(getComputedStyle(document.querySelector('tbody th')).fontSize)"
    before = wall.evaluate(size)

    for _ in range(5):
        wall.keyboard.press(larger)
    assert wall.evaluate(size) == pytest.approx(2 * before)
    assert screen_findings(wall) == []
    wall.reload()
    assert wall.evaluate(size) == pytest.approx(2 * before)
    wall.keyboard.press(smaller)
    assert before < wall.evaluate(size) < 2 * before
    wall.keyboard.press(usual)
    assert wall.evaluate(size) == pytest.approx(before)


def test_without_the_script_the_page_is_as_long_as_its_words(browser: Browser, gallery: Gallery) -> None:
    gallery.show(Case("single", "question", 26, "sentence", "1024x768"))
    settings = {"viewport": {"width": 1024, "height": 768}, "java_script_enabled": False}
    with browsing(browser, gallery.house.desk, **settings) as (page, _):
        page.goto(gallery.house.run.screen_url)
        last = page.locator("ol.options li").last
        box = last.bounding_box()
        page.mouse.wheel(0, 100_000)
        page.wait_for_function("scrollY > 0")
        after = last.bounding_box()

        assert box is not None
        assert after is not None
        assert box["y"] > 768
        assert 0 < after["y"] < 768


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", VIEWS)
def test_nothing_of_any_view_is_lost(kind: str, gallery: Gallery, wall: Page) -> None:
    by_picture = itertools.groupby(sorted(case for case in EVERY if case.kind == kind), key=lambda case: case[:4])
    found = {}
    for _, (first, *others) in by_picture:
        found[first] = look_at(first, gallery, wall)
        for case in others:
            # The same picture, on another projector.
            found[case] = look_through(case, wall)

    assert {case: wrong for case, wrong in found.items() if wrong} == {}
