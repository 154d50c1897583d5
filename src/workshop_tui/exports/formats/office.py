"""What Word and Excel files have in common: zips of XML, made the same whenever they are made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final

_ILLEGAL: Final = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, not even as a reference."""

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can hold: no file in it says when it was made, so the same words have the same bytes."""


def for_xml(text: str) -> str:
    """A text without the characters that XML cannot hold; a file with one in it would not open."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as a zip that tells no times."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files:
            file.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def without_times(data: bytes) -> bytes:
    """A zip without the times at which its files were put into it."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped((name, file.read(name)) for name in file.namelist())


def with_region(language: str) -> str:
    """A language with the country whose spelling is checked: office programs know few languages without one."""
    if language == "en":
        # Ours is British, whatever English is most common.
        return "en-GB"
    from babel.core import get_global

    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    return f"{language}-{likely.rpartition('_')[2]}" if likely and language.isalpha() else language


def is_latin(language: str) -> bool:
    """Whether a language is written with the letters that office programs set as their main ones."""
    if language.split("-")[0] == "en":
        return True
    from babel.core import get_global

    return "_Latn_" in get_global("likely_subtags").get(language.split("-")[0], "_Latn_")
