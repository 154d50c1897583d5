"""No field of a form has a name that the page around it takes for a button or a number of its own."""

from __future__ import annotations

import pytest

from workshop_tui.domain.activity import AnyKind, Poll
from workshop_tui.kinds.registry import KINDS
from workshop_tui.web.phone.answers import SMALL_BUTTONS

OF_THE_PAGE = {*SMALL_BUTTONS, "csrf", "sid", "go", "skip", "instead"}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Poll)]
)
def test_a_vote_is_not_taken_for_a_press_of_a_small_button(kind: AnyKind) -> None:
    asked = {getattr(block, "name", "") for block in kind.ask(kind.examples().config)} - {""}

    assert asked
    assert asked & OF_THE_PAGE == set()
