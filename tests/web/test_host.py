from __future__ import annotations

import asyncio
import itertools
from collections import Counter

import pytest

from tests.web.host_desk import BASE, STORY, HostDesk, Page, host_desk, text_of
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.protocol.once import Once
from workshop_tui.protocol.streams import versions
from workshop_tui.room.notifier import Notifier
from workshop_tui.views.acts import ACTS
from workshop_tui.views.typed_config import fields_of
from workshop_tui.web.host.pages import PAGES

ITEM = (("title", "x"), ("question", "x"), ("say", ""), ("access", ""), ("minutes", "5"), ("kind", ""))
"""The form of an item as a browser sends it, nothing ticked."""

CONTROLS = ("input", "textarea", "select", "button", "summary", "a")


@pytest.fixture
def desk():
    with host_desk() as made:
        yield made


# What the page says. ----------------------------------------------------------------------------------


def test_the_page_says_how_everything_stands(desk: HostDesk) -> None:
    desk.join("ana", "ben", "cem", "dee")
    desk.press("start")
    desk.press("present", people="42")
    desk.press("open-vote")
    desk.vote("ana", "a")
    desk.clock.pass_s(198)

    said = desk.look().part("status")

    assert "Item 1 of 6, Which first" in said
    assert "Time 6 min 42 s left of 10 min" in said
    assert "Day On time." in said
    assert "Phones 4 joined, 1 not heard of lately." in said
    assert "Answers 1 of 42 people in the room answered." in said
    assert "Vote OPEN: people can answer" in said
    assert "Result HIDDEN from everybody." in said
    assert "Big screen It shows the question. 1 window shows it." in said
    assert "Saved Saved at" in said
    assert "http://192.168.8.2:8080/j/kdmp code KDMP" in said
    assert "Takes back: opened the vote of item 1" in said


def test_time_over_and_a_late_day_are_said_in_words(desk: HostDesk) -> None:
    desk.press("start")
    desk.clock.pass_s(13 * 60)

    said = desk.look().part("status")

    assert "3 min OVER of 10 min" in said
    assert "Day 3 min OVER." in said


def test_live_results_are_hidden_until_asked_for(desk: HostDesk) -> None:
    desk.join("ana")
    desk.press("start")
    desk.press("open-vote")
    desk.vote("ana", "b")

    usual, peeking = desk.look(), desk.look("peek=1")

    assert "1 of 1 answered" not in usual.part("asking")
    assert "<svg" not in usual.html
    assert "Only you see this." in peeking.part("asking")
    assert "<svg" in peeking.html


def test_a_look_at_live_results_lasts_over_the_next_command(desk: HostDesk) -> None:
    desk.press("start")
    desk.press("open-vote")
    desk.look("peek=1&queue=all")

    page = desk.press("timer")

    assert "Only you see this." in page.part("asking")
    assert "peek=1&queue=all" in page.address


def test_a_late_start_asks_what_happens_to_the_end() -> None:
    with host_desk(late_s=12 * 60) as desk:
        asked = desk.press("go-i01")
        waiting = desk.state.current
        desk.press("asked", ("asked", "keep"))
        over = desk.look().part("status")

    assert (asked.status, waiting) == (409, "")
    assert "Keep the end: end at" in asked.part("question")
    assert "Day 12 min OVER." in over


@pytest.mark.parametrize(("late_min", "offered"), [(32, True), (33, False), (100, False)])
def test_an_end_that_cannot_be_kept_is_not_offered(late_min: int, offered: bool) -> None:
    # After the first item 10, 7, 10 and 5 minutes can be caught up; the break keeps its time.
    with host_desk(late_s=late_min * 60) as desk:
        page = desk.page
        asked = desk.press("go-i01")

        assert ("Keep the end" in page.part("now")) == offered
        assert (("asked", "keep") in asked.forms["asked"].buttons) == offered
        desk.look()
        assert "Day On time." in desk.press("start").part("status")


@pytest.mark.parametrize(("end", "day"), [("move", "Day On time."), ("keep", "Day 12 min OVER.")])
def test_a_late_start_moves_or_keeps_the_end(end: str, day: str) -> None:
    with host_desk(late_s=12 * 60) as desk:
        desk.press("start", asked=end)

        assert day in desk.look().part("status")


