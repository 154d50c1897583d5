"""Whether what a note rests on is there: asked by pages of a running room and by what is written of a session. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping

from msgspec import Struct

from workshop_tui.domain.points import Standing, Tie
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import RoundStatus
from workshop_tui.domain.texts import Dealt, Sort, question_of


class Known(Struct, frozen=True, kw_only=True):
    """What is there in a session, as far as a note can rest on it."""

    rounds: Mapping[str, RoundStatus]
    contributions: Mapping[str, ContributionRow]
    """With what is to be withheld marked so."""
    reasons: Container[str]
    """Their keys."""
    answers: Container[str]
    """The keys of questions of which it is noted what became of them."""
    notes: Container[str]
    """The keys of notes that were not taken back."""
    received: Container[str]
    """The ids of points that were handed to the session."""
    dealt: Dealt


def standing_of(tie: Tie, known: Known) -> Standing:
    """Whether what a note rests on is there."""
    match tie.kind:
        case "result":
            return "there" if known.rounds.get(tie.ref) == "sealed" else "missing"
        case "contribution":
            row = known.contributions.get(tie.ref)
            if row is None:
                return "missing"
            if row.gone:
                return "taken_back" if row.gone == "withdrawn" else "day_over"
            return "held" if row.moderation == "on_hold" or row.withheld else "there"
        case "reason":
            # A reason has no row that says so: it is its owner who took it away, or gave another one.
            return _held(tie.ref, "reason", known) if tie.ref in known.reasons else "taken_back"
        case "answer":
            question = known.contributions.get(question_of(tie.ref))
            if question is not None and question.gone == "withdrawn":
                return "taken_back"
            return _held(tie.ref, "answer", known) if question_of(tie.ref) in known.answers else "missing"
        case "note":
            return _held(tie.ref, "note", known) if tie.ref in known.notes else "missing"
        case "received":
            return "there" if tie.ref in known.received else "missing"


def _held(key: str, sort: Sort, known: Known) -> Standing:
    return "held" if known.dealt.handling(key, sort) == "on_hold" else "there"
