from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from rich.cells import cell_len

from tests.cases import hostile_inputs
from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    Column,
    Distribution,
    Matrix,
    MatrixRow,
    Option,
    Quote,
    Quotes,
    Ranking,
    RankingRow,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.tables import LINE, ramp
from workshop_tui.drawing.text import draw_text, wrap
from workshop_tui.messages import Message, Quoted, Translator, counted

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
CASES = (hostile_inputs.HTML, hostile_inputs.MARKUP, hostile_inputs.TERMINAL, hostile_inputs.UNICODE)
BREAKING_OUT = [
    "<script>alert(1)</script>",
    "</title></svg></table><script>1</script>",
    '" onload=alert(1) x="',
    "</bdi></blockquote><img src=x>",
    "{{7*7}} {0} {label} %s",
    "<![CDATA[ <!-- ",
    "\u202eevil\u202c",
    "漢" * 400,
]
HOSTILE = [*BREAKING_OUT, *(words for group in CASES for _, words, _ in group)]


POINTS = counted("{n} point", "{n} points")


def every_block(words: str = "x") -> tuple[ViewBlock, ...]:
    return (
        Bars("dots", (Bar(words, 7, "A", (words, words), leads=True), Bar(words, 3, "B"), Bar(words, 0))),
        Ranking(
            (Column(words, POINTS), Column(words, POINTS)),
            (RankingRow(1, words, "A", (9, 4)), RankingRow(2, words, "", (5, 1))),
        ),
        Statement(words),
        Statement(words, "caution"),
        Quotes((Quote(((words, words), ("", words))), Quote((("", words),)))),
    )


def tree(markup: Markup):
    return html5lib.parse(f"<!doctype html><title>t</title>{markup}", treebuilder="etree")


def elements(markup: Markup) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.tag, tuple(sorted(each.attrib))) for each in tree(markup).iter() if isinstance(each.tag, str)]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_from_outside_add_no_element_and_no_attribute_to_a_result(words: str) -> None:
    # Line breaks in a story are drawn as line breaks; everything else has to stay text.
    one_line = "x " + words.replace("\n", " ")

    assert elements(draw_view(every_block(one_line))) == elements(draw_view(every_block()))


def test_a_result_carries_no_style_attribute_no_script_and_no_address() -> None:
    for each in tree(draw_view(every_block(), big=True)).iter():
        assert not {"style", "href", "src", "xlink:href"} & set(each.attrib)
        assert not str(each.tag).endswith(("script", "}style", "}a", "image", "use"))


def test_bars_are_svg_inside_a_real_table_that_holds_every_number() -> None:
    page = tree(
        draw_view([Bars("dots", (Bar("Waits", 122, "A", leads=True), Bar("Letters", 61, "B"), Bar("None", 0)))])
    )

    (table,) = page.iter(HTML + "table")
    assert table.find(HTML + "caption").text == "How many dots for each answer"
    assert [row.find(HTML + "td").find(HTML + "b").text for row in table.find(HTML + "tbody")] == ["122", "61", "0"]
    assert [bar.get("width") for bar in table.iter(SVG + "svg")] == ["70%", "35%"]
    assert [bar.find(SVG + "title").text for bar in table.iter(SVG + "svg")] == ["Waits: 122 dots", "Letters: 61 dots"]


def test_a_value_that_is_no_whole_number_is_said_in_its_own_words() -> None:
    blocks = [Bars("points out of 100", (Bar("Waits", 674, leads=True, said="67.4"), Bar("Letters", 337, said="33.7")))]
    html, text = str(draw_view(blocks)), "\n".join(draw_text(blocks, 80))

    assert "Waits: 67.4 points out of 100" in html
    assert all(value in html and value in text for value in ("67.4", "33.7"))
    assert "674" not in re.findall(r"\d+", html + text)


def test_the_leader_is_marked_by_a_word_and_a_sign_and_a_tie_says_joint() -> None:
    alone = draw_view([Bars("people", (Bar("A", 3, leads=True), Bar("B", 1)))])
    tied = draw_view([Bars("people", (Bar("A", 3, leads=True), Bar("B", 3, leads=True)))])

    assert alone.count('<span class="most">highest</span>') == 1
    assert alone.count("▸") == 1
    assert tied.count('<span class="most">joint highest</span>') == 2


def test_options_that_share_a_place_say_so() -> None:
    drawn = draw_view(
        [
            Ranking(
                (Column("points", POINTS),),
                (RankingRow(1, "A", "", (4,)), RankingRow(1, "B", "", (4,)), RankingRow(3, "C", "", (1,))),
            )
        ]
    )

    assert drawn.count('<span class="joint">joint</span>') == 2


