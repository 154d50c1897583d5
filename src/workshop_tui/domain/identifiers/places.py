"""Dates, postcodes, addresses, wards and e-mail: when somebody was born, and where they are to be found. Pure.

As in `numbers`, every rule is given the folded text and gives places in it, and every length in a pattern is bounded.
"""

# ruff: noqa: E501 -- patterns are read as lines

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.domain.identifiers import words
from workshop_tui.domain.identifiers.numbers import Span

_EMAIL = re.compile(
    r"(?<![\w.%+'-])[\w][\w.%+'-]{0,63} ?@ ?(?:[\w](?:[\w-]{0,62})\.){1,6}[^\W\d_]{2,24}(?![\w@])"
    r"|(?<![\w.%+-])[\w][\w.%+-]{0,63} ?[\[(]? ?\bat\b ?[\])]? ?[\w][\w-]{0,62}"
    r"(?: ?[\[(]? ?\b(?:dot|ddot)\b ?[\])]? ?[\w-]{2,30}){1,4}\b",
    re.IGNORECASE,
)
_SPOKEN_ENDS: Final = re.compile(
    r"(?:dot|ddot)\b ?[\])]? ?(?:com|org|net|uk|cymru|wales|scot|info|eu|ie|pl|io|co|nhs)$", re.I
)

