"""What a desk may do and is asked first, as data: complete, named once, and never more than the table allows."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final, get_args

import pytest
from msgspec.structs import replace

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_agenda, an_info, item, options, sid
from tests.web.host_desk import ADDRESSES
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.policy import POLICY
from workshop_tui.domain.timing import MINUTE
from workshop_tui.room.desk import snapshot
from workshop_tui.room.room import Room
from workshop_tui.views.act import Act, Way
from workshop_tui.views.acts import ACTS, act_named, way_named
from workshop_tui.views.asking import question
from workshop_tui.views.moment import Moment
from workshop_tui.views.reading import ON_ENTRY
from workshop_tui.views.screens import next_mode
from workshop_tui.views.times import CATCH_UP, late_start, plan_views
from workshop_tui.views.typed import day_or_none, number_or_none
from workshop_tui.web.host.pages import ENTRY_WAYS, placed

EVERY: Final[tuple[Act, ...]] = (*ACTS, *ON_ENTRY)
WAYS: Final[tuple[Way, ...]] = tuple(way for act in EVERY for way in act.ways)


def seen(room: Room) -> Moment:
    return Moment(snapshot=snapshot(room, ADDRESSES, peek=False, connected=0, screens=0, desk=""))


async def give(room: Room, *commands: cmd.Command) -> None:
    for command in commands:
        await room.submit(replace(command, at=room.clock.now_ms()))


def test_every_command_of_a_desk_is_a_way_of_an_act() -> None:
    # Of the clock and of exports the program tells by itself; how a session is kept is said on the command line.
    by_itself = {cmd.ClockMoved, cmd.NoteIssued, cmd.RefuseLock, cmd.SetRetention, cmd.PlaceHold, cmd.LiftHold}
    assert {way.command for way in WAYS} == set(get_args(cmd.FacilitatorCommand)) - by_itself


@pytest.mark.parametrize("zero", [0x660, 0x6F0, 0x966, 0xFF10], ids=["Arabic", "Persian", "Hindi", "wide"])
def test_every_number_and_day_of_a_form_can_be_typed_in_the_digits_of_any_script(zero: int) -> None:
    digits = {ord("0") + digit: zero + digit for digit in range(10)} | {ord("-"): "\u2212"}
    fields = [(way.name, field) for way in WAYS for field in way.fields if field.kind in ("number", "day")]

    assert len({field.name for _, field in fields}) >= 3
    for way, field in fields:
        for plain in ("12", "0", "-3", "4000") if field.kind == "number" else ("2027-03-04",):
            other = plain.translate({key: each for key, each in digits.items() if field.kind == "number" or key != 45})
            for typed in (other, f"\u200f{other}\u200f"):
                assert str(field.wrong(typed)) == str(field.wrong(plain)), (way, field.name, typed)
                assert field.value(typed) == field.value(plain), (way, field.name, typed)
        assert field.value("4000" if field.kind == "number" else "2027-03-04")


def test_no_two_acts_and_no_two_ways_have_one_name() -> None:
    assert len({act.name for act in EVERY}) == len(EVERY)
    for way in WAYS:
        assert way_named(way.name) is way


@pytest.mark.parametrize("acts", [ACTS, ON_ENTRY], ids=["a page", "one entry"])
def test_no_two_acts_of_a_page_have_one_key(acts: tuple[Act, ...]) -> None:
    keys = [key for act in acts for key in (act.keys or act.key).split(",") if key]

    assert len(set(keys)) == len(keys)


def test_when_an_act_may_be_done_is_what_the_table_says() -> None:
    for way in WAYS:
        assert way.phases == POLICY[way.command].phases


def test_the_host_page_has_all_that_can_be_done_with_a_contribution() -> None:
    on_entry = {way.name for act in ON_ENTRY for way in act.ways}
    # Its form does the same with both fields empty.
    assert on_entry - {way.name for way in ENTRY_WAYS} == {"answered"}


def test_a_template_that_names_no_act_is_refused_before_anything_is_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "templates" / "host" / "now.html"
    page.parent.mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)

    page.write_text('{{ p.offer(ways("next"), moment) }} {{ act("screen").title }}')
    assert placed() == {"next", *(way.name for way in act_named("screen").ways)}

    page.write_text('{{ p.offer(ways("nexxt"), moment) }}')
    with pytest.raises(KeyError, match="nexxt"):
        placed()


async def test_an_act_says_why_it_cannot_be_done_and_is_done_once_it_can() -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    vote = act_named("vote")
    assert str(vote.why_not(seen(room))) == "The workshop has not started. Open the first item."

    await give(room, cmd.OpenItem(item="i01"))
    way = vote.way(seen(room))
    await give(room, cmd.OpenVote(key=b"k" * 32))
    after = vote.way(seen(room))
    await give(room, cmd.EndWorkshop(confirm="END"))
    refused = vote.why_not(seen(room))
    await room.close()

    assert way is not None
    assert after is not None
    assert (way.name, after.name) == ("open_vote", "close_vote")
    assert "This workshop has ended." in str(refused)


async def test_a_vote_is_offered_only_once_it_has_options() -> None:
    agenda = an_agenda(item(1, kind="single", options_from="ideas"))
    room = a_room(MemoryStore(an_info(agenda)), FakeClock())
    await room.start()
    await give(room, cmd.OpenItem(item="i01"))
    vote = act_named("vote")
    before = vote.why_not(seen(room))
    await give(room, cmd.ChooseOptions(item="i01", options=(Option("a", "Soup"), Option("b", "Salad"))))
    after = vote.way(seen(room))
    await room.close()

    assert str(before) == "This vote has no options yet. Choose them from the room's ideas first."
    assert after is not None
    assert after.name == "open_vote"


async def test_a_pause_offers_to_take_back_only_what_can_be_taken_back_meanwhile() -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    undo, redo = act_named("undo"), act_named("redo")
    await give(room, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32), cmd.CloseVote(), cmd.PauseRoom())
    waits = undo.why_not(seen(room))
    await give(room, cmd.SetPresent(people=12))
    counted = undo.why_not(seen(room))
    await give(room, cmd.Undo(), cmd.ResumeRoom())
    goes_on = undo.why_not(seen(room))
    await give(room, cmd.Undo(), cmd.Undo(), cmd.PauseRoom())
    waits_too = redo.why_not(seen(room))
    await room.close()

    assert str(waits) == "Everything is paused. Go on first."
    assert counted is None
    assert goes_on is None
    assert str(waits_too) == "Everything is paused. Go on first."


async def test_the_key_of_the_big_screen_goes_round_what_it_can_show() -> None:
    agenda = an_agenda(item(1, "Ask", kind="single", options=options("A", "B")), item(2, "Close"))
    room = a_room(MemoryStore(an_info(agenda)), FakeClock())
    await room.start()

    async def goes_round(count: int) -> list[str]:
        shown = []
        for _ in range(count):
            await give(room, cmd.SetScreen(mode=next_mode(seen(room))))
            shown.append(room.state.screen.mode)
        return shown

    await give(room, cmd.OpenItem(item="i01"))
    asked = await goes_round(3)
    await give(room, cmd.OpenVote(key=b"k" * 32), cmd.CloseVote(), cmd.Reveal())
    shown = await goes_round(4)
    # Thank you, and what was promised, belong to the last item and to what comes after.
    await give(room, cmd.OpenItem(item="i02"))
    last = await goes_round(4)
    await give(room, cmd.EndWorkshop(confirm="END"))
    ended = room.state.screen.mode
    await room.close()

    assert asked == ["blank", "question", "join"]
    assert shown == ["question", "join", "blank", "results"]
    assert last == ["closing", "join", "blank", "question"]
    assert ended == "closing"


async def test_the_big_screen_is_turned_on_and_back_unless_it_shows_nothing() -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    on, back = act_named("screen_on"), act_named("screen_back")
    for act in (on, on, on, back):
        way = act.way(seen(room))
        assert way is not None
        await give(room, way.make(seen(room), {}))
    turn = room.state.turn
    await give(room, cmd.SetScreen(mode="blank"))
    refused = [act.why_not(seen(room)) for act in (on, back)]
    await room.close()

    assert turn == 2
    assert list(map(str, refused)) == ["The big screen shows nothing."] * 2


async def test_what_cannot_be_undone_is_asked_about_with_how_many_answered() -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    await give(room, cmd.Join(person="a" * 32, token_hash=b"a"), cmd.Join(person="b" * 32, token_hash=b"b"))
    await give(room, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
    await give(room, cmd.Cast(person="a" * 32, round="i01.1", choice='{"option":"a"}', submission_id=sid()))
    moment = seen(room)
    await room.close()
    final = (cmd.Reveal(), cmd.VoidRound(round="i01.1", reason="x"), cmd.EndWorkshop(confirm="END"))

    for command in final:
        asked = question(moment, command)
        assert asked is not None
        assert asked.final
        assert [answer.command for answer in asked.answers] == [command, None]
        assert asked.quiet == "stay"
        assert any("1" in str(sentence) for sentence in asked.words)
    leaving = question(moment, cmd.OpenItem(item="i02"))
    assert leaving is not None
    assert not leaving.final
    sent = [answer.command for answer in leaving.answers]
    assert sent == [cmd.OpenItem(item="i02", vote="close"), cmd.OpenItem(item="i02", vote="keep"), None]
    assert question(moment, cmd.OpenItem(item="i02", vote="keep")) is None


@pytest.mark.parametrize(("late_min", "can_keep"), [(3, True), (9, False)])
async def test_a_late_start_offers_only_an_end_that_can_be_kept(late_min: int, can_keep: bool) -> None:
    clock = FakeClock()
    agenda = an_agenda(item(1, minutes=10), item(2, minutes=10))
    start = clock.now_ms() - late_min * MINUTE
    room = a_room(MemoryStore(an_info(agenda, scheduled_start=start)), clock)
    await room.start()
    moment = seen(room)
    await room.close()

    late = late_start(moment, "i01")
    asked = question(moment, cmd.OpenItem(item="i01"))

    assert late is not None
    assert late.move == clock.now_ms() + 20 * MINUTE
    assert late.keep == (start + 20 * MINUTE if can_keep else None)
    assert asked is not None
    assert [answer.key for answer in asked.answers] == (["move", "keep", "stay"] if can_keep else ["move", "stay"])


async def test_a_plan_says_the_times_that_it_leads_to() -> None:
    clock = FakeClock()
    agenda = an_agenda(*(item(n, kind="single", minutes=20, options=options("A", "B")) for n in (1, 2, 3)))
    room = a_room(MemoryStore(an_info(agenda)), clock)
    await room.start()
    await give(room, cmd.OpenItem(item="i01"))
    clock.pass_s(24 * 60)
    moment = seen(room)
    plan = plan_views(moment)[0]
    await give(room, CATCH_UP.ways[0].make(moment, {"plan": plan.key}))
    after = seen(room)
    await room.close()

    assert [time.line.key for time in plan.times] == ["i02", "i03"]
    assert [(time.minutes, time.start) for time in plan.times] == [
        (line.minutes, line.start) for line in after.snapshot.items if line.status == "planned"
    ]
    assert plan.end == after.snapshot.projected_end


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), (" ١٢ ", 12), ("+๓", 3), ("-४", -4), ("", None), ("1e9", None), ("½", None)]
)
def test_a_number_is_read_in_the_digits_of_any_script(typed: str, number: int | None) -> None:
    assert number_or_none(typed) == number


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-24", "2026-12-24"),
        ("٢٠٢٦-١٢-٢٤", "2026-12-24"),
        ("20261224", "2026-12-24"),
        ("soon", None),
        ("2026-13-01", None),
    ],
)
def test_a_day_is_read_in_the_digits_of_any_script(typed: str, day: str | None) -> None:
    assert day_or_none(typed) == day


@pytest.mark.parametrize(("people", "told"), [(1, "1 answer is set aside."), (2, "2 answers are set aside.")])
async def test_how_many_answers_a_void_round_sets_aside_is_counted_in_words_that_fit(people: int, told: str) -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    await give(room, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
    moment = seen(room)
    round_ = moment.snapshot.round
    assert round_ is not None
    moment = replace(moment, snapshot=replace(moment.snapshot, round=replace(round_, answered=people)))
    asked = question(moment, cmd.VoidRound(round=round_.key, reason="x"))
    await room.close()

    assert asked is not None
    assert str(asked.words[0]) == told


async def test_an_item_that_was_left_out_is_not_said_to_have_been_opened() -> None:
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    await give(room, cmd.OpenItem(item="i01"), cmd.SkipItem(item="i02", reason="no time"))
    moment = seen(room)
    why = act_named("edit").why_not(replace(moment, line=moment.line_of("i02")))
    await room.close()

    assert str(why) == "This item was skipped. Put it back first."
