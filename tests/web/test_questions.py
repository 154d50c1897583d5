"""Questions from the room on phones and on the big screen: asked, read, wanted by others, answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import html5lib
import pytest

from tests.sessions import an_agenda, item
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.limits import CONTRIBUTIONS_EACH
from workshop_tui.room.desk import Addresses
from workshop_tui.web.phone.board import EACH
from workshop_tui.web.screen.screen import BigScreen, ScreenPresence

FAR = "How long does the bus take to the other hospital?"
PAY = "Who pays for the taxi at night?"
WHO = "Who decides, and when?"


def agenda(**extra: object):
    asked = item(1, "Questions of fact", kind="questions", question="What do you want to know?")
    return an_agenda(asked, item(2, "After", kind="ideas"), **extra)


async def ask(house: House, phone: Phone, words: str, *, approve: bool = True) -> str:
    """A question from a phone; gives its key."""
    await phone.see("/now?more=1")
    sent = await phone.post("/say/i01", {"question": words, "go": "1"})
    assert sent.status_code == 303, sent.text
    key = list(house.room.tables.contributions)[-1]
    if approve:
        await house.give(cmd.Moderate(contribution=key, handling="approved"))
    return key


async def press(phone: Phone, key: str, *, on: bool = True):
    return await phone.post("/upvote", {"on" if on else "off": key})


def listed(page: str) -> list[tuple[str, int, str]]:
    """The questions of a page, in order: words, votes, and what the button says or what became of it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = []
    for line in tree.iter("li"):
        parts = ["".join(each.itertext()).strip() for each in line if each.tag in ("p", "button")]
        found.append((parts[0], int(parts[1].split()[0]), parts[2] if len(parts) > 2 else ""))
    return found


NO, YES = "I want to know this too", "✓\xa0I want to know this too"


async def test_a_question_is_listed_once_it_was_approved_and_counts_for_who_asked() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        assert "Your question" in (await bob.see()).text
        key = await ask(house, ann, FAR, approve=False)
        assert FAR not in (await bob.see()).text
        assert "Your question" in (await bob.see()).text
        assert "Thank you. We have your words." in (await ann.see()).text

        await house.give(cmd.Moderate(contribution=key, handling="approved"))

        assert listed((await ann.see()).text) == [(FAR, 1, YES)]
        assert listed((await bob.see()).text) == [(FAR, 1, NO)]
        assert "Your question" in (await bob.see("/now?more=1")).text


async def test_pressing_counts_once_and_pressing_again_takes_it_back() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        await bob.see()

        for _ in range(3):
            answer = await press(bob, key)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/now?at={key}#at")
        page = (await bob.see(f"/now?at={key}")).text
        assert listed(page) == [(FAR, 2, YES)]
        assert page.count('id="at"') == 1

        await press(bob, key, on=False)
        await press(bob, key, on=False)
        assert listed((await bob.see()).text) == [(FAR, 1, NO)]
        assert listed((await ann.see()).text) == [(FAR, 1, YES)]


async def test_a_vote_is_in_the_file_before_the_phone_is_told() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann = await house.phone()
        key = await ask(house, ann, FAR)
        bob = await house.phone()
        await bob.see()
        house.store.broken = "The disk is full."

        answer = await press(bob, key)

        assert answer.status_code == 503
        assert "press again" in answer.text
        assert "disk" not in answer.text
        assert house.room.tables.votes[key] == 1
        assert sum(isinstance(each, ev.Upvoted) for each in house.store.events) == 1


async def test_a_vote_wakes_no_other_phone_and_an_approval_does() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        page = re.search(r'data-page="([^"]+)"', (await bob.see()).text)
        assert page is not None
        before, desk = house.room.notifier.room_version, house.room.notifier.desk_version

        await press(bob, key)

        assert house.room.notifier.room_version == before
        assert house.room.notifier.desk_version > desk
        await ask(house, ann, PAY)
        assert house.room.notifier.room_version > before
        strip = (await bob.http.get(f"/strip?page={page[1]}")).text
        assert "There is news about the questions." in strip


async def test_most_wanted_first_then_the_alphabet_and_answered_ones_last() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        who, pay, far = [await ask(house, ann, words) for words in (WHO, PAY, FAR)]
        assert [words for words, _, _ in listed((await ann.see()).text)] == [FAR, WHO, PAY]
        await press(bob, pay)
        await press(bob, who)
        assert [words for words, _, _ in listed((await ann.see()).text)] == [WHO, PAY, FAR]

        await house.give(cmd.MarkAnswered(contribution=who, words="The board, in May"))
        await house.give(cmd.MarkAnswered(contribution=pay, owner="the transport lead"))

        assert listed((await bob.see()).text) == [
            (FAR, 1, NO),
            (WHO, 2, "✓ Answered: The board, in May"),
            (PAY, 2, "✓ Taken away by the transport lead"),
        ]
        await house.give(cmd.Undo())
        assert [words for words, _, _ in listed((await bob.see()).text)] == [PAY, FAR, WHO]
        assert far in house.room.tables.votes