@pytest.mark.parametrize("late_s", [-600, 30, 5 * 3600])
def test_a_start_in_time_or_in_rehearsal_asks_nothing(late_s: float) -> None:
    with host_desk(late_s=late_s) as desk:
        page = desk.press("start")

        assert page.status == 200
        assert "Day On time." in page.part("status")


def test_the_queue_is_read_page_by_page(desk: HostDesk) -> None:
    people = ["p1", "p2"]
    desk.join(*people)
    desk.press("start")
    desk.press("go-i03")
    for number in range(25):
        desk.tell(people[number % 2], "i03", f'{{"text":"Idea number {number}."}}')

    first, second = desk.look().part("reading"), desk.look("offset=20").part("reading")

    assert "1 to 20 of 25." in first
    assert "Idea number 24." in first
    assert "Idea number 4." not in first
    assert "21 to 25 of 25." in second
    assert "Idea number 4." in second


@pytest.mark.parametrize(
    "query",
    ["offset=-1", "offset=٣", "offset=" + "9" * 400, "queue=%00", "peek=2&peek=3", "&".join("a=1" for _ in range(400))],
)
def test_a_junk_address_shows_the_usual_page(desk: HostDesk, query: str) -> None:
    page = desk.look(query)

    assert page.status == 200
    assert "0 not read" in page.part("reading")


# Refusals. --------------------------------------------------------------------------------------------


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(desk: HostDesk) -> None:
    page = desk.press("action", text="Ring  the council\n<today>", owner="Mo", due="at Christmas")

    form = dict(page.forms["action"].fields)
    assert page.status == 409
    assert page.title.startswith("Error: ")
    assert "This is no day we can read. Write it as 24 December 2026" in page.part("problem")
    assert page.part("action-due-error").startswith("Error: ")
    assert (form["text"], form["owner"], form["due"]) == ("Ring  the council\n<today>", "Mo", "at Christmas")
    assert len(desk.room.tables.notes) == 0


def test_a_day_written_in_a_common_way_is_told_back_before_it_is_kept(desk: HostDesk) -> None:
    asked = desk.press("action", text="Ring the council", due="4 Mar 2027")
    none = len(desk.room.tables.notes)
    desk.press("asked", ("asked", "2027-03-04"))

    assert asked.part("question") == (
        "Is this the day? That is Thursday 4 March 2027. Yes, keep it with this day No, another day was meant"
    )
    assert none == 0
    assert [(note.text, note.due) for note in desk.room.tables.notes] == [("Ring the council", "2027-03-04")]


NUMBERED = {field.name for act in ACTS for way in act.ways for field in way.fields if field.kind in ("number", "day")}
NUMBERED |= {field.name for kind in KINDS.values() for field in fields_of(kind) if field.kind == "number"}


def test_every_form_of_the_host_takes_its_numbers_and_days_in_the_digits_of_any_script(desk: HostDesk) -> None:
    persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    desk.press("start")
    forms = {name: form.names & NUMBERED for name, form in desk.look("", "order").forms.items()}
    forms = {name: fields for name, fields in forms.items() if fields}
    plain = {"people": "42", "due": "2027-03-04", "minutes": "27", "max_chars": "250", "pick": "2", "seats": "1"}
    days = ("by", "on", "until", "decides_on", "hear_back_by")
    plain |= {"leaders": "3", "by_video": "4", **dict.fromkeys(days, "2027-03-04")}

    assert {"minutes", "present", "edit-i05", "insert", "action", "promise"} <= set(forms)
    for name, fields in forms.items():
        desk.look("", "order")
        # What is not in `plain` here would be a field that nobody tried.
        typed = {field: f"\u200f{plain[field].translate(persian)}" for field in fields}
        more = {"text": "Ring"} if "text" in desk.page.forms[name].names else {}
        more |= {"question": "How far?", "options": "A\nB"} if name == "insert" else {}
        page = desk.press(name, **typed, **more)
        assert page.status == 200, (name, typed)
        assert page.part("problem") == "", name

    room = desk.room
    assert (room.state.present, room.state.by_video) == (42, 4)
    entries = {note.key: room.tables.kept_entry(note.key) for note in room.tables.notes}
    assert {entry.fields["by"] if (entry := entries[note.key]) else note.due for note in room.tables.notes} == {
        "2027-03-04"
    }
    assert [each.minutes for each in room.state.items] == [10 + 27, *([27] * 6)]


