"""A host page over a real room: opens it, fills its forms and presses its buttons, as a browser without scripts."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import an_info, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import SettingsError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.protocol.answers import ExportAsked, Exported
from workshop_tui.room.desk import Addresses
from workshop_tui.room.room import Room
from workshop_tui.views.acts import way_named
from workshop_tui.web.control.access import DeskAccess
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.host.pages import PAGES
from workshop_tui.web.host.routes import host_routes
from workshop_tui.web.http.assets import static_routes
from workshop_tui.web.http.credentials import FACILITATOR, Credentials, Tokens

TOKENS = Tokens(control="c" * 64, host="4" * 32, screen="5" * 32)
BASE = f"/{TOKENS.host}/host"
"""Where the host page lies for the one browser that knows."""
ADDRESSES = Addresses(
    boot_id="boot",
    session_path="/workshops/test.workshop",
    join_url="HTTP://192.168.8.2:8080/J/KDMP",
    screen_url=f"http://127.0.0.1:9000/{TOKENS.screen}/screen",
    host_url=f"http://127.0.0.1:9000{BASE}",
)
BLOCKS = ("dt", "dd", "div", "h1", "h2", "h3", "li", "option", "p", "td", "th")
"""Elements that a reader hears apart from what is before and behind them."""

STORY = '{"parts":[["what_happened","I rang nine times."]],"level":"%s"}'


def host_agenda() -> Agenda:
    """A day with something of everything, the polls first."""
    items = [
        item(1, "Which first", kind="single", options=options("Phones", "Letters", "Parking")),
        item(2, "Your story", minutes=20, kind="vignette", say="Skip any of it."),
        item(3, "Ideas", minutes=15, kind="ideas"),
        item(4, "Break", minutes=15, type="break"),
        item(5, "What matters most", minutes=20, kind="rank", options_from="ideas", pick=3),
        item(6, "Needs", kind="private", access="Plain words."),
    ]
    return Agenda(title="A test day", stage="needs", items=tuple(items))


@dataclass
class Form:
    """One form of a page, with what a browser would send of it untouched."""

    id: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Those that send something by their name."""
    enters: tuple[str, str] | None = None
    """The first button, which Enter presses; its name is empty where it sends nothing of its own."""
    names: set[str] = field(default_factory=set)
    """Every field there is, ticked or not."""

    @property
    def command(self) -> str:
        """The command that it sends; what it writes or stops where it sends none."""
        name = dict(self.fields).get("way", "") or next((value for name, value in self.buttons if name == "way"), "")
        if self.id == "cover":
            return "pause_room"
        if ("act", "tie") in self.buttons:
            return "tie_notes"
        return wire_name(way_named(name).command) if name else self.action.rpartition("/")[2]

    def filled(self, typed: dict[str, str | list[str]]) -> list[tuple[str, str]]:
        assert set(typed) <= self.names | {name for name, _ in self.buttons}, f"{self.id} has only {self.names}"
        kept = [(name, value) for name, value in self.fields if name not in typed]
        for name, given in typed.items():
            kept += [(name, value) for value in ([given] if isinstance(given, str) else given)]
        return kept


class Page:
    """One answer of the host page."""

    def __init__(
        self, status: int, html: str, address: str = "", others: Callable[[], Iterable[Page]] = lambda: ()
    ) -> None:
        self.status = status
        self.html = html
        self.address = address
        self._others = others

    @cached_property
    def tree(self) -> Element:
        """The page as a browser reads it."""
        return html5lib.parse(self.html, namespaceHTMLElements=False)

    @cached_property
    def own_forms(self) -> dict[str, Form]:
        """The forms of this page, by their ids."""
        found = {form.id: form for form in map(_form, self.tree.iter("form"))}
        for each in self.tree.iter("input"):
            # A box may stand apart from the form that it belongs to.
            if each.get("form"):
                found[each.get("form")].names.add(each.get("name"))
        return found

    @cached_property
    def forms(self) -> dict[str, Form]:
        """Every form of every page, by its id; what stands on this one first."""
        return {**{id_: form for page in self._others() for id_, form in page.own_forms.items()}, **self.own_forms}

    @property
    def text(self) -> str:
        """Everything a person can read, with single spaces, on this page and then on all of them."""
        return " ".join(text_of(page.tree.find("body")) for page in (self, *self._others()))

    def part(self, id_: str) -> str:
        """What a person reads in one part of this page, or else of another one; empty where there is no such part."""
        for page in (self, *self._others()):
            found = page.tree.find(f".//*[@id='{id_}']")
            if found is not None:
                return text_of(found)
        return ""

    @property
    def title(self) -> str:
        return text_of(self.tree.find("head/title"))

    def elements(self) -> dict[str, int]:
        """How many elements of each name the page has."""
        names = [each.tag for each in self.tree.iter() if isinstance(each.tag, str)]
        return {name: names.count(name) for name in sorted(set(names))}


def text_of(element: Element | None) -> str:
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    apart = " " if element.tag in BLOCKS else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield apart


