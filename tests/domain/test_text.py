"""The cleaning door keeps what people write and lets nothing else through."""

# ruff: noqa: RUF001 -- letters of many scripts are what this is about

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import hostile_inputs as hostile
from workshop_tui.domain.text import (
    JOINED_EMOJI,
    MARKS_EACH,
    clean_line,
    clean_text,
    has_words,
    must_fit,
    read_text,
)
from workshop_tui.errors import BallotRejected
from workshop_tui.limits import STORY_LETTERS, TEXT_LINES

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "gbengscotwls")
AWKWARD = "a e\u0301\u0301\u0315\u0f73\u0344\u20dd\ufe0f\U000e0100\u200c\u200d\u200b\u202e\n\r\u2028\t\x1b\x9b\x85"
AWKWARD += "\U0001f468\U0001f3fb\U0001f3f4\u2764\u1100\u1161\u11a8\u0915\u094d\u0958\ud83d\ufffe\ue000\xa0\u3000\u3164"
AWKWARD += TAGS + "\U000e007f\U000e0001"
ANYTHING = st.text(
    st.one_of(st.characters(), st.characters(categories=["Cs", "Cc", "Cf", "Mn"]), st.sampled_from(AWKWARD))
)
FLOODS = st.lists(
    st.one_of(st.sampled_from(AWKWARD), st.text(st.sampled_from(AWKWARD), min_size=2, max_size=4)).flatmap(
        lambda piece: st.integers(1, 40).map(lambda times: piece * times)
    )
).map("".join)
PAYLOADS = [
    pytest.param(payload, id=name)
    for group in (hostile.TERMINAL, hostile.MARKUP, hostile.HTML, hostile.UNICODE, hostile.EXPORT, hostile.SIZE)
    for name, payload, _ in group
]

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def is_safe(character: str) -> bool:
    """Whether a terminal, a page and a spreadsheet can all take this character."""
    category = unicodedata.category(character)
    code = ord(character)
    return character == "\n" or not (
        category in ("Cc", "Cs", "Co") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    )


def unseen(text: str) -> set[str]:
    """Characters that change how others are drawn and have no business in a text."""
    return set(text) & set(
        "\xad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    )


@given(st.one_of(ANYTHING, FLOODS))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    text, line = clean_text(raw), clean_line(raw)

    assert clean_text(text) == text
    assert clean_line(line) == line


@given(st.one_of(ANYTHING, FLOODS))
def test_no_control_character_is_left(raw: str) -> None:
    text, line = clean_text(raw), clean_line(raw)

    assert all(is_safe(character) for character in text)
    assert unseen(text) == set()
    assert "\n" not in line
    assert line.encode() == line.encode("utf-8", "strict")


@given(st.one_of(ANYTHING, FLOODS))
def test_marks_lines_and_blank_lines_are_bounded_and_composed(raw: str) -> None:
    text = clean_text(raw)
    bare = "".join(character for character in text if character not in "\u200c\u200d")
    shape = "".join("m" if unicodedata.category(character)[0] == "M" else "." for character in bare)

    assert "m" * (MARKS_EACH + 1) not in shape
    assert text.count("\n") < TEXT_LINES
    assert "\n\n\n\n\n" not in text
    assert unicodedata.is_normalized("NFC", text)


@given(st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x2FF), max_size=50))
def test_plain_words_stay_as_they_were(words: str) -> None:
    assert clean_text(words) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_hostile_payload_comes_out_harmless(payload: str) -> None:
    text, line = clean_text(payload), clean_line(payload)

    assert all(is_safe(character) for character in text + line)
    assert unseen(text + line) == set()
    assert clean_text(text) == text
    assert clean_line(line) == line


@pytest.mark.parametrize("payload", [payload for _, payload, _ in [*hostile.MARKUP, *hostile.HTML]])
def test_what_looks_like_markup_is_only_text_and_stays(payload: str) -> None:
    assert clean_line(payload).replace(" ", "") == " ".join(payload.split()).replace(" ", "")


