"""Which language a phone reads in: what it chose, else what its browser asks for, among those the agenda has."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from workshop_tui.messages import ENGLISH, Translator

_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})

_NAMES: Final = {
    "ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "de": "Deutsch", "en": "English", "es": "Español",
    "fa": "فارسی", "fr": "Français", "gu": "ગુજરાતી", "he": "עברית", "hi": "हिन्दी", "it": "Italiano",
    "ku": "Kurdî", "lt": "Lietuvių", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "ps": "پښتو", "pt": "Português",
    "ro": "Română", "ru": "Русский", "so": "Soomaali", "ta": "தமிழ்", "tr": "Türkçe", "uk": "Українська",
    "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


def language_name(tag: str) -> str:
    """A language's own name for itself, or its tag where we do not know it."""
    return _NAMES.get(tag.split("-")[0], tag)


def direction(tag: str) -> str:
    """Which way a language is written: "rtl" for one that goes from right to left, else "ltr"."""
    return "rtl" if tag.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def translator_for(tag: str) -> Translator:
    """Who says messages in a language."""
    del tag
    return ENGLISH


def chosen_language(request: Request, offered: tuple[str, ...]) -> str:
    """The language of this answer: `?lang=`, else the cookie, else the browser's wish, else the agenda's own."""
    if len(offered) < 2:
        return offered[0] if offered else "en"
    for wish in (request.query_params.get("lang"), request.cookies.get("lang"), *_wishes(request)):
        if wish in offered:
            return str(wish)
    return offered[0]


def _wishes(request: Request) -> list[str]:
    """What the browser asks for, best first; "en-GB" also asks for "en"."""
    wishes: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wishes += [(weight, tag), (weight - 0.001, tag.split("-")[0])]
    return [tag for _, tag in sorted(wishes, key=lambda wish: -wish[0])]