async def test_when_it_is_closed_the_list_stays_and_the_buttons_go() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        await bob.see()

        await house.give(cmd.CloseGathering())

        page = (await bob.see()).text
        assert listed(page) == [(FAR, 1, "")]
        assert "This question is closed." in page
        assert "Ask a question" not in page
        late = await press(bob, key)
        assert late.status_code == 409
        assert "closed" in late.text
        await house.give(cmd.OpenItem(item="i02"))
        assert FAR not in (await bob.see()).text
        assert house.room.tables.votes[key] == 1


@pytest.mark.parametrize("handling", ["on_hold", "read"])
async def test_what_is_held_again_leaves_the_phones_and_takes_no_votes(handling: cmd.Handling) -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        await bob.see()
        await house.give(cmd.Moderate(contribution=key, handling=handling))

        assert FAR not in (await bob.see()).text
        assert (await press(bob, key)).status_code == 409
        assert (await press(bob, "0" * 32)).text == (await press(bob, key)).text


async def test_what_was_not_made_by_our_page_changes_nothing() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)

        assert (await bob.post("/upvote", {"on": key, "csrf": "0" * 32})).status_code == 403
        assert (await bob.post("/upvote", {"on": key}, origin="http://evil.example")).status_code == 403
        assert (await house.stranger().post("/upvote", {"on": key})).status_code == 403
        for fields in ({}, {"on": ""}, {"on": "x\r\nset-cookie: a=b"}, {"off": "' OR 1=1 --"}, {"on": "٣" * 40}):
            answer = await bob.post("/upvote", fields)
            assert answer.status_code in (303, 409)
            assert "set-cookie" not in answer.headers
        assert house.room.tables.votes[key] == 1
        assert (await bob.http.get("/upvote")).headers["location"] == "/now"


async def test_a_press_that_arrives_again_after_it_was_taken_back_does_not_count() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)

        async def button() -> dict[str, str]:
            found = re.search(r'name="(on|off)" value="([^"]+)"', (await bob.see()).text)
            assert found is not None
            return {found[1]: found[2]}

        first = await button()
        for fields in (first, await button()):
            assert (await bob.post("/upvote", fields)).status_code == 303
        assert house.room.tables.votes[key] == 2
        taken_back = await button()
        assert "off" in taken_back
        assert (await bob.post("/upvote", taken_back)).status_code == 303
        assert house.room.tables.votes[key] == 1

        late = await bob.post("/upvote", first)

        assert late.headers["location"] == f"/now?at={key}#at"
        assert house.room.tables.votes[key] == 1


async def test_one_phone_that_presses_without_end_is_told_to_wait() -> None:
    async with a_house(agenda(), votes_burst=3, votes_per_s=1.0) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        await bob.see()

        answers = [await press(bob, key, on=bool(n % 2)) for n in range(5)]

        assert [each.status_code for each in answers] == [303, 303, 303, 429, 429]
        assert answers[-1].headers["retry-after"] == "2"
        house.clock.pass_s(2)
        assert (await press(bob, key)).status_code == 303


async def test_who_looks_on_reads_the_questions_and_has_no_button() -> None:
    async with a_house(agenda(roles=("patient", "observer"))) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, eve = await house.phone(), await house.phone()
        for phone, role in ((ann, "patient"), (eve, "observer")):
            await phone.see("/role")
            await phone.post("/role", {"role": role})
        key = await ask(house, ann, FAR)

        page = (await eve.see()).text

        assert listed(page) == [(FAR, 1, "")]
        assert "You are here to look on." in page
        assert (await press(eve, key)).status_code == 409
        assert house.room.tables.votes[key] == 1


