"""POST /vote and POST /say: what a phone sends is checked, handed to the room, and answered once it is on disk.

Both are plain ASGI apps that make a page only to refuse: 300 people press Send at the same moment.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop_tui.domain.activity import AnyGathering
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import AddMore, FormBlock, Quotes, text_fields
from workshop_tui.domain.commands import Contribute, Upvote
from workshop_tui.domain.consent import ROOM_ONLY, at_most, level_words
from workshop_tui.domain.deciding.decision import Kept
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.reach import may_be_retold, reach_of
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.wishes import Wish, wishes_in
from workshop_tui.drawing.answers import draw_answers
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.steps import apply_step
from workshop_tui.errors import (
    BallotRejected,
    EnvironmentProblem,
    NoVoice,
    Refused,
    TooLate,
    UnknownPhone,
)
from workshop_tui.messages import Message, Sentences, tr
from workshop_tui.room.codes import new_private_code
from workshop_tui.web.http.forms import Raw, answered, one, showable, whole_number
from workshop_tui.web.phone.casting import OLD_PAGE, SMALL_BUTTONS, cast_of, done_for
from workshop_tui.web.phone.form_pages import FormPage, FormPages
from workshop_tui.web.phone.lasting import lasts
from workshop_tui.web.phone.layout import PhonePages, Ready, answer_json, see
from workshop_tui.web.phone.naming import named_in
from workshop_tui.web.phone.phones import Phone, canonical, submission_id_of, wants_json
from workshop_tui.web.phone.posted import Posted, posted, typed_words
from workshop_tui.web.phone.refusals import TooQuick, refusal_of
from workshop_tui.web.phone.roles import RolePages

GONE: Final = tr("That question is no longer there. Please look at the big screen.")
CLOSED: Final = tr("This question is closed. Please look at the big screen.")
PRESS_AGAIN: Final = tr("That did not get through. Please wait a little, then press again.")

WISHED: Final[dict[Wish, Message]] = {
    "not_shown": tr("You wrote that you do not want it shown. That counts, whatever you chose."),
    "conflict": tr("Not everyone wants this told. We hold it until they do."),
    "delete": tr("You ask for something to be deleted. Someone will read this soon. What you told before is held."),
}
"""What the teller is told before they send it."""


class Answers:
    """Takes what phones send."""

    def __init__(self, pages: PhonePages, forms: FormPages, roles: RolePages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._forms = forms
        self._roles = roles

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
        answer = await self._upvote(scope, receive)
        await answer(scope, receive, send)

    async def _vote(self, scope: Scope, receive: Receive) -> ASGIApp:
        sent = await posted(self._pages, scope, receive)
        if not isinstance(sent, Posted):
            return sent
        phone, raw = sent.phone, sent.raw
        room = self._phones.room
        round_ = room.state.round(scope["path_params"]["round"])
        if round_ is None:
            return self._pages.words(Request(scope), 409, GONE)
        asked = self._phones.round_form(round_)
        if any(button in raw for button in SMALL_BUTTONS):
            request = Request(scope)
            stepped = apply_step(asked.blocks, answered(raw, asked.texts))
            if stepped is not None:
                form = self._forms.of_vote(phone, round_)
                said, pressed, sid = stepped.said, stepped.pressed, one(raw, "sid")
                return self._forms.page(
                    request, phone, form, stepped.values, said=said, pressed=pressed, submission_id=sid
                )
        try:
            await room.submit(cast_of(self._phones, phone, round_, asked, raw))
        except (Refused, EnvironmentProblem, TooQuick) as problem:
            if isinstance(problem, BallotRejected) and round_.status != "open":
                problem = TooLate(CLOSED)
            request = Request(scope)
            return self._refuse(request, phone, self._forms.of_vote(phone, round_), raw, problem)
        return done_for(scope)

    async def _say(self, scope: Scope, receive: Receive) -> ASGIApp:
        sent = await posted(self._pages, scope, receive)
        if not isinstance(sent, Posted):
            return sent
        phone, raw, request = sent.phone, sent.raw, Request(scope)
        room = self._phones.room
        each = room.state.item(scope["path_params"]["item"])
        kind = gathering_of(each.item, room.kinds) if each is not None else None
        if each is None or kind is None:
            return self._pages.words(request, 409, GONE)
        form = self._forms.of_gathering(each, kind)
        step = one(raw, "step")
        if step == "change":
            return self._forms.page(request, phone, form, showable(raw))
        submission_id = submission_id_of(one(raw, "sid"))
        try:
            if submission_id is None:
                raise BallotRejected(OLD_PAGE)
            said = kind.read(config_of(each, kind), answered(raw, text_fields(form.blocks)))
            if step == "check" and kind.asks_consent:
                return self._check(request, phone, form, each, kind, raw, said)
            if kind.readers == "room" and not kind.asks_consent:
                self._phones.asked.ask(phone.person, said, field=_first_text(form))
            self._phones.take(self._phones.words, phone, submission_id)
            code = new_private_code() if kind.asks_consent else ""
            kept = await room.submit(
                Contribute(
                    at=room.clock.now_ms(),
                    person=phone.person,
                    item=each.item.key,
                    body=canonical(said),
                    consent=kind.consent(said),
                    key=secrets.token_hex(16),
                    submission_id=submission_id,
                    code=code,
                    salt=secrets.token_bytes(SALT),
                )
            )
        except (Refused, EnvironmentProblem, TooQuick) as problem:
            return self._refuse(request, phone, form, raw, problem)
        if not code or not isinstance(kept, Kept):
            return done_for(scope)
        if not kept.again:
            self._phones.new_codes.put(phone.person, kept.key, code)
        at = f"/code/{kept.key}"
        return answer_json({"location": at}) if wants_json(scope) else see(at)

    async def _upvote(self, scope: Scope, receive: Receive) -> ASGIApp:
        sent = await posted(self._pages, scope, receive)
        if not isinstance(sent, Posted):
            return sent
        phone, raw, room = sent.phone, sent.raw, self._phones.room
        on = "on" in raw
        key, _, seen = one(raw, "on" if on else "off").partition(".")
        made_at = whole_number(seen)
        try:
            self._phones.take(self._phones.votes, phone)
            await room.submit(
                Upvote(at=room.clock.now_ms(), person=phone.person, contribution=key, on=on, seen=made_at)
            )
        except UnknownPhone:
            return self._pages.not_joined(Request(scope))
        except (Refused, EnvironmentProblem, TooQuick) as problem:
            told = refusal_of(problem)
            # Nothing tries a press again by itself, so only a pause is told in the room's own words.
            words = PRESS_AGAIN if told.wait_s and room.state.pause is None else told.error
            return self._pages.words(Request(scope), told.status, words, wait_s=told.wait_s)
        # Back to where the thumb was: votes move questions, so it is the question that is named and not its place.
        at = f"?at={key}#at" if submission_id_of(key) else ""
        return Ready(303, b"", (b"location", f"/now{at}".encode()))

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
        names = {getattr(block, "name", "") for block in form.blocks} | _beside(form.blocks)
        found = wishes_in(canonical(said))
        level = at_most(kind.consent(said), ROOM_ONLY) if found else kind.consent(said)
        told = [WISHED[wish] for wish in sorted(found)]
        values = {
            "title": tr("Check your words"),
            "f": form,
            "quote": draw_view(
                [Quotes((kind.quote(config_of(each, kind), said),))],
                translator=self._pages.translator(request, each.item),
            ),
            "level": level_words(level),
            "wishes": told,
            "beside": draw_answers(
                [block for block in form.blocks if isinstance(block, AddMore)],
                answered(raw, text_fields(form.blocks)),
                translator=self._pages.translator(request, each.item),
            ),
            "lasts": self._lasts(kind, level),
            "named": named_in(said),
            "hidden": [(name, value) for name, given in showable(raw).items() if name in names for value in given],
            "submission_id": one(raw, "sid"),
        }
        return self._pages.page(request, phone, "check.html", values, about=form.page, item=form.item)

    def _lasts(self, kind: AnyGathering, level: str) -> tuple[Message, ...]:
        reach = reach_of(kind.readers, level, asks_consent=kind.asks_consent)
        return lasts(self._phones.room.info, reach, retold=may_be_retold(kind, level))

    def _refuse(
        self,
        request: Request,
        phone: Phone,
        form: FormPage,
        raw: Raw,
        problem: Refused | EnvironmentProblem | TooQuick,
    ) -> Response:
        """Say why, with every word still there."""
        if isinstance(problem, UnknownPhone):
            return self._pages.not_joined(request)
        if isinstance(problem, NoVoice):
            return self._no_voice(request, phone, problem.message, typed_words(request.scope, raw))
        self._phones.asked.note(phone.person, problem)
        told = refusal_of(problem)
        if wants_json(request.scope):
            words = self._pages.translator(request).text(told.error)
            said = {"error": words, "field": told.field, "wait": words if told.is_of_the_room else ""}
            return answer_json({name: value for name, value in said.items() if value}, told.status, told.wait_s)
        return self._forms.page(
            request,
            phone,
            form,
            showable(raw),
            status=told.status,
            error=told.error,
            field=told.field,
            # The id goes on only where the very same words may be tried again.
            submission_id=one(raw, "sid") if told.wait_s else "",
            wait_s=told.wait_s,
        )

    def _no_voice(self, request: Request, phone: Phone, error: Sentences, kept: str) -> Response:
        """For somebody who looks on, or has not said who they are here as: the way there, and what they wrote."""
        if wants_json(request.scope):
            return answer_json({"error": self._pages.translator(request).text(error), "location": "/now"}, 409)
        if self._roles.is_silent(phone) and not kept:
            return self._roles.ask(request, phone, status=409, error=error)
        return self._pages.words(request, 409, error, kept=kept)


def _first_text(form: FormPage) -> str:
    """The field that somebody types into."""
    return next(iter(text_fields(form.blocks)), "")


def _beside(blocks: Sequence[FormBlock]) -> set[str]:
    """The names of the fields of what may be said besides."""
    groups = [each for block in blocks if isinstance(block, AddMore) for each in block.groups]
    return {name for each in groups for name in (each.name, f"{each.name}.own")}
