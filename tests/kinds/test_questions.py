"""Questions from the room: one box, one text, and a kind that takes votes."""

from __future__ import annotations

import pytest

from workshop_tui.domain.activity import Gathering
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.questions import Questions
from workshop_tui.kinds.registry import KINDS
from workshop_tui.kinds.short_texts import ShortText, ShortTextConfig


def test_a_question_is_cleaned_and_kept() -> None:
    said = Questions().read(ShortTextConfig(), {"question": ["  How far\x1b[2J?\r\n And when "]})

    assert said == ShortText("How far[2J?\n And when")


def test_only_questions_take_votes_and_they_are_for_the_room() -> None:
    assert [name for name, kind in KINDS.items() if isinstance(kind, Gathering) and kind.upvoted] == ["questions"]
    assert Questions().readers == "room"


def test_a_question_longer_than_the_agenda_allows_is_refused() -> None:
    with pytest.raises(BallotRejected, match="Your question is 1 letter too long"):
        Questions().read(ShortTextConfig(max_chars=4), {"question": ["Why??"]})
    assert "max_chars is 0" in str(Questions().problem(ShortTextConfig(max_chars=0)))
