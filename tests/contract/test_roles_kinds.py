"""Every way of voting can be told apart for staff and public, or says that it must not be."""

from __future__ import annotations

from typing import Any

import pytest

from workshop_tui.domain.activity import AnyPoll, Poll
from workshop_tui.domain.roles import APART, apart, parted
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.text import draw_text
from workshop_tui.kinds.registry import KINDS

every_poll = pytest.mark.parametrize(
    "poll", [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Poll)]
)


def examples_of(poll: AnyPoll) -> tuple[Any, list[Any]]:
    """The config of a kind's worked example and its ballots."""
    example = poll.examples()
    return example.config, [poll.read(example.config, fields) for fields in example.answers]


@every_poll
def test_a_kind_whose_ballots_are_lines_of_no_table_has_no_groups(poll: AnyPoll) -> None:
    config, ballots = examples_of(poll)

    if not any(poll.rows(config, ballot) for ballot in ballots):
        assert not poll.has_groups


@every_poll
def test_both_groups_of_every_kind_can_be_drawn_each_from_its_own_ballots(poll: AnyPoll) -> None:
    config, ballots = examples_of(poll)
    first, rest = dict.fromkeys(ballots[:1], 10), dict.fromkeys(ballots, 10)

    blocks = apart(poll, config, parted({"public": first, "staff": rest}))

    assert (
        poll.show(config, poll.tally(config, first))
        == blocks[2 : 2 + len(poll.show(config, poll.tally(config, first)))]
    )
    text = " ".join(" ".join(draw_text(blocks, 80)).split())
    assert str(APART) in text
    assert "public: 10 people answered." in text
    assert f"Staff: {10 * len(rest)} people answered." in text
    assert str(APART) in draw_view(blocks)
