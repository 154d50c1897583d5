"""From the fields of a vote's form to the command that casts it: by way of the pages, or from the connection."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, Final

from starlette.types import Scope

from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.commands import Cast
from workshop_tui.domain.state import Round
from workshop_tui.errors import BallotRejected, EnvironmentProblem, Refused
from workshop_tui.limits import SENDINGS
from workshop_tui.messages import tr
from workshop_tui.web.http.forms import Raw, Unreadable, answered, check_head, one, parse_form
from workshop_tui.web.phone.layout import Ready
from workshop_tui.web.phone.phones import Phone, Phones, RoundForm, canonical, submission_id_of, wants_json
from workshop_tui.web.phone.refusals import TooQuick

OLD_PAGE: Final = tr("This page is too old. Your words are still here. Please send them again.")

SMALL_BUTTONS: Final = ("step", "move", "pick")
"""The fields that `apply_step` answers."""

VOTES: Final = "/vote/"
"""Where votes are sent; the key of the round follows."""

_DONE: Final = Ready(303, b"", (b"location", b"/now"))
_DONE_JSON: Final = Ready(200, b'{"location":"/now"}', (b"content-type", b"application/json"))


def done_for(scope: Scope) -> Ready:
    """What a phone hears when what it sent is on disk."""
    return _DONE_JSON if wants_json(scope) else _DONE


def cast_of(phones: Phones, phone: Phone, round_: Round, asked: RoundForm, raw: Raw) -> Cast:
    """The vote that a form says, within what one phone may send.

    Raises:
        BallotRejected: it is no answer to this question, or the page is too old.
        TooQuick: the phone has to wait.
        RoomBusy: all phones together have to.
    """
    submission_id = submission_id_of(one(raw, "sid"))
    if submission_id is None:
        raise BallotRejected(OLD_PAGE)
    ballot = None if "skip" in raw else asked.kind.read(asked.config, answered(raw, asked.texts))
    phones.take(phones.votes, phone, submission_id)
    return Cast(
        at=phones.room.clock.now_ms(),
        person=phone.person,
        round=round_.key,
        choice=None if ballot is None else canonical(asked.kind.bare(ballot)),
        submission_id=submission_id,
        instead=tuple(filter(None, map(submission_id_of, raw.get("instead", ())[:SENDINGS]))),
        reasons=() if ballot is None else _reasons(asked.kind, ballot),
    )


def _reasons(kind: AnyPoll, ballot: object) -> tuple[tuple[str, str], ...]:
    """The reasons in a ballot, each under a key that nobody can guess and no order follows from."""
    return tuple((secrets.token_hex(16), canonical(reason)) for reason in kind.reasons(ballot))


class DirectVotes:
    """Takes votes straight from the connection (`web.http.direct`), where nothing about them is unusual.

    The checks are those of the pages: our address, a page of ours, a phone that has joined, its own form.
    """

    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    def is_for_us(self, scope: Scope) -> bool:
        """Whether this may be a vote."""
        return bool(scope["method"] == "POST" and scope["path"].startswith(VOTES))

    def take(self, scope: Scope, body: bytes) -> tuple[asyncio.Future[Any], bytes] | None:
        """Hand in a vote; None where a page has to say why not, or what a small button did."""
        phones = self._phones
        round_ = phones.room.state.round(scope["path"].removeprefix(VOTES))
        if round_ is None or phones.is_foreign(scope) or not phones.is_our_address(scope):
            return None
        try:
            check_head(scope)
            raw = parse_form(body)
            phone = phones.phone(scope)
            if phone is None or not phone.sent(one(raw, "csrf")) or any(button in raw for button in SMALL_BUTTONS):
                return None
            cast = cast_of(phones, phone, round_, phones.round_form(round_), raw)
            return phones.room.hand_in(cast), done_for(scope).whole
        except (Unreadable, Refused, EnvironmentProblem, TooQuick):
            return None
