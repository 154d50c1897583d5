"""One day at a real room over a real file, with phones, host page and console: every form is filled with canaries."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import httpx2
import msgspec
from starlette.applications import Starlette
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.record.canaries import NO_SENTENCE, Canaries, numbers, text_fields
from tests.sessions import a_room, an_agenda, an_info, item, options, sid
from tests.tui.desk_room import Sitting, console, press, settle
from tests.web.asking import AskedBy
from tests.web.host_desk import Page, _form
from tests.web.phones import HOST, Phone
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Gathering, Poll
from workshop_tui.domain.agenda import Activity, Agenda, Item
from workshop_tui.domain.consent import LEVELS
from workshop_tui.kinds.registry import KINDS
from workshop_tui.protocol.answers import ExportAsked, Exported
from workshop_tui.room.desk import Addresses
from workshop_tui.storage.session_file import SessionFile, create
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.screens.form import Form
from workshop_tui.views.act import Field as Blank
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.host.pages import PAGES
from workshop_tui.web.host.routes import host_routes
from workshop_tui.web.http.credentials import FACILITATOR
from workshop_tui.web.phone.app import PhoneSettings, participants_app

NEAR = "http://127.0.0.1:9000"
ADDRESSES = Addresses(
    boot_id="boot",
    session_path="/workshops/day.workshop",
    join_url=f"http://{HOST}/J/KDMP",
    screen_url=f"{NEAR}/screen",
    host_url=f"{NEAR}/host",
)
STORY_KEY = b"the key of every story, 32 bytes"

Pair = tuple[ConsoleApp, Pilot[str]]


def the_agenda() -> Agenda:
    """An item for every kind with its example config, and some to be changed."""
    by_kind = [
        Item(
            key=f"i{number:02d}",
            title=f"All about {name}",
            minutes=10,
            question=f"What about {name}?",
            activity=Activity(kind=name, config=msgspec.json.decode(msgspec.json.encode(kind.examples().config))),
        )
        for number, (name, kind) in enumerate(KINDS.items(), 1)
    ]
    more = len(by_kind)
    return an_agenda(
        *by_kind,
        item(more + 1, "A tie", kind="single", options=options("This", "That"), ties="facilitator"),
        item(more + 2, "Out of ideas", kind="single", options_from="ideas"),
        item(more + 3, "Out of more ideas", kind="rank", options_from="ideas", pick=2),
        *(item(more + 4 + n, f"Spare {n}", kind="single", options=options("A", "B")) for n in range(6)),
    )


class Logged(logging.Handler):
    """Everything that any part of the program notes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += f"{self.format(record)} {vars(record)}\n"


