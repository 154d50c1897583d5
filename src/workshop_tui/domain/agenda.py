"""What an agenda says, as values.

The reading of agenda files, with its many ways to say what is wrong, is in `domain.agenda_file`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.limits import REOPEN_S
from workshop_tui.messages import Message, Quoted, tr

Stage = Literal["needs", "plan", "improve", "procure", "monitor", "hub"]
"""The stages of the Engagement Cycle (Gilbert 2012); keyed by name, never by number."""

STAGE_TITLES: dict[str, Message] = {
    "needs": tr("Community engagement to identify needs and aspirations"),
    "plan": tr("Public engagement to develop priorities, strategies and plans"),
    "improve": tr("Patient and carer engagement to improve services"),
    "procure": tr("Patient, carer and public engagement to procure services"),
    "monitor": tr("Patient and carer engagement to monitor services"),
    "hub": tr("Engagement strategy, culture and systems"),
}
"""The published titles, from D. Gilbert, "10 Top Tips for smart engagement", 2012."""

EngagementKind = Literal[
    "listening", "co_production", "pre_consultation", "formal_consultation", "procurement_panel",
    "monitoring", "information_only",
]  # fmt: skip
ProposalState = Literal["none", "ideas", "long_list", "short_list", "preferred_named", "decided"]
Level = Literal["inform", "consult", "involve", "collaborate", "empower"]
"""How far people take part; where the words come from stands in the data of `cycle`."""
Jurisdiction = Literal["ENG", "WAL", "SCO", "NIR"]
"""Whose duties a session is held under; what is known of them stands in the data of `cycle`."""
Role = Literal["patient", "carer", "public", "staff", "observer"]
"""Who somebody can be in a workshop (R4.5 of the project's requirements); see `domain.roles`."""


class Activity(Struct, frozen=True):
    """What phones do during an item."""

    kind: str
    """A name in the registry of kinds."""
    config: dict[str, object]
    """The kind's config as plain data; the registry turns it into the kind's own type."""
    again: str = ""
    """The title of an earlier item whose question is asked a second time; empty for a question of its own."""


RECEIVED: Final = "received"
"""The type of an item during which the room is shown what was handed in."""


class Item(Struct, frozen=True):
    """One timed line of the agenda."""

    key: str
    """Stable name inside the session: "i01", "i02", … in planned order; inserted items go on counting."""
    title: str
    minutes: int
    """Planned length, 1 or more."""
    type: str = "activity"
    """What sort of item it is, such as "welcome" or "break"; docs/agenda.md lists them."""
    lead: str = "facilitator"
    say: str = ""
    """Words for the facilitator to say; empty for none."""
    question: str = ""
    """The question phones show; empty where the item asks nothing."""
    capture: str = ""
    """What the item is to leave behind, for the record."""
    access: str = ""
    """The access note; empty for none."""
    protected: bool = False
    """Whether catching up must not shorten it; breaks never are shortened either."""
    level: Level | None = None
    """How far people take part in it, where that is not as in the whole; None where the agenda does not say."""
    activity: Activity | None = None
    """None for a timed item with nothing to do on phones."""
    texts: tuple[tuple[str, str, str], ...] = ()
    """Texts in further languages, as (field, language tag, text); field is "title", "question", "say", …"""

    @property
    def is_break(self) -> bool:
        """Whether people rest during this item."""
        return self.type == "break"

    @property
    def shows_received(self) -> bool:
        """Whether what was handed in is shown during this item."""
        return self.type == RECEIVED

    @property
    def may_shrink(self) -> bool:
        """Whether a catch-up plan may take minutes from it."""
        return not (self.protected or self.is_break)


SCORES: Final = ("panel", "score", "criteria")
"""The kinds of votes in which a panel gives scores."""

HandedSort = Literal["point", "promise"]


class HandedIn(Struct, frozen=True, kw_only=True):
    """A point that an earlier session handed to this one, or a promise that was made there."""

    id: str
    """Its id, by which it can be followed from session to session."""
    words: str
    from_session: str = ""
    """The title of the session that it came from."""
    from_stage: str = ""
    said_by: int | None = None
    """How many said it; None where it is not known."""
    base: int | None = None
    """Out of how many."""
    against: int | None = None
    """How many were against it."""
    body: str = ""
    """Whom it is for."""
    asked: str = ""
    """What is asked of them."""
    by: str = ""
    """By when, YYYY-MM-DD; empty where nobody said."""
    sort: HandedSort = "point"
    about: str = ""
    """What else was handed on with it, such as who promised it."""
    metric: str = ""
    """What is measured to see whether it was kept."""
    source: str = ""
    """Where the figures come from."""
    period: str = ""
    """Of what time they are."""
    baseline: str = ""
    """What they said when it was promised."""


class Agenda(Struct, frozen=True):
    """One workshop as planned."""

    title: str
    stage: Stage
    items: tuple[Item, ...]
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    """What phones choose from, the agenda's own first: the languages the room speaks, where the agenda says so, else
    every language that some text is given in."""
    screen_languages: tuple[str, ...] = ()
    """What the screen is in: one language, or two side by side; empty for the agenda's own."""
    start: str = ""
    """Local time of day as "HH:MM"; empty when the agenda does not say."""
    write_up_by: str = ""
    """The last day on which the write-up can be finished by hand, as YYYY-MM-DD; empty when the agenda names none."""
    reopen_seconds: int = REOPEN_S
    """How long after closing a vote the closing can be taken back: longer for people who read slowly."""
    purpose: str = ""
    engagement_kind: EngagementKind | None = None
    """None where the agenda does not say; then nobody is told anything."""
    proposal_state: ProposalState | None = None
    """Likewise: what is decided is a promise, and not the program's to make."""
    level: Level | None = None
    """How far people take part."""
    jurisdiction: Jurisdiction | None = None
    """Whose duties the board's item cites; None for an agenda that names none."""
    why_now: str = ""
    how: str = ""
    """How what is talked about would work."""
    can_change: tuple[str, ...] = ()
    cannot_change: tuple[str, ...] = ()
    cannot_because: tuple[str, ...] = ()
    """Why, one for each; empty for those of which the agenda does not say it, and as a whole where it never does."""
    who_decides: str = ""
    decides_on: str = ""
    """The day, as YYYY-MM-DD."""
    hear_back: str = ""
    """How people hear what became of it."""
    hear_back_by: str = ""
    """By which day, as YYYY-MM-DD."""
    hear_back_days: int | None = None
    """Or how many days after the workshop."""
    by_video: int | None = None
    """How many are expected to take part by video link; None for an agenda that does not say."""
    word_for_pass: str = ""
    """What phones call leaving a question out; empty for the program's own words."""
    people: str = ""
    roles: tuple[Role, ...] = ()
    """What people choose from when they are asked who they are here as; empty where nobody is asked."""
    venue_access: str = ""
    ground_rules: tuple[str, ...] = ()
    """What people are told before they tell a story, beside what the program says itself."""
    support: tuple[str, ...] = ()
    """Who there is to talk to, on every page about stories; empty for what the program says itself."""
    support_checked_on: str = ""
    """When somebody last made sure of that, as YYYY-MM-DD; never empty where there is `support`."""
    award_on: str = ""
    """The day on which a contract is awarded, as YYYY-MM-DD; empty where the agenda names none. Until then a panel's
    scores and reasons are in no file."""
    baton_in: str = ""
    """What an earlier stage handed to this session, in words."""
    baton_out: tuple[str, ...] = ()
    """What this session is to hand on, in words."""
    received: tuple[HandedIn, ...] = ()
    """The points of a baton that this session opens with."""
    texts: tuple[tuple[str, str, str], ...] = ()
    """Texts of the head in further languages, as (field, language tag, text); in lists, field is "can_change[0]"."""

    @property
    def minutes(self) -> int:
        """The planned length of the whole workshop, in minutes."""
        return sum(item.minutes for item in self.items)

    def said(self, field: str, item: Item | None = None) -> Quoted:
        """A text of the head, or of an item, in every language it is given in."""
        of = self if item is None else item
        further = tuple((tag, text) for name, tag, text in of.texts if name == field)
        return Quoted(str(getattr(of, field)), self.language, further)

    def each_said(self, field: str) -> tuple[Quoted, ...]:
        """A list of texts of the head, each in every language it is given in."""
        given: tuple[str, ...] = getattr(self, field)
        return tuple(
            Quoted(text, self.language, tuple((tag, said) for name, tag, said in self.texts if name == f"{field}[{n}]"))
            for n, text in enumerate(given)
        )

    def asked(self, item: Item) -> Quoted:
        """What phones and the screen show of an item: its question, or its title where it asks nothing."""
        return self.said("question" if item.question else "title", item)

    def known_words(self, items: Iterable[Item]) -> dict[str, Quoted]:
        """What the agenda says, by its text: the title, and what stands in some items; of two that are equal, the last.

        Words that people gave on the day are not in it: their language is not known.
        """
        known = {self.title: self.said("title")}
        for item in items:
            known |= {text.text: text for text in (self.said("title", item), self.said("question", item))}
            known |= {text.text: text for text in _texts_in(item.activity and item.activity.config, self.language)}
        return known


def _texts_in(config: object, language: str) -> Iterator[Quoted]:
    """Every text in the config of a kind; those of an option with its further languages."""
    match config:
        case str():
            yield Quoted(config, language)
        case {"text": str(text), "texts": [*texts]}:
            yield Quoted(text, language, tuple((str(tag), str(said)) for tag, said in texts))
        case dict():
            for each in config.values():
                yield from _texts_in(each, language)
        case list() | tuple():
            for each in config:
                yield from _texts_in(each, language)
        case _:
            pass


_KIND_WORDS = {
    "listening": tr("This is a listening session."),
    "co_production": tr("This is a co-production workshop: we work it out together."),
    "pre_consultation": tr("This is early engagement, before any formal consultation."),
    "formal_consultation": tr("This is part of a formal consultation."),
    "procurement_panel": tr("This panel helps to choose who will provide a service."),
    "monitoring": tr("This session looks at how a service is doing."),
    "information_only": tr("This session gives information."),
}
_PROPOSAL_WORDS = {
    "none": tr("Nothing has been designed and nothing has been decided."),
    "ideas": tr("There are first ideas. Nothing has been decided."),
    "long_list": tr("There is a long list of options. Nothing has been decided."),
    "short_list": tr("There is a short list of options. Nothing has been decided."),
    "preferred_named": tr("One option is preferred by the people who run the service. It is not decided."),
    "decided": tr("The decision has been made. This session cannot change it."),
}


def status_sentence(agenda: Agenda) -> tuple[Message, ...]:
    """What kind of session this is and what is decided, in plain words, as far as the agenda says it.

    Shown when people join, on the host page and in the report. It never calls work before a formal
    consultation "consultation".
    """
    kind = (_KIND_WORDS[agenda.engagement_kind],) if agenda.engagement_kind else ()
    proposal = (_PROPOSAL_WORDS[agenda.proposal_state],) if agenda.proposal_state else ()
    return (*kind, *proposal)
