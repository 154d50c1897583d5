"""What stands for a person is found in every script, at its place; what looks like it is not."""

# ruff: noqa: RUF001 -- digits, spaces and dashes of other scripts are what this is about

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.identifiers.made import SCRIPTS, hard, samples
from tests.identifiers.measuring import measure, places_of, read
from workshop_tui.domain.identifiers import SORTS, find
from workshop_tui.domain.identifiers.folding import folded
from workshop_tui.domain.identifiers.numbers import is_test_number, proven

PIECES = [each.text for each in samples()]
AWKWARD = "09/٣۴५０ \xa0\u200d\u200b–−'’＠.:+£()aAİßﬁ\U0001f64f\U0001f3fd\n\u0301\u202e½²①"
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)), max_size=80)
WITH_SOMETHING = st.lists(st.one_of(ANY_TEXT, st.sampled_from(PIECES)), max_size=5).map(" ".join)


def found(text: str) -> list[tuple[str, str]]:
    """What is found in a text, as sort and words."""
    return [(each.sort, text[each.start : each.end]) for each in find(text)]


@given(ANY_TEXT)
def test_a_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_every_digit_of_every_script_is_folded_to_its_own_figure() -> None:
    digits = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Nd"]

    assert len(digits) > 600
    assert [folded(each) for each in digits] == [str(unicodedata.decimal(each)) for each in digits]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ａ\u3000１", "A 1"),
        ("a\u200bb\u200dc", "a b c"),
        ("–—‑−", "----"),
        ("O’D ʼ", "O'D '"),
        ("x²½①", "x²½①"),
        ("ﬁß", "ﬁß"),
    ],
)
def test_spaces_dashes_apostrophes_and_wide_letters_are_folded_and_powers_are_not(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(WITH_SOMETHING)
def test_candidates_lie_in_the_text_in_order_and_none_overlaps_another(text: str) -> None:
    spans = [(each.start, each.end) for each in find(text)]

    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(
    st.sampled_from(samples()),
    st.sampled_from(["\U0001f64f\U0001f3fd\n", "میں\n", "\U0001d54f!\n", "e\u0301\u0301.\n"]),
)
def test_places_are_counted_in_code_points_of_the_text_as_it_was_written(sample, before) -> None:
    shifted = find(before + sample.text)

    assert [(each.start - len(before), each.end - len(before)) for each in shifted] == [
        (each.start, each.end) for each in find(sample.text)
    ]


@given(st.sampled_from(samples()), st.sampled_from(SCRIPTS))
def test_digits_of_another_script_are_found_at_the_same_places(sample, digits) -> None:
    if sample.text.isascii():
        translated = sample.text.translate(str.maketrans("0123456789", digits))
        assert find(translated) == find(sample.text)


@pytest.mark.parametrize(
    "said", ["5/6 people", "BP 120/80", "06:10", "M25 4am", "1111111111", "3 May", "Ring 111, 999 or 116 123."]
)
def test_fractions_pressures_times_roads_and_helplines_are_nobody(said: str) -> None:
    assert found(said) == []


def test_a_digit_that_is_wrong_proves_nothing_but_words_before_it_still_say_what_it_is() -> None:
    assert proven("9993107220")
    assert found("Order 999 310 7221 came.") == []
    assert found("My NHS number is 999 310 7221.") == [("hospital_number", "999 310 7221")]


@pytest.mark.parametrize("digits", ["0000000000", "1111111111", "9999999999", "999310722", "99931072200"])
def test_ten_equal_digits_and_other_lengths_prove_nothing(digits: str) -> None:
    assert not proven(digits)


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, by: int) -> None:
    right = "9993107220"
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]

    assert not proven(wrong)


def test_numbers_kept_for_tests_are_known() -> None:
    assert is_test_number("9993107220")
    assert not is_test_number("9434765919")


def test_what_a_sum_proves_comes_before_what_only_looks_like_something() -> None:
    assert found("hospital number 999 310 7220") == [("nhs_number", "999 310 7220")]
    assert found("CHI 1402194323") == [("chi_number", "1402194323")]