class RecordedDay:
    """The day as it goes on, and all that must not be in its journal."""

    def __init__(self, path: Path) -> None:
        agenda = the_agenda()
        self.store: SessionFile = create(path, an_info(agenda), b"title = 'A test day'\n", STORY_KEY)
        self.clock = FakeClock()
        self.room = a_room(self.store, self.clock)  # type: ignore[arg-type]
        self.here = Sitting(self.room, self.clock, self.store)  # type: ignore[arg-type]
        self.canaries = Canaries()
        self.went_in: set[tuple[str, str]] = set()
        """The forms and fields of which a canary was found in a table."""
        self.secrets: set[bytes] = {STORY_KEY}
        """Keys, tokens, votes, and whatever tells whose something is."""
        self.items = {each.item.key: each.item for each in self.room.state.items}
        self.dialogs: set[str] = set()
        """The forms of the console that were opened, by name."""
        phones = PhoneSettings(hosts=frozenset({HOST}), votes_burst=1_000, words_burst=1_000)
        self.phones_app = participants_app(self.room, phones)
        desk = DeskServices(
            room=self.room, addresses=ADDRESSES, pid=1, connected=lambda: 3, screens=lambda: 1, export=_no_export,
            stop=_no_stop,
        )  # fmt: skip
        host = httpx2.ASGITransport(AskedBy(Starlette(routes=[*host_routes(desk)])))
        self.host = httpx2.AsyncClient(transport=host, base_url=NEAR, follow_redirects=True)
        self._listen()

    def _listen(self) -> None:
        commit = self.store.commit

        def heard(events: Sequence[ev.Event], alive_ms: int) -> None:
            for event in events:
                self.secrets |= _secrets(event)
            commit(events, alive_ms)

        self.store.commit = heard  # type: ignore[method-assign]

    async def give(self, *commands: cmd.Command) -> None:
        """Commands that come from no form."""
        for command in commands:
            at = self.clock.now_ms()
            await self.room.submit(msgspec.structs.replace(command, at=at, salt=sid().encode(), desk=FACILITATOR.desk))

    # What is in the file. ------------------------------------------------------------------------

    async def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table."""
        return await self.room.on_writer(lambda: all_rows(self.store))

    async def look(self) -> None:
        """Note which canaries are in a table now."""
        text = flat(row for name, rows in (await self.rows()).items() if name != "journal" for row in rows)
        self.went_in |= {place for canary, place in self.canaries.places.items() if canary.encode() in text}

    # The host page. ------------------------------------------------------------------------------

    async def form(self, begins: str) -> Element | None:
        """The first form of the page whose id begins so; None where there is none."""
        queue = {"retell-": "untold", "say_otherwise-": "all&kind=note"}.get(begins, "approved")
        pages = [(await self.host.get(f"/host/{page}?queue={queue}&peek=1")).text for page in PAGES]
        found = re.search(rf'<form [^>]*id="{begins}.*?</form>', "".join(pages), re.DOTALL)
        # The whole page takes the parser long.
        return None if found is None else Page(200, found[0]).tree.find(".//form")

    async def fill_host(self, *begins: str, to_be_refused: bool = False) -> None:
        """Fill the first form of the page whose id begins so; first with a canary even where a number is asked."""
        for begin in begins:
            start = begin if begin in ("end-workshop", "finish-write-up") else begin.split("-")[0]
            for with_numbers in (False,) if to_be_refused else (False, True):
                form = await self.form(begin)
                assert form is not None or with_numbers, begin
                if form is not None:
                    await self._fill(form, start, with_numbers=with_numbers)
            await self.look()

    async def _fill(self, form: Element, start: str, *, with_numbers: bool) -> None:
        read, typed = _form(form), text_fields(form)
        fields = {name: value for name, value in read.fields if name not in typed}
        if "reason" in typed and "option" in read.names:
            fields["option"] = "a"
        for name, value in typed.items():
            if name in numbers(form) | NO_SENTENCE and with_numbers:
                fields[name] = {"due": "2026-12-24", "people": "12", "reference": "SG-1"}.get(name, value)
            elif name == "options":
                fields[name] = self.canaries.lines(start, name)
            else:
                fields[name] = self.canaries.one(start, name)
        if start == "enter_story":
            fields["level"] = "C2"
        if "kind" in fields and start in ("insert", "edit"):
            fields["kind"] = "single"
        answer = await self._post(read.action, fields)
        asked = re.search(r'<form [^>]*id="asked".*?</form>', answer.text, re.DOTALL)
        if asked is not None:
            # What cannot be undone is asked about first: it is meant.
            again = _form(cast("Element", Page(200, asked[0]).tree.find(".//form")))
            answer = await self._post(again.action, dict([*again.fields, again.buttons[0]]))
        assert not with_numbers or 'id="done"' in answer.text or set(typed) <= NO_SENTENCE, start

    async def _post(self, action: str, fields: Mapping[str, str]) -> httpx2.Response:
        return await self.host.post(
            f"/host/{action}",
            content=urlencode(list(fields.items())),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )

    # The console. --------------------------------------------------------------------------------

    async def fill_dialog(self, pair: Pair) -> None:
        """Fill the form on the screen and send it; first with a canary even where a number is asked."""
        form = pair[0].screen
        assert isinstance(form, Form), form
        for with_numbers in (False, True):
            if pair[0].screen is form:
                for blank in form.fields:
                    self._type(form, blank, with_numbers=with_numbers)
                form.action_keep()
                await settle(self.here, *pair)
        assert pair[0].screen is not form, form.title_
        await self.look()

    def _type(self, form: Form, blank: Blank, *, with_numbers: bool) -> None:
        field: Any = form.query_one(f"#field-{blank.name}")
        where = form.form_name
        self.dialogs.add(where)
        if blank.kind == "choice" and not field.value:
            # Where nothing is chosen beforehand.
            field.value = blank.choices(form.moment)[-1].key
        if blank.kind in ("choice", "tick"):
            return
        if blank.name in NO_SENTENCE and with_numbers:
            asked = {"due": "2026-12-24", "confirm": "".join(re.findall("[A-Z]{3,}", str(blank.label)))}
            words = asked.get(blank.name, blank.usual(form.moment) or "7")
        elif blank.name == "options":
            words = self.canaries.lines(where, blank.name)
        else:
            words = self.canaries.one(where, blank.name)
        if blank.kind in ("line", "number", "day"):
            field.value = words
        else:
            field.text = words

    async def steps(self, pair: Pair, times: int = 3) -> None:
        """Take some of it back, and do it again."""
        await press(self.here, pair, *"u" * times, *"U" * times)

    # The phones. ---------------------------------------------------------------------------------

    async def phone(self) -> Phone:
        """One that has joined, by typing a wrong word first."""
        phone = Phone(self.phones_app)
        self.canaries.one("join", "code")
        await phone.http.post("/join", data={"code": next(reversed(self.canaries.places))})
        await phone.join()
        self.secrets |= {value.encode() for value in phone.http.cookies.values()}
        return phone

    async def answer_item(self, phones: Sequence[Phone], key: str) -> None:
        """Open an item and send what its kind gives as examples, with a canary in every box for words."""
        kind = KINDS[self.items[key].activity.kind]  # type: ignore[union-attr]
        await self.give(cmd.OpenItem(item=key, vote="close"))
        if isinstance(kind, Poll):
            await self.give(cmd.OpenVote(key=f"a key of {key}".encode().ljust(32, b".")))
            self.secrets.add(f"a key of {key}".encode())
        path = f"/vote/{key}.1" if isinstance(kind, Poll) else f"/say/{key}"
        answers = kind.examples().answers
        if isinstance(kind, Gathering) and kind.asks_consent:
            answers = (*answers, *({**answers[0], "level": [level]} for level, _ in LEVELS))
        for phone, example in zip(phones, answers, strict=False):
            await self._send(phone, path, kind.kind, example)
        await self.look()

    async def _send(self, phone: Phone, path: str, kind: str, example: dict[str, list[str]]) -> None:
        page = Page(200, (await phone.see("/now?read=1")).text)
        form = next(each for each in page.tree.iter("form") if each.get("action") == path)
        boxes = [name for name in text_fields(form) if name not in numbers(form)]
        for name in (each.removesuffix(".why") for each in boxes if each.endswith(".why")):
            # A reason wants an answer beside it.
            values = [each.get("value", "") for each in form.iter("input") if each.get("name") == name]
            if example.get(name, [""]) == [""]:
                example = {**example, name: [next(filter(None, values))]}
        given = {**example, **{name: [self.canaries.one(f"phone {kind}", name)] for name in boxes}}
        checked = any(each.get("name") == "step" for each in form.iter("input"))
        answer = await phone.post(path, {**given, **({"step": "send"} if checked else {})})
        assert answer.status_code == 303, (kind, answer.text)


def all_rows(store: SessionFile) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, column by column."""
    connection = store._held.connection
    assert connection is not None
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {}
    for name in names:
        answer = connection.execute(f"SELECT * FROM {name}")
        columns = [each[0] for each in answer.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    return found


def flat(rows: Any) -> bytes:
    """Every column of rows as bytes, one after the other."""
    values = (value for row in rows for value in row.values())
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def _secrets(event: ev.Event) -> set[bytes]:
    match event:
        case ev.PersonJoined():
            return {event.person.encode(), event.token_hash}
        case ev.RoundKeyMade():
            return {event.key}
        case ev.BallotCast():
            choice = {event.new.encode()} if event.new else set()
            return {event.voter, event.receipt[:32], *choice}
        case ev.ContributionKept():
            # A story from paper came from no phone: it is sent under its own name.
            sent = {event.row.submission_id.encode()} - {event.row.key.encode()}
            return {event.row.author, event.row.salt, event.row.body.encode()} | sent
        case ev.Upvoted():
            return {event.upvoter}
        case _:
            return {event.salt} if isinstance(event, ev.Worded) else set()


async def _no_export(asked: ExportAsked) -> Exported:
    raise AssertionError(asked)


def _no_stop() -> None:
    raise AssertionError


@asynccontextmanager
async def recorded_day(path: Path) -> AsyncIterator[RecordedDay]:
    """A room that runs, and everything at it."""
    day = RecordedDay(path)
    await day.room.start()
    try:
        yield day
    finally:
        await day.host.aclose()
        await day.room.close()


@asynccontextmanager
async def at_the_console(day: RecordedDay) -> AsyncIterator[Pair]:
    """A console whose window only the facilitator sees."""
    async with console(day.here) as pair:
        pair[0].separate_display = True
        yield pair
