"""Reasons and answers about people: phones say what becomes of them, and no page of the room ever shows them."""

from __future__ import annotations

import re

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import REASONS_SEEN
from workshop_tui.room.desk import round_details
from workshop_tui.room.queue import queue_page

FORM = [{"label": "How old are you?", "options": ["Under 25", "Older"]}]
DAY = an_agenda(
    item(1, "Impact", kind="impact", options=options("One clinic", "Evenings")),
    item(2, "Live with it", kind="consensus"),
    item(3, "Who came", kind="form", fields=FORM),
    item(4, "Pledges", kind="pledge"),
)


async def test_who_gives_a_reason_is_told_who_sees_it_before_and_after() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        for item_, fields in (
            ("i01", {"impact.a": "much_harder", "impact.a.why": "Xylophone"}),
            ("i02", {"view": "1", "view.why": "Xylophone"}),
        ):
            await house.give(cmd.OpenItem(item=item_, vote="close"))
            await house.give(cmd.OpenVote(key=b"k" * 32))
            before = (await phone.see()).text
            await phone.post(f"/vote/{item_}.1", fields)
            after = (await phone.see()).text
            await house.give(cmd.CloseVote())
            await house.give(cmd.Reveal())
            result = (await phone.see()).text
            assert "Xylophone" not in str(round_details(house.room).blocks)
            (entry,) = queue_page(house.room, "unread", 0, 20).entries
            await house.give(cmd.Moderate(contribution=entry.key, handling="approved"))
            still = (await phone.see()).text

            assert str(REASONS_SEEN) in before
            assert str(REASONS_SEEN) in after
            assert "Thank you" in after
            assert "Xylophone" not in result + still
            assert "Xylophone" in str(round_details(house.room).blocks)


async def test_words_leave_the_ballot_on_their_way_and_a_change_takes_their_place() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        await phone.post("/vote/i01.1", {"impact.a": "much_harder", "impact.a.why": "Xylophone", "impact.b": "not_me"})
        tables = house.room.tables
        first = tables.reasons.kept("i01.1")

        assert "Xylophone" not in str(tables.profile("i01.1"))
        assert [row.body.count("Xylophone") for row in first] == [1]
        assert "not_me" not in first[0].body
        assert len(first[0].key) == 32

        await phone.post("/vote/i01.1", {"impact.a": "much_harder", "impact.a.why": "Zeppelin"})
        changed = tables.reasons.kept("i01.1")
        assert [row.body.count("Zeppelin") for row in changed] == [1]
        assert changed[0].key != first[0].key
        await phone.post("/vote/i01.1", {"skip": "1"})
        assert tables.reasons.kept("i01.1") == ()


async def test_an_objection_counts_without_a_reason_which_can_be_said_aloud() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i02"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        assert "say it aloud" in (await phone.see()).text
        await phone.post("/vote/i02.1", {"view": "2", "view.why": ""})

        assert "Thank you" in (await phone.see()).text
        assert list(house.room.tables.profile("i02.1").values()) == [1]
        assert house.room.tables.reasons.kept("i02.1") == ()


async def test_a_form_says_that_nothing_is_joined_and_its_result_has_no_small_number() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i03"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        asked = (await phone.see()).text
        await phone.post("/vote/i03.1", {"q1": "a"})
        await house.give(cmd.CloseVote())
        await house.give(cmd.Reveal())
        result = (await phone.see()).text

        assert "cannot be joined with you" in asked
        table = re.sub(r"\s+", " ", text_of(result))
        assert re.search(r"Under 25 ?\* ?Older ?\* ?all who answered ?\*", table), (
            "nobody, too, would tell who answered"
        )
        assert "Fewer than 8 people answered." in result


async def test_pledges_can_be_sent_one_after_the_other() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        await phone.post("/say/i04", {"pledge": "I will ring."})

        assert "What I will do" in (await phone.see()).text
