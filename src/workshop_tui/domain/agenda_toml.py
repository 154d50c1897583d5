"""Reads the TOML of an agenda file; where it is none, says in plain words what is wrong, where, and what to write.

Python's own reader says what it expected, in the words of whoever wrote a parser. Each of its sentences that a file can
lead to has a row in `_SAID`, with what people most often did when they met it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from typing import Final

from workshop_tui.domain.agenda_problems import MEND, help_on, shown
from workshop_tui.errors import AgendaError
from workshop_tui.messages import Message, Verbatim, tr

_TOML_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TEXTS: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#.*')
"""Whole texts and remarks of a line: what stands in them is no matter of TOML."""
_OPEN: Final = re.compile(r"Illegal character '\\n")
_OPEN_LONG: Final = re.compile(r"Unterminated string")
_OPEN_SINGLE: Final = re.compile(r"Expected \"'")
_CURLY: Final = re.compile("[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02\uff07]")
_OWN_LINE: Final = re.compile(r"\s*\[+\s*([\w.\- ]*)")
_NUMBER: Final = re.compile(r"[+-]?\d")
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d{2}\b")

_STRAIGHT: Final = tr('A text stands in straight quotes: "like this".')
_CLOSED: Final = tr(
    "A text ends with a straight quote on the line on which it begins; one of several lines stands between {three} and "
    "{three}.",
    three=Verbatim('"""'),
)
_BRACKETS: Final = tr(
    "Every item begins with a line {item}, what phones do in it with a line {phone}.",
    item=Verbatim("[[item]]"),
    phone=Verbatim("[item.phone]"),
)
_INSIDE: Final = tr("A quote inside a text is written {quote}.", quote=Verbatim('\\"'))
_SLASHES: Final = tr(
    "Write two of them, or put the text in single quotes, such as {text}.", text=Verbatim("'C:\\agenda'")
)
_KEYS: Final = tr("The name of a key has only the letters a to z, digits, “-” and “_”, and no space.")


def read_toml(text: str, file: str) -> dict[str, object]:
    """The file as plain data.

    Raises:
        AgendaError: it is empty, or no TOML; the message has line and column.
    """
    if not text.strip():
        raise AgendaError(
            tr("{file} is empty.", file=Verbatim(file)),
            advice=tr("{command} shows what an agenda looks like.", command=help_on("agenda")),
        )
    try:
        return tomllib.loads(text)
    except RecursionError as deep:
        raise AgendaError(tr("{file}: brackets are nested too deep.", file=Verbatim(file)), advice=MEND) from deep
    # Wider than TOMLDecodeError: a number of thousands of digits is a plain ValueError.
    except ValueError as wrong:
        raise AgendaError(_told(str(wrong), text, file), advice=MEND) from wrong


def _told(said: str, text: str, file: str) -> tuple[Message, ...]:
    """What is wrong and where, the line, and what to write instead."""
    name, lines = Verbatim(file), text.split("\n")
    place = _TOML_PLACE.search(said)
    if not place:
        return (tr("{file}: a number has too many digits.", file=name),)
    if place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        line, column = _where_it_began(_TOML_PLACE.sub("", said), lines)
    here = lines[line - 1]
    problem, *hints = _in_words(_TOML_PLACE.sub("", said), here, column)
    where = tr("{file}, line {line}, column {column}: {problem}.", file=name, line=line, column=column, problem=problem)
    return (where, *((tr("The line is: {line}.", line=shown(here.strip())),) if here.strip() else ()), *hints)


def _where_it_began(said: str, lines: list[str]) -> tuple[int, int]:
    """Where that began which had no end: the end of the file helps nobody to find it."""
    sign = '"""' if _OPEN_LONG.match(said) else "'" if _OPEN_SINGLE.match(said) else ""
    for number in range(len(lines), 0, -1):
        here = lines[number - 1]
        if sign and here.count(sign) % 2:
            return number, here.rfind(sign) + 1
    return len(lines), len(lines[-1]) + 1


def _in_words(said: str, here: str, column: int) -> tuple[Message, ...]:
    """What is wrong, without the full stop, and what to write instead."""
    outside = _TEXTS.sub(lambda found: " " * len(found[0]), here)
    is_open = _OPEN.match(said) is not None
    # Where a text is not closed, all that follows is in it.
    for at, letter in enumerate("" if is_open else outside, 1):
        if letter not in " \t\r" and (letter.isspace() or unicodedata.category(letter) == "Cf"):
            return (
                tr(
                    "there is a space that is not an ordinary one ({name}), as word processors make them",
                    name=Verbatim(f"U+{ord(letter):04X}"),
                ),
                tr("Please type column {column} again, with the space bar.", column=at),
            )
    if _CURLY.search(here.rstrip()[-1:] if is_open else outside):
        return (tr("there are curly quotes, as word processors make them"), _STRAIGHT)
    for pattern, words in _SAID:
        if found := pattern.fullmatch(said):
            return words(here, found)
    return (tr("it is no TOML; its reader says “{problem}”", problem=Verbatim(said)),)


def _value_of(here: str) -> str:
    return here.partition("=")[2].strip()


