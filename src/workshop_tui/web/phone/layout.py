"""What every page of a phone carries beside its own part: language, place in the workshop, news, way out."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from workshop_tui.domain.agenda import Item, status_sentence
from workshop_tui.domain.asking import asks_names, gathering_of
from workshop_tui.domain.passing import said_instead
from workshop_tui.domain.promise import PROMISE_PAGE, has_more
from workshop_tui.locales import language_name, translator_for
from workshop_tui.messages import Message, Place, Quoted, Sentences, Text, Translator, tr
from workshop_tui.web.http.languages import chosen_language
from workshop_tui.web.http.rendering import NO_STORE, SECURITY, html, render
from workshop_tui.web.phone.board import Board
from workshop_tui.web.phone.phone_state import GO_ON, PhoneState, phone_state_of, question_number, strip_words
from workshop_tui.web.phone.phones import Phone, Phones, wants_json
from workshop_tui.web.phone.support import Support, support_of

ASKING = ("now.html", "form.html", "check.html", "questions.html", "rules.html")
"""The pages that are about the question that is open."""

Section = tuple[Text, tuple[Place, ...]]
"""A section of a page that is only read: its heading, or none, and its paragraphs."""

SENT: Final = tr("What I have sent")
TAKE_BACK: Final = tr("Take back with a code")
GET_HELP: Final = tr("Get help")
RATHER_PAPER: Final = tr("I'd rather use paper")
HOW_USED: Final = tr("How we use your answers")
FOOT: Final = (("/help", GET_HELP), ("/paper", RATHER_PAPER), ("/privacy", HOW_USED))
"""The pages at the foot of every other: the links and their headings have the same words."""

WRITTEN: Final = tr("What people wrote")
"""What they are called together: stories, ideas, questions and pledges."""

NO_NAME: Final = tr("We do not ask your name.")
NAME_WHERE_SAID: Final = tr("We only ask your name where a question says so.")

NOT_WORKED: Final = tr("That did not work")
TOO_QUICK: Final = tr("That was very quick. Please wait a little, then look again.")
NOT_JOINED: Final = tr("This phone has not joined yet. Please type the code from the big screen.")


class Frame(Struct, frozen=True, kw_only=True):
    """What the frame of a page shows."""

    languages: tuple[tuple[str, str], ...]
    """(tag, own name) of the languages to choose from; empty where there is only one."""
    asked: str
    """What of this page's address another language keeps: that an answer is being changed."""
    title: Quoted
    """The workshop's."""
    support: Support
    """Whom there is to talk to."""
    words: Text
    """What the page with what the room wrote is called; empty where the agenda asks for no such words."""
    promise: str
    """Where more of what is promised stands: "/promise", empty where there is no more."""
    changed: bool
    """Whether the room was told something else than at the start."""
    may_send: bool
    """Whether there is anything that could be on the page of what a phone sent."""
    step: Text
    """"Question 2 of 6"; empty where nothing is asked."""
    name: str
    """What the phone's storage is named by; holds no secret."""
    page: str
    """As `PhoneState.page` names it."""
    version: int
    proof: str
    """Empty for a phone that has not joined: it gets no news and keeps nothing."""


