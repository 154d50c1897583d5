"""The projector: every view, and that nothing reaches it before it may."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from tests.cases.hostile_inputs import HTML, MARKUP, TERMINAL, UNICODE
from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import elements, text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.messages import Message, Translator
from workshop_tui.room.desk import Addresses
from workshop_tui.room.times import clock
from workshop_tui.web.screen.pictures import MOST
from workshop_tui.web.screen.screen import APART_S, BigScreen, ScreenPresence, screen_routes

ADDRESSES = Addresses(
    boot_id="b",
    session_path="/home/someone/secret.workshop",
    join_url="http://192.168.8.2:8080/J/KDMP",
    screen_url="http://127.0.0.1:1/secret/screen",
    host_url="http://127.0.0.1:1/secret/host",
)


class Wall:
    """The screen of a house, looked at without a token: whoever mounts it checks that."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.presence = ScreenPresence()
        app = Starlette(routes=screen_routes(house.room, ADDRESSES, self.presence))
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1:1")

    async def page(self) -> str:
        return (await self.http.get("/screen")).text

    async def part(self) -> str:
        part = (await self.http.get("/screen/part")).text
        assert part in await self.page()
        return part

    async def show(self, mode: str, subject: str = "") -> str:
        await self.house.give(cmd.SetScreen(mode=mode, subject=subject))  # type: ignore[arg-type]
        return await self.part()


@asynccontextmanager
async def a_wall(agenda: object = None, **settings: object) -> AsyncIterator[tuple[House, Wall]]:
    async with a_house(agenda, **settings) as house:  # type: ignore[arg-type]
        yield house, Wall(house)


async def test_before_the_start_it_shows_how_to_join() -> None:
    async with a_wall() as (_, wall):
        part = await wall.part()

        assert '<main class="join"' in part
        assert '<svg class="qr"' in part
        assert "192.168.8.2:8080" in text_of(part)
        assert "KDMP" in text_of(part)
        assert "paper" in part
        assert "Nothing has been designed" in part


async def test_it_tells_no_secret_of_the_desk() -> None:
    async with a_wall() as (_, wall):
        page = await wall.page()

        assert "secret" not in page
        assert 'data-strip="screen/part"' in page
        assert 'data-events="screen/events"' in page
        assert 'data-state="screen/state"' in page
        assert "data-room" not in page
        assert re.findall('data-off="([^"]+)"', page) == ["Not live: no link to the room. It tries again."]


async def test_a_question_has_letters_the_count_the_state_and_the_time() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.SetPresent(people=42))
        await house.ask()
        for choice in "ab":
            await (await house.phone()).vote(choice)
        house.clock.pass_s(198)

        said = text_of(await wall.part())

        assert "What do you think?" in said
        assert re.findall(r"([ABC])\s+(Phones|Letters|Parking)", said) == [
            ("A", "Phones"),
            ("B", "Letters"),
            ("C", "Parking"),
        ]
        assert "2 of 42 answered" in said
        assert "Question is OPEN" in said
        assert "06:42 left" in said
        assert "KDMP" in said
        await house.give(cmd.CloseVote())
        assert "Question is CLOSED" in text_of(await wall.part())


async def test_time_that_is_over_is_said_to_be_over() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))
        house.clock.pass_s(600 + 61)

        assert "01:01 over" in text_of(await wall.part())


async def test_each_sort_of_item_has_its_question_view() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))
        assert "NOT OPEN YET" in await wall.part()
        await house.give(cmd.OpenItem(item="i02"))
        assert '<main class="wait"' in await wall.part()
        await house.give(cmd.OpenItem(item="i03"))
        assert "OPEN" in await wall.part()
        await house.give(cmd.CloseGathering())
        assert "CLOSED" in await wall.part()


async def test_options_chosen_from_ideas_are_shown_before_the_vote_opens() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item="i01"), cmd.OpenItem(item="i05"))
        chosen = (Option("a", "Shorter waits"), Option("b", "One name to ring"))
        await house.give(cmd.ChooseOptions(item="i05", options=chosen))

        assert "One name to ring" in await wall.part()


async def test_a_reveal_shows_the_bars_with_their_base() -> None:
    async with a_wall() as (house, wall):
        await house.ask()
        await (await house.phone()).vote("a")
        await house.give(cmd.Reveal())

        part = await wall.part()

        assert '<main class="reveal" data-view="reveal-i01.1"' in part
        assert 'class="result big"' in part
        assert "1 of 1 person answered" in part


