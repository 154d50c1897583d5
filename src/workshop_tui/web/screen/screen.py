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

from workshop_tui.domain.agenda import status_sentence
from workshop_tui.domain.asking import config_data, config_of, gathering_of, poll_of, round_config
from workshop_tui.domain.blocks import Option, Quotes, Statement
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.domain.upvotes import votes_words
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.qr import qr_svg
from workshop_tui.room.desk import Place
from workshop_tui.room.results import round_result, shown_round, turnout
from workshop_tui.room.room import Room
from workshop_tui.web.http.languages import direction, translator_for
from workshop_tui.web.http.rendering import html, render
from workshop_tui.web.phone.board import Board, Listed
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


MOST_ROWS: Final = 6
"""The most bars and lines of two counts side by side that the back row can read."""


class Picture(Struct, frozen=True, kw_only=True):
    """What the screen shows at one moment."""

    mode: ScreenView
    name: str
    """Names the view: a view drawn again under the same name is not animated again."""
    heading: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """(letter, words)."""
    count: str = ""
    state: str = ""
    left: str = ""
    result: Markup = Markup()
    cautions: tuple[str, ...] = ()
    questions: tuple[Listed, ...] = ()
    """Questions from the room, most wanted first, answered ones last."""
    status: str = ""
    square: Markup = Markup()
    """The QR square of the join address."""
    address: str = ""
    code: str = ""


class ScreenGauge:
    """How many windows show the big screen."""

    def __init__(self) -> None:
        self.windows = 0

    def open(self) -> int:
        """How many listen now."""
        return self.windows


def screen_routes(room: Room, place: Place, presence: ScreenGauge) -> list[Route]:
    """The routes of the big screen, all read-only; whoever mounts them checks who may look."""
    return BigScreen(room, place, presence).routes()


