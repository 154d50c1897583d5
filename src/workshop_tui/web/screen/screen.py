"""The page on the projector: read-only, and only what the room may see.

What it shows is put together here from nothing but what was revealed or approved; there is no other way in. Its
event stream carries a number that grows when that picture changes, so votes that change nothing on it are not
even told.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Final, Literal
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.domain.agenda import Item, status_sentence
from workshop_tui.domain.asking import config_data, config_of, gathering_of, poll_of, round_config
from workshop_tui.domain.blocks import Option, Quotes, Statement
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.qr import qr_svg
from workshop_tui.messages import Message, Quoted, Sentences, Text, Translator, Verbatim, tr, trn
from workshop_tui.protocol.streams import MEDIA_TYPE, PING, event
from workshop_tui.room.desk import Addresses
from workshop_tui.room.results import round_result, shown_round, turnout
from workshop_tui.room.room import Room
from workshop_tui.web.http.languages import translator_for
from workshop_tui.web.http.rendering import html, render
from workshop_tui.web.phone.board import Board, BoardQuestion
from workshop_tui.web.phone.layout import answer_json
from workshop_tui.web.phone.quotes import quote_for_room

APART_S: Final = 0.5
"""Shortest time between two pictures: the count moves, and 300 votes make few of them."""

LOOK_S: Final = 1.0
"""How often the picture is looked at when nothing happens: the time left is on it."""

PING_S: Final = 15.0
"""How often a quiet stream says that it is alive."""

TOP: Final = 5
"""Questions from the room on the screen: more cannot be read from the back row."""

ScreenView = Literal["join", "ask", "reveal", "questions", "story", "wait", "blank"]


OPEN: Final = tr("Question is OPEN")
CLOSED: Final = tr("Question is CLOSED")
NOT_YET: Final = tr("Question is NOT OPEN YET")
PAUSED: Final = tr("The workshop is paused for a moment.")
THANKS: Final = tr("Thank you for coming.")

MOST_ROWS: Final = 6
"""The most bars and lines of two counts side by side that the back row can read."""


class Picture(Struct, frozen=True, kw_only=True):
    """What the screen shows at one moment."""

    mode: ScreenView
    name: str
    """Names the view: a view drawn again under the same name is not animated again."""
    heading: Text | Quoted = ""
    options: tuple[tuple[str, Quoted], ...] = ()
    """(letter, words)."""
    count: Text = ""
    state: Text = ""
    left: Text = ""
    result: Markup = Markup()
    cautions: tuple[Text, ...] = ()
    questions: tuple[BoardQuestion, ...] = ()
    """Questions from the room, most wanted first, answered ones last."""
    status: Sentences = ""
    square: Markup = Markup()
    """The QR square of the join address."""
    address: str = ""
    code: str = ""


class ScreenPresence:
    """How many windows show the big screen."""

    def __init__(self) -> None:
        self.windows = 0

    def open(self) -> int:
        """How many listen now."""
        return self.windows


def screen_routes(room: Room, addresses: Addresses, presence: ScreenPresence) -> list[Route]:
    """The routes of the big screen, all read-only; whoever mounts them checks who may look."""
    return BigScreen(room, addresses, presence).routes()


class BigScreen:
    """The pages of the projector for one room.

    Args:
        room: The running session.
        addresses: Its addresses; only the join address is shown.
        presence: Told of every window.
    """

    def __init__(self, room: Room, addresses: Addresses, presence: ScreenPresence) -> None:
        self._room = room
        self._addresses = addresses
        # Capital letters need fewer modules, so the square is seen from further away.
        self._square = qr_svg(addresses.join_url.upper(), translator=self._translator())
        self._drawn: dict[int, str] = {}
        """The picture of this moment, by second."""
        room.notifier.empties(self._drawn, votes_too=True)
        self._last = b""
        """A digest of the last picture: enough to tell another one, and no words to keep."""
        self.version = 0
        """Grows whenever the picture changes."""
        self._presence = presence
        self._board = Board(room)

    def routes(self) -> list[Route]:
        """The page, its changing part, its version and its stream."""
        return [
            Route("/screen", self.page),
            Route("/screen/part", self.part),
            Route("/screen/state", self.state),
            Route("/screen/events", self.events),
        ]

    async def page(self, request: Request) -> Response:
        """The whole page."""
        part = Markup(self.draw())  # noqa: S704 - rendered by our own escaping templates
        values = {"title": self._room.state.agenda.said("title"), "version": self.version, "part": part}
        return html(request, render("screen/page.html", values, self._translator()))

    async def part(self, request: Request) -> Response:
        """What is inside the page now."""
        return html(request, self.draw())

    async def state(self, request: Request) -> Response:
        """The version, for a window whose stream does not get through."""
        del request
        self.draw()
        return answer_json({"v": self.version})

    async def events(self, request: Request) -> Response:
        """A stream of versions."""
        del request
        return StreamingResponse(self.versions(), media_type=MEDIA_TYPE)

    async def versions(self) -> AsyncIterator[bytes]:
        """The version at once, then whenever the picture changes; ends when the room closes."""
        notifier = self._room.notifier
        loop = asyncio.get_running_loop()
        seen, spoke = 0, loop.time()
        self._presence.windows += 1
        try:
            while not notifier.closed:
                heard = notifier.desk_version
                self.draw()
                if self.version != seen:
                    seen, spoke = self.version, loop.time()
                    yield event(seen)
                elif loop.time() - spoke >= PING_S:
                    spoke = loop.time()
                    yield PING
                await asyncio.sleep(APART_S)
                await notifier.wait_desk(heard, LOOK_S - APART_S)
        finally:
            self._presence.windows -= 1

    def draw(self) -> str:
        """The picture as HTML; drawn at most once for each version of the room and second."""
        now = self._room.clock.now_ms()
        second = now // 1_000
        if second not in self._drawn:
            self._drawn.clear()
            part = self._drawn[second] = render("screen/part.html", {"v": self.picture(now)}, self._translator())
            digest = hashlib.sha256(part.encode("utf-8", "replace")).digest()
            if digest != self._last:
                self._last = digest
                self.version += 1
        return self._drawn[second]

    def _translator(self, about: Item | None = None) -> Translator:
        """Says things in the language of the screen, and in a second one where the agenda says so."""
        agenda = self._room.state.agenda
        tags = agenda.screen_languages or (agenda.language,)
        here, items = self._room.state.here, [each.item for each in self._room.state.items]
        about = about or (here.item if here is not None else None)
        known = agenda.known_words([*items, *([about] if about is not None else [])])
        first, *second = (translator_for(tag).knowing(known) for tag in tags)
        return first.beside(second[0]) if second else first

    def picture(self, now: int) -> Picture:
        """What the room may see at this moment."""
        state = self._room.state
        if state.screen.mode == "blank":
            return Picture(mode="blank", name="blank", heading=state.agenda.said("title"))
        if state.screen.mode == "results" and (shown := shown_round(state)) is not None:
            return self._results(shown)
        if state.screen.mode == "results" and state.here is not None and self._board.listed(state.here):
            return self._questions(state.here)
        if state.screen.mode == "story":
            return self._story(state.screen.subject)
        if state.screen.mode == "join" and state.ended_at is None:
            return self._join()
        here = state.here
        if state.ended_at is not None:
            return Picture(mode="wait", name="ended", heading=THANKS)
        if here is None:
            return self._wait("wait", state.agenda.said("title"), "")
        return self._question(here, now)

    def _join(self) -> Picture:
        return Picture(
            mode="join",
            name="join",
            state=self._paused(),
            status=status_sentence(self._room.state.agenda),
            square=self._square,
            address=self._address(),
            code=self._room.info.code,
        )

    def _question(self, here: ItemState, now: int) -> Picture:
        agenda, round_ = self._room.state.agenda, self._room.state.last_round
        gathering = gathering_of(here.item, self._room.kinds)
        name, left = here.item.key, _left(here, now)
        if poll_of(here.item, self._room.kinds) is None and gathering is None:
            return self._wait(name, agenda.said("title", here.item), left)
        if gathering is not None:
            state = OPEN if here.gathering_open else CLOSED
            return self._ask(name, agenda.asked(here.item), (), "", state, left)
        if round_ is None or round_.status == "void":
            return self._ask(name, agenda.asked(here.item), self._options(here, None), "", NOT_YET, left)
        count = tr("{count} answered", count=turnout(self._room, round_).out_of)
        state = OPEN if round_.status == "open" else CLOSED
        return self._ask(round_.key, self._asked(round_), self._options(here, round_), count, state, left)

    def _asked(self, round_: Round) -> Quoted:
        """A round's question as it was asked, and in the further languages that its item has."""
        agenda, each = self._room.state.agenda, self._room.state.item(round_.item)
        others = agenda.asked(each.item).texts if each is not None else ()
        return Quoted(round_.question, agenda.language, others)

    def _ask(
        self, name: str, heading: Quoted, options: tuple[tuple[str, Quoted], ...], count: Text, state: Text, left: Text
    ) -> Picture:
        return Picture(
            mode="ask",
            name=f"ask-{name}",
            heading=heading,
            options=options,
            count=count,
            state=self._paused() or state,
            left=left,
            square=self._square,
            address=self._address(),
            code=self._room.info.code,
        )

    def _wait(self, name: str, heading: Quoted, left: Text) -> Picture:
        return Picture(
            mode="wait",
            name=name,
            heading=heading,
            state=self._paused(),
            left=left,
            address=self._address(),
            code=self._room.info.code,
        )

    def _paused(self) -> Text:
        """That the room is paused, in place of anything that asks people to answer; empty where it is not."""
        return PAUSED if self._room.state.phase == "paused" else ""

    def _options(self, here: ItemState, round_: Round | None) -> tuple[tuple[str, Quoted], ...]:
        kind = poll_of(here.item, self._room.kinds)
        if kind is None or not config_data(here):
            return ()
        config = round_config(round_, kind) if round_ is not None else config_of(here, kind)
        options: tuple[Option, ...] = getattr(config, "options", ())
        return tuple((option.key.upper(), option.words) for option in options)

    def _results(self, round_: Round) -> Picture:
        blocks, words = round_result(self._room, round_, most_rows=MOST_ROWS)
        # Every line is to be read from the back row: how it was counted stands on the phones and in the report.
        shown = [block for block in blocks if not (isinstance(block, Statement) and block.weight == "rule")]
        each = self._room.state.item(round_.item)
        translator = self._translator(each.item if each is not None else None)
        return Picture(
            mode="reveal",
            name=f"reveal-{round_.key}",
            heading=self._asked(round_),
            result=draw_view(shown, translator=translator, big=True),
            cautions=words,
            address=self._address(),
            code=self._room.info.code,
        )

    def _questions(self, here: ItemState) -> Picture:
        listed = self._board.listed(here)
        votes = tr("The number says how many want to know.")
        return Picture(
            mode="questions",
            name=f"questions-{here.item.key}",
            heading=self._room.state.agenda.asked(here.item),
            questions=listed[:TOP],
            cautions=(votes,)
            if len(listed) <= TOP
            else (votes, trn("{shown} of {n} question.", "{shown} of {n} questions.", len(listed), shown=TOP)),
            address=self._address(),
            code=self._room.info.code,
        )

    def _story(self, key: str) -> Picture:
        row = self._room.tables.contributions.get(key)
        quote = quote_for_room(self._room, row) if row is not None else None
        if quote is None:
            return Picture(mode="blank", name="blank", heading=self._room.state.agenda.said("title"))
        each = self._room.state.item(row.item) if row is not None else None
        is_question, votes = self._board.takes_votes(each), self._room.tables.votes[key]
        return Picture(
            mode="story",
            name=f"story-{key}",
            heading=tr("A question from this room") if is_question else tr("A story from this room"),
            count=trn("{n} person wants to know.", "{n} people want to know.", votes) if is_question else "",
            result=draw_view([Quotes((quote,))], translator=self._translator(), big=True),
            address=self._address(),
            code=self._room.info.code,
        )

    def _address(self) -> str:
        """What a person types: the address without the parts a browser adds by itself."""
        return urlsplit(self._addresses.join_url).netloc


def _left(here: ItemState, now: int) -> Message:
    """The time left as "06:42 left", or how long it is over."""
    left = here.left_ms(now)
    minutes, seconds = divmod(abs(left) // 1_000, 60)
    time = Verbatim(f"{minutes:02d}:{seconds:02d}")
    return tr("{time} left", time=time) if left >= 0 else tr("{time} over", time=time)
