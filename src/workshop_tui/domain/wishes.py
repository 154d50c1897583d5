"""What people write that goes before what they tick: that a story is not to be shown, or that an earlier one is to go.

A list of phrases and no more than that: it finds the usual ways of saying so in `LANGUAGES`, and nothing in any other.
What it finds is held and read first by a person; it is never a verdict. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from workshop_tui.messages import Message, tr

Wish = Literal["not_shown", "delete", "conflict"]

LANGUAGES: Final = tr("This list knows English and Welsh only.")
"""Said wherever it is shown that something was found, or could have been."""

_CONFLICT: Final = frozenset(("young_no", "parent_no"))
"""What is ticked where a young person and a parent do not both want it."""

_PHRASES: Final[dict[Wish, tuple[str, ...]]] = {
    "not_shown": (
        "not on the screen", "not on screen", "not on the big screen", "not on your screen", "off the screen",
        "off the big screen", "dont put this on", "do not put this on", "dont put it on", "do not put it on",
        "dont put that on", "dont show this", "do not show this", "dont show it", "do not show it", "not to be shown",
        "dont want this shown", "do not want this shown", "dont want it shown", "do not want it shown",
        "dont share this", "do not share this", "dont share it", "do not share it", "dont read this out",
        "do not read this out", "dont read it out", "not out loud", "dont tell anyone", "do not tell anyone",
        "dont tell anybody", "do not tell anybody", "keep this private", "keep it private", "keep this between us",
        "between us only", "just between us", "between you and me", "nobody else should", "nobody else is to",
        "for your eyes only", "off the record",
        "nid ar y sgrin", "dim ar y sgrin", "ddim ar y sgrin", "nid ar sgrin", "peidiwch a dangos", "paid a dangos",
        "peidiwch a rhoi hwn ar", "peidiwch a rhoi hyn ar", "paid a rhoi hwn ar", "peidiwch a rhannu",
        "paid a rhannu", "peidiwch a darllen hwn yn uchel", "peidiwch a dweud wrth neb", "paid a dweud wrth neb",
        "cadwch hwn yn breifat", "cadwch hyn yn breifat", "rhyngom ni", "rhyngoch chi a fi",
    ),
    "delete": (
        "delete what i", "delete my story", "delete my last", "delete my first", "delete my earlier",
        "delete the story i", "delete the one i", "delete everything i", "remove what i", "remove my story",
        "remove the story i", "take back what i", "take my story back", "want my story back", "take my story out",
        "take out what i", "take my words back", "forget what i told", "forget what i said", "forget what i wrote",
        "changed my mind about my story", "changed my mind about what i",
        "dilewch yr hyn", "dilewch fy stori", "dileu fy stori", "dileu yr hyn", "dilea fy stori", "dilea yr hyn",
        "tynnwch fy stori", "tynnu fy stori", "tynnu n ol yr hyn", "anghofiwch yr hyn", "anghofia yr hyn",
    ),
}  # fmt: skip

WORDS: Final[dict[Wish, Message]] = {
    "not_shown": tr(
        "READ NOW: it seems to say that it is not to be shown. It is held, and goes no "
        "further than this room, and not in its own words."
    ),
    "delete": tr("READ NOW: it seems to ask for an earlier story to be deleted. What this phone told before is held."),
    "conflict": tr("READ NOW: a young person and a parent do not both want it told. It is held until they do."),
}
"""What desks are told of a wish."""

_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_SIGNS: Final = re.compile(r"[^\w]+|_+")


def wishes_of(said: str) -> frozenset[Wish]:
    """What somebody seems to wish in these words."""
    # Accents, apostrophes and what stands between words are written in many ways, or not at all.
    plain = "".join(each for each in unicodedata.normalize("NFD", said.casefold()) if not unicodedata.combining(each))
    words = f" {_SIGNS.sub(' ', _APOSTROPHES.sub('', plain))} "
    bare = f" {_SIGNS.sub(' ', plain)} "
    return frozenset(
        wish
        for wish, phrases in _PHRASES.items()
        if any(f" {phrase} " in words or f" {phrase} " in bare for phrase in phrases)
    )


def wishes_in(body: str) -> frozenset[Wish]:
    """The same of a contribution's body, which is JSON; none of one whose words are gone."""
    if not body:
        return frozenset()
    said = list(_texts(msgspec.json.decode(body)))
    conflict: frozenset[Wish] = frozenset(("conflict",)) if _CONFLICT & {*said} else frozenset()
    return wishes_of("\n".join(said)) | conflict


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            for each in value.values():
                yield from _texts(each)
        case _:
            return
