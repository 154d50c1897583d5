"""What a person decided about the candidates in a text, and the text as it is shown then. Pure.

The text itself is never changed: it stays as its owner wrote it, and the decisions beside it hold places in it. Shown
is the text with what was accepted or edited put in, and only when no candidate is left open.

What somebody sends may have several texts (the parts of a story), and may be shown in other words: `Redaction.place`
says to which of them a decision belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

from workshop_tui.domain.identifiers import Candidate, Sort, find

Decision = Literal["accepted", "edited", "dismissed"]
"""A token stands in its place; other words do; or it may be read as it is."""

TOKENS: Final[dict[Sort, str]] = {
    "nhs_number": "[NHS NUMBER]",
    "chi_number": "[CHI NUMBER]",
    "email": "[EMAIL]",
    "phone": "[PHONE]",
    "bank_details": "[BANK DETAILS]",
    "date_of_birth": "[DATE]",
    "postcode": "[POSTCODE]",
    "ni_number": "[NI NUMBER]",
    "hospital_number": "[HOSPITAL NUMBER]",
    "street_address": "[ADDRESS]",
    "ward_reference": "[PLACE]",
    "staff_name": "[NAME]",
    "person_name": "[NAME]",
}
"""What is read instead of a candidate that was accepted: in capitals and brackets, in every language the same."""

OTHER: Final = "*"
"""The place of the words in which a text is shown instead of its own."""


class Redaction(Struct, frozen=True, order=True):
    """One decision, about one piece of one text."""

    place: str
    """Which of the texts: the way to it in what was sent ("parts.0.1"); empty for an answer or a note; `OTHER`."""
    start: int
    """Where the piece begins, in code points of the text as it was written."""
    end: int
    """Where it is over."""
    sort: Sort
    decision: Decision
    replacement: str = ""
    """What is read instead; empty for a candidate that was dismissed."""
    by: str = ""
    """The desk that decided."""
    at: int = 0
    """When, UTC milliseconds."""

    @property
    def piece(self) -> tuple[str, int, int]:
        """What it is about."""
        return self.place, self.start, self.end


def open_in(text: str, decisions: Iterable[Redaction]) -> tuple[Candidate, ...]:
    """The candidates of a text that nobody has decided yet.

    One is decided where its whole place is: rules that find more in a later version ask again.

    Args:
        text: The text.
        decisions: Those that belong to it, of its own place only.
    """
    found = find(text)
    made = sorted(decisions) if found else []
    return tuple(each for each in found if not _is_covered(each, made))


def _is_covered(candidate: Candidate, decisions: Sequence[Redaction]) -> bool:
    at = candidate.start
    for each in decisions:
        if each.start <= at < each.end:
            at = each.end
    return at >= candidate.end


def without(decisions: Iterable[Redaction], place: str, start: int, end: int) -> tuple[Redaction, ...]:
    """The decisions that are about no character from there to there."""
    return tuple(each for each in decisions if each.place != place or each.end <= start or end <= each.start)


def with_decision(decisions: Iterable[Redaction], made: Redaction) -> tuple[Redaction, ...]:
    """The decisions with one more: it takes the place of those about any of the same characters."""
    return tuple(sorted((*without(decisions, made.place, made.start, made.end), made)))


def redacted(text: str, decisions: Iterable[Redaction]) -> str:
    """The text as it is read: what was accepted or edited is put in, every other character stays.

    Args:
        text: The text that the decisions belong to.
        decisions: Those of its own place; no two about the same character.
    """
    parts, at = [], 0
    for each in sorted(decisions):
        if each.decision != "dismissed":
            parts += [text[at : each.start], each.replacement]
            at = each.end
    return "".join([*parts, text[at:]])


# What was sent, as plain values: its texts, wherever they are. ------------------------------------------------


def texts_in(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value of lists, mappings and text, with the way to it; keys and codes are texts like any."""
    match value:
        case str():
            yield place, value
        case dict():
            for key, each in value.items():
                yield from texts_in(each, f"{place}.{key}" if place else str(key))
        case list() | tuple():
            for number, each in enumerate(value):
                yield from texts_in(each, f"{place}.{number}" if place else str(number))
        case _:
            return


def with_texts(value: Any, how: Callable[[str, str], str], place: str = "") -> Any:
    """The same value with other texts.

    Args:
        value: As in `texts_in`.
        how: The new text, from the way to the old one and the old one.
        place: The way to the value.
    """
    match value:
        case str():
            return how(place, value)
        case dict():
            return {key: with_texts(each, how, f"{place}.{key}" if place else str(key)) for key, each in value.items()}
        case list() | tuple():
            return [
                with_texts(each, how, f"{place}.{number}" if place else str(number))
                for number, each in enumerate(value)
            ]
        case _:
            return value
