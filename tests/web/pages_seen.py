"""What a page is made of, as a real HTML parser sees it."""

from __future__ import annotations

from collections import Counter

import html5lib

WORDS_ONLY = ("p", "br", "bdi")
"""Elements that our own drawing makes for each line of a text."""


def elements(page: str) -> Counter[tuple[str, ...]]:
    """How often each element with each set of attributes is there, apart from lines of text."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return Counter(
        (each.tag, *sorted(each.attrib))
        for each in tree.iter()
        if isinstance(each.tag, str) and each.tag not in WORDS_ONLY
    )


def text_of(page: str) -> str:
    """Everything a person can read on it, controls included."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    values = [each.attrib.get("value", "") for each in tree.iter() if isinstance(each.tag, str)]
    return "\n".join(["".join(tree.itertext()), *values])


def value_of(page: str, name: str) -> str:
    """What the text box of that name holds."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for each in tree.iter():
        if isinstance(each.tag, str) and each.attrib.get("name") == name:
            return each.text or "" if each.tag == "textarea" else each.attrib.get("value", "")
    raise AssertionError(f"no field {name}")


def code_in(page: str) -> str:
    """The private code that a page shows."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (shown,) = (each for each in tree.iter("p") if each.attrib.get("class") == "code")
    return "".join(shown.itertext())
