"""Stories: questions or free text, length, and the level of consent."""

from __future__ import annotations

import re

import msgspec
import pytest

from workshop_tui.domain.blocks import AddMore, ChooseLevel, Quote, WriteText
from workshop_tui.domain.consent import LEVELS
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.vignette import QUESTIONS, Story, Vignette, VignetteConfig
from workshop_tui.limits import STORY_LETTERS

FOUR = VignetteConfig()
FREE = VignetteConfig(parts=())
KIND = Vignette()


def test_the_usual_form_has_four_questions_and_asks_who_may_read_it_least_first() -> None:
    *questions, level, more = KIND.ask(FOUR)

    assert [block.label for block in questions if isinstance(block, WriteText)] == list(QUESTIONS.values())
    assert level == ChooseLevel(name="level", levels=LEVELS)
    assert LEVELS[0][0] == "C0"
    assert isinstance(more, AddMore)
    assert [each.name for each in more.groups] == [
        "narrator", "whom", "helper", "touchpoints", "feelings", "warnings", "young",
    ]  # fmt: skip
    assert len(dict(more.groups[5].choices)) == 17


def test_without_parts_there_is_one_box() -> None:
    box, _, _ = KIND.ask(FREE)

    assert isinstance(box, WriteText)
    assert KIND.read(FREE, {"story": ["Nobody rang."], "level": ["C3"]}) == Story((("story", "Nobody rang."),), "C3")
    told = {name: words for name, words in KIND.rows(FREE, Story((("story", "Nobody rang."),), "C3")).items() if words}
    assert told == {"story": "Nobody rang.", "consent": "C3"}


def test_an_agenda_may_word_the_questions_and_add_its_own() -> None:
    config = VignetteConfig(parts=("what_happened", "who_helped"), labels={"who_helped": "Who helped?"})
    story = KIND.read(config, {"who_helped": ["My nan"], "situation": ["not asked"], "level": ["C2"]})

    assert KIND.problem(config) == ""
    assert KIND.quote(config, story) == Quote(parts=(("Who helped?", "My nan"),))


@pytest.mark.parametrize("level", [[], [""], ["C5"], ["c4"], ["C1", "C4"], ["4"], [" C4"]])
def test_who_may_read_it_has_to_be_chosen_and_is_one_of_the_five(level: list[str]) -> None:
    with pytest.raises(BallotRejected, match="who may read") as refusal:
        KIND.read(FOUR, {"situation": ["x"], "level": level})

    assert refusal.value.field == "level"


def test_one_visible_word_in_any_part_is_a_story() -> None:
    assert KIND.read(FOUR, {"how_it_felt": ["ok"], "situation": [" \u200b "], "level": ["C0"]}).parts == (
        ("how_it_felt", "ok"),
    )


def test_nothing_visible_is_no_story() -> None:
    with pytest.raises(BallotRejected, match="no words here yet"):
        KIND.read(FOUR, {"how_it_felt": ["\u3164"], "situation": [" \u200b "], "level": ["C4"]})


def test_a_story_of_exactly_the_most_letters_is_kept_whole() -> None:
    half = STORY_LETTERS // 2
    story = KIND.read(FOUR, {"situation": ["x" * half], "what_happened": ["\U0001f600" * half], "level": ["C1"]})

    assert [len(words) for _, words in story.parts] == [half, half]


def test_a_longer_story_is_refused_and_nothing_is_cut() -> None:
    with pytest.raises(BallotRejected, match="1 letter too long") as one_part:
        KIND.read(FOUR, {"what_happened": ["x" * (STORY_LETTERS + 1)]})
    with pytest.raises(BallotRejected, match="whole story is 2 letters too long"):
        KIND.read(FOUR, {"situation": ["xx"], "what_happened": ["x" * STORY_LETTERS]})

    assert one_part.value.field == "what_happened"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (VignetteConfig(parts=("situation", "situation")), "there twice"),
        (VignetteConfig(parts=("who_helped",)), "has no question"),
        (VignetteConfig(parts=("level",)), "cannot be called"),
        (VignetteConfig(parts=("what happened",)), "cannot be called"),
        (VignetteConfig(labels={"who_helped": "Who?"}), "not one of the parts"),
        (VignetteConfig(parts=tuple("abcdefghi")), "room for 8"),
    ],
)
def test_questions_that_cannot_be_asked_are_named(config: VignetteConfig, words: str) -> None:
    assert words in str(KIND.problem(config))