@pytest.mark.parametrize(
    ("text", "sort", "match"),
    [
        ("Fy enw i yw Carys ap Rhys.", "person_name", "Carys ap Rhys"),
        ("Carys yw fy enw i.", "person_name", "Carys"),
        ("Ei henw hi yw Nia.", "person_name", "Nia"),
        ("Rwy'n byw yn 12 Heol y Bont.", "street_address", "12 Heol y Bont"),
        ("7 Ffordd Pentre", "street_address", "7 Ffordd Pentre"),
        ("3 Stryd Fawr, Bethesda", "street_address", "3 Stryd Fawr"),
        ("Daeth Nyrs Elin.", "staff_name", "Nyrs Elin"),
        ("Ganwyd ef ar 3ydd o Fawrth 1960.", "date_of_birth", "3ydd o Fawrth 1960"),
        ("Mx. A. Smith", "person_name", "Mx. A. Smith"),
        ("Drs Patel and Jones said no.", "staff_name", "Drs Patel and Jones"),
        ("میرا نام علی خان ہے", "person_name", "علی خان"),
        ("Nazywam się Zofia Łuczak.", "person_name", "Zofia Łuczak"),
        ("Sort code: 12-34-56 Account No. is 12345678", "bank_details", "12-34-56 Account No. is 12345678"),
        ("GB29 NWBK 6016 1331 9268 19 thanks", "bank_details", "GB29 NWBK 6016 1331 9268 19"),
        ("card 4111 1111 1111 1111", "bank_details", "4111 1111 1111 1111"),
        ("1948年1月2日", "date_of_birth", "1948年1月2日"),
        ("born 5 Nov 71 and still here", "date_of_birth", "5 Nov 71"),
        ("(+44) 7700 900142", "phone", "(+44) 7700 900142"),
        ("LL57 2DG and SA1 1AA and ec1a1bb", "postcode", "LL57 2DG"),
        ("I saw dr ahmed on tuesday.", "staff_name", "dr ahmed"),
        ("My partner (Sam) was there.", "person_name", "Sam"),
        ("Stryd y Castell, rhif 12.", "street_address", "Stryd y Castell, rhif 12"),
        ("999/000/0018", "nhs_number", "999/000/0018"),
        ("jane at example dot org", "email", "jane at example dot org"),
    ],
)
def test_it_is_found_whole(text: str, sort: str, match: str) -> None:
    assert found(text)[0] == (sort, match)


def test_two_ffyrdd_of_doing_something_are_no_address() -> None:
    assert found("2 ffordd o wneud hyn") == []


@pytest.mark.parametrize(
    "piece", ["0", "0 1 ", "A ", "Aa ", "my name is ", "Dr Aa ", "a.a", "a at ", "1/1/", "'s ", "12 Aa Bb ", "@"]
)
def test_a_flood_of_what_begins_like_something_is_read_to_its_end(piece: str) -> None:
    flood = piece * (10_000 // len(piece))

    assert all(0 <= each.start < each.end <= len(flood) for each in find(flood))


# The shares that issue and rules ask for. The texts by another hand are measured too, and nothing is changed for them:
# what they are found to miss is written down in docs/identifiers.md.
PROVEN = ("nhs_number", "chi_number")
WRITTEN = ("date_of_birth", "postcode", "phone", "email")
CALLED = ("staff_name", "person_name")
SETS = {"made": (*samples(), *hard()), "stories": read("vignettes.json")}


@pytest.mark.parametrize("name", SETS)
def test_what_a_sum_proves_is_found(name: str) -> None:
    measured = measure(SETS[name])

    assert measured.share(*PROVEN) >= 0.99, measured.missed


@pytest.mark.parametrize("sort", WRITTEN)
@pytest.mark.parametrize("name", SETS)
def test_dates_postcodes_phones_and_e_mail_are_found(name: str, sort: str) -> None:
    measured = measure(SETS[name])

    assert measured.share(sort) >= 0.95, measured.missed


@pytest.mark.parametrize("sort", CALLED)
@pytest.mark.parametrize("name", SETS)
def test_titles_and_cue_phrases_are_found(name: str, sort: str) -> None:
    measured = measure(SETS[name])

    assert measured.share(sort) >= 0.9, measured.missed


@pytest.mark.parametrize("name", SETS)
def test_at_most_two_of_a_hundred_texts_with_nothing_in_them_are_marked(name: str) -> None:
    measured = measure(SETS[name])

    assert measured.hard
    assert measured.alarmed_hard <= 0.02 * measured.hard, measured.alarms


def test_more_than_four_hundred_sentences_are_made_and_every_sort_is_in_them() -> None:
    assert len(samples()) + len(hard()) > 400
    assert len(hard()) >= 100
    assert {each.sort for sample in samples() for each in sample.expected} == set(SORTS)


@pytest.mark.parametrize("name", ["vignettes.json", "first_hand.json", "second_hand.json"])
def test_what_a_file_says_is_to_be_found_stands_in_its_texts(name: str) -> None:
    texts = read(name)

    assert len({each.key for each in texts}) == len(texts)
    assert {sort for sample in texts for sort, _, _ in places_of(sample)} <= set(SORTS)


@pytest.mark.parametrize("name", ["first_hand.json", "second_hand.json"])
def test_texts_by_another_hand_are_found_as_far_as_they_must_be(name: str) -> None:
    measured = measure(read(name))

    assert measured.share(*PROVEN) >= 0.99, measured.missed
    assert all(measured.share(sort) >= 0.95 for sort in WRITTEN), measured.missed
    assert measured.share(*CALLED) >= 0.9, measured.missed
    assert measured.alarmed_hard <= 0.02 * measured.hard, measured.alarms
