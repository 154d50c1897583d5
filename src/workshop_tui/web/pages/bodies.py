"""A posted form, read by hand: bounded, of one type only, and cleaned before anything looks at it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.types import Receive, Scope

from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.limits import FORM_BYTES

MOST_FIELDS: Final = 200
"""More than any form of ours has: 26 options with what comes beside them."""

FORM: Final = b"application/x-www-form-urlencoded"

_TOO_LONG = "That is too long for us to take. Your words are still on this phone. Please send a shorter text."
# What no page can hold; everything else is shown again just as it was typed.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")

Raw = dict[str, list[str]]
"""Fields as they came, by name."""


class Unreadable(Exception):
    """A body that is not a form of ours.

    Args:
        status: 400, 413 or 415.
        words: What is wrong, for a person.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def header(scope: Scope, name: bytes) -> bytes:
    """The first header of that (lower-case) name; empty where there is none."""
    for each, value in scope["headers"]:
        if each == name:
            return bytes(value)
    return b""


async def read_form(scope: Scope, receive: Receive) -> Raw:
    """The fields of a posted form.

    Raises:
        Unreadable: another type or an encoding (415), too long (413), too many fields (400).
    """
    if header(scope, b"content-type").split(b";", 1)[0].strip().lower() != FORM or header(scope, b"content-encoding"):
        raise Unreadable(415, "We can only read the forms of our own pages. Nothing was changed.")
    length = header(scope, b"content-length")
    if length and (not length.isdigit() or len(length) > 9 or int(length) > FORM_BYTES):
        raise Unreadable(413, _TOO_LONG)
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Half a story must not be kept: the phone sends the whole again, under the same id.
            raise Unreadable(400, "The link broke in the middle. Nothing was changed.")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > FORM_BYTES:
            raise Unreadable(413, _TOO_LONG)
    try:
        return parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError as problem:
        raise Unreadable(400, "That form has too many parts. Nothing was changed.") from problem


def one(raw: Mapping[str, list[str]], name: str) -> str:
    """The last value of a field; empty where there is none."""
    given = raw.get(name)
    return given[-1] if given else ""


def cleaned(raw: Raw, texts: Collection[str]) -> Raw:
    """Every field through the one cleaning door: `texts` keep their lines, everything else is one line."""
    return {
        name: [str(clean_text(value)) for value in given] if name in texts else [str(clean_line(v)) for v in given]
        for name, given in raw.items()
    }


def showable(raw: Raw) -> Raw:
    """The fields as typed, to be drawn into the form again: only what no page can hold is left out.

    A draft on the phone is forgotten when the very same words come back, so they must not be tidied up here.
    """
    return {name: [_UNSHOWABLE.sub("", value) for value in given] for name, given in raw.items()}
