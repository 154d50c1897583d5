"""Whoever sits at the terminal of a test."""

from __future__ import annotations

from workshop_tui.messages import ENGLISH, Sentences


class Somebody:
    """Sits at a terminal and types these, one after the other."""

    is_there = True

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.heard: list[str] = []

    def text(self, said: Sentences) -> str:
        return ENGLISH.text(said)

    def say(self, said: Sentences) -> None:
        self.heard.append(self.text(said))

    def write(self, text: str) -> None:
        self.heard.append(text)

    def asks(self, question: Sentences) -> str:
        self.say(question)
        return self._typed.pop(0)

    def asks_unseen(self, question: Sentences) -> str:
        return self.asks(question)
