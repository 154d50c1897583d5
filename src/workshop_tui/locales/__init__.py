"""The languages of the product: its catalogues, and how each writes numbers, lists and days.

A catalogue is a folder `<tag>/LC_MESSAGES` with ordinary gettext files; `make messages` keeps them up to date. Babel,
which knows the rest of a language, is big, so it is imported only where a number, list or day is written in a language
other than English.
"""

from workshop_tui.locales.languages import direction, language_name
from workshop_tui.locales.translators import (
    LANGUAGE_VARIABLE,
    catalogues,
    is_draft,
    speaks,
    system_language,
    translator_for,
)

__all__ = [
    "LANGUAGE_VARIABLE",
    "catalogues",
    "direction",
    "is_draft",
    "language_name",
    "speaks",
    "system_language",
    "translator_for",
]
