"""What travels from one page of the host page to the next: how it is looked at, and what came of the last form."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlencode

from msgspec import Struct

from workshop_tui.messages import Text
from workshop_tui.protocol.answers import Done
from workshop_tui.room.queue_page import QueueFilter
from workshop_tui.room.write_up_page import EvidenceFilter
from workshop_tui.views import reading, writing_up
from workshop_tui.views.act import Question
from workshop_tui.web.http.forms import MOST_FIELDS, Raw, one, whole_number

_KIND: Final = re.compile(r"[^a-z_]")
_KEYS: Final = re.compile(r"[^0-9a-zA-Z._,-]")
LINES_LETTERS: Final = 1_000
"""What the names of a page of lines take, each of 32 letters."""
_NAME: Final = re.compile(r"[^0-9a-f]")


class View(Struct, frozen=True):
    """How one browser looks at the room; carried from page to page in the address."""

    peek: bool = False
    """Whether it asked to look at the result so far."""
    queue: QueueFilter = "unread"
    kind: str = ""
    """The kind of what is read, as in `QueueEntry.kind`; empty for all."""
    offset: int = 0
    """The first contribution shown."""
    register: str = ""
    """Which lines of the write-up: those of a register, with "all" for every one and nothing for those to be sorted."""
    line: str = ""
    """The lines whose evidence is looked at, with commas between them; empty for the list of lines."""
    evidence: EvidenceFilter = "texts"
    find: str = ""
    """A name of the words that are searched for: the address itself holds nobody's words. Empty for no search."""

    @property
    def query(self) -> str:
        """The view as part of an address; empty for the usual one."""
        queue = "" if self.queue == "unread" else self.queue
        given = {"peek": "1" if self.peek else "", "queue": queue, "kind": self.kind, "find": self.find,
                 "register": self.register, "line": self.line,
                 "evidence": "" if self.evidence == "texts" else self.evidence}  # fmt: skip
        return urlencode({**{k: v for k, v in given.items() if v}, **({"offset": self.offset} if self.offset else {})})


def read_view(query: str) -> View:
    """The view an address asks for; what makes no sense is left out."""
    given = address_fields(query)
    return View(
        peek=given.get("peek") == "1",
        queue=reading.FILTERS.get(given.get("queue", ""), "unread"),
        kind=_KIND.sub("", given.get("kind", "")[:40]),
        offset=whole_number(given.get("offset", "")) or 0,
        register=given.get("register", "") if given.get("register", "") in writing_up.FILTERS else "",
        line=_KEYS.sub("", given.get("line", "")[:LINES_LETTERS]),
        evidence=next((each for each in writing_up.EVIDENCE_FILTERS if each == given.get("evidence")), "texts"),
        find=_NAME.sub("", given.get("find", "")[:40]),
    )


def address_fields(query: str) -> dict[str, str]:
    """The fields of an address, the last of each; none where there are too many."""
    try:
        return {name: values[-1] for name, values in parse_qs(query, max_num_fields=MOST_FIELDS).items()}
    except ValueError:
        return {}


class Told(Struct, frozen=True, kw_only=True):
    """What came of the form that was posted last; drawn where the change is, with the focus on it."""

    done: Done | None = None
    """What was done."""
    trouble: tuple[Text, ...] = ()
    """Why it was not done, in sentences."""
    question: Question | None = None
    """What has to be answered before it is done."""
    field: str = ""
    """The field that does not fit; empty for the form as a whole."""
    typed: Raw = {}
    """Everything that was typed, for the form to be filled with it again."""
    at: tuple[str, ...] = ()
    """Where it belongs: ids, the best place first."""
    new: frozenset[str] = frozenset()
    """Fields that the form did not have when it was filled in."""
    is_refilled: bool = False
    """Whether the form only comes back for more to be typed."""

    @property
    def form(self) -> str:
        """The id of the form it came from."""
        return one(self.typed, "form")

    def typed_in(self, form: str) -> dict[str, str]:
        """What was typed into a form that comes back; nothing where it was another one, or was done."""
        comes_back = self.form == form and (self.trouble or self.question or self.is_refilled)
        return {name: values[-1] for name, values in self.typed.items() if values} if comes_back else {}


NOTHING: Final = Told()


class Again(Struct, frozen=True):
    """What the form of a question sends beside the answer."""

    at: str
    given: tuple[tuple[str, str], ...]
    is_inline: bool = False
    """Whether the question stands on its page anyhow: then nothing has to be put away."""

    @property
    def action(self) -> str:
        """Where it is posted: what names no act sorts several lines."""
        return "do" if any(name == "way" for name, _ in self.given) else "sort"

    @classmethod
    def of(cls, typed: Raw) -> Again:
        """What was posted, to be posted again with an answer."""
        fields = ((name, value) for name, values in typed.items() if name not in _NOT_AGAIN for value in values)
        return cls(one(typed, "at"), (*fields, ("of", one(typed, "of") or one(typed, "form"))))


_NOT_AGAIN: Final = frozenset(("action", "view", "form", "page", "at", "asked", "confirm", "of"))
