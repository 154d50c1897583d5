"""Many sessions and what was answered to them, as one picture."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cycle import made
from tests.cycle.made import DAY, NOON, Answer, Body, answered, baton_of, entry, follow_up, needs, point, record
from workshop_tui.cycle import follow_up as files_of_answers
from workshop_tui.cycle import receipt, told
from workshop_tui.cycle.follow_up import Line, sent_lines
from workshop_tui.cycle.picture import PROMISES, picture, summing_line
from workshop_tui.cycle.picture_words import lines_of
from workshop_tui.cycle.record import Evidence, Received, Record
from workshop_tui.domain.answers import STATUSES, wrong_in
from workshop_tui.messages import ENGLISH

TODAY = "2026-12-01"


def said(*args: object, **more: object) -> str:
    return "\n".join("  " * depth + ENGLISH.text(line) for depth, line in lines_of(picture(*args, today=TODAY, **more)))


def ask(key: str, yes: int, no: int = 0) -> Line:
    return Line(at=NOON + DAY, what="confirmed", about=f"aaaa:{key}", yes=yes, no=no)


def test_one_line_sums_up_every_point_once() -> None:
    keys = [f"n{number}" for number in range(41)]
    done, refused = keys[:18], keys[18:27]
    lines = [answered(key, "done", "It is done") for key in done]
    lines += [answered(key, "not_done", "No money") for key in refused]
    lines += [ask(key, 4, 1) for key in done[:12]] + [ask(key, 1, 3) for key in done[12:]]

    found = picture([record(*map(point, keys))], [follow_up(*lines)], today=TODAY)

    assert str(summing_line(found.points)) == (
        "Of 41 points: 12 done and confirmed, 6 done but disputed, 9 not done with a reason and 14 with no answer "
        "recorded."
    )
    assert str(summing_line(found.points[:1])) == "Of 1 point: 1 done and confirmed."
    assert str(summing_line(())) == "No point was raised yet."


@given(st.lists(st.sampled_from([*STATUSES, "ask"]), max_size=12))
def test_the_numbers_of_the_line_add_up_whatever_was_answered(statuses: list[str]) -> None:
    full = {"words": "Words", "on": "2027-01-01", "to": "The council"}
    needed = {"planned": ("words", "on"), "waiting": ("words", "on"), "passed_on": ("to",), "acknowledged": ()}
    lines = []
    for number, status in enumerate(statuses):
        if status == "ask":
            lines.append(ask(f"n{number}", 1))
        elif status != "none":
            lines.append(answered(f"n{number}", status, **{k: full[k] for k in needed.get(status, ("words",))}))

    found = picture([record(*(point(f"n{n}") for n in range(len(statuses))))], [follow_up(*lines)], today=TODAY)

    line = summing_line(found.points)
    if statuses:
        parts = dict(line.places)["parts"]
        assert sum(part.n for part in parts.items) == len(statuses)  # type: ignore[union-attr]


def test_the_newest_export_of_a_session_holds_whatever_the_order_of_the_files() -> None:
    old = record(point("n1", words="Old words"))
    new = record(point("n1", words="New words"), session=made.session(made_at=NOON + 1))
    other = record(entry("p1", session="bbbb"), session=made.session("bbbb", day="2026-12-01"))
    three = [old, new, other]

    for seed in range(6):
        random.Random(seed).shuffle(three)
        found = picture(three, today=TODAY)
        assert [each.entry.words for each in found.points] == ["New words", "The words of p1"]


def test_what_was_taken_back_later_is_in_no_picture_and_its_point_still_stands() -> None:
    tied = point("n1", evidence=Evidence(texts=("k1",), stories=1))
    old = record(tied, texts={"k1": "CANARY words", "k2": "Others"})
    gone = Line(at=NOON, what="withdrawn", keys=("k1",))

    found = picture([old], [follow_up(gone)], today=TODAY)

    (stands,) = found.points
    assert stands.entry.words == tied.words
    assert stands.entry.evidence.is_gone
    assert "The story behind this was taken back." in said([old], [follow_up(gone)])
    assert "The story behind this was taken back." in said([old], withdrawn=["k1"])
    assert "taken back" not in said([old])


def test_words_of_an_older_export_that_repeat_what_was_taken_back_are_held_back() -> None:
    concern = entry("c1", "concern", words="She said: the floor was wet and nobody had come for an hour")
    old = record(concern, texts={"k1": "The floor was wet and nobody had come for an hour."})

    ((_, before),) = picture([old], today=TODAY).concerns
    ((_, after),) = picture([old], today=TODAY, withdrawn=["k1"]).concerns

    assert not before.withheld
    assert (after.words, after.withheld) == ("", True)


@pytest.mark.parametrize("where", ["item", "reason"])
def test_a_title_and_a_field_that_repeat_what_was_taken_back_go_whatever_was_in_the_record(where: str) -> None:
    told = "She said: the floor was wet and nobody had come for an hour"
    more = {"item": told} if where == "item" else {"fields": {"reason": told}}
    old = record(entry("m1", "missing", words="Young carers", **more), texts={"k1": told.removeprefix("She said: ")})
    after = record(entry("m1", "missing", words="Young carers", fields={"reason": "She said: […]"}))

    assert "the floor was wet" not in repr(picture([old], today=TODAY, withdrawn=["k1"]))
    # What is no text of the record is known by the line alone; one from after that is as it was left.
    assert "the floor was wet" not in repr(picture([replace(old, texts={})], today=TODAY, withdrawn=["aaaa:m1"]))
    assert picture([after], today=TODAY, withdrawn=["aaaa:m1"]).unheard[0].entry.words == "Young carers"


def test_an_entry_that_is_named_as_taken_back_is_held_back_too() -> None:
    ((_, after),) = picture([record(entry("c1", "concern"))], today=TODAY, withdrawn=["aaaa:c1"]).concerns

    assert (after.words, after.withheld) == ("", True)


def test_the_newest_answer_holds_and_every_earlier_one_stays() -> None:
    lines = [answered("n1", "planned", "A rota", on="2026-12-24"),
             answered("n1", "done", "A rota", at=NOON + DAY, reference="Minute 7")]  # fmt: skip

    (found,) = picture([needs()], [follow_up(*lines)], today=TODAY).points

    assert [each.answer.status for each in found.given] == ["planned", "done"]
    assert (found.answer.status, found.given[-1].reference) == ("done", "Minute 7")


def test_a_receipt_counts_once_whether_it_was_taken_or_only_lies_there() -> None:
    handed = baton_of(needs(), to=[Body(name="Planning group")])
    no = receipt.Answered(point="aaaa:n1", answer=Answer(status="not_done", words="No money"))
    came = receipt.build(handed, [no], body="Planning group", on="2026-12-02")
    taken = answered("n1", "not_done", "No money", source="receipt", keys=(came.checksum,))

    for follow_ups, receipts in (([], [came]), ([follow_up(taken)], [came]), ([], [came, came])):
        (found,) = picture([needs()], follow_ups, [handed], receipts, today=TODAY).points
        assert [each.answer.status for each in found.given] == ["not_done"]


def a_session_that_said(answer: Answer, id_: str = "bbbb") -> Record:
    got = Received(id="aaaa:n1", words="One number", status=answer.status, said=answer.words)
    return record(received=(got,), session=made.session(id_, "plan", day="2026-12-02"))


NO = Answer(status="not_done", words="No money")
YES = Answer(status="acknowledged")


@pytest.mark.parametrize("answer", [NO, YES], ids=["in_words", "without"])
@pytest.mark.parametrize("is_taken", [True, False], ids=["taken", "lying_there"])
def test_what_a_session_says_and_its_receipt_too_is_one_answer_and_leads_to_both(
    answer: Answer, *, is_taken: bool
) -> None:
    handed = baton_of(needs(), to=[Body(name="Planning group")])
    came = receipt.build(handed, [receipt.Answered(point="aaaa:n1", answer=answer)], body="Planning group",
                         on="2026-12-02", reference="Minute 7")  # fmt: skip
    taken = answered("n1", answer.status, answer.words, source="receipt", keys=(came.checksum,), said_on=came.on,
                     by_body=came.body, reference="Minute 7", at=NOON + 9 * DAY)  # fmt: skip
    sessions = [needs(), a_session_that_said(answer)]

    (found,) = picture(sessions, [follow_up(taken)] * is_taken, [handed], [came], today=TODAY).points

    (only,) = found.given
    assert (only.body, only.reference, only.session) == ("Planning group", "Minute 7", "bbbb")
    assert [str(each) for each in told.source_of(only)] == [
        "Said by Planning group on 2 December 2026.",
        "It is said in “Minute 7”.",
        "“The plan workshop” noted the same.",
    ]


def test_what_two_said_alike_without_words_or_on_another_day_stays_two_answers() -> None:
    asked = needs(point(fields={"stage": "plan", "asked": "Say which number"}))
    both = baton_of(asked, to=[Body(name="Planning group"), Body(name="Board")])
    one = baton_of(asked, to=[Body(name="Board")])
    for handed, answer, on in ((both, YES, "2026-12-02"), (one, NO, "2026-12-03")):
        came = receipt.build(handed, [receipt.Answered(point="aaaa:n1", answer=answer)], body="Board", on=on)

        (found,) = picture([asked, a_session_that_said(answer)], [], [handed], [came], today=TODAY).points

        assert [each.source for each in found.given] == ["session", "receipt"]


def test_what_a_session_and_its_receipt_say_undoes_nothing_that_was_noted_on_that_day_in_between() -> None:
    handed = baton_of(needs(), to=[Body(name="Planning group")])
    came = [
        receipt.build(handed, [receipt.Answered(point="aaaa:n1", answer=answer)], body=body, on="2026-12-02")
        for answer, body in ((Answer(status="acknowledged", words="Seen"), "Board"), (NO, "Planning group"))
    ]
    lines = [
        answered("n1", each.answers[0].answer.status, each.answers[0].answer.words, source="receipt",
                 keys=(each.checksum,), said_on=each.on, by_body=each.body, at=NOON + 9 * DAY + n)
        for n, each in enumerate(came)
    ]  # fmt: skip

    (found,) = picture([needs(), a_session_that_said(NO)], [follow_up(*lines)], [handed], today=TODAY).points

    assert [(each.answer.words, each.session) for each in found.given] == [("Seen", ""), ("No money", "bbbb")]


def test_what_a_later_session_did_with_a_point_is_its_answer_and_the_point_is_followed_to_what_came_of_it() -> None:
    onward = entry("p1", session="bbbb", evidence=Evidence(received=("aaaa:n1",)))
    got = Received(id="aaaa:n1", words="One number", status="passed_on", to="The redesign group")
    plan = record(onward, received=(got,), session=made.session("bbbb", "plan", day="2027-01-20"))
    done = follow_up(answered("p1", "done", "It is 111", session="bbbb"), session="bbbb")

    found = picture([plan, needs()], [done], today=TODAY)

    chain = found.followed("aaaa:n1")
    assert [each.entry.id for each in chain] == ["aaaa:n1", "bbbb:p1"]
    assert [each.answer.status for each in chain] == ["passed_on", "done"]
    assert "It went on as “The words of p1”." in said([plan, needs()], [done])


def test_a_ring_of_points_ends() -> None:
    one = entry("n1", evidence=Evidence(received=("aaaa:n2",)))
    two = entry("n2", evidence=Evidence(received=("aaaa:n1",)))

    assert len(picture([record(one, two)], today=TODAY).followed("aaaa:n1")) == 2


def test_what_was_handed_to_a_session_and_has_no_answer_is_still_in_its_hands_once_people_have_left() -> None:
    got = (Received(id="aaaa:n1", words="One number"),)
    plan = record(id_="bbbb", stage="plan", received=got)
    running = replace(plan, session=replace(plan.session, ended_at=None))

    assert [each.received.id for each in picture([plan], today=TODAY).in_hand] == ["aaaa:n1"]
    assert picture([running], today=TODAY).in_hand == ()


def test_points_without_an_answer_come_first_the_latest_first_and_say_to_whom_they_were_handed() -> None:
    late = point("n1", fields={"stage": "plan", "by": "2026-10-01"}, words="Very late")
    soon = point("n2", fields={"stage": "plan"}, words="Not late")
    handed = baton_of(needs(late, soon), to=[Body(name="Planning group"), Body(name="The council")], due="2027-03-01")

    found = picture([needs(late, soon)], [], [handed], today=TODAY)
    text = said([needs(late, soon)], [], [handed])

    assert [each.entry.words for each in found.unanswered] == ["Very late", "Not late"]
    assert [each.asked_by for each in found.unanswered] == ["2026-10-01", "2027-03-01"]
    assert {each.body for each in found.unanswered[0].handed} == {"Planning group", "The council"}
    assert "Handed to Planning group and The council on 1 December 2026." in text
    assert "Long overdue: no answer since 1 October 2026." in text
    assert text.index("Points without an answer") < text.index("Who has not been heard")


def test_promises_read_kept_or_broken_and_actions_are_due_until_they_are_done() -> None:
    promise = entry("p1", "promise", fields={"by": "2026-11-01"})
    actions = [entry("a1", "action", fields={"by": "2027-01-01"}), entry("a2", "action"), entry("a3", "action")]
    lines = follow_up(answered("p1", "not_done", "The post was cut"), answered("a3", "done", "A rota"))

    found = picture([record(promise, *actions)], [lines], today=TODAY)
    text = said([record(promise, *actions)], [lines])

    assert [each.entry.id for each in found.actions_due] == ["aaaa:a1", "aaaa:a2"]
    assert "Broken. “The post was cut”" in text
    assert str(summing_line(found.promises, PROMISES)) == "Of 1 promise: 1 not done with a reason."


@pytest.mark.parametrize("follow_ups", [0, 1])
def test_of_two_copies_of_a_follow_up_the_longer_counts(follow_ups: int) -> None:
    short = follow_up(answered("n1", "planned", "A rota", on="2026-12-24"))
    long = follow_up(answered("n1", "planned", "A rota", on="2026-12-24"), answered("n1", "done", "A rota"))

    (found,) = picture([needs()], [short, long][:: 1 if follow_ups else -1], today=TODAY).points

    assert found.answer.status == "done"


def test_a_baton_without_an_answer_is_late_after_its_day_and_28_days_later_reads_as_handed_over() -> None:
    handed = baton_of(needs(point("n1", fields={}), point("n2", fields={})), to=[Body(name="The council")],
                      due="2026-12-31")  # fmt: skip
    two = needs(point("n1", fields={}), point("n2", fields={}))

    def on(day: str, *lines: Line) -> str:
        shown = lines_of(picture([two], [follow_up(*lines)], [handed], today=day))
        return "\n".join(ENGLISH.text(line) for _, line in shown)

    assert "0 of 2 are answered." in on("2026-12-31")
    assert "Late: answers were asked for by 31 December 2026." in on("2027-01-01")
    assert "Handed over, no answer since 31 December 2026." in on("2027-01-29")
    half = on("2027-01-29", answered("n1", "not_done", "No money"))
    assert "1 of 2 are answered. Late: answers" in half
    whole = on("2027-01-29", answered("n1", "not_done", "No money"), answered("n2", "acknowledged"))
    assert "Late: answers" not in whole
    assert "Handed over" not in whole


def test_what_was_handed_on_is_known_without_the_baton_by_what_was_noted_when_it_was_written() -> None:
    bodies = [Body(name="The council"), Body(name="The board")]
    both, one = point("n1", fields={}), point("n2", fields={"body": "The board"})
    handed = baton_of(needs(both, one), to=bodies, due="2026-12-31")

    noted = picture([needs(both, one)], [follow_up(*sent_lines(handed, NOON))], today=TODAY)
    lying = picture([needs(both, one)], [], [handed], today=TODAY)

    assert {(each.body, each.points) for each in noted.batons} == {("The council", 1), ("The board", 2)}
    assert [each.body for each in noted.batons] == [each.body for each in lying.batons]


def test_of_several_bodies_each_answers_for_itself() -> None:
    two = [Body(name="The council"), Body(name="The board")]
    asked = needs(point("n1", fields={}))
    handed = baton_of(asked, to=two, due="2026-10-01")
    said_by = answered("n1", "acknowledged", by_body="the council")

    found = picture([asked], [follow_up(said_by)], [handed], today=TODAY)

    assert {each.body: (each.answered, each.lateness(TODAY)) for each in found.batons} == {
        "The council": (1, ""), "The board": (0, "long_overdue"),
    }  # fmt: skip


# Whatever the order, and whatever a clock says. ------------------------------------------------------

SAID = (
    Answer(status="done", words="A rota"),
    Answer(status="not_done", words="No money"),
    Answer(status="acknowledged"),
)
said_once = st.tuples(st.sampled_from(["n1", "n2"]), st.integers(0, 2), st.integers(-2, 2), st.booleans())


def line_of(key: str, which: int, days: int, is_count: bool) -> Line:
    at = NOON + days * DAY
    if is_count:
        return Line(at=at, what="confirmed", about=f"aaaa:{key}", yes=which, no=1)
    return answered(key, SAID[which].status, SAID[which].words, at=at, by_body=["The council", "The board"][which % 2])


@given(st.lists(said_once, max_size=5), st.lists(said_once, max_size=3), st.lists(said_once, max_size=3), st.randoms())
def test_the_picture_is_the_same_whatever_the_order_of_the_files_and_however_often_each_lies_there(
    both: list[tuple[str, int, int, bool]], one: list[tuple[str, int, int, bool]],
    other: list[tuple[str, int, int, bool]], chance: random.Random,
) -> None:  # fmt: skip
    asked = needs(point("n1", fields={}), point("n2", fields={}))
    later = needs(point("n1", fields={}, words="Other words"), point("n2", fields={}))
    later = replace(later, session=replace(later.session, made_at=NOON + 1))
    bodies = [Body(name="The council"), Body(name="The board")]
    batons = [baton_of(of, to=bodies, due=due) for of in (asked, later) for due in ("2026-10-01", "2026-11-20")]
    whole = [line_of(*each) for each in both]
    files = [follow_up(*whole, *(line_of(*each) for each in more)) for more in (one, other)]
    receipts = [
        receipt.build(batons[n], [receipt.Answered(point="aaaa:n1", answer=SAID[n])], body=body.name, on=TODAY)
        for n, body in enumerate(bodies)
    ]
    got = Received(id="aaaa:n1", words="Words", status="planned", said="A rota", on="2026-12-24")
    records = [asked, later, record(id_="bbbb", stage="plan", received=(got,))]
    first = picture(records, files, batons, receipts, today=TODAY)

    for lists in (records, files, batons, receipts):
        lists += lists[:1]
        chance.shuffle(lists)  # type: ignore[arg-type]

    assert picture(records, files, batons, receipts, today=TODAY) == first


def test_where_a_clock_was_put_back_the_later_line_is_the_newer_answer_all_the_same() -> None:
    lines = follow_up(answered("n1", "planned", "A rota", on="2027-05-01", at=NOON + 300 * DAY),
                      answered("n1", "not_done", "No money", at=NOON))  # fmt: skip

    (found,) = picture([needs()], [lines], today=TODAY).points

    assert [each.answer.status for each in found.given] == ["planned", "not_done"]
    assert [each.day for each in found.given] == ["2027-09-26", "2026-11-30"], "each says its own day"


def test_who_confirmed_an_earlier_answer_did_not_confirm_a_later_one_and_is_not_forgotten() -> None:
    early = [ask("n1", 4), answered("n1", "done", "A rota", at=NOON + 2 * DAY)]
    again = [answered("n1", "done", "A rota"), ask("n1", 1, 4), answered("n1", "done", "A new rota", at=NOON + 2 * DAY)]
    same = [*again[:2], answered("n1", "done", "A rota", at=NOON + 2 * DAY, reference="Minute 7")]

    def found(lines: list[Line]) -> str:
        (each,) = picture([needs()], [follow_up(*lines)], today=TODAY).points
        return each.standing

    assert found(early) == "done_unconfirmed", "nobody was asked about what was not said yet"
    assert found(again) == "done_unconfirmed"
    assert found(same) == "done_disputed", "it was said once more"
    (each,) = picture([needs()], [follow_up(*again)], today=TODAY).points
    told_all = [ENGLISH.text(line) for line in told.history(each, picture([needs()], today=TODAY))]
    assert "Asked on 1 December 2026 about an answer before: 1 of 5 who asked say yes." in told_all


def test_a_point_that_names_no_stage_is_for_the_next_one_as_its_baton_says() -> None:
    asked = needs(point("n1", fields={}))

    (found,) = picture([asked], today=TODAY).points

    assert found.stage == baton_of(asked).to_stage == "plan"


def test_of_two_handings_for_one_stage_the_later_holds_whichever_of_them_lies_there() -> None:
    asked = needs(point("n1", fields={}))
    council = [Body(name="The council")]
    first = baton_of(asked, to=council, due="2026-10-01", handed_on="2026-09-01")
    then = baton_of(asked, to=council, due="2027-03-01", handed_on="2026-12-01")
    noted = follow_up(*sent_lines(first, NOON - 90 * DAY), *sent_lines(then, NOON + DAY))

    for batons in ([first, then], [then, first], [first], [then], []):
        (found,) = picture([asked], [noted], batons, today=TODAY).batons
        assert (found.day, found.due, found.lateness(TODAY)) == ("2026-12-01", "2027-03-01", "")


def test_only_what_has_no_answer_after_its_own_day_is_late_and_counted_so() -> None:
    soon, later, much = (point(f"n{n}", fields={"by": by}) for n, by in
                         enumerate(("2026-10-01", "2026-11-25", "2027-06-01"), 1))  # fmt: skip
    asked = needs(soon, later, much)
    handed = baton_of(asked, to=[Body(name="The council")])
    first, second = answered("n1", "done", "A rota"), answered("n2", "not_done", "No money")

    def at(*lines: Line) -> tuple[object, ...]:
        made_of = picture([asked], [follow_up(*lines)], [handed], today=TODAY)
        (body,), (baton,) = made_of.bodies, made_of.batons
        return body.late, body.since, body.long_overdue, baton.due, baton.lateness(TODAY)

    assert at() == (2, "2026-10-01", True, "2026-10-01", "long_overdue")
    assert at(first) == (1, "2026-11-25", False, "2026-11-25", "late")
    assert at(first, second) == (0, "", False, "2027-06-01", "")


def test_a_late_promise_and_a_late_action_are_called_late_by_what_they_are() -> None:
    lines = [entry("p1", "promise", fields={"by": "2026-11-30"}), entry("a1", "action", fields={"by": "2026-10-01"})]
    text = said([record(*lines)])

    assert "Late: it was promised for 30 November 2026." in text
    assert "Long overdue: it was to be done by 1 October 2026." in text
    assert "an answer was asked for" not in text


def test_what_was_said_before_and_noted_later_undoes_nothing_that_is_newer() -> None:
    late = answered("n1", "planned", "A rota", on="2027-05-01", at=NOON + 40 * DAY, source="receipt",
                    said_on="2026-12-02")  # fmt: skip
    lines = follow_up(answered("n1", "done", "A rota", at=NOON + 20 * DAY), late)

    (found,) = picture([needs()], [lines], today=TODAY).points

    assert [(each.answer.status, each.day) for each in found.given] == [
        ("planned", "2026-12-02"), ("done", "2026-12-20"),
    ]  # fmt: skip


words = st.sampled_from(["A rota", "“Quoted”", "=1+1", "Gwasanaeth\nnewydd", "نعم"])
can_be_said = st.builds(
    Answer, status=st.sampled_from(STATUSES[1:]), words=st.one_of(st.just(""), words),
    on=st.sampled_from(["", "2026-11-01", "2027-05-01"]), where=st.one_of(st.just(""), words),
    to=st.one_of(st.just(""), words),
).filter(lambda answer: not wrong_in(answer))  # fmt: skip


@given(can_be_said, can_be_said)
def test_a_receipt_says_the_same_whether_it_lies_there_or_was_taken_and_what_it_says_is_what_is_shown(
    one: Answer, other: Answer
) -> None:
    asked = needs(point("n1"), point("n2"))
    handed = baton_of(asked, to=[Body(name="Planning group")])
    said_there = [receipt.Answered(point="aaaa:n1", answer=one), receipt.Answered(point="aaaa:n2", answer=other)]
    came = receipt.read(receipt.write(receipt.build(handed, said_there, body="Planning group", on="2026-12-02")), "r")
    taken = follow_up(*(
        Line(at=NOON + 9 * DAY, what="answer", about=each.point, by_body=came.body, source="receipt",
             keys=(came.checksum,), said_on=came.on, **msgspec.structs.asdict(each.answer))
        for each in came.answers
    ))  # fmt: skip
    taken = files_of_answers.read(files_of_answers.write(taken), "f")

    lying = picture([asked], [], [handed], [came], today=TODAY)

    assert [each.answer for each in lying.points] == [each.answer for each in came.answers]
    assert picture([asked], [taken], [handed], [came], today=TODAY) == lying


def test_a_point_whose_words_were_taken_back_is_held_back_in_the_hands_of_whoever_was_handed_it() -> None:
    got = (Received(id="aaaa:n1", words="CANARY words of somebody"),)
    plan = record(id_="bbbb", stage="plan", received=got)

    text = said([needs(), plan], withdrawn=["aaaa:n1"])

    assert "CANARY" in said([needs(), plan])
    assert "CANARY" not in text
    assert "Its words are held back." in text.split("Still in our hands")[1]


def test_texts_that_were_taken_back_since_are_not_counted_among_what_a_session_found() -> None:
    told_there = record(texts={"k1": "One", "k2": "Two"})

    assert picture([told_there], today=TODAY).audit[0].texts == 2
    assert picture([told_there], today=TODAY, withdrawn=["k1", "k9"]).audit[0].texts == 1