def test_a_day_that_was_not_meant_goes_back_to_its_field_with_every_word(desk: HostDesk) -> None:
    desk.press("promise", text="Mend\nthe lift", owner="Estates", due="7/6")
    page = desk.press("asked", ("asked", "other-day"))

    form = dict(page.forms["promise"].fields)
    assert page.part("promise-due-error").startswith("Error: Please write the day in another way")
    assert (form["text"], form["owner"], form["due"]) == ("Mend\nthe lift", "Estates", "7/6")
    assert len(desk.room.tables.notes) == 0


def test_a_refused_item_form_is_open_and_filled(desk: HostDesk) -> None:
    page = desk.press("edit-i05", title="What counts", minutes="soon", options_from="", options="One\nTwo", kind="dots")

    form = dict(page.forms["edit-i05"].fields)
    details = next(each for each in page.tree.iter("details") if each.find("form[@id='edit-i05']") is not None)
    assert page.status == 409
    assert "open" in details.attrib
    assert (form["title"], form["minutes"], form["options"], form["options_from"], form["kind"]) == (
        "What counts", "soon", "One\nTwo", "", "dots",
    )  # fmt: skip


def test_a_refusal_does_not_speak_of_keys_that_the_page_does_not_have(desk: HostDesk) -> None:
    page = desk.post("do", [("way", "start_timer")])

    assert page.part("problem") == "There is a problem The workshop has not started. Open the first item."


def test_what_cannot_be_saved_is_said_and_kept(desk: HostDesk) -> None:
    desk.press("start")
    desk.store.broken = "The disk is full. Everything before is safe."

    page = desk.press("note", text="Ring the council")

    assert page.status == 503
    assert "The disk is full." in page.part("problem")
    assert "NOT SAVED. The disk is full." in page.part("status")
    assert dict(page.forms["note"].fields)["text"] == "Ring the council"


@pytest.mark.parametrize(
    "fields",
    [
        [("text", "x")],
        [("way", "clock_moved"), ("by_ms", "5"), ("slept", "true")],
        [("way", "cast"), ("person", "x")],
        [("way", "openvote")],
        [("way", "__class__")],
        [("way", "start_timer"), ("extra", "1")],
        [("way", "skip"), ("line", "i01")],
        [("way", "skip"), ("line", "i01"), ("line", "i02"), ("reason", "x")],
        [("way", "skip"), ("reason", "x")],
        [("way", "screen_everything")],
        [("way", "show"), ("entry", "x"), ("handling", "shown")],
        [("way", "hold_phone"), ("entry", "x"), ("hold", "perhaps")],
        [("way", "secret"), ("text", "x")],
        [("way", "go"), ("line", "i01"), ("scheduled_start", "5")],
        [("way", "catch_up")],
        [("way", "stop"), ("sure", "yes")],
    ],
)
def test_a_form_that_the_page_does_not_have_is_refused(desk: HostDesk, fields: list[tuple[str, str]]) -> None:
    page = desk.post("do", fields)

    assert page.status == 400
    assert "Nothing was changed." in page.part("problem")
    assert desk.store.batches == []


