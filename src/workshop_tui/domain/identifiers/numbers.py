"""Numbers that stand for one person: what a sum of digits proves, what letters around them say. Pure.

Every rule is given the folded text (`folding`) and gives places in it. The lengths in the patterns are bounds: no text
makes them slow.
"""

# ruff: noqa: E501 -- patterns are read as lines

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]
"""Where something begins, and where it is over."""

_SEPARATED: Final = "[ ./_-]{0,2}"
_TEN = re.compile(
    rf"(?<![0-9£$€])(?<![0-9][.-])(?<![0-9]{{2}}[ -][0-9]{{2}}[ -])[0-9](?:{_SEPARATED}[0-9]){{9}}(?![.-]?[0-9])(?!:[0-9])"
)
_ABROAD = re.compile(r"\+[ (]{0,2}[0-9]{1,3}[ )-]{0,2}$|\(0\) ?$")
_CHI_MOST: Final = 311_299_999
_TEST_RANGE: Final = "999"

_PHONE = re.compile(
    r"(?<![0-9£$€+])(?<![0-9][.-])(?:\+ ?44|0044)[ .)-]{0,2}(?:\(0\))?[ .-]{0,2}\(?[1-9](?:[ ./()-]{0,3}[0-9]){8,9}(?!:?[0-9])"
    r"|(?<![0-9£$€+])(?<![0-9][.-])\(?0[1-9]?(?:[ ./()-]{0,3}[0-9]){8,9}(?![.-]?[0-9])(?!:[0-9])"
    r"|(?<![0-9])(?:\+|(?<![0-9.-])(?<![0-9] )00)[ (]?[1-9][0-9]{0,2}(?:[ .()-]{0,3}[0-9]){7,12}(?![0-9])"
)
_PHONE_CUE = re.compile(
    r"\b(?:(?:tele)?phone|tel|mob(?:ile)?|cell|landline|whats ?app|ff[oô]n|ffonio|ffoniwch(?: fi)?|symudol"
    r"|(?:ring|call|phone|text|reach|contact)(?:ing)? (?:me|us|her|him|them|mum|mam|dad)"
    r"|(?:(?:my|her|his|our|their) (?:number|no)))\.?"
    r"(?: (?:number|no|rhif|is|yw|on|at|ar))*[ .:=]{1,3}(\(?[0-9][0-9 ()-]{4,14}[0-9])(?![0-9]|[.,][0-9]|[ ]?%)",
    re.IGNORECASE,
)
_SPOKEN_DIGIT: Final = (
    r"(?:(?:double|treble|triple) )?(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)"
)
_SPOKEN = re.compile(rf"(?<![^\W_]){_SPOKEN_DIGIT}(?:[ ,.-]{{1,2}}{_SPOKEN_DIGIT}){{5,14}}(?![^\W_])", re.IGNORECASE)
_TIMES: Final = {"double": 2, "treble": 3, "triple": 3}
_SPOKEN_LEAST: Final = 9
"""Fewest digits of a number that was dictated: fewer are counted out."""
PUBLIC_NUMBERS: Final = frozenset({"111", "999", "112", "101", "116123", "08001111", "85258", "08082000247"})
"""Numbers that are nobody's own: emergency services, and the lines that support cards name."""

_DATE_FIRST = re.compile(
    r"[0-9]{1,2}[ ./-][0-9]{1,2}[ ./-](?:1[89]|20)[0-9]{2}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}(?![0-9])"
    r"|(?:1[89]|20)[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}(?![0-9])"
)
_DECIMAL = re.compile(r"0\.[0-9]+$")

