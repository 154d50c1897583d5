"""A private code: shown once, kept as a MAC, good for reading and taking back its own words and nothing else."""

from __future__ import annotations

import re

import pytest

from tests.sessions import an_agenda, item
from tests.web.pages_seen import code_in, text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.private_codes import CODE_LETTERS, PRIVATE, in_groups, plain
from workshop_tui.room.codes import new_private_code

UNSEEN = "What was already read aloud or shown cannot be unseen."
REPORTS = "Reports that were written before may still have it."


async def told(house: House, phone: Phone, words: str = "CANARY", level: str = "C2") -> tuple[str, str]:
    """Tell a story; gives its key and its code."""
    if house.room.state.current != "i03":
        await house.give(cmd.OpenItem(item="i03", vote="close"))
    sent = await phone.post("/say/i03", {"what_happened": words, "level": level, "step": "send"})
    key = list(house.room.tables.contributions)[-1]
    assert (sent.status_code, sent.headers["location"]) == (303, f"/code/{key}")
    return key, code_in((await phone.see(f"/code/{key}")).text)


def test_a_code_has_twelve_letters_that_are_hard_to_misread_and_more_than_forty_bits() -> None:
    codes = {new_private_code() for _ in range(200)}

    assert len(codes) == 200
    assert {letter for code in codes for letter in code} <= set(CODE_LETTERS)
    assert {len(code) for code in codes} == {PRIVATE}
    assert len(CODE_LETTERS) ** PRIVATE > 2**40
    assert all(plain(typed) == code for code in codes for typed in (in_groups(code).lower(), "-".join(code)))


async def test_the_teller_of_a_story_is_shown_a_code_and_the_room_keeps_only_a_mac_of_it() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key, code = await told(house, phone)

        (row,) = house.room.tables.kept_codes
        assert row.text == key
        bare = plain(code).encode()
        assert bare not in repr(house.store.events).encode()
        assert bare not in row.key + row.mac


async def test_a_script_is_led_to_the_same_page() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        sent = await phone.send("/say/i03", {"what_happened": "Mine", "level": "C1", "step": "send"})

        assert code_in((await phone.see(sent.json()["location"])).text)


async def test_a_code_is_shown_to_its_own_phone_until_it_is_kept_and_for_ten_minutes_at_most() -> None:
    async with a_house() as house:
        ann, ben = await house.phone(), await house.phone()
        key, code = await told(house, ann)

        assert code_in((await ann.see(f"/code/{key}")).text) == code, "a page loaded again has it"
        assert (await ben.see(f"/code/{key}")).headers["location"] == "/sent"
        assert (await house.stranger().see(f"/code/{key}")).status_code == 403

        kept = await ann.post(f"/code/{key}")
        assert kept.headers["location"] == "/now"
        assert (await ann.see(f"/code/{key}")).headers["location"] == "/sent"

        key, _ = await told(house, ben)
        house.clock.pass_s(10 * 60)
        assert (await ben.see(f"/code/{key}")).headers["location"] == "/sent"


async def test_the_same_sending_again_changes_no_code() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone, story = await house.phone(), {"what_happened": "Mine", "level": "C1", "step": "send", "sid": "a" * 32}
        first = await phone.post("/say/i03", story)
        code = code_in((await phone.see(first.headers["location"])).text)

        again = await phone.post("/say/i03", story)

        assert again.headers["location"] == first.headers["location"]
        assert code_in((await phone.see(again.headers["location"])).text) == code
        assert "Take this back?" in (await phone.post("/back", {"code": code})).text


async def test_whoever_has_the_code_reads_the_words_and_takes_them_back_without_having_joined() -> None:
    async with a_house() as house:
        key, code = await told(house, await house.phone())
        other, _ = await told(house, await house.phone(), "ANOTHER")
        stranger = house.stranger()

        asked = await stranger.post("/back", {"code": code.lower().replace(" ", "-")})
        assert asked.status_code == 200
        assert "CANARY" in asked.text
        assert REPORTS in text_of(asked.text)
        assert house.room.tables.contributions[key].body, "it is asked once more"

        gone = await stranger.post("/back", {"code": code, "back": "1"})

        assert "Its words are deleted." in text_of(gone.text)
        assert UNSEEN in text_of(gone.text)
        assert "CANARY" not in gone.text
        assert house.room.tables.contributions[key].gone == "withdrawn"
        assert house.room.tables.contributions[other].body
        assert [row.text for row in house.room.tables.kept_codes] == [other]


