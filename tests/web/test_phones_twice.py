"""What a phone is told when one question is asked twice: it stays true at every moment in between."""

from __future__ import annotations

from msgspec.structs import replace

from tests.sessions import an_agenda, item
from tests.web.pages_seen import text_of
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.kinds.scale import FIELD
from workshop_tui.web.phone.repeat import ASKED_AGAIN, SECOND_TIME, SECOND_TIME_APART

NOBODY_SEES = "Nobody can see who chose what."


def twice(kind: str = "scale") -> Agenda:
    """A scale before and after talking."""
    first = item(1, "Before", kind=kind, labels=["Hard", "So so", "Easy"], question="How was it?")
    assert first.activity is not None
    again = replace(first, key="i02", title="After", activity=replace(first.activity, again="Before"))
    return an_agenda(first, again)


async def ask(house: House, key: str, number: int) -> None:
    await house.give(cmd.OpenItem(item=key, vote="close"), cmd.OpenVote(key=bytes([number]) * 32))


async def test_the_first_form_says_that_answers_stay_linked_and_the_second_that_only_changes_are_counted() -> None:
    async with a_house(twice()) as house:
        phone = await house.phone()
        await ask(house, "i01", 1)
        first = (await phone.see()).text
        await phone.post("/vote/i01.1", {FIELD: "1"})
        after = (await phone.see()).text
        await ask(house, "i02", 2)
        second = (await phone.see()).text

    assert str(NOBODY_SEES) in first
    assert str(ASKED_AGAIN) in first
    assert str(ASKED_AGAIN) in after
    assert str(SECOND_TIME) not in first
    assert str(SECOND_TIME) in second
    assert str(ASKED_AGAIN) not in second


async def test_a_question_that_is_asked_once_says_nothing_of_it() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        text = text_of((await phone.see()).text)

    assert str(ASKED_AGAIN) not in text
    assert str(SECOND_TIME) not in text


async def test_a_skipped_second_time_is_not_promised() -> None:
    async with a_house(twice()) as house:
        await house.give(cmd.SkipItem(item="i02", reason="no time"))
        await ask(house, "i01", 1)
        phone = await house.phone()

        assert str(ASKED_AGAIN) not in (await phone.see()).text


async def test_a_second_time_whose_first_key_is_gone_promises_no_count_of_changes() -> None:
    async with a_house(twice()) as house:
        phone = await house.phone()
        await ask(house, "i01", 1)
        await phone.post("/vote/i01.1", {FIELD: "1"})
        await house.give(cmd.Reveal(), cmd.SkipItem(item="i02", reason="no time"), cmd.RestoreItem(item="i02"))
        await ask(house, "i02", 2)
        text = text_of((await phone.see()).text)

    assert str(SECOND_TIME_APART) in text
    assert str(SECOND_TIME) not in text


async def test_a_phone_sees_its_own_first_answer_and_the_groups_only_once_the_room_has_seen_it() -> None:
    async with a_house(twice()) as house:
        ana, ben = await house.phone(), await house.phone("192.168.8.78")
        await ask(house, "i01", 1)
        await ana.see()
        await ana.post("/vote/i01.1", {FIELD: "3"})
        await house.give(cmd.CloseVote())
        await ask(house, "i02", 2)

        hidden = text_of((await ana.see()).text)
        nothing = text_of((await ben.see()).text)
        # The same reminder stands when the form comes back with an error.
        refused = text_of((await ana.post("/vote/i02.1", {FIELD: "9"})).text)
        await house.give(cmd.OpenItem(item="i01", vote="close"), cmd.Reveal(), cmd.OpenItem(item="i02"))
        await house.give(cmd.ReopenVote())
        shown = text_of((await ben.see()).text)

    assert "The first time you chose “Easy”." in hidden
    assert "The middle answer" not in hidden
    assert "The first time" not in nothing
    assert "The first time you chose “Easy”." in refused
    assert "The middle answer is “Easy”" in shown
    assert "you chose" not in shown


async def test_the_result_on_a_phone_has_both_counts_and_who_changed_is_nowhere() -> None:
    async with a_house(twice()) as house:
        phone = await house.phone()
        for number, key in enumerate(("i01", "i02"), 1):
            await ask(house, key, number)
            await phone.see()
            await phone.post(f"/vote/{key}.1", {FIELD: str(number)})
            await house.give(cmd.Reveal())
        text = text_of((await phone.see()).text)

    assert "The first time: 1 of 1 person answered." in text
    assert "The second time: 1 of 1 person answered." in text
    assert "Fewer than 10 people answered both times." in text
    assert "changed" not in text


async def test_the_page_on_privacy_says_what_is_different_only_where_something_is() -> None:
    pages = []
    for agenda in (twice(), None):
        async with a_house(agenda) as house:
            pages.append((await (await house.phone()).see("/privacy")).text)

    assert ["Questions we ask twice" in page for page in pages] == [True, False]
