"""Keys that a page names can be read whole at 80x24 or are counted as "more", and nothing thick stands over words."""

from __future__ import annotations

import pytest

from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.help import help_screen
from workshop_tui.tui.side_panes import keeping_line

SIZE = (80, 24)
PAGES = {"run": ("1",), "read": ("2",), "record": ("3",), "join": ("1", "j"), "look": ("1", "y")}
"""Each page, and what is pressed to come to it."""


async def one_long_story(here: Sitting) -> None:
    await here.join("ana")
    await here.give(cmd.OpenItem(item="i03"))
    await here.tell("ana", f'{{"parts":[["happened","{"nine hours " * 90}"]],"level":"C2"}}', "i03")


@pytest.mark.parametrize("page", PAGES)
async def test_every_key_of_a_page_is_whole_in_the_bottom_line_or_counted_and_listed_by_help(page: str) -> None:
    async with sitting() as here:
        await one_long_story(here)
        async with console(here, SIZE) as pair:
            pair[0].separate_display = True
            await press(here, pair, *PAGES[page])
            screen = pair[0].screen
            assert isinstance(screen, DeskScreen)
            line = screen_text(pair[0]).splitlines()[-1]
            with_keys = [key for key in screen.keys.all if key.act.key]
            pen = Pen(72)
            named = [f"{key.act.key} {pen.text(key.act.label or '')}" for key in with_keys if key.act.in_footer]
            shown = [name for name in named if f" {name} " in f" {line} "]
            listed = [str(row).split()[0] for _, row in help_screen(screen.keys, pen).choices]

    more = int(line.rsplit("+", 1)[1].removesuffix(" more")) if "+" in line else 0
    assert len(shown) + more == len(with_keys)
    assert line.split(" +")[0] == " ".join(shown)
    assert {key.act.key.split()[0] for key in with_keys} <= {"?", *listed}


@pytest.mark.parametrize("width", range(14, 80))
def test_no_key_that_keeps_something_hides_the_next(width: int) -> None:
    lines = ["".join(text for text, _ in line) for line in keeping_line(Pen(width))]

    assert [each for line in lines for each in line.split("  ") if each] == [
        "t Note", "k Concern", "w Action", "m Promise",
    ]  # fmt: skip
    assert max(map(len, lines)) <= width


def bars(app: ConsoleApp) -> list[str]:
    """The signs of each scroll bar that is shown, from above to below."""
    rows = screen_text(app).splitlines()
    shown = [each.vertical_scrollbar.region for each in app.screen.query() if each.show_vertical_scrollbar]
    return ["".join(rows[y].ljust(x + 1)[x] for y in range(at.y, at.bottom)) for at in shown for x in (at.x,)]


async def test_a_scroll_bar_is_half_a_cell_wide_and_covers_no_word() -> None:
    async with sitting() as here:
        await one_long_story(here)
        async with console(here, SIZE) as pair:
            pair[0].separate_display = True
            await press(here, pair, "2")
            found = [bar for bar in bars(pair[0]) if bar.strip()]
            words = screen_text(pair[0])

    assert [bar.strip(" ") for bar in found] == ["▐" * bar.count("▐") for bar in found] != []
    assert all(0 < bar.count("▐") < len(bar) for bar in found)
    assert "█" not in words
