"""Questions that stand ready in every language the product speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.blocks import Option
from workshop_tui.locales import speaks, translator_for
from workshop_tui.messages import Message, tr, trc

PROMISE_TITLE: Final = tr("Did we keep to it?")
PROMISE_QUESTION: Final = tr("Did we keep to what we promised at the start?")
PROMISE_ANSWERS: Final = (
    trc("an answer: was the promise kept", "Yes"),
    trc("an answer: was the promise kept", "In part"),
    trc("an answer: was the promise kept", "No"),
    trc("an answer: was the promise kept", "I cannot say"),
)
MINUTES: Final = 3


def promise_check(language: str, languages: Sequence[str]) -> Item:
    """The question at the end whether the promise to the room was kept; the room gives it its key."""
    own, others = translator_for(language), [tag for tag in languages if tag != language and speaks(tag)]

    def further(words: Message) -> tuple[tuple[str, str], ...]:
        return tuple((tag, translator_for(tag).text(words)) for tag in others)

    options = tuple(
        Option(key, own.text(words), other=key == "d", texts=further(words))
        for key, words in zip("abcd", PROMISE_ANSWERS, strict=True)
    )
    said = (("title", PROMISE_TITLE), ("question", PROMISE_QUESTION))
    return Item(
        key="",
        title=own.text(PROMISE_TITLE),
        minutes=MINUTES,
        type="promise_check",
        question=own.text(PROMISE_QUESTION),
        activity=Activity(kind="single", config={"options": [msgspec.to_builtins(each) for each in options]}),
        texts=tuple((field, tag, text) for field, words in said for tag, text in further(words)),
    )
