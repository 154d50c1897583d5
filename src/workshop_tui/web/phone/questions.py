"""The page of a phone while questions are gathered: those that were read, and a button beside each."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.state import ItemState
from workshop_tui.web.phone.layout import Pages
from workshop_tui.web.phone.phones import Phone

SEEN: Final = "Nobody can see who pressed what. We only show how many."


class QuestionPages:
    """Makes the list of questions for one phone."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def takes_votes(self, each: ItemState | None) -> bool:
        """Whether an item lists what it gathers."""
        return self._pages.board.takes_votes(each)

    def instead_of_form(self, request: Request, each: ItemState, sent: int) -> bool:
        """Whether somebody sees the list first and not the form: once there is something to read or was sent."""
        query = request.query_params
        if not self.takes_votes(each) or query.get("more"):
            return False
        return bool(sent or query.get("skip") or self._pages.board.listed(each))

    def page(
        self,
        request: Request,
        phone: Phone,
        each: ItemState,
        *,
        line: str = "",
        sent: int = 0,
        is_open: bool = False,
        more: tuple[str, str] | None = None,
    ) -> Response:
        """The questions, most wanted first, those that are answered last.

        Args:
            request: What is answered.
            phone: Who asked.
            each: The item.
            line: What to say above the list; empty for nothing.
            sent: How many this phone has sent.
            is_open: Whether there are buttons.
            more: A further link, as (address, words).
        """
        language, query = self._pages.language(request), request.query_params
        heading = each.item.words("question", language) or each.item.words("title", language)
        given = query.get("from", "")
        start = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
        values = {
            "title": heading,
            "heading": heading,
            "line": line,
            "done": "Thank you. We have your words." if sent else "",
            "sent": bool(sent),
            "who": SEEN if is_open else "",
            "open": is_open,
            "more": more,
            "part": self._pages.board.part(each, phone.person, start, query.get("at", "")),
        }
        return self._pages.page(request, phone, "questions.html", values)
