"""Asking who somebody is here as, and what those see who only look on; only where the agenda has roles."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.agenda import Role
from workshop_tui.domain.blocks import Choice, ChooseOne
from workshop_tui.domain.roles import SEGMENTS, WORDS, may_take_part, segment_of
from workshop_tui.messages import Message, Sentences, tr
from workshop_tui.web.phone.form_parts import CARDS
from workshop_tui.web.phone.layout import PhonePages, see
from workshop_tui.web.phone.phones import Phone

QUESTION: Final = tr("Who are you here as today?")

WHY: Final = tr("We want to see who takes part.")
WHY_APART: Final = tr("We want to see if staff and others think alike. We only show numbers, and only for big groups.")
"""Where both groups can be there: people are told before they choose."""

CHANGE: Final = tr("You can change this until you answer a question.")


class RolePages:
    """The page that asks for a role, and who has to see it."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones

    async def page(self, request: Request) -> Response:
        """The question, or the way on where there is none."""
        phone = self._phones.phone(request.scope)
        if phone is None:
            return self._pages.not_joined(request)
        return self.ask(request, phone) if self._asked else see("/now")

    def is_silent(self, phone: Phone) -> bool:
        """Whether somebody has not said yet who they are here as."""
        return bool(self._asked) and not self._phones.room.tables.kept_role(phone.person)

    def looks_on(self, phone: Phone) -> bool:
        """Whether somebody is here to look on."""
        return bool(self._asked) and not may_take_part(self._phones.room.tables.kept_role(phone.person))

    def link(self, phone: Phone) -> tuple[str, Message] | None:
        """The way to the question from a page to wait on; None where nobody is asked, or not any more."""
        if not self._asked or self._phones.room.state.ended_at is not None:
            return None
        silent = self.is_silent(phone)
        return ("/role", tr("Say who you are here as") if silent else tr("Change who you are here as"))

    def ask(
        self,
        request: Request,
        phone: Phone,
        chosen: str = "",
        status: int = 200,
        error: Sentences = "",
        wait_s: int = 0,
    ) -> Response:
        """The question on a page of its own."""
        role = chosen or self._phones.room.tables.kept_role(phone.person)
        cards = tuple(Choice(each, WORDS[each].choice) for each in self._asked)
        values = {
            "title": QUESTION,
            "why": WHY_APART if {segment_of(each) for each in self._asked} >= {*SEGMENTS} else WHY,
            "blocks": (ChooseOne("role", cards),),
            "assets": CARDS,
            "values": {"role": [role]},
            "error": error,
            "change": CHANGE,
        }
        return self._pages.page(request, phone, "role.html", values, status=status, wait_s=wait_s)

    @property
    def _asked(self) -> tuple[Role, ...]:
        return self._phones.room.state.agenda.roles
