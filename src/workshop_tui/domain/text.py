"""The one cleaning door: every word from outside passes here once and is `CleanText` from then on.

A terminal obeys control codes whatever widget shows them, so they are taken out where words come in and not
where they are drawn. What people really write stays whole: every script, emoji families, skin tones, the
flags of England, Scotland and Wales, joined Persian and Indic letters. What looks like markup stays too: it
is only text, and the one who reads the queue should see what was sent.

Cleaning never shortens words. A text that is too long is refused with a reason (`read_text`), so that the
phone still has it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NewType

from workshop_tui.errors import BallotRejected
from workshop_tui.limits import TEXT_LINES
from workshop_tui.messages import Text, trn

CleanText = NewType("CleanText", str)
"""Words from outside that have passed this door."""

MARKS_EACH: Final = 4
"""Most combining marks on one letter; real scripts need up to four, floods of marks cover other lines."""

MARKS_SORTED: Final = 30
"""Most combining marks on one letter before composing (the bound of Unicode's stream-safe text format)."""

JOINED_EMOJI: Final = 8
"""Most emoji joined into one picture; the longest in use joins four."""

BLANK_LINES: Final = 3
"""Most blank lines in a row."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_REPLACEMENT = "\ufffd"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e007f"

# Visible signs that Unicode files under "format": Arabic and Syriac number signs and their kin.
_VISIBLE_FORMATS: Final = frozenset(
    map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
)
# Blank, though Unicode files them under letters and symbols: three Hangul fillers, the empty Braille cell.
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")

_CLOSING: Final = frozenset(")]}\u201d\u2019\"'%")
"""Signs that end no sentence, though nothing comes after them."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def _flag(region: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in region)


# A black flag, the letters of a nation, the end sign: the only use of tag letters that people can see.
_TAG_LETTERS = re.compile(f"(\U0001f3f4(?:{_flag('gbeng')}|{_flag('gbsct')}|{_flag('gbwls')})\U000e007f)|[{_TAGS}]")
_JOINER_RUN = re.compile(f"[{_ZWNJ}{_ZWJ}{_SELECTORS}]{{2,}}")
_SELECTOR = re.compile(f"[{_SELECTORS}]")
_JOINER = re.compile(f"[{_ZWNJ}{_ZWJ}]")
# At most two signs (a skin tone, a selector) may stand before each joiner: unbounded, a flood of skin tones
# would cost the square of its length.
_EMOJI_CHAIN = re.compile(
    f"(?:[\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001ffff]"
    f"[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]{{0,2}}{_ZWJ}){{{JOINED_EMOJI},}}"
)


def clean_text(raw: str) -> CleanText:
    """Paragraphs made safe to store and to show; cleaning twice changes nothing.

    Line ends become a newline, tabs a space; control, direction and invisible characters go; private-use
    characters become U+FFFD; letters are composed (NFC; never NFKC, which rewrites what was said). Spaces at
    the ends of lines and of the text go. Lines beyond `TEXT_LINES` are joined with spaces: no word is lost.

    Args:
        raw: Anything, of any length, with lone surrogates or not.

    Returns:
        The clean text; empty when nothing was left.
    """
    lines: list[str] = []
    blank = 0
    for line in _clean_characters(raw).split("\n"):
        trimmed = line.rstrip()
        blank = 0 if trimmed else blank + 1
        if blank <= BLANK_LINES:
            lines.append(trimmed)
    kept = "\n".join(lines).strip().split("\n")
    if len(kept) > TEXT_LINES:
        rest = " ".join(line for line in kept[TEXT_LINES - 1 :] if line)
        kept[TEXT_LINES - 1 :] = [rest]
    return CleanText("\n".join(kept))


def clean_line(raw: str) -> CleanText:
    """One line made safe, as `clean_text`; line ends and runs of spaces become one space."""
    return CleanText(" ".join(_clean_characters(raw).split()))


def clean_data(value: object) -> object:
    """Plain data, such as a config, with every text in it made one safe line."""
    match value:
        case str():
            return clean_line(value)
        case list() | tuple():
            return [clean_data(each) for each in value]
        case dict():
            return {clean_line(key): clean_data(each) for key, each in value.items()}
        case _:
            return value


_DIRECTIONS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
"""Marks that keyboards and pages of scripts from right to left put beside a number, and nobody sees."""

_SIGNS: Final = str.maketrans("\u066b\uff0e\u2212\uff0d\uff0b", "..--+")
"""The decimal point of Arabic, and point, minus and plus as other keyboards have them."""


def plain_digits(typed: str) -> str:
    """The same with 0 to 9 for the decimal digits of every script; other signs that mean a number stay."""
    if typed.isascii():
        return typed
    return "".join(str(int(each)) if each.isdecimal() else each for each in typed.translate(_DIRECTIONS))


def plain_number(typed: str) -> str:
    """A number as typed on any keyboard, with 0 to 9, a point before decimals, and - or + in front."""
    return plain_digits(typed).translate(_SIGNS).strip()


def has_words(said: CleanText) -> bool:
    """Whether anything in a cleaned text can be seen; spaces, joiners and lone marks cannot."""
    return any(_is_visible(character) for character in set(said))


def with_stop(words: str) -> str:
    """Words before another sentence: with a full stop, unless they end with a sign of their own."""
    said = words.rstrip()
    return f"{said}." if said and (said[-1].isalnum() or said[-1] in _CLOSING) else said


def without_stop(words: str) -> str:
    """Words inside quotation marks after which a full stop comes: without one of their own."""
    said = words.rstrip()
    return said if said.endswith("..") else said.removesuffix(".")


def read_text(raw: str, most: int, label: Text, *, field: str = "") -> CleanText:
    """Cleaned paragraphs of at most `most` code points; never cut.

    Args:
        raw: What a phone sent.
        most: Longest text allowed, in code points after cleaning.
        label: What the words are, for the message: "Your idea".
        field: The form field to point at.

    Returns:
        The clean text; empty when nothing visible was sent.

    Raises:
        BallotRejected: the text is too long; the message says by how much.
    """
    said = clean_text(raw)
    must_fit(len(said), most, label, field=field)
    return said if has_words(said) else CleanText("")


def must_fit(letters: int, most: int, label: Text, *, field: str = "") -> None:
    """Refuse what is longer than `most` code points, in words for the one who wrote it.

    Raises:
        BallotRejected: it is longer; the message says by how much and that the words are kept.
    """
    over = letters - most
    if over > 0:
        raise BallotRejected(
            trn(
                "{label} is {n} letter too long: there is room for {most}. "
                "Your words are still here. Please make them shorter and send again.",
                "{label} is {n} letters too long: there is room for {most}. "
                "Your words are still here. Please make them shorter and send again.",
                over,
                label=label,
                most=most,
            ),
            field=field,
        )


def _clean_characters(raw: str) -> str:
    """Everything that is about single characters and their neighbours.

    The order matters for cleaning twice to change nothing: what is dropped goes before composing, because it
    may stand between a letter and its mark; marks are counted after composing, which changes their number.
    """
    text = _LINE_ENDS.sub("\n", raw)
    if not text.isascii() or not text.isprintable():
        # Looking only at the distinct characters makes a megabyte as cheap as a line.
        changes = {ord(c): new for c in set(text) if (new := _instead_of(c)) != c}
        text = text.translate(changes) if changes else text
    if text.isascii():
        return text
    text = _TAG_LETTERS.sub(lambda match: match[1] or "", text)
    text = _JOINER_RUN.sub(_one_of_each, text)
    if _ZWJ in text:
        text = _EMOJI_CHAIN.sub(_unjoined, text)
    # Composing sorts the marks of a letter in time that grows with their square: bound them first.
    text = _marks_beyond(MARKS_SORTED).sub(r"\1", text)
    text = unicodedata.normalize("NFC", text)
    return _marks_beyond(MARKS_EACH).sub(r"\1", text)


def _instead_of(character: str) -> str:
    """What one character becomes; tag letters stay, because they are judged with their neighbours."""
    category = unicodedata.category(character)
    code = ord(character)
    if character == "\t":
        return " "
    if category == "Cc":
        return character if character == "\n" else ""
    if category == "Cs" or _is_noncharacter(code):
        return ""
    if category == "Co":
        return _REPLACEMENT
    if 0xE0000 <= code <= 0xE0FFF:
        # The plane of invisible signs, assigned or not: only tags and variation selectors mean anything.
        return character if code <= 0xE007F or 0xE0100 <= code <= 0xE01EF else ""
    if category == "Cf":
        return character if character in (_ZWNJ, _ZWJ) or character in _VISIBLE_FORMATS else ""
    return character


def _is_noncharacter(code: int) -> bool:
    """Whether Unicode promises never to assign the code point; XML and spreadsheets refuse these."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _is_visible(character: str) -> bool:
    """Whether a character leaves ink; unassigned ones count, since they may be next year's emoji."""
    category = unicodedata.category(character)
    if character in _BLANK_LETTERS or category in ("Cc", "Cs"):
        return False
    return character in _VISIBLE_FORMATS or not (category[0] in "ZM" or category == "Cf")


def _one_of_each(run: re.Match[str]) -> str:
    """A run of joiners and variation selectors as at most one selector and one joiner, in that order."""
    selector, joiner = _SELECTOR.search(run[0]), _JOINER.search(run[0])
    return (selector[0] if selector else "") + (joiner[0] if joiner else "")


def _unjoined(chain: re.Match[str]) -> str:
    """An endless chain of joined emoji as one picture of `JOINED_EMOJI`, followed by single ones."""
    emoji = chain[0].split(_ZWJ)
    return _ZWJ.join(emoji[:JOINED_EMOJI]) + "".join(emoji[JOINED_EMOJI:])


@cache
def _marks_beyond(most: int) -> re.Pattern[str]:
    """Finds the marks of a letter when it has more than `most`; the first group is what may stay.

    Joiners between the marks do not start the count again.
    """
    marks, joiner = _marks(), f"[{_ZWNJ}{_ZWJ}]"
    return re.compile(f"((?:{joiner}?[{marks}]){{{most}}}){joiner}?[{marks}][{marks}{_ZWNJ}{_ZWJ}]*")


@cache
def _marks() -> str:
    """Every combining mark, as the inside of a character class.

    Made on first use from the running Python's Unicode tables: too slow for ``--help``, too long to write.
    """
    ranges: list[list[int]] = []
    for code in [*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)]:
        if unicodedata.category(chr(code))[0] != "M":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
