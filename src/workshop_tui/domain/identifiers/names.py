"""Names, where the words before or behind them say that they are one. Pure.

There is no list of names, and nothing here knows one by its look: a title, a cue ("my name is"), what somebody is to
the teller ("my neighbour Irene"), or whose something is ("Amelia's NHS number"). A name without any of them is missed.
"""

# ruff: noqa: E501, RUF001 -- cues in several languages are read as lines

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from workshop_tui.domain.identifiers import words
from workshop_tui.domain.identifiers.numbers import Span

_WORDS: Final = 3
"""Most words of a name, particles aside."""

_LONGEST: Final = 40
"""Most characters of one word of a name."""

_STAFF = re.compile(
    r"(?<![^\W_])(?:(?:drs?|doctors?|prof(?:essor)?|athro)\b\.?"
    r"|(?:(?:staff|charge|student|senior|specialist|district|practice) )?nurse|nyrs|sister|matron|metron|midwife|bydwraig"
    r"|health visitor|ymwelydd iechyd|social worker|gweithiwr cymdeithasol|consultant|registrar|paramedic|surgeon|physio"
    r"|physiotherapist|pharmacist|counsellor|psychiatrist|psychologist) ",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:^|\b(?:the|an?|my|your|our|his|her|their|this|that|another|each|any|no|one|which|every|to|of) )$|[^ ]$",
    re.IGNORECASE,
)
_AND = re.compile(r" (?:and|a|&) ", re.IGNORECASE)
_OWN = re.compile(r"\b(?:my|our|her|his|their|your|fy)(?: \w{2,8}){0,2} $", re.IGNORECASE)
_TITLE = re.compile(
    r"(?<![^\W_])(?:(?P<low>mr|mrs|mx|mister|mistar)|(?P<high>Ms|Miss|Master|Sir|Lady|Lord|Rev|Revd|Reverend|Parch"
    r"|Councillor|Cllr|Father|Imam|Rabbi|Bonwr|Fonesig))\b\.? "
    r"(?:(?:and|a|&) (?:Mrs|Mr|Ms|Miss|Mx)\b\.? )?",
    re.IGNORECASE,
)
# Cue phrases before a name; the languages are those that the sample stories are in, and a few that rooms often ask for.
_CUES: Final = (
    r"(?:my|his|her|their|whose|our \w{2,12}'s|\w{2,12}'s|the \w{2,12}'s)(?: (?:full|real|first|last|middle|maiden|"
    r"married|birth|given|sur))? ?(?:sur|fore|nick)?name(?: is|'s| was| used to be|:)",
    r"\b(?:full |first |last |patient |child's |sur|fore)?name(?:(?=[ ]?[:-])| is)",
    r"(?:(?:i'm|i am|im|he's|he is|she's|she is|he was|she was|they're|they are)(?: \w{2,10})?|\b(?:an?|the|our|my|one|this)"
    r" (?!{THINGS})\w{2,16}(?: \w{2,16})?) (?:called|known as|named)",
    r"\b(?:people|everyone|everybody|friends|they|we|to|please|just|you can) call(?:ed|s)? (?:me|him|her|them)|^call me",
    r"\b(?:signed(?: by)?|kind regards|yours sincerely),?:?",
    r"\b(?:hi|hello|hiya|hey|helo|shwmae)[,.!]? (?:(?:it's|this is|i'm|i am|im) )?(?:i'm|i am|im|this is|it's)",
    r"\bh?enw(?: i| ef| o| hi| nhw| fy \w{2,12}| ei \w{2,12}| y \w{2,12})?,? (?:i )?(?:yw|ydy|ydi|oedd)",
    r"\b(?:o'r enw|enw ?[:=]|o enw)",
    r"\b(?:nazywam się|mam na imię|ma na imię|imię:)",
    r"\bme llamo|\bmi nombre es|\bje m'appelle|\bmon nom est|\bmeu nome é|\bme chamo|\bmă numesc|\bnumele meu este",
    r"\bich heiße|\bmein name ist|\bmi chiamo|\bil mio nome è|\bbenim adım|\badım|\bmagacaygu waa",
    r"мене звати|моє ім'я|меня зовут|моё имя",
)
_CUE = re.compile(rf"(?<![^\W_])(?:{'|'.join(_CUES).replace('{THINGS}', words.THINGS)})[ :,-]{{1,3}}", re.IGNORECASE)
_SURE_CUE = re.compile(r"(?:name|enw)\W", re.IGNORECASE)
_NEEDS_CAPITAL = re.compile(r"call|known|named|sign|regards|sincerely", re.IGNORECASE)
# Scripts without capitals: the name is what stands behind the cue, and in most of them before the verb.
_OTHER_SCRIPTS = re.compile(
    r"(?:میرا نام|میری بیٹی کا نام|میرے بیٹے کا نام|اسمي هو|اسمي|إسمي|نام من|اسم من|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|मेरा नाम|আমার নাম|મારું નામ|என் பெயர்)[ :]{1,2}"
)
_SIGNS = re.compile(r"(?:我叫|我的名字是|我的名字叫|私の名前は)([^\W\d_]{1,4})(?=[\W]|$)")

