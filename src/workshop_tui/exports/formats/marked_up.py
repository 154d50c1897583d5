"""Our own HTML read again, for formats that set words with their language and direction but are no HTML.

The translator and the drawings mark where the language changes, and whose words stand apart from the sentence around
them, as elements. What they mark is told only there; here it becomes runs of text. Only what they write is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, Literal

from markupsafe import Markup
from msgspec import Struct

Direction = Literal["ltr", "rtl"]

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_STRONG: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_CELLS: Final = ("th", "td")
_BLOCKS: Final = ("p", "li", "caption", *_CELLS)


class Run(Struct, frozen=True):
    """Text of one kind."""

    text: str
    language: str = ""
    """Its tag; empty for that of the page."""
    direction: Literal["", "ltr", "rtl", "auto"] = ""
    """Which way it runs: "" as the text around it, "auto" as its own first letter."""
    strong: bool = False


Runs = tuple[Run, ...]


class Line(Struct, frozen=True):
    """A paragraph."""

    runs: Runs
    quoted: bool = False
    """Whether it is part of what somebody said."""


class Grid(Struct, frozen=True):
    """A table."""

    caption: Runs
    rows: tuple[tuple[Runs, ...], ...]
    """The first holds the heads of the columns."""


def read_html(markup: Markup) -> tuple[Line | Grid, ...]:
    """The paragraphs and tables of a piece of HTML of ours; words without either are one paragraph."""
    reading = _Reading()
    reading.feed(markup)
    reading.close()
    return reading.end()


def runs_of(markup: Markup) -> Runs:
    """The runs of one or several sentences."""
    return tuple(run for line in read_html(markup) if isinstance(line, Line) for run in line.runs)


def direction_of(text: str) -> Direction | None:
    """Which way a text runs, by its first letter; None for one without letters."""
    return next((way for letter in text if (way := _STRONG.get(unicodedata.bidirectional(letter)))), None)


def direction_of_line(runs: Runs, around: Direction) -> Direction:
    """Which way a paragraph runs: that of the page unless it has nothing but what runs another way."""
    ways = {run.direction for run in runs if run.text.strip()}
    if ways == {"auto"}:
        return direction_of("".join(run.text for run in runs)) or around
    if "auto" in ways:
        # Somebody's words inside of a sentence that is not translated.
        own = {direction_of(run.text) for run in runs if run.direction == "auto"}
        ways = (ways - {"auto"}) | {each for each in own if each is not None}
    return "rtl" if ways == {"rtl"} else "ltr" if ways == {"ltr"} else around


def kept_together(text: str, way: Direction, around: Direction) -> str:
    """A sentence that runs rightwards in a line that runs leftwards, with its number and its full stop.

    What has no letter at its beginning or its end would go to the other side of the line: a mark holds it. Leftwards
    in a line that runs rightwards the runs of a document say it themselves.
    """
    bare = text.strip()
    if (way, around) != ("ltr", "rtl") or direction_of(bare) != "ltr":
        return text
    before, behind = ("" if unicodedata.bidirectional(each) in _STRONG else "\u200e" for each in (bare[0], bare[-1]))
    at = text.index(bare)
    return f"{text[:at]}{before}{bare}{behind}{text[at + len(bare) :]}"


def parts_by_direction(text: str, base: Direction) -> Iterator[tuple[str, Direction]]:
    """A text in parts that run one way: signs between letters of one way go with them, others with `base`."""
    if base == "ltr" and text.isascii():
        yield text, base
        return
    ways: list[Direction] = []
    before, waiting = base, 0
    for letter in text:
        way = _STRONG.get(unicodedata.bidirectional(letter))
        if way is None:
            waiting += 1
            continue
        ways += [way if way == before else base] * waiting
        ways.append(way)
        before, waiting = way, 0
    ways += [base] * waiting
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or ways[at] != ways[start]:
            yield text[start:at], ways[start]
            start = at


class _Reading(HTMLParser):
    """Gathers runs into lines and tables."""

    def __init__(self) -> None:
        super().__init__()
        self._made: list[Line | Grid] = []
        self._runs: list[Run] = []
        self._around: list[Run] = [Run("")]
        self._hidden = self._quoted = 0
        self._caption: Runs = ()
        self._rows: list[list[Runs]] = []

    def end(self) -> tuple[Line | Grid, ...]:
        self._line()
        return tuple(self._made)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._hidden or tag == "svg" or given.get("aria-hidden") == "true":
            self._hidden += tag != "br"
            return
        if tag == "br":
            self._runs.append(Run("\n"))
            return
        if tag in (*_BLOCKS, "table"):
            self._line()
        outer = self._around[-1]
        way = given.get("dir") or ("auto" if tag == "bdi" else outer.direction)
        language = given.get("lang") or outer.language
        strong = outer.strong or tag in ("b", "strong")
        self._around.append(Run("", language, way, strong))  # type: ignore[arg-type]  # we write no other direction
        self._quoted += tag == "blockquote"
        if tag == "tr":
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        self._around.pop()
        self._quoted -= tag == "blockquote"
        if tag in _CELLS:
            self._rows[-1].append(self._taken())
        elif tag == "caption":
            self._caption = self._taken()
        elif tag == "table":
            self._made.append(Grid(self._caption, tuple(map(tuple, self._rows))))
            self._caption, self._rows = (), []
        elif tag in _BLOCKS:
            self._line()

    def handle_data(self, data: str) -> None:
        said = _SPACES.sub(" ", data)
        if not self._hidden and said:
            around = self._around[-1]
            self._runs.append(Run(said, around.language, around.direction, around.strong))

    def _line(self) -> None:
        if runs := self._taken():
            self._made.append(Line(runs, quoted=self._quoted > 0))

    def _taken(self) -> Runs:
        """The runs since the last line, without the spaces that a page does not show."""
        kept: list[Run] = []
        for run in self._runs:
            text = run.text
            if not kept or kept[-1].text.endswith((" ", "\n")):
                text = text.lstrip(" ")
            if text:
                kept.append(Run(text, run.language, run.direction, run.strong))
        self._runs = []
        while kept and not (text := kept[-1].text.rstrip(" ")):
            kept.pop()
        if kept:
            last = kept[-1]
            kept[-1] = Run(text, last.language, last.direction, last.strong)
        return tuple(kept)
