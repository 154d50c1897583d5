"""The record over many sessions as one page: what has no answer first, then stage by stage, then what is to be done.

Every line has a name on the page and leads to the session in which it was said, and that leads to its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from workshop_tui.cycle import told
from workshop_tui.cycle.picture import ALL_STAGES, POINTS, Picture, Tracked
from workshop_tui.cycle.record import Entry as Line
from workshop_tui.cycle.record import Session
from workshop_tui.cycle.stages import cited, stages
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.honesty import FIXED_LINE
from workshop_tui.exports import document as doc
from workshop_tui.messages import Day, Message, Quoted, Sentences, Verbatim, tr

TITLE: Final = tr("What became of it")


FOR_WHOM: Final[tuple[Message, ...]] = (
    tr("This is for those who ran these workshops and for those who answer to them."),
    tr("Its lines may repeat what somebody told for a report: it is not to be published."),
)


class FilePlace(Struct, frozen=True, kw_only=True):
    """Where the record of a session lies."""

    name: str
    """As people are told it: from the folder that was read."""
    target: str = ""
    """As a page beside it leads there; empty where it cannot."""


class Shown(Struct, frozen=True, kw_only=True):
    """What a page or a workbook is made of."""

    picture: Picture
    since: str
    """The day after which what became late is listed apart; empty for no such list."""
    places: Mapping[str, FilePlace]
    """By the ids of sessions."""
    passed_over: tuple[Sentences, ...] = ()


def page(shown: Shown) -> doc.Document:
    """The whole page."""
    return _Page(shown).made()


class _Page:
    def __init__(self, shown: Shown) -> None:
        self._shown, self._picture = shown, shown.picture
        self._anchored: set[str] = set()

    def made(self) -> doc.Document:
        sections = tuple(self._sections())
        return doc.Document(
            page=TITLE,
            kicker=tr("The record over many sessions"),
            title=TITLE,
            opening=(doc.Paragraph(tuple(told.summed(self._picture)), "status"),),
            sections=sections,
            contents=tr("On this page"),
        )

    def _sections(self) -> Iterator[doc.Section]:
        picture = self._picture
        none = tr("Every point has an answer.") if picture.points else tr("No point was raised yet.")
        yield self._section(told.UNANSWERED, "unanswered", self._short(picture.unanswered), none)
        if self._shown.since:
            heading = tr("Newly late since {day}", day=Day(self._shown.since))
            late = self._short(picture.newly_late(self._shown.since))
            yield self._section(heading, "newly-late", late, tr("Nothing became late since."))
        if silent := [each for each in picture.bodies if each.late]:
            entries = tuple(doc.Entry((("", each.body),), tuple(told.body_words(each))) for each in silent)
            yield self._section(told.SILENT, "silent", entries)
        for stage in ALL_STAGES:
            if points := picture.of_stage(stage):
                yield self._section(STAGE_TITLES[stage], f"stage-{stage}", tuple(self._whole(each) for each in points))
        if picture.promises:
            yield self._section(told.PROMISED, "promises", tuple(map(self._whole, picture.promises)))
        if picture.actions:
            due = picture.actions_due
            known = {each.entry.id for each in due}
            rest = [each for each in picture.actions if each.entry.id not in known]
            yield self._section(
                told.DUE, "due", tuple(map(self._whole, due)), tr("No action is due."),
                more=(self._sub(tr("Actions that are settled"), "settled", tuple(map(self._whole, rest))),)
                if rest else (),
            )  # fmt: skip
        if picture.in_hand:
            entries = tuple(
                doc.Entry(
                    (("", each.received.words),) if each.received.words else (),
                    (
                        *(() if each.received.words else (told.HELD_BACK,)),
                        tr("It was handed to “{title}”.", title=each.session.title),
                    ),
                    links=(*self._there(each.received.id, tr("What became of it")), *self._to_session(each.session)),
                )
                for each in picture.in_hand
            )
            yield self._section(told.IN_HAND, "in-hand", entries)
        if picture.batons:
            yield doc.Section(heading=told.HANDED_ON, anchor="batons", parts=(self._batons(),))
        if picture.concerns:
            entries = tuple(self._noted(session, entry) for session, entry in picture.concerns)
            yield self._section(told.CONCERNS, "concerns", entries)
        entries = tuple(self._noted(each.session, each.entry) for each in picture.unheard)
        yield self._section(told.NOT_HEARD, "not-heard", entries, tr("Nobody noted who was missing."))
        if picture.frame is not None:
            yield doc.Section(heading=told.COVERAGE, anchor="codes", parts=self._coverage())
        yield doc.Section(heading=told.AUDIT, anchor="audit", parts=self._audit())
        yield doc.Section(heading=told.SESSIONS, anchor="sessions", parts=(self._sessions(),))
        yield doc.Section(
            heading=tr("How to read this"), look="footer", anchor="how-to-read", parts=tuple(self._footer())
        )

    def _section(
        self, heading: Message, anchor: str, entries: tuple[doc.Entry, ...], empty: Message | None = None,
        more: tuple[doc.Part, ...] = (),
    ) -> doc.Section:  # fmt: skip
        parts: tuple[doc.Part, ...] = (doc.Entries(entries),) if entries else ()
        if not entries and empty is not None:
            parts = (doc.Paragraph((empty,)),)
        return doc.Section(heading=heading, anchor=anchor, parts=(*parts, *more))

    def _sub(self, heading: Message, anchor: str, entries: tuple[doc.Entry, ...]) -> doc.Section:
        return doc.Section(heading=heading, anchor=anchor, parts=(doc.Entries(entries),))

    # Lines. ------------------------------------------------------------------------------------------

    def _short(self, tracked: Sequence[Tracked]) -> tuple[doc.Entry, ...]:
        """Each with what is asked and whether it is late; all of it stands with its stage."""
        return tuple(
            doc.Entry(
                _words(each.entry),
                (*_held(each.entry), *told.asked_of(each), *told.late_of(each, self._picture.today)),
                links=self._to(each.entry.id, tr("All of it ({id})", id=Verbatim(each.entry.id))),
            )
            for each in tracked
        )

    def _whole(self, each: Tracked) -> doc.Entry:
        onward = tuple(link for id_ in each.onward for link in self._there(id_, tr("Where it went on")))
        return doc.Entry(
            _words(each.entry),
            (*_held(each.entry), *told.behind(each.entry), *told.asked_of(each, with_handing=False)),
            more=tuple(told.history(each, self._picture)),
            links=(
                *onward,
                *self._answered_in(each),
                *self._earlier(each.entry),
                *self._to_session(each.session),
                self._name(each.entry.id),
            ),
            anchor=self._anchor(each.entry.id),
        )

    def _noted(self, session: Session, entry: Line) -> doc.Entry:
        return doc.Entry(
            _words(entry),
            (
                *_held(entry),
                *told.behind(entry),
                *told.fields_of(entry),
                *told.codes_of(entry.id, self._picture),
            ),
            links=(*self._to_session(session), self._name(entry.id)),
            anchor=self._anchor(entry.id),
        )

    def _answered_in(self, each: Tracked) -> Iterator[doc.Link]:
        answered_in = {given.session for given in each.given}
        for session in self._picture.sessions:
            if session.id in answered_in:
                yield doc.Link(tr("Answered in “{title}”", title=session.title), f"#{_named(session)}")

    def _earlier(self, entry: Line) -> tuple[doc.Link, ...]:
        return tuple(link for id_ in entry.evidence.received for link in self._there(id_, tr("Where it came from")))

    def _anchor(self, id_: str) -> str:
        """Its name on this page; of two of one name, which only a forged file has, the first."""
        if id_ in self._anchored:
            return ""
        self._anchored.add(id_)
        return id_

    def _there(self, id_: str, words: Message) -> tuple[doc.Link, ...]:
        """A link to a line; none where the record of its session was not found."""
        return self._to(id_, words) if self._picture.tracked(id_) is not None else ()

    def _to(self, id_: str, words: Message) -> tuple[doc.Link, ...]:
        return (doc.Link(words, f"#{quote(id_)}"),)

    def _name(self, id_: str) -> doc.Link:
        """Its name, which leads to itself: so it can be sent to somebody."""
        return doc.Link(Verbatim(id_), f"#{quote(id_)}")

    def _to_session(self, session: Session) -> tuple[doc.Link, ...]:
        return (doc.Link(told.whence(session), f"#{_named(session)}"),)

    # Tables. -----------------------------------------------------------------------------------------

    def _batons(self) -> doc.Table:
        rows = tuple(
            (
                doc.Cell((each.body or tr("(nobody is named)"),)),
                doc.Cell((each.title or Verbatim("-"),)),
                doc.Cell((told.day(each.day),)),
                doc.Cell((told.day(each.due),)),
                doc.Cell(tuple(told.baton_words(each, self._picture.today))[1:], joined=" "),
            )
            for each in self._picture.batons
        )
        return doc.Table(
            caption=tr("Points that were handed on, by body"),
            heads=(tr("To"), tr("From"), tr("On"), tr("Answer by"), tr("What came back")),
            rows=rows,
            anchor="handed-on",
        )

    def _coverage(self) -> tuple[doc.Part, ...]:
        rows = tuple(
            (
                doc.Cell((Verbatim(each.code),)), doc.Cell((each.label,)), doc.Cell((each.definition,)),
                *(doc.Cell((number,)) for number in (each.points, each.others, each.sessions)),
            )
            for each in self._picture.coverage
        )  # fmt: skip
        heads = (
            tr("Code"), tr("What it stands for"), tr("What it means"), tr("Points"), tr("Other lines"), tr("Sessions"),
        )  # fmt: skip
        table = doc.Table(caption=tr("How much has each code"), heads=heads, rows=rows, anchor="coverage")
        return (doc.Paragraph(told.frame_words(self._picture)), table)

    def _audit(self) -> tuple[doc.Part, ...]:
        rows = tuple(
            (
                doc.Cell((), links=(doc.Link(told.titled(each.session), f"#{_named(each.session)}"),)),
                doc.Cell(told.outcomes(each), joined=" "),
                doc.Cell(told.processes(each), joined=" "),
                doc.Cell(told.mechanisms(each), joined=" "),
            )
            for each in self._picture.audit
        )
        table = doc.Table(
            caption=tr("What each session found, used and can ask again"),
            heads=(tr("Session"), told.OUTCOMES, told.PROCESSES, told.MECHANISMS),
            rows=rows,
            anchor="activities",
        )
        return (
            doc.Paragraph((tr("A row comes of itself for each session; the workbook has room for others."),)),
            table,
        )

    def _sessions(self) -> doc.Entries:
        points = Counter(each.session.id for each in self._picture.points)
        return doc.Entries(tuple(
            doc.Entry(
                (("", each.title),),
                (told.day(each.day), *told.held_words(each), POINTS.of(points[each.id])),
                " · ",
                links=self._files(each),
                anchor=_named(each),
            )
            for each in self._picture.sessions
        ))  # fmt: skip

    def _files(self, session: Session) -> tuple[doc.Link, ...]:
        place = self._shown.places.get(session.id)
        return () if place is None else (doc.Link(Verbatim(place.name), place.target or f"#{_named(session)}"),)

    def _footer(self) -> Iterator[doc.Part]:
        yield doc.Paragraph(FOR_WHOM)
        yield doc.Paragraph((
            tr("Done is not yet confirmed until those who asked were asked; where more of them say no it is disputed."),
            tr("Lines are in the words of whoever wrote them up. Words that were taken back since are not here."),
            FIXED_LINE,
        ))  # fmt: skip
        known = stages()
        yield doc.Paragraph((
            *cited([known.framework]),
            *(
                tr("“{title}” is called “{other}” there too.", title=STAGE_TITLES[each.key],
                   other=Quoted(each.site_title, "en"))
                for each in known.stages
                if each.site_title
            ),
        ))  # fmt: skip
        if self._shown.passed_over:
            yield doc.Paragraph((tr("These files could not be used, and nothing of them is here:"),))
            yield doc.Bullets(tuple(map(doc.sentences_of, self._shown.passed_over)))


def _words(entry: Line) -> tuple[tuple[str, str], ...]:
    return (("", entry.words),) if entry.words else ()


def _held(entry: Line) -> tuple[Message, ...]:
    return () if entry.words else (told.HELD_BACK,)


def _named(session: Session) -> str:
    return f"session-{quote(session.id)}"
