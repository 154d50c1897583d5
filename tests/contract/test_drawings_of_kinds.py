"""Every kind on every surface: a new kind is drawn everywhere the moment it is registered.

Phone, host page, screen and report draw blocks with `drawing.html`; console and report.md with `drawing.text`;
the tables of an export are the kind's own rows.
"""

from __future__ import annotations

from typing import Any

import html5lib
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cases import hostile_inputs as hostile
from tests.contract.test_kinds import config_of, every_gathering, every_kind, every_poll, profiles, shown
from workshop_tui.domain.activity import AnyGathering, AnyKind, AnyPoll, OptionsConfig
from workshop_tui.domain.blocks import Bars, Distribution, Matrix, Quotes, Ranking
from workshop_tui.domain.text import clean_line
from workshop_tui.drawing.forms import draw_form
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.text import draw_text
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

WIDTHS = (40, 80, 200)
DATA = st.data()
PAYLOADS = [payload for _, payload, where in hostile.MARKUP + hostile.HTML + hostile.TERMINAL if where == "T"]


def elements(html: str) -> list[str]:
    """The names of every element a browser would make of it."""
    return [node.tag for node in html5lib.parseFragment(html, namespaceHTMLElements=False).iter() if node.tag]


def with_words(kind: AnyKind, words: str) -> Any:
    """The kind's example with these words in its first option."""
    config = config_of(kind)
    first = msgspec.structs.replace(config.options[0], text=clean_line(words))
    return msgspec.structs.replace(config, options=(first, *config.options[1:]))


@every_kind
def test_the_form_of_every_kind_has_a_control_for_every_field_of_its_example(kind: AnyKind) -> None:
    html = str(draw_form(kind.ask(config_of(kind)), {}))

    for field in {name for fields in kind.examples().answers for name in fields}:
        assert f'name="{field}"' in html


@every_poll
@given(data=DATA)
def test_every_result_is_drawn_on_every_surface(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))
    blocks = shown(poll, profile) + poll.details(config_of(poll), profile)

    for variant in ({}, {"big": True}):
        tags = elements(str(draw_view(blocks, **variant)))
        assert "table" in tags
        assert "script" not in tags
    for width in WIDTHS:
        lines = draw_text(blocks, width)
        assert lines
        assert max(cell_len(line) for line in lines) <= width


@every_poll
@given(data=DATA)
def test_every_value_of_a_result_can_be_read_in_words_and_in_the_table(poll: AnyPoll, data: st.DataObject) -> None:
    blocks = shown(poll, data.draw(profiles(poll)))
    html, text = str(draw_view(blocks)), "\n".join(draw_text(blocks, 200))

    for block in blocks:
        if isinstance(block, Bars):
            assert all(
                value in html and value in text for value in (ENGLISH.text(bar.said or bar.value) for bar in block.bars)
            )
        if isinstance(block, Ranking):
            assert all(
                ENGLISH.number(n) in html and ENGLISH.number(n) in text for place in block.places for n in place.amounts
            )
        if isinstance(block, Distribution):
            given = [
                (ENGLISH.number(count), ENGLISH.text(step))
                for line in block.lines
                for step, count in zip(block.scale, line.counts, strict=True)
                if count
            ]
            assert all(count in html and count in text and step in text for count, step in given)
        if isinstance(block, Matrix):
            assert all(ENGLISH.text(cell) in " ".join(text.split()) for row in block.rows for cell in row.cells)


@every_gathering
def test_what_was_said_is_drawn_with_its_own_direction(gathering: AnyGathering) -> None:
    config = config_of(gathering)
    quotes = tuple(gathering.quote(config, gathering.read(config, fields)) for fields in gathering.examples().answers)

    html = str(draw_view([Quotes(quotes)]))

    assert html.count("<bdi>") >= len(quotes)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind.examples().config, OptionsConfig)],
)
@pytest.mark.parametrize("words", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_option_can_bring_an_element_of_its_own(kind: AnyKind, words: str) -> None:
    hostile_config, plain_config = with_words(kind, f"x{words}"), with_words(kind, "x")

    def drawn(config: Any) -> list[str]:
        form = elements(str(draw_form(kind.ask(config), {})))
        return form + elements(str(draw_view(kind.show(config, kind.tally(config, {})))))

    assert drawn(hostile_config) == drawn(plain_config)
