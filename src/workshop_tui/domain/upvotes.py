"""How questions from the room stand: the order in which they are read, and what became of each, in words."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.blocks import Words
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.messages import Message, Text, tr, trn

Parts = Sequence[tuple[Words, str]]


def place(votes: int, answer: AnswerRow | None, parts: Parts) -> tuple[bool, int, list[str], list[str]]:
    """What questions are sorted by: open ones first, then by votes, then by the alphabet.

    The order in which they came is not in it: it could tell whose they are.

    Args:
        votes: How many want to know.
        answer: What became of it; None for an open question.
        parts: The question as its kind quotes it.
    """
    words = [said for _, said in parts]
    return (answer is not None, -votes, [said.casefold() for said in words], words)


def answer_words(answer: AnswerRow | None) -> Text:
    """What became of a question, as everybody reads it: "Answered: By bus." or "Taken away by the chair"."""
    if answer is None:
        return ""
    if answer.owner and answer.words:
        return tr("Taken away by {owner}: {words}", owner=answer.owner, words=answer.words)
    if answer.owner:
        return tr("Taken away by {owner}", owner=answer.owner)
    return tr("Answered: {words}", words=answer.words) if answer.words else tr("Answered")


def votes_words(votes: int) -> Message:
    """How many want to know, as a sentence."""
    return trn("{n} person wants to know.", "{n} people want to know.", votes)
