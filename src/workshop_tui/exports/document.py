"""A readable page as a value: sections of headings, sentences, lists, tables and results, in no format yet.

Whoever builds one says what stands where and in which words (`exports.outputs`); how that looks is for each format
(`exports.formats`). So every audience comes in every format, and all formats of one audience say the same.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.domain.blocks import ViewBlock
from workshop_tui.messages import Message, Place, Sentences

Said = tuple[Place, ...]
"""Sentences, each whole; or bare words that people wrote."""

Look = Literal["", "stage", "status", "question", "remark", "details", "hash", "base"]
"""What a paragraph or a list is, for a style sheet; a format without one says it in its own way or not at all."""


def sentences_of(sentences: Sentences) -> Said:
    """One sentence or several, as they stand in a paragraph."""
    return sentences if isinstance(sentences, tuple) else (sentences,)


class Section(Struct, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    heading: Place
    parts: tuple[Part, ...]
    number: int = 0
    """A number before the heading; 0 for none."""
    anchor: str = ""
    """A name by which the section can be pointed to; unique, or empty."""
    look: Literal["", "item", "said", "behind", "footer"] = ""


class Paragraph(Struct, frozen=True):
    """Sentences that belong together."""

    said: Said
    look: Look = ""


class Prose(Struct, frozen=True):
    """Longer words of somebody, with their own paragraphs and line breaks."""

    text: str
    language: str = ""
    """Its tag; empty where nobody knows."""


class Bullets(Struct, frozen=True):
    """A list; each line has sentences."""

    lines: tuple[Said, ...]
    look: Look = ""


class Link(Struct, frozen=True):
    """Words that lead somewhere: to a name on this page ("#…"), or to a file beside it."""

    words: Place
    target: str
    """As an address holds it: no sign in it has to be escaped any more."""


class Entry(Struct, frozen=True):
    """What somebody said or noted, and what must be said of it."""

    parts: tuple[tuple[Place, str], ...]
    """(heading, words); the heading is empty for free text."""
    details: Said = ()
    joined: str = " "
    """What stands between the details."""
    more: tuple[Said, ...] = ()
    """What happened with it since, a line for each."""
    links: tuple[Link, ...] = ()
    anchor: str = ""
    """A name by which it can be pointed to; unique, or empty."""


class Entries(Struct, frozen=True):
    """Entries as a list."""

    entries: tuple[Entry, ...]
    quoted: bool = False
    """Whether they are people's own words, rather than what was noted."""


class Quotation(Struct, frozen=True):
    """One person's words, by themselves."""

    parts: tuple[tuple[Place, str], ...]


class Facts(Struct, frozen=True):
    """What and how much, line by line."""

    heads: tuple[Message, Message]
    """What stands over the two columns, where they are columns."""
    lines: tuple[tuple[Place, Said], ...]


class Cell(Struct, frozen=True):
    """One cell of a table."""

    said: Said
    number: int = 0
    """A number before it; 0 for none."""
    joined: str = "; "
    """What stands between the sentences."""
    links: tuple[Link, ...] = ()


class Table(Struct, frozen=True, kw_only=True):
    """A table; the first cell of each row is its heading."""

    caption: Message
    heads: tuple[Message, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str = ""
    """For a wide one, which scrolls by itself: a name of its own. Empty for one that fits."""


class Result(Struct, frozen=True):
    """What came out of a vote."""

    blocks: tuple[ViewBlock, ...]
    of: Message
    """What it is the result of: where it is wide, it scrolls by itself under this name."""


Part = Section | Paragraph | Prose | Bullets | Entries | Quotation | Facts | Table | Result


class Document(Struct, frozen=True, kw_only=True):
    """One readable page for one audience."""

    page: Message
    """What the page is called in a browser: "Report: …"."""
    kicker: Message
    """What it is, above its title."""
    title: Place
    opening: tuple[Part, ...]
    """What stands under the title, before the first section."""
    sections: tuple[Section, ...]
    contents: Message | None = None
    """The heading of a list of its sections, for a long page; None for a page without one."""
    one_page: bool = False
    """Whether it is to fit one page of paper."""
    large: bool = False
    """Whether it is in large letters with much room between lines."""
