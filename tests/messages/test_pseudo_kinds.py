"""In the pseudo-locale, what every kind asks, refuses and shows has no bare word and is not glued together.

A new kind is held to it the moment it is registered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.test_kinds import every_gathering, every_kind, every_poll
from tests.messages import pseudo
from tests.messages.greek import greek_config, greek_fields
from workshop_tui.domain.activity import AnyGathering, AnyKind, AnyPoll
from workshop_tui.domain.blocks import Quotes, ViewBlock
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.text import draw_text
from workshop_tui.errors import BallotRejected
from workshop_tui.messages import Text, Translator


@pytest.fixture
def said() -> Iterator[Translator]:
    with pseudo.spoken() as translator:
        yield translator


def faults(html: str) -> list[str]:
    return pseudo.bare_words(html) + pseudo.glued(html)


def drawn(blocks: tuple[ViewBlock, ...], translator: Translator) -> list[str]:
    """What is wrong with a view on a phone, on the big screen and on the console."""
    lines = draw_text(blocks, 200, translator=translator)
    return [
        *faults(str(draw_view(blocks, translator=translator))),
        *faults(str(draw_view(blocks, translator=translator, big=True))),
        *(f"text: {line}" for line in lines if pseudo.bare(line)),
    ]


def ballots(kind: AnyKind, config: Any) -> list[Any]:
    """The answers of the example, in Greek."""
    return [kind.read(config, greek_fields(fields)) for fields in kind.examples().answers]


@every_kind
def test_a_form_says_nothing_but_messages(kind: AnyKind, said: Translator) -> None:
    form = kind.ask(greek_config(kind))

    assert faults(str(draw_form(form, {}, translator=said))) == []
    for fields in kind.examples().answers:
        assert faults(str(draw_form(form, greek_fields(fields), translator=said))) == []


@every_kind
def test_a_refusal_says_nothing_but_messages(kind: AnyKind, said: Translator) -> None:
    config = greek_config(kind)

    for fields in kind.examples().junk:
        with pytest.raises(BallotRejected) as refused:
            kind.read(config, fields)
        problem = refused.value
        form = draw_form(
            kind.ask(config), {}, error=problem.message, error_field=problem.field, translator=said
        )  # fmt: skip
        assert faults(str(draw_problem(problem.message, problem.field, translator=said))) == []
        assert faults(str(form)) == []


@every_kind
def test_a_kind_is_called_by_a_message(kind: AnyKind, said: Translator) -> None:
    assert pseudo.bare(said.text(kind.title)) == []


@every_poll
@pytest.mark.parametrize("people", [0, 1, 2, 5, 21])
def test_a_result_says_nothing_but_messages(poll: AnyPoll, people: int, said: Translator) -> None:
    config = greek_config(poll)
    answers = [poll.bare(ballot) for ballot in ballots(poll, config)]
    profile = dict.fromkeys(answers, people) if people else {}

    assert drawn(poll.show(config, poll.tally(config, profile)), said) == []


@every_poll
@pytest.mark.parametrize("people", [0, 1, 2, 5, 21])
def test_what_lies_behind_a_result_says_nothing_but_messages(poll: AnyPoll, people: int, said: Translator) -> None:
    config = greek_config(poll)
    answers = ballots(poll, config)
    profile = {poll.bare(ballot): people for ballot in answers} if people else {}
    reasons = [reason for ballot in answers for reason in poll.reasons(ballot)]

    assert drawn(poll.details(config, profile, reasons), said) == []


@every_poll
def test_an_answer_beside_its_result_says_nothing_but_messages(poll: AnyPoll, said: Translator) -> None:
    config = greek_config(poll)
    mine, *others = [poll.bare(ballot) for ballot in ballots(poll, config)]
    told = poll.recall(config, mine, dict.fromkeys([mine, *others], 3))

    assert [pseudo.bare(said.text(each)) for each in _sentences(told)] == [[] for _ in _sentences(told)]


@every_gathering
def test_what_was_said_stands_under_nothing_but_messages(gathering: AnyGathering, said: Translator) -> None:
    config = greek_config(gathering)
    quotes = tuple(gathering.quote(config, words) for words in ballots(gathering, config))

    assert drawn((Quotes(quotes),), said) == []


def _sentences(told: Text | tuple[Text, ...]) -> tuple[Text, ...]:
    return told if isinstance(told, tuple) else (told,)
