"""What is wrong with a sentence, in the source or in a catalogue; each fault is said in a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from tools.calls import Call
from tools.plural_forms import by_form, plural_forms

_PLACE: Final = re.compile(r"\{(\w+)\}")

BUTTON: Final = "button"
"""What the context or the comment of a text begins with that stands on a button."""


def places(text: str) -> set[str]:
    """The names of the places in a text."""
    return set(_PLACE.findall(text))


def only_a_place(text: str) -> bool:
    """Whether a text is nothing but what fills it; quotation marks or a second place are for a language to say."""
    return bool(_PLACE.fullmatch(text.strip()))


def stray_braces(text: str) -> bool:
    """Whether a text has a brace that is no place's."""
    return bool(re.search(r"[{}]", _PLACE.sub("", text)))


def longest(english: str) -> int:
    """How many letters a text on a button may have, by its English."""
    return int(1.6 * len(english)) + 8


def of_call(call: Call) -> Iterator[str]:
    """What is wrong with a call that makes a message."""
    if None in call.texts:
        yield f"{call.place}: the texts of {call.name}(…) must be literals, and not empty."
        return
    for text in call.said:
        if only_a_place(text):
            yield f"{call.place}: {text!r} is only a place; there is nothing to translate."
        if stray_braces(text):
            yield f"{call.place}: {text!r} has a brace that belongs to no place."
    # A call that fills no place at all makes a sentence for a page's script, which fills them.
    if call.filled:
        wanted, given = set().union(*map(places, call.said)), call.filled | ({"n"} if call.name == "trn" else set())
        for name in sorted(wanted - given):
            yield f"{call.place}: nothing fills the place {{{name}}}."
        for name in sorted(call.filled - wanted):
            yield f"{call.place}: there is no place {{{name}}} to fill."


def of_catalogue(catalogue: Catalog, locale: Locale) -> Iterator[str]:
    """What is wrong with a translation; sentences that are not translated yet are no fault."""
    yield from _of_plural_header(catalogue, locale)
    for entry in catalogue:
        forms = entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]
        if not entry.id or entry.fuzzy or not any(forms):
            continue
        for fault in _of_entry(entry, [str(form) for form in forms], by_form(locale)):
            yield f"{locale}: {english(entry)!r}: {fault}"


def english(entry: Entry) -> str:
    """The English of an entry, the singular where there is a plural."""
    return str(entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id)


def is_button(entry: Entry) -> bool:
    """Whether the text stands on a button."""
    return any(said.startswith(BUTTON) for said in [entry.context or "", *entry.auto_comments])


def _of_plural_header(catalogue: Catalog, locale: Locale) -> Iterator[str]:
    choose, numbers = c2py(catalogue.plural_expr), by_form(locale)
    agree = catalogue.num_plurals == len(numbers) and all(
        choose(n) == form for form, members in enumerate(numbers) for n in members
    )
    if not agree:
        yield f'{locale}: Plural-Forms is not what the language needs. It must be "{plural_forms(locale)}".'


def _of_entry(entry: Entry, forms: list[str], numbers: list[list[int]]) -> Iterator[str]:
    ours = list(entry.id) if isinstance(entry.id, (list, tuple)) else [str(entry.id)]
    allowed, needed = set().union(*map(places, ours)), set.intersection(*map(places, ours))
    if entry.pluralizable and len(forms) != len(numbers):
        yield f"it has {len(forms)} plural forms, and the language {len(numbers)}."
        return
    for index, form in enumerate(forms):
        if not form:
            yield "a plural form is empty."
            continue
        # A form that is for one number alone, such as "nobody", need not say it.
        alone = entry.pluralizable and len(numbers[index]) == 1
        wanted = needed - {"n"} if alone else places(ours[-1])
        for name in sorted(wanted - places(form)):
            yield f"the place {{{name}}} is missing in {form!r}."
        for name in sorted(places(form) - allowed):
            yield f"the place {{{name}}} in {form!r} is not in the English."
        if stray_braces(form):
            yield f"{form!r} has a brace that belongs to no place."
        if is_button(entry) and len(form) > longest(ours[0]):
            yield f"{form!r} is too long for a button ({len(form)} letters, at most {longest(ours[0])})."
