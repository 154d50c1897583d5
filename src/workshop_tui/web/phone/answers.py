"""POST /vote and POST /say: what a phone sends is checked, handed to the room, and answered once it is on disk.

Both are plain ASGI apps that make a page only to refuse: 300 people press Send at the same moment.
"""

from __future__ import annotations

import secrets
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop_tui.domain.activity import AnyGathering, AnyPoll
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Quotes, text_fields
from workshop_tui.domain.commands import Cast, Contribute, Upvote
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.reach import may_be_retold, reach_of
from workshop_tui.domain.state import ItemState
from workshop_tui.drawing.forms import apply_step
from workshop_tui.drawing.html import draw_view
from workshop_tui.errors import (
    BallotRejected,
    EnvironmentProblem,
    NotAllowed,
    NoVoice,
    Refused,
    RoomBusy,
    TooLate,
    UnknownPhone,
)
from workshop_tui.limits import SENDINGS
from workshop_tui.messages import Message, Sentences, tr
from workshop_tui.web.http.forms import Raw, Unreadable, answered, one, read_form, showable
from workshop_tui.web.http.rate_limit import Buckets
from workshop_tui.web.phone.lasting import lasts
from workshop_tui.web.phone.layout import PhonePages, Ready, answer_json
from workshop_tui.web.phone.now import FormPage, NowPages
from workshop_tui.web.phone.phones import Phone, canonical, submission_id_of, wants_json

WAIT_S = 3
"""When a phone without our script is asked to try again."""

FOREIGN: Final = tr("This did not come from a page of ours. Nothing was changed. Please go back and try again.")
OLD_PAGE: Final = tr("This page is too old. Your words are still here. Please send them again.")
GONE: Final = tr("That question is no longer there. Please look at the big screen.")
CLOSED: Final = tr("This question is closed. Please look at the big screen.")
TOO_MANY: Final = tr("That was very quick. Your words are still here. Please wait a little, then send again.")
BUSY: Final = tr("Many answers are coming in at once. Yours is still here; we try again.")
KEEP: Final = tr(
    "We cannot save just now. Keep your words: they are still here. We try again. You can also send again soon."
)

PRESS_AGAIN: Final = tr("That did not get through. Please wait a little, then press again.")

NO_WORDS = frozenset(("csrf", "sid", "step", "level", "go", "pick"))
"""The fields of a story or an idea that nobody typed."""

SMALL_BUTTONS = ("step", "move", "pick")
"""The fields that `apply_step` answers."""


class Posted(Struct, frozen=True):
    """A form that came from a page of ours."""

    phone: Phone
    raw: Raw


_DONE = Ready(303, b"", (b"location", b"/now"))
_DONE_JSON = Ready(200, b'{"location":"/now"}', (b"content-type", b"application/json"))