_RELATED = re.compile(
    rf"(?<![^\W_])(?:my|our|her|his|their|your)(?: (?:late|little|big|older|younger|elder|eldest|youngest|dear|best|old"
    rf"|lovely|next-door|next door|poor|own|ex|only|middle|twin|other|former|new))? (?:{words.RELATION}),? \(?",
    re.IGNORECASE,
)
_WELSH_RELATED = re.compile(
    r"(?<![^\W_])fy (?:mam|nhad|mab|merch|ng[wŵ]r|ngwraig|mrawd|chwaer|ffrind|nghymydog|mhartner|nain|nhaid|mam-gu"
    r"|nhad-cu|modryb|ewythr|[wŵ]yr|wyres),? ",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"'s? (?:(?:nhs|chi|hospital (?:number|no)|passport|phone|mobile|date of birth|dob|d\.o\.b|birthday|(?:home )?address"
    rf"|post ?code|e-?mail|national insurance|ni number|bank (?:card|account|details)|medical (?:notes|records?)|notes)\b"
    rf"|(?:{words.RELATION})(?![^\W_]))",
    re.IGNORECASE,
)


def staff(folded: str) -> Iterator[Span]:
    """A title that staff have, and a name."""
    for found in _STAFF.finditer(folded):
        title = found[0].strip(" .")
        # "My sister Anna" is family: `_RELATED` finds her.
        if title.lower() == "sister" and _OWN.search(folded[max(0, found.start() - 24) : found.start()]):
            continue
        low = title in ("dr", "prof") and (
            _is_before_a_verb(folded, found.end())
            or not _ARTICLE.search(folded[max(0, found.start() - 12) : found.start()])
        )
        short_forms = title[0].isupper()
        if (end := _name_end(folded, found.end(), low=low, short_forms=short_forms)) is not None:
            further = _AND.match(folded, end) if title.lower() in ("drs", "doctors") else None
            yield found.start(), (_name_end(folded, further.end()) if further else None) or end


def persons(folded: str) -> Iterator[Span]:
    """A title or a cue, and a name; whose something is; what somebody is to the teller."""
    for found in _TITLE.finditer(folded):
        high = found["high"]
        # "I miss Nan" and "MS nurses": these two are titles only when they are written as one.
        if high and (not high[0].isupper() or high == "MS"):
            continue
        # "The mrs drove me": whoever it is stays unnamed.
        before = folded[max(0, found.start() - 12) : found.start()]
        if not high and found["low"][0].islower() and before and _ARTICLE.search(before) and before[-1] == " ":
            continue
        if (end := _name_end(folded, found.end(), low=high is None)) is not None:
            yield found.start(), end
    for found in _CUE.finditer(folded):
        low = _SURE_CUE.search(found[0]) is not None and _NEEDS_CAPITAL.search(found[0]) is None
        if (end := _name_end(folded, found.end(), low=low)) is not None:
            yield found.end(), end
    yield from _in_other_scripts(folded)
    for found in (*_RELATED.finditer(folded), *_WELSH_RELATED.finditer(folded)):
        if (end := _name_end(folded, found.end(), short_forms=False)) is not None:
            yield found.end(), end
    yield from _owners(folded)
    yield from _before_cues(folded)


def _in_other_scripts(folded: str) -> Iterator[Span]:
    for found in _OTHER_SCRIPTS.finditer(folded):
        end = found.end()
        for _ in range(_WORDS):
            word = _word(folded, end + (folded[end : end + 1] == " "))
            if not word or word in words.VERBS:
                break
            end += (folded[end : end + 1] == " ") + len(word)
        if end > found.end():
            yield found.end(), end
    yield from (found.span(1) for found in _SIGNS.finditer(folded))


def _owners(folded: str) -> Iterator[Span]:
    for found in _OWNED.finditer(folded):
        if (start := _name_start(folded, found.start())) is not None:
            yield start, found.start()


_BEHIND = re.compile(
    r" (?:yw|ydy|ydi|oedd) (?:fy|ei|eu|ein) (?:h?enw|henw)\b| (?:is|was) (?:my|his|her|our \w{2,12}'s) name\b"
)


