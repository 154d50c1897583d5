"""What one phone has sent: its words, who may read them, how long they live, and a way to take them back.

What the people who lead did with them, read or held, is not told here.
"""

from __future__ import annotations

import secrets
from typing import Final

import msgspec
from markupsafe import Markup
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.activity import AnyGathering
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Quote, Quotes
from workshop_tui.domain.commands import TakeBack
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.names import keyed
from workshop_tui.domain.reach import is_to_be_retold, reach_of_row
from workshop_tui.domain.rows import ContributionRow, ReasonRow
from workshop_tui.drawing.html import draw_view
from workshop_tui.errors import EnvironmentProblem, Refused, UnknownPhone
from workshop_tui.messages import Message, Quoted, Sentences, Text, Translator, tr
from workshop_tui.room.other_texts import reason_parts
from workshop_tui.web.http.forms import whole_number
from workshop_tui.web.phone.answers import PRESS_AGAIN
from workshop_tui.web.phone.lasting import lasts
from workshop_tui.web.phone.layout import SENT, PhonePages, see
from workshop_tui.web.phone.phone_state import asked_words
from workshop_tui.web.phone.phones import Phone
from workshop_tui.web.phone.posted import posted
from workshop_tui.web.phone.refusals import WAIT_S, TooQuick

EACH: Final = 5
"""How much stands on one page, newest first: a page of it stays small."""

READERS: Final = {
    "facilitator": tr("Only the person who leads today reads this."),
    "room": tr("The person who leads today reads this first. Then the room may see it."),
}
FINISHED: Final = (
    tr("The people running today have finished writing up."),
    tr("Nobody can tell any more which words came from this phone."),
)
NOT_THERE: Final = tr("Those words are not there any more.")
NO_MORE: Final = tr(
    "The people running today have finished writing up. Nobody can tell any more which words came from this phone."
)
NOT_NOW: Final = tr("We cannot save just now. Nothing was changed. Please try again soon.")
REPORTS: Final = tr("Reports that were written before may still have it.")
STILL: Final = tr("A copy on the laptop could not be removed yet. It is tried again.")
CHOICE: Final = tr("Was it made into a choice to vote on? Then that choice stays, without your words.")


VOTE_STAYS: Final = tr("Your vote stays as it is.")
NO_VOTES: Final = tr("Votes are not listed here.")
COUNTED: Final = (
    tr("Once a vote is counted, nobody can tell who gave which reason. Then it is not listed here."),
    tr("To take it back then, ask the people running today."),
)

Sent = ContributionRow | ReasonRow


class SentWords(Struct, frozen=True, kw_only=True):
    """Something that was sent, as its owner sees it."""

    key: str
    number: int
    """Its place, from 1 for the first that was sent: it tells buttons apart."""
    heading: Text | Quoted | None
    """What was asked."""
    quote: Markup
    """Its words; empty once they were taken back."""
    readers: Sentences
    lasts: tuple[Message, ...]
    may_have_code: bool = True
    """Whether a private code can be had for it."""