@pytest.mark.parametrize(
    "fields",
    [
        [("way", "go"), ("line", "i99")],
        [("way", "longer"), ("minutes", "1e9")],
        [("way", "catch_up"), ("plan", "1")],
        [("way", "catch_up"), ("plan", "i02=10")],
        [("way", "present"), ("people", "-5"), ("by_video", "")],
        [("way", "present"), ("people", "twelve"), ("by_video", "")],
        [("way", "edit"), ("line", "i99"), *ITEM],
        [("way", "insert"), *{**dict(ITEM), "kind": "quiz", "after": ""}.items()],
        [("way", "insert"), *{**dict(ITEM), "kind": "single", "options": "One", "after": ""}.items()],
        [("way", "insert"), *{**dict(ITEM), "kind": "single", "options": "a\n" * 27, "after": ""}.items()],
        [("way", "insert"), *{**dict(ITEM), "kind": "dots", "options": "A\nB", "dots": "-1", "after": ""}.items()],
        [("way", "insert"), *{**dict(ITEM), "question": "\u200b", "title": "\u200b", "after": ""}.items()],
        [("way", "insert"), *{**dict(ITEM), "after": "i99"}.items()],
        [("way", "options"), ("line", "i05"), ("options", "A\nB"), ("idea", "nobody")],
        [("way", "options"), ("line", "i05"), ("options", "A\nA")],
        [("way", "drop_note"), ("note", "nothing")],
        [("way", "void_round"), ("reason", "x")],
        [("way", "approve"), ("entry", "nothing")],
        [("way", "close_left"), ("vote", "i01.1")],
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(desk: HostDesk, fields: list[tuple[str, str]]) -> None:
    page = desk.post("do", fields)

    assert page.status == 409
    assert page.part("problem")
    assert desk.store.batches == []


@pytest.mark.parametrize(
    ("type_", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 1_000_000, 413),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(300)), 400),
        ("application/x-www-form-urlencoded", b"way=\xff\xfe%ff%00", 400),
    ],
)
def test_a_body_that_is_no_form_is_refused(desk: HostDesk, type_: str, body: bytes, status: int) -> None:
    answer = desk.client.post(f"{BASE}/do", content=body, headers={"content-type": type_})

    assert answer.status_code == status
    assert "There is a problem" in answer.text


# Once. ------------------------------------------------------------------------------------------------


def test_a_form_that_is_sent_twice_acts_once(desk: HostDesk) -> None:
    desk.press("start")
    form = desk.page.forms["minutes"]
    fields = [*form.filled({"minutes": "5"}), ("way", "longer")]

    first, second = desk.post(form.action, fields), desk.post(form.action, fields)

    assert desk.state.here.minutes == 15
    assert first.part("done") == second.part("done")


def test_other_words_in_the_same_form_are_another_action(desk: HostDesk) -> None:
    form = desk.page.forms["note"]

    desk.post(form.action, form.filled({"text": "First"}))
    desk.post(form.action, form.filled({"text": "Second"}))

    assert [note.text for note in desk.room.tables.notes] == ["First", "Second"]


def test_a_refused_form_can_be_sent_again_when_it_fits(desk: HostDesk) -> None:
    form = desk.page.forms["skip-i04"]
    fields = form.filled({"reason": "We rested before"})
    desk.store.broken = "The disk is full."
    refused = desk.post(form.action, fields)

    desk.store.broken = ""
    desk.room.fault = ""
    desk.post(form.action, fields)

    assert refused.status == 503
    assert desk.state.item("i04").status == "skipped"


async def test_a_form_that_comes_again_while_it_is_carried_out_waits_for_the_same_answer() -> None:
    once, go, calls = Once[str](), asyncio.Event(), []

    async def act() -> str:
        calls.append(1)
        await go.wait()
        return "done"

    both = asyncio.gather(*(once.answer("a", act) for _ in range(2)))
    await asyncio.sleep(0)
    go.set()

    assert await both == ["done", "done"]
    assert len(calls) == 1


async def test_a_browser_that_goes_away_does_not_stop_half_of_an_action() -> None:
    once, go, done = Once[str](), asyncio.Event(), asyncio.Event()

    async def act() -> str:
        await go.wait()
        done.set()
        return "done"

    browser = asyncio.ensure_future(once.answer("a", act))
    await asyncio.sleep(0)
    browser.cancel()
    go.set()

    await asyncio.wait_for(done.wait(), 5)


async def test_a_refusal_is_not_remembered() -> None:
    once, calls = Once[str](), []

    async def act() -> str:
        calls.append(1)
        raise CommandRefused("Not now.")

    for _ in range(2):
        with pytest.raises(CommandRefused):
            await once.answer("a", act)

    assert len(calls) == 2


# News. ------------------------------------------------------------------------------------------------


