from __future__ import annotations

import re
from typing import Literal

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.cases import hostile_inputs
from workshop_tui.domain.blocks import (
    Choice,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    Option,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.steps import amounts_of, apply_step, order_of
from workshop_tui.messages import tr

HTML = "{http://www.w3.org/1999/xhtml}"
CASES = (hostile_inputs.HTML, hostile_inputs.MARKUP, hostile_inputs.TERMINAL, hostile_inputs.UNICODE)
BREAKING_OUT = [
    "<script>alert(1)</script>",
    "</textarea><script>1</script>",
    '" autofocus onfocus=alert(1) x="',
    "'><svg/onload=alert(1)>",
    "</title></label></button><img src=x onerror=alert(1)>",
    "{{7*7}} {0} {name} %s ${x}",
    "<!-- <![CDATA[ ]]>",
    "&lt;b&gt;&#0;",
    "\u202eevil\u202c",
    "漢" * 400,
]
HOSTILE = [*BREAKING_OUT, *(words for group in CASES for _, words, _ in group)]


def options(words: str = "x", count: int = 3) -> tuple[Option, ...]:
    return tuple(Option(key, words) for key in "abcdefghijklm"[:count])


def every_block(words: str = "x") -> tuple[FormBlock, ...]:
    return (
        Remark(words),
        ChooseOne("choice", options(words)),
        ShareOut("dots", options(words), 5, 3),
        PutInOrder("order", options(words), 2, shuffled=True),
        WriteText("story", words, 280, 4, words),
        WriteText("word", words, 280, 1, words),
        ChooseLevel("level", (("C0", words), ("C1", words))),
    )


def tree(markup: Markup):
    return html5lib.parse(f"<!doctype html><title>t</title><form>{markup}</form>", treebuilder="etree")


def elements(markup: Markup) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.tag, tuple(sorted(each.attrib))) for each in tree(markup).iter() if isinstance(each.tag, str)]


def find(markup: Markup, tag: str, **attributes: str) -> list:
    return [
        each
        for each in tree(markup).iter(HTML + tag)
        if all(each.get(name) == value for name, value in attributes.items())
    ]


def name_of(button) -> str:
    return "".join(text for part in button.iter() if part.get("aria-hidden") != "true" for text in [part.text or ""])


@pytest.mark.parametrize("words", HOSTILE)
def test_words_from_outside_add_no_element_and_no_attribute_to_a_form(words: str) -> None:
    typed = {"story": [words], "word": [words], "dots.a": [words], "choice": [words], "order": [words]}

    drawn = draw_form(every_block(words), typed, error=words, error_field="choice", said=words, pressed=words)
    plain = draw_form(every_block(), {}, error="x", error_field="choice", said="x", pressed="x")

    assert elements(drawn) == elements(plain)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_from_outside_add_no_element_to_the_lists_or_the_problem_box(words: str) -> None:
    block = PutInOrder("order", options(words), 2)
    typed = {"order.by": ["lists"], "order": [words, words]}

    assert elements(draw_form([block], typed)) == elements(
        draw_form([PutInOrder("order", options(), 2)], {"order.by": ["lists"]})
    )
    assert elements(draw_problem(words, words)) == elements(draw_problem("x", "x"))


@pytest.mark.parametrize("words", [*BREAKING_OUT, "\n\nstarts with lines", "a\nb"])
def test_a_refused_story_comes_back_word_for_word(words: str) -> None:
    drawn = draw_form([WriteText("story", "Your story", 5)], {"story": [words]}, error="Too long", error_field="story")

    (box,) = find(drawn, "textarea", name="story")
    assert (box.text or "") == words
    assert "maxlength" not in box.attrib


def test_no_form_carries_a_style_a_script_or_a_handler() -> None:
    for each in tree(draw_form(every_block(), {}, error="x", error_field="dots")).iter():
        assert "style" not in each.attrib
        assert not [name for name in each.attrib if name.startswith("on")]
        assert not str(each.tag).endswith(("script", "style"))


