"""Who asks is what the credential says: two facilitators, a co-lead and a helper at the listener of one room."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import msgspec
import pytest
from starlette.types import ASGIApp, Message

from tests.fakes import MemoryStore
from tests.sessions import a_room, an_info, sid
from tests.web.host_desk import ADDRESSES
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.policy import POLICY, Rule
from workshop_tui.domain.state import Phase
from workshop_tui.messages import Text
from workshop_tui.protocol.answers import Done, ExportAsked, Exported, Problem
from workshop_tui.room.room import Room
from workshop_tui.web.control.desk_app import desk_app
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.http.credentials import Credential, Credentials, Tokens
from workshop_tui.web.phone.phones import token_hash
from workshop_tui.web.screen.screen import ScreenPresence

HOST = "127.0.0.1:9000"
TOKENS = Tokens(control="c" * 64, host="4" * 32, screen="5" * 32)
PERSON = "a" * 32

EVERYBODY = {
    "ada": Credential(who="facilitator", desk="ada"),
    "ben": Credential(who="facilitator", desk="ben"),
    "cai": Credential(who="co_lead", desk="cai"),
    "hue": Credential(who="helper", desk="hue"),
}


def token(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def page_key(name: str) -> str:
    """What a browser of that desk has in its address."""
    return hashlib.sha256(f"page of {name}".encode()).hexdigest()[:32]


async def no_export(asked: ExportAsked) -> Exported:
    return Exported(folder="reports", files=())


def told(answer: httpx2.Response) -> Text:
    """Why something was not done."""
    return msgspec.json.decode(answer.content, type=Problem).error


class _Desk(msgspec.Struct):
    undo: Text
    redo: Text


class Listener:
    """The desk's app with everybody's token, and one client for all of them."""

    def __init__(self, room: Room, store: MemoryStore) -> None:
        self.room = room
        self.store = store
        self.stops = 0
        self.credentials = Credentials.of(TOKENS)
        for name, credential in EVERYBODY.items():
            self.credentials.add(token(name), credential)
            self.credentials.add(page_key(name), credential, "pages")
        desk = DeskServices(
            room=room,
            addresses=ADDRESSES,
            pid=1,
            connected=lambda: 0,
            screens=lambda: 0,
            export=no_export,
            stop=self._stop,
        )
        self.app: ASGIApp = desk_app(desk, self.credentials, frozenset({HOST}), ScreenPresence())
        self.client = httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app), base_url=f"http://{HOST}")

    def _stop(self) -> None:
        self.stops += 1

    async def give(self, name: str, **body: object) -> httpx2.Response:
        return await self.post(name, "/control/command", body)

    async def post(self, name: str, path: str, body: object) -> httpx2.Response:
        return await self.client.post(path, content=msgspec.json.encode(body), headers=bearer(name))

    async def get(self, name: str, path: str) -> httpx2.Response:
        return await self.client.get(path, headers=bearer(name))

    async def undoes(self, name: str) -> str:
        """What this desk is told that it can take back."""
        snapshot = (await self.get(name, "/control/snapshot")).content
        return str(msgspec.json.decode(snapshot, type=_Desk).undo)

    @property
    def journal(self) -> list[ev.Journaled]:
        return [event for event in self.store.events if isinstance(event, ev.Journaled)]


def bearer(name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token(name)}"}


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    store = MemoryStore(an_info())
    room = a_room(store)
    running = asyncio.create_task(room.run())
    listener = Listener(room, store)
    yield listener
    room.notifier.close()
    running.cancel()
    await listener.client.aclose()
    await room.close()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    async with listening() as made:
        yield made


async def test_every_line_of_the_journal_says_who_asked(listener: Listener) -> None:
    for name in EVERYBODY:
        await listener.give(name, type="set_present", people=len(name))

    assert [event.who for event in listener.journal] == ["facilitator", "facilitator", "co_lead", "helper"]


@pytest.mark.parametrize(("name", "knows"), [("ada", True), ("cai", False), ("hue", False)])
async def test_only_the_facilitator_is_told_the_address_of_the_host_page(
    listener: Listener, name: str, knows: bool
) -> None:
    view = (await listener.get(name, "/control/snapshot")).content

    assert (TOKENS.host.encode() in view) is knows
    assert TOKENS.control.encode() not in view


@pytest.mark.parametrize("who", ["facilitator", "phone", "room", "nobody", 7, None, {"a": []}])
async def test_what_a_body_says_of_who_asks_is_not_looked_at(listener: Listener, who: object) -> None:
    answer = await listener.give(
        "hue", type="set_present", people=5, who=who, desk="ada", at=1, salt="c2FsdA==" if who else 5
    )

    assert answer.status_code == 200
    (event,) = listener.journal
    assert (event.who, event.at) == ("helper", listener.room.clock.now_ms())
    assert await listener.undoes("ada") == ""
    assert await listener.undoes("hue") == "counted 5 people"


async def test_salt_is_the_rooms_own_and_never_twice_the_same(listener: Listener) -> None:
    for key in ("n1", "n2"):
        await listener.give("ada", type="add_note", key=key, kind="note", text="The same.", salt="AAAA")

    salts = [event.salt for event in listener.store.events if isinstance(event, ev.NoteWritten)]
    assert len(set(salts)) == 2


async def test_no_desk_can_speak_for_a_phone_or_for_the_room(listener: Listener) -> None:
    for body in (
        {"type": "join", "person": PERSON, "token_hash": ""},
        {"type": "cast", "person": PERSON, "round": "i01.1", "choice": None, "submission_id": sid()},
        {"type": "clock_moved", "by_ms": 5, "slept": False, "who": "room"},
        {"type": "open_item", "item": "i01", "person": PERSON},
    ):
        assert (await listener.give("ada", **body)).status_code == 400

    assert listener.store.batches == []


async def test_each_desk_takes_back_only_what_it_did_itself(listener: Listener) -> None:
    await listener.give("ada", type="open_item", item="i01")
    await listener.give("ben", type="set_screen", mode="blank")
    await listener.give("cai", type="add_minutes", minutes=2)
    await listener.give("hue", type="add_note", key="n1", kind="note", text="Ring them.")

    assert {name: await listener.undoes(name) for name in EVERYBODY} == {
        "ada": "opened item 1, “Which first”",
        "ben": "big screen: blank",
        "cai": "added 2 minutes",
        "hue": "kept a note",
    }
    undone = await listener.give("ben", type="undo")
    assert str(msgspec.json.decode(undone.content, type=Done).label) == "Undone: big screen: blank"
    assert (await listener.give("ben", type="undo")).status_code == 409
    assert listener.room.state.current == "i01"
    snapshot = (await listener.get("ben", "/control/snapshot")).content
    assert str(msgspec.json.decode(snapshot, type=_Desk).redo) == "big screen: blank"
    assert (await listener.get("ada", "/control/snapshot")).json()["redo"] == ""
    assert await listener.undoes("cai") == "added 2 minutes"


async def test_who_may_never_ask_for_something_is_told_so_in_words(listener: Listener) -> None:
    await listener.give("ada", type="open_item", item="i01")
    await listener.give("cai", type="open_vote", key="")
    before = len(listener.store.batches)

    refused = await listener.give("hue", type="reveal")

    assert refused.status_code == 403
    assert str(told(refused)) == "That is not yours to do here. Please ask the facilitator."
    assert len(listener.store.batches) == before
    assert (await listener.give("cai", type="reveal")).status_code == 200


async def test_a_reply_is_remembered_for_the_desk_that_asked(listener: Listener) -> None:
    body = msgspec.json.encode({"type": "set_present", "people": 3})
    for name in ("ada", "hue"):
        await listener.client.post("/control/command", content=body, headers={**bearer(name), "action-id": "same"})

    assert [event.who for event in listener.journal] == ["facilitator", "helper"]


@pytest.mark.parametrize("name", ["cai", "hue"])
async def test_what_people_sent_and_the_rooms_end_are_the_facilitators(listener: Listener, name: str) -> None:
    for path in ("/control/queue", "/control/ideas", "/control/details"):
        assert (await listener.get(name, path)).status_code == 403
        assert (await listener.get("ada", path)).status_code == 200
    for path in ("/control/export", "/control/copy", "/control/stop"):
        refused = await listener.post(name, path, {})
        assert refused.status_code == 403
        assert str(told(refused)) == "That is for the facilitator only. Please ask them."
    for key in (page_key(name), token(name)):
        for page in ("host", "host/now", "host/reading", "host/strip"):
            assert (await listener.client.get(f"/{key}/{page}")).status_code == 403
    assert listener.stops == 0


async def test_only_who_may_reveal_can_look_before(listener: Listener) -> None:
    await listener.give("ada", type="open_item", item="i01")
    await listener.give("ada", type="open_vote", key="")
    for name, sees in (("ada", True), ("cai", True), ("hue", False)):
        view = (await listener.get(name, "/control/snapshot?peek=1")).json()
        assert (view["result"] is not None) == sees


async def test_two_host_pages_take_back_each_its_own(listener: Listener) -> None:
    ada, ben = (f"/{page_key(name)}/host" for name in ("ada", "ben"))
    form = {"way": "present", "people": "7", "by_video": ""}
    done = await listener.client.post(f"{ada}/do", data=form)
    pretended = await listener.client.post(f"{ada}/do", data={**form, "who": "phone", "desk": "ben", "salt": "x"})

    assert done.status_code == 303
    assert pretended.status_code == 400
    assert "counted 7 people" in (await listener.client.get(f"{ada}/now")).text
    assert "counted 7 people" not in (await listener.client.get(f"{ben}/now")).text
    undo = {"way": "undo", "meant": str(listener.room.tables.undo("ada")[-1].version)}
    refused = await listener.client.post(f"{ben}/do", data=undo)
    assert refused.status_code == 409
    await listener.client.post(f"{ada}/do", data=undo)
    assert listener.room.state.present is None


async def test_the_host_page_says_not_allowed_as_the_control_routes_do(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POLICY, cmd.SetPresent, Rule(frozenset({"helper"}), frozenset({"running"})))

    form = {"way": "present", "people": "7", "by_video": ""}
    refused = await listener.client.post(f"/{page_key('ada')}/host/do", data=form)

    assert refused.status_code == 403
    assert "Please ask the facilitator." in refused.text


async def test_a_browsers_key_is_of_no_use_on_the_control_routes_and_the_other_way_round(listener: Listener) -> None:
    for key in (page_key("ada"), TOKENS.host, TOKENS.screen):
        headers = {"authorization": f"Bearer {key}"}
        assert (await listener.client.get("/control/health", headers=headers)).status_code == 401
        assert (await listener.client.post("/control/stop", headers=headers)).status_code == 401
        assert (await listener.client.get(f"/{key}/control/health")).status_code == 403
    for page in ("host/now", "screen"):
        assert (await listener.client.get(f"/{TOKENS.control}/{page}")).status_code == 403
    assert listener.stops == 0


async def test_no_page_sets_a_cookie_and_no_cookie_changes_what_a_page_says(listener: Listener) -> None:
    odd = ('theme={"dark": true}; a b=c; x="', "desk-9000=1", "=;;=", "\u00e9=\u00e9")
    for path in (f"/{TOKENS.host}/host/now", f"/{TOKENS.screen}/screen", f"/{page_key('cai')}/host/now"):
        plain = await listener.client.get(path)
        assert "set-cookie" not in plain.headers
        for cookie in odd:
            answer = await listener.client.get(path, headers={"cookie": cookie.encode()})
            assert answer.status_code == plain.status_code


async def test_the_cookie_of_a_phone_opens_nothing_here_although_browsers_send_it_to_every_port(
    listener: Listener,
) -> None:
    phone = secrets.token_urlsafe(32)
    await listener.room.submit(cmd.Join(person=PERSON, token_hash=token_hash(phone)))
    routes = ("snapshot", "queue", "ideas", "details", "events", "health")
    for cookie in (f"ws={phone}", f'theme={{"dark":1}}; ws={phone}'):
        for path in (*(f"/control/{route}" for route in routes), "/host/now", "/screen", "/", f"/{phone}/host/now"):
            alone = await listener.client.get(path)
            answer = await listener.client.get(path, headers={"cookie": cookie})
            assert answer.status_code == alone.status_code
            assert answer.status_code in (401, 403, 404), path
        ending = msgspec.json.encode({"type": "end_workshop", "confirm": "END"})
        for headers in ({"cookie": cookie}, {"cookie": cookie, "authorization": f"Bearer {phone}"}):
            answer = await listener.client.post("/control/command", content=ending, headers=headers)
            assert answer.status_code == 401
    assert listener.room.state.ended_at is None


async def test_a_revoked_device_is_unknown_from_that_moment_and_no_other_is(listener: Listener) -> None:
    page = f"/{page_key('ada')}"
    assert (await listener.client.get(f"{page}/host/now")).status_code == 200

    listener.credentials.revoke("ada")

    assert (await listener.give("ada", type="set_present", people=3)).status_code == 401
    assert (await listener.get("ada", "/control/snapshot")).status_code == 401
    assert (await listener.client.get(f"{page}/host/now")).status_code == 403
    assert (await listener.client.post(f"{page}/host/do", data={"way": "undo"})).status_code == 403
    assert (await listener.client.get(f"{page}/screen")).status_code == 403
    assert listener.store.batches == []
    for name in ("ben", "cai", "hue"):
        assert (await listener.give(name, type="set_present", people=len(name))).status_code in (200, 409)
    assert (await listener.client.get(f"/{TOKENS.host}/host/now")).status_code == 200


class Stream:
    """A request whose answer does not end by itself, as a server would carry it."""

    def __init__(self, app: ASGIApp, path: str, headers: dict[str, str]) -> None:
        self.messages: list[Message] = []
        self._spoke = asyncio.Event()
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": [(b"host", HOST.encode()), *((k.encode(), v.encode()) for k, v in headers.items())],
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 9000),
        }  # fmt: skip
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        await asyncio.Event().wait()
        raise AssertionError("nobody hangs up")

    async def _send(self, message: Message) -> None:
        self.messages.append(message)
        if message["type"] == "http.response.body" and message.get("body"):
            self._spoke.set()

    async def spoke(self) -> None:
        await asyncio.wait_for(self._spoke.wait(), 5)

    async def ended(self) -> bool:
        """Whether it ends now, as an answer does that is whole."""
        done, _ = await asyncio.wait({self.task}, timeout=0.5)
        return bool(done) and self.messages[-1].get("more_body") is False


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/control/events", {"authorization": f"Bearer {token('ada')}"}),
        (f"/{page_key('ada')}/host/events", {}),
        (f"/{page_key('ada')}/screen/events", {}),
    ],
)
async def test_a_revoked_device_hears_nothing_more_on_an_open_stream(
    listener: Listener, path: str, headers: dict[str, str]
) -> None:
    other = {name: value.replace(token("ada"), token("ben")) for name, value in headers.items()}
    revoked = Stream(listener.app, path, headers)
    kept = Stream(listener.app, path.replace(page_key("ada"), page_key("ben")), other)
    await listener.give("ben", type="set_present", people=3)
    await asyncio.gather(revoked.spoke(), kept.spoke())

    listener.credentials.revoke("ada")

    assert await revoked.ended()
    assert not await kept.ended()
    kept.task.cancel()


async def test_the_screens_key_can_be_revoked_too(listener: Listener) -> None:
    screen = f"/{TOKENS.screen}/screen"
    assert (await listener.client.get(screen)).status_code == 200
    stream = Stream(listener.app, f"{screen}/events", {})
    await stream.spoke()

    listener.credentials.revoke("screen")

    assert await stream.ended()
    assert (await listener.client.get(screen)).status_code == 403


def test_only_a_whole_token_is_one() -> None:
    credentials = Credentials.of(TOKENS)

    assert credentials.find(TOKENS.control) == Credential(who="facilitator", desk="facilitator")
    for given in ("", TOKENS.control[:-1], TOKENS.control + "c", TOKENS.control.upper(), "é", "\ud800"[:0]):
        assert credentials.find(given) is None


SAMPLE: list[dict[str, object]] = [
    {"type": "set_present", "people": 40},
    {"type": "add_note", "key": "n9", "kind": "note", "text": "Ring them."},
    {"type": "set_screen", "mode": "blank"},
    {"type": "add_minutes", "minutes": 1},
    {"type": "void_round", "round": "i01.1", "reason": "A test of the sound."},
    {"type": "pause_room"},
    {"type": "end_workshop", "confirm": "END"},
    {"type": "finish_write_up", "confirm": "FINISH"},
]
"""What only the facilitator may do, what co-leads may too, and what helpers may; at the day and afterwards."""


@pytest.mark.parametrize("phase", ["running", "people_left", "finished"])
@pytest.mark.parametrize("body", SAMPLE, ids=lambda body: body["type"])
@pytest.mark.parametrize("name", EVERYBODY)
async def test_the_listener_keeps_to_the_table_of_who_may_do_what(
    listener: Listener, name: str, body: dict[str, object], phase: Phase
) -> None:
    begun = [{"type": "open_item", "item": "i01"}, {"type": "open_vote", "key": ""}, {"type": "close_vote"}]
    ends = [{"type": "end_workshop", "confirm": "END"}, {"type": "finish_write_up", "confirm": "FINISH"}]
    for each in begun + ends[: ["running", "people_left", "finished"].index(phase)]:
        assert (await listener.give("ada", **each)).status_code == 200
    rule = POLICY[type(msgspec.convert(body, cmd.FacilitatorCommand))]

    answer = await listener.give(name, **body)

    if EVERYBODY[name].who not in rule.who:
        assert answer.status_code == 403
    else:
        assert answer.status_code == (200 if phase in rule.phases else 409)
    assert answer.status_code == 200 or answer.json()["error"]