def _before_cues(folded: str) -> Iterator[Span]:
    """As in "Carys yw fy enw i": the name stands first."""
    for found in _BEHIND.finditer(folded):
        if (start := _name_start(folded, found.start())) is not None:
            yield start, found.start()


def _name_start(folded: str, end: int) -> int | None:
    """Where the name begins that is over there; None where what stands before is no name."""
    start, at = None, end
    for _ in range(_WORDS):
        begin = at
        while begin > 0 and at - begin < _LONGEST and (_is_letter(folded[begin - 1]) or folded[begin - 1] in "'-"):
            begin -= 1
        word = folded[begin:at].lstrip("'-")
        if not word or not _is_name(word) or word.lower() in words.NO_NAMES or word.lower() in words.NOT_OWNERS:
            break
        start = at - len(word)
        at = start - 1
        if folded[at : at + 1] != " ":
            break
    return start


def _name_end(folded: str, at: int, *, low: bool = False, short_forms: bool = True) -> int | None:
    """Where the name that begins there is over; None where what stands there is no name.

    Args:
        folded: The text.
        at: Where it would begin.
        low: Whether its first word may be written without a capital.
        short_forms: Whether it may be all in capitals; after "my nurse" that is a short form ("ANP") and no name.
    """
    end, many, place = None, 0, at
    while many < _WORDS:
        word = _word(folded, place)
        if not word:
            break
        after = place + len(word)
        if (further := _after_particles(folded, place)) is not None:
            place = further
            word = _word(folded, place)
            after = place + len(word)
        is_named = _is_name(word) or (low and many == 0 and len(word) > 1 and _is_cased(word))
        is_named = is_named and (short_forms or len(word) == 1 or not word.isupper() or len(word) > 5)
        initial = len(word) == 1 and word.isupper() and _is_initial(folded, after)
        if not initial and (not is_named or _is_no_name(word) or _is_no_name(word.removesuffix("'s"))):
            break
        end, many = place + len(word.removesuffix("'s")), many + 1
        if word.endswith("'s"):
            break
        if initial and folded[after : after + 1] == ".":
            end, after = after + 1, after + 1
        if folded[after : after + 1] != " " and not (initial and _word(folded, after)):
            break
        place = after + (folded[after : after + 1] == " ")
    return end


def _is_no_name(word: str) -> bool:
    return word.lower() in words.NO_NAMES and word not in words.ALSO_NAMES


def _is_initial(folded: str, after: int) -> bool:
    """Whether a letter that is over there stands for a name: "A. Smith", "A Smith"."""
    if folded[after : after + 1] == ".":
        return True
    follows = _word(folded, after + 1) if folded[after : after + 1] == " " else ""
    return bool(follows) and _is_name(follows) and follows.lower() not in words.NO_NAMES


def _after_particles(folded: str, at: int) -> int | None:
    """Where the name goes on behind "van der", "ap" or "St."; None where none of these stands there."""
    place = at
    for _ in range(_WORDS):
        word = _word(folded, place)
        if word.lower() not in words.PARTICLES:
            break
        place += len(word)
        place += folded[place : place + 1] == "."
        if folded[place : place + 1] != " ":
            return None
        place += 1
    follows = _word(folded, place)
    return place if place > at and follows and _is_name(follows) and follows.lower() not in words.NO_NAMES else None


def _word(folded: str, at: int) -> str:
    """The letters from there on, with apostrophes and hyphens between them."""
    end = at
    while end < len(folded) and end - at < _LONGEST:
        if _is_letter(folded[end]):
            end += 1
        elif folded[end] in "'-" and end > at and end + 1 < len(folded) and _is_letter(folded[end + 1]):
            end += 2
        else:
            break
    return folded[at:end]


@cache
def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()


def _is_name(word: str) -> bool:
    """Whether a word is written as a name is: with a capital, or in a script that has none."""
    if word[0].islower():
        # "d'Arcy", "o'Dwyer", "al-Amin"
        return any(before in "'-" and letter.isupper() for before, letter in pairwise(word))
    return word[0].isupper() or not _is_cased(word)


def _is_before_a_verb(folded: str, at: int) -> bool:
    """Whether a word in small letters is followed by what people do: "dr patel said"."""
    word = _word(folded, at)
    follows = _word(folded, at + len(word) + 1)
    return bool(word) and follows.lower() in words.SPOKE


def first_of(spans: Iterable[Span]) -> list[Span]:
    """Those of one kind, earliest first, the longest first where they begin together."""
    return sorted(set(spans), key=lambda span: (span[0], -span[1]))
