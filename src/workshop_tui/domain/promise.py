"""The promise to the room: what people are told before anything else, and that it is kept by version.

What can change, what cannot and why, who decides, and how people hear back is somebody's promise, never the program's.
Where the agenda does not say it nobody is told anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from workshop_tui.domain.agenda import Agenda, EngagementKind, Level, ProposalState, status_sentence
from workshop_tui.messages import Day, Message, Place, Text, tr, trn

LEVEL_WORDS: Final[dict[Level, Message]] = {
    "inform": tr("We tell you what is going on and what was decided."),
    "consult": tr("We ask what you think, and tell you what became of it."),
    "involve": tr("We work with you all the way, and show where your words had an effect."),
    "collaborate": tr("We look for the solution together with those who decide."),
    "empower": tr("What you decide is carried out."),
}
"""What each level promises people, in our own words; none of them calls it a consultation."""

PROMISE_PAGE: Final = tr("What we promise you")

Section = tuple[Text, tuple[Place, ...]]
"""A heading, or none, and what stands below it."""


class Promise(Struct, frozen=True, kw_only=True):
    """What the room is told: as the fields of the agenda are called that say it first."""

    engagement_kind: EngagementKind | None = None
    proposal_state: ProposalState | None = None
    level: Level | None = None
    why_now: str = ""
    how: str = ""
    can_change: tuple[str, ...] = ()
    cannot_change: tuple[str, ...] = ()
    cannot_because: tuple[str, ...] = ()
    who_decides: str = ""
    decides_on: str = ""
    hear_back: str = ""
    hear_back_by: str = ""
    hear_back_days: int | None = None
    texts: tuple[tuple[str, str, str], ...] = ()
    """What of it is given in further languages, as in `Agenda.texts`."""
    why_changed: str = ""
    """What the facilitator said when it became this; empty for the agenda's own."""


FIELDS: Final = tuple(name for name in Promise.__struct_fields__ if name not in ("texts", "why_changed"))


class EarlierPromise(Struct, frozen=True):
    """What the room was told until something else was."""

    until: int
    """UTC milliseconds."""
    promise: Promise


def promise_of(agenda: Agenda, why_changed: str = "") -> Promise:
    """What an agenda promises."""
    texts = tuple(each for each in agenda.texts if each[0].partition("[")[0] in FIELDS)
    return Promise(**{name: getattr(agenda, name) for name in FIELDS}, texts=texts, why_changed=why_changed)


def with_promise(agenda: Agenda, promise: Promise) -> Agenda:
    """The agenda that promises something else."""
    told = asdict(promise)
    others = tuple(each for each in agenda.texts if each[0].partition("[")[0] not in FIELDS)
    return replace(agenda, **{name: told[name] for name in FIELDS}, texts=(*others, *promise.texts))


def as_written(agenda: Agenda, earlier: Sequence[EarlierPromise]) -> Agenda:
    """The agenda with what it promised before anybody changed that on the day."""
    return with_promise(agenda, earlier[0].promise) if earlier else agenda


def fixed_words(agenda: Agenda) -> tuple[Place, ...]:
    """What cannot change, each with the reason where one is given."""
    pairs = zip_longest(agenda.each_said("cannot_change"), agenda.each_said("cannot_because"))
    return tuple(
        tr("{what}. Why: {reason}", what=what, reason=why) if why is not None and why.text else what
        for what, why in pairs
    )


def hear_back_words(agenda: Agenda) -> tuple[Place, ...]:
    """How and by when people hear back."""
    how = (agenda.said("hear_back"),) if agenda.hear_back else ()
    if agenda.hear_back_by:
        return (*how, tr("You hear back by {day}.", day=Day(agenda.hear_back_by)))
    if agenda.hear_back_days is not None:
        return (*how, trn("You hear back within {n} day.", "You hear back within {n} days.", agenda.hear_back_days))
    return how


def decides_words(agenda: Agenda) -> tuple[Place, ...]:
    """Who decides, and when."""
    who = (agenda.said("who_decides"),) if agenda.who_decides else ()
    when = (tr("When: {day}.", day=Day(agenda.decides_on)),) if agenda.decides_on else ()
    return (*who, *when)


def more_of_it(agenda: Agenda) -> tuple[Section, ...]:
    """What is promised beside the plain sentence, under headings; empty where the agenda says nothing of it."""
    found: tuple[Section, ...] = (
        ("", (LEVEL_WORDS[agenda.level],) if agenda.level else ()),
        (tr("Why now"), (agenda.said("why_now"),) if agenda.why_now else ()),
        (tr("How it would work"), (agenda.said("how"),) if agenda.how else ()),
        (tr("What can change"), agenda.each_said("can_change")),
        (tr("What cannot change"), fixed_words(agenda)),
        (tr("Who decides"), decides_words(agenda)),
        (tr("How you hear back"), hear_back_words(agenda)),
    )
    return tuple(section for section in found if section[1])


def beside_the_lists(agenda: Agenda) -> tuple[Section, ...]:
    """The same without what can change and what cannot."""
    return more_of_it(replace(agenda, can_change=(), cannot_change=(), cannot_because=()))


NO_CONSULTATION: Final = tr("It was not a consultation, and nothing in here stands for one.")
"""In every report of work that comes before one."""


def has_more(agenda: Agenda) -> bool:
    """Whether more is promised than the plain sentence."""
    return any(
        getattr(agenda, name) not in ("", (), None)
        for name in FIELDS
        if name not in ("engagement_kind", "proposal_state")
    )


def promised(agenda: Agenda) -> tuple[Section, ...]:
    """All of it, the plain sentence first."""
    plain, more = status_sentence(agenda), more_of_it(agenda)
    level = more[0][1] if more and not more[0][0] else ()
    return (*([("", (*plain, *level))] if plain or level else []), *more[bool(level) :])


_CONSULTATION: Final = re.compile(r"(?<!pre-)(?<!pre )\b(consultation|ymgynghoriad)", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"\b(before|ahead of|not|no|cyn|nid)\b[^.;]{0,40}\b(consultation|ymgynghoriad)", re.IGNORECASE
)


def calls_it_consultation(words: str) -> bool:
    """Whether words call what happens a consultation; that it comes before one, or is none, can be said."""
    return _CONSULTATION.search(_BEFORE.sub("", words)) is not None
