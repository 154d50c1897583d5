"""A reason beside a vote on the page of what a phone sent: listed and taken back as long as its vote is not counted."""

from __future__ import annotations

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import REASONS_SEEN

DAY = an_agenda(item(1, "Impact", kind="impact", options=options("One clinic", "Evenings"), question="How is it?"))
SAID = {"impact.a": "much_harder", "impact.a.why": "CANARY", "impact.b": "bit_easier", "impact.b.why": "Zeppelin"}
LEFT = "To take it back then, ask the people running today."


async def answered(house: House) -> tuple[Phone, str]:
    """A phone that gave two reasons, and the key of the first."""
    phone = await house.phone()
    await house.ask()
    await phone.see()
    assert (await phone.post("/vote/i01.1", SAID)).status_code == 303
    return phone, key_of(house, "CANARY")


def key_of(house: House, words: str) -> str:
    return next(row.key for row in house.room.tables.reasons.kept("i01.1") if words in row.body)


async def test_a_phone_sees_its_reasons_and_nobody_elses_with_who_reads_them() -> None:
    async with a_house(DAY) as house:
        phone, key = await answered(house)
        other = await house.phone()

        mine, theirs = (await phone.see("/sent")).text, (await other.see("/sent")).text

        said = text_of(mine)
        assert "A reason with your vote on “How is it?”" in said
        assert "CANARY" in said
        assert str(REASONS_SEEN) in said
        assert LEFT in said
        assert f'href="/sent/{key}"' in mine
        assert "private code" not in said
        assert 'href="/sent"' in (await phone.see()).text
        assert "CANARY" not in theirs
        for answer in (await other.see(f"/sent/{key}"), await other.post(f"/sent/{key}")):
            assert answer.status_code in (404, 409)
            assert "not there any more" in answer.text


async def test_it_is_asked_about_first_and_then_it_goes_while_the_vote_and_the_other_reason_stay() -> None:
    async with a_house(DAY) as house:
        phone, key = await answered(house)
        asked = text_of((await phone.see(f"/sent/{key}")).text)
        assert "CANARY" in asked
        assert "Your vote stays as it is." in asked

        answer = await phone.post(f"/sent/{key}")
        page = text_of((await phone.see(answer.headers["location"])).text)

        assert answer.status_code == 303
        assert "Its words are deleted. Your vote stays as it is." in page
        assert "CANARY" not in page
        assert "Zeppelin" in page
        assert house.room.tables.reason(key) is None
        assert sum(house.room.tables.tallies["i01.1"].profile.values()) == 1
        again = await phone.post(f"/sent/{key}")
        assert again.status_code == 409
        assert "not there any more" in again.text


async def test_no_address_makes_another_phone_say_that_something_was_deleted() -> None:
    async with a_house(DAY) as house:
        phone, key = await answered(house)
        answer = await phone.post(f"/sent/{key}")
        other = await house.phone()

        for address in (answer.headers["location"], f"/sent?gone={key}", "/sent?gone=."):
            assert "Its words are deleted." not in (await other.see(address)).text


async def test_a_closed_vote_still_knows_the_phone_and_a_counted_one_does_not_and_the_page_says_so() -> None:
    async with a_house(DAY) as house:
        phone, key = await answered(house)
        await house.give(cmd.CloseVote())
        assert "CANARY" in (await phone.see("/sent")).text

        await house.give(cmd.Reveal())
        page = text_of((await phone.see("/sent")).text)

        assert "CANARY" not in page
        assert "Once a vote is counted, nobody can tell who gave which reason." in page
        assert LEFT in page
        assert (await phone.post(f"/sent/{key}")).status_code == 409
        assert house.room.tables.reason(key) is not None
        await house.give(cmd.WithdrawWords(contribution=key))
        assert house.room.tables.reason(key) is None
