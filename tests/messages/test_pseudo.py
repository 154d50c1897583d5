"""The pseudo-locale finds what it is there to find."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from tests.messages import pseudo
from tests.messages.greek import greek
from tests.messages.languages import speaking
from workshop_tui.locales import catalogues, translator_for
from workshop_tui.messages import Day, Listed, Message, Percent, tr, trc


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product with a few messages."""
    made = Catalog()
    made.add("{who} said {what}.")
    made.add(("One person said {what}.", "{n} people said {what}."))
    made.add("Open", context="state")
    monkeypatch.setattr(pseudo, "_extracted", lambda: made)


def test_a_message_is_bracketed_accented_and_a_third_longer() -> None:
    assert pseudo.told("Send it, {who}") == "⟦Śéńđ íť, {who}·····⟧"
    assert (
        pseudo.bare(
            pseudo.told("The quick brown fox jumps over the lazy dog. THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG")
        )
        == []
    )


@pytest.mark.usefixtures("three")
def test_the_product_speaks_it_for_a_while() -> None:
    with pseudo.spoken() as said:
        assert translator_for("el") is said
        assert catalogues() == ("el",)
        assert said.text(trc("state", "Open")) == "⟦Óṕéń··⟧"
        assert said.text(tr("Open")) == "Open"
    assert translator_for("el").text(trc("state", "Open")) == "Open"


@pytest.mark.usefixtures("three")
def test_only_what_is_not_extracted_is_bare() -> None:
    with pseudo.spoken() as said:
        known = tr("{who} said {what}.", who=greek("ann"), what=Listed((Day("2026-12-11"), Percent(3), greek("x"))))
        unknown = tr("{who} said {what}.", who=tr("Nobody"), what="x")

        assert pseudo.bare_words(said.html(known)) == pseudo.bare(said.text(known)) == []
        assert pseudo.bare_words(said.html(unknown)) == ["span: Nobody", "bdi: x"]
        assert pseudo.bare(said.text(unknown)) == ["Nobody", "x"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Bare</p>", "<p>⟦á⟧<b>é</b> Bare</p>", "<p><bdi>δ</bdi>Bare</p>", '<p title="Bare">⟦á⟧</p>',
        '<img alt="Bare">', '<div aria-label="Bare"></div>', '<p aria-description="Bare"></p>',
        '<input placeholder="Bare">', '<input type="submit" value="Bare">', '<option label="Bare">⟦á⟧</option>',
        '<meta name="description" content="Bare">', "<title>Bare</title>", "<svg><title>Bare</title></svg>",
        "<svg><text>Bare</text></svg>", '<p data-left="Bare {n}"></p>', "<textarea>Bare</textarea>",
        """<body data-words='{"off": "Bare"}'></body>""", "<p>⟦á ⟦é⟧ <span lang=en>Bare</span>⟧</p>",
    ],
)  # fmt: skip
def test_a_bare_word_is_found_wherever_it_is_read(html: str) -> None:
    assert [found.rpartition(" ")[2] for found in pseudo.bare_words(html)] == ["Bare"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>var bare</script>", "<style>p{}</style>", "<!-- Bare -->", '<p class="bare" id="bare">⟦á⟧</p>',
        '<input name="bare" value="bare">', '<p data-page="bare"></p>', "<kbd>Enter</kbd>", "<code>a.toml</code>",
        "<p>http://127.0.0.1:9000/host report.html KDMP</p>",
        '<p data-left="⟦ĺéƒť {left}⟧"></p>', '<a href="bare">⟦á⟧</a>',
        """<body data-words='{"off": "⟦óƒƒ⟧"}'></body>""",
    ],
)  # fmt: skip
def test_what_nobody_reads_and_what_is_the_same_everywhere_is_not(html: str) -> None:
    assert pseudo.bare_words(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦a⟧ ⟦b⟧</p>",
        "<p>⟦a⟧: ⟦b⟧</p>",
        '<p title="⟦a⟧. ⟦b⟧"></p>',
        "<p>⟦a <b>x</b>⟧ ⟦b⟧</p>",
        "<p>⟦a.·⟧ ⟦b.·⟧</p>",
        "<p>⟦a <bdi>x</bdi> b⟧: ⟦c⟧</p>",
    ],
)
def test_two_messages_in_one_text_are_found(html: str) -> None:
    assert len(pseudo.glued(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦a⟧</p> <p>⟦b⟧</p>",
        "<p>⟦a ⟦b⟧, ⟦c⟧⟧</p>",
        "<p>⟦a <bdi>x</bdi>⟦b⟧ ⟦c⟧⟧</p>",
        "<p>⟦a⟧ ⋄ ⟦b⟧</p>",
        "<p>⟦a <bdi>x</bdi> b⟧</p>",
        '<p title="⟦a.·⟧ ⟦b.·⟧"></p>',
    ],
)
def test_messages_in_texts_of_their_own_or_in_each_other_are_not(html: str) -> None:
    assert pseudo.glued(html) == []


@pytest.mark.parametrize(("tag", "forms"), [("pl", "20122"), ("ar", "01234"), ("el", "10111")])
def test_every_counted_message_has_the_form_of_its_number(tag: str, forms: str) -> None:
    """At 0, 1, 2, 5 and 21, by the rules of Polish, Arabic and Greek."""
    made = pseudo.catalogue(tag)
    said = speaking(made)
    counted = [entry for entry in made if isinstance(entry.id, tuple)]

    assert counted
    for entry in counted:
        one, many = entry.id
        told = [said.text(Message(one, many, n, context=entry.context or "")) for n in (0, 1, 2, 5, 21)]
        assert "".join(each[-2] for each in told) == forms