class BigScreen:
    """The pages of the projector for one room.

    Args:
        room: The running session.
        place: Its addresses; only the join address is shown.
        presence: Told of every window.
    """

    def __init__(self, room: Room, place: Place, presence: ScreenGauge) -> None:
        self._room = room
        self._place = place
        # Capital letters need fewer modules, so the square is seen from further away.
        self._square = qr_svg(place.join_url.upper())
        self._drawn: dict[int, str] = {}
        """The picture of this moment, by second."""
        room.notifier.empties(self._drawn, votes_too=True)
        self._last = b""
        """A digest of the last picture: enough to tell another one, and no words to keep."""
        self.version = 0
        """Grows whenever the picture changes."""
        self._gauge = presence
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
        agenda = self._room.state.agenda
        values = {
            "title": agenda.title, "language": agenda.language, "direction": direction(agenda.language),
            "version": self.version, "part": part,
        }  # fmt: skip
        return html(request, render("screen/page.html", values, translator_for(agenda.language)))

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
        return StreamingResponse(self.versions(), media_type="text/event-stream")

    async def versions(self) -> AsyncIterator[bytes]:
        """The version at once, then whenever the picture changes; ends when the room closes."""
        notifier = self._room.notifier
        loop = asyncio.get_running_loop()
        seen, spoke = 0, loop.time()
        self._gauge.windows += 1
        try:
            while not notifier.closed:
                heard = notifier.desk_version
                self.draw()
                if self.version != seen:
                    seen, spoke = self.version, loop.time()
                    yield b'data: {"v":%d}\n\n' % seen
                elif loop.time() - spoke >= PING_S:
                    spoke = loop.time()
                    yield b"event: ping\ndata: 1\n\n"
                await asyncio.sleep(APART_S)
                await notifier.wait_desk(heard, LOOK_S - APART_S)
        finally:
            self._gauge.windows -= 1

    def draw(self) -> str:
        """The picture as HTML; drawn at most once for each version of the room and second."""
        now = self._room.clock.now_ms()
        second = now // 1_000
        if second not in self._drawn:
            self._drawn.clear()
            part = self._drawn[second] = render(
                "screen/part.html", {"v": self.picture(now)}, translator_for(self._room.state.agenda.language)
            )
            digest = hashlib.sha256(part.encode("utf-8", "replace")).digest()
            if digest != self._last:
                self._last = digest
                self.version += 1
        return self._drawn[second]

    def picture(self, now: int) -> Picture:
        """What the room may see at this moment."""
        state = self._room.state
        if state.screen.mode == "blank":
            return Picture(mode="blank", name="blank", heading=state.agenda.title)
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
            return Picture(mode="wait", name="ended", heading="Thank you for coming.")
        if here is None:
            return self._wait("wait", state.agenda.title, "")
        return self._question(here, now)

    def _join(self) -> Picture:
        return Picture(
            mode="join",
            name="join",
            status=status_sentence(self._room.state.agenda),
            square=self._square,
            address=self._address(),
            code=self._room.info.code,
        )

    def _question(self, here: ItemState, now: int) -> Picture:
        round_ = self._room.state.last_round
        gathering = gathering_of(here.item, self._room.kinds)
        name, left = here.item.key, _left(here, now)
        if poll_of(here.item, self._room.kinds) is None and gathering is None:
            return self._wait(name, here.item.title, left)
        if gathering is not None:
            heading = here.item.question or here.item.title
            state = "OPEN" if here.gathering_open else "CLOSED"
            return self._ask(name, heading, (), "", state, left)
        if round_ is None or round_.status == "void":
            heading = here.item.question or here.item.title
            return self._ask(name, heading, self._options(here, None), "", "NOT OPEN YET", left)
        counted = turnout(self._room, round_)
        count = f"{counted.out_of} answered"
        state = "OPEN" if round_.status == "open" else "CLOSED"
        return self._ask(round_.key, round_.question, self._options(here, round_), count, state, left)

    def _ask(
        self, name: str, heading: str, options: tuple[tuple[str, str], ...], count: str, state: str, left: str
    ) -> Picture:
        return Picture(
            mode="ask",
            name=f"ask-{name}",
            heading=heading,
            options=options,
            count=count,
            state=state,
            left=left,
            square=self._square,
            address=self._address(),
            code=self._room.info.code,
        )

    def _wait(self, name: str, heading: str, left: str) -> Picture:
        return Picture(
            mode="wait", name=name, heading=heading, left=left, address=self._address(), code=self._room.info.code
        )

    def _options(self, here: ItemState, round_: Round | None) -> tuple[tuple[str, str], ...]:
        kind = poll_of(here.item, self._room.kinds)
        if kind is None or not config_data(here):
            return ()
        config = round_config(round_, kind) if round_ is not None else config_of(here, kind)
        options: tuple[Option, ...] = getattr(config, "options", ())
        return tuple((option.key.upper(), option.text) for option in options)

    def _results(self, round_: Round) -> Picture:
        blocks, words = round_result(self._room, round_, most_rows=MOST_ROWS)
        # Every line is to be read from the back row: how it was counted stands on the phones and in the report.
        shown = [block for block in blocks if not (isinstance(block, Statement) and block.weight == "rule")]
        language = self._room.state.agenda.language
        return Picture(
            mode="reveal",
            name=f"reveal-{round_.key}",
            heading=round_.question,
            result=draw_view(shown, language=language, big=True),
            cautions=words,
            address=self._address(),
            code=self._room.info.code,
        )

    def _questions(self, here: ItemState) -> Picture:
        listed = self._board.listed(here)
        votes = "The number says how many want to know."
        return Picture(
            mode="questions",
            name=f"questions-{here.item.key}",
            heading=here.item.question or here.item.title,
            questions=listed[:TOP],
            cautions=(votes,) if len(listed) <= TOP else (votes, f"{TOP} of {len(listed)} questions."),
            address=self._address(),
            code=self._room.info.code,
        )

    def _story(self, key: str) -> Picture:
        row = self._room.tables.contributions.get(key)
        quote = quote_for_room(self._room, row) if row is not None else None
        if quote is None:
            return Picture(mode="blank", name="blank", heading=self._room.state.agenda.title)
        each = self._room.state.item(row.item) if row is not None else None
        return Picture(
            mode="story",
            name=f"story-{key}",
            heading="A question from this room" if self._board.takes_votes(each) else "A story from this room",
            count=f"{votes_words(self._room.tables.votes[key])}." if self._board.takes_votes(each) else "",
            result=draw_view([Quotes((quote,))], big=True),
            address=self._address(),
            code=self._room.info.code,
        )

    def _address(self) -> str:
        """What a person types: the address without the parts a browser adds by itself."""
        return urlsplit(self._place.join_url).netloc


def _left(here: ItemState, now: int) -> str:
    """The time left as "06:42 left", or how long it is over."""
    left = here.left_ms(now)
    minutes, seconds = divmod(abs(left) // 1_000, 60)
    return f"{minutes:02d}:{seconds:02d} {'left' if left >= 0 else 'over'}"
