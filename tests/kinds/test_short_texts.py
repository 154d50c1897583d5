"""Ideas and private words: one box, one text, and who reads it."""

from __future__ import annotations

import pytest

from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.ideas import Ideas
from workshop_tui.kinds.pledge import Pledge
from workshop_tui.kinds.private import Private, PrivateConfig
from workshop_tui.kinds.short_texts import ShortText, ShortTextConfig


def test_an_idea_is_cleaned_and_kept() -> None:
    assert Ideas().read(ShortTextConfig(), {"idea": ["  One\x1b[2J letter\r\n please "]}) == ShortText(
        "One[2J letter\n please"
    )


def test_ideas_are_for_the_room_and_private_words_for_the_facilitator() -> None:
    assert Ideas().readers == "room"
    assert Private().readers == "facilitator"


def test_the_form_for_private_words_says_who_reads_them() -> None:
    (box,) = Private().ask(PrivateConfig())

    assert "Only the people running today" in str(getattr(box, "hint", ""))


def test_private_words_are_read_and_quoted_but_are_in_no_table() -> None:
    words = Private().read(PrivateConfig(max_chars=5), {"words": ["quiet"]})

    assert words == ShortText("quiet")
    assert Private().quote(PrivateConfig(), words).parts == (("", "quiet"),)
    assert Private().rows(PrivateConfig(), words) == {}


def test_a_text_longer_than_the_agenda_allows_is_refused() -> None:
    with pytest.raises(BallotRejected, match="Your text is 1 letter too long: there is room for 4"):
        Private().read(PrivateConfig(max_chars=4), {"words": ["quiet"]})


@pytest.mark.parametrize("most", [0, -1, 1_001])
def test_a_length_out_of_range_is_named(most: int) -> None:
    assert f"max_chars is {most:,}" in str(Ideas().problem(ShortTextConfig(max_chars=most)))
    assert f"max_chars is {most:,}" in str(Private().problem(PrivateConfig(max_chars=most)))


def test_a_pledge_is_for_the_room_under_its_own_name() -> None:
    said = Pledge().read(ShortTextConfig(), {"pledge": [" I will ring. "]})

    assert Pledge().readers == "room"
    assert [str(Pledge().noun.counted.of(n)) for n in (1, 2)] == ["1 pledge", "2 pledges"]
    assert Pledge().quote(ShortTextConfig(), said).parts == (("", "I will ring."),)
    assert Pledge().rows(ShortTextConfig(), said) == {"pledge": "I will ring."}
