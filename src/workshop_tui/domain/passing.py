"""What phones call leaving a question out: our own words, or the one that the agenda gives for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workshop_tui.domain.agenda import Agenda
from workshop_tui.messages import Message, Place, tr, trc

SKIP: Final = tr("Skip this question")
"""On the button, and wherever a sentence names it."""

PASS: Final = trc("an answer: neither agree nor disagree", "Pass")
SKIPPED: Final = tr("You skipped this question.")


def said_instead(agenda: Agenda) -> Mapping[Message, Place]:
    """What stands for our own words in a session whose agenda has a word for passing; empty where it has none."""
    if not agenda.word_for_pass:
        return {}
    word = agenda.said("word_for_pass")
    return {SKIP: word, PASS: word, SKIPPED: tr("You chose “{word}”.", word=word)}
