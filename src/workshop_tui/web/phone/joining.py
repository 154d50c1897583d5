"""Taking a place in the workshop, and giving the phone to somebody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.commands import Join, LeavePlace, TellRole
from workshop_tui.domain.deciding.phones import JOINING_CLOSED
from workshop_tui.domain.text import plain_digits
from workshop_tui.errors import EnvironmentProblem, Refused
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.web.http.forms import Unreadable, one, read_form
from workshop_tui.web.phone.arriving import ON_THE_WAY, ON_THE_WAY_S, Arrival, brings_cookie, nobody_looks
from workshop_tui.web.phone.layout import PhonePages, Section, see
from workshop_tui.web.phone.live import Live
from workshop_tui.web.phone.phones import COOKIE, COOKIE_S, Phone, token_hash
from workshop_tui.web.phone.posted import FOREIGN, posted
from workshop_tui.web.phone.refusals import KEEP, WAIT_S, TooQuick, refusal_of
from workshop_tui.web.phone.roles import RolePages
from workshop_tui.web.phone.turns import Turns

LONGEST_CODE: Final = 64
"""More of a typed code is not looked at."""

WRONG: Final = tr("That code does not fit. Look at the big screen and try again.")
STILL_YOURS: Final = tr("We cannot save just now. This phone is still yours. Please try again soon.")
WAIT: Final = tr("Too many wrong codes came in. Please scan the square. Or wait a minute, or ask for help.")
WAIT_FOR_TURN_S: Final = 60

SOMEONE_ELSE: Final = tr("Someone else wants to use this phone")
LEAVING: Final[Section] = (
    "",
    (
        tr("What you have sent stays. This phone then forgets you."),
        tr("After that you cannot change an answer or take anything back."),
        tr("Words you have not sent are wiped from this phone."),
    ),
)
FREE: Final = tr("This phone is free")

NO_COOKIES: Final = tr("Your browser keeps no cookies")
WHY_COOKIES: Final[Section] = (
    "",
    (
        tr("You have not joined yet."),
        tr("A cookie is a short note on your phone. We need one, so that you are counted once. It holds no name."),
    ),
)


def instead_of(address: str) -> Section:
    """What somebody can do whose browser keeps no cookies; `address` is what to type in another one."""
    return (
        tr("What you can do"),
        (
            tr("Use another browser on this phone. Type this address: {address}", address=Verbatim(address)),
            tr("Then type the code from the big screen."),
            tr("Or let this browser keep cookies. Then scan the square again."),
            tr("Or borrow a phone. Two people can share one."),
            tr("Or ask for a paper copy."),
        ),
    )


Page = Callable[[Request], Awaitable[Response]]


class Joining:
    """The join page and its two ways in."""

    def __init__(self, pages: PhonePages, roles: RolePages, live: Live) -> None:
        settings = pages.phones.settings
        self._pages = pages
        self._phones = pages.phones
        self._roles = roles
        self._live = live
        self._turns = Turns(settings, self._phones.room.clock)

    async def page(self, request: Request) -> Response:
        """The join page."""
        return self._pages.join_page(request)

    async def scanned(self, request: Request) -> Response:
        """The address in the square: lets in, with nothing to type."""
        if request.method != "GET" or nobody_looks(request.scope):
            # Whoever only asks whether the page is there is not on the way in.
            return self._pages.join_page(request, 503 if request.method == "GET" else 200)
        secret = request.path_params["code"]
        if self._phones.is_square(secret):
            # Too long to be guessed, so it is never slowed: the square works whoever tries codes out.
            return self._let_in(request)
        return await self._tried(request, secret)

    async def come_back(self, request: Request) -> Response:
        """Where a browser that brought the code is sent: does it keep the cookie that it was given?"""
        if self._phones.phone(request.scope) is None and not brings_cookie(request.scope):
            return self._no_cookies(request)
        return see(f"{'/role' if self._phones.room.state.agenda.roles else '/now'}?in")

    def seated(self, page: Page) -> Page:
        """A page for those who have a seat; who comes back with the cookie that the code gave takes one here."""

        async def shown(request: Request) -> Response:
            if request.method != "GET" or nobody_looks(request.scope) or self._phones.phone(request.scope) is not None:
                return await page(request)
            arrival = self._phones.arrivals.of(request.scope, self._phones.room.code, self._now_ms())
            if arrival is None:
                return await page(request)
            refusal = await self._take_seat(request, arrival)
            if refusal is not None:
                return refusal
            self._phones.seat(request.scope, arrival.token)
            answer = await page(request)
            answer.set_cookie(COOKIE, arrival.token, max_age=COOKIE_S, path="/", httponly=True, samesite="lax")
            answer.delete_cookie(ON_THE_WAY, path="/", httponly=True, samesite="lax")
            return answer

        return shown

    async def typed(self, request: Request) -> Response:
        """The code, typed in any way."""
        if self._phones.is_foreign(request.scope):
            return self._pages.words(request, 403, FOREIGN)
        try:
            raw = await read_form(request.scope, request.receive)
        except Unreadable as problem:
            return self._pages.words(request, problem.status, problem.words)
        return await self._tried(request, one(raw, "code"))

    async def told_role(self, request: Request) -> Response:
        """Note what somebody said."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, role, room = sent.phone, one(sent.raw, "role"), self._phones.room
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(TellRole(at=room.clock.now_ms(), person=phone.person, role=role))
        except (Refused, EnvironmentProblem, TooQuick) as problem:
            told = refusal_of(problem)
            # A choice that can no longer be made is not shown as if it had been.
            chosen = "" if told.status == 409 else role
            return self._roles.ask(request, phone, chosen, told.status, told.error, told.wait_s)
        return see("/now")

    async def leave_page(self, request: Request) -> Response:
        """Asks before this phone forgets who it is."""
        phone = self._phones.phone(request.scope)
        return see("/") if phone is None else self._ask_to_leave(request, phone)

    def _ask_to_leave(self, request: Request, phone: Phone, error: Sentences = "") -> Response:
        values = {
            "title": SOMEONE_ELSE,
            "heading": SOMEONE_ELSE,
            "error": error,
            "sections": (LEAVING,),
            "leave": True,
            "links": (("/now", tr("No, go back")),),
            "back": "/now",
        }
        status, wait_s = (503, WAIT_S) if error else (200, 0)
        return self._pages.page(request, phone, "words.html", values, status=status, wait_s=wait_s)

    async def leave(self, request: Request) -> Response:
        """End this phone's place; what it sent stays."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, room = sent.phone, self._phones.room
        try:
            await room.submit(LeavePlace(at=room.clock.now_ms(), person=phone.person))
        except EnvironmentProblem:
            # The cookie stays: without its place gone, whoever copied it could still speak for this person.
            return self._ask_to_leave(request, phone, STILL_YOURS)
        self._phones.forget(phone)
        self._phones.arrivals.forget(phone.person)
        self._live.end(phone.person)
        values = {
            "title": FREE,
            "heading": FREE,
            "sections": (("", (tr("It has forgotten who used it before."),)),),
            "leave": False,
            "links": ((f"/J/{self._phones.room.square}", tr("Join as a new person")),),
            # Before there is anything to press: what was typed is gone before anybody can go on.
            "at_once": ("clear.js",),
        }
        answer = self._pages.page(request, None, "words.html", values)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        answer.delete_cookie(ON_THE_WAY, path="/", httponly=True, samesite="lax")
        return answer

    async def _tried(self, request: Request, typed: str) -> Response:
        """A code that somebody typed; each has to wait its turn while many are wrong, right ones too.

        Else whoever goes on trying finds it, and only the others are stopped.
        """
        if self._phones.phone(request.scope) is not None:
            return see("/now")
        address = request.client.host if request.client is not None else ""
        async with self._turns.turn(address, len(self._phones.room.code)) as is_let:
            if not is_let:
                return self._pages.join_page(request, 429, WAIT, wait_s=WAIT_FOR_TURN_S)
            if _fits(typed, self._phones.room.code):
                return self._let_in(request)
            self._turns.wrong(address)
        if self._phones.room.watch.wrong_code():
            self._phones.room.notifier.tell_desk()
        return self._pages.join_page(request, 422, WRONG)

    def _let_in(self, request: Request) -> Response:
        """Nothing in the room changes before the browser has come back."""
        room = self._phones.room
        if self._phones.phone(request.scope) is not None:
            return see("/now")
        if not room.state.joining.is_open:
            return self._pages.join_page(request, 409, JOINING_CLOSED)
        arrival = self._phones.arrivals.begin(request.scope, room.code, self._now_ms())
        answer = see("/in")
        answer.set_cookie(ON_THE_WAY, arrival.token, max_age=ON_THE_WAY_S, path="/", httponly=True, samesite="lax")
        return answer

    async def _take_seat(self, request: Request, arrival: Arrival) -> Response | None:
        """The answer that says why not; None once the seat is on disk."""
        room = self._phones.room
        hashed = token_hash(arrival.token)
        try:
            await room.submit(Join(at=room.clock.now_ms(), person=arrival.person, token_hash=hashed))
        except Refused as problem:
            return self._pages.join_page(request, 409, problem.message)
        except EnvironmentProblem:
            return self._pages.join_page(request, 503, KEEP, wait_s=WAIT_S)
        return None

    def _no_cookies(self, request: Request) -> Response:
        values = {
            "title": NO_COOKIES,
            "heading": NO_COOKIES,
            "sections": (WHY_COOKIES, instead_of(request.headers["host"])),
            "leave": False,
            "links": (),
        }
        return self._pages.page(request, None, "words.html", values, status=403)

    def _now_ms(self) -> int:
        return self._phones.room.clock.steady_ms()


def _fits(typed: str, code: str) -> bool:
    """Whether a typed code is the room's: case, spaces, signs between, width and the script of digits do not matter."""
    signs = plain_digits(unicodedata.normalize("NFKC", typed[:LONGEST_CODE])).upper()
    letters = "".join(each for each in signs if each.isascii() and each.isalnum())
    return letters == code.upper()
