"""What each language has of its own: sentences, plural forms, numbers, lists, days and the way it is written."""

from __future__ import annotations

import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog

from tests.messages.languages import speaking
from workshop_tui.locales import catalogues, direction, language_name, system_language, translator_for
from workshop_tui.locales import languages as known
from workshop_tui.messages import Day, Figure, Listed, Message, Percent, Quoted, Verbatim, counted, tr, trc, trn


def welsh() -> Catalog:
    """A few sentences with all that gettext knows."""
    made = Catalog(locale="cy")
    made.add("Yes", "Ie")
    made.add("Open", "Ar agor", context="state of a vote")
    made.add("{who} said {words}.", "Dywedodd {who} {words}.")
    made.add("No & <b>", "Na & <b>")
    made.add("Not said yet", "")
    return made


def test_a_sentence_is_looked_up_by_its_english_and_its_context() -> None:
    said = speaking(welsh())

    assert said.text(tr("Yes")) == "Ie"
    assert said.text(trc("state of a vote", "Open")) == "Ar agor"
    assert said.text(tr("Open")) == "Open"
    assert said.html(tr("No & <b>")) == "Na &amp; &lt;b&gt;"
    assert said.html(tr("{who} said {words}.", who="Ana", words=Quoted("hi", "en"))) == (
        'Dywedodd <bdi>Ana</bdi> <bdi lang="en">hi</bdi>.'
    )


@pytest.mark.parametrize("sentence", ["Not said yet", "Nowhere"])
def test_what_is_not_translated_is_english_and_marked_as_that(sentence: str) -> None:
    assert speaking(welsh()).html(tr(sentence)) == f'<span lang="en" dir="ltr">{sentence}</span>'


def test_an_english_sentence_in_a_page_of_another_language_is_english_throughout() -> None:
    people = trn("{n} person of {list}", "{n} people of {list}", 1200, list=Listed(("a", "b")))

    assert translator_for("de").text(people) == "1,200 people of a and b"


def test_what_a_translated_sentence_holds_that_is_not_translated_is_marked_alone() -> None:
    assert speaking(welsh()).html(tr("{who} said {words}.", who=tr("Nobody"), words=Verbatim("x"))) == (
        'Dywedodd <span lang="en" dir="ltr">Nobody</span> x.'
    )


def counting(tag: str, *forms: str) -> list[str]:
    """How a language counts 0, 1, 2, 5 and 21 people, by a catalogue with these forms."""
    made = Catalog(locale=tag)
    made.add(("{n} person", "{n} people"), forms)
    made.add(("{n} person", "{n} people"), [f"({form})" for form in forms], context="aside")
    said = speaking(made)
    for n in (0, 1, 2, 5, 21):
        aside = Message("{n} person", "{n} people", n, (("n", n),), "aside")
        assert said.text(aside) == f"({said.text(trn('{n} person', '{n} people', n))})"
    return [said.text(counted("{n} person", "{n} people").of(n)) for n in (0, 1, 2, 5, 21)]


def test_polish_has_three_forms() -> None:
    assert counting("pl", "{n} osoba", "{n} osoby", "{n} osób") == [
        "0 osób", "1 osoba", "2 osoby", "5 osób", "21 osób"
    ]  # fmt: skip


def test_arabic_has_six_forms_and_some_leave_the_number_out() -> None:
    assert counting("ar", "لا أحد", "شخص واحد", "شخصان", "{n} أشخاص", "{n} شخصًا", "{n} شخص") == [
        "لا أحد", "شخص واحد", "شخصان", "5 أشخاص", "21 شخصًا"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "1.200; 0,50; 29 %; 11. Dezember 2026; ⟨a⟩, ⟨b⟩ und ⟨c⟩; ⟨a⟩ oder ⟨b⟩"),
        ("fa", "1,200; 0.50; 29%; 11 دسامبر 2026; ⟨a⟩، ⟨b⟩، و ⟨c⟩; ⟨a⟩ یا ⟨b⟩"),
        ("hi", "1,200; 0.50; 29%; 11 दिसंबर 2026; ⟨a⟩, ⟨b⟩ और ⟨c⟩; ⟨a⟩ या ⟨b⟩"),
    ],
)
def test_numbers_lists_and_days_are_written_as_the_language_does(tag: str, said: str) -> None:
    made = Catalog(locale=tag)
    made.add("all", "{n}; {f}; {p}; {d}; {l}; {o}")
    names = [Verbatim(f"⟨{letter}⟩") for letter in "abc"]
    all_of_them = tr(
        "all", n=1200, f=Figure("0.50"), p=Percent(29), d=Day("2026-12-11"), l=Listed(tuple(names)),
        o=Listed(tuple(names[:2]), "or"),
    )  # fmt: skip

    written = speaking(made).text(all_of_them)

    assert written.replace("\u00a0", " ").replace("\u200f", "") == said