class PhonePages:
    """Makes pages and short answers for the phones of one room."""

    def __init__(self, phones: Phones) -> None:
        self.phones = phones
        self.board = Board(phones.room)
        self._translators: dict[tuple[str, str], Translator] = {}
        phones.room.notifier.empties(self._translators)
        self._too_quick: dict[tuple[str, bool], bytes] = {}
        """By language, and whether our script asks."""
        phones.room.notifier.empties(self._too_quick)

    def phone_state(self) -> PhoneState:
        """What phones are to show now."""
        return phone_state_of(self.phones.room.state, self.phones.room.kinds, self.board.news())

    def language(self, request: Request) -> str:
        """The language of this answer."""
        return chosen_language(request, self.phones.room.state.agenda.languages)

    def translator(self, request: Request, about: Item | None = None) -> Translator:
        """Who says things to this phone, and knows what the agenda says.

        Args:
            request: What is answered.
            about: The item whose words stand before equal ones of others; None for the one that is open.
        """
        state, language = self.phones.room.state, self.language(request)
        about = about or (state.here.item if state.here is not None else None)
        key = (language, about.key if about is not None else "")
        if key not in self._translators:
            items = [each.item for each in state.items]
            known = state.agenda.known_words([*items, *([about] if about is not None else [])])
            self._translators[key] = translator_for(language).knowing(known, said_instead(state.agenda))
        return self._translators[key]

    def page(
        self,
        request: Request,
        phone: Phone | None,
        template: str,
        values: Mapping[str, object],
        *,
        status: int = 200,
        wait_s: int = 0,
        about: str = "",
        item: Item | None = None,
    ) -> Response:
        """A whole page.

        Args:
            request: What is answered.
            phone: Who asked; None for a phone that has not joined.
            template: Its file below templates/phone.
            values: What the template shows; `title`, `error`, `back` and `sent` may be left out.
            status: The HTTP status.
            wait_s: After how many seconds it may be tried again; 0 for no use.
            about: The `PhoneState.page` it is about; empty for the present one.
            item: The item it is about; None for the one that is open.
        """
        now = self.phone_state()
        frame = self._frame(request, phone, about or now.page, item)
        step = frame.step if template in ASKING else ""
        shown: dict[str, object] = {
            "error": "", "back": "", "kept": "", "title": frame.title, "step": step,
            "sent": False, "foot": FOOT, "assets": (), "at_once": (), "welcome": self._welcome(request, phone),
            "promise_page": PROMISE_PAGE,
        }  # fmt: skip
        news = strip_words(now, frame.page) if phone is not None else None
        translator = self.translator(request, item)
        text = render(f"phone/{template}", {**shown, **values, "p": frame, "news": news}, translator)
        answer = html(request, text, status, wait_header(wait_s))
        wished = request.query_params.get("lang")
        if wished == translator.language and frame.languages:
            answer.set_cookie("lang", wished, max_age=31_536_000, httponly=True, samesite="lax")
        if request.method == "POST" and self.phones.look(request.scope) == "refused":
            # Whatever was typed is on it: such a page is drawn all the same, and comes later.
            return Late(answer, self.phones.settings.slowed_s)
        return answer

    def too_quick(self, request: Request) -> Response:
        """For who asks without end: one page for all of them, held back for a while."""
        translator = self.translator(request)
        is_json = wants_json(request.scope)
        key = (translator.language, is_json)
        if key not in self._too_quick:
            words = translator.text(TOO_QUICK)
            values = {
                "p": self._frame(request, None, self.phone_state().page), "title": NOT_WORKED, "step": "", "news": None,
                "heading": NOT_WORKED, "error": TOO_QUICK, "sections": (), "leave": False, "links": (("/now", GO_ON),),
                "kept": "", "back": "", "sent": False, "foot": FOOT, "assets": (), "at_once": (), "welcome": (),
                "promise_page": PROMISE_PAGE,
            }  # fmt: skip
            drawn = "" if is_json else render("phone/words.html", values, translator)
            self._too_quick[key] = msgspec.json.encode({"error": words}) if is_json else drawn.encode()
        kind = "application/json" if is_json else "text/html; charset=utf-8"
        late_s = self.phones.settings.slowed_s
        return Late(Response(self._too_quick[key], 429, wait_header(max(1, round(late_s))), kind), late_s)

    def join_page(
        self, request: Request, status: int = 200, error: Sentences = "", *, kept: str = "", wait_s: int = 0
    ) -> Response:
        """The page on which a code is typed; `kept` are words that came from a phone that has no place."""
        phone = self.phones.phone(request.scope)
        values = {
            "status": self.what_this_is(),
            "error": error,
            "kept": kept,
            "joined": phone is not None and not error,
        }
        return self.page(request, phone, "join.html", values, status=status, wait_s=wait_s)

    def words_called(self) -> Text:
        """What there is to read here, by its own name; empty where nobody writes for the room."""
        state, kinds = self.phones.room.state, self.phones.room.kinds
        found = (gathering_of(each.item, kinds) for each in state.items)
        called = {kind.noun.many for kind in found if kind is not None and kind.readers == "room"}
        return called.pop() if len(called) == 1 else WRITTEN if called else ""

    def asks_reasons(self) -> bool:
        """Whether a vote that was opened asks for words beside an answer."""
        return any(self.phones.round_form(each).texts for each in self.phones.room.state.rounds)

    def what_this_is(self) -> tuple[Message, ...]:
        """What people are told before anything else: what this is, what is decided, and whether a name is asked."""
        room = self.phones.room
        named = asks_names(room.state.items, room.kinds)
        return (*status_sentence(room.state.agenda), NAME_WHERE_SAID if named else NO_NAME)

    def _welcome(self, request: Request, phone: Phone | None) -> tuple[Message, ...]:
        """The same for who comes from the square, which leads past the page that says it."""
        return self.what_this_is() if phone is not None and "in" in request.query_params else ()

    def not_joined(self, request: Request, kept: str = "") -> Response:
        """For a phone that has no place in this session; `kept` is what it wrote all the same."""
        if wants_json(request.scope):
            return answer_json({"error": self.translator(request).text(NOT_JOINED), "location": "/"}, 403)
        return self.join_page(request, 403, NOT_JOINED, kept=kept)

    def words(
        self,
        request: Request,
        status: int,
        error: Sentences,
        *,
        wait_s: int = 0,
        heading: Text = NOT_WORKED,
        kept: str = "",
    ) -> Response:
        """A refusal that has no form to show again."""
        if wants_json(request.scope):
            return answer_json({"error": self.translator(request).text(error)}, status, wait_s)
        values = {
            "title": heading, "heading": heading, "error": error, "sections": (), "leave": False,
            "links": (("/now", GO_ON),), "kept": kept,
        }  # fmt: skip
        phone = self.phones.phone(request.scope)
        return self.page(request, phone, "words.html", values, status=status, wait_s=wait_s)

    def _frame(self, request: Request, phone: Phone | None, about: str, item: Item | None = None) -> Frame:
        room = self.phones.room
        agenda = room.state.agenda
        asked = self.phone_state().round if item is None else None
        number, total = question_number(room.state, item.key if item is not None else asked.item if asked else "")
        offered = tuple((tag, language_name(tag)) for tag in agenda.languages) if len(agenda.languages) > 1 else ()
        return Frame(
            languages=offered,
            asked="".join(f"{name}=1&" for name in ("change", "more", "read", "skip") if name in request.query_params),
            title=agenda.said("title"),
            support=support_of(agenda),
            words=self.words_called(),
            promise="/promise" if has_more(agenda) else "",
            changed=bool(room.state.earlier_promises),
            may_send=bool(self.words_called()) or self.asks_reasons(),
            step=tr("Question {number} of {total}", number=number, total=total) if number and phone is not None else "",
            # Of this person alone: whoever has the phone next reads nothing of it, however quick they are.
            name=f"{room.info.id}{phone.seed('kept') & 0xFFF:03x}" if phone is not None else room.info.id,
            page=about,
            version=room.notifier.room_version,
            proof=phone.proof if phone is not None else "",
        )


