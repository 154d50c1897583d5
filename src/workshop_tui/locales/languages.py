"""What is known of a language by its tag alone."""

from __future__ import annotations

from typing import Final, Literal

_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "pnb", "ps", "sd", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})

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


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written; a tag that names its script, such as "pa-Arab", is believed."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS or (not script and language in _RIGHT_TO_LEFT) else "ltr"


def from_special_to_plain(tag: str) -> list[str]:
    """The tag, and what it falls back to: "pt-BR", then "pt"."""
    parts = tag.split("-")
    return ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
