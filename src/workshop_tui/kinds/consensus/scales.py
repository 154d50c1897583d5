"""The scales on which people say how far they can go along: fist to five, gradients of agreement, consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Choice, Words
from workshop_tui.messages import Message, tr, trn

ScaleName = Literal["fist_to_five", "gradients", "consent"]


class ConsensusScale(Struct, frozen=True):
    """One way of asking how far people can go along."""

    steps: tuple[Choice, ...]
    """In the order in which they are shown."""
    accept: tuple[str, ...]
    """The steps of those who can live with it."""
    objects: tuple[str, ...]
    """The steps that need a reason."""
    objections: Callable[[int, Message, Words], Message]
    """Says how many are at these steps: the number, the same as a share of all, what it is about ("" for all)."""
    why: Message
    """What stands over the box for a reason."""
    best_first: bool
    """Whether the first step is the one most in favour."""
    rule: Message
    """How it is read, with where it comes from."""


def _low_fingers(people: int, share: Message, about: Words) -> Message:
    if not people:
        return (
            tr("Nobody shows 0, 1 or 2 for “{option}”.", option=about)
            if about
            else tr("Nobody shows 0, 1 or 2 for this.")
        )
    if not about:
        return trn("{share} shows 0, 1 or 2 for this.", "{share} show 0, 1 or 2 for this.", people, share=share)
    return trn(
        "{share} shows 0, 1 or 2 for “{option}”.",
        "{share} show 0, 1 or 2 for “{option}”.",
        people,
        share=share,
        option=about,
    )


def _disagreement(people: int, share: Message, about: Words) -> Message:
    if not people:
        return (
            tr("Nobody disagrees or says no to “{option}”.", option=about)
            if about
            else tr("Nobody disagrees or says no to this.")
        )
    if not about:
        return trn("{share} disagrees or says no to this.", "{share} disagree or say no to this.", people, share=share)
    return trn(
        "{share} disagrees or says no to “{option}”.",
        "{share} disagree or say no to “{option}”.",
        people,
        share=share,
        option=about,
    )


def _objections(people: int, share: Message, about: Words) -> Message:
    if not people:
        return tr("Nobody objects to “{option}”.", option=about) if about else tr("Nobody objects to this.")
    if not about:
        return trn("{share} objects to this.", "{share} object to this.", people, share=share)
    return trn("{share} objects to “{option}”.", "{share} object to “{option}”.", people, share=share, option=about)


SCALES: Final[Mapping[ScaleName, ConsensusScale]] = {
    "fist_to_five": ConsensusScale(
        steps=(
            Choice("0", tr("0 Fist: this must not happen")),
            Choice("1", tr("1 I have big worries")),
            Choice("2", tr("2 I have worries to talk about first")),
            Choice("3", tr("3 I can live with it")),
            Choice("4", tr("4 I like it")),
            Choice("5", tr("5 I will help to make it happen")),
        ),
        accept=("3", "4", "5"),
        objects=("0", "1", "2"),
        objections=_low_fingers,
        why=tr("Why? For 0, 1 or 2 please say."),
        best_first=False,
        rule=tr("Who shows 0, 1 or 2 is asked why, and each reason gets an answer. No average is made (fist to five)."),
    ),
    # S. Kaner, Facilitator's Guide to Participatory Decision-Making (1996): eight gradients of agreement.
    "gradients": ConsensusScale(
        steps=(
            Choice("endorse", tr("I am fully for it")),
            Choice("minor", tr("I am for it, with one small point")),
            Choice("reservations", tr("I support it, with doubts")),
            Choice("abstain", tr("I have no opinion")),
            Choice("discuss", tr("We need to talk more")),
            Choice("dislike", tr("I do not like it, but I will support it")),
            Choice("serious", tr("I seriously disagree")),
            Choice("veto", tr("I say no: a veto")),
        ),
        accept=("endorse", "minor", "reservations", "dislike"),
        objects=("serious", "veto"),
        objections=_disagreement,
        why=tr("Why? If you disagree or say no, please say."),
        best_first=True,
        rule=tr(
            "Who seriously disagrees or says no is asked why, and each reason gets an answer. "
            "No average is made (gradients of agreement, after S. Kaner)."
        ),
    ),
    # G. Endenburg, Sociocracy (1981): consent is the absence of a reasoned, paramount objection, not a majority.
    "consent": ConsensusScale(
        steps=(
            Choice("consent", tr("I agree that we do this")),
            Choice("concern", tr("I agree, and I have a worry")),
            Choice("object", tr("I object")),
        ),
        accept=("consent", "concern"),
        objects=("object",),
        objections=_objections,
        why=tr("Why? If you object, please say."),
        best_first=True,
        rule=tr(
            "Consent is not a majority: an objection is heard and the proposal worked on until nobody has "
            "a reason left against trying it (sociocracy)."
        ),
    ),
}
"""The scales by the names that agendas use."""
