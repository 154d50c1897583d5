"""The page of a phone while questions are gathered: those that were read, and a button beside each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.state import ItemState
from workshop_tui.messages import Message, Quoted, Text, tr
from workshop_tui.web.http.forms import whole_number
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.phones import Phone

WE_HAVE_IT: Final = tr("Thank you. We have your words.")
SEEN: Final = tr("Nobody can see who pressed what. We only show how many.")


class QuestionPages:
    """Makes the list of questions for one phone."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages

    def instead_of_form(self, request: Request, each: ItemState, sent: int) -> bool:
        """Whether somebody sees the list first and not the form: once there is something to read or was sent."""
        query = request.query_params
        if not self._pages.board.takes_votes(each) or query.get("more"):
            return False
        return bool(sent or query.get("skip") or self._pages.board.count(each))

    def page(
        self,
        request: Request,
        phone: Phone,
        each: ItemState,
        *,
        lines: Sequence[Text] = (),
        sent: int = 0,
        is_open: bool = False,
        more: tuple[str, Message] | None = None,
    ) -> Response:
        """The questions, most wanted first, those that are answered last.

        Args:
            request: What is answered.
            phone: Who asked.
            each: The item.
            lines: What to say above the list.
            sent: How many this phone has sent.
            is_open: Whether there are buttons.
            more: A further link, as (address, words).
        """
        query, heading = request.query_params, self._pages.phones.room.state.agenda.asked(each.item)
        start = whole_number(query.get("from", "")) or 0
        values = {
            "title": _title(heading, sent=bool(sent), is_open=is_open),
            "heading": heading,
            "lines": lines,
            "done": WE_HAVE_IT if sent else "",
            # Who pressed a button is back at that button and not at the top.
            "pressed": "at" in query,
            "sent": bool(sent),
            "who": (SEEN,) if is_open else (),
            "open": is_open,
            "more": more,
            "board": self._pages.board.page(each, phone.person, start, query.get("at", "")),
        }
        return self._pages.page(request, phone, "questions.html", values)


def _title(question: Quoted, *, sent: bool, is_open: bool) -> Text | Quoted:
    if not is_open:
        return tr("Closed: {question}", question=question)
    return tr("Sent: {question}", question=question) if sent else question
