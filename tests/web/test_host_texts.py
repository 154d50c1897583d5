"""Words from outside never become part of the host page: not from phones, not from whoever types into it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
import pytest

from tests.cases import hostile_inputs as hostile
from tests.sessions import an_agenda, item, options
from tests.web.host_desk import HostDesk, Page, host_desk

TEXTS = [text for group in (hostile.TERMINAL, hostile.MARKUP, hostile.HTML, hostile.UNICODE) for _, text, _ in group]
TEXTS += [text for name, text, _ in hostile.SIZE if name not in ("one_mb", "name_100k")]
BATCH = 20
BATCHES = [TEXTS[at : at + BATCH] for at in range(0, len(TEXTS), BATCH)]
NEVER = [chr(code) for code in [*range(9), 11, 12, *range(14, 32), 127, *range(128, 160), 0x202E, 0x2066, 0x200B]]


@pytest.fixture
def desk():
    with host_desk() as made:
        yield made


def assert_harmless(page: Page, plain: Page) -> None:
    """The page has exactly the elements of one with plain words, and no character that hides or commands."""
    assert page.elements() == plain.elements()
    assert [sign for sign in NEVER if sign in page.html] == []
    assert not any(name.startswith("on") for each in page.tree.iter() for name in each.attrib)


@pytest.mark.parametrize("texts", BATCHES)
def test_no_note_adds_an_element(texts: Sequence[str]) -> None:
    def with_notes(given: Sequence[str]) -> Page:
        with host_desk() as desk:
            for text in given:
                desk.post("do", [("way", "action"), ("text", text), ("owner", text[:50]), ("due", "")])
            return desk.look(at="notes")

    page = with_notes(texts)
    kept = page.elements().get("article", 0), page.html.count("Take it back")

    assert_harmless(page, with_notes(["plain words"] * kept[1]))


@pytest.mark.parametrize("texts", BATCHES)
def test_no_item_and_no_option_adds_an_element(texts: Sequence[str]) -> None:
    def with_item(title: str, options_: Sequence[str]) -> Page:
        with host_desk() as desk:
            fields = [("title", title), ("question", title), ("say", title), ("minutes", "5"), ("kind", "single")]
            fields += [("access", ""), ("after", ""), ("extra", "Something else")]
            page = desk.post("do", [("way", "insert"), *fields, ("options", "\n".join(options_))])
            assert page.status == 200
            return desk.look(at="order")

    page = with_item(f"T {texts[0][:300]}", [f"{number} {text[:300]}" for number, text in enumerate(texts)])

    assert_harmless(page, with_item("plain", [f"{number} plain" for number in range(_lines(page))]))


def _lines(page: Page) -> int:
    """How many options the newest item got: a text may hold several lines."""
    (fields,) = [dict(f.fields) for name, f in page.forms.items() if name == "edit-i07"]
    return len(fields["options"].splitlines())


@pytest.mark.parametrize("texts", BATCHES)
def test_no_idea_and_no_story_adds_an_element(texts: Sequence[str]) -> None:
    # The phones' pages clean; here the words reach the room raw, as from a file that somebody changed.
    def with_ideas(given: Sequence[str]) -> Page:
        with host_desk() as desk:
            desk.join(*(f"p{number}" for number in range(len(given))))
            desk.press("start")
            desk.press("go-i03")
            for number, text in enumerate(given):
                body = msgspec.json.encode({"text": text.encode("utf-8", "replace").decode()}).decode()
                desk.tell(f"p{number}", "i03", body)
            return desk.look(at="reading")

    shown = [text for text in texts if not any(sign in text for sign in NEVER)]

    assert_harmless(with_ideas(shown), with_ideas(["plain words"] * len(shown)))


@pytest.mark.parametrize("texts", BATCHES)
def test_no_refused_form_and_no_message_adds_an_element(desk: HostDesk, texts: Sequence[str]) -> None:
    fields = [("way", "action"), ("form", "action"), ("page", "notes"), ("owner", "x")]
    plain = desk.post("do", [*fields, ("text", "plain words"), ("due", "soon")])

    for text in texts:
        page = desk.post("do", [*fields, ("text", text), ("due", f"x{text[:500]}")])

        assert page.status == 409
        assert page.elements() == plain.elements(), repr(text[:80])


@pytest.mark.parametrize("texts", BATCHES)
def test_nothing_in_the_address_adds_an_element(desk: HostDesk, texts: Sequence[str]) -> None:
    plain = desk.look("done=plain")

    for text in texts:
        page = desk.look(
            urlencode({"done": f"x{text[:5000]}", "queue": text[:200], "peek": text[:200]}, errors="surrogatepass")
        )

        assert page.status == 200
        assert_harmless(page, plain)


def test_an_agenda_full_of_markup_adds_no_element() -> None:
    bad = "<script>alert(1)</script> \" ' </textarea> {{7*7}}"

    def with_words(words: str) -> Page:
        first = item(
            1, words, kind="single", options=options(words, "Letters"), question=words, say=words, access=words
        )
        with host_desk(an_agenda(first, item(2, words, type="break"), purpose=words)) as desk:
            desk.press("start")
            return desk.press("open-vote")

    page = with_words(bad)

    assert page.elements() == with_words("plain").elements()
    assert "{{7*7}}" in page.part("now")
