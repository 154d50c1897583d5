"""Which catalogues there are, and the translator for a language."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from workshop_tui.locales.languages import direction, from_special_to_plain
from workshop_tui.locales.local_translator import LocalTranslator, RegionalEnglish
from workshop_tui.messages import Translator

LANGUAGE_VARIABLE: Final = "WORKSHOP_TUI_LANGUAGE"
"""Says which language the facilitator wants, before what the system says; a room hears it from who started it."""

DOMAIN: Final = "workshop_tui"
"""What gettext's files are named by."""

_FOLDER: Final = resources.files("workshop_tui.locales")


def catalogues() -> tuple[str, ...]:
    """The tags of the languages that sentences are translated to; English needs no catalogue."""
    return _found()


@lru_cache(64)
def translator_for(tag: str) -> Translator:
    """Who says messages to a reader of this language.

    Args:
        tag: Such as "cy", "en-GB" or "pt-BR", which falls back to "pt". Without a catalogue the sentences are English,
            and marked as that.
    """
    if is_english(tag):
        return RegionalEnglish(tag) if "-" in tag else Translator(tag)
    found = _catalogue_of(tag)
    return LocalTranslator(tag, direction(tag), _read(found) if found else gettext.NullTranslations())


def is_draft(tag: str) -> bool:
    """Whether no speaker of the language has read its sentences yet; its file says so in the header Language-Team."""
    found = _catalogue_of(tag)
    return bool(found) and _read(found).info().get("language-team", "").startswith("draft")


def system_language(environ: Mapping[str, str]) -> str:
    """The language that the facilitator wants or this computer is set to, among those we have, else "en"."""
    wanted = environ.get(LANGUAGE_VARIABLE, "")
    if wanted and speaks(wanted):
        return wanted
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name, ""))), "")
    if _tag(locale) in ("", "c", "posix"):
        return "en"
    # As gettext reads them: a list of wishes counts only where there is a locale at all.
    for wish in [*environ.get("LANGUAGE", "").split(":"), locale]:
        tag = _tag(wish)
        if tag and speaks(tag):
            return tag
    return "en"


def speaks(tag: str) -> bool:
    """Whether the product has its sentences in this language."""
    return is_english(tag) or bool(_catalogue_of(tag))


def is_english(tag: str) -> bool:
    """Whether it is English of any country."""
    return tag.lower().split("-")[0] == "en"


def _tag(locale: str) -> str:
    """The tag "pt-BR" for a locale such as "pt_BR.UTF-8@euro"; "c" for "C.UTF-8"."""
    language, *others = locale.strip().split(".")[0].split("@")[0].replace("_", "-").split("-")
    return "-".join([language.lower(), *others])


def _catalogue_of(tag: str) -> str:
    """The nearest catalogue; empty where there is none."""
    ours = {each.lower(): each for each in catalogues()}
    return next((ours[each] for each in from_special_to_plain(tag.lower()) if each in ours), "")


@cache
def _found() -> tuple[str, ...]:
    folders = [entry.name for entry in _FOLDER.iterdir() if _compiled(entry.name).is_file()]
    return tuple(sorted(name.replace("_", "-") for name in folders))


def _compiled(folder: str) -> resources.abc.Traversable:
    return _FOLDER.joinpath(folder, "LC_MESSAGES", f"{DOMAIN}.mo")


@cache
def _read(tag: str) -> gettext.NullTranslations:
    with _compiled(tag.replace("-", "_")).open("rb") as file:
        return gettext.GNUTranslations(file)
