"""A form that a phone posted, let in: it came from a page of ours, and from somebody who has joined."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope

from workshop_tui.messages import tr
from workshop_tui.web.http.forms import Raw, Unreadable, one, read_form, showable
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.phones import Phone

FOREIGN: Final = tr("This did not come from a page of ours. Nothing was changed. Please go back and try again.")

NO_WORDS: Final = frozenset((
    "csrf", "sid", "step", "level", "go", "pick", "narrator", "whom", "helper", "touchpoints", "feelings", "warnings",
    "young",
))  # fmt: skip
"""The fields of a story or an idea that nobody typed."""


class Posted(Struct, frozen=True):
    """A form that came from a page of ours."""

    phone: Phone
    raw: Raw


async def posted(pages: PhonePages, scope: Scope, receive: Receive) -> Posted | Response:
    """The form of a phone that has joined, or the answer that refuses it."""
    if pages.phones.is_foreign(scope):
        return pages.words(Request(scope), 403, FOREIGN)
    try:
        raw = await read_form(scope, receive)
    except Unreadable as problem:
        refusal = pages.words(Request(scope), problem.status, problem.words)
        # What is left of the body is not worth reading.
        refusal.headers["connection"] = "close"
        return refusal
    phone = pages.phones.phone(scope)
    if phone is None:
        return pages.not_joined(Request(scope), typed_words(scope, raw))
    if not phone.sent(one(raw, "csrf")):
        return pages.words(Request(scope), 403, FOREIGN, kept=typed_words(scope, raw))
    return Posted(phone, raw)


def typed_words(scope: Scope, raw: Raw) -> str:
    """What a person wrote into a form that cannot be taken: a browser without our script has it nowhere else."""
    if not scope["path"].startswith("/say/"):
        return ""
    typed = showable({name: given for name, given in raw.items() if name not in NO_WORDS})
    return "\n\n".join(words for given in typed.values() for words in given if words.strip())
