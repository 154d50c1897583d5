"""Nothing that people read promises that no name is shown, or that nobody can be recognised: words can hold both.

Nobody finds names in what people write. The program can say what it does itself: what it does not ask, keep or say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.messages.test_plain_words import POT

SESSIONS = Path(__file__).parents[2] / "sessions"

PROMISE = re.compile(
    r"\b(no|without|never any|not any|free of) names?\b|(?<!not )\banonym"
    r"|\b(nobody|no one|no-one|never|not|cannot|can't|impossible to)\b[^.!?]*"
    r"\b(recogni[sz]|identif|"
    r"(know|see|learn|tell|say|find out|work out|guess) (who you|whose|who (wrote|said|told|sent)))"
    r"|\b(is|are|stays?) (secret|unknown)\b|\b(do not|don't|never) show[^.!?]*\bnames?\b",
    re.IGNORECASE,
)

TRUE = (
    "A cookie is a short note on your phone. We need one, so that you are counted once. It holds no name.",
    "We do not say who wrote",
    "without learning whose it is",
    "cores without names",
    "So that nobody can tell whose it is",
    "Without names and addresses, say",
    "We keep no name and no number here",
)
"""What the program does itself, or asks of who writes: it adds no name and shows none beside scores, has none in its
cookie, tells no desk whose phone it is, has no field for one with a request about own care, and says what other words
are for."""


def sentences() -> Iterator[str]:
    """Everything the program can say, and the words of the agendas that come with it."""
    with POT.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            yield from (message.id,) if isinstance(message.id, str) else message.id
    for agenda in sorted(SESSIONS.glob("*.toml")):
        yield from re.findall(r'"([^"\n]*)"', agenda.read_text("utf-8"))


def promises(said: str) -> bool:
    for true in TRUE:
        said = said.replace(true, "")
    return PROMISE.search(said) is not None


@pytest.mark.parametrize(
    "said",
    [
        "We show no names.", "This is anonymous.", "Nobody can recognise you.", "You cannot be identified by it.",
        "Nobody will know who wrote it.", "Your words stay secret.", "We never show anybody's name.",
    ],
)  # fmt: skip
def test_a_promise_is_known_when_it_is_read(said: str) -> None:
    assert promises(said)


def test_nothing_promises_that_no_names_are_shown_or_that_nobody_is_recognised() -> None:
    said = list(sentences())

    assert len(said) > 1_000
    assert [each for each in said if promises(each)] == []