_SORT_CODE: Final = r"[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}"
_BANK_CUE: Final = r"(?:a/?c(?:c(?:t|ount)?|t)?|cyfrif|cod didoli|sort ?code|s/c)"
_BANK_WORDS: Final = rf"(?:[ ,.:;/()-]|\b(?:and|a|no|number|num|nr|rhif|y|is|yw|bank|banc)\b|\b{_BANK_CUE}\b){{1,14}}"
_BANK = re.compile(
    rf"(?<![0-9])(?<![0-9][-/.]){_SORT_CODE}{_BANK_WORDS}[0-9]{{4}}[ -]?[0-9]{{4}}(?![0-9])"
    rf"|(?<![0-9])[0-9]{{4}}[ -]?[0-9]{{4}}(?:[ ,.;/()-]{{1,3}})(?:{_BANK_WORDS})?[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?![0-9])",
    re.IGNORECASE,
)
_BANK_CUED = re.compile(
    rf"\b(?:(?:sort ?code|cod didoli)(?: (?:is|yw))?[ :.=-]{{1,3}}({_SORT_CODE})"
    rf"|(?:(?:bank )?(?:account|acct|acc|a/c)|(?:rhif )?cyfrif)(?: (?:number|no|num|is|yw|banc))*[ :.=-]{{1,3}}"
    rf"([0-9]{{4}}[ -]?[0-9]{{4}}))(?![0-9])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}(?![a-z0-9])")
_IBAN_LENGTHS: Final = {
    "BE": 16, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "IE": 22, "IT": 27, "LT": 20, "NL": 18, "PL": 28, "PT": 25, "RO": 24,
}  # fmt: skip
_CARD = re.compile(r"(?<![0-9])[0-9]{4}(?P<by>[ -]?)[0-9]{4}(?P=by)[0-9]{4}(?P=by)[0-9]{4}(?![ -]?[0-9])")

_NI = re.compile(
    r"(?<![A-Za-z0-9])(?:QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
    r"(?:[ .-]{0,2}[0-9]{2}){3}[ .-]{0,2}[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NI_CUED = re.compile(
    r"\b(?:national insurance|yswiriant (?:gwladol|cenedlaethol)|N\.?I\.?|NINO)(?: (?:number|no|rhif|is|yw))*[ :.=#]{1,3}"
    r"([A-Z]{2}(?:[ .-]{0,2}[0-9]{2}){3}(?:[ .-]{0,2}[A-D])?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_HOSPITAL = re.compile(
    r"\b(?:(?:hosp(?:ital)?|wristband|a&e|patient|pt|unit|clinic|case|record|file|chart|nhs|chi|h&c|health (?:and|&) care|crn|pas)"
    r"[ .]{0,2}(?:(?:id|ref(?:erence)?|record|number|num|no|nr)\b[ .]{0,2}){1,2}"
    r"|mrn|chi|hospital id|rhif (?:y |yr )?(?:ysbyty|claf|gig|ffeil|uned|achos))\b"
    r"(?:[ .:;=#]|\b(?:number|no|is|was|yw|oedd|of)\b){1,6}"
    r"((?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9]{1,12}(?:[/-][A-Za-z0-9]{1,12}){0,3}(?:(?: [0-9]{2,6}){1,3})?)"
    r"(?![A-Za-z0-9]|[.,:][0-9])",
    re.IGNORECASE,
)
_ID_DIGITS: Final = 4
"""Fewest digits of a number that a hospital gives: shorter ones count things."""


def digits_of(text: str) -> str:
    """The digits of a piece of folded text."""
    return "".join(each for each in text if each in "0123456789")


def proven(digits: str) -> bool:
    """Whether ten digits pass the sum of NHS and CHI numbers: weights 10 to 2, the rest of 11 is the last digit."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check == int(digits[9])


def is_test_number(digits: str) -> bool:
    """Whether an NHS number is of the range that is kept for tests, and so nobody's."""
    return digits.startswith(_TEST_RANGE)


def _is_chi(digits: str) -> bool:
    return int(digits[:9]) <= _CHI_MOST and 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def _proven(folded: str) -> Iterator[tuple[Span, str]]:
    for found in _TEN.finditer(folded):
        digits = digits_of(found[0])
        if (
            proven(digits)
            and not _DATE_FIRST.match(found[0])
            and not _ABROAD.search(folded[max(0, found.start() - 8) : found.start()])
        ):
            yield found.span(), digits


