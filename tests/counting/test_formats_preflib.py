"""PrefLib files: real ones are read with everything odd in them told, broken ones refused with their line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import hostile_inputs
from tests.counting.published import FOLDER
from workshop_tui import limits
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.domain.plain_profiles import Approved, Ordered, Scored, counts_of, voters
from workshop_tui.errors import InputError

HEAD = """\
# FILE NAME: {name}
# TITLE: Which first
# DESCRIPTION:
# DATA TYPE: {type}
# MODIFICATION TYPE: original
# RELATES TO:
# RELATED FILES:
# PUBLICATION DATE: 2026-01-01
# MODIFICATION DATE: 2026-01-01
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: {voters}
# NUMBER UNIQUE ORDERS: {unique}
# ALTERNATIVE NAME 1: Bus
# ALTERNATIVE NAME 2: Bike
# ALTERNATIVE NAME 3: Car
"""
CATEGORIES = "# NUMBER CATEGORIES: {count}\n{names}"


def text(*ballots: str, type_: str = "soi", voters: int | None = None, unique: int | None = None) -> str:
    counted = sum(int(each.split(":")[0]) for each in ballots) if voters is None else voters
    head = HEAD.format(name=f"x.{type_}", type=type_, voters=counted, unique=len(ballots) if unique is None else unique)
    return head + "".join(f"{each}\n" for each in ballots)


def categories(*ballots: str, names: tuple[str, ...] = ("Yes", "No")) -> str:
    head, body = text(*ballots, type_="cat").replace("UNIQUE ORDERS", "UNIQUE PREFERENCES").split("# ALTERNATIVE", 1)
    named = "".join(f"# CATEGORY NAME {n}: {name}\n" for n, name in enumerate(names, 1))
    return f"{head}# NUMBER CATEGORIES: {len(names)}\n{named}# ALTERNATIVE{body}"


def read(content: str | bytes, name: str = "x.soi") -> BallotFile:
    (file,) = read_ballots(name, content.encode() if isinstance(content, str) else content)
    return file


def odd(file: BallotFile) -> list[str]:
    return [str(each) for each in file.oddities]


def real(name: str) -> BallotFile:
    path = FOLDER / "preflib" / name
    if not path.is_file():
        pytest.skip(f"No real votes here: {name} is looked for in ../shared/data.")
    return read(path.read_bytes(), name)


def test_a_file_as_the_format_wants_it_has_nothing_odd() -> None:
    file = read(text("3: 1,2", "2: 2,3,1", "1: 3"))

    assert odd(file) == []
    assert file.title == "Which first"
    assert counts_of(file.profile.lines) == {(("1",), ("2",)): 3, (("2",), ("3",), ("1",)): 2, (("3",),): 1}
    assert [each.name for each in file.profile.candidates] == ["Bus", "Bike", "Car"]


def test_burlington_says_what_lines_its_head_lacks_and_where_ballots_have_ties() -> None:
    file = real("00005-00000002.toi")

    assert odd(file) == [
        "Line 1: 5 head lines are missing: FILE NAME, TITLE, DESCRIPTION, DATA TYPE, MODIFICATION TYPE.",
        "Line 309: An order puts several in one place (an overvote where only one may be next). "
        "5 more lines have the same.",
    ]
    assert voters(file.profile) == 8980
    assert len(file.profile.lines) == 384
    assert sum(count for count, order in file.profile.lines if any(len(group) > 1 for group in order)) == 6


def test_debian_has_nothing_odd() -> None:
    file = real("00002-00000001.soi")

    assert odd(file) == []
    assert voters(file.profile) == 475


def test_the_posters_are_approvals_with_one_ballot_given_twice() -> None:
    file = real("00033-00000002.cat")

    assert isinstance(file.profile, Approved)
    assert odd(file) == []
    assert [count for count, _ in file.profile.lines if count > 1] == [2]
    assert voters(file.profile) == 65


@pytest.mark.parametrize(
    ("ballots", "name", "type_", "expected"),
    [
        (["3: 1,2"], "x.soc", "soc", "Line 16: The type soc promises complete orders; this one leaves some out."),
        (["3: {1,2},3"], "x.soi", "soi", "Line 16: The type soi promises orders without ties; this one has a tie."),
        (["3: 1,2"], "x.toi", "toi", "The type is toi, but the ballots would fit soi, which says more."),
        (["3: 1,2,3"], "x.soi", "soc", "Line 4: DATA TYPE is “soc”, but the name of the file ends in .soi."),
        (["3: 1, 2"], "x.soi", "soi", "Line 16: A list has stray spaces."),
        (["3 : 1,2"], "x.soi", "soi", "Line 16: A list has stray spaces."),
        (["3: 1,2,"], "x.soi", "soi", "Line 16: A list ends in a comma."),
        (["3: 1,,2"], "x.soi", "soi", "Line 16: An order has an empty place. It was closed up."),
        (["3: {},2"], "x.soi", "soi", "Line 16: An order has an empty place. It was closed up."),
        (["3: 1,2,1"], "x.soi", "soi", "Line 16: A ballot names an alternative twice. The first time counts."),
        (["3: 1", "2: 1"], "x.soi", "soi", "Line 17: The same ballot is on two lines. They were added up."),
        (["3: 1", "0: 2"], "x.soi", "soi", "Line 17: A ballot is there 0 times. It was passed over."),
        (["3: 1", "2:"], "x.soi", "soi", "Line 17: A ballot says nothing. It is not counted."),
        (["3: {1,2}"], "x.toi", "toi", "Line 16: An order puts several in one place (an overvote"),
    ],
)
def test_what_is_odd_in_a_ballot_is_told_with_its_line(
    ballots: list[str], name: str, type_: str, expected: str
) -> None:
    assert any(each.startswith(expected) for each in odd(read(text(*ballots, type_=type_), name)))


def test_counts_that_do_not_add_up_are_told_and_the_lines_count() -> None:
    file = read(text("3: 1", "2: 2", voters=6, unique=9))

    assert odd(file) == [
        "Line 11: NUMBER VOTERS is 6, but the ballots are 5. The lines count.",
        "Line 12: NUMBER UNIQUE ORDERS is 9, but different orders are 2. The lines count.",
    ]
    assert voters(file.profile) == 5


def test_blank_ballots_are_counted_apart() -> None:
    file = read(text("3: 1", "2: "))

    assert (voters(file.profile), file.blank) == (3, 2)
    assert not any("NUMBER VOTERS" in each for each in odd(file))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("# TITLE: Which first\n", ""), "Line 1: 1 head line is missing: TITLE."),
        (("# ALTERNATIVE NAME 2: Bike\n", ""), "These have no ALTERNATIVE NAME: 2. They are called by their number."),
        (("2: Bike", "2: Bus"), "Two have the same ALTERNATIVE NAME"),
        (("ALTERNATIVES: 3", "ALTERNATIVES: 2"), "Line 10: NUMBER ALTERNATIVES is 2, but number 3 has a name."),
        (("# TITLE: Which first", "#TITLE:Which first"), "Line 2: A head line is not written as “# NAME: value”."),
        (("# TITLE", "# Title"), "Line 2: The name of a head line is not in capitals: “Title”."),
        (("# TITLE: Which first", "# TITLE: a\n# TITLE: b"), "Line 3: The head says TITLE twice"),
        (("# TITLE", "# SUBTITLE: x\n# TITLE"), "Line 2: The head line “SUBTITLE” is none of this format."),
        (("# TITLE", "# just words\n# TITLE"), "Line 2: A line begins with # and has no colon."),
        (("VOTERS: 3", "VOTERS:"), "Line 11: NUMBER VOTERS has no number."),
        (("3: 1\n", "3: 1\n# RELATES TO:\n"), "Line 17: A head line comes after the first ballot."),
    ],
)
def test_what_is_odd_in_a_head_is_told_with_its_line(change: tuple[str, str], expected: str) -> None:
    content = text("3: 1").replace(*change)

    assert content != text("3: 1")
    assert any(each.startswith(expected) for each in odd(read(content)))


@pytest.mark.parametrize(
    ("encode", "expected"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw.encode(), "Line 1: The file begins with a byte order mark."),
        (lambda raw: raw.replace("\n", "\r\n").encode(), "The lines end as on Windows"),
        (lambda raw: raw.replace("\n", "\r").encode(), "The lines end as on Windows or on an old Mac"),
        (lambda raw: raw.encode("utf-16"), "Line 1: The file is in UTF-16 and not in UTF-8."),
        (lambda raw: raw.replace("Bus", "Büs").encode("latin-1"), "Line 13: The file is not in UTF-8."),
    ],
)
def test_other_encodings_and_line_ends_are_read_and_told(encode: object, expected: str) -> None:
    file = read(encode(text("3: 1,2")))  # type: ignore[operator]

    assert any(each.startswith(expected) for each in odd(file))
    assert file.profile.lines == ((3, (("1",), ("2",))),)
    assert file.profile.candidates[0].name in ("Bus", "Büs")


def test_bytes_that_are_no_utf_8_are_read_as_windows_writes_them() -> None:
    file = read(text("3: 1").replace("Bus", "\u201cBus\u201d").encode("cp1252"))

    assert file.profile.candidates[0].name == "\u201cBus\u201d"


def test_of_two_names_for_one_alternative_the_first_counts() -> None:
    file = read(text("3: 1").replace("NAME 3: Car", "NAME 3: Car\n# ALTERNATIVE NAME 1: Tram"))

    assert [each.name for each in file.profile.candidates] == ["Bus", "Bike", "Car"]
    assert odd(file) == ["Line 16: ALTERNATIVE NAME 1 is there twice, with two names. The first one counts."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (text("3: 1,4"), "line 16: there is no alternative 4: they are numbered from 1 to 3."),
        (text("3: 0"), "line 16: there is no alternative 0"),
        (text("3: x"), "line 16: an alternative is “x”, and no whole number"),
        (text("3: {1,2"), "line 16: “{1,2” cannot be read: braces do not close"),
        (text("3: {1,{2}}"), "line 16: “{1,{2}}” cannot be read"),
        (text("3: 1").replace("3: 1\n", "1,2,3\n"), "line 16: “1,2,3” is no ballot: a count and a colon come first"),
        (text("3: 1").replace("3: 1\n", "-3: 1\n"), "line 16: the count before the colon is “-3”"),
        (text("3: 1").replace("3: 1\n", f"{'9' * 5000}: 1\n"), "line 16: the count before the colon is “9999"),
        (text("3: 1").replace("ALTERNATIVES: 3", "ALTERNATIVES: 999999"), "there are 999,999 candidates"),
        (text("3: 1").replace("NAME 3", "NAME 999999"), "there are 999,999 candidates"),
        ("3\n1,Bus\n2,Bike\n3,Car\n5,5,1\n5,1,2,3\n", "line 1: this looks like the form that PrefLib files had"),
        ("", "the file names no alternatives"),
        ("\0\1\2", "this is no text file"),
        (text("3: 1") + "x" * (limits.BALLOT_LINE_LETTERS + 1), "line 17: the line is longer than 100,000 letters"),
        (text("3: 1") + "\n" * limits.BALLOT_FILE_LINES, "the file has more than 500,000 lines"),
        (text("9999999999: 1"), "the lines add up to 9,999,999,999 ballots"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_the_line(content: str, expected: str) -> None:
    with pytest.raises(InputError, match=re.escape(expected)) as caught:
        read(content)

    assert str(caught.value).startswith("x.soi")
    assert caught.value.exit_code == 2
    assert "Nothing was counted." in str(caught.value.advice)
    assert len(str(caught.value)) < 300


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="larger than 20,000,000 bytes"):
        read(b"\xff" * (limits.BALLOT_FILE_BYTES + 1))


def test_a_file_that_is_odd_in_every_line_tells_only_so_many_sorts() -> None:
    many = "".join(f"# KEY {n}: x\n" for n in range(5000))

    file = read(many + text("3: 1"))

    assert len(file.oddities) <= 101
    assert any("There is more that is odd" in each for each in odd(file))


def test_two_categories_are_approvals_of_the_first() -> None:
    file = read(categories("3: {1,2},3", "1: {},{1,2,3}", "2: 2,{1,3}"), "x.cat")

    assert isinstance(file.profile, Approved)
    assert odd(file) == []
    assert counts_of(file.profile.lines) == {("1", "2"): 3, (): 1, ("2",): 2}


def test_more_categories_are_a_scale_with_the_best_first() -> None:
    file = read(categories("3: 1,2,3", "1: {1,2},3,{}", names=("Good", "Fair", "Bad")), "x.cat")

    assert isinstance(file.profile, Scored)
    assert file.profile.scale == ((0, "Bad"), (1, "Fair"), (2, "Good"))
    assert counts_of(file.profile.lines) == {
        (("1", 2), ("2", 1), ("3", 0)): 3,
        (("1", 2), ("2", 2), ("3", 1)): 1,
    }
    assert odd(file) == ["The categories are read as a scale, the first as the best: the format does not say it."]


@pytest.mark.parametrize(
    ("ballot", "expected"),
    [
        ("3: {1,2}", "A ballot has 1 category, and the head names 2."),
        ("3: 1,2,3", "A ballot has 3 categories, and the head names 2."),
        ("3: 1,2", "A ballot puts some in no category. They are read as left out."),
        ("3: {1,2},{2,3}", "A ballot names an alternative twice. The first time counts."),
    ],
)
def test_categories_that_do_not_fit_are_told(ballot: str, expected: str) -> None:
    assert any(expected in each for each in odd(read(categories(ballot), "x.cat")))


@pytest.mark.parametrize("payload", [pytest.param(raw[:2000], id=name) for name, raw, _ in hostile_inputs.ALL])
def test_hostile_words_come_out_clean_or_the_file_is_refused(payload: str) -> None:
    content = text("3: 1").replace("Bus", payload).replace("Which first", payload) + payload

    try:
        file = read(content.encode("utf-8", "surrogatepass"))
        said = [file.title, *(each.name for each in file.profile.candidates), *odd(file)]
    except InputError as problem:
        said = [str(problem)]

    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line) for line in said)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789:,{} \n#-x\t;ALTERNIVMUB", max_size=80), st.sampled_from(["soi", "toc", "cat"]))
def test_no_content_does_more_than_be_read_or_refused(tail: str, ending: str) -> None:
    try:
        file = read(text("3: 1,2") + tail, f"x.{ending}")
        found = voters(file.profile) + file.blank
    except InputError as problem:
        found = 3 * str(problem).startswith(f"x.{ending}")

    assert found >= 3


def test_an_order_is_ordered_whatever_it_is_called() -> None:
    assert isinstance(read(text("3: 1,2"), "X.SOI").profile, Ordered)


def from_zero(content: str, sort: str = "ALTERNATIVE") -> str:
    """The same with names numbered from 0."""
    return re.sub(rf"(?<={sort} NAME )(\d)", lambda found: str(int(found[1]) - 1), content)


def test_alternatives_numbered_from_zero_are_read_as_their_ballots_number_them() -> None:
    file = read(from_zero(text("3: 0,2", "2: 1")))
    chosen = read(from_zero(categories("4: {0,1},2", "1: 2,{0,1}")), "x.cat")

    assert [(each.key, each.name) for each in file.profile.candidates] == [("0", "Bus"), ("1", "Bike"), ("2", "Car")]
    assert counts_of(file.profile.lines) == {(("0",), ("2",)): 3, (("1",),): 2}
    assert counts_of(chosen.profile.lines) == {("0", "1"): 4, ("2",): 1}
    assert odd(file) == ["Line 13: The numbers begin with 0, and not with 1."]


def test_a_number_beyond_those_of_a_file_from_zero_is_refused() -> None:
    with pytest.raises(InputError, match=r"there is no alternative 3: they are numbered from 0 to 2"):
        read(from_zero(text("3: 0,3")))


def test_categories_numbered_from_zero_keep_their_names() -> None:
    file = read(from_zero(categories("3: 1,2,3", names=("Good", "Fair", "Bad")), "CATEGORY"), "x.cat")

    assert isinstance(file.profile, Scored)
    assert [words for _, words in file.profile.scale] == ["Bad", "Fair", "Good"]


@pytest.mark.parametrize(
    ("names", "chosen", "said"),
    [
        (("Against", "For"), {("2", "3"): 4}, "those in the second are read as chosen"),
        (("Disapproved", "Approved"), {("2", "3"): 4}, "“Disapproved” and the second “Approved”"),
        (("Would come", "Would not"), {("1",): 4}, "Those in the first category, “Would come”, are read as chosen."),
        (("No", "Perhaps"), {("1",): 4}, "Those in the first category, “No”, are read as chosen."),
        (("Selected", "Left"), {("1",): 4}, ""),
    ],
)
def test_what_is_read_as_chosen_is_told_where_the_file_does_not_tell(
    names: tuple[str, str], chosen: dict[tuple[str, ...], int], said: str
) -> None:
    file = read(categories("4: 1,{2,3}", names=names), "x.cat")

    assert isinstance(file.profile, Approved)
    assert counts_of(file.profile.lines) == chosen
    assert any(said in each for each in odd(file)) if said else odd(file) == []
