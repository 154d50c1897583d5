"""Translators of languages that the product has no catalogue for, made out of a few sentences."""

from __future__ import annotations

import gettext
import io

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from workshop_tui.locales import direction
from workshop_tui.locales.local_translator import LocalTranslator


def compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    """A catalogue as gettext reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)  # type: ignore[arg-type]


def speaking(catalogue: Catalog) -> LocalTranslator:
    """Who says the sentences of a catalogue, in its language."""
    tag = str(catalogue.locale_identifier).replace("_", "-")
    return LocalTranslator(tag, direction(tag), compiled(catalogue))
