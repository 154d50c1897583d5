"""Somebody asks to be contacted about their own care: they get a code to show, and the room keeps nothing of who."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.commands import AskContact
from workshop_tui.domain.own_care import code_of
from workshop_tui.errors import EnvironmentProblem, Refused, UnknownPhone
from workshop_tui.limits import PEOPLE
from workshop_tui.messages import Message, Verbatim, tr
from workshop_tui.room.clock import random_name
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.posted import posted
from workshop_tui.web.phone.refusals import TooQuick

OWN_CARE: Final = tr("Please contact me about my own care")

ABOUT: Final = (
    tr("Today is about care for all of us. Do you need help with your own care? Someone can get in touch."),
    tr("You get a code. Show it to the people running today, and tell them how to reach you."),
    tr("We keep no name and no number here, and no words about it. It is in no report."),
)
SHOW_IT: Final = (
    tr("Show it to the people running today before you leave. Tell them how to reach you."),
    tr("We do not keep your name. They can reach you only if you show them the code."),
)
NOT_NOTED: Final = tr("We could not note it just now. Please go to the people running today.")


class OwnCarePages:
    """The page, and the button on it."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._asked: OrderedDict[str, str] = OrderedDict()
        """The request of each phone, only in memory: to press twice is to ask once."""

    async def page(self, request: Request) -> Response:
        """What it is, or the code of whoever asked already."""
        return self._page(request)

    async def ask(self, request: Request) -> Response:
        """Somebody asks."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, room = sent.phone, self._phones.room
        if phone.person in self._asked:
            return self._page(request)
        key = random_name()
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(AskContact(at=room.clock.now_ms(), person=phone.person, key=key))
        except UnknownPhone:
            return self._pages.not_joined(request)
        except (Refused, EnvironmentProblem, TooQuick):
            return self._page(request, NOT_NOTED)
        self._asked[phone.person] = key
        while len(self._asked) > PEOPLE:
            self._asked.popitem(last=False)
        return self._page(request)

    def _page(self, request: Request, *told: Message) -> Response:
        phone = self._phones.phone(request.scope)
        key = self._asked.get(phone.person, "") if phone is not None else ""
        told = (tr("Your code is {code}.", code=Verbatim(code_of(key))),) if key else told
        values = {
            "title": OWN_CARE, "told": told, "lines": SHOW_IT if key else ABOUT, "may_ask": not key,
            "back": "/now" if phone is not None else "/",
        }  # fmt: skip
        return self._pages.page(request, phone, "own_care.html", values)
