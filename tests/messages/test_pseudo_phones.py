"""Every refusal that a phone can get, as a page and as the script's short answer, is made of messages alone.

What phones see on a usual day is held by `test_pseudo_day`; here everything goes wrong.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import msgspec
import pytest

from tests.messages import pseudo
from tests.messages.greek import greek, greek_words
from tests.sessions import an_agenda, sid, usual_items
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda, Item
from workshop_tui.domain.policy import POLICY, Rule

pytestmark = pytest.mark.usefixtures("speaking")

Patch = pytest.MonkeyPatch
Refusal = Callable[[House, Patch], Awaitable[list[httpx2.Response]]]


@pytest.fixture
def speaking() -> Iterator[None]:
    with pseudo.spoken():
        yield


def a_greek_agenda() -> Agenda:
    """The usual items, in Greek."""
    agenda = an_agenda(*map(_greek_item, usual_items()), language=pseudo.TAG, languages=(pseudo.TAG,))
    return msgspec.structs.replace(agenda, title=greek(agenda.title))


def _greek_item(item: Item) -> Item:
    activity = item.activity
    if activity is not None and "options" in activity.config:
        options = [{**each, "text": greek(each["text"])} for each in activity.config["options"]]
        activity = msgspec.structs.replace(activity, config={**activity.config, "options": options})
    return msgspec.structs.replace(
        item, title=greek_words(item.title), question=greek_words(item.question), activity=activity
    )


REFUSALS: dict[str, tuple[int, Refusal]] = {}


def refused(status: int) -> Callable[[Refusal], Refusal]:
    """One way to be refused, with the status that the last answer has."""

    def add(way: Refusal) -> Refusal:
        REFUSALS[way.__name__.replace("_", " ")] = (status, way)
        return way

    return add


async def both(house: House, path: str, fields: dict[str, Any]) -> list[httpx2.Response]:
    """The same sent by a plain form and by the script."""
    phone = await house.phone()
    return [await phone.post(path, fields), await phone.send(path, fields)]


@refused(422)
async def an_empty_vote(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {})


@refused(422)
async def an_option_that_is_not_there(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {"choice": "zz"})


@refused(422)
async def a_sending_from_an_old_page(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {"choice": "a", "sid": "old"})


@refused(403)
async def a_form_from_elsewhere(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    phone = await house.phone()
    foreign = [await phone.post(path, {"choice": "a"}, origin="http://evil.example") for path in
               ("/vote/i01.1", "/say/i04", "/join", "/leave", "/role", "/upvote")]  # fmt: skip
    return [*foreign, await phone.send("/vote/i01.1", {"choice": "a"}, origin="http://evil.example")]


@refused(403)
async def a_form_without_its_proof(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {"choice": "a", "csrf": "0"})


@refused(415)
async def what_is_no_form(house: House, patch: Patch) -> list[httpx2.Response]:
    phone = await house.phone()
    return [await phone.http.post("/vote/i01.1", content=b"{}", headers={"content-type": "application/json"})]


@refused(400)
async def a_thousand_fields(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {"choice": ["a"] * 1_000})


@refused(413)
async def far_too_much(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    return await both(house, "/vote/i01.1", {"choice": greek("a" * 200_000)})


@refused(409)
async def a_question_that_is_not_there(house: House, patch: Patch) -> list[httpx2.Response]:
    return [*await both(house, "/vote/i99.1", {"choice": "a"}), *await both(house, "/say/i99", {"idea": greek("x")})]


@refused(409)
async def a_vote_that_comes_too_late(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    await house.give(cmd.CloseVote(round=""))
    return await both(house, "/vote/i01.1", {"choice": "a"})


@refused(409)
async def the_same_number_with_other_words(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"))
    phone, number = await house.phone(), sid()
    await phone.post("/say/i04", {"idea": greek("one"), "sid": number})
    return [await send("/say/i04", {"idea": greek("two"), "sid": number}) for send in (phone.post, phone.send)]


@refused(422)
async def words_that_are_too_long(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"))
    return await both(house, "/say/i04", {"idea": greek("x" * 5_000)})


@refused(422)
async def no_words_at_all(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"))
    return await both(house, "/say/i04", {"idea": " "})


@refused(422)
async def an_empty_story(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i03"))
    return await both(house, "/say/i03", {"what_happened": " ", "level": "C2", "step": "check"})


@refused(429)
async def too_many_words(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"))
    phone = await house.phone()
    answers = [await phone.post("/say/i04", {"idea": greek(f"idea {n}")}) for n in range(4)]
    return [answers[-1], await phone.send("/say/i04", {"idea": greek("more")})]


@refused(503)
async def a_full_inbox(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    phone = await house.phone()
    patch.setattr("workshop_tui.room.inbox.INBOX", 0)
    return [await send("/vote/i01.1", {"choice": "a"}) for send in (phone.post, phone.send)]


@refused(503)
async def all_phones_together_too_quick(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    phone = await house.phone()
    patch.setattr("workshop_tui.web.phone.phones.Phones.may_write", lambda *_: False)
    return [await send("/vote/i01.1", {"choice": "a"}) for send in (phone.post, phone.send)]


@refused(503)
async def a_disk_that_cannot_be_written(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"))
    phone, late = await house.phone(), house.stranger()
    house.store.broken = "The disk is full."
    return [
        await late.scan(), await phone.post("/leave"),
        await phone.post("/say/i04", {"idea": greek("keep")}), await phone.send("/say/i04", {"idea": greek("keep")}),
    ]  # fmt: skip


@refused(503)
async def a_pause(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.OpenItem(item="i04"), cmd.PauseRoom())
    return await both(house, "/say/i04", {"idea": greek("keep")})


@refused(503)
async def too_many_unread_words(house: House, patch: Patch) -> list[httpx2.Response]:
    patch.setattr("workshop_tui.domain.deciding.phones.WAITING_EACH", 0)
    await house.give(cmd.OpenItem(item="i04"))
    return await both(house, "/say/i04", {"idea": greek("keep")})


@refused(403)
async def a_phone_that_has_not_joined(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    phone = house.stranger()
    return [await phone.post("/vote/i01.1", {"choice": "a"}), await phone.send("/vote/i01.1", {"choice": "a"})]


@refused(403)
async def what_a_phone_may_never_do(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    patch.setitem(POLICY, cmd.Cast, Rule(frozenset({"helper"}), frozenset({"running"})))
    return await both(house, "/vote/i01.1", {"choice": "a"})


@refused(422)
async def a_wrong_code(house: House, patch: Patch) -> list[httpx2.Response]:
    return [await house.stranger().post("/join", {"code": greek("aaaa")})]


@refused(429)
async def many_wrong_codes(house: House, patch: Patch) -> list[httpx2.Response]:
    patch.setattr("workshop_tui.web.phone.turns.Counter.total", lambda _: 99)
    answers = [await house.stranger().post("/join", {"code": greek("aaaa")}) for _ in range(12)]
    return [answers[-1], await house.stranger().http.get("/J/AAAA")]


@refused(409)
async def joining_that_is_closed(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.give(cmd.CloseJoining())
    return [await house.stranger().scan(), await house.stranger().post("/join", {"code": "kdmp"})]


@refused(409)
async def a_full_room(house: House, patch: Patch) -> list[httpx2.Response]:
    patch.setattr("workshop_tui.domain.deciding.phones.PEOPLE", 0)
    return [await house.stranger().scan()]


@refused(404)
async def a_page_that_is_not_there(house: House, patch: Patch) -> list[httpx2.Response]:
    return [await (await house.phone()).http.get("/nothing")]


@refused(421)
async def a_name_that_is_not_ours(house: House, patch: Patch) -> list[httpx2.Response]:
    return [await house.stranger().http.get("/", headers={"host": "evil.example"})]


@refused(500)
async def a_fault_of_ours(house: House, patch: Patch) -> list[httpx2.Response]:
    phone = await house.phone()
    patch.setattr("workshop_tui.web.phone.layout.phone_state_of", lambda *_: 1 / 0)
    phone.http._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
    return [await phone.http.get("/now")]


@refused(409)
async def the_end(house: House, patch: Patch) -> list[httpx2.Response]:
    await house.ask()
    phone = await house.phone()
    await house.give(cmd.EndWorkshop(confirm="END"))
    return [
        await house.stranger().scan(), await phone.post("/say/i04", {"idea": greek("late")}),
        await phone.post("/vote/i01.1", {"choice": "a"}), await phone.send("/vote/i01.1", {"choice": "a"}),
    ]  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_refusal_says_nothing_but_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, refuse = REFUSALS[name]
    async with a_house(a_greek_agenda()) as house:
        answers = await refuse(house, monkeypatch)

    assert answers[-1].status_code == status
    for answer in answers:
        assert "⟦" in answer.text
        assert faults(answer) == []


def faults(answer: httpx2.Response) -> list[str]:
    """What is bare or glued in an answer of any type."""
    match answer.headers["content-type"].partition(";")[0]:
        case "text/html":
            return pseudo.bare_words(answer.text) + pseudo.glued(answer.text)
        case "application/json":
            words = [text for name, text in json.loads(answer.text).items() if name not in ("location", "field")]
        case _:
            words = [answer.text]
    return [found for text in words for found in pseudo.bare(str(text))] + list(filter(pseudo.is_glued, words))