# What may be said besides. ----------------------------------------------------------------------------

TOLD = {"what_happened": ["x"], "level": ["C4"]}


def test_what_was_added_is_kept_in_the_order_of_the_form_with_words_of_ones_own() -> None:
    config = VignetteConfig(touchpoints=("The front desk", "The ward"), feelings=("Lost",))
    more = {"touchpoints": ["The ward"], "touchpoints.own": ["  The car\npark "], "feelings": ["Lost"],
            "narrator": ["carer"], "warnings": ["suicide", "death"]}  # fmt: skip
    story = KIND.read(config, {**TOLD, **more})

    assert story.beside == (
        ("narrator", ("carer",)), ("touchpoints", ("The ward",)), ("touchpoints.own", ("The car park",)),
        ("feelings", ("Lost",)), ("warnings", ("death", "suicide")),
    )  # fmt: skip
    assert KIND.quote(config, story) == Quote(parts=((QUESTIONS["what_happened"], "x"),)), (
        "the room reads the words alone"
    )
    assert KIND.rows(config, story)["warnings"] == "death, suicide"
    assert [str(label) for label, _ in KIND.beside(config, story)][:2] == ["Who tells this?", "Where was it?"]


def test_nothing_has_to_be_added_and_a_story_without_is_written_as_before() -> None:
    assert KIND.read(FOUR, TOLD).beside == ()
    assert msgspec.json.encode(KIND.read(FOUR, TOLD)) == b'{"parts":[["what_happened","x"]],"level":"C4"}'


@pytest.mark.parametrize(
    ("name", "given"),
    [("narrator", ["king"]), ("narrator", ["carer", "parent"]), ("feelings", ["x"]), ("touchpoints.own", ["x" * 61])],
)
def test_what_is_not_in_the_form_is_refused(name: str, given: list[str]) -> None:
    with pytest.raises(BallotRejected) as refusal:
        KIND.read(FOUR, {**TOLD, name: given})

    assert refusal.value.field == name.partition(".")[0]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ([], "C4"),
        (["young"], "C1"),
        (["young", "young_yes"], "C1"),
        (["young", "parent_yes"], "C1"),
        (["young", "young_yes", "parent_yes"], "C4"),
        (["young_no"], "C1"),
    ],
)
def test_a_young_persons_wish_and_a_parents_agreement_are_both_kept_and_without_both_it_is_for_the_room(
    said: list[str], level: str
) -> None:
    story = KIND.read(FOUR, {**TOLD, "young": said})

    assert KIND.consent(story) == level
    assert dict(story.beside).get("young", ()) == tuple(said)
    assert KIND.consent(KIND.read(FOUR, {**TOLD, "level": ["C0"], "young": said})) == "C0"


def test_no_question_asks_how_old_somebody_is() -> None:
    *_, more = KIND.ask(FOUR)
    assert isinstance(more, AddMore)
    words = " ".join(str(said) for group in more.groups for said in (group.label, *dict(group.choices).values()))

    assert not re.search(r"\d|how old|\bage\b|years", words)


@pytest.mark.parametrize("words", [("",), ("A", "A"), tuple(map(str, range(25)))])
def test_words_of_the_agenda_that_cannot_be_chosen_from_are_named(words: tuple[str, ...]) -> None:
    assert "feelings" in str(KIND.problem(VignetteConfig(feelings=words)))