def _form(element: Element) -> Form:
    form = Form(element.get("id", ""), element.get("action", ""))
    for each in element.iter():
        name, value = each.get("name"), each.get("value", "on")
        if each.tag == "button":
            if name is not None:
                form.buttons.append((name, value))
            form.enters = form.enters or (name or "", value)
            continue
        if name is None:
            continue
        form.names.add(name)
        if each.tag == "textarea":
            # As a browser reads it: the parser has taken the first line break away.
            form.fields.append((name, each.text or ""))
        elif each.tag == "select":
            chosen = [option for option in each.iter("option") if "selected" in option.attrib]
            form.fields += [(name, option.get("value", "")) for option in (chosen or [next(each.iter("option"))])]
        elif each.get("type") not in ("checkbox", "radio") or "checked" in each.attrib:
            form.fields.append((name, value))
    return form


class HostDesk:
    """A facilitator with a browser, and the room behind it."""

    def __init__(self, client: TestClient, room: Room, store: MemoryStore, clock: FakeClock) -> None:
        self.client = client
        self.room = room
        self.store = store
        self.clock = clock
        self.stopped = 0
        self.exports: list[ExportAsked] = []
        self.export_problem = ""
        self.query = ""
        self.page = self.look()

    @property
    def state(self) -> Any:
        return self.room.state

    def look(self, query: str = "", at: str = "now") -> Page:
        """Open a page; the others are looked up when something on them is asked for."""
        self.query = query
        self.page = self._get(at)
        return self.page

    def _get(self, at: str) -> Page:
        address = f"{BASE}/{at}?{self.query}"
        answer = self.client.get(address)
        return Page(answer.status_code, answer.text, address, self._others)

    def _others(self) -> Iterator[Page]:
        yield from (self._get(at) for at in PAGES)

    def press(self, form: str, button: tuple[str, str] | None = None, **typed: str | list[str]) -> Page:
        """Fill one form and press a button, the first one of it where none is named; follows to the next page."""
        found = self.page.forms[form]
        assert button is None or button in found.buttons
        button = button or found.enters
        return self.post(found.action, found.filled(typed) + ([button] if button and button[0] else []))

    def post(self, address: str, fields: list[tuple[str, str]]) -> Page:
        """Send fields as they are."""
        # Half a character (a lone surrogate) travels as the bytes some broken programs send for it.
        answer = self.client.post(
            f"{BASE}/{address}",
            content=urlencode(fields, errors="surrogatepass"),
            headers={"content-type": "application/x-www-form-urlencoded"},
            follow_redirects=True,
        )
        view = parse_qs(urlsplit(str(answer.url)).query)
        self.query = urlencode(
            {name: view[name][-1] for name in ("peek", "queue", "kind", "offset", "find") if name in view}
        )
        self.page = Page(answer.status_code, answer.text, str(answer.url), self._others)
        return self.page

    def give(self, *commands: cmd.Command) -> None:
        """Commands that did not come from this page: a phone's, a console's."""
        for command in commands:
            desk = FACILITATOR.desk if command.who == "facilitator" else ""
            dated = replace(command, at=self.clock.now_ms(), desk=desk)
            self.client.portal.call(self.room.submit, dated)

    def join(self, *people: str) -> None:
        self.give(*(cmd.Join(person=p, token_hash=hashlib.sha256(p.encode()).digest()) for p in people))

    def vote(self, person: str, choice: str) -> None:
        key = self.state.last_round.key
        self.give(cmd.Cast(person=person, round=key, choice=f'{{"option":"{choice}"}}', submission_id=sid()))

    def tell(self, person: str, item_: str, body: str, consent: str = "C2") -> str:
        """Send words; gives the name of the contribution."""
        number = sid()
        self.give(
            cmd.Contribute(person=person, item=item_, body=body, consent=consent, key=number, submission_id=number)
        )
        return number


@contextmanager
def host_desk(agenda: Agenda | None = None, *, late_s: float | None = None, port: int = 9000) -> Iterator[HostDesk]:
    """A host page in front of a room that runs but does not look at its clock by itself.

    Args:
        agenda: What is to run; `host_agenda` by default.
        late_s: How long ago the workshop was to start, in seconds; None where the agenda does not say.
        port: The port in its address.
    """
    clock = FakeClock()
    start = None if late_s is None else clock.now_ms() - round(late_s * 1000)
    store = MemoryStore(an_info(agenda or host_agenda(), scheduled_start=start, write_up_by="2026-12-24"))
    room = Room(store, store.load(), KINDS, clock)
    made: list[HostDesk] = []

    async def export(asked: ExportAsked) -> Exported:
        made[0].exports.append(asked)
        if made[0].export_problem:
            raise SettingsError(made[0].export_problem)
        return Exported("/workshops/test reports", ("report.html", "votes.csv"))

    def stop() -> None:
        made[0].stopped += 1

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(room.run())
        yield
        room.notifier.close()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await room.close()

    desk = DeskServices(
        room=room, addresses=ADDRESSES, pid=1, connected=lambda: 3, screens=lambda: 1, export=export, stop=stop
    )  # fmt: skip
    access = Middleware(DeskAccess, credentials=Credentials.of(TOKENS), hosts=frozenset([f"127.0.0.1:{port}"]))
    app = Starlette(routes=[*host_routes(desk), *static_routes()], lifespan=life, middleware=[access])
    with TestClient(app, base_url=f"http://127.0.0.1:{port}") as client:
        made.append(HostDesk(client, room, store, clock))
        yield made[0]