async def test_wrong_replaced_and_used_codes_get_one_answer() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key, first = await told(house, phone)
        await phone.see("/sent")
        await phone.post(f"/sent/{key}/code")
        second = code_in((await phone.see(f"/code/{key}")).text)
        pages = [await phone.post("/back", {"code": each}) for each in ("", "AAAA", "A" * 12, first)]
        assert "CANARY" in (await phone.post("/back", {"code": second})).text

        await phone.post("/back", {"code": second, "back": "1"})
        pages += [await phone.post("/back", {"code": second, **more}) for more in ({}, {"back": "1"})]

        assert {page.status_code for page in pages} == {422}
        assert len({re.sub('data-v="[0-9]+"', "", page.text) for page in pages}) == 1
        assert "No words have this code." in text_of(pages[0].text)


async def test_only_the_phone_that_sent_words_gets_another_code_for_them() -> None:
    async with a_house() as house:
        ann, ben = await house.phone(), await house.phone()
        key, code = await told(house, ann)

        refused = await ben.post(f"/sent/{key}/code")

        assert refused.status_code == 409
        assert "CANARY" in (await ben.post("/back", {"code": code})).text


@pytest.mark.parametrize(("kind", "field"), [("ideas", "idea"), ("questions", "question"), ("private", "words")])
async def test_ideas_questions_and_private_words_get_a_code_when_their_owner_asks_for_one(
    kind: str, field: str
) -> None:
    async with a_house(an_agenda(item(1, kind=kind))) as house:
        await house.give(cmd.OpenItem(item="i01"))
        phone = await house.phone()
        assert (await phone.post("/say/i01", {field: "CANARY"})).headers["location"] == "/now"
        (key,) = house.room.tables.contributions
        assert not list(house.room.tables.kept_codes)
        assert "Get a new private code" in text_of((await phone.see("/sent")).text)

        got = await phone.post(f"/sent/{key}/code")
        code = code_in((await phone.see(got.headers["location"])).text)
        await house.stranger().post("/back", {"code": code, "back": "1"})

        assert house.room.tables.contributions[key].gone == "withdrawn"
        assert "CANARY" not in repr(house.room.tables.contributions[key])


async def test_a_code_is_good_in_every_phase_as_long_as_its_words_are_there() -> None:
    async with a_house() as house:
        phone = await house.phone()
        kept, code = await told(house, phone)
        day, of_the_day = await told(house, phone, level="C0")
        await house.give(cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        assert house.room.tables.contributions[day].gone == "day_over"
        assert (await house.stranger().post("/back", {"code": of_the_day, "back": "1"})).status_code == 422
        assert "Its words are deleted." in (await house.stranger().post("/back", {"code": code, "back": "1"})).text
        assert house.room.tables.contributions[kept].gone == "withdrawn"


async def test_trying_codes_out_is_slowed_for_right_and_wrong_ones_alike() -> None:
    async with a_house(wrong_codes_each=3, turn_s=0.0, turns_each=0) as house:
        _, code = await told(house, await house.phone())
        stranger = house.stranger()
        for _ in range(3):
            assert (await stranger.post("/back", {"code": "A" * 12})).status_code == 422

        for each in ("A" * 12, code):
            slowed = await stranger.post("/back", {"code": each})

            assert slowed.status_code == 429
            assert "CANARY" not in slowed.text
        elsewhere = await house.stranger("192.168.8.99").post("/back", {"code": code})
        assert "CANARY" in elsewhere.text


async def test_a_form_from_elsewhere_takes_nothing_back() -> None:
    async with a_house() as house:
        key, code = await told(house, await house.phone())

        refused = await house.stranger().post("/back", {"code": code, "back": "1"}, origin="http://elsewhere")

        assert refused.status_code == 403
        assert house.room.tables.contributions[key].body


async def test_what_cannot_be_saved_is_not_said_to_be_deleted() -> None:
    async with a_house() as house:
        key, code = await told(house, await house.phone())
        house.store.broken = "the disk is full"

        answer = await house.stranger().post("/back", {"code": code, "back": "1"})

        assert answer.status_code == 503
        assert "Its words are deleted." not in text_of(answer.text)
        assert house.room.tables.contributions[key].body


@pytest.mark.parametrize("path", ["/help", "/back"])
async def test_the_way_to_take_words_back_is_found_without_having_joined(path: str) -> None:
    async with a_house() as house:
        page = await house.stranger().see(path)

        assert page.status_code == 200
        assert "code" in text_of(page.text)
        assert 'href="/back"' in page.text or 'action="/back"' in page.text