def turn_of(part: str) -> int:
    found = re.search(r'data-turn="(-?\d+)"', part)
    assert found is not None
    return int(found[1])


async def test_the_part_that_is_shown_is_turned_by_the_desk_and_another_view_begins_at_its_first() -> None:
    async with a_wall() as (house, wall):
        await house.ask()
        assert turn_of(await wall.part()) == 0
        await house.give(cmd.TurnScreen(by=1), cmd.TurnScreen(by=1), cmd.TurnScreen(by=-1))
        assert turn_of(await wall.part()) == 1
        await house.give(cmd.CloseVote())
        assert turn_of(await wall.part()) == 1
        await house.give(cmd.Reveal())
        assert turn_of(await wall.part()) == 0
        await house.give(cmd.TurnScreen(by=-1))
        assert turn_of(await wall.part()) == -1
        assert turn_of(await wall.show("join")) == 0


@pytest.mark.parametrize("gap_s", [0, 1_600])
async def test_a_break_says_large_when_it_ends_also_where_it_is_over(gap_s: int) -> None:
    agenda = an_agenda(item(1, minutes=25, type="break", title="Tea"), item(2, "Talk"))
    async with a_wall(agenda) as (house, wall):
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))
        began = house.clock.now_ms()
        house.clock.pass_s(gap_s)
        end = clock(began + 25 * 60_000)

        assert f'<p class="large">Back at {end}</p>' in re.sub("</?bdi[^>]*>", "", await wall.part())
        assert f"Back at {end}" in text_of((await phone.see("/now")).text)

        # Given more time, the phones are told of it; while the timer stands nobody knows.
        await house.give(cmd.AddMinutes(minutes=5))
        assert "The break ends at another time." in (await phone.see("/strip?page=i01-item-1")).text
        assert f"Back at {clock(began + 30 * 60_000)}" in text_of(await wall.part())
        await house.give(cmd.PauseTimer())
        assert "Back at" not in text_of(await wall.part())
        await house.give(cmd.OpenItem(item="i02"))
        assert "Back at" not in text_of(await wall.part())


async def approved(house: House, item: str, field: str, *said: str) -> list[str]:
    """These words, sent by one phone each and approved; gives their keys."""
    before = set(house.room.tables.contributions)
    for words in said:
        assert (await (await house.phone()).post(f"/say/{item}", {field: words})).status_code == 303
    keys = [key for key in house.room.tables.contributions if key not in before]
    await house.give(*(cmd.Moderate(contribution=key, handling="approved") for key in keys))
    return keys


@pytest.mark.parametrize(
    ("kind", "field", "counted", "one"),
    [
        ("ideas", "idea", "2 ideas", "An idea from this room"),
        ("pledge", "pledge", "2 pledges", "A pledge from this room"),
    ],
)
async def test_what_is_approved_fills_a_wall_with_how_many_and_is_called_what_it_is(
    kind: str, field: str, counted: str, one: str
) -> None:
    async with a_wall(an_agenda(item(1, kind=kind), item(2, kind=kind))) as (house, wall):
        await house.give(cmd.OpenItem(item="i02"))
        await approved(house, "i02", field, "OTHERITEM")
        await house.give(cmd.OpenItem(item="i01"))
        assert '<ul class="options wall">' not in await wall.part()

        # In the alphabet's order: the one they came in could tell whose they are.
        keys = await approved(house, "i01", field, "Wider doors", "a bench outside")
        said = text_of(await wall.part())
        assert re.findall("Wider doors|a bench outside", said) == ["a bench outside", "Wider doors"]
        assert counted in said
        assert "OTHERITEM" not in said

        await house.give(cmd.Moderate(contribution=keys[0], handling="on_hold"))
        assert "Wider doors" not in text_of(await wall.part())
        assert one in text_of(await wall.show("story", keys[1]))


async def test_a_wall_has_a_bound_and_says_so() -> None:
    async with a_wall(an_agenda(item(1, kind="ideas")), words_burst=10_000) as (house, wall):
        await house.give(cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))
        await approved(house, "i01", "idea", *(f"Idea number {n}" for n in range(MOST + 2)))

        said = text_of(await wall.part())
        assert f"{MOST + 2} ideas" in said
        assert f"{MOST} of {MOST + 2} are shown." in said
        assert said.count("Idea number") == MOST


