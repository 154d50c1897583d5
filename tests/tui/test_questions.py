"""Questions from the room at the console: how many want to know, answered with one key, on the big screen."""

from __future__ import annotations

import msgspec

from tests.sessions import an_agenda, item
from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.room.queue import queue_page

AGENDA = an_agenda(item(1, kind="questions", question="What do you want to know?"), item(2, kind="ideas"))


async def asked(here: Sitting, *questions: str) -> list[str]:
    """Questions, all approved and each by another person; gives their keys."""
    await here.give(cmd.OpenItem(item="i01"))
    for n, words in enumerate(questions):
        await here.join(f"p{n}")
        await here.tell(f"p{n}", msgspec.json.encode({"text": words}).decode(), "i01")
    keys = list(here.room.tables.contributions)
    for key in keys:
        await here.give(cmd.Moderate(contribution=key, handling="approved"))
    return keys


async def test_approved_questions_stand_in_the_order_of_the_phones_and_follow_the_votes() -> None:
    async with sitting(AGENDA) as here:
        far, pay = await asked(here, "How far?", "Who pays?")
        await here.give(cmd.Upvote(person="p0", contribution=pay, on=True))

        page = queue_page(here.room, "approved", 0, 20)
        assert [(entry.key, entry.votes) for entry in page.entries] == [(pay, 2), (far, 1)]
        await here.give(cmd.MarkAnswered(contribution=pay))
        assert [entry.key for entry in queue_page(here.room, "approved", 0, 20).entries] == [far, pay]


async def test_one_key_marks_a_question_as_answered_and_u_takes_it_back() -> None:
    async with sitting(AGENDA) as here:
        (key,) = await asked(here, "How far?")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, "s", "up", "enter", "f", "f")
            assert "1 person wants to know." in screen_text(pair[0])
            await press(here, pair, "m")
            assert here.room.tables.kept_answer(key) == AnswerRow("", "")
            assert "✓ answered" in screen_text(pair[0])
            await press(here, pair, "u")
            assert here.room.tables.kept_answer(key) is None
            await press(here, pair, "m", "m")
            assert here.room.tables.kept_answer(key) is None


async def test_what_the_answer_was_can_be_typed() -> None:
    async with sitting(AGENDA) as here:
        (key,) = await asked(here, "How far?")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, "s", "up", "enter", "f", "f", "w", *"By bus", "enter", *"Ann", "enter", "enter")

            assert here.room.tables.kept_answer(key) == AnswerRow("By bus", "Ann")
            assert "Taken away by Ann: By bus" in screen_text(pair[0])


async def test_the_list_can_be_put_on_the_big_screen_once_there_is_one() -> None:
    async with sitting(AGENDA) as here:
        await here.give(cmd.OpenItem(item="i01"))
        async with console(here, (100, 40)) as pair:
            await press(here, pair, "b")
            assert here.room.state.screen.mode != "results"
            await asked_more(here)
            await press(here, pair, *"bbbb")

        modes = [command.mode for command in here.client.sent if isinstance(command, cmd.SetScreen)]
        assert "results" in modes


async def asked_more(here: Sitting) -> None:
    await here.join("p0")
    await here.tell("p0", '{"text":"How far?"}', "i01")
    (key,) = here.room.tables.contributions
    await here.give(cmd.Moderate(contribution=key, handling="approved"))
