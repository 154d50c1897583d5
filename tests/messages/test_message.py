"""What a message is: a value that says nothing until somebody has a language."""

from __future__ import annotations

import msgspec
import pytest

from workshop_tui.messages import (
    ENGLISH,
    Amount,
    Day,
    Figure,
    Listed,
    Message,
    Percent,
    Quoted,
    Text,
    Translator,
    Verbatim,
    counted,
    tr,
    trn,
)


def test_a_message_says_itself_in_english() -> None:
    assert str(tr("The vote closes in {minutes} minutes.", minutes=5)) == "The vote closes in 5 minutes."


@pytest.mark.parametrize(("n", "said"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1200, "1,200 people")])
def test_the_number_decides_between_the_forms(n: int, said: str) -> None:
    assert str(trn("{n} person", "{n} people", n)) == said
    assert str(counted("{n} person", "{n} people").of(n)) == said


def test_a_number_can_decide_and_be_said_in_another_way() -> None:
    assert str(trn("{n} person", "{n} people", 30, n=tr("about {count}", count=30))) == "about 30 people"


def test_a_message_cannot_be_glued_into_a_string() -> None:
    with pytest.raises(TypeError, match="cannot be put into a string"):
        f"{tr('Yes')} and no"


def test_peoples_words_are_escaped_and_set_apart_with_their_language() -> None:
    said = tr("{title} & {more}", title=Quoted("<b>Croeso</b>", "cy"), more="x<y")

    assert ENGLISH.html(said) == '<bdi lang="cy">&lt;b&gt;Croeso&lt;/b&gt;</bdi> &amp; <bdi>x&lt;y</bdi>'
    assert ENGLISH.text(said) == "<b>Croeso</b> & x<y"


def test_a_place_in_somebodys_words_is_not_filled() -> None:
    assert str(tr("{a} and {b}", a="{b}", b="x")) == "{b} and x"


def test_lists_days_and_figures_are_said_as_english_has_them() -> None:
    several = Listed((Verbatim("A"), "B", tr("Other")), "or")

    assert str(tr("{x}", x=several)) == "A, B or Other"
    assert (
        str(tr("{d}: {p} of {f}", d=Day("2026-12-11"), p=Percent(29), f=Figure("0.38")))
        == "11 December 2026: 29% of 0.38"
    )


def test_messages_survive_the_way_to_another_process() -> None:
    said = trn("{n} by {who}", "{n} by {who}", 2, who=Listed((Quoted("Ann", "en"), Verbatim("B"), tr("you"))))

    assert msgspec.json.decode(msgspec.json.encode(said), type=Message | str) == said
    assert msgspec.json.decode(b'"words"', type=Text) == "words"


class Welsh(Translator):
    """A little of it."""

    def __init__(self) -> None:
        super().__init__("cy")

    def look_up(self, message: Message) -> str | None:
        return {"Join": "Ymuno", "Vote on {title}": "Pleidlais ar {title}"}.get(message.text)


BUS = Quoted("The bus", "en", (("cy", "Y bws"),))


def test_words_that_are_given_in_several_languages_are_read_in_the_readers() -> None:
    assert ENGLISH.html(BUS) == "<bdi>The bus</bdi>"
    assert Welsh().html(BUS) == "<bdi>Y bws</bdi>"
    assert Translator("ur", "rtl").html(BUS) == '<bdi lang="en">The bus</bdi>'
    assert Welsh().text(tr("Vote on {title}", title=BUS)) == "Pleidlais ar Y bws"


def test_a_sentence_without_a_translation_is_english_throughout() -> None:
    welsh = Welsh().knowing({"The bus": BUS, "Y bws": Quoted("Y bws", "cy")})

    assert welsh.html(tr("Leave {title}", title=BUS)) == '<span lang="en" dir="ltr">Leave <bdi>The bus</bdi></span>'
    assert welsh.html(tr("Leave {title}", title="Y bws")) == (
        '<span lang="en" dir="ltr">Leave <bdi lang="cy">Y bws</bdi></span>'
    )
    assert welsh.html(tr("Leave {what}", what=tr("Join"))) == '<span lang="en" dir="ltr">Leave Join</span>'


def test_sentences_that_have_no_translation_are_one_text_that_runs_its_own_way() -> None:
    urdu = Translator("ur", "rtl")
    urdu.look_up = lambda message: "ہاں" if message.text == "Yes." else None  # type: ignore[method-assign]

    assert urdu.html((tr("One."), tr("Two."))) == (
        '<span lang="en" dir="ltr"><span>One.</span> <span>Two.</span></span>'
    )
    assert urdu.html((tr("One."), tr("Yes."))) == (
        '<span><span lang="en" dir="ltr">One.</span></span> <span>ہاں</span>'
    )


def test_known_words_are_told_apart_from_what_anybody_wrote() -> None:
    welsh = Welsh().knowing({"The bus": BUS, "Trains": Quoted("Trains", "en")})

    assert welsh.html("The bus") == "<bdi>Y bws</bdi>"
    assert welsh.html(tr("Vote on {title}", title="Trains")) == 'Pleidlais ar <bdi lang="en">Trains</bdi>'
    assert welsh.html("Somebody's own") == "<bdi>Somebody&#39;s own</bdi>"
    assert Welsh().html("The bus") == "<bdi>The bus</bdi>"


def test_a_second_language_stands_beside_the_first_where_it_has_the_text() -> None:
    both = ENGLISH.beside(Welsh())
    also = '<span class="also" lang="cy" dir="ltr">'

    assert both.html(tr("Join")) == f"Join {also}Ymuno</span>"
    assert both.html(tr("Vote on {title}", title=BUS)) == (
        f"Vote on <bdi>The bus</bdi> {also}Pleidlais ar <bdi>Y bws</bdi></span>"
    )
    assert both.html(BUS) == f"<bdi>The bus</bdi> {also}<bdi>Y bws</bdi></span>"
    assert both.html(tr("Leave")) == "Leave"
    # Sentences that belong together are read through in one language, and then in the other.
    assert both.html((tr("Join"), tr("Leave"), tr("Vote on {title}", title=BUS))) == (
        "<span>Join</span> <span>Leave</span> <span>Vote on <bdi>The bus</bdi></span> "
        f"{also}<span>Ymuno</span> <span>Pleidlais ar <bdi>Y bws</bdi></span></span>"
    )
    assert both.html((tr("Join"), tr("Leave"))) == f"<span>Join</span> <span>Leave</span> {also}Ymuno</span>"
    assert both.html("Somebody's own") == "<bdi>Somebody&#39;s own</bdi>"
    assert both.text(tr("Join")) == "Join"


def test_an_amount_is_written_with_the_sign_before_or_the_word_after_its_number() -> None:
    assert ENGLISH.text(Amount(1200, "£")) == "£1,200"
    assert ENGLISH.text(Amount(1200, "coins")) == "1,200 coins"
    assert ENGLISH.text(Amount(1200)) == "1,200"


def test_several_sentences_are_elements_of_their_own_and_in_plain_text_stand_apart() -> None:
    said = (tr("One."), tr("Two."))

    assert ENGLISH.html(said) == "<span>One.</span> <span>Two.</span>"
    assert ENGLISH.html(said[:1]) == "One."
    assert ENGLISH.text(said) == "One. Two."