async def test_the_end_shows_what_was_promised_and_what_happens_next() -> None:
    agenda = an_agenda(item(1, kind="pledge"), item(2, kind="ideas"), baton_out=("The list of needs",))
    async with a_wall(agenda) as (house, wall):
        await house.give(cmd.OpenItem(item="i01"))
        (first, _) = await approved(house, "i01", "pledge", "I will ring them", "HELDPLEDGE")
        await house.give(cmd.OpenItem(item="i02"))
        await approved(house, "i02", "idea", "ONLYANIDEA")
        for n, (kind, words) in enumerate(
            [("promise", "One letter"), ("action", "Ask the school"), ("concern", "ACONCERN"), ("note", "ANOTE")]
        ):
            note = cmd.AddNote(key=f"{n:032x}", kind=kind, text=words, owner="The clinic", due="2027-03-01")  # type: ignore[arg-type]
            await house.give(note)
        dropped = cmd.AddNote(key="d" * 32, kind="promise", text="TAKENBACK")
        held = next(key for key, row in house.room.tables.contributions.items() if "HELDPLEDGE" in row.body)
        await house.give(dropped, cmd.DropNote(key="d" * 32), cmd.Moderate(contribution=held, handling="on_hold"))
        assert first != held
        for key, words in (("e" * 32, "HELDPROMISE"), ("f" * 32, "NAMEDINAPROMISE")):
            await house.give(cmd.AddNote(key=key, kind="promise", text=words))
        await house.give(
            cmd.Moderate(contribution="e" * 32, handling="on_hold"),
            cmd.Reword(contribution="f" * 32, words="Somebody comes back to you"),
        )

        before = await wall.show("closing")
        await house.give(cmd.SetScreen(mode="question"), cmd.EndWorkshop(confirm="END"))
        for said in (text_of(before), text_of(await wall.part())):
            assert re.search(
                "Thank you for coming.*What was promised.*One letter.*owner: The clinic.*1 March 2027.*I will ring them"
                ".*What happens next.*Ask the school.*To be handed on.*The list of needs",
                said,
                re.DOTALL,
            )
            assert "Somebody comes back to you" in said
            assert not re.search("ONLYANIDEA|ACONCERN|ANOTE|HELDPLEDGE|TAKENBACK|HELDPROMISE|NAMEDINAPROMISE", said)
        # What the room was shown before can be shown again, and this after it.
        assert "A test day" in text_of(await wall.show("blank"))


async def test_blank_is_blank_and_the_end_says_thank_you() -> None:
    async with a_wall() as (house, wall):
        await house.ask()
        assert text_of(await wall.show("blank")).strip() == "A test day"
        await house.give(cmd.SetScreen(mode="question"), cmd.EndWorkshop(confirm="END"))
        assert "Thank you for coming." in await wall.part()


# Canaries. -------------------------------------------------------------------------------------------


async def test_no_result_reaches_screen_or_phones_before_the_reveal() -> None:
    """Two rooms that differ only in what was voted look the same to everybody until the reveal."""
    seen: list[list[str]] = []
    for votes in ("aaaaaaa", "abbbccc"):
        async with a_wall(votes_burst=100) as (house, wall):
            await house.ask()
            phones = [await house.phone() for _ in votes]
            for phone, choice in zip(phones, votes, strict=True):
                await phone.vote(choice)
            pages: list[str] = []
            for step in (None, cmd.CloseVote(), cmd.SetScreen(mode="join"), cmd.SetScreen(mode="blank")):
                if step is not None:
                    await house.give(step)
                pages += await everything(house, wall, phones[0])
            await house.give(cmd.Reveal(), cmd.HideResults())
            pages += await everything(house, wall, phones[0])
            seen.append(pages)

    assert seen[0] == seen[1]


async def everything(house: House, wall: Wall, phone: Phone) -> list[str]:
    """All that the room can get hold of at one moment, without what is each phone's own."""
    big = BigScreen(house.room, ADDRESSES, ScreenPresence())
    versions = big.versions()
    told = (await anext(versions)).decode()
    await versions.aclose()
    pages = [await wall.page(), told, json.dumps((await wall.http.get("/screen/state")).json())]
    paths = ("/now", "/now?change=1", "/strip?page=x", "/stories", "/state")
    pages += [(await phone.see(path)).text for path in paths]
    own = r'(name="(?:csrf|sid)" value|data-room)="[0-9a-f]+"'
    return [re.sub(own, r"\1", page) for page in pages]