def nhs_numbers(folded: str) -> Iterator[Span]:
    """Ten digits that pass the sum; with a 0 first they are a phone's, or begin as a day of birth does."""
    return (span for span, digits in _proven(folded) if not _is_chi(digits) and digits[0] != "0")


def chi_numbers(folded: str) -> Iterator[Span]:
    """The same that begin with a day and a month, as Scotland's do."""
    return (span for span, digits in _proven(folded) if _is_chi(digits))


def phones(folded: str) -> Iterator[Span]:
    """0 or +44 and nine or ten digits, other countries' with a +, and shorter ones where the words say what they are."""
    for found in _PHONE.finditer(folded):
        said = found[0]
        if digits_of(said) in PUBLIC_NUMBERS or _DECIMAL.match(said) or _DATE_FIRST.match(said):
            continue
        if len(set(digits_of(said))) > 1 and not _is_counted_out(said, folded[found.end() :][:2]):
            # A bracket belongs to the number where its other half does.
            begun = said[0] == "(" and ")" not in said
            before = ")" in said and "(" not in said and folded[found.start() - 1 : found.start()] == "("
            yield found.start() + begun - before, found.end()
    for found in _PHONE_CUE.finditer(folded):
        if 6 <= len(digits_of(found[1])) <= 11 and digits_of(found[1]) not in PUBLIC_NUMBERS:
            yield found.span(1)
    for found in _SPOKEN.finditer(folded):
        spoken = re.findall("[a-z]+", found[0].lower())
        if sum(_TIMES.get(word, 1) - (word in _TIMES) for word in spoken) >= _SPOKEN_LEAST and len(set(spoken)) > 2:
            yield found.span()


def _is_counted_out(said: str, follows: str) -> bool:
    """Whether these are single digits in a row, as scores are: eleven that begin as a number does are a phone's."""
    groups = re.findall("[0-9]+", said)
    if len(digits_of(said)) < 2 * len(groups):
        return len(groups) != 11 or groups[1] not in "1237" or follows[1:].isdigit()
    return False


def bank_details(folded: str) -> Iterator[Span]:
    """A sort code with eight digits, either where it is called so, an IBAN and the number of a card."""
    yield from (found.span() for found in _BANK.finditer(folded))
    for found in _BANK_CUED.finditer(folded):
        yield found.span(1 if found[1] else 2)
    yield from (found.span() for found in _CARD.finditer(folded) if _passes_luhn(digits_of(found[0])))
    for found in _IBAN.finditer(folded):
        if (end := _iban_end(found[0])) is not None:
            yield found.start(), found.start() + end


def _passes_luhn(digits: str) -> bool:
    if len(set(digits)) == 1:
        return False
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _iban_end(said: str) -> int | None:
    """How much of it is an IBAN of its country's length: the words after one may look like more of it."""
    ends = [place + 1 for place, each in enumerate(said) if each != " "]
    length = _IBAN_LENGTHS.get(said[:2], 0)
    if not length or len(ends) < length:
        return None
    plain = said[: ends[length - 1]].replace(" ", "")
    is_right = int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1
    return ends[length - 1] if is_right else None


def ni_numbers(folded: str) -> Iterator[Span]:
    """Two letters, six digits, A to D; without the last letter where the words say what it is."""
    yield from (found.span() for found in _NI.finditer(folded))
    yield from (found.span(1) for found in _NI_CUED.finditer(folded))


def hospital_numbers(folded: str) -> Iterator[Span]:
    """What stands after "hospital number" and words like it. An NHS number mistyped by one digit is found here too."""
    for found in _HOSPITAL.finditer(folded):
        digits = digits_of(found[1])
        if len(digits) >= _ID_DIGITS and len(set(digits)) > 1:
            yield found.span(1)
