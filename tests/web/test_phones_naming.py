"""Before words are kept a phone asks gently about what may tell who somebody is, and takes them as they are if told."""

from __future__ import annotations

import json

import pytest

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import a_house
from workshop_tui.domain import commands as cmd

DAY = an_agenda(
    item(1, "Doors", kind="impact", options=options("East", "West")),
    item(2, "Ideas", kind="ideas"),
    item(3, "Told", kind="vignette"),
    item(4, "Questions", kind="questions"),
    item(5, "Pledges", kind="pledge"),
    item(6, "Only for you", kind="private"),
)
TOLD = "We waited. Dr Prothero said no 🙏🏽, ring me on 07700 900142."


def kept(house) -> list[str]:
    return [row.body for row in house.room.tables.contributions.values()]


async def test_the_check_page_marks_each_place_and_offers_to_change_it_or_send_it_as_it_is() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i03"))
        story = {"what_happened": TOLD, "level": "C2"}
        page = await phone.post("/say/i03", {**story, "step": "check"})
        plain = await phone.post("/say/i03", {"what_happened": "Nobody rang.", "level": "C2", "step": "check"})
        sent = await phone.post("/say/i03", {**story, "step": "send"})

    said = text_of(page.text)
    assert "<mark>Dr Prothero</mark>" in page.text
    assert "<mark>07700 900142</mark>" in page.text
    assert "a phone number" in said
    assert "You can change it, or send it just as it is." in said
    assert "we miss some" in said
    assert "we miss some" in text_of(plain.text)
    assert "<mark>" not in plain.text
    assert sent.status_code == 303
    assert [TOLD in body for body in kept(house)] == [True]


def the_field(page: str) -> str:
    """The name of the box of a form with one."""
    return page.split("<textarea", 1)[1].split('name="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize("item_", ["i02", "i04", "i05"])
@pytest.mark.parametrize("script", [False, True])
async def test_every_other_free_text_is_asked_about_once_and_then_taken_as_it_is(item_: str, script: bool) -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item=item_))
        field = the_field((await phone.see()).text)
        give = phone.send if script else phone.post
        asked = await give(f"/say/{item_}", {field: TOLD, "sid": "a" * 32})
        assert kept(house) == []
        again = await give(f"/say/{item_}", {field: TOLD, "sid": "b" * 32})

        assert asked.status_code == 422
        told = json.loads(asked.text)["error"] if script else text_of(asked.text)
        assert "This may tell who somebody is:" in told
        assert "Dr Prothero" in told
        assert "07700 900142" in told
        assert "send it again just as it is" in told
        if not script:
            assert TOLD in asked.text, "the words are still there"
        assert again.status_code == (200 if script else 303)
        assert [TOLD in body for body in kept(house)] == [True]


async def test_other_words_are_asked_about_anew_and_plain_ones_never() -> None:
    async with a_house(DAY) as house:
        phone, other = await house.phone(), await house.phone()
        await house.give(cmd.OpenItem(item="i02"))
        field = the_field((await phone.see()).text)
        answers = [
            (await each.post("/say/i02", {field: words})).status_code
            for each, words in (
                (phone, "Ask Mr Vane"), (phone, "Ask Mrs Vane"), (other, "Ask Mrs Vane"), (phone, "Ask the doctor"),
            )
        ]  # fmt: skip

    assert answers == [422, 422, 422, 303]
    assert len(kept(house)) == 1


async def test_a_reason_beside_a_vote_is_asked_about_and_a_vote_without_words_is_not() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        fields = {"impact.a": "much_harder", "impact.a.why": "Dr Prothero is rude"}
        asked = await phone.post("/vote/i01.1", fields)
        assert house.room.tables.reasons.kept("i01.1") == ()
        again = await phone.post("/vote/i01.1", fields)
        bare = await (await house.phone()).post("/vote/i01.1", {"impact.a": "much_harder"})

    assert asked.status_code == 422
    assert "Dr Prothero" in text_of(asked.text)
    assert (again.status_code, bare.status_code) == (303, 303)
    assert len(house.room.tables.reasons.kept("i01.1")) == 1


async def test_words_that_only_the_facilitator_reads_are_not_asked_about() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i06"))
        field = the_field((await phone.see()).text)
        answer = await phone.post("/say/i06", {field: TOLD})

    assert answer.status_code == 303
    assert len(kept(house)) == 1


async def test_no_page_of_a_phone_shows_an_approved_idea_with_something_open_in_other_words() -> None:
    async with a_house(DAY) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        field = the_field((await phone.see()).text)
        await phone.post("/say/i04", {field: "How far is it?"})
        (key,) = house.room.tables.contributions
        await house.give(cmd.Moderate(contribution=key, handling="approved"))
        before = text_of((await phone.see()).text)
        await house.give(cmd.Reword(contribution=key, words="How far is it, asks Mrs Vane?"))
        hidden = text_of((await phone.see()).text)
        start = len("How far is it, asks ")
        await house.give(
            cmd.Redact(contribution=key, place="*", start=start, end=start + 8, decision="edited", words="somebody")
        )
        after = text_of((await phone.see()).text)

    assert "How far is it?" in before
    assert "How far" not in hidden
    assert "How far is it, asks somebody?" in after