class SentPages:
    """The list, and taking back."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones

    async def page(self, request: Request) -> Response:
        """Everything that this phone sent."""
        phone = self._phones.phone(request.scope)
        if phone is None:
            return self._pages.not_joined(request)
        room = self._phones.room
        rows = self._sent_by(phone)
        start = whole_number(request.query_params.get("from", "")) or 0
        start = start if start < len(rows) else 0
        newest = list(enumerate(rows, 1))[::-1]
        asked = request.query_params.get("gone", "")
        gone = next((row for row in room.tables.kept_from(phone.person) if row.key == asked and row.gone), None)
        reason_gone = self._is_reason_gone(phone, asked)
        values = {
            "title": tr("Taken back. What I have sent") if gone or reason_gone else SENT,
            "finished": FINISHED if room.state.finished_at is not None else (),
            "entries": [self.entry(request, number, row) for number, row in newest[start : start + EACH]],
            "older": start + EACH if start + EACH < len(rows) else 0,
            "besides": self.besides(gone) if gone or reason_gone else (),
            "counted": (NO_VOTES, *(COUNTED if self._pages.asks_reasons() else ())),
            "back": "/now",
        }
        return self._pages.page(request, phone, "sent.html", values)

    async def ask(self, request: Request) -> Response:
        """Asks once more before anything is taken back."""
        phone = self._phones.phone(request.scope)
        return self._pages.not_joined(request) if phone is None else self._ask(request, phone)

    async def take_back(self, request: Request) -> Response:
        """Take it back for good."""
        sent = await posted(self._pages, request.scope, request.receive)
        if isinstance(sent, Response):
            return sent
        phone, room, key = sent.phone, self._phones.room, request.path_params["key"]
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(
                TakeBack(
                    at=room.clock.now_ms(),
                    person=phone.person,
                    contribution=key,
                    salt=secrets.token_bytes(SALT),
                )
            )
        except TooQuick as problem:
            return self._ask(request, phone, 429, PRESS_AGAIN, problem.wait_s)
        except UnknownPhone:
            return self._pages.not_joined(request)
        except Refused as problem:
            return self._pages.words(request, 409, problem.message)
        except EnvironmentProblem:
            return self._ask(request, phone, 503, NOT_NOW, WAIT_S)
        return see(f"/sent?gone={key if key in room.tables.contributions else self._reason_gone(phone, key)}")

    def _sent_by(self, phone: Phone) -> tuple[Sent, ...]:
        """Everything that can still be told to be of this phone, reasons last: of them nobody notes when they came."""
        tables, rounds = self._phones.room.tables, self._phones.room.state.rounds
        reasons = (row for each in rounds for row in tables.kept_reasons(each.key, phone.person))
        return (*tables.kept_from(phone.person), *reasons)

    def _reason_gone(self, phone: Phone, key: str) -> str:
        """A name for a reason that this phone took back: nothing else is left of it to know it by."""
        story_key = self._phones.room.tables.story_key()
        return f"{key}.{keyed(story_key, f'{phone.person} took back {key}').hex()}" if story_key else ""

    def _is_reason_gone(self, phone: Phone, name: str) -> bool:
        key = name.partition(".")[0]
        return bool(name) and self._phones.room.tables.reason(key) is None and name == self._reason_gone(phone, key)

    def _ask(
        self, request: Request, phone: Phone, status: int = 200, error: Sentences = "", wait_s: int = 0
    ) -> Response:
        key, room = request.path_params["key"], self._phones.room
        mine = {row.key: (number, row) for number, row in enumerate(self._sent_by(phone), 1)}
        if key not in mine:
            finished = room.state.finished_at is not None
            return self._pages.words(request, 404, NO_MORE if finished else NOT_THERE)
        number, row = mine[key]
        if isinstance(row, ContributionRow) and row.gone:
            return see(f"/sent?gone={key}")
        values = {
            "title": tr("Take this back?"),
            "error": error,
            "entry": self.entry(request, number, row),
            "besides": self.before(row),
            "code": "",
            "back": "/sent",
        }
        return self._pages.page(request, phone, "take_back.html", values, status=status, wait_s=wait_s)

    def before(self, row: Sent) -> tuple[Message, ...]:
        """What is to be said before something is taken back."""
        if isinstance(row, ReasonRow):
            return VOTE_STAYS, REPORTS
        asking = (each.item.activity for each in self._phones.room.state.items)
        may_be_option = any(each is not None and each.config.get("options_from") == row.kind for each in asking)
        return (*([REPORTS] if self._may_be_reported(row) else []), *([CHOICE] if may_be_option else []))

    def besides(self, gone: ContributionRow | None) -> tuple[Message, ...]:
        """What is still to be said when something was taken back; None for a reason."""
        return (
            *([VOTE_STAYS] if gone is None else []),
            tr("What was already read aloud or shown cannot be unseen."),
            *([REPORTS] if gone is None or self._may_be_reported(gone) else []),
            *([STILL] if self._phones.room.left_over else []),
        )

    def _may_be_reported(self, row: ContributionRow) -> bool:
        """Whether its owner let it be in a report; whether it is in one is not told here."""
        return reach_of_row(row, self._phones.room.kinds) == "kept"

    def entry(self, request: Request, number: int, row: Sent) -> SentWords:
        """Something that was sent, as its owner sees it."""
        room, translator = self._phones.room, self._pages.translator(request)
        if isinstance(row, ReasonRow):
            return self._reason(number, row, translator)
        each = room.state.item(row.item)
        kind = gathering_of(each.item, room.kinds) if each is not None else None
        heading = room.state.agenda.asked(each.item) if each is not None else None
        quote = Markup()
        if each is not None and kind is not None and row.body:
            said = msgspec.json.decode(row.body, type=kind.ballot_type)
            quote = draw_view([Quotes((kind.quote(config_of(each, kind), said),))], translator=translator)
        return SentWords(
            key=row.key,
            number=number,
            heading=heading,
            quote=quote,
            readers=readers_words(kind, row.level),
            lasts=lasts(room.info, reach_of_row(row, room.kinds), retold=is_to_be_retold(row, room.kinds)),
        )

    def _reason(self, number: int, row: ReasonRow, translator: Translator) -> SentWords:
        room = self._phones.room
        round_ = room.state.round(row.round)
        assert round_ is not None  # noqa: S101 - its key is there, so it is
        form = self._phones.round_form(round_)
        quote = draw_view([Quotes((Quote(reason_parts(room, round_, row.body)),))], translator=translator)
        return SentWords(
            key=row.key,
            number=number,
            heading=tr("A reason with your vote on “{question}”", question=asked_words(room.state, round_)),
            quote=quote,
            readers=form.kind.who_sees(form.config),
            lasts=lasts(room.info, "kept"),
            may_have_code=False,
        )


def readers_words(kind: AnyGathering | None, consent: str) -> Text:
    """Who may read something, in the words its owner was given."""
    if kind is None:
        return READERS["facilitator"]
    return level_words(consent) if kind.asks_consent else READERS[kind.readers]