async def test_a_long_list_has_pages_and_a_press_comes_back_to_the_one_with_its_question() -> None:
    async with a_house(agenda(), words_burst=100) as house:
        await house.give(cmd.OpenItem(item="i01"))
        phones = [await house.phone() for _ in range(2)]
        asked = [f"Question number {n:02}?" for n in range(EACH * 2 + 3)]
        keys = [await ask(house, phones[n // CONTRIBUTIONS_EACH], words) for n, words in enumerate(asked)]
        bob = await house.phone()

        first, last = (await bob.see()).text, (await bob.see(f"/now?from={EACH * 2}")).text
        assert [words for words, _, _ in listed(first)] == asked[:EACH]
        assert [words for words, _, _ in listed(last)] == asked[EACH * 2 :]
        assert f'href="/now?from={EACH}"' in first
        assert f'href="/now?from={EACH}"' in last
        for junk in ("/now?from=99999", "/now?from=-1", "/now?from=x", "/now?at=nothing"):
            assert listed((await bob.see(junk)).text) == listed(first)

        sent = await press(bob, keys[-1])
        assert next(iter(listed((await bob.see(sent.headers["location"])).text)))[0] == asked[-1]


async def test_a_page_of_usual_questions_is_a_small_first_load() -> None:
    usual = (
        "How long does the bus take to the other hospital on a Sunday?", "Who pays for the taxi when I am sent home?",
        "Will the children's ward stay open at night?", "What happens to my appointments in March?",
        "How many beds will there be, all in all?", "Has anybody asked the ambulance drivers?",
        "When do we hear what was decided, and from whom?", "Can my mum still stay with me over night?",
    )  # fmt: skip
    async with a_house(agenda(), words_burst=100) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann = await house.phone()
        for words in usual:
            await ask(house, ann, words)
        assert len(usual) == EACH

        page = await (await house.phone()).http.get("/now", headers={"accept-encoding": "gzip"})

        files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        sizes = [int((await ann.http.get(path, headers={"accept-encoding": "gzip"})).headers["content-length"])
                 for path in files]  # fmt: skip
        assert len(files) == 3
        assert int(page.headers["content-length"]) + sum(sizes) <= 7_000


async def test_words_of_people_stay_words() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann = await house.phone()
        key = await ask(house, ann, "<b>& {{'xy'*3}} [/] \u202eabc")
        await house.give(cmd.MarkAnswered(contribution=key, words="<script>1</script>"))

        for page in ((await ann.see()).text, screen_of(house).draw()):
            assert "<b>&" not in page
            assert "<script>1" not in page
            # No clock, port or count makes these letters.
            assert "xyxyxy" not in text_of(page)


# The big screen. -------------------------------------------------------------------------------------


def screen_of(house: House) -> BigScreen:
    place = Addresses(
        boot_id="b", session_path="", join_url="HTTP://192.168.8.2:8080/J/KDMP", screen_url="", host_url=""
    )
    return BigScreen(house.room, place, ScreenPresence())


def on_screen(part: str) -> Sequence[str]:
    tree = html5lib.parse(part, namespaceHTMLElements=False)
    return [" ".join("".join(line.itertext()).split()) for line in tree.iter("li")]


async def test_the_screen_shows_all_of_them_the_most_wanted_first_with_their_numbers_and_follows_the_votes() -> None:
    async with a_house(agenda(), words_burst=100) as house:
        await house.give(cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))
        ann, bob = await house.phone(), await house.phone()
        keys = [await ask(house, ann, f"Question {n}?") for n in range(6)]
        await ask(house, ann, "Not read yet", approve=False)
        screen = screen_of(house)
        assert "Question 0?" not in screen.draw()

        await house.give(cmd.SetScreen(mode="results"))
        assert on_screen(screen.draw()) == [f"1 Question {n}?" for n in range(6)]
        before = screen.version
        await bob.see()
        await press(bob, keys[5])
        await house.give(cmd.MarkAnswered(contribution=keys[0], words="Yes"))

        seen = on_screen(screen.draw())
        assert seen[0] == "2 Question 5?"
        assert seen[-1] == "1 Question 0?✓ Answered: Yes"
        assert "Not read yet" not in screen.draw()
        assert screen.version > before


async def test_the_screen_marks_what_is_answered_and_drops_what_is_held() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann = await house.phone()
        key = await ask(house, ann, FAR)
        await house.give(cmd.SetScreen(mode="results"), cmd.MarkAnswered(contribution=key, words="Forty minutes"))
        screen = screen_of(house)
        assert on_screen(screen.draw()) == [f"1 {FAR}✓ Answered: Forty minutes"]

        await house.give(cmd.Moderate(contribution=key, handling="on_hold"))

        assert FAR not in screen.draw()


async def test_one_question_alone_says_how_many_want_to_know() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann = await house.phone()
        key = await ask(house, ann, FAR)

        await house.give(cmd.SetScreen(mode="story", subject=key))

        words = text_of(screen_of(house).draw())
        assert FAR in words
        assert "A question from this room" in words
        assert "1 person wants to know." in words


async def test_votes_and_answers_are_there_again_after_a_restart() -> None:
    async with a_house(agenda()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        ann, bob = await house.phone(), await house.phone()
        key = await ask(house, ann, FAR)
        await bob.see()
        await press(bob, key)
        await house.give(cmd.MarkAnswered(contribution=key, owner="the chair"))
        before = listed((await bob.see()).text)

        await house.room.on_writer(house.store.recover)
        stored = house.store.load()
        house.room._take_over(stored)
        house.room.notifier.tell_room()

        assert listed((await bob.see()).text) == before == [(FAR, 2, "✓ Taken away by the chair")]
