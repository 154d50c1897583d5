"""What README and the demo's first line say of the keys is what the keys do, for a vote and for a gathering."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sessions import an_agenda, item, options
from tests.tui.desk_room import JOIN_URL, Sitting, console, press, screen_text, sitting
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.wire import wire_name
from workshop_tui.runtime.demos import hint_for
from workshop_tui.tui.screens.dialogs import Choose, Confirm

README = " ".join((Path(__file__).parents[2] / "README.md").read_text("utf-8").split())
HINT = str(hint_for(JOIN_URL))

VOTE = an_agenda(item(1, "Which first", kind="single", options=options("Phones", "Letters")), item(2, kind="ideas"))
GATHERINGS = [an_agenda(item(1, kind=kind), item(2, kind="private")) for kind in ("vignette", "ideas")]


def keys_in(words: str, pattern: str) -> list[str]:
    """The keys that some words name in a sentence; a sentence that is worded otherwise now needs another test."""
    found = re.search(pattern, words)
    assert found is not None, f"nothing says any more: {pattern}"
    return list(found.groups())


def names(here: Sitting) -> list[str]:
    return [wire_name(type(command)) for command in here.client.sent]


async def test_readme_says_how_a_vote_goes_from_opening_to_its_result() -> None:
    keys = keys_in(
        README,
        r"press `(\S+)` to open the next item, `(\S+)` to open its vote, `(\S+)` again to close it, "
        r"`(\S+)` and then `(\S+)` to show the result\.",
    )
    async with sitting(VOTE) as here, console(here) as pair:
        await press(here, pair, *keys)

        assert names(here) == ["open_item", "open_vote", "close_vote", "reveal"]


@pytest.mark.parametrize("agenda", GATHERINGS, ids=["stories", "ideas"])
async def test_readme_says_what_opens_by_itself_and_what_stops_it(agenda: Agenda) -> None:
    (opens,) = keys_in(README, r"press `(\S+)` to open the next item")
    (stops,) = keys_in(README, r"Stories and ideas open with their item, and `(\S+)` then stops phones sending\.")
    async with sitting(agenda) as here, console(here) as pair:
        await press(here, pair, opens)
        assert "Phones can send." in screen_text(pair[0])
        await press(here, pair, stops)

        assert names(here) == ["open_item", "close_gathering"]
        assert "Phones can send." not in screen_text(pair[0])


async def test_readme_says_which_key_leads_where() -> None:
    first, last = keys_in(README, r"`(\S+)` to `(\S+)` are the pages: Run, Read, Record, Write-up\.")
    pages = [str(number) for number in range(int(first), int(last) + 1)]
    (where,) = keys_in(README, r"`(\S+)` shows the address of the big screen")
    helps, leaves = keys_in(README, r"`(\S+)` lists the keys of a page, `(\S+)` leaves\.")
    async with sitting(VOTE) as here, console(here) as pair:
        pair[0].separate_display = True
        for key, page in zip(pages, ("Run", "Read", "Record", "Write-up"), strict=True):
            await press(here, pair, key)
            assert f"▐ {key} {page} ▌" in screen_text(pair[0])
        await press(here, pair, pages[0], where)
        assert "http://127.0.0.1:5000/screen" in screen_text(pair[0])
        await press(here, pair, "escape", helps)
        assert "Keys" in screen_text(pair[0])
        assert isinstance(pair[0].screen, Choose)
        await press(here, pair, "escape", leaves)
        assert pair[0]._exit

        assert here.client.sent == []


HINTED = r"(\S) opens the next item, (\S) opens or closes it for phones, (\S) reveals a vote\."


async def test_the_demos_first_line_is_so_for_a_vote() -> None:
    opens, turns, reveals = keys_in(HINT, HINTED)
    async with sitting(VOTE) as here, console(here, hint=HINT) as pair:
        assert "opens or closes it for phones" in " ".join(screen_text(pair[0]).split())
        await press(here, pair, opens, turns, turns, reveals)

        assert names(here) == ["open_item", "open_vote", "close_vote"]
        assert isinstance(pair[0].screen, Confirm)
        assert "unsee" in screen_text(pair[0])


@pytest.mark.parametrize("agenda", GATHERINGS, ids=["stories", "ideas"])
async def test_the_demos_first_line_is_so_for_a_gathering(agenda: Agenda) -> None:
    opens, turns, reveals = keys_in(HINT, HINTED)
    async with sitting(agenda) as here, console(here, hint=HINT) as pair:
        await press(here, pair, opens, turns, turns, reveals)

        assert names(here) == ["open_item", "close_gathering", "open_gathering"]