def test_every_id_and_every_button_name_is_there_once() -> None:
    blocks = (
        *every_block()[:1],
        ChooseOne("choice", tuple(Option(k, f"Choice {k}") for k in "abc")),
        ShareOut("dots", tuple(Option(k, f"Share {k}") for k in "abc"), 5, 3),
        PutInOrder("order", tuple(Option(k, f"Put {k}") for k in "abc"), 2),
    )
    drawn = draw_form(blocks, {})

    ids = [each.get("id") for each in tree(drawn).iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    names = [name_of(button) for button in find(drawn, "button") if button.get("aria-hidden") != "true"]
    assert len(names) == len(set(names))
    assert "Add a dot to Share b" in names
    assert "Up one place: Put c" in names


def test_every_description_and_label_points_at_something() -> None:
    drawn = draw_form(every_block(), {}, labelled_by="problem-title") + draw_problem("x", "dots")

    ids = {each.get("id") for each in tree(drawn).iter()}
    for each in tree(drawn).iter():
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            assert set((each.get(attribute) or "").split()) <= ids
    assert find(drawn, "a")[0].get("href").removeprefix("#") in ids


def test_enter_presses_the_main_button_and_never_a_small_one() -> None:
    for block in (ShareOut("dots", options(), 5, 3), PutInOrder("order", options(), 3)):
        first = find(draw_form([block], {}), "button")[0]

        assert (first.get("name"), first.get("tabindex"), first.get("aria-hidden")) == ("go", "-1", "true")


def test_a_form_with_one_button_needs_no_hidden_one() -> None:
    assert find(draw_form([ChooseOne("choice", options())], {}), "button") == []


def test_no_level_is_chosen_for_anybody_and_the_least_shared_stands_first() -> None:
    block = ChooseLevel("level", (("C0", "Nobody"), ("C1", "The team"), ("C2", "The room")))

    chosen = [
        [each.get("value") for each in find(draw_form([block], values), "input", checked="")]
        for values in ({}, {"level": ["C2"]}, {"level": ["C9"]})
    ]

    assert chosen == [[], ["C2"], []]
    assert [each.get("value") for each in find(draw_form([block], {}), "input")] == ["C0", "C1", "C2"]


def test_something_else_is_drawn_last_even_in_a_shuffled_list() -> None:
    mixed = (Option("x", "Something else", other=True), Option("a", "A"), Option("b", "B"))

    assert [each.get("value") for each in find(draw_form([ChooseOne("c", mixed)], {}), "input")] == ["a", "b", "x"]
    for seed in range(20):
        assert order_of(PutInOrder("o", mixed, 3, shuffled=True), {}, seed)[-1].key == "x"


def test_a_phone_keeps_its_own_order_and_the_room_gets_every_order() -> None:
    block = PutInOrder("order", options(count=3), 3, shuffled=True)

    orders = [tuple(each.key for each in order_of(block, {}, seed)) for seed in range(200)]

    assert orders == [tuple(each.key for each in order_of(block, {}, seed)) for seed in range(200)]
    counts = sorted(orders.count(order) for order in set(orders))
    assert len(counts) == 6
    assert counts[0] > 15


def test_only_the_places_that_count_are_sent_as_the_answer() -> None:
    drawn = draw_form([PutInOrder("order", options(count=5), 2)], {})

    assert [each.get("value") for each in find(drawn, "input", name="order")] == ["a", "b"]
    assert [each.get("value") for each in find(drawn, "input", name="order.rest")] == ["c", "d", "e"]


def test_the_error_stands_beside_its_field_and_nowhere_else() -> None:
    drawn = draw_form(every_block(), {}, error="Choose one answer.", error_field="choice")

    shown = [
        each.get("id") for each in find(drawn, "p") if each.get("class") == "field-error" and each.get("hidden") is None
    ]
    assert shown == ["e-choice"]
    assert len(find(drawn, "div", **{"aria-invalid": "true"})) == 1


def test_rows_of_a_scale_carry_a_message_only_where_something_is_wrong() -> None:
    block = GradeEach("score", options(), options("y", 2), why="Why?", most=60)
    fine = str(draw_form((block,), {}))
    wrong = str(draw_form((block,), {}, error="Please choose one.", error_field="score.b"))

    assert fine.count("<fieldset") == fine.count("<legend") == 3
    assert 'id="e-score"' in fine
    assert 'id="e-score.b"' not in fine
    assert 'id="e-score.b"><strong>Error:</strong> <bdi>Please choose one.</bdi>' in wrong
    assert wrong.count("aria-invalid") == 1
    assert 'id="e-score.a"' not in wrong


def test_a_small_button_brings_a_page_without_scripts_back_to_itself() -> None:
    drawn = draw_form([ShareOut("dots", options(), 5, 3), ORDER], {}, pressed="dots.b:+1")

    assert [button.get("value") for button in find(drawn, "button") if "autofocus" in button.attrib] == ["dots.b:+1"]


# What small buttons do. ------------------------------------------------------------------------------

DOTS = ShareOut("dots", options(), 4, 3)
ORDER = PutInOrder("order", tuple(Option(key, key.upper()) for key in "abcd"), 2)


def posted(markup: Markup) -> dict[str, list[str]]:
    """What a browser sends for the hidden and text boxes of a form."""
    fields: dict[str, list[str]] = {}
    for each in find(markup, "input"):
        fields.setdefault(each.get("name"), []).append(each.get("value") or "")
    return fields


def test_the_main_button_is_no_step() -> None:
    assert apply_step([DOTS], {"dots.a": ["2"], "go": ["1"]}) is None


def test_one_more_dot_is_added_and_the_rest_stays() -> None:
    stepped = apply_step([DOTS], {"dots.a": ["1"], "dots.b": ["1"], "sid": ["s"], "step": ["dots.a:+1"]})

    assert stepped is not None
    assert stepped.values == {"dots.a": ["2"], "dots.b": ["1"], "sid": ["s"]}
    assert str(stepped.said) == ""


def test_the_dot_too_many_is_refused_with_words() -> None:
    stepped = apply_step([DOTS], {"dots.a": ["2"], "dots.b": ["2"], "step": ["dots.c:+1"]})

    assert stepped is not None
    assert stepped.values == {"dots.a": ["2"], "dots.b": ["2"]}
    assert str(stepped.said) == "You have no dots left. Take some away first."


def test_what_was_typed_beside_a_step_is_kept_as_typed() -> None:
    stepped = apply_step([DOTS], {"dots.a": ["three"], "dots.b": ["1"], "step": ["dots.b:-1"]})

    assert stepped is not None
    assert stepped.values == {"dots.a": ["three"], "dots.b": ["0"]}


@given(
    start=st.lists(st.integers(0, 6), min_size=3, max_size=3),
    presses=st.lists(st.tuples(st.sampled_from("abcz"), st.sampled_from(["+1", "-1", "+9", ""])), max_size=30),
)
def test_no_row_of_presses_ever_puts_a_dot_over_the_total(start: list[int], presses: list[tuple[str, str]]) -> None:
    values = {f"dots.{key}": [str(number)] for key, number in zip("abc", start, strict=True)}
    for key, how in presses:
        before = amounts_of(DOTS, values)
        stepped = apply_step([DOTS], {**values, "step": [f"dots.{key}:{how}"]})

        assert stepped is not None
        values = stepped.values
        after = amounts_of(DOTS, values)
        assert sum(after.values()) <= max(DOTS.total, sum(before.values()))
        assert all(0 <= after[each] <= max(DOTS.most_each, before[each]) for each in "abc")
        assert sum(abs(after[each] - before[each]) for each in "abc") <= 1


@given(presses=st.lists(st.tuples(st.sampled_from("abcdz"), st.sampled_from(["up", "down", "top", "x"])), max_size=30))
def test_an_order_keeps_every_option_once_whatever_is_pressed(presses: list[tuple[str, str]]) -> None:
    values = posted(draw_form([ORDER], {}))
    for key, how in presses:
        stepped = apply_step([ORDER], {**values, "move": [f"order.{key}:{how}"]})

        assert stepped is not None
        values = posted(draw_form([ORDER], stepped.values))
        assert sorted(values["order"] + values["order.rest"]) == ["a", "b", "c", "d"]
        assert len(values["order"]) == ORDER.places


def test_up_moves_one_place_and_says_where_it_stands() -> None:
    stepped = apply_step([ORDER], {**posted(draw_form([ORDER], {})), "move": ["order.c:up"]})

    assert stepped is not None
    assert stepped.values["order"] == ["a", "c"]
    assert stepped.values["order.rest"] == ["b", "d"]
    assert str(stepped.said) == "C is now number 2 of 4."


def test_up_from_the_top_changes_nothing_and_says_so() -> None:
    before = posted(draw_form([ORDER], {}))
    stepped = apply_step([ORDER], {**before, "move": ["order.a:up"]})

    assert stepped is not None
    assert stepped.values == before
    assert str(stepped.said) == "A is already at the top."


def test_lists_start_empty_for_an_order_nobody_touched_and_filled_for_one_that_was_made() -> None:
    untouched = apply_step([ORDER], {**posted(draw_form([ORDER], {})), "pick": ["order:lists"]})
    moved = apply_step([ORDER], {**posted(draw_form([ORDER], {})), "move": ["order.c:up"]})
    assert untouched is not None
    assert moved is not None
    made = apply_step([ORDER], {**posted(draw_form([ORDER], moved.values)), "pick": ["order:lists"]})

    assert made is not None
    assert untouched.values["order"] == []
    assert made.values["order"] == ["a", "c"]
    chosen = find(draw_form([ORDER], made.values), "option", selected="")
    assert [each.get("value") for each in chosen] == ["a", "c"]


def test_going_back_from_the_lists_keeps_what_was_chosen() -> None:
    stepped = apply_step([ORDER], {"order": ["d", "", "d"], "order.by": ["lists"], "pick": ["order:order"]})

    assert stepped is not None
    assert [each.key for each in order_of(ORDER, stepped.values)] == ["d", "a", "b", "c"]


@given(
    fields=st.dictionaries(
        st.sampled_from(["step", "move", "pick", "dots.a", "order", "order.rest", "order.by"]),
        st.lists(st.text(max_size=12) | st.sampled_from(["dots.a:+1", "order.a:up", "order:lists"]), max_size=3),
    )
)
def test_no_junk_from_a_phone_breaks_a_step_or_the_form_after_it(fields: dict[str, list[str]]) -> None:
    stepped = apply_step([DOTS, ORDER], fields)

    values = fields if stepped is None else stepped.values
    assert elements(draw_form([DOTS], values))
    assert (stepped is None) == (not {"step", "move", "pick"} & set(fields))


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ([], "2 of 2 choices left"),
        (["a", "b"], "0 of 2 choices left"),
        (["a", "b", "c"], "1 too many. You can choose 2."),
    ],
)
def test_how_many_more_can_be_ticked_is_said_in_words(ticked: list[str], said: str) -> None:
    some = ChooseSome("choices", tuple(Option(key, key.upper() * 3) for key in "abc"), most=2)

    assert f'<p class="left">{said}</p>' in str(draw_form((some,), {"choices": ticked}))


