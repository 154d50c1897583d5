"""The scales on which people say how far they can go along: fist to five, gradients of agreement, consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Choice, Words
from workshop_tui.messages import Counted, Message, counted, tr

ScaleName = Literal["fist_to_five", "gradients", "consent"]


class Objections(Struct, frozen=True):
    """What is said of how many are at the steps of those who object."""

    none: Message
    """That nobody is."""
    none_of: Callable[[Words], Message]
    """The same where one of several options was asked about."""
    some: Counted
    """How many are: {share} is their number as a share of all."""
    some_of: Counted
    """The same of an {option}."""

    def said(self, people: int, share: Message, about: Words) -> Message:
        """How many are at these steps.

        Args:
            people: Their number.
            share: The same as a share of all.
            about: The words of the option; empty for the question itself.
        """
        if not people:
            return self.none_of(about) if about else self.none
        return self.some_of.of(people, share=share, option=about) if about else self.some.of(people, share=share)


class ConsensusScale(Struct, frozen=True):
    """One way of asking how far people can go along."""

    steps: tuple[Choice, ...]
    """In the order in which they are shown."""
    accept: tuple[str, ...]
    """The steps of those who can live with it."""
    objects: tuple[str, ...]
    """The steps of those who object. They are asked why, and need not type it."""
    objections: Objections
    why: Message
    """What stands over the box for a reason."""
    best_first: bool
    """Whether the first step is the one most in favour."""
    name: Message
    """How it is called by those who made it: behind the result, where a room need not know it."""
    rule: Message
    """How it is read, with where it comes from."""


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
        objections=Objections(
            none=tr("Nobody shows 0, 1 or 2 for this."),
            none_of=lambda option: tr("Nobody shows 0, 1 or 2 for “{option}”.", option=option),
            some=counted("{share} shows 0, 1 or 2 for this.", "{share} show 0, 1 or 2 for this."),
            some_of=counted("{share} shows 0, 1 or 2 for “{option}”.", "{share} show 0, 1 or 2 for “{option}”."),
        ),
        why=tr("Why? For 0, 1 or 2 write it here or say it aloud."),
        best_first=False,
        name=tr("This scale is called “fist to five”."),
        rule=tr("Who shows 0, 1 or 2 is asked why, and each reason gets an answer. No average is made."),
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
        objections=Objections(
            none=tr("Nobody disagrees or says no to this."),
            none_of=lambda option: tr("Nobody disagrees or says no to “{option}”.", option=option),
            some=counted("{share} disagrees or says no to this.", "{share} disagree or say no to this."),
            some_of=counted("{share} disagrees or says no to “{option}”.", "{share} disagree or say no to “{option}”."),
        ),
        why=tr("Why? If you disagree or say no, write it here or say it aloud."),
        best_first=True,
        name=tr("This scale is called “gradients of agreement” (S. Kaner, 1996)."),
        rule=tr("Who seriously disagrees or says no is asked why, and each reason gets an answer. No average is made."),
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
        objections=Objections(
            none=tr("Nobody objects to this."),
            none_of=lambda option: tr("Nobody objects to “{option}”.", option=option),
            some=counted("{share} objects to this.", "{share} object to this."),
            some_of=counted("{share} objects to “{option}”.", "{share} object to “{option}”."),
        ),
        why=tr("Why? If you object, write it here or say it aloud."),
        best_first=True,
        name=tr("This way of deciding is called consent; it comes from sociocracy (G. Endenburg, 1981)."),
        rule=tr(
            "This does not go by what the most people want. Each objection is heard. The proposal is worked "
            "on until nobody has a reason left against trying it."
        ),
    ),
}
"""The scales by the names that agendas use."""
