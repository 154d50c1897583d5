"""Words that ask to be read now: found as whole words in any dress, and only there."""

from __future__ import annotations

import msgspec
import pytest

from workshop_tui.domain.distress import ENGLISH_WORDS, WELSH_WORDS, _folded, asks_to_be_read_now, body_asks


@pytest.mark.parametrize("said", [
    "I was going to end my life", "I WANT TO DIE.", "I don\u2019t feel safe there", "I don't feel safe there",
    "self-harm", "Self harm", "He hits\nme", "wish I were dead…", "Dw i eisiau marw", "hunan-niwed", "cam-drin",
    "mae ofn fy ngŵr arna i", "suicidal, they said",
])  # fmt: skip
def test_they_are_found_whatever_the_case_accents_apostrophes_and_line_ends(said: str) -> None:
    assert asks_to_be_read_now(said)


@pytest.mark.parametrize("said", [
    "The clinic hit its target", "grapes", "We neglectfully", "a dead end in the corridor", "I cut my hair myself",
    "the beat", "killer heels", "Nobody rang.", "I would die for a cup of tea", "abuseless", "camdrinx", "",
])  # fmt: skip
def test_they_are_found_only_as_whole_words(said: str) -> None:
    assert not asks_to_be_read_now(said)


def test_every_one_on_the_list_is_in_the_dress_in_which_texts_are_compared() -> None:
    for each in (*ENGLISH_WORDS, *WELSH_WORDS):
        assert _folded(each) == f" {each} "
        assert asks_to_be_read_now(f"… {each}!")


def test_every_text_of_a_body_is_looked_at_and_nothing_across_two() -> None:
    def body(*parts: str) -> str:
        return msgspec.json.encode({"parts": [["what_happened", each] for each in parts], "level": "C2"}).decode()

    assert body_asks(body("A good nurse", "I said\nkill myself"))
    assert not body_asks(body("They wanted me to kill", "myself time"))
    assert not body_asks("")