@pytest.mark.parametrize(
    "words",
    [
        "انتظرت تسع ساعات",
        "नमस्ते क्ष",
        "Llŷn ŵ ŷ",
        "می\u200cخواهم",
        "ภาษาไทย",
        "ਮੈਨੂੰ ਉਡੀਕ ਕਰਨੀ ਪਈ",
        "שָׁלוֹם",
        "I waited [9 hours] in A&E [sic]",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f44d\U0001f3fd",
        "\U0001fae9",
        SCOTLAND,
        "1\ufe0f\u20e3",
        "\ufdfa",
    ],
)
def test_words_of_every_script_and_emoji_stay_whole(words: str) -> None:
    assert clean_text(words) == unicodedata.normalize("NFC", words)
    assert has_words(clean_text(words))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("Zoe\u0308", "Zoë"),
        ("A\x1b]52;c;UFdORUQ=\x07B", "A]52;c;UFdORUQ=B"),
        ("A\x9b2JB", "A2JB"),
        ("approved\rrejected", "approved\nrejected"),
        ("\ue000", "\ufffd"),
        ("\ufeffhello", "hello"),
        ("a\u202eb", "ab"),
        ("\ud83dx\ufffe", "x"),
        ("Z" + "\u0335\u0301" * 500, "\u0179\u0335\u0335\u0335\u0335"),
        ("\u2764" + "\ufe0f" * 1000, "\u2764\ufe0f"),
        ("می\u200c\u200c\u200cخواهم", "می\u200cخواهم"),
        (SCOTLAND + TAGS, SCOTLAND),
        ("\U0001f3f4" + TAGS, "\U0001f3f4"),
        ("one\n\n\n\n\n\n\ntwo", "one\n\n\n\ntwo"),
        ("  one  \n  two  ", "one\n  two"),
        (" \n\t\n ", ""),
    ],
)
def test_each_rule_does_what_it_says(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_a_chain_of_joined_emoji_falls_apart_after_the_longest_in_use() -> None:
    people = clean_text("\U0001f468\u200d" * 300 + "\U0001f468")

    assert people.count("\u200d") == JOINED_EMOJI - 1
    assert people.count("\U0001f468") == 301


def test_lines_beyond_the_limit_are_joined_and_no_word_is_lost() -> None:
    raw = "\n".join(f"word{number}" for number in range(3 * TEXT_LINES))

    text = clean_text(raw)

    assert text.split() == raw.split()
    assert text.count("\n") == TEXT_LINES - 1


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "漢",
        "e\u0301",
        "\u0315\u0301",
        "\u0344\u0f73",
        "\u200d\ufe0f",
        "\U0001f468\u200d",
        "\U0001f3fb",
        " \n",
        "[",
        " ",
    ],
)
@pytest.mark.timeout(20)
def test_a_megabyte_is_cleaned_without_growing_in_time_with_its_square(piece: str) -> None:
    # The square of a megabyte would take hours: the time limit of the test is the check.
    raw = piece * (1_000_000 // len(piece))

    assert len(clean_text(raw)) <= len(raw)


@pytest.mark.parametrize(
    "blank",
    ["", " ", "\n", "\u3164", "\u115f\u1160\uffa0", "\u2800", "\u3000\xa0", "\u200c\u200d", "\u0301", "\ufe0f"],
)
def test_a_text_that_nobody_can_see_has_no_words(blank: str) -> None:
    assert not has_words(clean_text(blank))
    assert read_text(blank, 10, "Your idea") == ""


@pytest.mark.parametrize("words", ["a", "5", "…", "😀", "\u0600", "\ufffd", "\U0001ffee"])
def test_one_visible_character_is_enough(words: str) -> None:
    assert has_words(clean_text(words))


def test_a_text_of_exactly_the_longest_length_is_kept_whole() -> None:
    assert read_text("\U0001f600" * STORY_LETTERS, STORY_LETTERS, "Your story") == "\U0001f600" * STORY_LETTERS


def test_length_is_counted_after_cleaning() -> None:
    assert read_text("\x1b" * 100 + "abc" + " " * 100, 3, "Your idea") == "abc"


def test_a_text_that_is_too_long_is_refused_with_how_much_and_never_cut() -> None:
    with pytest.raises(BallotRejected) as refusal:
        read_text("x" * (STORY_LETTERS + 1), STORY_LETTERS, "Your story", field="story")

    assert refusal.value.field == "story"
    assert "Your story is 1 letter too long: there is room for 10,000." in str(refusal.value.message)
    assert "Your words are still here." in str(refusal.value.message)


def test_how_much_too_long_is_said_in_the_plural() -> None:
    with pytest.raises(BallotRejected, match="1,000 letters too long"):
        must_fit(1_280, 280, "Your idea")
