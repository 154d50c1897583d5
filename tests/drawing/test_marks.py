from __future__ import annotations

import pytest

from workshop_tui.domain.blocks import Bar, Bars, Statement, WriteText
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.marks import marked_by_block
from workshop_tui.locales import translator_for
from workshop_tui.messages import tr

URDU = translator_for("ur")
MARK = ' lang="en" dir="ltr"'
ONE = f"<span{MARK}>One.</span>"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (f"<p>{ONE}</p>", f"<p{MARK}><span>One.</span></p>"),
        (f'<a class="x">({ONE}, {ONE})</a>', f'<a class="x"{MARK}>(<span>One.</span>, <span>One.</span>)</a>'),
        (f"<p><b>{ONE}</b><br>&nbsp;{ONE}</p>", f"<p{MARK}><b><span>One.</span></b><br>&nbsp;<span>One.</span></p>"),
        (f"<p><strong>{ONE}</strong> ایک</p>", f"<p><strong{MARK}><span>One.</span></strong> ایک</p>"),
        (f"<p>{ONE} <bdi>Somebody</bdi></p>",) * 2,
        (f"<td><b>5</b> {ONE}</td>",) * 2,
        (f"<div>{ONE}</div>",) * 2,
        (f'<p lang="ur">{ONE}</p>',) * 2,
        (f'<label><input name="a"> {ONE}</label>',) * 2,
        ("<p>&lt;p&gt; 2 > 1 </b></p>",) * 2,
    ],
)
def test_a_block_is_marked_where_all_its_words_are(given: str, made: str) -> None:
    assert marked_by_block(given) == made


def test_a_caution_runs_the_way_of_its_language_with_the_words_before_it() -> None:
    drawn = marked_by_block(draw_view([Statement(text=tr("Nobody said this."), weight="caution")], translator=URDU))

    assert f'<p class="statement caution"{MARK}>' in drawn
    assert drawn.count(MARK) == 1


def test_a_note_in_brackets_has_its_brackets_on_the_side_of_its_language() -> None:
    bars = Bars(bars=(Bar(label="چائے", value=1, notes=(tr("not said by anybody"),)),), unit="people")

    assert f'<span class="note"{MARK}>(<span>not said' in marked_by_block(draw_view([bars], translator=URDU))


def test_what_is_wrong_runs_the_way_of_its_language() -> None:
    block = WriteText(name="w", label="و", most=10)
    drawn = marked_by_block(draw_form([block], {}, translator=URDU, error_field="w", error=tr("Not said.")))

    assert f'<p class="field-error" id="e-w"{MARK}>' in drawn


def test_places_that_wait_for_the_script_say_which_language_comes() -> None:
    drawn = draw_form([WriteText(name="w", label="و", most=10)], {}, translator=URDU) + draw_problem(translator=URDU)

    assert '<p class="field-error" id="e-w" lang="en" dir="auto" hidden>' in drawn
    assert '<p><a lang="en" dir="auto"></a></p>' in drawn
    assert ' lang="en" dir="auto" aria-hidden="true"></p>' in drawn