def test_a_quote_keeps_its_lines_and_its_own_direction() -> None:
    drawn = draw_view([Quotes((Quote((("What happened?", "one\ntwo\n\nthree"), ("Empty", ""))),))])

    assert "<bdi>one<br>two</bdi>" in drawn
    assert "<bdi>three</bdi>" in drawn
    assert "Empty" not in drawn


def test_the_same_blocks_give_the_same_bytes_and_a_big_result_differs_only_where_it_says() -> None:
    assert draw_view(every_block()) == draw_view(every_block())
    assert elements(draw_view(every_block(), big=True)) == elements(draw_view(every_block()))
    assert 'class="result big"' in draw_view(every_block(), big=True)
    assert draw_view([]) == '<div class="result">\n</div>\n'


def test_words_of_the_house_that_are_not_translated_are_marked_as_english() -> None:
    class Untranslated(Translator):
        def look_up(self, message: Message) -> str | None:
            return None

    drawn = str(draw_view(every_block(), translator=Untranslated("ur", "rtl")))

    assert '<strong><span lang="en" dir="ltr">Please note:</span></strong> <bdi>x</bdi>' in drawn
    assert '<caption><span lang="en" dir="ltr">How many dots for each answer</span></caption>' in drawn


def test_an_option_is_read_in_the_readers_language_or_marked_with_its_own() -> None:
    both, only = Option("a", "Waits", texts=(("cy", "Aros"),)), Option("b", "Letters")
    bars = [Bars("dots", (Bar(both.words, 3), Bar(only.words, 1)))]
    welsh = draw_view(bars, translator=Translator("cy").knowing({"Letters": Quoted("Letters", "en")}))

    assert "<bdi>Aros</bdi>" in welsh
    assert "Aros: 3 dots" in welsh
    assert '<bdi lang="en">Letters</bdi>' in welsh
    assert "<bdi>Waits</bdi>" in draw_view(bars)


@pytest.mark.parametrize(("value", "said"), [(0, "0 points"), (1, "1 point"), (2, "2 points"), (1200, "1,200 points")])
def test_a_number_in_a_line_of_text_has_the_form_of_its_noun(value: int, said: str) -> None:
    lines = draw_text([Ranking((Column("points", POINTS),), (RankingRow(1, "A", "", (value,)),))], 40)

    assert lines == ["1. A", f"    {said}"]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("words", [*HOSTILE, "Shorter phone waits", "W" * 500, "a\n\nb c", ""])
def test_no_line_is_wider_than_asked(width: int, words: str) -> None:
    lines = draw_text(every_block(words), width)

    assert max(cell_len(line) for line in lines) <= width
    assert not any("\n" in line for line in lines)


@given(words=st.text(max_size=120), width=st.integers(1, 220), value=st.integers(0, 10**9))
def test_any_words_fit_any_width(words: str, width: int, value: int) -> None:
    blocks = [Bars("dots", (Bar(words, value, "A", (words,), leads=True), Bar("b", 1))), *every_block(words)]

    assert all(cell_len(line) <= max(width, 20) for line in draw_text(blocks, width))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_longest_bar_is_longest_and_every_number_is_printed(width: int) -> None:
    lines = draw_text([Bars("dots", (Bar("Waits", 12, leads=True), Bar("Letters", 6), Bar("Parking", 0)))], width)

    bars = [line.count("█") for line in lines if line.split()[-1] in ("highest", "6")]
    assert bars[0] == pytest.approx(2 * bars[1], abs=1)
    assert [line.split()[-1] for line in lines if line.endswith(("highest", "6", "0"))] == ["highest", "6", "0"]
    assert lines[0] == "How many dots for each answer"


def test_a_long_label_stands_beside_its_bar_where_there_is_room() -> None:
    blocks = [Bars("dots", (Bar("Waits", 12, leads=True), Bar("A very long answer " * 5, 6)))]

    wide, narrow = draw_text(blocks, 80), draw_text(blocks, 40)

    assert wide[1].startswith("▸ Waits")
    assert wide[1].endswith("12 highest")
    assert narrow[1] == "▸ Waits"


def test_a_word_longer_than_the_line_is_cut_and_nothing_is_lost() -> None:
    lines = wrap("W" * 50 + " end", 20, "- ", "  ")

    assert "".join(line[2:] for line in lines) == "W" * 50 + " end"