async def test_news_comes_at_once_and_after_each_change_and_ends_with_the_room() -> None:
    notifier = Notifier()
    news = versions(notifier, ping_s=15, apart_s=0.1)

    first = await anext(news)
    notifier.tell_desk()
    second = await anext(news)
    notifier.close()
    rest = [each async for each in news]

    assert (first, second) == (b'data: {"v":1}\n\n', b'data: {"v":2}\n\n')
    assert len(rest) <= 1


def strip(desk: HostDesk) -> str:
    body = desk.page.tree.find("body")
    assert body is not None
    return desk.client.get(f"{BASE}/{body.get('data-strip', '')}").text


def test_the_strip_names_what_changed_elsewhere(desk: HostDesk) -> None:
    desk.press("start")

    before = strip(desk)
    desk.give(cmd.OpenVote(key=b"k" * 32))
    after = strip(desk)
    desk.give(cmd.AddMinutes(minutes=2))
    later = strip(desk)

    assert "Nothing new." in before
    assert "<strong data-say>New: opened the vote of item 1.</strong>" in after
    assert "<strong data-say>New: opened the vote of item 1.</strong>" in later
    assert later.count("data-say") == 2
    assert 'href="now"' in after


def test_every_note_can_be_reached_and_taken_back(desk: HostDesk) -> None:
    desk.press("start")
    desk.give(*(cmd.AddNote(key=f"n{number:02d}", kind="note", text=f"Word {number:02d}") for number in range(45)))

    seen = [desk.look(f"offset={offset}" if offset else "", "notes").part("kept") for offset in (0, 20, 40)]
    desk.press("drop-n03")

    assert ["Word 44" in each for each in seen] == [True, False, False]
    assert all(any(f"Word {number:02d}" in each for each in seen) for number in range(45))
    assert "Word 00" in seen[2]
    assert "n03" not in [note.key for note in desk.room.tables.notes]


def test_a_note_stands_as_reports_have_it_with_its_own_words_beside_it(desk: HostDesk) -> None:
    desk.press("start")
    desk.give(*(cmd.AddNote(key=key, kind="concern", text=text) for key, text in (("n1", "Mrs Bell"), ("n2", "Lifts"))))
    desk.give(cmd.Reword(contribution="n1", words="The head nurse"))
    before = desk.look("", "notes").part("kept")
    desk.give(cmd.Moderate(contribution="n2", handling="on_hold"))

    after = desk.look("", "notes").part("kept")

    for part in (before, after):
        assert part.index("The head nurse") < part.index("Its own words:") < part.index("Mrs Bell")
        assert part.count("Its own words:") == part.count("Mrs Bell") == 1
    assert "It is held back" not in before
    assert after.index("Lifts") < after.index("It is held back: it is on no screen and in no report.")
    assert after.count("It is held back") == 1


def test_of_many_changes_the_strip_names_the_newest(desk: HostDesk) -> None:
    desk.press("start")

    desk.give(*(cmd.AddNote(key=f"n{number}", kind="note", text="x") for number in range(9)))
    desk.give(cmd.AddNote(key="m", kind="promise", text="x"))

    said = strip(desk)
    assert said.count("data-say") == 3
    assert "promise" in said


def test_the_strip_says_once_when_all_have_answered(desk: HostDesk) -> None:
    desk.join("ana", "ben")
    desk.press("start")
    desk.press("open-vote")
    desk.look()

    desk.vote("ana", "b")
    one = strip(desk)
    desk.vote("ben", "b")
    both = strip(desk)
    desk.look()

    assert "All have answered." not in one
    assert "<strong data-say>All have answered.</strong>" in both
    assert "All have answered." not in strip(desk)


def test_many_texts_are_told_by_the_ten_and_not_one_by_one(desk: HostDesk) -> None:
    desk.join("ana", "ben")
    desk.press("start")
    desk.press("go-i03")
    desk.look()
    said = []
    for number in range(12):
        desk.tell("ana" if number % 2 else "ben", "i03", f'{{"text":"Idea {number}"}}')
        said.append(strip(desk).partition("data-say>")[2].partition("<")[0])

    assert said[:4] == [
        "1 text waits to be read.", "2 texts wait to be read.", "3 texts wait to be read.", "4 texts wait to be read.",
    ]  # fmt: skip
    assert set(said[4:9]) == {"More than 4 texts wait to be read."}
    assert said[9] == "10 texts wait to be read."
    assert said[11] == "More than 10 texts wait to be read."


