"""Amounts of money in a file: exact, whatever marks its numbers are written with, or a question where two are meant.

Pabulib's numbers have a point before decimals. Real files also have commas, and marks between thousands. What a mark
means is told by the file as a whole: "600,50" shows that its comma is for decimals, "1,000,000" that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, NoReturn

from msgspec import Struct

from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.messages import Place, Verbatim, tr

MOST_DECIMALS: Final = 9
"""Most decimals of an amount that are read: no money has as many, only what a program divided."""

_SPACES: Final = re.compile(r"(?<=\d)[ '\u2019\u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""What else stands between thousands, for it can mean nothing else."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*[.,]?")
_GROUPED: Final = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
"""A whole number that a mark can part into thousands."""

Meaning = Literal["decimals", "thousands"]


class Written(Struct, frozen=True):
    """One amount as it stands in a file."""

    text: str
    line: int
    what: Place
    """What it is, for a message: the budget, or the cost of a project."""


def read_amounts(source: Source, written: Sequence[Written]) -> tuple[tuple[int, ...], int]:
    """All amounts of a file in its smallest unit, and how many decimals that has.

    Raises:
        InputError: one is no amount, is too large, or can be read in two ways.
    """
    bare = [_SPACES.sub("", each.text.strip()) for each in written]
    for raw, each in zip(bare, written, strict=True):
        if not _NUMBER.fullmatch(raw):
            _refuse(source, each)
        if raw != each.text.strip():
            _tell_parted(source, each, raw)
    found = [_value(source, raw, each, bare) for raw, each in zip(bare, written, strict=True)]
    decimals = max((len(value.partition(".")[2]) for value in found), default=0)
    return tuple(int(Decimal(value).scaleb(decimals)) for value in found), decimals


def whole_number(source: Source, text: str, line: int, what: Place) -> int:
    """A number that is no money, such as a number of votes; decimals other than 0 are left out, and that is noted.

    Raises:
        InputError: it is none.
    """
    (value,), decimals = read_amounts(source, [Written(text, line, what)])
    if decimals:
        source.note(line, tr("A number that has to be whole has decimals. They were left out."), "decimals")
    return int(value // 10**decimals)


def _value(source: Source, raw: str, written: Written, all_of_them: Sequence[str]) -> str:
    """One number with a point before its decimals, and no other mark."""
    marks = [sign for sign in raw if sign in ".,"]
    if not marks:
        whole, decimals = raw, ""
    else:
        last = marks[-1]
        meaning = _meaning(source, last, raw, written, all_of_them)
        whole, _, decimals = raw.rpartition(last) if meaning == "decimals" else (raw, "", "")
        for mark in ".,":
            if mark in whole:
                if not _GROUPED[mark].fullmatch(whole):
                    _refuse(source, written)
                whole = whole.replace(mark, "")
        if meaning == "thousands":
            _tell_parted(source, written, whole)
    source.whole(whole, written.line, written.what)
    decimals = decimals.rstrip("0")
    if len(decimals) > MOST_DECIMALS:
        many = tr("An amount has more than {most} decimals. The rest was left out.", most=MOST_DECIMALS)
        source.note(written.line, many, "many decimals")
    return f"{whole}.{decimals[:MOST_DECIMALS].rstrip('0')}"


def _meaning(source: Source, mark: str, raw: str, written: Written, all_of_them: Sequence[str]) -> Meaning:
    """What the last mark of a number stands for, by the number itself or else by the others of the file."""
    if alone := _alone(mark, raw):
        return alone
    told = {_alone(mark, each) for each in all_of_them if mark in each} - {None}
    if told == {"thousands"} or (mark == "," and not told):
        return "thousands"
    if mark == "," or "decimals" not in told:
        source.refuse(
            written.line,
            tr(
                "{what} is “{given}”, which can be {one} or {other}. Please write it without “{mark}”",
                what=written.what,
                given=shown(written.text),
                one=Verbatim(raw.replace(mark, "")),
                other=Verbatim(raw.replace(mark, ".").rstrip("0").rstrip(".")),
                mark=Verbatim(mark),
            ),
        )
    return "decimals"


def _alone(mark: str, raw: str) -> Meaning | None:
    """What a mark stands for in a number, as far as that number tells; None where it does not."""
    last = max(raw.rfind("."), raw.rfind(","))
    if raw.count(mark) > 1 or raw[last] != mark:
        return "thousands"
    if raw.count(".") and raw.count(","):
        return "decimals"
    return None if _GROUPED[mark].fullmatch(raw) else "decimals"


def _tell_parted(source: Source, written: Written, value: str) -> None:
    parted = tr(
        "A number has marks between thousands: “{given}” is read as {value}.",
        given=shown(written.text),
        value=Verbatim(value),
    )
    source.note(written.line, parted, "thousands")


def _refuse(source: Source, written: Written) -> NoReturn:
    given = shown(written.text)
    source.refuse(written.line, tr("{what} is “{given}”, and no number of 0 or more", what=written.what, given=given))