@pytest.mark.parametrize(("labels", "kind"), [(("0", "1", "10"), "scale"), (("Poor", "Good"), "cards")])
def test_a_scale_of_words_reads_from_top_to_bottom_and_numbers_side_by_side(labels: tuple[str, ...], kind: str) -> None:
    steps = tuple(Option(str(at), label) for at, label in enumerate(labels))

    assert f'<div class="{kind}" role="radiogroup"' in str(draw_form((ChooseOne("grade", steps, scale=True),), {}))


@pytest.mark.parametrize(
    ("unit", "total", "step", "left", "more"),
    [
        ("dots", 1, 1, "1 of 1 dot left", "Add a dot to x"),
        ("dots", 3, 2, "3 of 3 dots left", "Add 2 dots to x"),
        ("points", 1, 1, "1 of 1 point left", "Add 1 point to x"),
        ("points", 100, 5, "100 of 100 points left", "Add 5 points to x"),
    ],
)
def test_what_is_shared_out_has_the_form_that_its_number_needs(
    unit: Literal["dots", "points"], total: int, step: int, left: str, more: str
) -> None:
    drawn = draw_form([ShareOut("d", options(), total, total, step=step, unit=unit)], {})

    assert find(drawn, "p", **{"class": "left"})[0].text == left
    assert [name_of(button) for button in find(drawn, "button", value="d.a:+1")] == [more]


def test_sentences_for_the_page_script_keep_their_places_open() -> None:
    (dots,) = find(draw_form([DOTS], {}), "div", **{"class": "dots"})
    (order,) = find(draw_form([ORDER], {}), "div", **{"class": "order"})
    (bought,) = find(
        draw_form([ChooseSome("c", options(), costs=(5, 5, 5), cap=10, unit="£")], {}), "div", **{"class": "cards dots"}
    )

    assert dots.get("data-left") == f"{{left}} of {DOTS.total} dots left"
    assert {"{option}", "{amount}", "{left}"} == set(re.findall(r"{\w+}", dots.get("data-now")))
    assert {"{option}", "{place}", "{places}"} == set(re.findall(r"{\w+}", order.get("data-now")))
    assert bought.get("data-left") == "£{left} of £10 left"
    assert bought.get("data-over") == "£{over} too much. There is £10."


def test_an_answer_of_the_house_is_said_in_the_readers_language_and_no_words_of_somebody() -> None:
    steps = (Option("a", "Yes"), Choice("n", tr("I would rather not say"), other=True))
    drawn = str(draw_form([ChooseOne("c", steps)], {}))

    assert "<bdi>Yes</bdi>" in drawn
    assert "</b> I would rather not say</span>" in drawn