def test_votes_change_the_count_in_the_strip_and_are_not_announced(desk: HostDesk) -> None:
    desk.join("ana", "ben")
    desk.press("start")
    desk.press("open-vote")

    desk.vote("ana", "a")
    said = strip(desk)

    assert "1 of 2 phones answered." in said
    assert "data-say" not in said


def test_the_strip_says_when_words_wait_and_never_whose_or_what(desk: HostDesk) -> None:
    desk.join("ana")
    desk.press("start")
    desk.press("go-i02")

    desk.tell("ana", "i02", STORY % "C2")
    said = strip(desk)

    assert "1 text waits to be read." in said
    assert "nine times" not in said


def test_the_version_can_be_asked_for_and_belongs_to_the_page(desk: HostDesk) -> None:
    version = desk.client.get(f"{BASE}/state").json()["v"]
    body = desk.look().tree.find("body")

    assert body is not None
    assert body.get("data-v") == str(version) == str(desk.room.notifier.desk_version)


# Who cannot see. --------------------------------------------------------------------------------------


def busy(desk: HostDesk) -> HostDesk:
    """A page with something in every part, and a refusal."""
    desk.join("ana")
    desk.press("start")
    desk.press("note", text="A quiet room")
    desk.press("safeguard", concern="child", agreed="yes", handed_to="police", reference="")
    desk.press("note_contact", routed_to="service", reference="")
    desk.press("go-i03")
    desk.tell("ana", "i03", '{"text":"One name to ring"}')
    desk.press("go-i01")
    desk.press("open-vote")
    desk.clock.pass_s(50 * 60)
    desk.look("peek=1")
    return desk


@pytest.fixture(params=[*PAGES, "refused", "asked"])
def page(desk: HostDesk, request: pytest.FixtureRequest) -> Page:
    """Each page with something in every part of it, a refusal, and a question."""
    busy(desk)
    match request.param:
        case "refused":
            return desk.press("void", reason="")
        case "asked":
            return desk.press("void", reason="The wrong question")
        case at:
            return desk.look("peek=1&queue=all", at)


def test_every_control_has_a_name_and_no_two_that_do_other_things_share_one(page: Page) -> None:
    labels = {each.get("for"): text_of(each) for each in page.tree.iter("label") if each.get("for")}
    wrapped = {id(box): text_of(label) for label in page.tree.iter("label") for box in label.iter("input")}
    names: list[tuple[str, str]] = []
    for each in page.tree.iter():
        if each.tag not in CONTROLS or each.get("type") == "hidden" or each.get("aria-hidden"):
            continue
        name = labels.get(each.get("id")) or wrapped.get(id(each)) or text_of(each)
        assert name, (each.tag, each.attrib)
        names.append((each.tag, name))

    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_ids_are_unique_and_every_reference_leads_somewhere(page: Page) -> None:
    ids = Counter(each.get("id") for each in page.tree.iter() if each.get("id"))
    wanted = {each.get("href", "")[1:] for each in page.tree.iter("a") if each.get("href", "").startswith("#")}
    wanted |= {each.get("for", "") for each in page.tree.iter("label") if each.get("for")}
    for each in page.tree.iter():
        wanted |= set((each.get("aria-labelledby", "") + " " + each.get("aria-describedby", "")).split())

    assert [name for name, count in ids.items() if count > 1] == []
    assert wanted - set(ids) == set()


def test_every_page_has_one_heading_of_the_first_rank_and_skips_none(page: Page) -> None:
    ranks = [int(each.tag[1]) for each in page.tree.iter() if each.tag in ("h1", "h2", "h3", "h4")]

    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(ranks))


def test_the_announcer_is_there_from_the_start_and_empty(page: Page) -> None:
    announcers = [each for each in page.tree.iter() if each.get("role") == "status"]

    assert [each.get("id") for each in announcers] == ["say"]
    assert text_of(announcers[0]) == ""