class Answers:
    """Takes what phones send."""

    def __init__(self, pages: PhonePages, now: NowPages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._now = now

    async def vote(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A vote, a change of it, a skip, or a press of a small button inside the form."""
        answer = await self._vote(scope, receive)
        await answer(scope, receive, send)

    async def say(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A story, an idea or a private word; a story is shown once more before it is kept."""
        answer = await self._say(scope, receive)
        await answer(scope, receive, send)

    async def upvote(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Somebody wants to know a question too, or no longer."""
        answer = await self._support(scope, receive)
        await answer(scope, receive, send)

    async def _vote(self, scope: Scope, receive: Receive) -> ASGIApp:
        posted = await self.posted(scope, receive)
        if not isinstance(posted, Posted):
            return posted
        phone, raw = posted.phone, posted.raw
        room = self._phones.room
        round_ = room.state.round(scope["path_params"]["round"])
        if round_ is None:
            return self._pages.words(Request(scope), 409, GONE)
        asked = self._phones.round_form(round_)
        fields = answered(raw, asked.texts)
        if any(button in raw for button in SMALL_BUTTONS):
            request = Request(scope)
            stepped = apply_step(asked.blocks, fields)
            if stepped is not None:
                form = self._now.vote_form(request, phone, round_)
                return self._now.form(
                    request, phone, form, stepped.values, said=stepped.said, submission_id=one(raw, "sid")
                )
        submission_id = submission_id_of(one(raw, "sid"))
        try:
            if submission_id is None:
                raise BallotRejected(OLD_PAGE)
            ballot = None if "skip" in raw else asked.kind.read(asked.config, fields)
            self._take(self._phones.votes, phone, submission_id)
            at = room.clock.now_ms()
            instead = tuple(filter(None, map(submission_id_of, raw.get("instead", ())[:SENDINGS])))
            cast = Cast(
                at=at,
                person=phone.person,
                round=round_.key,
                choice=None if ballot is None else canonical(asked.kind.bare(ballot)),
                submission_id=submission_id,
                instead=instead,
                reasons=() if ballot is None else _reasons(asked.kind, ballot),
            )
            await room.submit(cast)
        except (Refused, EnvironmentProblem, _TooQuick) as problem:
            if isinstance(problem, BallotRejected) and round_.status != "open":
                problem = TooLate(CLOSED)
            request = Request(scope)
            return self._refuse(request, phone, self._now.vote_form(request, phone, round_), raw, problem)
        return _DONE_JSON if wants_json(scope) else _DONE

    async def _say(self, scope: Scope, receive: Receive) -> ASGIApp:
        posted = await self.posted(scope, receive)
        if not isinstance(posted, Posted):
            return posted
        phone, raw, request = posted.phone, posted.raw, Request(scope)
        room = self._phones.room
        each = room.state.item(scope["path_params"]["item"])
        kind = gathering_of(each.item, room.kinds) if each is not None else None
        if each is None or kind is None:
            return self._pages.words(request, 409, GONE)
        form = self._now.say_form(request, each, kind)
        step = one(raw, "step")
        if step == "change":
            return self._now.form(request, phone, form, showable(raw))
        submission_id = submission_id_of(one(raw, "sid"))
        try:
            if submission_id is None:
                raise BallotRejected(OLD_PAGE)
            said = kind.read(config_of(each, kind), answered(raw, text_fields(form.blocks)))
            if step == "check" and kind.asks_consent:
                return self._check(request, phone, form, each, kind, raw, said)
            self._take(self._phones.words, phone, submission_id)
            await room.submit(
                Contribute(
                    at=room.clock.now_ms(),
                    person=phone.person,
                    item=each.item.key,
                    body=canonical(said),
                    consent=kind.consent(said),
                    key=secrets.token_hex(16),
                    submission_id=submission_id,
                    salt=secrets.token_bytes(SALT),
                )
            )
        except (Refused, EnvironmentProblem, _TooQuick) as problem:
            return self._refuse(request, phone, form, raw, problem)
        return _DONE_JSON if wants_json(scope) else _DONE

    async def _support(self, scope: Scope, receive: Receive) -> ASGIApp:
        posted = await self.posted(scope, receive)
        if not isinstance(posted, Posted):
            return posted
        phone, raw, room = posted.phone, posted.raw, self._phones.room
        on = "on" in raw
        key, _, seen = one(raw, "on" if on else "off").partition(".")
        made_at = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None
        try:
            self._take(self._phones.votes, phone, "")
            await room.submit(
                Upvote(at=room.clock.now_ms(), person=phone.person, contribution=key, on=on, seen=made_at)
            )
        except UnknownPhone:
            return self._pages.not_joined(Request(scope))
        except (Refused, EnvironmentProblem, _TooQuick) as problem:
            told = _told(problem)
            # Nothing tries a press again by itself, so only a pause is told in the room's own words.
            words = PRESS_AGAIN if told.wait_s and room.state.pause is None else told.error
            return self._pages.words(Request(scope), told.status, words, wait_s=told.wait_s)
        # Back to where the thumb was: votes move questions, so it is the question that is named and not its place.
        at = f"?at={key}#at" if submission_id_of(key) else ""
        return Ready(303, b"", (b"location", f"/now{at}".encode()))

    async def posted(self, scope: Scope, receive: Receive) -> Posted | Response:
        """The form of a phone that has joined, or the answer that refuses it."""
        if self._phones.is_foreign(scope):
            return self._pages.words(Request(scope), 403, FOREIGN)
        try:
            raw = await read_form(scope, receive)
        except Unreadable as problem:
            refusal = self._pages.words(Request(scope), problem.status, problem.words)
            # What is left of the body is not worth reading.
            refusal.headers["connection"] = "close"
            return refusal
        phone = self._phones.phone(scope)
        if phone is None:
            return self._pages.not_joined(Request(scope), _typed(scope, raw))
        if not phone.sent(one(raw, "csrf")):
            return self._pages.words(Request(scope), 403, FOREIGN, kept=_typed(scope, raw))
        return Posted(phone, raw)

    def _take(self, buckets: Buckets, phone: Phone, submission_id: str) -> None:
        now = self._phones.room.clock.steady_ms()
        if not buckets.take(phone.person, now, submission_id):
            raise _TooQuick(buckets.wait_s(phone.person, now))
        if not self._phones.may_write(now):
            raise RoomBusy(BUSY)

    def _check(
        self,
        request: Request,
        phone: Phone,
        form: FormPage,
        each: ItemState,
        kind: AnyGathering,
        raw: Raw,
        said: object,
    ) -> Response:
        """The words once more, just as they would be shown."""
        names = {getattr(block, "name", "") for block in form.blocks}
        values = {
            "title": tr("Check your words"),
            "f": form,
            "quote": draw_view(
                [Quotes((kind.quote(config_of(each, kind), said),))],
                translator=self._pages.translator(request, each.item),
            ),
            "level": level_words(kind.consent(said)),
            "lasts": self._lasts(kind, kind.consent(said)),
            "hidden": [(name, value) for name, given in showable(raw).items() if name in names for value in given],
            "submission_id": one(raw, "sid"),
        }
        return self._pages.page(request, phone, "check.html", values, about=form.page)

    def _lasts(self, kind: AnyGathering, level: str) -> tuple[Message, ...]:
        reach = reach_of(kind.readers, level, asks_consent=kind.asks_consent)
        return lasts(self._phones.room.info, reach, retold=may_be_retold(kind, level))

    def _refuse(
        self,
        request: Request,
        phone: Phone,
        form: FormPage,
        raw: Raw,
        problem: Refused | EnvironmentProblem | _TooQuick,
    ) -> Response:
        """Say why, with every word still there."""
        if isinstance(problem, UnknownPhone):
            return self._pages.not_joined(request)
        if isinstance(problem, NoVoice):
            return self._no_voice(request, phone, problem.message, _typed(request.scope, raw))
        told = _told(problem)
        status, error, field, wait_s = told.status, told.error, told.field, told.wait_s
        headers = {"retry-after": str(wait_s)} if wait_s else {}
        if wants_json(request.scope):
            words = self._pages.translator(request).text(error)
            said = {"error": words, "field": field, "wait": words if told.wait else ""}
            return answer_json({name: value for name, value in said.items() if value}, status, headers)
        # The id goes on only where the very same words may be tried again.
        submission_id = one(raw, "sid") if wait_s else ""
        return self._now.form(
            request,
            phone,
            form,
            showable(raw),
            status=status,
            error=error,
            field=field,
            submission_id=submission_id,
            headers=headers,
        )

    def _no_voice(self, request: Request, phone: Phone, error: Sentences, kept: str) -> Response:
        """For somebody who looks on, or has not said who they are here as: the way there, and what they wrote."""
        if wants_json(request.scope):
            return answer_json({"error": self._pages.translator(request).text(error), "location": "/now"}, 409)
        if self._now.roles.is_silent(phone) and not kept:
            return self._now.roles.ask(request, phone, status=409, error=error)
        return self._pages.words(request, 409, error, kept=kept)


def _reasons(kind: AnyPoll, ballot: object) -> tuple[tuple[str, str], ...]:
    """The reasons in a ballot, each under a key that nobody can guess and no order follows from."""
    return tuple((secrets.token_hex(16), canonical(reason)) for reason in kind.reasons(ballot))


class _Told(Struct, frozen=True):
    """What a phone is told when something could not be taken."""

    status: int
    error: Sentences
    field: str = ""
    """What it is about; empty for the whole."""
    wait_s: int = 0
    """After how many seconds the very same may be tried again; 0 for no use."""
    wait: bool = False
    """Whether the room has words of its own for why it does not take anything just now."""


def _told(problem: Refused | EnvironmentProblem | _TooQuick) -> _Told:
    match problem:
        case BallotRejected():
            return _Told(422, problem.message, problem.field)
        case NotAllowed():
            return _Told(403, problem.message)
        case Refused():
            return _Told(409, problem.message)
        case RoomBusy():
            return _Told(503, problem.message, wait_s=WAIT_S, wait=True)
        case _TooQuick():
            return _Told(429, TOO_MANY, wait_s=problem.wait_s)
        case _:
            # Why the disk cannot be written is for the facilitator, not for the room.
            return _Told(503, KEEP, wait_s=WAIT_S)


def _typed(scope: Scope, raw: Raw) -> str:
    """What a person wrote into a form that cannot be taken: a browser without our script has it nowhere else."""
    if not scope["path"].startswith("/say/"):
        return ""
    typed = showable({name: given for name, given in raw.items() if name not in NO_WORDS})
    return "\n\n".join(words for given in typed.values() for words in given if words.strip())


class _TooQuick(Exception):
    """One phone sends faster than a person can.

    Args:
        wait_s: Seconds until it may send again.
    """

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s
