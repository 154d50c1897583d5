"""Reading what people sent: private first, nothing on a screen unasked, nobody's phone told."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

import msgspec
import pytest

from tests.sessions import an_agenda, item, options, parted, sid
from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.consent import LEVELS
from workshop_tui.kinds.registry import KINDS
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.run import RunScreen

YES = ("s", "up", "enter")
"""Open the queue and say that the room cannot see this window."""


async def story(here: Sitting, person: str, words: str, level: str = "C2") -> None:
    body = msgspec.json.encode({"parts": [["happened", words]], "level": level}).decode()
    await here.tell(person, body, "i03", level)


async def private(here: Sitting, person: str, words: str) -> None:
    await here.tell(person, msgspec.json.encode({"text": words}).decode(), "i06")


async def idea(here: Sitting, person: str, words: str) -> None:
    await here.tell(person, msgspec.json.encode({"text": words}).decode(), "i02")


async def an_idea(here: Sitting, person: str, words: str) -> None:
    await here.tell(person, msgspec.json.encode({"text": words}).decode(), "i04")


async def explained(here: Sitting, person: str, why: str) -> None:
    """Answer the open question on impact, with a reason."""
    poll = KINDS["impact"]
    config = msgspec.convert(here.room.state.rounds[-1].config, poll.config_type)
    ballot = poll.read(config, {"impact.a": ["bit_harder"], "impact.a.why": [why]})
    choice, reasons = parted(poll, ballot)
    await here.give(cmd.Cast(person=person, round="i01.1", choice=choice, submission_id=sid(), reasons=reasons))


Tell = Callable[[Sitting, str, str], Awaitable[None]]
ITEMS: Mapping[Tell, str] = {story: "i03", an_idea: "i04", private: "i06"}


def states(here: Sitting) -> list[str]:
    return [row.moderation for row in here.room.tables.contributions.values()]


async def test_the_first_time_it_asks_whether_the_room_can_see_this_window() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "canary")
        async with console(here) as pair:
            await press(here, pair, "s", "enter")
            assert isinstance(pair[0].screen, RunScreen)
            assert "canary" not in screen_text(pair[0])
            await press(here, pair, *YES)
            assert "canary" in screen_text(pair[0])
            await press(here, pair, "escape", "s")
            assert isinstance(pair[0].screen, QueueScreen)


async def test_a_private_word_stands_in_no_list_and_is_opened_one_by_one() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i06"))
        await private(here, "ana", "canary")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            await press(here, pair, "a")
            listed = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "enter", "a")
            opened = screen_text(pair[0])
            assert states(here) == ["new"]
            await press(here, pair, "escape")

    assert "canary" not in listed
    assert "Only for you" in listed
    assert "nobody else may read them" in listed
    assert "canary" in opened
    assert "Approve (a)" not in opened
    assert states(here) == ["read"]


async def test_reading_one_marks_it_and_can_approve_it_without_losing_it_from_the_list() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        await story(here, "ana", "two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "enter")
            assert states(here) == ["new", "new"]
            await press(here, pair, "a", "enter", "escape")

    assert states(here) == ["read", "approved"]


async def test_approve_hold_and_unread_are_one_key_each_and_can_be_taken_back() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f")
            seen = []
            for key in ("a", "h", "u", "r", "r"):
                await press(here, pair, key)
                seen += states(here)

    assert seen == ["approved", "on_hold", "approved", "new", "read"]


async def test_an_owner_who_said_no_is_obeyed_and_quoted() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one", "C0")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            text = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "a")

    assert "Nobody else. Only the people running today read it." in text
    assert "It may not be shown word for word." in text
    assert states(here) == ["new"]


async def test_everything_from_one_phone_is_held_after_a_question_and_nobody_is_named() -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ben", "mine")
        await story(here, "ana", "one")
        await story(here, "ana", "two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "H", "enter")
            assert states(here) == ["new"] * 3
            await press(here, pair, "H")
            asked = screen_text(pair[0])
            await press(here, pair, "up", "enter")

    assert states(here) == ["new", "on_hold", "on_hold"]
    assert "ana" not in asked
    assert "you neither" in asked


async def test_a_phone_is_held_also_where_its_words_are_held_back_already() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        await story(here, "ana", "two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "h", "f", "f", "f", "H")
            asked = screen_text(pair[0])
            await press(here, pair, "up", "enter")
        await story(here, "ana", "three")

    assert "Hold everything from this phone?" in asked
    assert states(here) == ["on_hold"] * 3


async def test_only_an_approved_story_reaches_the_big_screen() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f", "b")
            refused = here.room.state.screen.mode
            await press(here, pair, "a", "b")

    assert refused != "story"
    assert here.room.state.screen.mode == "story"


async def test_unread_comes_first_and_pages_are_turned() -> None:
    async with sitting() as here:
        people = [f"p{number}" for number in range(45)]
        await here.join(*people)
        await here.give(cmd.OpenItem(item="i03"))
        for person in people:
            await story(here, person, f"story of {person}")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            first = screen_text(pair[0])
            await press(here, pair, "n", "n")
            last = screen_text(pair[0])
            await press(here, pair, "n", "p")
            middle = screen_text(pair[0])

    assert "Not read: 1–20 of 45" in first
    assert "story of p44" in first
    assert "Not read: 41–45 of 45" in last
    assert "story of p0" in last
    assert "Not read: 21–40 of 45" in middle


async def test_the_list_follows_what_comes_in_without_moving_the_cursor() -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "first one")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            await story(here, "ben", "second one")
            await settle(here, *pair)
            screen = pair[0].screen
            assert isinstance(screen, QueueScreen)
            screen._reload_if_stale()
            await settle(here, *pair)

            assert "of 2" in screen_text(pair[0])
            assert screen.entry is not None
            assert screen.entry.parts[0][1] == "first one"


async def test_ctrl_b_covers_an_open_story_at_once() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "canary")
        async with console(here) as pair:
            await press(here, pair, *YES, "enter", "ctrl+b")

            assert "canary" not in screen_text(pair[0])


async def test_a_story_that_may_not_be_shown_is_told_in_other_words_and_that_is_taken_back() -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "for all", "C2")
        await story(here, "ben", "canary", "C1")
        key = list(here.room.tables.contributions)[-1]
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            marked = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "t")
            asked = screen_text(pair[0])
            await press(here, pair, *"Late", "enter")
            told = here.room.tables.kept_retelling(key)
            shown = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "u")

    assert marked.count("! to tell") == 1
    assert "Nobody has written yet what it is about." in marked
    assert "canary" in asked
    assert told == "Late"
    assert "In your words: Late" in shown
    assert "to tell  canary" not in shown
    assert here.room.tables.kept_retelling(key) == ""


async def test_a_filter_brings_up_the_stories_that_nobody_has_told_yet() -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "told", "C1")
        await story(here, "ben", "untold", "C1")
        await story(here, "ana", "shown", "C2")
        first = next(iter(here.room.tables.contributions))
        await here.give(cmd.Retell(contribution=first, words="Late"))
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f", "f", "f", "f")
            screen = pair[0].screen
            assert isinstance(screen, QueueScreen)

            assert "To tell in your words: 1–1 of 1" in screen_text(pair[0])
            assert screen.entry is not None
            assert screen.entry.parts[0][1] == "untold"


async def test_a_story_whose_owner_wants_nobody_to_tell_it_is_refused_before_anything_is_typed() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one", "C0")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "t")

            assert isinstance(pair[0].screen, QueueScreen)
            assert "Its owner did not ask for that" in screen_text(pair[0])


async def test_a_name_is_taken_out_of_words_that_others_then_read_and_the_facilitator_still_sees_both() -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "Vane", "C3")
        key = list(here.room.tables.contributions)[-1]
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f")
            await press(here, pair, "t")
            asked = screen_text(pair[0])
            await press(here, pair, "ctrl+u", *"Somebody", "enter")
            shown = " ".join(screen_text(pair[0]).split())
            told = here.room.tables.dealt.reworded(key)
            await press(here, pair, "u")

    assert "Its own words are kept, for you" in asked
    assert told == "Somebody"
    assert "Others read: Somebody" in shown
    assert "Its own words:" in shown
    assert "Vane" in shown
    assert here.room.tables.dealt.reworded(key) == ""


async def test_reasons_are_read_by_their_kind_and_all_that_are_shown_are_approved_at_once() -> None:
    agenda = an_agenda(item(1, "Doors", kind="impact", options=options("East", "West")), item(2, "Told", kind="ideas"))
    async with sitting(agenda=agenda) as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i02"))
        await idea(here, "ana", "A bell")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b"k" * 32))
        for person, words in (("ana", "Steep steps"), ("ben", "Near the bus")):
            await explained(here, person, words)
        await here.give(cmd.CloseVote())
        await here.give(cmd.Reveal())
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            everything = screen_text(pair[0])
            await press(here, pair, "k", "k")
            reasons = screen_text(pair[0])
            await press(here, pair, "*")
            marked = screen_text(pair[0])
            await press(here, pair, "a")

        handled = sorted(here.room.tables.dealt.handlings.values())

    assert all(words in everything for words in ("A bell", "Steep steps", "Near the bus"))
    assert "A bell" not in reasons
    assert "On “East”" in reasons
    assert "2 marked" in marked
    assert handled == ["approved", "approved"]
    assert states(here) == ["new"]


async def test_who_may_read_it_is_said_in_words_and_never_by_the_letters_of_a_level() -> None:
    async with sitting() as here:
        await here.give(cmd.OpenItem(item="i03"))
        for level, _ in LEVELS:
            await here.join(f"p{level}")
            await story(here, f"p{level}", "nine hours", level)
        read = []
        async with console(here, (140, 45)) as pair:
            await press(here, pair, *YES, "f")
            for _ in LEVELS:
                # In the list, whole, in other words, approved or refused, on the big screen or refused.
                # What was read goes below what was not.
                for key in ("home", "enter", "t", "a", "b", "?"):
                    await press(here, pair, key)
                    read.append(" ".join(screen_text(pair[0]).split()))
                    if not isinstance(pair[0].screen, QueueScreen):
                        await press(here, pair, "escape")
            await press(here, pair, "3", "1")
            read.append(screen_text(pair[0]))

    seen = "\n".join(read)
    assert [str(words) for _, words in LEVELS if str(words).split(". ")[0] not in seen] == []
    assert re.findall(r"\bC[0-4]\b", seen) == []


@pytest.mark.parametrize("key", ["w", "m"])
@pytest.mark.parametrize("sent", [story, an_idea, private], ids=lambda each: each.__name__)
async def test_what_only_a_question_takes_is_refused_in_words_before_anything_is_typed(key: str, sent: Tell) -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item=ITEMS[sent]))
        await sent(here, "ana", "one")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES)
            before = len(here.client.sent)
            await press(here, pair, key)
            said = pair[0].moment.said

            assert isinstance(pair[0].screen, QueueScreen)
            assert said is not None
            assert not said.ok
            assert str(said.text) == "Only a question from the room can be marked as answered."
            assert str(said.text) in " ".join(screen_text(pair[0]).split())
            assert len(here.client.sent) == before
            assert not here.room.tables.notes


async def test_several_get_one_answer_and_what_may_not_be_shown_stays_marked() -> None:
    async with sitting() as here:
        await here.join("ana", "ben", "cai")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        await story(here, "ben", "two", "C0")
        await story(here, "cai", "three")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "space", "down", "space", "down", "space", "a")
            said = pair[0].moment.said
            assert said is not None
            shown = " ".join(screen_text(pair[0]).split())
            assert sorted(states(here)) == ["approved", "approved", "new"]
            await press(here, pair, "h")
            held = states(here)

    assert str(said.text) == "Approved 2 of 3; 1 may not be shown word for word."
    assert not said.ok
    assert "Its owner did not allow it to be shown word for word, so it cannot be approved." in map(str, said.more)
    assert "Approved 2 of 3; 1 may not be shown word for word." in shown
    assert "Its owner did not allow it" in shown
    assert "1 marked" in shown
    assert sorted(held) == ["approved", "approved", "on_hold"]


@pytest.mark.parametrize(
    ("key", "told"), [("a", "Approved 2."), ("h", "Held back 2."), ("r", "Turned 2 between read and unread.")]
)
async def test_several_that_all_went_well_are_counted_and_marked_no_more(key: str, told: str) -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        await story(here, "ben", "two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f", "space", "down", "space", key)
            shown = screen_text(pair[0])

    assert told in shown
    assert "2 marked" not in shown


async def test_one_that_is_held_already_stays_marked_among_several_and_why_is_told() -> None:
    async with sitting() as here:
        await here.join("ana", "ben")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one")
        await story(here, "ben", "two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "f", "h", "up", "space", "down", "space", "h")
            shown = " ".join(screen_text(pair[0]).split())

    assert "Held back 1 of 2; 1 stays marked." in shown
    assert "It is marked so already." in shown
    assert "1 marked" in shown


async def test_a_line_of_filters_that_is_too_long_ends_with_an_ellipsis() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await press(here, pair, *YES)
        where = next(line for line in screen_text(pair[0]).splitlines() if "f: Not read" in line)

    assert where.rstrip().endswith("…")


async def test_the_help_says_what_the_keys_of_the_list_do() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, *YES, "question_mark")
        shown = screen_text(pair[0])

    for row in ("f  Show others in the list", "n  Turn to the next page of the list",
                "p  Turn to the page of the list before"):  # fmt: skip
        assert row in shown