def _no_value(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    value = _value_of(here)
    if not value or value.startswith("#"):
        return (tr("there is nothing after “=”"), tr("Give a value, or leave the line out."))
    if re.match(r"(true|false|yes|no|on|off)\b", value, re.IGNORECASE):
        return (tr("what stands after “=” is no value"), tr("Write true or false, in small letters, without quotes."))
    if _CLOCK.match(value):
        return (tr("what stands after “=” is no value"), _quoted_clock())
    return (tr("what stands after “=” is no value"), _STRAIGHT)


def _quoted_clock() -> Message:
    return tr('Texts and times stand in straight quotes, such as "10:00".')


def _after_value(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    value, problem = _value_of(here), tr("something stands behind the value")
    if value.startswith(('"', "'")):
        if value.count(value[0]) > 2 and not re.search(r"[\"']\s+[\w-]+\s*=", value):
            return (problem, _INSIDE)
        return (problem, tr("Nothing stands behind a value, no comma and no second key; a remark begins with “#”."))
    if re.match(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d", value):
        return (problem, tr("A day is written as year, month, day: {day}.", day=Verbatim("2026-12-24")))
    if _CLOCK.match(value):
        return (problem, _quoted_clock())
    if re.match(r"[+-]?\d+,\d", value):
        return (problem, tr("A number is written with a point and no comma, such as {number}.", number=Verbatim("1.5")))
    if re.match(r"[+-]?0\d", value):
        return (problem, tr("A number begins with no 0."))
    if _NUMBER.match(value):
        return (problem, tr("A number stands alone, without a unit, such as {line}.", line=Verbatim("minutes = 10")))
    return (problem, _STRAIGHT)


def _no_equals(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    name = re.split("[=:\"']", here.strip(), maxsplit=1)[0].strip()
    problem = tr("after the name of a key there is no “=”")
    if not re.fullmatch(r"[A-Za-z0-9_.-]*", name):
        return (problem, _KEYS)
    return (problem, tr("A key and its value are written like this: {line}", line=Verbatim('title = "A day"')))


def _twice(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    """A table, or a key, that is there already."""
    table = _OWN_LINE.match(here)
    if not table:
        return (
            tr("{key} stands there twice", key=shown(here.partition("=")[0].strip())),
            tr("Take one of the two out. A new item begins with a line {line}.", line=Verbatim("[[item]]")),
        )
    name = table[1].strip()
    if name == "item":
        return (tr("items begin with different brackets, or with one only"), _BRACKETS)
    if name == "item.phone":
        return (
            tr("{table} stands there twice in one item", table=Verbatim("[item.phone]")),
            tr("Each item has one. A new item begins with a line {line}.", line=Verbatim("[[item]]")),
        )
    return (tr("{table} stands there twice", table=shown(name)), _BRACKETS)


def _as(problem: Message, *hints: Message) -> Callable[[str, re.Match[str]], tuple[Message, ...]]:
    """The same words whatever the line."""
    return lambda here, found: (problem, *hints)


def _key_part(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    if here.lstrip().startswith("["):
        return (tr("there are too many brackets, or a space between them"), _BRACKETS)
    return (tr("the name of a key is missing"), _KEYS)


def _statement(here: str, found: re.Match[str]) -> tuple[Message, ...]:
    hint = (
        tr("A remark begins with “#”.") if here.lstrip().startswith(("//", "/*", "--", ";", "<!--")) else _KEYS
    )  # fmt: skip
    return (tr("the line is neither a key with its value nor the beginning of an item"), hint)


_SAID: Final[tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], tuple[Message, ...]]], ...]] = (
    (
        re.compile(
            r"(?:Illegal|Found invalid) character '(?:\\n|\\r\\n)'|Unterminated string|Expected (?:\"'+\"|'\"+').*"
        ),
        _as(tr("a text is not closed"), _CLOSED),
    ),
    (
        re.compile(r"(?:Illegal|Found invalid) character .*"),
        _as(tr("there is a control character, which nobody can see"), tr("Please delete it and type the line again.")),
    ),
    (re.compile(r"Invalid value"), _no_value),
    (re.compile(r"Expected newline or end of document after a statement"), _after_value),
    (re.compile(r"Expected '=' after a key in a key/value pair"), _no_equals),
    (
        re.compile(
            r"Cannot (?:declare .* twice|overwrite a value|mutate immutable namespace .*|redefine namespace .*)"
        ),
        _twice,
    ),
    (re.compile(r"Expected '\]+' at the end of .*"), _as(tr("a bracket is missing at the end of the line"), _BRACKETS)),
    (
        re.compile(r"Unclosed array"),
        _as(
            tr("a list is not closed, or a comma in it is missing"),
            tr("A list is written like this: {list}", list=Verbatim('options = ["Tea", "Coffee"]')),
        ),
    ),
    (
        re.compile(r"Unclosed inline table"),
        _as(
            tr("a table in curly brackets is not closed, or a comma in it is missing"),
            tr("It is written on one line, like this: {table}", table=Verbatim('{ en = "Tea", cy = "Te" }')),
        ),
    ),
    (re.compile(r"Duplicate inline table key .*"), _as(tr("a table in curly brackets has a key twice"))),
    (re.compile(r"Invalid initial character for a key part"), _key_part),
    (re.compile(r"Invalid statement"), _statement),
    (
        re.compile(r"Unescaped '\\' in a string|Invalid hex value|Escaped character is not a Unicode scalar value"),
        _as(tr("there is a backslash in a text"), _SLASHES),
    ),
    (
        re.compile(r"Invalid date or datetime"),
        _as(tr("that is no date"), tr("A day is written as year, month, day: {day}.", day=Verbatim("2026-12-24"))),
    ),
)
"""What Python's reader says, and our words for it."""
