"""Everything a facilitator can do, done once through the forms of the host page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.sessions import an_agenda, item, options
from tests.web.host_desk import ADDRESSES, STORY, HostDesk, Page, host_desk
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.phone_commands import AskToTalk
from workshop_tui.domain.private_codes import plain, text_of
from workshop_tui.domain.wire import wire_name
from workshop_tui.room.desk import snapshot
from workshop_tui.views.acts import ACTS, way_named
from workshop_tui.views.moment import Moment
from workshop_tui.views.reading import ON_ENTRY


@pytest.fixture
def desk():
    with host_desk() as made:
        yield made


def started(desk: HostDesk, *, item: str = "") -> HostDesk:
    """The workshop runs, at its first item or at another one."""
    desk.press("start")
    if item:
        desk.press(f"go-{item}")
    return desk


def with_words(desk: HostDesk, item: str, body: str, consent: str = "C2") -> str:
    """Somebody sent words to an item, and the page shows them."""
    desk.join("ana")
    key = desk.tell("ana", item, body, consent)
    desk.look()
    return key


def reveal(desk: HostDesk) -> Page:
    """Show the result, having answered that it is meant."""
    desk.press("reveal")
    return desk.press("asked", ("asked", "reveal"))


def with_a_tie(desk: HostDesk) -> None:
    """Two people chose, each something else, and the result is shown."""
    started(desk)
    desk.press("open-vote")
    for person, choice in (("ana", "a"), ("ben", "b")):
        desk.join(person)
        desk.vote(person, choice)
    desk.look()
    reveal(desk)


COMMANDS = {wire_name(way.command) for act in (*ACTS, *ON_ENTRY) for way in act.ways}
"""Everything that a desk can ask for."""
PAUSE = ("what", "pause")
"""The first button of every page."""


def test_only_the_rooms_own_command_cannot_be_given() -> None:
    every = {wire_name(kind) for kind in cmd.FacilitatorCommand.__args__}

    # The program notes by itself what it exported; how a session is kept is said on the command line.
    assert every - COMMANDS == {
        "clock_moved", "note_issued", "refuse_lock", "set_retention", "place_hold", "lift_hold",
    }  # fmt: skip


def test_every_command_is_a_form_at_some_moment_of_a_day(desk: HostDesk) -> None:
    seen: set[str] = set()

    def keep() -> None:
        seen.update(form.command for form in desk.page.forms.values())

    keep()
    started(desk)
    keep()
    desk.press("timer")
    keep()
    desk.press("skip-i04", reason="We rested before")
    desk.press("note", text="A quiet room")
    desk.press("open-vote")
    keep()
    desk.press("close-vote")
    keep()
    desk.press("undo")
    keep()
    reveal(desk)
    keep()
    desk.press("hide")
    keep()
    desk.press("next")
    with_words(desk, "i02", STORY % "C2")
    keep()
    desk.press("gathering")
    desk.clock.pass_s(60 * 60)
    desk.look()
    keep()

    with host_desk(an_agenda(item(1, kind="questions"))) as other:
        started(other)
        key = with_words(other, "i01", '{"text":"How far?"}')
        other.press(f"approve-{key}")
        seen.update(form.command for form in other.look("queue=approved").forms.values())

    with host_desk(an_agenda(item(1, kind="ideas"))) as other:
        started(other)
        with_words(other, "i01", '{"text":"Ask Dr Prothero"}')
        seen.update(form.command for form in other.page.forms.values())

    with host_desk(an_agenda(item(1, kind="single", options=options("A", "B"), ties="facilitator"))) as other:
        with_a_tie(other)
        seen.update(form.command for form in other.look().forms.values())
        seen.update(form.command for form in other.press("tie", option="b", reason="It costs less").forms.values())

    with host_desk() as other:
        started(other, item="i02")
        with_words(other, "i02", STORY % "C1", "C1")
        seen.update(form.command for form in other.page.forms.values())
        other.press("safeguard", concern="child", agreed="yes", handed_to="police", reference="")
        other.press("note_contact", routed_to="service", reference="")
        other.press("note", text="Long waits on the phone")
        line = other.room.tables.notes[0].key
        seen.update(form.command for form in other.look(f"line={line}", "write_up").forms.values())
        other.look()
        other.join("talks")
        other.give(AskToTalk(person="talks"))
        seen.update(form.command for form in other.look().forms.values())
        other.press("cover", PAUSE)
        seen.update(form.command for form in other.look().forms.values())
        seen.update(form.command for form in other.press("joining-way").forms.values())
        seen.update(form.command for form in other.press("end-workshop", confirm="END").forms.values())

    assert seen - {"export", "stop", "find"} == COMMANDS


# Going through the agenda. ----------------------------------------------------------------------------


def test_start_opens_the_first_item(desk: HostDesk) -> None:
    page = desk.press("start")

    assert (page.status, desk.state.current) == (200, "i01")
    assert "opened item 1, “Which first”" in page.part("done")
    assert page.title.startswith("Done: ")


def test_next_and_back_go_through_the_items(desk: HostDesk) -> None:
    started(desk)

    desk.press("next")
    after = desk.state.current
    desk.press("previous")

    assert (after, desk.state.current) == ("i02", "i01")


def test_any_item_of_the_running_order_can_be_opened(desk: HostDesk) -> None:
    started(desk)

    desk.press("go-i06")

    assert desk.state.current == "i06"


def test_one_of_those_that_tie_is_named_with_a_reason() -> None:
    with host_desk(an_agenda(item(1, kind="single", options=options("A", "B"), ties="facilitator"))) as desk:
        with_a_tie(desk)
        refused = desk.press("tie", option="b")
        page = desk.press("tie", option="b", reason="It costs less")

        assert "type why" in refused.text
        assert "“A” and “B” tie. The facilitator chose “B”: It costs less" in page.part("asking")
        assert desk.state.rounds[0].tie.option == "b"


@pytest.mark.parametrize("button", ["leave-tie", "undo"])
def test_what_was_named_is_taken_back_and_the_page_says_so(button: str) -> None:
    with host_desk(an_agenda(item(1, kind="single", options=options("A", "B"), ties="facilitator"))) as desk:
        with_a_tie(desk)
        assert "leave-tie" not in desk.page.forms
        desk.press("tie", option="b", reason="It costs less")

        page = desk.press(button)

        assert "The facilitator had chosen “B” and took that back: it is a tie." in page.part("asking")
        assert "It costs less" not in page.part("asking")
        assert desk.state.rounds[0].tie is None
        assert "leave-tie" not in page.forms


def test_the_page_says_that_answers_stay_linked_until_the_second_count() -> None:
    first = item(1, "First", kind="single", options=options("A", "B"))
    twice = replace(first, key="i02", title="Twice", activity=replace(first.activity, again="First"))
    with host_desk(an_agenda(first, twice)) as desk:
        with_a_tie(desk)
        assert "Until the second count the file keeps which phone gave which answer." in desk.look().text

        desk.press("next")
        desk.press("open-vote")
        reveal(desk)
        page = desk.look()

        assert "nobody can tell any more who chose what" in page.text
        assert "Fewer than 10 people answered both times." in page.part("asking")
        assert "The first time: 2 of 2 people answered." in page.part("asking")


def test_the_timer_stops_and_starts(desk: HostDesk) -> None:
    started(desk)

    desk.press("timer")
    stood = desk.state.here.running_since
    desk.press("timer")

    assert stood is None
    assert desk.state.here.running_since is not None


@pytest.mark.parametrize(("way", "minutes"), [("longer", 13), ("shorter", 7)])
def test_minutes_are_given_and_taken(desk: HostDesk, way: str, minutes: int) -> None:
    started(desk)

    desk.press("minutes", ("way", way), minutes="3")

    assert desk.state.here.minutes == minutes


def test_a_catch_up_plan_shows_its_times_and_is_applied(desk: HostDesk) -> None:
    started(desk)
    desk.clock.pass_s(16 * 60)
    shown = desk.look().part("time")

    desk.press("plan-1")

    assert "It gains 6 min." in shown
    assert "Then the day is on time." in shown
    assert sum(each.minutes for each in desk.state.items) == 90 - 6
    assert desk.state.item("i04").minutes == 15


def test_the_catch_up_plan_that_is_applied_is_the_one_that_was_shown(desk: HostDesk) -> None:
    started(desk)
    desk.clock.pass_s(16 * 60)
    desk.look()
    desk.clock.pass_s(3 * 60)

    desk.press("plan-1")

    assert sum(each.minutes for each in desk.state.items) == 90 - 6


@pytest.mark.parametrize("plan", ["", "1", "i02", "i02=", "i02=x", "i02=0", "i99=5", "i02=10 i03"])
def test_a_plan_that_is_none_changes_nothing(desk: HostDesk, plan: str) -> None:
    started(desk)
    desk.clock.pass_s(16 * 60)
    form = desk.look().forms["plan-1"]

    refused = desk.post(form.action, form.filled({"plan": plan}))

    assert refused.status == 409
    assert sum(each.minutes for each in desk.state.items) == 90


def test_an_item_is_skipped_with_a_reason_and_put_back(desk: HostDesk) -> None:
    page = desk.press("skip-i04", reason="We rested before")
    skipped = desk.state.item("i04")
    desk.press("restore-i04")

    assert (skipped.status, skipped.reason) == ("skipped", "We rested before")
    assert "Why: We rested before" in page.part("order")
    assert desk.state.item("i04").status == "planned"


def test_an_item_is_edited_and_keeps_what_was_not_touched(desk: HostDesk) -> None:
    desk.press("edit-i05", title="What counts", minutes="12", protected="yes")

    item = desk.state.item("i05").item
    assert (item.title, item.minutes, item.protected) == ("What counts", 12, True)
    assert item.activity.config["options_from"] == "ideas"
    assert item.activity.config["pick"] == 3


def test_the_options_of_a_vote_are_edited(desk: HostDesk) -> None:
    desk.press("edit-i01", options="Phones\nLetters\nBuses", extra="Something else")

    config = desk.state.item("i01").item.activity.config
    assert [(o["key"], o["text"], o["other"]) for o in config["options"]] == [
        ("a", "Phones", False), ("b", "Letters", False), ("c", "Buses", False), ("d", "Something else", True),
    ]  # fmt: skip


def test_a_question_that_is_not_in_the_agenda_is_asked_at_once(desk: HostDesk) -> None:
    started(desk)

    page = desk.press("insert", question="Shall we go on?", kind="single", options="Yes\nNo")
    desk.press("open-vote")

    assert "opened item 2, “Shall we go on?”" in page.part("done")
    assert desk.state.here.inserted
    assert desk.state.last_round.question == "Shall we go on?"


def test_a_question_that_needs_more_comes_back_with_what_it_asks_for(desk: HostDesk) -> None:
    started(desk)

    shown = desk.press("insert", ("look", "1"), question="What do we pay for?", kind="budget", options="Chairs\nPlants")
    before = len(desk.state.items)
    desk.press("insert", costs="70\n40", cap="90")

    assert shown.status == 200
    assert before == 6
    assert shown.part("insert").count("Show what this needs") == 1
    config = desk.state.items[1].item.activity.config
    assert (config["costs"], config["cap"], [each["text"] for each in config["options"]]) == (
        [70, 40], 90, ["Chairs", "Plants"],
    )  # fmt: skip


def test_a_question_whose_needs_were_not_shown_is_refused_at_the_field_that_is_missing(desk: HostDesk) -> None:
    started(desk)

    page = desk.press("insert", question="How easy is it?", kind="scale", options="Hard\nEasy")
    form = dict(page.forms["insert"].fields)
    desk.press("insert", labels="Hard\nNeither\nEasy")

    assert page.status == 409
    assert page.part("insert-labels-error").startswith("Error: Please fill in")
    assert (form["question"], form["kind"]) == ("How easy is it?", "scale")
    assert desk.state.here.item.activity.config["labels"] == ["Hard", "Neither", "Easy"]


def test_a_tick_that_was_not_there_yet_stands_as_it_is_most_of_the_time(desk: HostDesk) -> None:
    started(desk)

    shown = desk.press("insert", ("look", "1"), question="And now?", kind="consensus")
    ticked = dict(shown.forms["insert"].fields).get("why")
    desk.press("insert", why=[])

    assert ticked == "yes"
    assert desk.state.here.item.activity.config["why"] is False


def test_a_question_can_be_added_for_later(desk: HostDesk) -> None:
    started(desk)

    desk.press("insert", question="Anything else?", title="Last words", kind="ideas", after="i05", go=[])

    assert [each.item.title for each in desk.state.items][5] == "Last words"
    assert desk.state.current == "i01"


def test_a_run_off_and_a_second_time_stay_what_they_are_when_their_words_are_edited() -> None:
    first = item(1, "First", kind="single", options=options("A", "B"))
    last = item(2, "Last", kind="single", options_from="leaders", leaders_of="First", options=[])
    twice = item(3, "Twice", kind="single", options=options("A", "B"))
    twice = replace(twice, activity=replace(twice.activity, again="First"))
    with host_desk(an_agenda(first, last, twice)) as desk:
        desk.press("edit-i02", title="The last two")
        desk.press("edit-i03", question="And now?")

        run_off, second = desk.state.item("i02").item, desk.state.item("i03").item
        assert (run_off.title, run_off.activity.config["leaders_of"]) == ("The last two", "First")
        assert run_off.activity.config["options_from"] == "leaders"
        assert (second.question, second.activity) == ("And now?", twice.activity)
        assert "No options yet" not in desk.look().text


# Votes. -----------------------------------------------------------------------------------------------


def test_a_vote_opens_closes_and_opens_again(desk: HostDesk) -> None:
    started(desk)

    desk.press("open-vote")
    desk.press("close-vote")
    closed = desk.state.last_round.status
    desk.press("reopen")

    assert (closed, desk.state.last_round.status, len(desk.state.rounds)) == ("closed", "open", 1)


def test_after_half_a_minute_closing_cannot_be_taken_back_and_a_new_round_is_offered(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("close-vote")

    desk.clock.pass_s(31)
    desk.look()
    offered = "reopen" in desk.page.forms
    asked = desk.press("open-vote").part("question")
    desk.press("asked", ("asked", "new"))

    assert not offered
    assert "Round 1 stays in the record as it is." in asked
    assert [each.status for each in desk.state.rounds] == ["sealed", "open"]


def test_reveal_asks_and_says_how_many_answered_then_shows_hides_and_shows_again(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.join("ana", "ben")
    desk.vote("ana", "a")
    desk.look()

    asked = desk.press("reveal")
    hidden = desk.state.last_round.shown
    desk.press("asked", ("asked", "reveal"))
    shown = desk.state.last_round.shown
    desk.press("hide")
    again = desk.state.last_round.shown
    desk.press("show-again")

    assert asked.status == 409
    assert "1 of 2 phones answered." in asked.part("question")
    assert "People cannot unsee it." in asked.part("question")
    assert (hidden, shown, again, desk.state.last_round.shown) == (False, True, False, True)


def test_a_round_is_declared_void_with_a_reason(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")

    asked = desk.press("void", reason="The wrong question")
    before = desk.state.last_round.status
    page = desk.press("asked", ("asked", "void"))

    assert (asked.status, before) == (409, "open")
    assert "0 answers are set aside." in asked.part("question")
    assert "This cannot be taken back" in asked.part("question")

    assert (desk.state.last_round.status, desk.state.last_round.reason) == ("void", "The wrong question")
    assert "VOID: this round does not count." in page.part("status")


def test_leaving_an_open_vote_asks_first(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")

    asked = desk.press("next")
    stayed = desk.state.current
    desk.press("asked", ("asked", "close"))

    assert (asked.status, stayed) == (409, "i01")
    assert "The vote is still open 0 of 0 phones answered." in asked.part("question")
    assert (desk.state.current, desk.state.rounds[0].status) == ("i02", "closed")


def test_an_open_vote_can_be_left_open(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("next")

    desk.press("asked", ("asked", "keep"))

    assert (desk.state.current, desk.state.rounds[0].status) == ("i02", "open")
    assert "The vote of item 1, Which first, is still open." in desk.page.part("asking")


def test_a_vote_that_was_left_open_is_closed_from_another_item(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("next")
    desk.press("asked", ("asked", "keep"))
    desk.press("go-i04")

    desk.press("close-i01.1")

    assert desk.state.rounds[0].status == "closed"


def test_a_window_that_was_drawn_before_somebody_went_on_skips_no_item(desk: HostDesk) -> None:
    started(desk)
    drawn = desk.page.forms["next"]
    desk.look()
    desk.press("next")

    refused = desk.post(drawn.action, drawn.filled({}))

    assert (refused.status, desk.state.current) == (409, "i02")
    assert "Something changed meanwhile, so nothing was done." in refused.part("problem")


def test_a_window_that_was_drawn_before_the_start_starts_nothing_twice(desk: HostDesk) -> None:
    drawn = desk.page.forms["start"]
    desk.look()
    started(desk)

    refused = desk.post(drawn.action, drawn.filled({}))

    assert (refused.status, desk.state.current) == (409, "i01")


def test_a_window_that_was_drawn_for_one_round_declares_no_other_void(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("close-vote")
    drawn = desk.page.forms["void"]
    desk.look()
    desk.press("open-vote")
    desk.press("asked", ("asked", "new"))

    sent = [*drawn.filled({"reason": "The wrong question"}), ("asked", "void")]
    refused = desk.post(drawn.action, sent)

    assert (refused.status, [each.status for each in desk.state.rounds]) == (409, ["sealed", "open"])
    assert "Something changed meanwhile, so nothing was done." in refused.part("problem")


def two_of_each() -> Agenda:
    """A day on which what can be done at one item can be done at the next one too."""
    polls = [item(n, f"Vote {n}", kind="single", options=options("A", "B")) for n in (1, 2)]
    return an_agenda(*polls, *(item(n, f"Words {n}", kind="ideas") for n in (3, 4)))


@pytest.mark.parametrize(
    ("form", "before", "meanwhile"),
    [
        ("open-vote", ["start"], ["go-i02"]),
        ("close-vote", ["start", "open-vote"], ["close-vote", "open-vote", "asked new"]),
        ("reopen", ["start", "open-vote", "close-vote"], ["open-vote", "asked new", "close-vote"]),
        ("reveal", ["start", "open-vote", "close-vote"], ["open-vote", "asked new"]),
        ("hide", ["start", "open-vote", "reveal", "asked reveal"],
         ["open-vote", "asked new", "reveal", "asked reveal"]),
        ("show-again", ["start", "open-vote", "reveal", "asked reveal", "hide"],
         ["open-vote", "asked new", "reveal", "asked reveal", "hide"]),
        ("gathering", ["start", "go-i03"], ["go-i04"]),
        ("gathering", ["start", "go-i03", "gathering"], ["go-i04", "gathering"]),
        ("timer", ["start"], ["go-i02"]),
        ("timer", ["start", "timer"], ["go-i02", "timer"]),
        ("minutes", ["start"], ["go-i02"]),
        ("undo", ["start", "minutes"], ["minutes"]),
        ("redo", ["start", "minutes", "minutes", "undo"], ["undo"]),
    ],
)  # fmt: skip
def test_a_window_that_was_drawn_before_something_changed_does_nothing_to_what_is_there_now(
    form: str, before: list[str], meanwhile: list[str]
) -> None:
    def press(names: list[str]) -> None:
        for name in names:
            pressed, _, answer = name.partition(" ")
            desk.press(pressed, ("asked", answer) if answer else None)

    with host_desk(two_of_each()) as desk:
        press(before)
        drawn = desk.page.forms[form]
        desk.look()
        press(meanwhile)
        assert {*drawn.fields} - {*desk.page.forms[form].fields} != set()
        version = desk.state.version

        refused = desk.post(drawn.action, [*drawn.filled({}), *drawn.buttons, ("asked", form)])

        assert (refused.status, desk.state.version) == (409, version)
        assert "Something changed meanwhile, so nothing was done." in refused.part("problem")


@pytest.mark.parametrize(
    "pressed",
    [
        [],
        ["start"],
        ["start", "open-vote"],
        ["start", "open-vote", "cover"],
        ["start", "go-i02", "cover"],
        ["start", "open-vote", "reveal", "asked reveal"],
        ["start", "end-workshop"],
        ["start", "end-workshop", "finish-write-up"],
        ["cover"],
        ["start", "end-workshop", "cover"],
    ],
)
@pytest.mark.parametrize("late_s", [0, 3_600])
def test_no_page_offers_what_cannot_be_done_now(pressed: list[str], late_s: int) -> None:
    with host_desk() as desk:
        for name in pressed:
            form, _, answer = name.partition(" ")
            if form == "cover":
                desk.press("cover", PAUSE)
                desk.look()
                continue
            words = {"end-workshop": "END", "finish-write-up": "FINISH"}
            desk.press(
                form, ("asked", answer) if answer else None, **({"confirm": words[form]} if form in words else {})
            )
        desk.clock.pass_s(late_s)
        desk.look()

        named = {dict(form.fields).get("way", "") for form in desk.page.forms.values()} - {""}

        moment = Moment(snapshot=snapshot(desk.room, ADDRESSES, peek=False, connected=0, screens=0, desk="facilitator"))
        assert {
            way.name: str(why) for way in map(way_named, named) if not way.subject and (why := way.why_not(moment))
        } == {}


# Words. -----------------------------------------------------------------------------------------------


def test_phones_sending_is_stopped_and_allowed_again(desk: HostDesk) -> None:
    started(desk, item="i02")

    desk.press("gathering")
    shut = desk.state.here.gathering_open
    desk.press("gathering")

    assert (shut, desk.state.here.gathering_open) == (False, True)


def test_a_story_is_read_approved_shown_and_held(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C2")

    desk.press(f"read-{key}")
    desk.look("queue=all")
    desk.press(f"approve-{key}")
    desk.look("queue=approved")
    desk.press(f"show-{key}")
    screen = desk.state.screen
    desk.press(f"hold-{key}")

    assert (screen.mode, screen.subject) == ("story", key)
    assert desk.room.tables.contribution(key).moderation == "on_hold"
    assert desk.state.screen.mode == "question"


def test_a_story_that_is_not_for_the_room_has_no_button_to_show_it(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C1", "C1")

    said = desk.page.part("reading")

    assert "Its owner chose: This room, but not my words." in said
    assert f"approve-{key}" not in desk.page.forms
    assert f"show-{key}" not in desk.page.forms


def test_private_words_say_that_only_the_facilitator_reads_them(desk: HostDesk) -> None:
    started(desk, item="i06")
    key = with_words(desk, "i06", '{"text":"A seat near the door"}', "C0")

    said = desk.page.part("reading")

    assert "Only you can read this." in said
    assert f"approve-{key}" not in desk.page.forms


def test_everything_from_one_phone_is_held_and_let_go(desk: HostDesk) -> None:
    started(desk, item="i03")
    first = with_words(desk, "i03", '{"text":"One"}')
    second = desk.tell("ana", "i03", '{"text":"Two"}')
    desk.look()

    desk.press(f"hold_phone-{first}")
    desk.press("asked", ("asked", "hold"))
    held = {desk.room.tables.contribution(key).moderation for key in (first, second)}
    desk.look("queue=on_hold")
    desk.press(f"let_phone-{second}")
    third = desk.tell("ana", "i03", '{"text":"Three"}')

    assert held == {"on_hold"}
    assert desk.room.tables.contribution(third).moderation == "new"


def test_options_are_made_of_ideas_ticked_and_typed(desk: HostDesk) -> None:
    started(desk, item="i03")
    key = with_words(desk, "i03", '{"text":"One name\\nto ring"}')

    desk.press("options-i05", options="Shorter letters\n\n  One  letter ", idea=[key], other="yes")

    assert desk.state.item("i05").options == (
        Option("a", "Shorter letters"),
        Option("b", "One letter"),
        Option("c", "One name to ring"),
        Option("d", "Something else", other=True),
    )


def test_notes_of_each_sort_are_kept_and_taken_back(desk: HostDesk) -> None:
    started(desk)
    for kind in ("note", "concern", "action", "promise"):
        more = {"owner": "Mo", "due": "2026-12-24"} if kind in ("action", "promise") else {}
        desk.press(kind, text=f"A {kind}\nin two lines", **more)
    kept = list(desk.room.tables.notes)

    asked = desk.press(f"drop-{kept[1].key}")
    stays = [n.kind for n in desk.room.tables.notes]
    page = desk.press("asked", ("asked", "asked"))

    # What is contested goes only for whoever said it.
    assert (asked.status, stays) == (409, ["note", "concern", "action", "promise"])
    assert [(n.kind, n.text, n.owner, n.due, n.item) for n in kept] == [
        ("note", "A note\nin two lines", "", "", "i01"),
        ("concern", "A concern\nin two lines", "", "", "i01"),
        ("action", "A action\nin two lines", "Mo", "2026-12-24", "i01"),
        ("promise", "A promise\nin two lines", "Mo", "2026-12-24", "i01"),
    ]
    assert [n.kind for n in desk.room.tables.notes] == ["note", "action", "promise"]
    assert "A concern in two lines" not in page.part("kept")
    assert "A note in two lines" in page.part("kept")


# The room and its end. --------------------------------------------------------------------------------


def test_that_the_last_note_was_taken_back_is_told_though_its_list_is_gone(desk: HostDesk) -> None:
    started(desk)
    desk.press("note", text="A quiet room")

    page = desk.press(f"drop-{desk.room.tables.notes[-1].key}")

    assert page.part("kept") == ""
    assert page.part("done").startswith("Done: took a note back")


def test_people_present_are_counted_and_forgotten(desk: HostDesk) -> None:
    desk.press("present", people="42")
    counted = desk.state.present
    desk.press("present", people="")

    assert (counted, desk.state.present) == (42, None)


def test_the_big_screen_shows_what_it_is_told(desk: HostDesk) -> None:
    started(desk)
    before = desk.state.screen.mode

    desk.press("screen-question")
    first = desk.state.screen.mode
    desk.press("screen-blank")

    assert (before, first, desk.state.screen.mode) == ("join", "question", "blank")


def test_undo_and_redo_name_what_they_do(desk: HostDesk) -> None:
    started(desk)
    desk.press("minutes", ("way", "longer"), minutes="5")

    undone = desk.press("undo")
    before = desk.state.here.minutes
    redone = desk.press("redo")

    assert (before, desk.state.here.minutes) == (10, 15)
    assert "Undone: added 5 minutes" in undone.part("done")
    assert "Redo: added 5 minutes" in undone.part("status")
    assert "Done again: added 5 minutes" in redone.part("done")


def test_what_can_no_longer_be_undone_is_told_as_such_and_gives_way_to_the_step_before(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("close-vote")
    desk.clock.pass_s(60)

    page = desk.press("undo")

    assert page.status == 409
    assert (
        "This can no longer be undone: closed the vote of item 1. It was closed more than 30 seconds ago."
        in page.part("problem")
    )
    assert "Undo: opened the vote of item 1" in desk.look().part("status")


def test_a_vote_opened_again_by_redo_is_the_same_round_with_its_key(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    desk.press("undo")

    desk.press("redo")

    assert [each.status for each in desk.state.rounds] == ["open"]
    assert len(desk.room.tables.round_key("i01.1")) == 32


def test_the_reports_are_written_and_listed(desk: HostDesk) -> None:
    page = desk.press("export")

    assert len(desk.exports) == 1
    assert "wrote the reports" in page.part("done")
    assert "report.html votes.csv" in page.part("reports")


def test_reports_that_would_overwrite_others_say_so(desk: HostDesk) -> None:
    desk.export_problem = "There are reports already. Nothing was overwritten."

    page = desk.press("export")

    assert page.status == 409
    assert "Nothing was overwritten." in page.part("problem")


def test_the_workshop_ends_only_with_the_word_end(desk: HostDesk) -> None:
    started(desk)

    refused = desk.press("end-workshop", confirm="yes")
    running = desk.state.ended_at
    page = desk.press("end-workshop", confirm="END")

    assert (refused.status, running) == (409, None)
    assert desk.state.ended_at is not None
    assert "The workshop ended at" in page.part("status")


def test_after_the_end_every_form_that_is_left_still_works(desk: HostDesk) -> None:
    started(desk)
    desk.press("open-vote")
    reveal(desk)
    desk.press("end-workshop", confirm="END")

    left = {form.command for form in desk.page.forms.values()}
    desk.press("note", text="Thank everybody")

    # Only what was done since can be taken back.
    assert left == {
        "add_note", "hide_results", "set_screen", "turn_screen", "void_round", "finish_write_up", "export", "stop",
        "pause_room", "safeguard", "note_contact", "change_promise", "enter_story", "find",
    }  # fmt: skip
    assert desk.page.status == 200
    assert "Undo: kept a note" in desk.page.part("status")


def test_ending_says_that_nothing_is_deleted_yet_and_until_when_the_write_up_lasts(desk: HostDesk) -> None:
    started(desk, item="i06")
    key = with_words(desk, "i06", '{"text":"A seat near the door"}', "C0")
    said = desk.page.part("end")

    page = desk.press("end-workshop", confirm="END")

    assert "Nothing that people wrote is deleted yet." in said
    assert "it finishes by itself after 24 December 2026" in said
    assert "You can write up until 24 December 2026." in page.part("status")
    assert desk.room.tables.contribution(key).body
    assert "A seat near the door" in page.part("reading")


def test_the_write_up_is_finished_only_with_its_word_and_then_what_was_for_the_day_is_gone(desk: HostDesk) -> None:
    started(desk, item="i06")
    key = with_words(desk, "i06", '{"text":"A seat near the door"}', "C0")
    assert "finish-write-up" not in desk.page.forms
    desk.press("end-workshop", confirm="END")
    said = desk.page.part("end")

    refused = desk.press("finish-write-up", confirm="END")
    kept = desk.room.tables.contribution(key).body
    page = desk.press("finish-write-up", confirm="finish")

    assert "This cannot be taken back." in said
    assert "That deletes 1 text that is only for the day." in said
    assert (refused.status, bool(kept)) == (409, True)
    assert (desk.room.tables.contribution(key).body, desk.room.tables.contribution(key).gone) == ("", "day_over")
    assert "Deleted: 1 text that was only for the day." in page.part("end")
    assert "A seat near the door" not in page.text
    assert {form.command for form in page.forms.values()} == {
        "pause_room", "safeguard", "find", "set_screen", "turn_screen", "export", "stop",
    }  # fmt: skip


def test_finishing_says_so_where_copies_still_have_the_words(desk: HostDesk) -> None:
    started(desk)
    desk.press("end-workshop", confirm="END")
    desk.store.left_over = (Path("/closed/rescued-1-s.workshop"),)

    page = desk.press("finish-write-up", confirm="FINISH")
    said, status = " ".join(page.text.split()), page.part("status")
    desk.store.left_over = ()

    assert "inished the write-up Words are still in copies that cannot be removed: rescued-1-s.workshop" in said
    assert "What is to be gone is still in copies that cannot be removed: rescued-1-s" in status
    assert "cannot be removed" not in desk.look().text


def test_both_moments_first_say_what_waits_and_lead_to_it(desk: HostDesk) -> None:
    started(desk, item="i02")
    first = with_words(desk, "i02", STORY % "C1", "C1")
    desk.join("ben", "cy")
    desk.tell("ben", "i02", STORY % "C0", "C0")
    held = desk.tell("cy", "i02", STORY % "C0", "C0")
    desk.give(cmd.Moderate(contribution=held, handling="on_hold"))
    untold = "1 story may only be told in your words, and nobody has written them yet (1 in item 2)."
    unread = (
        "Of what will be deleted, not read yet: 2 stories; held back: 1 story. If something in it is about somebody's "
        "safety, act on it before it is deleted."
    )

    before = desk.look().part("end")
    after = desk.press("end-workshop", confirm="END")

    for said in (before, after.part("end"), after.part("now")):
        assert untold in said
        assert unread in said
    assert 'href="reading?queue=untold"' in desk.look(at="end").html
    assert [form for form in desk.look("queue=untold").forms if form.startswith("retell-")] == [f"retell-{first}"]


def test_a_story_is_told_in_the_facilitators_words_which_outlive_its_own(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C1", "C1")
    assert "Nobody has written yet what it is about." in desk.page.part("reading")

    told = desk.press(f"retell-{key}", words="Somebody waited\ntoo long").part("reading")
    undone = desk.press("undo").part("reading")
    again = desk.press("redo").part("reading")
    desk.press("end-workshop", confirm="END")
    desk.press("finish-write-up", confirm="FINISH")
    left = desk.look("queue=all").part("reading")

    assert "In your words: Somebody waited too long" in told
    assert "Nobody has written yet" in undone
    assert "In your words:" in again
    assert "In your words: Somebody waited too long" in left
    assert "Its own words are deleted." in left
    assert desk.room.tables.contribution(key).body == ""


def test_a_name_is_taken_out_and_taken_out_only_of_what_others_read(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C3", "C3")

    told = desk.press(f"reword-{key}", words="Somebody rang often.").part("reading")
    undone = desk.press("undo").part("reading")

    assert "Others read: Somebody rang often." in told
    assert "Its own words:" in told
    assert "I rang nine times." in told
    assert "Others read:" not in undone
    assert desk.room.tables.contribution(key).body == STORY % "C3"


NAMING = '{"parts":[["what_happened","Dr Prothero said no. Ring 07700 900142 or Ward 4."]],"level":"C3"}'


def test_each_piece_of_a_note_is_decided_with_a_button_too(desk: HostDesk) -> None:
    started(desk)
    desk.press("note", text="Ring 07700 900142, or 07700 900143.")
    (key,) = (each.key for each in desk.room.tables.all_notes())
    desk.look("queue=all&kind=note", at="reading")

    desk.press(f"take_out-{key}")
    said = desk.press(f"leave_it-{key}").part("reading")

    assert "“07700 900142” is taken out" in said
    assert "“07700 900143” is read as it is." in said


def test_what_may_tell_who_somebody_is_is_marked_and_each_piece_is_decided_with_a_button(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", NAMING, "C3")
    page = desk.look("queue=all", at="reading")

    assert [each.text for each in page.tree.iter() if each.tag.endswith("mark")] == [
        "Dr Prothero", "07700 900142", "Ward 4",
    ]  # fmt: skip
    assert "3 pieces may tell who somebody is" in page.part("reading")
    assert "“07700 900142” looks like a phone number." in page.part("reading")
    assert "The tool misses things." in page.part("reading")
    assert f"approve-{key}" not in page.forms

    once = desk.press(f"take_out-{key}").part("reading")
    desk.press(f"say_otherwise-{key}", words="the number on the door")
    last = desk.press(f"leave_it-{key}").part("reading")
    desk.press(f"approve-{key}")

    assert "“Dr Prothero” is taken out: [NAME] is read instead." in once
    assert "2 pieces may tell" in once
    assert "“07700 900142” is said otherwise: “the number on the door”." in last
    assert "“Ward 4” is read as it is." in last
    assert desk.room.tables.contribution(key).moderation == "approved"
    assert desk.room.tables.contribution(key).body == NAMING


def test_a_decision_is_taken_back_with_undo_and_a_page_of_before_decides_nothing_else(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", NAMING, "C3")
    drawn = desk.page.forms[f"take_out-{key}"]
    desk.look()
    desk.press(f"take_out-{key}")

    refused = desk.post(drawn.action, drawn.filled({}))
    assert "Something changed meanwhile, so nothing was done." in refused.part("problem")
    assert len(desk.room.tables.redactions(key)) == 1
    desk.press("undo")

    assert desk.room.tables.redactions(key) == ()


def test_options_that_name_somebody_are_asked_about_first(desk: HostDesk) -> None:
    started(desk, item="i03")
    key = with_words(desk, "i03", '{"text":"Ask Dr Prothero"}')

    asked = desk.press("options-i05", options="Shorter letters", idea=[key])
    assert "Can somebody be known by these options?" in asked.text
    assert "Dr Prothero" in asked.text
    desk.press("asked", ("asked", "keep"))

    chosen = desk.state.item("i05").options
    assert [option.text for option in chosen] == ["Shorter letters", "Ask Dr Prothero"]


def test_several_texts_are_approved_and_held_with_one_form(desk: HostDesk) -> None:
    started(desk, item="i02")
    keys = [with_words(desk, "i02", STORY % level, level) for level in ("C2", "C3", "C0")]
    states = lambda: [desk.room.tables.contribution(key).moderation for key in keys]  # noqa: E731 - read anew

    nothing = desk.press("several", ("act", "approve"))
    assert nothing.status == 409
    assert "Nothing is ticked" in nothing.text
    desk.look(at="reading")
    some = desk.press("several", ("act", "hold"), entry=keys[1:2])
    assert states() == ["new", "on_hold", "new"]
    assert "Held back 1." in some.text
    desk.look("queue=all", at="reading")
    everything = desk.press("several", ("act", "approve"), all="yes")

    assert states() == ["approved", "approved", "new"]
    assert "Approved 2 of 3; 1 may not be shown word for word." in everything.text
    assert "Its owner did not allow it" in everything.text


def test_several_are_only_those_that_the_page_showed(desk: HostDesk) -> None:
    started(desk, item="i02")
    first, second = (with_words(desk, "i02", STORY % "C2") for _ in range(2))
    desk.look(at="reading")
    drawn = desk.page.forms["several"]
    later = desk.tell("ana", "i02", STORY % "C2")

    desk.post(drawn.action, [*drawn.fields, ("all", "yes"), ("act", "approve")])

    states = [desk.room.tables.contribution(key).moderation for key in (first, second, later)]
    assert states == ["approved", "approved", "new"]


@pytest.mark.parametrize("fields", [[], [("act", "void")], [("act", "approve"), ("way", "undo")]])
def test_a_form_for_several_that_is_none_of_ours_changes_nothing(desk: HostDesk, fields: list[tuple[str, str]]) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C2")

    assert desk.post("several", [("entry", key), *fields]).status == 400
    assert desk.room.tables.contribution(key).moderation == "new"


def test_the_reading_page_shows_one_kind_where_that_is_asked(desk: HostDesk) -> None:
    started(desk, item="i02")
    with_words(desk, "i02", STORY % "C2")
    desk.give(cmd.OpenItem(item="i03"))
    desk.tell("ana", "i03", '{"text":"A bell at the door"}')
    desk.give(cmd.AddNote(key="n1", kind="promise", text="We ring on Monday"))

    shown = {kind: desk.look(f"queue=all&kind={kind}", at="reading").part("reading") for kind in ("", "ideas", "note")}

    assert all(words in shown[""] for words in ("I rang nine", "A bell at", "We ring on"))
    assert "A bell at" in shown["ideas"]
    assert "I rang nine" not in shown["ideas"] + shown["note"]
    assert "We ring on" in shown["note"]
    held = desk.press("hold-n1")
    assert desk.room.tables.dealt.handlings == {"n1": "on_hold"}
    assert "kind=note" in held.address


def test_only_a_story_whose_owner_asked_for_that_can_be_told_in_other_words(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C2", "C2")

    assert f"retell-{key}" not in desk.page.forms


def test_a_matter_is_noted_from_a_text_which_is_then_for_nobody(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C2", "C2")
    desk.press(f"approve-{key}")
    desk.look("queue=approved", at="reading")
    form = f"safety_entry-{key}"
    account = {"concern": "adult", "agreed": "no", "handed_to": "nobody", "reference": "he hits her"}

    refused = desk.press(form, **account)
    page = desk.press(form, **{**account, "reference": "SG-2026/0412"})
    told = page.text
    desk.look("queue=on_hold", at="reading")
    assert f"approve-{key}" not in desk.page.own_forms
    assert "It is for nobody now" in desk.page.text
    desk.look(at="notes")
    desk.press("follow_up", handed_to="safeguarding_lead", reference="", closed="yes")

    assert "Please write no account here." in refused.text
    assert "secure route outside this tool" in told
    notes = desk.look(at="notes").part("safeguarding")
    assert "Reference: SG-2026/0412." in notes
    assert "The safeguarding lead" in notes
    assert "Closed at" in notes
    assert "rang nine" not in notes


def test_what_a_story_speaks_of_is_ticked_and_told(desk: HostDesk) -> None:
    started(desk, item="i02")
    key = with_words(desk, "i02", STORY % "C2", "C2")
    desk.look(at="reading")

    page = desk.press(f"warn-{key}", abuse="yes", suicide="yes")

    assert "This speaks of suicide and abuse." in page.text
    assert desk.room.tables.kept_warnings(key) == ("suicide", "abuse")


def test_a_pause_is_told_and_ended(desk: HostDesk) -> None:
    started(desk)
    drawn = desk.page.forms["next"]

    covered = desk.press("cover", PAUSE)
    paused = desk.look()
    stood = desk.state.here.running_since
    refused = desk.post(drawn.action, drawn.filled({}))
    desk.look()
    page = desk.press("resume")

    assert "Which first" not in covered.html
    assert "Phones can send nothing; what people wrote stays on them." in paused.part("status")
    assert stood is None
    assert "Everything is paused. Go on first." in refused.part("problem")
    assert "Phones can send nothing; what" not in page.part("status")
    assert desk.state.here.running_since is not None


def test_stopping_says_what_stays_until_the_write_up_is_finished(desk: HostDesk) -> None:
    stays = "What is only for the day stays in the file until the write-up is finished."
    before = stays in desk.page.text
    started(desk)
    desk.press("end-workshop", confirm="END")
    between = stays in desk.page.text
    desk.press("finish-write-up", confirm="FINISH")

    assert (before, between) == (True, True)
    assert stays not in desk.page.text


def test_the_room_stops_only_after_a_tick(desk: HostDesk) -> None:
    refused = desk.press("stop-room")
    assert refused.part("stop-room-sure-error").startswith("Error: Please tick")
    untouched = desk.stopped
    page = desk.press("stop-room", sure="yes")

    assert (refused.status, untouched) == (409, 0)
    assert (page.status, page.title) == (200, "Stopped: A test day, host page")
    assert "everything is saved" in page.text


def test_a_form_about_something_that_is_gone_does_nothing_and_says_so() -> None:
    with host_desk() as desk:
        desk.join("p1")
        desk.give(cmd.OpenItem(item="i02"))
        desk.tell("p1", "i02", STORY % "C2")
        forms = [form for form in desk.look().forms.values() if form.names & {"line", "entry", "note", "vote"}]
        before = desk.state

        for form in forms:
            (subject,) = form.names & {"line", "entry", "note", "vote"}
            fields = [(name, "gone" if name == subject else value) for name, value in form.fields]
            assert "There is a problem" in desk.post(form.action, fields).text, form.id

        assert len(forms) > 10
        assert desk.state == before


def test_a_story_told_on_paper_is_entered_and_its_code_is_shown_once_for_the_slip(desk: HostDesk) -> None:
    started(desk)
    refused = desk.press("enter_story", words="Rang nine times", level="", item="i02")
    assert refused.status == 409

    page = desk.press("enter_story", words="Rang nine times", level="C2", item="i02")

    (key,) = desk.room.tables.contributions
    found = re.search(r"Its private code: ((?:[A-Z]{4} ?){3})", " ".join(page.text.split()))
    assert found is not None
    assert text_of(plain(found[1]), desk.room.tables.kept_codes) == key
    assert found[1] not in desk.look().text
    assert "Rang nine times" in desk.look().part("reading")
