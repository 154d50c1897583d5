"""Reads the forms of a page the way a browser would, so that simulated people use the real pages."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from msgspec import Struct


class Control(Struct):
    """One field of a form."""

    name: str
    kind: str
    """"radio", "hidden", "number", "text", "textarea", "checkbox", "select"."""
    value: str = ""
    cost: int = 0
    """What ticking it takes from what its group has to give; 0 where nothing is counted."""


class Purse(Struct):
    """What one group of controls has to give away: dots, points or money."""

    total: int
    each: int
    """The most that one control may get; 0 where ticking is counted instead."""
    step: int = 1


class Button(Struct):
    """One button of a form."""

    name: str
    value: str
    main: bool
    """Whether it is the main action and not a step inside the form."""


class Form(Struct):
    """One form of a page."""

    action: str
    slot: str
    """The vote it belongs to; empty for everything else."""
    kept: bool
    """Whether what it sends is kept on the phone until it is answered."""
    controls: list[Control]
    buttons: list[Button]
    purse: Purse | None = None
    """What there is to give away; None where the form counts nothing."""

    def hidden(self) -> dict[str, list[str]]:
        """The fields a person does not see."""
        fields: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind == "hidden":
                fields.setdefault(control.name, []).append(control.value)
        return fields

    def named(self, kind: str) -> dict[str, list[Control]]:
        """The controls of one kind, by name, in the order of the page."""
        found: dict[str, list[Control]] = {}
        for control in self.controls:
            if control.kind == kind:
                found.setdefault(control.name, []).append(control)
        return found


PAST_THE_RULES: Final = "/now?read=1"
"""Where the page with the ground rules leads."""


class Page(Struct):
    """What a simulated person sees of a page."""

    forms: list[Form]
    leads_on: bool = False
    """Whether there is something to read before a question."""

    @property
    def question(self) -> Form | None:
        """The form that asks something; None on a page to wait on."""
        return next((form for form in self.forms if form.kept), None)

    @property
    def board(self) -> Form | None:
        """The form with a button beside each question of the room; None where none are listed."""
        return next((form for form in self.forms if form.action == "/upvote"), None)

    @property
    def role(self) -> Form | None:
        """The form that asks who somebody is here as; None on every other page."""
        return next((form for form in self.forms if form.action == "/role"), None)


def read_page(html: str) -> Page:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(reader.forms, f'href="{PAST_THE_RULES}"' in html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = Form(has.get("action", ""), has.get("data-slot", ""), "data-outbox" in has, [], [])
            self.forms.append(form)
        elif self.forms:
            if has.get("data-total"):
                each, step = int(has.get("data-each", "0")), int(has.get("data-step", "1"))
                self.forms[-1].purse = Purse(int(has["data-total"]), each, step)
            self._field(tag, has)

    def _field(self, tag: str, has: dict[str, str]) -> None:
        form, name = self.forms[-1], has.get("name", "")
        if tag == "input":
            kind = "number" if has.get("inputmode") == "numeric" else has.get("type", "text")
            cost = int(has.get("data-cost", "0"))
            form.controls.append(Control(name, kind, has.get("value", ""), cost))
        elif tag in ("textarea", "select"):
            form.controls.append(Control(name, tag))
        elif tag == "button":
            form.buttons.append(Button(name, has.get("value", ""), "main" in has.get("class", "").split()))