@pytest.mark.parametrize("kind", ["vignette", "ideas", "private"])
@pytest.mark.parametrize("handling", ["new", "read", "on_hold"])
async def test_no_words_reach_screen_or_phones_before_they_are_approved(kind: str, handling: str) -> None:
    agenda = an_agenda(item(1, kind=kind), item(2, kind="single", options=options("A", "B")))
    async with a_wall(agenda) as (house, wall):
        await house.give(cmd.OpenItem(item="i01"))
        teller, other = await house.phone(), await house.phone()
        words = (
            {"what_happened": "CANARY", "level": "C4"} if kind == "vignette" else {"idea": "CANARY", "words": "CANARY"}
        )
        assert (await teller.post("/say/i01", words)).status_code == 303
        (key,) = house.room.tables.contributions
        if handling != "new":
            await house.give(cmd.Moderate(contribution=key, handling=handling))  # type: ignore[arg-type]

        for mode in ("question", "blank", "join"):
            if house.room.state.screen.mode != mode:
                await house.give(cmd.SetScreen(mode=mode))  # type: ignore[arg-type]
            for phone in (teller, other):
                assert not any("CANARY" in page for page in await everything(house, wall, phone))


async def test_a_story_is_shown_once_approved_and_leaves_when_it_is_held() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item="i03"))
        await (await house.phone()).post("/say/i03", {"what_happened": "CANARY", "level": "C2"})
        (key,) = house.room.tables.contributions
        await house.give(cmd.Moderate(contribution=key, handling="approved"))
        assert "CANARY" not in await wall.part()

        part = await wall.show("story", key)
        assert '<main class="story"' in part
        assert "CANARY" in part
        assert "KDMP" in part

        await house.give(cmd.Moderate(contribution=key, handling="on_hold"))
        assert "CANARY" not in await wall.page()


async def test_a_story_that_is_no_longer_approved_is_blank_even_if_the_screen_still_names_it() -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item="i03"))
        await (await house.phone()).post("/say/i03", {"what_happened": "CANARY", "level": "C2"})
        (key,) = house.room.tables.contributions
        await house.give(cmd.Moderate(contribution=key, handling="approved"), cmd.SetScreen(mode="story", subject=key))
        row = house.room.tables._contributions.base[key]
        for wrong in ({"moderation": "new"}, {"consent": "C1"}, {"consent": "C9"}, {"kind": "private", "item": "i06"}):
            house.room.tables._contributions.base[key] = msgspec.structs.replace(row, **wrong)
            house.room.notifier.tell_desk()

            assert "CANARY" not in await wall.page()


@pytest.mark.parametrize("payload", [pytest.param(p, id=n) for n, p, _ in [*TERMINAL, *MARKUP, *HTML, *UNICODE]])
async def test_a_shown_story_brings_no_element_of_its_own(payload: str) -> None:
    async with a_wall(words_burst=10) as (house, wall):
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        seen = []
        for words in ("x", payload):
            await phone.post_bytes("/say/i03", {"what_happened": words[:3_000], "level": "C2"})
            key = list(house.room.tables.contributions)[-1]
            await house.give(cmd.Moderate(contribution=key, handling="approved"))
            if house.room.state.screen.subject != key:
                await house.give(cmd.SetScreen(mode="story", subject=key))
            seen.append(await wall.page())

        assert elements(seen[0]) == elements(seen[1])
        assert not set(seen[1]) & set("\x00\x07\x08\x1b\x7f\x9b\x9d")


# Its stream. -----------------------------------------------------------------------------------------


async def test_the_stream_tells_a_version_whenever_the_picture_changes_and_counts_the_window() -> None:
    async with a_house() as house:
        presence = ScreenPresence()
        big = BigScreen(house.room, ADDRESSES, presence)
        stream = big.versions()
        assert await anext(stream) == b'data: {"v":1}\n\n'
        assert presence.open() == 1

        await house.ask()

        async with asyncio.timeout(10):
            assert await anext(stream) == b'data: {"v":2}\n\n'
        await stream.aclose()
        assert presence.open() == 0


