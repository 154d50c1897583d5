"""The one page a phone is on: each moment, in plain words, and as the page script expects it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import html5lib
import pytest

from tests.sessions import an_agenda, an_info, item, options
from tests.web.pages_seen import code_in, text_of, value_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option

NOT_PLAIN = re.compile(
    r"\b(submit\w*|session|participant\w*|facilitator\w*|anonymi\w*|prioriti\w*|invalid|server|connection lost"
    r"|ballot\w*|vignette\w*|moderat\w*)\b",
    re.IGNORECASE,
)
STORY = {"what_happened": "Nobody rang.", "level": "C2"}


async def every_page(house: House, phone: Phone) -> AsyncIterator[tuple[str, str]]:
    """Every page a phone can be on, with a name for each."""
    yield "join", (await house.stranger().see("/")).text
    yield "wrong code", (await house.stranger().post("/join", {"code": "AAAA"})).text
    yield "not joined", (await house.stranger().see("/now")).text
    yield "before", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i01"))
    yield "soon", (await phone.see()).text
    await house.give(cmd.OpenVote(key=b"k" * 32))
    yield "vote", (await phone.see()).text
    yield "nothing chosen", (await phone.post("/vote/i01.1")).text
    await phone.vote("a")
    yield "thanks", (await phone.see()).text
    yield "change", (await phone.see("/now?change=1")).text
    await phone.post("/vote/i01.1", {"skip": "1"})
    yield "skipped", (await phone.see()).text
    await house.give(cmd.CloseVote())
    yield "closed", (await phone.see()).text
    yield "late", (await phone.vote("b")).text
    await house.give(cmd.Reveal())
    yield "result", (await phone.see()).text
    await house.give(cmd.VoidRound(round="i01.1", reason="Two people shared a phone"))
    yield "void", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i02"))
    yield "break", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i03"))
    yield "ground rules", (await phone.see()).text
    yield "own care", (await phone.see("/own-care")).text
    yield "asked to be contacted", (await phone.post("/own-care")).text
    yield "talk", (await phone.see("/talk")).text
    yield "asked to talk", (await phone.post("/talk")).text
    yield "story", (await phone.see("/now?read=1")).text
    yield "check", (await phone.post("/say/i03", {**STORY, "step": "check"})).text
    sent = await phone.post("/say/i03", {**STORY, "step": "send"})
    yield "private code", (await phone.see(sent.headers["location"])).text
    yield "told", (await phone.see()).text
    yield "type a code", (await house.stranger().see("/back")).text
    yield "no such code", (await phone.post("/back", {"code": "AAAA"})).text
    by_code = code_in((await phone.see(sent.headers["location"])).text)
    yield "take back by code?", (await phone.post("/back", {"code": by_code})).text
    yield "tell more", (await phone.see("/now?more=1")).text
    await house.give(cmd.CloseGathering())
    yield "stories shut", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i04"))
    yield "ideas", (await phone.see()).text
    await phone.post("/say/i04", {"idea": "One name"})
    yield "another idea", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i05"))
    yield "no options yet", (await phone.see()).text
    await house.give(cmd.OpenItem(item="i06"))
    yield "private", (await phone.see()).text
    await phone.post("/say/i06", {"words": "Small letters"})
    house.room.info = an_info(house.room.info.agenda, write_up_by="2026-12-11")
    for path in ("/stories", "/help", "/privacy", "/paper", "/leave", "/sent"):
        yield path, (await phone.see(path)).text
    yield "taken back by code", (await phone.post("/back", {"code": by_code, "back": "1"})).text
    key = list(house.room.tables.contributions)[1]
    yield "take back?", (await phone.see(f"/sent/{key}")).text
    await phone.post(f"/sent/{key}")
    yield "taken back", (await phone.see(f"/sent?gone={key}")).text
    yield "not mine", (await phone.see("/sent/nothing")).text
    await house.give(cmd.PauseRoom())
    yield "paused", (await phone.post("/say/i06", {"words": "Small letters"})).text
    await house.give(cmd.ResumeRoom())
    yield "not here", (await phone.see("/nope")).text
    await house.give(cmd.EndWorkshop(confirm="END"))
    yield "ended", (await phone.see()).text
    await house.give(cmd.FinishWriteUp(confirm="FINISH"))
    yield "finished", (await phone.see()).text
    yield "nobody's", (await phone.see("/sent")).text
    yield "left", (await phone.post("/leave")).text


async def test_every_page_speaks_plainly() -> None:
    async with a_house() as house:
        async for name, page in every_page(house, await house.phone()):
            body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
            assert body is not None
            words = "\n".join(body.itertext())
            assert not NOT_PLAIN.findall(words), name
            # The agenda's own words, and the wording of consent, are not ours to shorten here.
            ours = [each.strip() for each in re.split(r"[.!?:;\n]", words) if "in their own words" not in each]
            long = [each for each in ours if len(each.split()) > 15]
            assert not long, name


async def test_every_page_has_one_heading_and_a_way_to_help_and_paper() -> None:
    async with a_house() as house:
        async for name, page in every_page(house, await house.phone()):
            tree = html5lib.parse(page, namespaceHTMLElements=False)
            assert [each.attrib.get("id") for each in tree.iter("h1")] == ["question"], name
            links = [each.attrib.get("href") for each in tree.iter("a")]
            assert {"/help", "/paper", "/privacy"} <= set(links), name
            ids = [each.attrib["id"] for each in tree.iter() if isinstance(each.tag, str) and "id" in each.attrib]
            assert len(ids) == len(set(ids)), name


async def test_every_page_of_a_joined_phone_has_what_the_script_needs() -> None:
    async with a_house() as house:
        async for name, page in every_page(house, await house.phone()):
            if name in ("join", "wrong code", "not joined", "left", "type a code"):
                assert "data-room" not in page, name
                continue
            # The session, and three digits of this person alone.
            assert re.search(r'data-room="0123456789abcdef[0-9a-f]{3}"', page), name
            assert page.count('<p id="say" class="sr" role="status"></p>') == 1, name
            assert page.count('<div id="strip"') == 1, name
            assert re.search(r'data-page="[\w.-]+" data-v="\d+"', page), name


async def test_every_form_that_sends_words_can_keep_them() -> None:
    async with a_house() as house:
        async for name, page in every_page(house, await house.phone()):
            for form in html5lib.parse(page, namespaceHTMLElements=False).iter("form"):
                fields = {each.attrib.get("name"): each.attrib.get("value") for each in form.iter("input")}
                if form.attrib["action"] in ("/join", "/back"):
                    continue
                assert fields["csrf"], name
                if "data-outbox" in form.attrib:
                    assert re.fullmatch("[0-9a-f]{32}", fields["sid"] or ""), name
                    assert 'id="problem"' in page, name
                    assert ("data-slot" in form.attrib) == form.attrib["action"].startswith("/vote/"), name


async def test_every_page_asks_its_question_and_says_who_sees_the_answer() -> None:
    async with a_house() as house:
        pages = dict([pair async for pair in every_page(house, await house.phone())])

    assert "Nobody can see who chose what" in pages["vote"]
    assert "You choose who may read this" in pages["story"]
    assert "reads this first" in pages["ideas"]
    assert "Only the person who leads today can read this" in pages["private"]
    assert "Question 1 of 5" in text_of(pages["vote"])
    assert "Question" not in text_of(pages["break"])


async def test_every_moment_says_what_is_going_on() -> None:
    async with a_house() as house:
        pages = dict([pair async for pair in every_page(house, await house.phone())])

    said = {
        "before": "We have not started yet.",
        "soon": "You can answer soon.",
        "thanks": "Thank you. We have your answer.",
        "skipped": "You skipped this question.",
        "closed": "This question is closed.",
        "void": "It does not count.",
        "break": "There is nothing to do on your phone now.",
        "told": "Thank you. We have your words.",
        "another idea": "Thank you. Send another?",
        "ended": "Your answers are saved.",
        "taken back": "Its words are deleted.",
        "paused": "We are taking a short pause.",
        "finished": "Thank you for coming.",
        "nobody's": "have finished writing up.",
        "left": "It has forgotten who used it before.",
        "not here": "There is no such page here.",
    }
    assert {name: words for name, words in said.items() if words not in text_of(pages[name])} == {}


@pytest.mark.parametrize("name", ["nothing chosen", "wrong code", "late", "not joined"])
async def test_a_page_with_a_problem_says_so_first(name: str) -> None:
    async with a_house() as house:
        pages = dict([pair async for pair in every_page(house, await house.phone())])

    assert "<title>Error: " in pages[name]
    assert re.search('id="problem"[^>]* autofocus', pages[name])


async def test_a_result_is_on_phones_after_the_reveal_and_leaves_them_when_hidden() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("a")
        await house.give(cmd.Reveal())
        assert 'class="bars"' in (await phone.see()).text
        assert "1 of 1 person answered" in (await phone.see()).text

        await house.give(cmd.HideResults())

        assert 'class="bars"' not in (await phone.see()).text


async def test_a_story_is_kept_only_after_it_was_read_once_more() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()

        check = await phone.post("/say/i03", {**STORY, "step": "check"})
        assert not house.room.tables.contributions
        assert "Nobody rang." in check.text
        assert "This room, and the report of today" in check.text

        change = await phone.post("/say/i03", {**STORY, "step": "change"})
        assert value_of(change.text, "what_happened").strip() == "Nobody rang."
        assert not house.room.tables.contributions

        assert (await phone.post("/say/i03", {**STORY, "step": "send"})).status_code == 303
        (row,) = house.room.tables.contributions.values()
        assert (row.consent, row.moderation) == ("C2", "new")


async def test_who_may_read_a_story_is_chosen_by_nobody_but_its_teller_and_the_least_stands_first() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        form = (await phone.see("/now?read=1")).text
        assert re.findall('name="level" value="(C.)"', form) == ["C0", "C1", "C2", "C3", "C4"]
        assert "checked" not in form

        for step in ("check", "send"):
            refused = await phone.post("/say/i03", {"what_happened": "Mine", "step": step})

            assert refused.status_code == 422
            assert "Please choose who may read your story." in refused.text
            assert value_of(refused.text, "what_happened").strip() == "Mine"
            assert "checked" not in refused.text
        assert not house.room.tables.contributions


@pytest.mark.parametrize(("consent", "shown"), [("C0", False), ("C1", False), ("C2", True), ("C3", True), ("C4", True)])
async def test_only_approved_stories_whose_owner_agreed_can_be_read(consent: str, shown: bool) -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        await phone.post("/say/i03", {"what_happened": "CANARY", "level": consent})
        (key,) = house.room.tables.contributions
        assert "CANARY" not in (await phone.see("/stories")).text

        await house.give(cmd.Moderate(contribution=key, handling="read"))
        assert "CANARY" not in (await phone.see("/stories")).text
        if shown:
            await house.give(cmd.Moderate(contribution=key, handling="approved"))

        assert ("CANARY" in (await phone.see("/stories")).text) == shown


async def test_many_stories_come_in_short_pages_newest_first() -> None:
    async with a_house(words_burst=100) as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        for number in range(12):
            await phone.post("/say/i04", {"idea": f"Idea number {number:02d}"})
        for key in list(house.room.tables.contributions):
            await house.give(cmd.Moderate(contribution=key, handling="approved"))

        seen = [re.findall(r"Idea number (\d\d)", (await phone.see(f"/stories?from={n}")).text) for n in (0, 5, 10, 15)]

        assert seen == [["11", "10", "09", "08", "07"], ["06", "05", "04", "03", "02"], ["01", "00"], []]


async def test_a_small_button_takes_one_step_and_keeps_nothing() -> None:
    agenda = an_agenda(item(1, kind="dots", options=options("A", "B"), dots=5))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()

        stepped = await phone.post("/vote/i01.1", {"dots.a": "2", "dots.b": "1", "step": "dots.a:+1"})

        assert stepped.status_code == 200
        assert (value_of(stepped.text, "dots.a"), value_of(stepped.text, "dots.b")) == ("3", "1")
        assert house.room.tables.tallies["i01.1"].answered == 0


async def test_options_chosen_from_ideas_are_shown_before_the_vote_opens() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i05"))
        phone = await house.phone()
        before = re.search('data-page="(.*?)"', (await phone.see()).text)
        chosen = (Option("a", "Shorter waits"), Option("b", "One name to ring"))
        await house.give(cmd.ChooseOptions(item="i05", options=chosen))

        page = await phone.see()

        assert "One name to ring" in page.text
        assert before is not None
        assert "soon" in (await phone.see(f"/strip?page={before[1]}")).text


async def test_someone_else_gets_a_phone_that_knows_nothing() -> None:
    async with a_house() as house:
        phone = await house.phone()

        left = await phone.post("/leave")

        assert "/static/clear-" in left.text
        gone = left.headers.get_list("set-cookie")
        assert [each.partition(";")[0] for each in gone] == ['ws=""', 'in=""']
        assert (await phone.see()).status_code == 403
        assert house.room.tables.people() == 1


async def test_the_address_of_a_form_leads_back_to_the_one_page() -> None:
    async with a_house() as house:
        phone = await house.phone()
        for path in ("/vote/i01.1", "/say/i03"):
            answer = await phone.http.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/now")


# Languages. ------------------------------------------------------------------------------------------


def two_languages() -> object:
    texts = (("question", "ur", "سب سے اہم کیا ہے؟"), ("title", "ur", "پہلا"))
    choices = [{"key": "a", "text": "Waiting", "texts": [["ur", "انتظار"]]}, {"key": "b", "text": "Letters"}]
    return an_agenda(item(1, kind="single", options=choices, texts=texts), language="en", languages=("en", "ur"))


async def test_a_phone_reads_in_the_language_it_chose_and_from_its_side() -> None:
    async with a_house(two_languages()) as house:
        await house.ask()
        phone = await house.phone()
        assert '<html lang="en" dir="ltr">' in (await phone.see()).text

        chosen = await phone.see("/now?lang=ur")

        assert '<html lang="ur" dir="rtl">' in chosen.text
        assert "انتظار" in chosen.text
        assert "سب سے اہم کیا ہے؟" in chosen.text
        # Where a text was not given in a language, the agenda's own stands.
        assert "Letters" in chosen.text
        assert 'dir="rtl"' in (await phone.see()).text


async def test_a_browser_that_asks_for_a_language_gets_it() -> None:
    async with a_house(two_languages()) as house:
        phone = await house.phone()

        page = await phone.see("/now", **{"accept-language": "pl;q=0.9, ur-PK;q=0.8, en;q=x"})

        assert '<html lang="ur" dir="rtl">' in page.text


async def test_a_language_the_agenda_does_not_have_is_not_chosen() -> None:
    async with a_house(two_languages()) as house:
        page = await (await house.phone()).see('/now?lang="><script>')

        assert '<html lang="en"' in page.text
        assert "set-cookie" not in page.headers


async def test_three_hundred_phones_behind_one_address_join() -> None:
    async with a_house() as house:
        answers = [await house.stranger().scan() for _ in range(300)]

        assert {answer.status_code for answer in answers} == {200}
        assert house.room.tables.people() == 300


async def test_a_full_room_says_so_and_points_to_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.PEOPLE", 1)
    async with a_house() as house:
        await house.phone()

        answer = await house.stranger().scan()

        assert answer.status_code == 409
        assert "paper copy" in answer.text


async def test_all_phones_together_can_be_bounded_by_a_setting() -> None:
    async with a_house(writes_per_s=2.0) as house:
        await house.ask()
        phones = [await house.phone() for _ in range(4)]

        answers = [await phone.vote("a") for phone in phones]

        assert [answer.status_code for answer in answers] == [303, 303, 503, 503]