# Along a scale, and tables. --------------------------------------------------------------------------

GIVEN = (Scaled("Letter", (3, 0, 9), "A", "sum 18 from 12"), Scaled("Call", (1, 2, 4), "B"))


def test_a_scale_of_single_signs_is_drawn_in_them_and_words_get_a_key() -> None:
    signs = draw_text([Distribution("people", ("0", "1", "2"), GIVEN)], 40)
    words = draw_text([Distribution("people", ("Poor", "Fair", "Good"), GIVEN)], 40)

    assert signs[1:5] == ["A Letter", "  000000000" + "2" * 27, "  0: 3, 2: 9", "  (sum 18 from 12)"]
    assert words[1:4] == ["  1 Poor, 2 Fair, 3 Good", "A Letter", "  111111111" + "3" * 27]


def test_answers_that_bring_their_own_digits_are_drawn_with_these() -> None:
    block = Distribution("people", ("0 Fist", "1 Worries"), (Scaled("A thing", (1, 2)), Scaled("Other", (0, 0))))
    lines = draw_text([block], 80)

    assert "  0 Fist, 1 Worries" in lines
    assert any(set(line.strip()) == {"0", "1"} for line in lines)


def test_no_two_answers_of_a_long_scale_have_one_colour() -> None:
    for steps in range(2, 12):
        colours = ramp(steps, 0)
        assert len(set(colours)) == steps
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert ramp(8, 0)[0] == ramp(5, 0)[0]
    assert ramp(8, 0)[-1] == ramp(5, 0)[-1]


@pytest.mark.parametrize("aside", [0, 1, 2])
@pytest.mark.parametrize("steps", range(2, 14))
def test_neighbours_along_a_scale_are_parted_by_a_line_that_can_be_told_from_both(steps: int, aside: int) -> None:
    assert all(contrast(LINE, colour) >= 3 for colour in ramp(steps, min(aside, steps - 1)))
    assert f'stroke="{LINE}" stroke-width="2"' in draw_view([Distribution("people", ("0", "1"), SIDE_BY_SIDE)])


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""
    dark, light = sorted(map(light_of, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def light_of(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


SIDE_BY_SIDE = (Scaled("Letter", (3, 4), "A"), Scaled("Call", (0, 7), "B"))


def test_key_part_and_number_of_one_answer_have_the_same_letter() -> None:
    html = str(draw_view([Distribution("people", ("No", "Maybe", "Yes"), (
        Scaled("Letter", (3, 1, 36), "A"), Scaled("Call", (0, 20, 20), "B"),
    ))], big=True))  # fmt: skip
    key, *lines = html.split("<tr role")

    mark = r">(\w)</text></svg> "
    assert re.findall(mark + "<bdi[^>]*>(No|Maybe|Yes)<", key) == [("a", "No"), ("b", "Maybe"), ("c", "Yes")]
    assert [re.findall(r'data-of="(\w+)">.*?' + mark + r"(\d+)</td>", line) for line in lines[1:]] == [
        [("No", "a", "3"), ("Maybe", "b", "1"), ("Yes", "c", "36")],
        [("No", "a", "0"), ("Maybe", "b", "20"), ("Yes", "c", "20")],
    ]
    # A part too narrow for its letter stands in its order, without one.
    bars = [re.search(r'class="stack".*?</svg>', line, re.DOTALL) for line in lines[1:]]
    assert [re.findall(r">(\w)</text>", bar[0]) for bar in bars if bar] == [["a", "c"], ["b", "c"]]
    assert [bar[0].count("<rect") for bar in bars if bar] == [3, 2]


def test_every_answer_along_a_scale_is_a_cell_also_where_nobody_gave_it() -> None:
    html = str(draw_view([Distribution("people", ("0", "1", "2"), GIVEN)]))
    cells = re.findall(r'data-of="(\d)">.*?</svg> (\d+)</td>', html)

    assert cells == [("0", "3"), ("1", "0"), ("2", "9"), ("0", "1"), ("1", "2"), ("2", "4")]


def test_a_table_too_wide_for_the_line_is_told_row_by_row() -> None:
    table = Matrix("Who leads", "Rule", ("Winner", "Ahead by"), (MatrixRow("First choices", ("Tell it once", "")),))

    assert draw_text([table], 60)[1:] == ["Rule           Winner        Ahead by", "First choices  Tell it once"]
    assert draw_text([table], 30)[1:] == ["First choices", "  Winner: Tell it once"]
