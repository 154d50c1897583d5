"""Quotations are found whatever stands between their letters, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.quoting import LONG, MARK, Sources, without

STORY = "I told his story to nine people, and he listened each time."


def bare(text: str) -> str:
    return "".join(letter for sign in text for letter in sign.casefold() if letter.isalnum())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"She said: “{STORY}”", "She said: “[…].”"),
        ("Somebody TOLD HIS STORY to - nine\npeople. Do it.", "Somebody […]. Do it."),
        ("One number to ring for everything", "One number to ring for everything"),
        ("nine people", "nine people"),
        ("", ""),
    ],
)
def test_a_run_of_letters_of_the_source_goes_and_what_is_around_it_stays(text: str, left: str) -> None:
    assert without(text, [STORY]) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [("Bus pass", MARK), ("BUS-PASS for all", f"{MARK} for all"), ("A bus passes", "A bus passes"), ("pass", "pass")],
)
def test_a_short_source_goes_where_it_stands_whole_and_by_itself(text: str, left: str) -> None:
    assert without(text, ["bus pass"]) == left


@pytest.mark.parametrize("source", ["", "ok", "the", "👍"])
def test_a_source_of_hardly_any_letters_takes_nothing_out(source: str) -> None:
    assert without("ok, the end 👍", [source]) == "ok, the end 👍"


def test_other_scripts_are_letters_too() -> None:
    told = "میں نے نو بار فون کیا اور کسی نے جواب نہیں دیا"
    assert without(f"Quote: {told}!", [told]) == "Quote: […]!"


@given(before=st.text(), source=st.text(min_size=LONG + 5), after=st.text())
def test_no_long_run_of_a_source_is_left(before: str, source: str, after: str) -> None:
    parts = map(bare, without(before + source + after, [source]).split(MARK))
    letters = bare(source)

    if len(letters) > LONG:
        pieces = {letters[at : at + LONG] for at in range(len(letters) - LONG + 1)}
        assert not any(piece in part for part in parts for piece in pieces)


@given(text=st.text(), sources=st.lists(st.text(), max_size=3))
def test_what_is_left_is_there_before_in_the_same_order(text: str, sources: list[str]) -> None:
    text, at = text.replace(MARK, ""), 0
    for part in without(text, sources).split(MARK):
        at = text.index(part, at) + len(part)


letters = st.text("abcdefgé. ", max_size=30)
long = st.text("abcdefgé. ", min_size=50, max_size=90)


@st.composite
def quoting(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Texts, and one that quotes about so many letters of them as make a quotation, or one less."""
    source = draw(st.one_of(long, letters))
    sources = draw(st.permutations([source, *draw(st.lists(st.one_of(long, letters), max_size=2))]))
    start = draw(st.integers(0, len(source)))
    quoted = source[start : start + draw(st.integers(LONG - 2, LONG + 6))]
    return draw(letters) + quoted.upper() + draw(letters), sources


@given(quoting())
def test_many_sources_at_once_are_in_a_text_where_something_of_it_would_go(made: tuple[str, list[str]]) -> None:
    text, sources = made
    assert Sources(sources).are_in(text) is (without(text, sources) != text)


def test_what_stands_in_no_one_source_is_not_found_across_two() -> None:
    first, second = "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba"
    assert not Sources([first, second]).are_in(first[-12:] + second[:12])
    assert Sources([first, second]).are_in(second[3:24])