async def test_a_burst_of_votes_makes_few_pictures() -> None:
    async with a_house(votes_burst=1_000) as house:
        await house.ask()
        big = BigScreen(house.room, ADDRESSES, ScreenPresence())
        phones = [await house.phone() for _ in range(30)]
        told: list[bytes] = []

        async def listen() -> None:
            async for message in big.versions():
                told.append(message)  # noqa: PERF401 - what was heard before the end counts

        loop = asyncio.get_running_loop()
        listening, began = asyncio.create_task(listen()), loop.time()
        for choice in "abcabcabca":
            await asyncio.gather(*(phone.vote(choice) for phone in phones))
        while "30 of 30 answered" not in big.draw():
            await asyncio.sleep(0.05)
        listening.cancel()

        assert house.room.tables.tallies["i01.1"].changes == 270
        assert len(told) <= 2 + (loop.time() - began) / APART_S


async def test_the_stream_ends_when_the_room_closes() -> None:
    async with a_house() as house:
        stream = BigScreen(house.room, ADDRESSES, ScreenPresence()).versions()
        await anext(stream)
        house.room.notifier.close()

        async with asyncio.timeout(10):
            assert [message async for message in stream] == []


@pytest.mark.parametrize("path", ["/screen", "/screen/part", "/screen/state", "/screen/events"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_the_screen_takes_nothing(path: str, method: str) -> None:
    async with a_wall() as (_, wall):
        assert (await wall.http.request(method, path)).status_code == 405


# Languages. ------------------------------------------------------------------------------------------


class Welsh(Translator):
    """A language of which a little is known."""

    def __init__(self) -> None:
        super().__init__("cy")

    def look_up(self, message: Message) -> str | None:
        return {"Join in on your phone": "Ymunwch", "Question is OPEN": "MAE AR AGOR"}.get(message.text)


def bilingual(*screen: str) -> Agenda:
    tea = {"key": "a", "text": "Tea", "texts": [["cy", "Te"]]}
    texts = (("question", "cy", "Pa un?"),)
    return an_agenda(
        item(1, question="Which one?", kind="single", options=[tea, {"key": "b", "text": "Coffee"}], texts=texts),
        languages=("en", "cy"),
        screen_languages=screen,
    )


@pytest.fixture
def welsh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "workshop_tui.web.screen.pictures.translator_for", lambda tag: Welsh() if tag == "cy" else Translator(tag)
    )


@pytest.mark.usefixtures("welsh")
async def test_a_second_language_stands_beside_the_first_where_the_agenda_says_so() -> None:
    async with a_house(bilingual("en", "cy")) as house:
        await house.ask()
        drawn = BigScreen(house.room, ADDRESSES, ScreenPresence()).draw()

        assert '<bdi>Which one?</bdi> <span class="also" lang="cy" dir="ltr"><bdi>Pa un?</bdi></span>' in drawn
        assert '<bdi>Tea</bdi> <span class="also" lang="cy" dir="ltr"><bdi>Te</bdi></span>' in drawn
        assert 'Question is OPEN <span class="also" lang="cy" dir="ltr">MAE AR AGOR</span>' in drawn
        assert drawn.count("Coffee") == 1, "what is not given twice stands once"


@pytest.mark.usefixtures("welsh")
async def test_the_first_language_of_the_screen_need_not_be_the_agendas() -> None:
    async with a_house(bilingual("cy")) as house, a_house(bilingual()) as other:
        for each in (house, other):
            await each.ask()
        ours, theirs = (BigScreen(each.room, ADDRESSES, ScreenPresence()) for each in (house, other))
        page = await ours.page(Request({"type": "http", "headers": []}))

        assert '<html lang="cy" dir="ltr">' in bytes(page.body).decode()
        assert "<bdi>Pa un?</bdi>" in ours.draw()
        assert '<bdi lang="en">Coffee</bdi>' in ours.draw()
        assert "Pa un?" not in theirs.draw()


@pytest.mark.parametrize("item_key", ["i01", "i02", "i03"])
@pytest.mark.parametrize("mode", ["question", "join", "closing"])
async def test_in_a_pause_the_screen_says_only_that_whatever_it_showed(mode: str, item_key: str) -> None:
    async with a_wall() as (house, wall):
        await house.give(cmd.OpenItem(item=item_key))
        if item_key == "i01":
            await house.give(cmd.OpenVote(key=b"k" * 32))
        await wall.show("blank")
        before = text_of(await wall.show(mode))
        await house.give(cmd.PauseRoom())
        paused = text_of(await wall.part())
        await house.give(cmd.ResumeRoom())

        assert "pause" not in before
        assert paused.split() == ["We", "are", "taking", "a", "short", "pause."]
        assert text_of(await wall.part()) == before
