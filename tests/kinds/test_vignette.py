"""Stories: questions or free text, length, and the level of consent."""

from __future__ import annotations

import pytest

from workshop_tui.domain.blocks import ChooseLevel, Quote, WriteText
from workshop_tui.domain.consent import LEVELS
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.vignette import QUESTIONS, Story, Vignette, VignetteConfig
from workshop_tui.limits import STORY_LETTERS

FOUR = VignetteConfig()
FREE = VignetteConfig(parts=())
KIND = Vignette()


def test_the_usual_form_has_four_questions_and_asks_who_may_read_it_least_first() -> None:
    *questions, level = KIND.ask(FOUR)

    assert [block.label for block in questions if isinstance(block, WriteText)] == list(QUESTIONS.values())
    assert level == ChooseLevel(name="level", levels=LEVELS)
    assert LEVELS[0][0] == "C0"


def test_without_parts_there_is_one_box() -> None:
    box, _ = KIND.ask(FREE)

    assert isinstance(box, WriteText)
    assert KIND.read(FREE, {"story": ["Nobody rang."], "level": ["C3"]}) == Story((("story", "Nobody rang."),), "C3")
    assert KIND.rows(FREE, Story((("story", "Nobody rang."),), "C3")) == {"story": "Nobody rang.", "consent": "C3"}


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
