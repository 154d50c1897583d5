"""A posted form, read by hand: bounded, of one type only, and cleaned before anything looks at it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.types import Receive, Scope

from workshop_tui.domain.text import clean_line, clean_text, plain_digits
from workshop_tui.limits import BODY_BYTES, FORM_BYTES
from workshop_tui.messages import Message, tr

MOST_FIELDS: Final = 200
"""More than any form of ours has: 26 options with what comes beside them."""

FORM: Final = b"application/x-www-form-urlencoded"

_TOO_LONG: Final = tr(
    "That is too long for us to take. Your words are still on this phone. Please send a shorter text."
)
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

    def __init__(self, status: int, words: Message) -> None:
        super().__init__(str(words))
        self.status = status
        self.words = words


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers by lower-case name; of one that is there twice, the last. Made once for each request."""
    made: dict[bytes, bytes] | None = scope.get("workshop_tui.headers")
    if made is None:
        made = scope["workshop_tui.headers"] = dict(scope["headers"])
    return made


async def read_form(scope: Scope, receive: Receive) -> Raw:
    """The fields of a posted form.

    Raises:
        Unreadable: another type or an encoding (415), too long (413), too many fields (400).
    """
    check_head(scope)
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Half a story must not be kept: the phone sends the whole again, under the same id.
            raise Unreadable(400, tr("The link broke in the middle. Nothing was changed."))
        # What is too long is read to its end and forgotten: a phone that is still sending hears no answer.
        body = body[: FORM_BYTES + 1] + message.get("body", b"")
        more = message.get("more_body", False)
    if len(body) > FORM_BYTES:
        raise Unreadable(413, _TOO_LONG)
    return parse_form(body)


def check_head(scope: Scope) -> None:
    """Whether the head says that a form of ours follows.

    Raises:
        Unreadable: another type or an encoding (415), too long (413).
    """
    headers = headers_of(scope)
    given = headers.get(b"content-type", b"")
    if (given != FORM and given.split(b";", 1)[0].strip().lower() != FORM) or b"content-encoding" in headers:
        raise Unreadable(415, tr("We can only read the forms of our own pages. Nothing was changed."))
    if _is_beyond(headers.get(b"content-length", b""), BODY_BYTES):
        raise Unreadable(413, _TOO_LONG)


def _is_beyond(length: bytes, most: int) -> bool:
    return bool(length) and (not length.isdigit() or len(length) > 9 or int(length) > most)


def parse_form(body: bytes) -> Raw:
    """The fields of a body, by name, in the order sent; bytes that are no text become U+FFFD.

    Raises:
        Unreadable: more fields than any form of ours has.
    """
    text = body.decode("utf-8", "replace")
    if text.count("&") >= MOST_FIELDS:
        raise Unreadable(400, tr("That form has too many parts. Nothing was changed."))
    if "%" in text or "+" in text:
        return parse_qs(text, keep_blank_values=True, errors="replace")
    # Most votes: nothing in them is encoded, and taking them apart costs a tenth.
    fields: Raw = {}
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        if pair:
            fields.setdefault(name, []).append(value)
    return fields


def one(raw: Mapping[str, list[str]], name: str) -> str:
    """The last value of a field; empty where there is none."""
    given = raw.get(name)
    return given[-1] if given else ""


def whole_number(given: str) -> int | None:
    """A number out of an address or a form of ours; None for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else None


def cleaned(raw: Raw, texts: Collection[str]) -> Raw:
    """Every field through the one cleaning door: `texts` keep their lines, everything else is one line."""
    return {
        name: [
            value if value.isascii() and value.isalnum() else (clean_text if name in texts else clean_line)(value)
            for value in given
        ]
        for name, given in raw.items()
    }


def answered(raw: Raw, texts: Collection[str]) -> Raw:
    """The same for what a phone answers: what is no text is a key or a number, with the digits of any script."""
    return {
        name: given if name in texts else [plain_digits(value) for value in given]
        for name, given in cleaned(raw, texts).items()
    }


def showable(raw: Raw) -> Raw:
    """The fields as typed, to be drawn into the form again: only what no page can hold is left out.

    A draft on the phone is forgotten when the very same words come back, so they must not be tidied up here.
    """
    return {name: [_UNSHOWABLE.sub("", value) for value in given] for name, given in raw.items()}
