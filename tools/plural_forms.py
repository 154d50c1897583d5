"""The plural forms of a language as CLDR has them, written for gettext."""

from __future__ import annotations

from typing import Final

from babel import Locale
from babel.plural import PluralRule, to_gettext

_FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""In the order that gettext counts them in."""

_TRIED: Final = range(1000)
"""Whole numbers that a workshop counts to: forms only for fractions, or from a million on, are not asked of anybody."""


def plural_forms(locale: Locale) -> str:
    """The header `Plural-Forms`, such as "nplurals=2; plural=((n == 1) ? 0 : 1);"."""
    rule = locale.plural_form
    used = {rule(n) for n in _TRIED}
    kept: dict[str, str] = {tag: rule.rules[tag] for tag in _FORMS if tag in used & rule.rules.keys()}
    if "other" not in used:  # The last form is then the one for whatever the others leave.
        kept.popitem()
    return to_gettext(PluralRule(kept))


def by_form(locale: Locale) -> list[list[int]]:
    """Which of the numbers tried have which form."""
    forms = [[n for n in _TRIED if locale.plural_form(n) == name] for name in _FORMS]
    return [numbers for numbers in forms if numbers]
