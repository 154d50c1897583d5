"""Templates say messages in the reader's language, and people's words as they are."""

from __future__ import annotations

from markupsafe import Markup

from workshop_tui.messages import ENGLISH, Message, Translator, tr
from workshop_tui.web.http.rendering import TEMPLATES
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
