"""What a person decided about the candidates in a text, and the text as it is shown then. Pure.

The text itself is never changed: it stays as its owner wrote it, and the decisions beside it hold places in it. Shown
is the text with what was accepted or edited put in, and only when no candidate is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

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


class Redaction(Struct, frozen=True, order=True):
    """One decision, about one piece of one text."""

    start: int
    """Where the piece begins, in code points of the text as it was written."""
    end: int
    """Where it is over."""
    sort: Sort
    decision: Decision
    replacement: str = ""
    """What is read instead; empty for a candidate that was dismissed."""


def decided(candidate: Candidate, decision: Decision, words: str = "") -> Redaction:
    """The decision about a candidate.

    Args:
        candidate: What was found.
        decision: What is to become of it.
        words: What is read instead, for one that is edited.
    """
    replacement = {"accepted": TOKENS[candidate.sort], "edited": words, "dismissed": ""}[decision]
    return Redaction(candidate.start, candidate.end, candidate.sort, decision, replacement)


def open_in(text: str, decisions: Iterable[Redaction]) -> tuple[Candidate, ...]:
    """The candidates of a text that nobody has decided yet.

    One is decided where its whole place is: rules that find more in a later version ask again.
    """
    made = sorted(decisions)
    return tuple(each for each in find(text) if not _is_covered(each, made))


def _is_covered(candidate: Candidate, decisions: Sequence[Redaction]) -> bool:
    at = candidate.start
    for each in decisions:
        if each.start <= at < each.end:
            at = each.end
    return at >= candidate.end


def with_decision(decisions: Iterable[Redaction], made: Redaction) -> tuple[Redaction, ...]:
    """The decisions with one more: it takes the place of those about any of the same characters."""
    return tuple(sorted((*(each for each in decisions if each.end <= made.start or made.end <= each.start), made)))


def redacted(text: str, decisions: Iterable[Redaction]) -> str:
    """The text as it is read: what was accepted or edited is put in, every other character stays.

    Args:
        text: The text that the decisions belong to.
        decisions: No two about the same character.
    """
    parts, at = [], 0
    for each in sorted(decisions):
        if each.decision != "dismissed":
            parts += [text[at : each.start], each.replacement]
            at = each.end
    return "".join([*parts, text[at:]])
