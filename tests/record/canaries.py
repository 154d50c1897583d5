"""Words that nothing but a form can have brought: letters only, so that no clock, port, name or count makes one."""

from __future__ import annotations

import hashlib
import string
from xml.etree.ElementTree import Element

from workshop_tui.views.acts import ACTS
from workshop_tui.views.reading import ON_ENTRY

NO_SENTENCE = {
    "minutes", "people", "due", "dots", "leaders", "confirm", "code", "reference", "by", "said_by", "against",
    "by_video", "decides_on", "hear_back_by",
}  # fmt: skip
"""Fields that take a number, a date or one given word: a canary there is refused, and must leave no trace either."""


class Canaries:
    """Makes them, and remembers where each was put."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        """The form and the field of each."""

    def one(self, form: str, field: str) -> str:
        """A new one for a field of a form."""
        number = int.from_bytes(hashlib.sha256(b"canary %d" % len(self.places)).digest())
        letters = "".join(string.ascii_lowercase[number // 26**place % 26] for place in range(14))
        self.places[f"cnry{letters}"] = (form, field)
        return f"cnry{letters}"

    def lines(self, form: str, field: str) -> str:
        """Two, one on each line: what lists of options want."""
        return f"{self.one(form, field)}\n{self.one(form, field)}"

    def texts(self) -> set[tuple[str, str]]:
        """Every form and field that words go into."""
        return {place for place in self.places.values() if place[1] not in NO_SENTENCE}


def text_fields(form: Element) -> dict[str, str]:
    """What a person can type into in a form of a page, with what stands in it; numbers too."""
    found = {}
    for each in form.iter():
        name = each.get("name")
        typed = each.tag == "textarea" or (each.tag == "input" and each.get("type", "text") == "text")
        if name is not None and typed and not each.get("data-of"):
            found[name] = each.text or "" if each.tag == "textarea" else each.get("value", "")
    return found


def numbers(form: Element) -> set[str]:
    """Those of them that take a number."""
    return {each.get("name", "") for each in form.iter("input") if each.get("inputmode") == "numeric"}


HOST_FORMS = {"longer": "minutes", "shorter": "minutes", "break_tie": "tie", "void_round": "void"}
"""How forms of the host page are called where not by the way that they send."""


def forms_of_the_host_page() -> set[tuple[str, str]]:
    """Every text field that the host page can draw, as (form's id or how it begins, field)."""
    acts = (*ACTS, *ON_ENTRY)
    typed = {
        (HOST_FORMS.get(way.name, way.name), field.name)
        for act in acts
        for way in act.ways
        for field in way.fields
        if field.kind in ("line", "lines", "number", "day")
    }
    return typed | {("end-workshop", "confirm"), ("finish-write-up", "confirm")}