_MONTHS: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"
    r"|fawrth|fai|fehefin|orffennaf|fedi|dachwedd|ragfyr"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
)
_YEAR: Final = r"(?:1[89]|20)[0-9]{2}"
_ORDINALS: Final = (
    r"(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|thirtieth"
)
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_UNITS: Final = "one|two|three|four|five|six|seven|eight|nine"
_YEAR_SAID: Final = (
    rf"nineteen (?:(?:oh|o) (?:{_UNITS})|{_TEENS}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_UNITS}))?)"
    rf"|two thousand(?: and)?(?: (?:{_UNITS}|{_TEENS}|twenty(?:[ -](?:{_UNITS}))?))?"
    rf"|twenty (?:(?:oh|o) (?:{_UNITS})|{_TEENS}|twenty(?:[ -](?:{_UNITS}))?)"
)
_DAY: Final = rf"(?:[0-9]{{1,2}} ?(?:st|nd|rd|th|af|ail|il|ydd|edd|fed|ed|eg|ain)?|{_ORDINALS})"
_IN_WORDS = re.compile(
    rf"(?<![\w.:/-])(?:(?P<day>{_DAY})(?:[ ,.-]{{0,2}}(?:of|o|y|fis))?[ ,./-]{{0,2}}(?:{_MONTHS})\b"
    rf"|(?:{_MONTHS})\b[ .]{{0,2}}(?P<later>{_DAY}))"
    rf"(?:[ ,./-]{{0,3}}'[0-9]{{2}}(?![0-9])|[ ,./-]{{1,3}}(?:{_YEAR}(?![0-9])|(?:{_YEAR_SAID})\b|[0-9]{{2}}(?= ?(?:[,;)\]\n/]|\.(?![0-9])|$))))",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?<![0-9£$€])(?<![0-9][./-])(?P<a>[0-9]{{1,2}})(?P<by> ?[/.-] ?| )(?P<b>[0-9]{{1,2}})(?P=by)(?P<year>{_YEAR}|[0-9]{{2}})"
    r"(?![0-9]|[./:-][0-9]| ?(?:m?[gl]|mc?g|%)\b)"
)
_ISO = re.compile(rf"(?<![0-9])(?<![0-9][./-])({_YEAR})([/.-])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9]|[./-][0-9])")
_IN_SIGNS = re.compile(rf"(?<![0-9])({_YEAR}) ?[年년] ?([0-9]{{1,2}}) ?[月월] ?([0-9]{{1,2}}) ?[日일]")
_BIRTH: Final = r"\b(?:d\.?o\.?b\.?|date of birth|birth ?da(?:y|te)|born|ganwyd|geni|pen-?blwydd)\b"
_RUN_TOGETHER = re.compile(
    rf"{_BIRTH}(?:[ :=.,]|\b(?:is|was|on|yw|ar|number)\b){{1,6}}([0-9]{{6}}|[0-9]{{8}})(?![0-9])", re.IGNORECASE
)
_BORN_SHORT = re.compile(
    rf"{_BIRTH}(?:[ :=.,]|\b(?:is|was|on|the|yw|ar)\b){{1,6}}({_DAY}(?: (?:of|o))?[ ,./-]{{1,2}}(?:{_MONTHS}|[0-9]{{1,2}})"
    r"[ ,./-]{1,2}[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:apgar|scor\w*|gcs|marks?|ratio|version|grades?|rated|sgor\w*)\b[^.\n]{0,12}$", re.IGNORECASE
)

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:GIR[ -]{0,2}0AA|[A-PR-UWYZ](?:[A-HK-Y]?[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
    r"(?P<gap>[ -]{0,3})(?P<inner>[0-9][ABD-HJLNP-UW-Z]{2}))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MEASURES: Final = re.compile(r"1st|2nd|3rd|[04-9]th|[0-9](?:ug|hr|ft|lb|yr|st|pt|gb|tb|px|pp|ph|nd|rd|th)")
"""What follows a road, a vitamin or a paper size in lower case: "B12 2nd dose", "M4 3rd exit"."""
_POSTCODE_CUE = re.compile(r"\b(?:post ?code|pcode|p/code|cod post|c[oô]d post)\W{0,3}(?:(?:is|yw)\W)?$", re.IGNORECASE)

_CLEAR_ROADS: Final = "Road|Rd|Street|Avenue|Ave|Lane|Terrace|Crescent|Cres|Cul-de-sac"
_OTHER_ROADS: Final = (
    "St|Close|Drive|Dr|Row|Court|Gardens|Gdns|Grove|Place|Pl|Square|Sq|Way|Walk|Hill|Rise|Mews|Parade|Green|View|Park"
    "|Ln|Terr|Bank|Fold|Gate|Vale|Wharf|Yard|Croft|Drove|End|Field|Fields|Meadow|Meadows|Mount|Ridge|House|Cottages"
    "|Villas|Buildings|Quay|Path|Passage|Circus|Chase|Dene|Heights|Lodge|Orchard|Common|Wynd|Brae|Loan|Vennel|Pend|Boulevard|Esplanade|Promenade"
)
_WELSH_BEFORE = re.compile(
    r"\b(?:[Hh]eol|[Ss]tryd|[Ff]fordd|[Ll]ôn|[Rr]hodfa) (?:(?:y|yr) )?[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+){0,2}"
    r",? (?:rhif )?[0-9]{1,4}[A-Za-z]?(?![0-9A-Za-z:.,/][0-9])(?![0-9A-Za-z%])"
)
"""The number behind the road: "Stryd Fawr, rhif 12"."""
_NUMBER: Final = (
    r"(?:(?:flat|apartment|apt|room|fflat|unit)[ .]{1,2}[0-9]{1,4}[a-z]?[ ,]{1,2}){0,1}(?<![0-9£$€.:/])(?<![A-Za-z])"
    r"[0-9]{1,4}(?: ?[/-] ?[0-9]{1,4})?[A-Za-z]?,? "
)
_CAPITAL: Final = r"(?:[^\W\d_a-z][^\W\d_]*(?:['.-][^\W\d_]+)*'?\.?)"
_STREET = re.compile(
    rf"(?i:{_NUMBER})(?!(?:Of|In|On|To|At|For|And)\b)(?:{_CAPITAL} |(?:of|the|y|yr|on|upon|and) ){{1,4}}"
    rf"(?:{_CLEAR_ROADS}|{_OTHER_ROADS}|{_CLEAR_ROADS.upper()}|{_OTHER_ROADS.upper()})\b"
)
_LOWER_STREET = re.compile(
    rf"(?i:{_NUMBER})(?P<name>[^\W\d_]{{3,20}}(?:'s)?(?: [^\W\d_]{{3,20}})?) (?P<road>(?i:{_CLEAR_ROADS}|{_OTHER_ROADS}))\b"
)
_WELSH_STREET = re.compile(
    rf"(?i:{_NUMBER})(?:(?i:heol|stryd|ffordd|l[oô]n|rhodfa|teras|cilgant|rhes)(?:'r)?|Maes|Clos|Cwrt|Coed|Erw|Gelli|Nant|Dôl|Dol|Cefn|Trem|Rhiw|Bro|Tai|Bryn|Cae|Parc|Plas|Llys|Gerddi)"
    rf" (?:(?:y|yr|yr|pen|tan|ty|t[yŷ]|gwaun|nant|bron) ?['-]?)?{_CAPITAL}(?:[ -](?:(?:y|yr|-)[ -])?{_CAPITAL}){{0,3}}"
)
_HOUSE_CUE = re.compile(
    r"\b(?:liv(?:e[sd]?|ing)|add?ress?|byw|bid(?:e|es|ing))(?: (?:at|in|yn|is|number|no))*\W{1,2}$", re.IGNORECASE
)

_WARD = re.compile(
    r"\b[Ww]ard (?:[0-9]{1,3}[A-Za-z]?|[A-Z][0-9]{0,2})\b(?![.,:/][0-9])|\bWARD (?:[0-9]{1,3}[A-Z]?|[A-Z][0-9]{0,2})\b"
)
_WARD_NAME = re.compile(rf"\b({_CAPITAL}(?: {_CAPITAL})?) [Ww]ard\b|\bWard ({_CAPITAL})")


def emails(folded: str) -> Iterator[Span]:
    """E-mail addresses, also those spelt with "at" and "dot"."""
    for found in _EMAIL.finditer(folded):
        if "@" in found[0] or _SPOKEN_ENDS.search(found[0]):
            yield found.span()


def dates(folded: str) -> Iterator[Span]:
    """Every date with a day, a month and a year; a day and a month alone are none."""
    for found in _FIGURES.finditer(folded):
        if _is_date(found["a"], found["b"], found["year"], found["by"].strip()) and not _COUNTED.search(
            folded[max(0, found.start() - 24) : found.start()]
        ):
            yield found.span()
    for found in (*_ISO.finditer(folded), *_IN_SIGNS.finditer(folded)):
        month, day = found.groups()[-2:]
        if _fits(int(day), int(month)):
            yield found.span()
    for found in _IN_WORDS.finditer(folded):
        day = re.match("[0-9]*", found["day"] or found["later"])
        if day is None or not day[0] or 1 <= int(day[0]) <= 31:
            yield found.span()
    yield from (found.span(1) for found in _BORN_SHORT.finditer(folded))
    for found in _RUN_TOGETHER.finditer(folded):
        said = found[1]
        if _fits(int(said[:2]), int(said[2:4])) or _fits(int(said[-2:]), int(said[-4:-2])):
            yield found.span(1)


_MONTH_DAYS: Final = 31


def _fits(day: int, month: int) -> bool:
    return 1 <= day <= _MONTH_DAYS and 1 <= month <= 12


def _is_date(first: str, second: str, year: str, by: str) -> bool:
    """Whether three numbers are a day, a month and a year, in the order of this country or of others."""
    one, two = int(first), int(second)
    if not (_fits(one, two) or _fits(two, one)):
        return False
    if not by:
        return len(year) == 4 and len(second) == 2
    # "3.4.12" is a section and "1-2-10" a score: with a short year that could be a day too, only strokes stand between
    # single digits.
    return len(year) == 4 or by == "/" or len(first) == len(second) == 2 or (by == "-" and int(year) > _MONTH_DAYS)


def postcodes(folded: str) -> Iterator[Span]:
    """Whole postcodes, in capitals or not, with a space or without."""
    for found in _POSTCODE.finditer(folded):
        inner = found["inner"] or ""
        called = _POSTCODE_CUE.search(folded[max(0, found.start() - 16) : found.start()])
        if called or not (found["gap"] and _MEASURES.fullmatch(inner)):
            yield found.span()


def addresses(folded: str) -> Iterator[Span]:
    """A number, a name and a word for a road, in English or Welsh."""
    for found in _WELSH_STREET.finditer(folded):
        yield found.start(), found.start() + len(found[0].rstrip("."))
    yield from (found.span() for found in _WELSH_BEFORE.finditer(folded))
    yield from (found.span() for found in _STREET.finditer(folded))
    for found in _LOWER_STREET.finditer(folded):
        if not words.NO_STREETS & set(found["name"].lower().split()):
            clear = found["road"].lower() in _CLEAR_ROADS.lower().split("|")
            follows = _POSTCODE.match(folded[found.end() :].lstrip(" ,.\n"))
            if clear or follows or _HOUSE_CUE.search(folded[max(0, found.start() - 20) : found.start()]):
                yield found.span()


def wards(folded: str) -> Iterator[Span]:
    """A ward by its number, letter or name."""
    yield from (found.span() for found in _WARD.finditer(folded))
    for found in _WARD_NAME.finditer(folded):
        before, after = found.groups()
        if after:
            if after.lower().strip(".'") not in words.NO_WARDS:
                yield found.span()
        elif before.split()[-1].lower() not in words.NO_WARDS:
            first = before.split()[0]
            yield found.start() + (len(first) + 1 if first.lower() in words.NO_WARDS else 0), found.end()
