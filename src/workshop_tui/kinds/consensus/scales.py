"""The scales on which people say how far they can go along: fist to five, gradients of agreement, consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Option

ScaleName = Literal["fist_to_five", "gradients", "consent"]


class ConsensusScale(Struct, frozen=True):
    """One way of asking how far people can go along."""

    steps: tuple[Option, ...]
    """In the order in which they are shown."""
    accept: tuple[str, ...]
    """The steps of those who can live with it."""
    objects: tuple[str, ...]
    """The steps that need a reason."""
    against: tuple[str, str]
    """What is said of one person at these steps, and of several; what it is about follows."""
    why: str
    """What stands over the box for a reason."""
    best_first: bool
    """Whether the first step is the one most in favour."""
    rule: str
    """How it is read, with where it comes from."""


SCALES: Final[Mapping[ScaleName, ConsensusScale]] = {
    "fist_to_five": ConsensusScale(
        steps=(
            Option("0", "0 Fist: this must not happen"),
            Option("1", "1 I have big worries"),
            Option("2", "2 I have worries to talk about first"),
            Option("3", "3 I can live with it"),
            Option("4", "4 I like it"),
            Option("5", "5 I will help to make it happen"),
        ),
        accept=("3", "4", "5"),
        objects=("0", "1", "2"),
        against=("shows 0, 1 or 2 for", "show 0, 1 or 2 for"),
        why="Why? For 0, 1 or 2 please say.",
        best_first=False,
        rule="No fist unanswered: who shows 0, 1 or 2 is asked why, and each reason gets an answer. "
        "No average is made (fist to five).",
    ),
    # S. Kaner, Facilitator's Guide to Participatory Decision-Making (1996): eight gradients of agreement.
    "gradients": ConsensusScale(
        steps=(
            Option("endorse", "I am fully for it"),
            Option("minor", "I am for it, with one small point"),
            Option("reservations", "I support it, with doubts"),
            Option("abstain", "I have no opinion"),
            Option("discuss", "We need to talk more"),
            Option("dislike", "I do not like it, but I will support it"),
            Option("serious", "I seriously disagree"),
            Option("veto", "I say no: a veto"),
        ),
        accept=("endorse", "minor", "reservations", "dislike"),
        objects=("serious", "veto"),
        against=("disagrees or says no to", "disagree or say no to"),
        why="Why? If you disagree or say no, please say.",
        best_first=True,
        rule="Who seriously disagrees or says no is asked why, and each reason gets an answer. "
        "No average is made (gradients of agreement, after S. Kaner).",
    ),
    # G. Endenburg, Sociocracy (1981): consent is the absence of a reasoned, paramount objection, not a majority.
    "consent": ConsensusScale(
        steps=(
            Option("consent", "I agree that we do this"),
            Option("concern", "I agree, and I have a worry"),
            Option("object", "I object"),
        ),
        accept=("consent", "concern"),
        objects=("object",),
        against=("objects to", "object to"),
        why="Why? If you object, please say.",
        best_first=True,
        rule="Consent is not a majority: an objection is heard and the proposal worked on until nobody has "
        "a reason left against trying it (sociocracy).",
    ),
}
"""The scales by the names that agendas use."""
