"""Decisions change what they are about and not one character beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.identifiers.test_finding import ANY_TEXT, WITH_SOMETHING
from workshop_tui.domain.identifiers import SORTS, Candidate, find
from workshop_tui.domain.redaction import TOKENS, Redaction, open_in, redacted, texts_in, with_decision, with_texts

SENTINEL = "\U0010fffd"
DECISIONS = st.sampled_from(["accepted", "edited", "dismissed"])


def decided(candidate: Candidate, decision, words: str = "") -> Redaction:
    """A decision about a candidate."""
    read = {"accepted": TOKENS[candidate.sort], "edited": words, "dismissed": ""}[decision]
    return Redaction("", candidate.start, candidate.end, candidate.sort, decision, read)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(st.sampled_from("abc"), min_size=1), inner)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_a_value_with_the_texts_that_are_in_it_is_the_same_value_and_every_text_has_a_way_of_its_own(value) -> None:
    found = list(texts_in(value))

    assert with_texts(value, lambda place, text: dict(found)[place]) == value
    assert len({place for place, _ in found}) == len(found)
    assert [text for _, text in texts_in(with_texts(value, lambda place, text: f"{place}!"))] == [
        f"{place}!" for place, _ in found
    ]


@st.composite
def a_text_with_decisions(draw) -> tuple[str, list[Redaction]]:
    """Any text, and decisions about pieces of it, found or not."""
    text = draw(ANY_TEXT.map(lambda text: text.replace(SENTINEL, "")))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pieces = [Candidate(start, end, "person_name") for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [decided(each, draw(DECISIONS), SENTINEL) for each in pieces]


@given(a_text_with_decisions())
def test_nothing_outside_what_was_accepted_or_edited_changes(made) -> None:
    text, decisions = made
    taken = [each for each in decisions if each.decision != "dismissed"]
    edges = [0, *(edge for each in taken for edge in (each.start, each.end)), len(text)]
    outside = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    marked = [Redaction("", each.start, each.end, each.sort, "edited", SENTINEL) for each in taken]

    assert redacted(text, marked).split(SENTINEL) == outside


@given(a_text_with_decisions(), st.randoms())
def test_in_whatever_order_decisions_were_made_the_same_is_read(made, chance) -> None:
    text, decisions = made
    shuffled = chance.sample(decisions, len(decisions))

    assert redacted(text, shuffled) == redacted(text, decisions)


@given(WITH_SOMETHING, DECISIONS)
def test_a_text_is_open_until_each_of_its_candidates_is_decided(text: str, decision) -> None:
    decisions: tuple[Redaction, ...] = ()
    candidates = find(text)

    for left in range(len(candidates), 0, -1):
        assert len(open_in(text, decisions)) == left
        decisions = with_decision(decisions, decided(open_in(text, decisions)[0], decision, "somebody"))
    assert open_in(text, decisions) == ()


@given(WITH_SOMETHING)
def test_dismissing_everything_leaves_the_text_as_it_was_written(text: str) -> None:
    assert redacted(text, [decided(each, "dismissed") for each in find(text)]) == text


@given(WITH_SOMETHING)
def test_accepting_everything_puts_a_token_where_each_candidate_stood(text: str) -> None:
    candidates = find(text)

    shown = redacted(text, [decided(each, "accepted") for each in candidates])

    change = sum(len(TOKENS[each.sort]) - (each.end - each.start) for each in candidates)
    assert len(shown) == len(text) + change
    assert all(TOKENS[each.sort] in shown for each in candidates)


def test_a_later_decision_takes_the_place_of_an_earlier_one_about_the_same() -> None:
    text = "Dr Prothero rang."
    (candidate,) = find(text)

    decisions = with_decision((decided(candidate, "accepted"),), decided(candidate, "edited", "the doctor"))

    assert redacted(text, decisions) == "the doctor rang."


def test_a_candidate_that_reaches_beyond_what_was_decided_is_open_again() -> None:
    (candidate,) = find("Dr Prothero rang.")
    half = Candidate(candidate.start, candidate.end - 3, candidate.sort)

    assert open_in("Dr Prothero rang.", [decided(half, "dismissed")]) == (candidate,)


def test_every_sort_has_a_token_and_no_token_is_a_candidate() -> None:
    assert set(TOKENS) == set(SORTS)
    assert find(" ".join(TOKENS.values())) == ()
