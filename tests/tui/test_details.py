"""Behind a result: what the facilitator can look at, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest

from tests.sessions import an_agenda, item, options
from tests.tui.desk_room import console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Matrix, MatrixRow, Quote, Quotes, ViewBlock
from workshop_tui.kinds.registry import KINDS
from workshop_tui.kinds.single import OneChoice, Single, SingleConfig
from workshop_tui.room.desk import round_details
from workshop_tui.room.results import round_result
from workshop_tui.tui.screens.details import DetailsScreen


class Explained(Single):
    """One choice whose details say something."""

    def details(
        self, config: SingleConfig, profile: Mapping[OneChoice, int], reasons: Sequence[OneChoice] = ()
    ) -> tuple[ViewBlock, ...]:
        """A table and a reason."""
        return (
            Matrix("By other rules", "Rule", ("Winner",), (MatrixRow("Approval", ("Waiting",)),)),
            Quotes((Quote((("", "because of the bus"),)),), title="Reasons"),
        )


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = MappingProxyType({**KINDS, "single": Explained()})
    monkeypatch.setattr("tests.sessions.KINDS", kinds)


AGENDA = an_agenda(item(1, "Where to begin", kind="single", question="Where?", options=options("Waiting", "Letters")))


async def test_y_shows_what_lies_behind_a_closed_vote_and_esc_comes_back(explained: None) -> None:
    async with sitting(AGENDA) as here, console(here) as pair:
        pair[0].separate_display = True
        await press(here, pair, "n", "v", "v", "y")

        assert isinstance(pair[0].screen, DetailsScreen)
        text = " ".join(screen_text(pair[0]).split())
        assert "By other rules" in text
        assert "because of the bus" in text
        await press(here, pair, "escape")
        assert not isinstance(pair[0].screen, DetailsScreen)


async def test_while_a_vote_is_open_nothing_behind_it_is_shown(explained: None) -> None:
    async with sitting(AGENDA) as here, console(here) as pair:
        pair[0].separate_display = True
        await press(here, pair, "n", "v", "y")

        assert not isinstance(pair[0].screen, DetailsScreen)
        assert "Close the vote first" in screen_text(pair[0])


async def test_a_result_with_nothing_behind_it_says_so() -> None:
    async with sitting(AGENDA) as here, console(here) as pair:
        pair[0].separate_display = True
        await press(here, pair, "n", "v", "v", "y")

        assert "nothing more behind this result" in " ".join(screen_text(pair[0]).split())


async def test_nothing_is_shown_before_the_facilitator_says_that_the_room_cannot_see(explained: None) -> None:
    async with sitting(AGENDA) as here, console(here) as pair:
        await press(here, pair, "n", "v", "v", "y")

        assert "Is the big screen a separate display?" in screen_text(pair[0])


async def test_phones_and_the_screen_never_get_details(explained: None) -> None:
    async with sitting(AGENDA) as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        await here.give(cmd.Reveal())

        last = here.room.state.last_round
        assert last is not None
        assert round_details(here.room).blocks
        assert not any(isinstance(block, Matrix | Quotes) for block in round_result(here.room, last)[0])