class Late(Response):
    """An answer that is held back: who asks again at once then waits most of the time.

    Args:
        answer: What is sent.
        late_s: After how many seconds.
    """

    def __init__(self, answer: Response, late_s: float) -> None:
        super().__init__(answer.body, answer.status_code)
        self.raw_headers = answer.raw_headers
        self._late_s = late_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, later."""
        await sleep(self._late_s)
        await super().__call__(scope, receive, send)


class Ready:
    """An answer without anything of its own: the same bytes for every phone."""

    whole: bytes
    """All of it as it is sent, with the headers of every answer."""

    def __init__(self, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
        self._status = status
        self._body = body
        self._headers = [(b"content-length", b"%d" % len(body)), *headers]
        lines = (b"%s: %s\r\n" % header for header in (*self._headers, NO_STORE, *SECURITY))
        self.whole = b"".join((STATUS_LINE[status], *lines, b"\r\n", body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


def answer_json(value: object, status: int = 200, wait_s: int = 0) -> Response:
    """A short answer for our script."""
    return Response(msgspec.json.encode(value), status, wait_header(wait_s), "application/json")


def wait_header(wait_s: int) -> Mapping[str, str]:
    """When to try again, for whoever has no script of ours."""
    return {"retry-after": str(wait_s)} if wait_s else {}


def see(path: str) -> Response:
    """Go and look there: after every form, so that a reload sends nothing again."""
    return RedirectResponse(path, 303)
