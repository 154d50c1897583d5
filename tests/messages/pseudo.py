"""A language in which every sentence that can be translated looks like it, and what stays bare cannot be overlooked.

Its catalogue is made from the extracted one: each message stands in brackets, with an accent on every letter and a
third longer. Its numbers and days are Greek, and so are all words of people in its tests. So a letter from a to
z without an accent is of a sentence that is no message, or of one that was not extracted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from tools.messages import TEMPLATE

from tests.messages.languages import compiled
from workshop_tui.locales import translator_for, translators
from workshop_tui.locales.local_translator import LocalTranslator
from workshop_tui.messages import Translator

TAG: Final = "el"
"""Greek: Babel then writes lists and months in letters that nobody takes for English."""

LISTED: Final = " ⋄ "
"""What stands between the parts of a list: a comma would look like messages that were joined by hand."""

_ACCENTED: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀćđéƒǵĥíĵķĺḿńóṕʠŕśťúṽẃẋýźÁɃĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẊÝŹ"
)
_PLACE: Final = re.compile(r"(\{\w+\})")


def told(text: str, mark: str = "") -> str:
    """A message in that language: bracketed, accented, a third longer, its places as they are."""
    parts = _PLACE.split(text)
    words = "".join(part if _PLACE.fullmatch(part) else part.translate(_ACCENTED) for part in parts)
    return f"⟦{words}{'·' * -(-len(text) // 3)}{mark}⟧"


def catalogue(tag: str = TAG) -> Catalog:
    """The extracted messages in that language, with the plural forms of another; each form says its number."""
    made = Catalog(locale=tag, language_team="draft")
    for entry in _extracted():
        if isinstance(entry.id, tuple):
            forms = [told(entry.id[1 if form else 0], str(form)) for form in range(made.num_plurals)]
            made.add(entry.id, forms, context=entry.context)
        elif entry.id:
            made.add(entry.id, told(entry.id), context=entry.context)
    return made


@cache
def _extracted() -> Catalog:
    with TEMPLATE.open("rb") as file:
        return read_po(file)


@contextmanager
def spoken() -> Iterator[Translator]:
    """While this lasts the product has that language, and no other."""
    with pytest.MonkeyPatch.context() as patched:
        ours = compiled(catalogue())
        patched.setattr(translators, "_found", lambda: (TAG,))
        patched.setattr(translators, "_read", lambda tag: ours)
        patched.setattr(LocalTranslator, "listing", lambda self, items, style: LISTED.join(items))
        translator_for.cache_clear()
        yield translator_for(TAG)
    translator_for.cache_clear()


# What stayed bare. -----------------------------------------------------------------------------------

ALLOWED: Final = {
    r"https?://\S+|(?:127\.0\.0\.1|192\.168\.7\.20)\S*": "an address",
    r"/workshops(?=/)": "a folder",
    r"\b(?:[a-z]+[-_])*[a-z]+\.(?:html|md|json|csv|toml|soi|soc|toi|toc|cat|pb|workshop)\b": "a file's name",
    r"\b(?:KDMP|WXYC)\b": "the codes of the room, the first and the one that was made on the day",
    r"\b(?:what_happened|how_it_felt)\b": "the names that agendas have for parts of a story",
    r"\b(?:END|FINISH)\b": "what is typed before everybody leaves, and before all is deleted",
    r"^`{3,}text$": "what stands in a fence of Markdown",
    r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{16,64}\b": "the name of a session, or a hash",
    r"\bC[0-4]\b": "the code of a level",
    r"\bUTC(?:[+-][\d:]+)?": "the name of a clock",
    r"\b[A-HJ-Z]\b": "the letter of an option",
}
"""What is the same in every language, as patterns with their reason."""

NOT_READ: Final = frozenset({"script", "style"})
"""Elements whose text nobody reads."""

THE_SAME_EVERYWHERE: Final = frozenset({"kbd", "code"})
"""Elements for the names of keys and files, for codes and addresses."""

READ_ATTRIBUTES: Final = (
    "title", "alt", "aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "placeholder", "label",
)  # fmt: skip

FOR_THE_SCRIPT: Final = frozenset(
    ("data-room", "data-page", "data-v", "data-events", "data-state", "data-strip", "data-outbox",
     "data-slot", "data-drop", "data-say", "data-most", "data-together", "data-each", "data-total",
     "data-cost", "data-view", "data-name", "data-key", "data-covered")
)  # fmt: skip
"""Attributes that hold no words; any other data-… is taken for something that the script says."""

_ALLOWED: Final = re.compile("|".join(ALLOWED))
_KEY: Final = re.compile("[a-z]")
_BARE: Final = re.compile(r"[A-Za-z][A-Za-z']*")
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…])·+⟧ ⟦")
_MESSAGE: Final = re.compile(r"[⟦⟧]")


def bare(text: str) -> list[str]:
    """The words in a text that were not translated."""
    return _BARE.findall(_ALLOWED.sub(" ", text))


def bare_in_a_terminal(lines: str) -> list[str]:
    """The lines in which words were not translated; a small letter by itself is the name of a key."""
    return [line for line in lines.splitlines() if any(not _KEY.fullmatch(word) for word in bare(line))]


def bare_words(html: str) -> list[str]:
    """The words on a page that were not translated, each with where it stands."""
    found = []
    for where, text in _texts(html):
        words = bare(text)
        # In a drawing a small letter by itself is that of an answer along a scale.
        if words and not (where == "text" and _KEY.fullmatch(text.strip())):
            found.append(f"{where}: {' '.join(words)}")
    return found


def glued(html: str) -> list[str]:
    """The texts on a page that are put together of several messages; attributes may hold several whole sentences."""
    found, depth = [], 0
    for where, text in _texts(html):
        if "[" in where or where.startswith("data-"):
            is_wrong = is_glued(text)
        else:
            # A message goes on where an element in it, such as somebody's words, has ended.
            is_wrong, depth = _followed(text, depth)
        if is_wrong:
            found.append(f"{where}: {text.strip()}")
    return found


def is_glued(text: str) -> bool:
    """Whether two messages stand side by side in one plain text; whole sentences may."""
    return _followed(_BETWEEN_SENTENCES.sub("", text), 0)[0]


def _followed(text: str, depth: int) -> tuple[bool, int]:
    """Whether a message ends and another begins in a text, and in how many messages its end is."""
    ended = is_wrong = False
    for sign in _MESSAGE.findall(text.replace(f"⟧{LISTED}⟦", "")):
        if sign == "⟧":
            depth = max(depth - 1, 0)
            ended = ended or depth == 0
        else:
            is_wrong = is_wrong or (ended and depth == 0)
            depth += 1
    return is_wrong, depth


def _texts(html: str) -> Iterator[tuple[str, str]]:
    """What is read on a page, piece by piece, each with where it stands."""
    yield from _texts_of(html5lib.parse(html, namespaceHTMLElements=False))


def _texts_of(element: Element) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str):  # A comment.
        return
    tag = element.tag.rpartition("}")[2]
    yield from ((f"{tag}[{name}]", text) for name, text in _attributes(tag, element))
    text = "" if tag in NOT_READ | THE_SAME_EVERYWHERE else element.text or ""
    for child in element:
        yield from _texts_of(child)
        if child.tag == "bdi":  # Somebody's words in the middle of a sentence.
            text += child.tail or ""
        else:
            yield tag, text
            text = child.tail or ""
    yield tag, text


def _attributes(tag: str, element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        button = name == "value" and tag == "input" and element.get("type") in ("submit", "button", "reset")
        described = name == "content" and element.get("name") in ("description", "application-name")
        if name in READ_ATTRIBUTES or button or described:
            yield name, value
        elif name.startswith("data-") and name not in FOR_THE_SCRIPT:
            yield from ((name, text) for text in _said_by_the_script(value))


def _said_by_the_script(value: str) -> list[str]:
    """The texts of an attribute: one, or those in a JSON object by the script's own names for them."""
    try:
        words = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return [_PLACE.sub("", value)]
    return [_PLACE.sub("", str(word)) for word in (words.values() if isinstance(words, dict) else [words])]
