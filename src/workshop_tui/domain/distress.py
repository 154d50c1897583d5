"""Words at which somebody should read a text now: a nudge to a person, never a judgement and never a score.

The list stands here and nowhere else. It is compared in a folded copy, without accents, apostrophes and case, and only
as whole words; what is shown and kept is never the copy. It misses most of what people say: no list can know it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import msgspec

from workshop_tui.messages import tr

LANGUAGES: Final = tr("English and Welsh only")
"""The languages that the list covers; named wherever it shows."""

SAID: Final = tr("Some words ask to be read now. The list of them covers English and Welsh only, and it misses much.")

ENGLISH_WORDS: Final = (
    # Not wanting to live.
    "suicide", "suicidal", "kill myself", "killing myself", "killed myself", "end my life", "ending my life",
    "ended my life", "end it all", "take my own life", "taking my own life", "took my own life", "take my life",
    "want to die", "wants to die", "wanted to die", "wanting to die", "wish i was dead", "wish i were dead",
    "wished i was dead", "better off dead", "better off without me", "no reason to live", "nothing to live for",
    "dont want to live", "didnt want to live", "do not want to live", "dont want to be here", "dont want to be alive",
    "didnt want to be here anymore", "cant go on", "cannot go on", "overdose", "overdosed",
    # Harm to oneself.
    "self harm", "selfharm", "self harming", "self harmed", "hurt myself", "hurting myself", "harm myself",
    "harming myself", "cut myself", "cutting myself", "burn myself", "burning myself", "starve myself",
    # Harm by others, and fear of it.
    "abuse", "abused", "abusing", "abuser", "abusive", "rape", "raped", "molested", "assaulted", "groomed",
    "touched me", "touches me", "touching me", "forced me to", "forces me to", "made me have sex", "locked me in",
    "locks me in", "hit me", "hits me", "hitting me", "beat me", "beats me", "beating me", "punched me", "kicked me",
    "slapped me", "slaps me", "strangled", "choked me", "hurts me", "hurting me", "gets rough", "got rough with",
    "rough with me", "threatens me", "threatened me", "threatened to kill", "scared of him", "scared of her",
    "scared to go home", "afraid of him", "afraid to go home", "frightened to go home", "frightened of him",
    "not safe at home", "dont feel safe", "do not feel safe", "not safe here", "takes my money", "took my money",
    "takes my bank card", "took my bank card", "takes my card", "havent told anyone", "havent told anybody",
    "have not told anyone", "never told anyone", "dont tell anyone", "hit my child", "hits my child", "hurt my baby",
    "hurt my child", "shaken baby", "neglect", "neglected", "starved", "forced marriage", "honour based",
    "trafficked", "going to hurt", "going to kill",
)  # fmt: skip

WELSH_WORDS: Final = (
    "hunanladdiad", "lladd fy hun", "lladd fy hunan", "lladd ei hun", "diweddu fy mywyd", "rhoi diwedd ar fy mywyd",
    "cymryd fy mywyd", "eisiau marw", "isio marw", "am farw", "ddim eisiau byw", "ddim isio byw", "methu mynd ymlaen",
    "gorddos", "hunan niwed", "hunanniwed", "hunan niweidio", "niweidio fy hun", "brifo fy hun", "anafu fy hun",
    "torri fy hun", "cam drin", "camdrin", "cam drin fi", "ngham drin", "gam drin", "treisio", "treisiodd", "treisiwyd",
    "ymosod arna i", "ymosododd", "bwrw fi", "taro fi", "curo fi", "fy nharo", "fy nghuro", "fy mwrw", "fy mrifo",
    "brifo fi", "cyffwrdd ynof", "gyffwrdd ynof", "fy ngorfodi", "ofn mynd adref", "ofn mynd adre", "ofn fy ngwr",
    "ddim yn saff", "ddim yn ddiogel", "bygwth fi", "fy mygwth", "cymryd fy arian", "esgeulustod", "esgeuluso",
    "heb ddweud wrth neb", "paid a dweud wrth neb", "priodas dan orfod",
)  # fmt: skip

_WORDS: Final = re.compile(r"\w+")
_APOSTROPHES: Final = re.compile("['`\u2019\u2018\u02bc\u00b4]")


def _folded(said: str) -> str:
    """The words alone, apart by one space each and with one at either end."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", said).casefold())
    return f" {' '.join(_WORDS.findall(''.join(each for each in plain if not unicodedata.combining(each))))} "


_LIST: Final = re.compile(f" (?:{'|'.join(sorted({*ENGLISH_WORDS, *WELSH_WORDS}))})(?= )")


def asks_to_be_read_now(said: str) -> bool:
    """Whether any of the words is in a text."""
    return _LIST.search(_folded(said)) is not None


def body_asks(body: str) -> bool:
    """The same of the texts in a body as it is kept, canonical JSON of any kind; False for none."""
    if not body:
        return False
    try:
        return any(asks_to_be_read_now(said) for said in _texts(msgspec.json.decode(body)))
    except msgspec.DecodeError:
        # Of a kind that keeps its words otherwise.
        return asks_to_be_read_now(body)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
