"""What was handed in, on a real room's big screen, phone and host page: nothing is lost, from left and from right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from workshop_tui.domain import commands as cmd

from .conftest import browsing, still
from .house import House, a_house
from .turns import screen_findings
from .wall import SIZES

pytestmark = pytest.mark.browser

LONG: Final = " ".join(
    ["People want one number that somebody answers at night, and to be told what happens next."] * 12
)
URDU: Final = "لوگ رات کے لیے ایک نمبر چاہتے ہیں جس پر کوئی جواب دے، اور بسیں چھ بجے کے بعد گھر نہیں جاتیں"
POINTS: Final = (
    ("a1:n1", "People want one number to ring at night", 'said_by = 9\nbase = 24\nagainst = 2\n'
     'from_session = "Tell it"\nasked = "Say which number"\nbody = "Planning group"\nby = 2027-01-31\n'),
    ("a1:n2", LONG, f'asked = "{LONG}"\n'),
    ("b2:n1", URDU, 'said_by = 4\nasked = "ایک نمبر بتائیں"\n'),
    ("b2:n2", "Everybody is rung back within a day", 'sort = "promise"\nmetric = "Calls answered within a day"\n'
     'source = "Phone records"\nperiod = "October 2026"\nbaseline = "41 of 100"\n'),
)  # fmt: skip


def agenda(language: str = "en") -> str:
    head = f'title = "What became of it"\nstage = "monitor"\nlanguage = "{language}"\n'
    points = "".join(f'[[received]]\nid = "{id_}"\nwords = "{words}"\n{more}' for id_, words, more in POINTS)
    item = '[[item]]\ntitle = "{}"\nminutes = 10\ntype = "{}"\n'
    return head + points + item.format("Welcome", "welcome") + item.format("What was handed to us", "received")


@pytest.fixture(scope="module", params=["en", "ur"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("handed"), agenda(request.param)) as made:
        made.give(cmd.OpenItem(item="i01"))
        made.give(cmd.OpenItem(item="i02"))
        yield made


def kept(page: object, name: str) -> None:
    """A picture to look at, where somebody asked for one."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
def test_no_word_of_a_point_is_lost_on_the_big_screen(house: House, browser: Browser, size: str) -> None:
    width, height = SIZES[size]
    with browsing(browser, "http://127.0.0.1", reduced_motion="reduce") as (page, _):
        wall = still(page)
        wall.set_viewport_size({"width": width, "height": height})
        for number, (id_, words, _more) in enumerate(POINTS):
            if house.room.state.screen.subject != id_:
                house.give(cmd.SetScreen(mode="received", subject=id_))
            wall.goto(house.run.screen_url)
            kept(wall, f"screen-{house.room.state.agenda.language}-{size}-{number}")
            assert screen_findings(wall) == []
            assert words in wall.locator("main").inner_text()


def test_phones_list_all_of_it_and_nothing_runs_out_at_the_side(house: House, browser: Browser) -> None:
    settings = {"viewport": {"width": 360, "height": 740}}
    with browsing(browser, house.address, **settings) as (page, _):
        page.goto(house.join_path)
        page.goto(f"{house.address}/now")
        kept(page, f"phone-{house.room.state.agenda.language}")
        assert page.locator("main li").count() == len(POINTS)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for _, words, _more in POINTS:
            assert words in page.locator("main").inner_text()


def test_a_desk_shows_the_next_point_and_says_what_became_of_it(house: House, browser: Browser) -> None:
    with browsing(browser, house.desk) as (page, _):
        page.goto(house.run.host_url)
        kept(page, f"host-{house.room.state.agenda.language}")
        if house.room.state.screen.subject != POINTS[0][0]:
            house.give(cmd.SetScreen(mode="received", subject=POINTS[0][0]))
            page.reload()
        page.click("#next-point button:last-of-type")
        assert house.room.state.screen.subject == POINTS[1][0]
        page.click("#previous-point button:last-of-type")
        page.locator("#handed summary").first.click()
        page.fill("#answer-point [name=words]", "It is to be 111")
        page.locator("#answer-point button", has_text="Note what became of it").last.click()
        entry = house.room.tables.kept_entry(house.room.tables.notes[-1].key)
        assert entry is not None
        assert entry.fields == {"point": POINTS[0][0], "status": "acknowledged", "words": "It is to be 111"}
