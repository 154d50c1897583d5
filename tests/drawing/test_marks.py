from __future__ import annotations

import pytest

from workshop_tui.domain.blocks import Bar, Bars, ChooseSome, FormBlock, Option, ShareOut, Statement, WriteText
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.locales import translator_for
from workshop_tui.messages import ENGLISH, Place, Translator, tr

URDU = translator_for("ur")
OPTIONS = (Option("a", "چائے"),)
MARK = ' lang="en" dir="ltr"'
ONE, TWO = tr("Nobody said this."), tr("Nor this.")


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ((ONE,), MARK),
        ((ONE, TWO), MARK),
        (((ONE, TWO),), MARK),
        ((ONE, "Somebody"), ""),
        ((5, ONE), ""),
        ((), ""),
        (("Somebody",), ""),
    ],
)
def test_what_holds_only_untranslated_sentences_is_english_as_a_whole(said: tuple[Place, ...], mark: str) -> None:
    assert URDU.whole(*said) == mark
    assert ENGLISH.whole(*said) == ""


def test_what_holds_a_translated_sentence_too_runs_the_way_of_the_page() -> None:
    urdu = Translator("ur", "rtl")
    urdu.look_up = lambda message: "ہاں" if message == ONE else None  # type: ignore[method-assign]

    assert urdu.whole(ONE, TWO) == ""
    assert urdu.whole(TWO) == MARK


def test_a_caution_runs_the_way_of_its_language_with_the_words_before_it() -> None:
    drawn = draw_view([Statement(text=(ONE, TWO), weight="caution")], translator=URDU)
    partly = draw_view([Statement(text=(ONE, "چائے"), weight="caution")], translator=URDU)

    assert f'<p class="statement caution"{MARK}>' in drawn
    assert '<p class="statement caution"><strong>' in partly


def test_a_note_in_brackets_has_its_brackets_on_the_side_of_its_language() -> None:
    bars = Bars(bars=(Bar(label="چائے", value=1, notes=(tr("not said by anybody"),)),), unit="people")

    assert f'<span class="note"{MARK}>(<span{MARK}>not said' in draw_view([bars], translator=URDU)


def test_what_is_wrong_runs_the_way_of_its_language() -> None:
    block = WriteText(name="w", label="و", most=10)
    drawn = draw_form([block], {}, translator=URDU, error_field="w", error=tr("Not said."))

    assert f'<p class="field-error" id="e-w"{MARK}>' in drawn


@pytest.mark.parametrize("block", [ShareOut("d", OPTIONS, 3, 3), ChooseSome("c", OPTIONS, most=1)])
def test_a_running_total_has_its_language_itself_for_the_script_writes_it_anew(block: FormBlock) -> None:
    assert f'<p class="left"{MARK}>' in draw_form([block], {}, translator=URDU)


def test_places_that_wait_for_the_script_say_which_language_comes() -> None:
    drawn = draw_form([WriteText(name="w", label="و", most=10)], {}, translator=URDU) + draw_problem(translator=URDU)

    assert '<p class="field-error" id="e-w" lang="en" dir="auto" hidden>' in drawn
    assert '<p><a lang="en" dir="auto"></a></p>' in drawn
    assert ' lang="en" dir="auto" aria-hidden="true"></p>' in drawn
