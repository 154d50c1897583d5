"""Templates say messages in the reader's language, and people's words as they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from markupsafe import Markup

from workshop_tui import web
from workshop_tui.messages import ENGLISH, Message, Translator, tr
from workshop_tui.web.http.rendering import TEMPLATES, compile_all, render, render_in_turns
from workshop_tui.web.phone.phone_state import News


class Shouted(Translator):
    """A language that every message but one is in."""

    def look_up(self, message: Message) -> str | None:
        english = super().look_up(message) or ""
        return None if english == "Leave" else english.upper().replace("{N}", "{n}").replace("{WHO}", "{who}")


def drawn(template: str, translator: Translator = ENGLISH, **values: object) -> str:
    return TEMPLATES.from_string(template).render(values, translator=translator)


def test_a_message_is_printed_in_the_language_of_the_page() -> None:
    assert drawn('{{ tr("Join & go") }}', Shouted("xx")) == "JOIN &amp; GO"
    assert drawn('{{ trn("{n} vote", "{n} votes", count) }}', Shouted("xx"), count=2) == "2 VOTES"
    assert drawn('{{ trc("a state", "Open") }} {{ told }}', Shouted("xx"), told=tr("Shut")) == "OPEN SHUT"


def test_once_all_templates_are_ready_no_page_has_to_wait_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all()

    monkeypatch.setattr(TEMPLATES, "compile", never)
    folders = Path(web.__file__).parent / "templates"
    names = [path.relative_to(folders).as_posix() for path in folders.rglob("*.html")]
    assert len(names) > 20
    for name in names:
        assert TEMPLATES.get_template(name).name == name
    assert render("phone/strip.html", {"news": None}, ENGLISH) is not None


async def test_a_large_page_is_the_same_drawn_in_turns_and_others_have_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.web.http.rendering.TURN_S", 0.0)
    page = TEMPLATES.from_string("{% for each in many %}<p>{{ each }}</p>{% endfor %}")
    monkeypatch.setattr(TEMPLATES, "get_template", lambda name: page)
    turns: list[int] = []

    async def others() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    drawn = await render_in_turns("large.html", {"many": range(50)}, ENGLISH)
    beside.cancel()

    assert drawn == render("large.html", {"many": range(50)}, ENGLISH)
    assert len(turns) >= 50


def never(*_: object) -> None:
    raise AssertionError("a page waits for a template")


def test_words_of_people_are_escaped_and_set_apart_inside_a_message() -> None:
    assert drawn('{{ tr("{who} asks", who=who) }}', Shouted("xx"), who="<b>") == "<bdi>&lt;b&gt;</bdi> ASKS"
    assert drawn("{{ who }}", who="<b>") == "&lt;b&gt;"
    assert drawn("{{ who }}", who=Markup("<b>")) == "<b>"


def test_a_message_without_a_translation_is_marked_as_english() -> None:
    assert drawn('{{ tr("Leave") }}', Shouted("ar", "rtl")) == '<span lang="en" dir="ltr">Leave</span>'


def test_an_attribute_holds_plain_text() -> None:
    page = drawn('<p title="{{ tr("{who} & more", who=who)|attr }}">', Shouted("xx"), who='"')

    assert page == '<p title="&#34; &amp; MORE">'
    assert drawn('<p title="{{ tr("Leave")|attr }}">', Shouted("xx")) == '<p title="Leave">'


def test_an_included_part_speaks_the_language_of_its_page() -> None:
    strip = '{% include "phone/strip.html" %}'

    assert drawn(strip, Shouted("xx"), news=News(tr("News"), tr("Go on"))) == (
        '<p data-say>NEWS</p><a class="button" href="/now">GO ON</a>'
    )
