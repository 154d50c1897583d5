"""Somebody says in private that they want to talk to someone; the desks learn that, and not who."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.commands import AskToTalk
from workshop_tui.errors import EnvironmentProblem, Refused, UnknownPhone
from workshop_tui.messages import Message, tr
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.own_care import OWN_CARE
from workshop_tui.web.phone.posted import posted
from workshop_tui.web.phone.refusals import TooQuick
from workshop_tui.web.phone.support import WHOM

TOLD: Final = tr("We told the people running today that someone wants to talk.")
NOT_WHO: Final = tr("They do not know that it is you. Put up your hand, or go to them.")
NOT_TOLD: Final = tr("We could not tell them just now. Please put up your hand, or go to them.")


class TalkPages:
    """The card on a page of its own, and the signal."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._asked: set[str] = set()
        """Who asked since a desk last said that it heard: to press twice is to ask once."""

    async def page(self, request: Request) -> Response:
        """Whom there is to talk to."""
        return self._page(request)

    async def ask(self, request: Request) -> Response:
        """Somebody wants to talk."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, room = sent.phone, self._phones.room
        if not room.state.talks:
            self._asked.clear()
        if phone.person in self._asked:
            return self._page(request, TOLD, NOT_WHO)
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(AskToTalk(at=room.clock.now_ms(), person=phone.person))
        except UnknownPhone:
            return self._pages.not_joined(request)
        except (Refused, EnvironmentProblem, TooQuick):
            # Whoever needs somebody is not told to wait, and not what is wrong with a disk.
            return self._page(request, NOT_TOLD)
        self._asked.add(phone.person)
        return self._page(request, TOLD, NOT_WHO)

    def _page(self, request: Request, *told: Message) -> Response:
        phone = self._phones.phone(request.scope)
        values = {"title": WHOM, "told": told, "own_care": OWN_CARE, "back": "/now" if phone is not None else "/"}
        return self._pages.page(request, phone, "talk.html", values)
