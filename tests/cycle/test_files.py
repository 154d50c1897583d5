"""Records, batons, receipts and follow-ups as files: same value, same bytes; taken whole or not at all."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cases import hostile_inputs
from tests.cycle import made
from tests.cycle.made import Answer, Body, answered, baton_of, entry, needs, point, record
from workshop_tui.cycle import baton, files, follow_up, receipt
from workshop_tui.cycle import record as records
from workshop_tui.cycle.baton import Refusal
from workshop_tui.cycle.record import Evidence, Fixed, People, Promise, Received, Result
from workshop_tui.domain.text import clean_text
from workshop_tui.errors import CycleFileError, InputError
from workshop_tui.exports.formats import html
from workshop_tui.exports.sheet_of_baton import sheet
from workshop_tui.messages import ENGLISH

Reader = Callable[[bytes], object]


def a_baton() -> baton.Baton:
    return baton_of(needs(point("n1"), point("n2")), to=[Body(name="Planning group")])


def a_receipt(*answers: tuple[str, Answer]) -> receipt.Receipt:
    said = answers or (("aaaa:n1", Answer(status="done", words="It rings")),)
    return receipt.build(
        a_baton(), [receipt.Answered(point=each, answer=of) for each, of in said], body="The group", on="2027-01-20"
    )


def linked(line: follow_up.Line) -> follow_up.Line:
    return replace(line, hash=follow_up.link(line))


FILES: dict[str, tuple[bytes, Reader]] = {
    "record": (records.write(needs()), lambda data: records.read(data, "some.json")),
    "baton": (baton.write(a_baton()), lambda data: baton.read(data, "some.json")),
    "receipt": (receipt.write(a_receipt()), lambda data: receipt.read(data, "some.json")),
    "follow-up": (
        follow_up.write(made.follow_up(answered("n1", "done", "It rings"), answered("n2", "not_done", "No money"))),
        lambda data: follow_up.read(data, "some.json"),
    ),
}


def told(read: Reader, data: bytes) -> str:
    with pytest.raises(CycleFileError) as refused:
        read(data)
    assert "some.json" in str(refused.value)
    assert "Nothing of it was taken." in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("name", FILES)
def test_each_file_says_first_what_it_is_and_is_read_back(name: str) -> None:
    data, read = FILES[name]

    assert files.kind_of(data[:200]) == name
    assert read(data) == read(data)
    assert data.endswith(b"\n")


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_is_refused_whole(name: str) -> None:
    data, read = FILES[name]

    for at in range(0, len(data) - 2, max(1, len(data) // 60)):
        if name == "follow-up" and data[:at].endswith(b"\n"):
            continue  # Whole lines are a file from before the others were written.
        told(read, data[:at])


@pytest.mark.parametrize("name", FILES)
def test_newer_older_foreign_and_other_files_are_told_apart(name: str) -> None:
    data, read = FILES[name]
    schema = f'"workshop-tui/{name}/1"'.encode()

    def saying(other: str) -> bytes:
        return data.replace(schema, f'"{other}"'.encode(), 1)

    assert "A newer version of this program made it" in told(read, saying(f"workshop-tui/{name}/2"))
    assert "This program did not make it" in told(read, saying("somebody/else/1"))
    assert "This program did not make it" in told(read, b"{}")
    assert "It is “workshop-tui/session/1”" in told(read, saying("workshop-tui/session/1"))
    assert "damaged, or it is no JSON" in told(read, b"\xff\xfe\x00")
    assert "damaged, or it is no JSON" in told(read, b"[" * 100_000)
    assert "This program did not make it" in told(read, b"[]")


def test_what_is_damaged_is_named_by_its_place() -> None:
    plain = json.loads(FILES["record"][0])
    plain["entries"][1]["at"] = "yesterday"
    read = FILES["record"][1]

    assert "“entries[1].at” has a value that cannot stand there" in told(read, json.dumps(plain).encode())
    del plain["entries"]
    del plain["session"]["stage"]
    assert "“session.stage” is missing" in told(read, json.dumps(plain).encode())


NO_DAY = "2026-02-30"


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("record", records.write(replace(needs(), session=made.session(day=NO_DAY))), "session.day"),
        ("record", records.write(needs(point(fields={"by": NO_DAY}))), "aaaa:n1.by"),
        ("record", records.write(needs(point(fields={"by": "soon"}))), "aaaa:n1.by"),
        ("record", records.write(record(received=(Received(id="b:1", words="W", on=NO_DAY),))), "received[0].on"),
        ("baton", baton.write(replace(a_baton(), due=NO_DAY)), "due"),
        ("receipt", receipt.write(replace(a_receipt(), on=NO_DAY)), "on"),
        ("follow-up", follow_up.write(follow_up.FollowUp(session="aaaa", lines=(linked(
            follow_up.Line(seq=1, at=0, what="sent", on=NO_DAY, prev=follow_up.first_link("aaaa"))),))), "on"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_of_the_calendar_is_named_by_its_place(name: str, data: bytes, place: str) -> None:
    assert f"“{place}” has a value that cannot stand there" in told(FILES[name][1], data)


def test_an_entry_of_another_session_and_one_that_is_there_twice_are_refused() -> None:
    read = FILES["record"][1]

    assert "“bbbb:n1”" in told(read, files.encode(record(entry("n1", session="bbbb"))))
    assert "“aaaa:n1”" in told(read, files.encode(record(entry("n1"), entry("n1"))))


@pytest.mark.parametrize("name", ["baton", "receipt"])
def test_a_forged_baton_or_receipt_is_refused(name: str) -> None:
    data, read = FILES[name]
    for word in (b"rings", b"number to ring"):
        if word in data:
            assert "It was changed after it was made" in told(read, data.replace(word, b"x" * len(word), 1))


@pytest.mark.parametrize("words", [text for _, text, _ in hostile_inputs.EXPORT], ids=repr)
def test_every_hostile_text_comes_back_from_each_file_as_the_one_door_lets_it_in(words: str) -> None:
    clean = clean_text(words)
    handed = baton_of(needs(point("n1", words=f"So: {clean}")))
    followed = made.follow_up(answered("n1", "done", f"So: {words}"))

    page = html.FORMAT.write(sheet(handed), ENGLISH)

    assert baton.read(baton.write(handed), "b").points[0].words == clean_text(f"So: {clean}")
    assert follow_up.read(follow_up.write(followed), "f").lines[0].words == clean_text(f"So: {words}")
    elements = [each.tag for each in html5lib.parse(bytes(page).decode()).iter() if isinstance(each.tag, str)]
    assert "{http://www.w3.org/1999/xhtml}script" not in elements


@given(st.text(max_size=200))
def test_every_text_in_a_file_comes_in_through_the_one_door(text: str) -> None:
    dirty = {"schema": records.SCHEMA, "session": json.loads(records.write(needs()))["session"],
             "entries": [{"id": "aaaa:n1", "words": text, "at": 1}]}  # fmt: skip

    found = records.read(json.dumps(dirty).encode(), "some.json")

    assert found.entries[0].words == clean_text(text)


# The baton. ------------------------------------------------------------------------------------------


def test_the_same_record_makes_the_same_baton() -> None:
    assert baton.write(a_baton()) == baton.write(a_baton())
    assert a_baton().checksum != baton_of(needs(point("n1"))).checksum


def test_points_go_to_the_stage_that_they_are_for_and_those_without_one_to_the_next() -> None:
    back = point("n2", fields={"stage": "monitor"})
    unsaid = point("n3", fields={})
    made_of = needs(point("n1"), back, unsaid)

    assert [each.id for each in baton_of(made_of).points] == ["aaaa:n1", "aaaa:n3"]
    assert [each.id for each in baton_of(made_of, "monitor").points] == ["aaaa:n2"]
    with pytest.raises(InputError, match="No point of this session is for the stage “procure”"):
        baton_of(made_of, "procure")


def test_a_point_from_improve_to_plan_goes_anticlockwise() -> None:
    owner = entry("a1", "action", fields={"role": "The ward manager"})
    made_of = record(point("n1"), owner, stage="improve", people=People(apart=True))

    assert baton_of(made_of, "plan").direction == "anticlockwise"


def test_a_baton_holds_no_key_of_a_text_and_no_word_of_a_participant() -> None:
    evidence = Evidence(texts=("KEYCANARY",), stories=1)
    told_of = record(
        point("n1", evidence=evidence), entry("m1", "missing"), texts={"KEYCANARY": "CANARY words of somebody"}
    )

    data = baton.write(baton_of(told_of))

    assert b"CANARY" not in data
    assert b'"stories": 1' in data


def test_a_point_whose_story_was_taken_back_says_so_and_one_that_is_held_back_stays() -> None:
    gone = point("n1", evidence=Evidence(taken_back=1))
    held = point("n2", words="", withheld=True)

    found = baton_of(needs(gone, held)).points

    assert [(each.id, each.story_taken_back) for each in found] == [("aaaa:n1", True)]


OPTIONS = (entry("o1", "option"), entry("o2", "option"))
VOTE = Result(key="i1", item="", kind="impact", question="Q", answered=4, base=4, options=1)

FAILING: dict[str, tuple[Any, Any]] = {
    "needs not_reached": (record(point()), needs()),
    "plan impact": (
        record(point(), entry("o1", "option"), stage="plan", promise=Promise(cannot_change=(Fixed(text="The date"),))),
        record(point(), entry("o1", "option"), entry("g1", "gain_loss"), stage="plan",
               promise=Promise(cannot_change=(Fixed(text="The date"),))),
    ),
    "plan impact of each": (
        record(point(), *OPTIONS, entry("g1", "gain_loss"), stage="plan",
               promise=Promise(cannot_change=(Fixed(text="The date"),))),
        record(point(), *OPTIONS, entry("g1", "gain_loss"), entry("g2", "gain_loss"), stage="plan",
               promise=Promise(cannot_change=(Fixed(text="The date"),))),
    ),
    "plan impact of one that is tied": (
        record(point(), *OPTIONS, stage="plan", promise=Promise(cannot_change=(Fixed(text="The date"),)),
               results=(VOTE,)),
        record(point(), entry("o1", "option", evidence=Evidence(results=("i1",))), OPTIONS[1], stage="plan",
               promise=Promise(cannot_change=(Fixed(text="The date"),)), results=(VOTE,)),
    ),
    "plan cannot_change": (
        record(point(), stage="plan"),
        record(point(), stage="plan", promise=Promise(cannot_change=(Fixed(text="The date"),))),
    ),
    "improve owner": (
        record(point(), entry("a1", "action"), stage="improve", people=People(apart=True)),
        record(point(), entry("a1", "action", fields={"role": "Sam"}), stage="improve", people=People(apart=True)),
    ),
    "improve apart": (
        record(point(), entry("a1", "action", fields={"role": "Sam"}), stage="improve"),
        record(point(), entry("a1", "action", fields={"role": "Sam"}), stage="improve", people=People(apart=True)),
    ),
    "procure reasons": (
        record(point(), stage="procure",
               results=(Result(key="i1", item="", kind="panel", question="Q", answered=4, base=4, unexplained=1),)),
        record(point(), stage="procure",
               results=(Result(key="i1", item="", kind="panel", question="Q", answered=4, base=4),)),
    ),
    "monitor status": (
        record(point(), stage="monitor", received=(Received(id="bbbb:p1", words="A promise"),)),
        record(point(), stage="monitor", received=(Received(id="bbbb:p1", words="A promise", status="acknowledged"),)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILING)
def test_each_check_of_a_stage_refuses_by_name_and_a_typed_reason_is_kept(name: str) -> None:
    check = name.split()[1]
    failing, fine = FAILING[name]

    with pytest.raises(Refusal) as refused:
        baton_of(failing)
    assert list(refused.value.missing) == [check]
    assert baton_of(fine).overrides == ()
    (kept,) = baton_of(failing, because={check: "They meet next week"}).overrides
    assert (kept.check, kept.reason) == (check, "They meet next week")
    assert kept.missing
    with pytest.raises(Refusal):
        baton_of(failing, because={check: "  "})
    with pytest.raises(InputError, match="needs no reason"):
        baton_of(fine, because={check: "They meet next week"})


# The receipt. ----------------------------------------------------------------------------------------


def test_a_baton_goes_on_for_no_reason_with_a_number_that_stands_for_one_person() -> None:
    with pytest.raises(InputError, match="stands for one person"):
        baton_of(made.record(point()), because={"not_reached": "Ask for NHS number 943 476 5919"})


def test_a_receipt_with_answers_that_contradict_themselves_is_refused_point_by_point() -> None:
    wrong = [("aaaa:n1", Answer(status="not_done")), ("aaaa:n2", Answer(status="planned", words="A rota"))]

    with pytest.raises(CycleFileError) as refused:
        a_receipt(*wrong)

    assert "aaaa:n1: “Not done” needs a reason." in str(refused.value)
    assert "aaaa:n2: “Planned” needs a date: by when?" in str(refused.value)


def test_a_receipt_answers_only_points_of_its_baton_each_once() -> None:
    yes = Answer(status="done", words="It rings")
    for answers in ([("aaaa:n9", yes)], [("aaaa:n1", yes), ("aaaa:n1", yes)]):
        with pytest.raises(CycleFileError):
            a_receipt(*answers)
    assert a_receipt(("aaaa:n1", yes), ("aaaa:n2", Answer())).answers[0].point == "aaaa:n1"
    assert len(a_receipt(("aaaa:n1", yes), ("aaaa:n2", Answer())).answers) == 1
    other = replace(a_baton(), id="aaaa:improve")
    assert receipt.misfit(a_receipt(), other) is not None


def test_a_session_that_opened_with_a_baton_answers_what_it_dealt_with() -> None:
    answered_in = record(
        id_="bbbb",
        stage="plan",
        received=(
            Received(id="aaaa:n1", words="One", status="passed_on", to="The council"),
            Received(id="zzzz:n7", words="Of another baton", status="acknowledged"),
        ),
    )

    found = receipt.of_session(answered_in, a_baton())

    assert [(each.point, each.answer.status, each.answer.to) for each in found] == [
        ("aaaa:n1", "passed_on", "The council")
    ]


# The follow-up. --------------------------------------------------------------------------------------


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def test_a_changed_missing_moved_or_added_line_is_named() -> None:
    data, read = FILES["follow-up"]
    head, first, second = lines_of(data)

    assert "Line 2 does not follow" in told(read, head + first.replace(b"It rings", b"It sings") + second)
    assert "Line 2 does not follow" in told(read, head + second)
    assert "Line 2 does not follow" in told(read, head + second + first)
    assert "Line 4 does not follow" in told(read, data + second)
    assert "Line 3 is not whole" in told(read, data[:-1])
    assert "Line 2 is damaged" in told(read, head + b"{}\n" + second)


@pytest.mark.parametrize("depth", [100, 600, 900, 990, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_what_is_nested_however_deep_is_read_or_refused(opens: str, closes: str, depth: int) -> None:
    data, read = FILES["record"]
    deep = data.rstrip()[:-1] + f', "more": {opens * depth}1{closes * depth}}}'.encode()

    if depth == 100:
        assert read(deep) == read(data)
    else:
        with contextlib.suppress(CycleFileError):
            read(deep)


def test_a_line_with_signs_that_a_terminal_obeys_is_told_by_its_number_and_nothing_of_it() -> None:
    _, read = FILES["follow-up"]
    forged = replace(answered("n1", "done", "It rings"), about="x\x1b[2J", seq=1, prev=follow_up.first_link("aaaa"))
    forged = replace(forged, hash=follow_up.link(forged))

    said = told(read, follow_up.write(follow_up.FollowUp(session="aaaa", lines=(forged,))))

    assert "Line 2 has signs that this program never writes." in said
    assert "\x1b" not in said


def test_a_follow_up_of_one_session_is_none_of_another() -> None:
    data, read = FILES["follow-up"]

    assert "Line 2 does not follow" in told(read, data.replace(b'"session":"aaaa"', b'"session":"bbbb"', 1))


@pytest.mark.parametrize(
    "line",
    [answered("n1", "not_done"), answered("n1", "done"), answered("n1", "done", "It rings", session="bbbb"),
     replace(answered("n1", "none"), what="confirmed")],
)  # fmt: skip
def test_a_line_that_breaks_a_rule_is_never_added(line: follow_up.Line) -> None:
    with pytest.raises(CycleFileError):
        made.follow_up(line)


@given(st.lists(st.sampled_from(["n1", "n2", "n3"]), max_size=6), st.text(max_size=30))
def test_whatever_is_added_is_read_back_as_it_was_and_goes_on(keys: list[str], words: str) -> None:
    lines = [answered(key, "done", f"Done: {words}") for key in keys]

    data = follow_up.write(made.follow_up(*lines))

    found = follow_up.read(data, "some.json")
    assert [each.about for each in found.lines] == [f"aaaa:{key}" for key in keys]
    assert follow_up.write(follow_up.added(found, lines)).startswith(data)


def test_what_was_taken_back_is_known_from_a_damaged_file_too() -> None:
    gone = follow_up.Line(at=made.NOON, what="withdrawn", keys=("k1", "k2"))
    head, first, second = lines_of(follow_up.write(made.follow_up(answered("n1", "done", "It rings"), gone)))

    assert follow_up.withdrawn_in(head + b"\xff{]\n" + second + first[:9]) == {"k1", "k2"}


# What a stage hands on is told in words. -------------------------------------------------------------


def test_what_a_stage_hands_on_says_what_became_of_each_line_in_words_and_never_by_a_key() -> None:
    gain = {"who": "People who drive", "way": "lose"}
    told = record(
        point(), entry("o1", "option", fields={"state": "discarded", "reason": "No money"}),
        entry("g1", "gain_loss", fields=gain), entry("x1", "access", fields={"state": "not_met", "reason": "No loop"}),
        stage="plan", promise=Promise(cannot_change=(Fixed(text="The date"),)),
    )  # fmt: skip

    payload = baton_of(told).payload

    assert [each.said for each in payload["options"]] == ["discarded; No money"]
    assert [each.said for each in payload["impacts"]] == ["People who drive; they lose"]
    assert [each.said for each in payload["access"]] == ["not met; No loop"]


def test_a_monitoring_session_hands_on_what_was_promised_with_what_was_seen_and_its_measure() -> None:
    kept = Received(
        id="bbbb:p1", words="We ring back", sort="promise", status="not_done", said="Two lines were closed",
        metric="Calls answered", baseline="41 of 100", source="Phone log", seen="38 of 100",
    )  # fmt: skip

    (line,) = baton_of(record(point(), stage="monitor", received=(kept,))).payload["promised"]

    assert line.said == (
        "Broken. Two lines were closed. Measured now: 38 of 100. Measured by: Calls answered. At first: 41 of 100. "
        "Source: Phone log."
    )


@pytest.mark.parametrize(
    ("people", "many"),
    [(People(in_room=10, by_video=5, phones=9), 15), (People(phones=9, looking_on=2), 7)],
)
def test_a_baton_says_how_many_took_part_as_its_points_count_them(people: People, many: int) -> None:
    assert baton_of(replace(needs(), people=people)).origin.people == many
