"""Every file of the cycle is JSON that says first which schema it keeps to; here it is written and taken.

Written, the same value always gives the same bytes. Read, a file is taken whole or not at all, and every text in it
passes the one cleaning door: it comes from somebody else's machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from workshop_tui.domain.answers import Day as Day
from workshop_tui.domain.answers import is_day as is_day
from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.errors import CycleFileError
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.messages import Message, Verbatim, tr

Moment = Annotated[int, Meta(ge=0, le=253_402_300_799_999, description="UTC milliseconds")]
Number = Annotated[int, Meta(ge=0, le=1_000_000_000)]

T = TypeVar("T", bound=Struct)

NOTHING_TAKEN: Final = tr("Nothing of it was taken.")

_SCHEMA: Final = re.compile(r"workshop-tui/([a-z-]{1,40})/([1-9]\d{0,5})")
_PLACE: Final = re.compile(r" - at `(key in )?\$?\.?(.*?)`$")


def encode(value: Struct) -> bytes:
    """A value as a file: keys in the order of their fields, two spaces a level, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2) + b"\n"


def decode(data: bytes, type_: type[T], schema: str, file: str) -> T:
    """The value in a file.

    Args:
        data: The whole file.
        type_: What it is to hold.
        schema: What its `schema` has to say, such as "workshop-tui/record/1".
        file: Its name, for messages.

    Raises:
        CycleFileError: it is no such file, or a newer, older or damaged one.
    """
    plain = _plain(data, file)
    problem = other_schema(plain.get("schema"), schema)
    if problem:
        raise refused(file, problem)
    try:
        value = msgspec.convert(plain, type_)
    except msgspec.ValidationError as wrong:
        raise refused(file, _place(str(wrong))) from wrong
    if (wrong_day := next(no_days_in(value), None)) is not None:
        raise refused(file, misplaced(wrong_day))
    return value


def no_days_in(value: object, at: str = "") -> Iterator[str]:
    """Where something is called a day and is none of the calendar, such as “2026-02-30”."""
    match value:
        case Struct():
            days = _day_fields(type(value))
            for field in type(value).__struct_fields__:
                each, place = getattr(value, field), f"{at}.{field}".lstrip(".")
                if field not in days:
                    yield from no_days_in(each, place)
                elif each and not is_day(each):
                    yield place
        case tuple() | list():
            for number, each in enumerate(value):
                yield from no_days_in(each, f"{at}[{number}]")
        case dict():
            for key, each in value.items():
                yield from no_days_in(each, f"{at}.{key}")


@cache
def _day_fields(type_: type[Struct]) -> frozenset[str]:
    return frozenset(each.name for each in msgspec.structs.fields(type_) if each.type == Day)


def cleaned(value: T) -> T:
    """A value with every text in it as a reader will have it: what is written is what is read, and sums to the same."""
    return msgspec.convert(clean(msgspec.to_builtins(value)), type(value))


def kind_of(head: bytes) -> str:
    """What a file of ours is, by how it begins: "record", "baton", …; empty for anything else."""
    found = re.match(
        rb'\s*\{\s*"schema"\s*:\s*"workshop-tui/([a-z-]{1,40})/\d{1,6}"', head.removeprefix(b"\xef\xbb\xbf")
    )
    return found[1].decode() if found else ""


def checksum(value: Struct) -> str:
    """SHA-256 over a value whose own checksum is empty, in hexadecimal."""
    return hashlib.sha256(encode(msgspec.structs.replace(value, checksum=""))).hexdigest()


def refused(file: str, problem: Message) -> CycleFileError:
    """The error that names a file and what is wrong with it."""
    name = Verbatim(clean_line(file))
    return CycleFileError((tr("{file} cannot be used.", file=name), problem), advice=NOTHING_TAKEN)


def _plain(data: bytes, file: str) -> dict[str, Any]:
    if len(data) > CYCLE_FILE_BYTES:
        raise refused(file, tr("It is larger than {n} MB.", n=CYCLE_FILE_BYTES // 1_000_000))
    try:
        # What can just be read may still be too deep to be gone through.
        plain = clean(msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf")))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise refused(file, tr("It is damaged, or it is no JSON.")) from wrong
    if not isinstance(plain, dict):
        raise refused(file, tr("This program did not make it: it does not say which schema it keeps to."))
    return plain


def other_schema(said: object, wanted: str) -> Message | None:
    """What is wrong with the schema that a file names; None where it is the one that is wanted."""
    if said == wanted:
        return None
    found = _SCHEMA.fullmatch(said) if isinstance(said, str) else None
    if not found:
        return tr("This program did not make it: it does not say which schema it keeps to.")
    kind, _, version = wanted.removeprefix("workshop-tui/").partition("/")
    if found[1] != kind:
        return tr("It is “{found}” and not “{wanted}”.", found=Verbatim(found[0]), wanted=Verbatim(wanted))
    if int(found[2]) > int(version):
        return tr(
            "A newer version of this program made it: it is “{found}”, and this version reads “{wanted}”.",
            found=Verbatim(found[0]),
            wanted=Verbatim(wanted),
        )
    return tr("An older version made it: “{found}” is not read any more.", found=Verbatim(found[0]))


def clean(value: object) -> object:
    """Plain data with every text in it made safe."""
    match value:
        case str():
            return clean_text(value)
        case list() | tuple():
            return type(value)(map(clean, value))
        case dict():
            return {clean_line(str(key)): clean(each) for key, each in value.items()}
        case _:
            return value


def _place(said: str) -> Message:
    """Where in a file a value is not what it has to be."""
    found = _PLACE.search(said)
    place = clean_line(found[2]) if found else ""
    if missing := re.search(r"missing required field `(\w+)`", said):
        place = f"{place}.{missing[1]}".lstrip(".")
        return tr("It is damaged: “{place}” is missing.", place=Verbatim(place))
    if not place:
        return tr("It is damaged.")
    return misplaced(place)


def misplaced(place: str) -> Message:
    """That something cannot stand where it does."""
    return tr("It is damaged: “{place}” has a value that cannot stand there.", place=Verbatim(place))
