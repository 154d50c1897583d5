"""What participants read is in plain English: short sentences, short words, and no names of rules.

The grade is that of Flesch and Kincaid (1975): 7 is what somebody of twelve or thirteen reads with ease.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from babel.messages.pofile import read_po
from msgspec import Struct

from workshop_tui.domain.activity import AnyKind, Poll
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Counted, Listed, Message

POT = Path(__file__).parents[2] / "src" / "workshop_tui" / "locales" / "workshop_tui.pot"

GRADE = 7.0
FEWEST = 5
"""Words below which a text is a label and no sentence."""

ON_PAGES = ("web/phone/", "web/templates/phone/", "web/screen/", "web/templates/screen/", "web/http/")
IN_ALL_PAGES = (
    "domain/consent.py", "domain/reach.py", "domain/roles.py", "domain/honesty.py", "domain/asking.py",
    "domain/deciding/phones.py", "drawing/forms.py", "drawing/controls.py", "drawing/sharing.py", "drawing/ordering.py",
    "drawing/words.py",
)  # fmt: skip
"""Modules whose sentences participants read, beside those of the kinds."""

ALLOWED = {
    # The law's own word for what this is not, or is.
    "This is early engagement, before any formal consultation.",
    # What those who take part in a panel are called in procurement.
    "How many evaluators gave each answer", "How many evaluators for each answer",
    # It stands in reports, beside the numbers, for whoever wants to know how words are chosen.
    "Beside a count of people, “a few” is under 20%, “some” under half, “most” over half and “nearly all” 80% or more.",
}  # fmt: skip

NAMES = re.compile(
    r"Borda|Copeland|Condorcet|Schulze|\bSTAR\b|\bSTV\b|transferable|instant run-off|majority judg|approval voting"
    r"|cumulative|sociocra|Kaner|fist to five|gradients of|Skowron|Peters|\bmedian\b|quota|Droop|Hare\b"
)
"""What those who know call a rule."""


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    letters = re.sub(r"^y", "", re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", letters))
    return max(1, len(re.findall(r"[aeiouy]{1,2}", letters)))


def grade(text: str) -> float:
    """The school year in which this is read with ease; what fills a place counts as one short word."""
    text = re.sub(r"\{\w+\}", "it", text)
    words = re.findall(r"[A-Za-z][A-Za-z\u2019'-]*", text)
    sentences = [each for each in re.split(r"[.!?:;…]+(?:\s|$)", text) if re.search(r"[A-Za-z]", each)]
    if len(words) < FEWEST:
        return 0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _messages_in(value: object) -> Iterator[Message]:
    """Every message in a block, or in anything made of them."""
    match value:
        case Message():
            yield value
            for _, place in value.places:
                yield from _messages_in(place)
        case Listed():
            yield from _messages_in(value.items)
        case Counted():
            yield value.of(2)
        case Struct():
            for field in msgspec.structs.fields(type(value)):
                yield from _messages_in(getattr(value, field.name))
        case tuple() | list():
            for each in value:
                yield from _messages_in(each)
        case dict():
            for each in value.values():
                yield from _messages_in(each)


def _configs(kind: AnyKind) -> Iterator[object]:
    """The config of the examples, and each that differs from it in one word a key can have and is sound."""
    config = kind.examples().config
    yield config
    for field in msgspec.structs.fields(type(config)):
        for word in getattr(field.type, "__args__", ()):
            if isinstance(word, str) and word:
                other = msgspec.structs.replace(config, **{field.name: word})
                if not kind.problem(other):
                    yield other


def _said_by(kind: AnyKind) -> set[str]:
    """What a kind says on phones and on the big screen, in English with its places open."""
    found: set[str] = set()
    for config in _configs(kind):
        shown: list[object] = [kind.title, kind.ask(config)]
        if isinstance(kind, Poll):
            answers = [kind.bare(kind.read(config, fields)) for fields in _readable(kind, config)]
            shown.append(kind.who_sees(config))
            profiles = ({}, dict.fromkeys(answers[:1], 1), {each: n + 7 for n, each in enumerate(answers)})
            shown += [kind.show(config, kind.tally(config, profile)) for profile in profiles]
        for message in _messages_in(shown):
            found.update(filter(None, (message.text, message.plural)))
    return found


def _readable(kind: AnyKind, config: object) -> list[dict[str, list[str]]]:
    from workshop_tui.errors import BallotRejected

    fits = []
    for fields in kind.examples().answers:
        try:
            kind.read(config, fields)
        except BallotRejected:
            continue
        fits.append(fields)
    return fits


def _on_pages() -> list[str]:
    """What stands on phones and on the big screen beside the kinds, in English."""
    with POT.open("rb") as file:
        catalogue = read_po(file)
    found = []
    for message in catalogue:
        places = [place.removeprefix("src/workshop_tui/") for place, _ in message.locations]
        if message.id and any(place.startswith(ON_PAGES) or place in IN_ALL_PAGES for place in places):
            found += [message.id] if isinstance(message.id, str) else list(message.id)
    return found


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_speaks_in_plain_words_and_names_no_rule_where_a_room_reads(name: str) -> None:
    said = _said_by(KINDS[name])

    assert said
    assert {text: round(grade(text), 1) for text in said if grade(text) > GRADE and text not in ALLOWED} == {}
    assert [text for text in said if NAMES.search(text)] == []


def test_pages_of_participants_speak_in_plain_words_and_name_no_rule() -> None:
    said = _on_pages()

    assert len(said) > 200
    assert {text: round(grade(text), 1) for text in said if grade(text) > GRADE and text not in ALLOWED} == {}
    assert [text for text in said if NAMES.search(text)] == []


def test_the_grade_tells_plain_from_learned() -> None:
    assert grade("Place your three dots. Then press Send.") < 3
    assert grade("What are the participants' preponderant considerations regarding reorganisation?") > 15


def test_a_rule_that_has_a_name_is_called_by_it_behind_the_result() -> None:
    named = {"rank": "Borda", "pairs": "Copeland", "score": "STAR", "approval": "approval voting", "consensus": "fist"}
    for name, word in named.items():
        kind = KINDS[name]
        assert isinstance(kind, Poll)
        config = kind.examples().config
        answers = [kind.bare(kind.read(config, fields)) for fields in kind.examples().answers]
        behind = kind.details(config, dict.fromkeys(answers, 3))
        assert word in " ".join(ENGLISH.text(message) for message in _messages_in(behind)), name