@pytest.mark.parametrize("tag", [*known._NAMES, "ckb", "ku", "rom", "x-nobody", "zh-Hant-TW", "pa-Arab"])
def test_every_language_an_agenda_may_name_can_write_all_of_it(tag: str) -> None:
    said = translator_for(tag)

    assert said.language == tag
    assert all([said.number(1200), said.figure("-0.38"), said.percent(29), said.listing(["a", "b"], "or")])
    assert all(said.listing(["⟨1⟩", "⟨2⟩", "⟨3⟩"], "and").count(each) == 1 for each in ("⟨1⟩", "⟨2⟩", "⟨3⟩"))


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN-us"])
def test_english_of_any_country_needs_no_catalogue(tag: str) -> None:
    assert translator_for(tag).html(tr("Yes")) == "Yes"
    assert translator_for(tag).language == tag


def test_translators_are_made_once() -> None:
    assert translator_for("pl") is translator_for("pl")


def test_english_is_said_without_babel() -> None:
    script = (
        "import sys; from workshop_tui.locales import translator_for; from workshop_tui.messages import *\n"
        "every = tr('{n}{d}{l}', n=1200, d=Day('2026-12-11'), l=Listed((1, 2)))\n"
        "translator_for('en-GB').text(every); translator_for('pl').html(every); translator_for('pl').html(tr('Yes'))\n"
        "sys.exit('babel' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("pa-Arab", "rtl"), ("he", "rtl"), ("ckb", "rtl"),
        ("cy", "ltr"), ("ks-Deva", "ltr"), ("ku", "ltr"), ("pa", "ltr"), ("zh-Hant", "ltr"), ("en", "ltr"),
    ],
)  # fmt: skip
def test_the_script_says_which_way_a_language_is_written(tag: str, way: str) -> None:
    assert direction(tag) == way
    assert translator_for(tag).direction == way


def test_words_of_people_stand_apart_where_lines_run_leftwards() -> None:
    made = Catalog(locale="ar")
    made.add("{who}!", "{who}!")

    assert speaking(made).text(tr("{who}!", who="Ana")) == "\u2068Ana\u2069!"


def test_a_language_is_named_by_itself() -> None:
    assert [language_name(tag) for tag in ("cy", "pt-BR", "xx")] == ["Cymraeg", "Português", "xx"]


@pytest.mark.parametrize(
    ("environ", "tag"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "cy"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en-GB"),
        ({"LANG": "cy_GB.UTF-8"}, "cy-GB"),
        ({"LANG": "cy_GB@euro", "LC_MESSAGES": "en_GB.UTF-8"}, "en-GB"),
        ({"LANG": "en_GB", "LC_MESSAGES": "en_US", "LC_ALL": "cy"}, "cy"),
        ({"LANG": "en_GB", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB", "LANGUAGE": "qaa:cy:en"}, "cy"),
        ({"LANG": "en_GB", "LANGUAGE": ""}, "en-GB"),
        ({"LANG": "qaa_GB"}, "en"),
        ({"LANG": "C", "WORKSHOP_TUI_LANGUAGE": "cy"}, "cy"),
        ({"LANG": "cy", "WORKSHOP_TUI_LANGUAGE": "qaa"}, "cy"),
    ],
)
def test_the_system_says_its_language_as_gettext_has_it(
    environ: dict[str, str], tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop_tui.locales.translators._found", lambda: ("cy", "pt-BR"))

    assert system_language(environ) == tag


def test_every_catalogue_is_one_of_a_language_with_a_name() -> None:
    assert all(language_name(tag) != tag for tag in catalogues())
