"""A copy of a text in which the same thing is always written the same way, as long as the text itself.

People write digits in the script of their language, put spaces and dashes into numbers that look like others, and copy
letters from where they were drawn wide. The rules look at this copy only; as it is as long as the text, what they find
stands in the text at the same place. Lengths and places are in code points, as they are everywhere in this product.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_AS: Final = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`", "'"),
    **dict.fromkeys("\u2212\u2043\u02d7\u00ad\u30fc", "-"),
    **dict.fromkeys("\u2044\u2215\u29f8", "/"),
    **dict.fromkeys("\t\u3164\u115f\u1160\u2800", " "),
}
# What these stand for is something else: a power, a footnote, the number of a line in a list.
_OTHER_MEANINGS: Final = ("<super>", "<sub>", "<circle>", "<square>", "<fraction>")


def folded(text: str) -> str:
    """The text as the rules look at it, exactly as long.

    Digits of every script are 0 to 9; spaces of every width, and characters that nobody sees, one space; dashes "-";
    apostrophes "'"; letters and signs drawn wide or bold their plain ones. Everything else, line ends too, stays.
    """
    return text if text.isascii() and "`" not in text and "\t" not in text else "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    if character in _AS:
        return _AS[character]
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Zs", "Cf"):
        return " "
    if category == "Pd":
        return "-"
    if unicodedata.decomposition(character).startswith(_OTHER_MEANINGS):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() else character
