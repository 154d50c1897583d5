"""Private codes: shown once to whoever sent words, and good to read and take back those words from any phone."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.commands import NewCode, TakeBackByCode
from workshop_tui.domain.deciding.taking_back import NO_SUCH_CODE
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.private_codes import in_groups, plain, text_of
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.errors import EnvironmentProblem, Refused, UnknownPhone
from workshop_tui.messages import Message, Sentences, tr
from workshop_tui.room.codes import SHORT, new_private_code
from workshop_tui.web.http.forms import Raw, Unreadable, one, read_form
from workshop_tui.web.phone.answers import PRESS_AGAIN
from workshop_tui.web.phone.layout import GET_HELP, TAKE_BACK, PhonePages, see
from workshop_tui.web.phone.phones import Phone
from workshop_tui.web.phone.posted import FOREIGN, posted
from workshop_tui.web.phone.refusals import WAIT_S, TooQuick
from workshop_tui.web.phone.sent import NOT_NOW, SentPages
from workshop_tui.web.phone.turns import Turns

WAIT: Final = tr("Too many codes were tried that do not fit. Please wait a minute, then try again.")
WHERE: Final = (
    tr("Today: press “{help}”, then “{back}”.", help=GET_HELP, back=TAKE_BACK),
    tr("On another day: ask the people who ran today."),
)
WAIT_FOR_TURN_S: Final = 60


class CodePages:
    """Shows a code, gives another, and takes words back by one."""

    def __init__(self, pages: PhonePages, sent: SentPages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._sent = sent
        self._turns = Turns(pages.phones.settings, pages.phones.room.clock)

    async def show(self, request: Request) -> Response:
        """The code of words that this phone has just sent, until somebody says that they have kept it."""
        phone, key = self._phones.phone(request.scope), request.path_params["key"]
        if phone is None:
            return self._pages.not_joined(request)
        code = self._phones.new_codes.of(phone.person, key)
        if not code:
            return see("/sent")
        values = {"title": tr("Your private code"), "code": in_groups(code), "key": key, "where": WHERE}
        return self._pages.page(request, phone, "code.html", values)

    async def kept(self, request: Request) -> Response:
        """Somebody has kept their code: it is shown to nobody any more."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        self._phones.new_codes.forget(sent.phone.person)
        return see("/now")

    async def another(self, request: Request) -> Response:
        """A new code for what this phone sent; the one before is good for nothing then."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, room, key, code = sent.phone, self._phones.room, request.path_params["key"], new_private_code()
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(
                NewCode(
                    at=room.clock.now_ms(),
                    person=phone.person,
                    text=key,
                    code=code,
                    salt=secrets.token_bytes(SALT),
                )
            )
        except TooQuick as problem:
            return self._pages.words(request, 429, PRESS_AGAIN, wait_s=problem.wait_s)
        except UnknownPhone:
            return self._pages.not_joined(request)
        except Refused as problem:
            return self._pages.words(request, 409, problem.message)
        except EnvironmentProblem:
            return self._pages.words(request, 503, NOT_NOW, wait_s=WAIT_S)
        self._phones.new_codes.put(phone.person, key, code)
        return see(f"/code/{key}")

    async def ask(self, request: Request) -> Response:
        """The page on which a private code is typed."""
        return self._ask(request)

    async def typed(self, request: Request) -> Response:
        """A code: first the words that it belongs to, and once that is confirmed they go."""
        if self._phones.is_foreign(request.scope):
            return self._pages.words(request, 403, FOREIGN)
        try:
            raw = await read_form(request.scope, request.receive)
        except Unreadable as problem:
            return self._pages.words(request, problem.status, problem.words)
        address = request.client.host if request.client is not None else ""
        # As slow as with the shortest of join codes: nobody types many of these.
        async with self._turns.turn(address, SHORT) as is_let:
            if not is_let:
                return self._ask(request, 429, WAIT, wait_s=WAIT_FOR_TURN_S)
            answer = await self._tried(request, raw)
            if answer is None:
                self._turns.wrong(address)
        return answer or self._ask(request, 422, NO_SUCH_CODE)

    async def _tried(self, request: Request, raw: Raw) -> Response | None:
        """What is at the end of a code; None where it belongs to nothing."""
        code, room = plain(one(raw, "code")), self._phones.room
        row = room.tables.contributions.get(text_of(code, room.tables.kept_codes))
        if row is None or row.gone:
            return None
        if "back" not in raw:
            return self._confirm(request, row, code)
        try:
            await room.submit(TakeBackByCode(at=room.clock.now_ms(), code=code, salt=secrets.token_bytes(SALT)))
        except Refused:
            return None
        except EnvironmentProblem:
            return self._confirm(request, row, code, 503, NOT_NOW, WAIT_S)
        values = {"title": tr("Taken back"), "besides": self._sent.besides(row), "link": ("/", tr("Go on"))}
        return self._pages.page(request, self._phones.phone(request.scope), "taken_back.html", values)

    def _confirm(
        self,
        request: Request,
        row: ContributionRow,
        code: str,
        status: int = 200,
        error: Sentences = "",
        wait_s: int = 0,
    ) -> Response:
        values = {
            "title": tr("Take this back?"), "error": error, "entry": self._sent.entry(request, 1, row), "code": code,
            "besides": self._sent.before(row), "back": "/back",
        }  # fmt: skip
        phone = self._phones.phone(request.scope)
        return self._pages.page(request, phone, "take_back.html", values, status=status, wait_s=wait_s)

    def _ask(self, request: Request, status: int = 200, error: Message | str = "", wait_s: int = 0) -> Response:
        phone: Phone | None = self._phones.phone(request.scope)
        values = {"title": TAKE_BACK, "error": error, "back": "/now" if phone is not None else "/"}
        return self._pages.page(request, phone, "back.html", values, status=status, wait_s=wait_s)
