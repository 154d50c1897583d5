"""Values and pages as plain lines of text, which say what a person or a program reads there and no more."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

import html5lib
import msgspec

from workshop_tui.domain.blocks import Words
from workshop_tui.messages import ENGLISH

BLOCKS = frozenset(
    ("a", "address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label",
     "legend", "li", "main", "nav", "ol", "option", "output", "p", "section", "select", "summary", "svg", "table",
     "tbody", "td", "textarea", "th", "thead", "tr", "ul")
)  # fmt: skip
"""Elements whose words are a line of their own."""

SIGNS = {
    "a": "[link] ", "h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "button": "[button] ", "label": "[label] ",
    "legend": "[legend] ", "summary": "[summary] ", "li": "- ", "th": "| ", "td": "| ",
}  # fmt: skip
"""What a line of some elements begins with."""

SHORT = 100
"""The most letters of a value that is not taken apart."""

HIDDEN = "<hidden"
UNSEEN = frozenset(("script", "style", "template", "head", "noscript"))


def value_lines(value: object, without: Collection[str] = ()) -> list[str]:
    """A value as lines of "path = JSON", without the fields named at its top."""
    plain = msgspec.to_builtins(value)
    if isinstance(plain, dict):
        plain = {name: each for name, each in plain.items() if name not in without}
    return list(_flat(plain, ""))


def _flat(value: object, path: str) -> Iterator[str]:
    """A value on one line where it is short, part by part where it is not; what the product says, in English."""
    value = in_english(value)
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    if not path or (parts and len(line) > SHORT):
        for name, each in sorted(parts):
            yield from _flat(each, f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}".lstrip("."))
    else:
        yield f"{path} = {line}"


def in_english(value: object) -> object:
    """Plain data with everything that is said in it as English text."""
    match value:
        case {"is": _}:
            return ENGLISH.text(msgspec.convert(value, Words))
        case dict():
            return {name: _joined(name, in_english(each)) for name, each in value.items()}
        case list() | tuple():
            return [in_english(each) for each in value]
        case _:
            return value


def _joined(name: str, value: object) -> object:
    """Sentences that are read together as one text."""
    return " ".join(value) if name in ("text", "status") and isinstance(value, list) else value


def page_lines(html: str) -> list[str]:
    """What a person reads on a page, line by line, and its form fields."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    lines: list[str] = []
    words: list[str] = []
    signs: list[str] = []

    def end() -> None:
        text = " ".join("".join(words).split())
        if text:
            lines.append("".join(signs[-1:]) + text)
            signs.clear()
        words.clear()

    for event in _events(tree):
        match event:
            case str():
                words.append(event)
            case ("hidden", field):
                end()
                if not lines or not lines[-1].startswith(HIDDEN):
                    lines.append(f"{HIDDEN}>")
                lines[-1] = f"{lines[-1][:-1]} {field}>"
            case ("field", line):
                end()
                lines.append(line)
            case ("block", sign):
                end()
                signs[:] = [sign] if sign else signs
            case _:
                end()
                signs.clear()
    end()
    return lines


Event = str | tuple[str, str]


def _events(element: Element) -> Iterator[Event]:
    """Words, beginnings and ends of blocks, and fields, in their order."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN or "hidden" in element.attrib:
        return
    name = tag.rpartition("}")[2]
    if name == "br":
        yield "end", ""
    if name in BLOCKS:
        yield "block", SIGNS.get(name, "")
    if name in ("input", "textarea", "select", "button") and element.get("name"):
        # Of a hidden field not what is in it, which may be a number made by chance.
        is_hidden = element.get("type") == "hidden"
        yield ("hidden", element.get("name", "")) if is_hidden else ("field", _field(element, name))
        if name == "button":
            yield "block", SIGNS["button"]
    if name == "select":
        return
    if name == "span":
        yield " "
    if name != "textarea":
        yield element.text or ""
    for child in element:
        yield from _events(child)
        yield child.tail or ""
    if name == "span":
        yield " "
    if name in BLOCKS:
        yield "end", ""


def _field(element: Element, tag: str) -> str:
    """A field by its sort and name, with what it holds before anybody touches it."""
    kind = element.get("type", "text") if tag == "input" else tag
    if tag == "textarea":
        value = json.dumps(element.text or "", ensure_ascii=False)
    elif tag == "select":
        value = " ".join(each.get("value", "") for each in element.iter("option") if "selected" in each.attrib)
    else:
        value = element.get("value", "")
    if element.get("name") in ("on", "off"):
        # Which question somebody wants to know, without the version of the button.
        value = value.partition(".")[0]
    marks = [mark for mark in ("checked", "disabled", "required") if mark in element.attrib]
    return f"<{' '.join([kind, element.get('name', ''), '=', value, *marks]).rstrip()}>"


def table_lines(data: bytes) -> list[str]:
    """A CSV table: its columns, then what each line says in those that it fills; equal neighbours are counted."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    said = (" | ".join(_cell(*each) for each in zip(head, row, strict=True) if each[1]) for row in rows)
    return [" | ".join(head), *(f"{len([*equal])} × {line}" for line, equal in itertools.groupby(said))]


def _cell(column: str, text: str) -> str:
    return f"{column}: {json.dumps(text, ensure_ascii=False)}"


def text_lines(data: bytes) -> list[str]:
    """The lines of a text, without what is only there to end them."""
    return [line.rstrip() for line in data.decode().splitlines()]
