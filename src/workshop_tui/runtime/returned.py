"""Receipts and workbooks that came back: shown first, then taken whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from workshop_tui.cycle import files
from workshop_tui.cycle import receipt as receipts
from workshop_tui.cycle import returned as workbooks
from workshop_tui.cycle.answers import PROMISE_WORDS, STATUS_WORDS, Status, said_of
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.follow_up import FollowUp, Line, Said, day_of, in_order
from workshop_tui.cycle.record import Entry, Record
from workshop_tui.cycle.returned import HEADS, Part, Row, Words, folded
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import CycleFileError, InputError
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.locales import catalogues, translator_for
from workshop_tui.messages import Day, Sentences, Text, Translator, Verbatim, tr, trn
from workshop_tui.room.clock import SYSTEM
from workshop_tui.room.ports import Clock
from workshop_tui.runtime import cycle_files, exporting, follow_ups
from workshop_tui.runtime.handing_on import exported_record, line_of, now, today
from workshop_tui.runtime.own_words import OwnWords, texts_of
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.views.days import read_day

NOTHING_NEW: Final = tr("Nothing in it is new.")
NOTHING_CHANGED: Final = tr("Nothing was changed.")


class Shown(Struct, frozen=True):
    """One answer that is to be taken, as it is shown before."""

    words: Text
    """Of what it answers."""
    told: tuple[Sentences, ...]
    """What is answered, by whom, and what was answered until now."""


class Taking(Struct, frozen=True, kw_only=True):
    """Answers that are to be taken, shown first."""

    session: Path
    id: str
    lines: tuple[Line, ...]
    shown: tuple[Shown, ...]
    passed_over: tuple[Sentences, ...] = ()
    """What is in the file and is not taken, and why."""
    after: str
    """What the follow-up ended with when this was shown."""

    def take(self) -> None:
        """Take all of it.

        Raises:
            StoreUnavailable: something else was noted since; nothing was changed.
            WorkshopError: as `follow_ups.append`.
        """
        follow_ups.append(follow_ups.path_of(self.session), self.id, self.lines, after=self.after)


def to_take(
    session: Path, file: Path, ring: KeyRing, *, by_body: str = "", by_role: str = "", reference: str = "",
    clock: Clock = SYSTEM,
) -> Taking:  # fmt: skip
    """What a receipt or a workbook that came back would add to a session's follow-up.

    Args:
        session: The session file.
        file: The receipt or the workbook.
        ring: Opens the session where it is locked: what came back is compared with what people told in it.
        by_body: Who answers, where a workbook does not say it.
        by_role: Who there.
        reference: The letter or the minute that the workbook came with.
        clock: Says which moment it is.

    Raises:
        InputError: it is neither, is of another session, was changed, or nothing in it is new; nothing was changed.
    """
    data = _content(file)
    record = exported_record(session)
    before = follow_ups.read(follow_ups.path_of(session), record.session.id)
    back = _Back(session, file.name, record, before, OwnWords(session, record, ring, clock), clock)
    if files.kind_of(data[: cycle_files.HEAD]):
        if by_body or by_role or reference:
            raise InputError(tr("A receipt says itself who answers and where."), advice=NOTHING_CHANGED)
        return back.receipt(data)
    return back.workbook(
        data, by_body=clean_line(by_body), by_role=clean_line(by_role), reference=clean_line(reference)
    )


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(CYCLE_FILE_BYTES + 1)
    except OSError as problem:
        why = Verbatim(clean_line(problem.strerror or str(problem)))
        raise InputError(
            tr("{file} cannot be read ({why}).", file=Verbatim(clean_line(str(file))), why=why),
            advice=tr("If it is open in another program, please close it there.") if file.is_file() else "",
        ) from problem


class _Back:
    """What came back for one session."""

    def __init__(
        self, session: Path, file: str, record: Record, before: FollowUp, own_words: OwnWords, clock: Clock
    ) -> None:
        self._session, self._file, self._record, self._before = session, file, record, before
        self._own_words = own_words
        self._known = {each.id: each for each in record.entries}
        self._at, self._said_on = now(clock)
        self._today = today(clock)

    def receipt(self, data: bytes) -> Taking:
        receipt = receipts.read(data, self._file)
        points = self._handed_on(receipt.baton, receipt.baton_checksum)
        # Who monitors was handed the promises of the session beside its points.
        is_monitored = receipt.baton.endswith(":monitor")
        for each in receipt.answers:
            self._must_know(each.point, points, is_monitored=is_monitored)
        if any(receipt.checksum in line.keys for line in self._before.lines if line.source == "receipt"):
            raise InputError(tr("This receipt was taken before."), advice=NOTHING_CHANGED)
        common = {
            "at": self._at, "by_body": receipt.body, "by_role": receipt.role, "source": "receipt",
            "reference": receipt.reference, "keys": (receipt.checksum,), "said_on": receipt.on,
        }  # fmt: skip
        lines = tuple(line_of("answer", each.answer, {**common, "about": each.point}) for each in receipt.answers)
        return self._taking(lines)

    def workbook(self, data: bytes, *, by_body: str, by_role: str, reference: str) -> Taking:
        from workshop_tui.exports.formats import excel_back

        marked, sheets = excel_back.read(data, self._file)
        marker = workbooks.marker_in(marked, self._file)
        points = self._handed_on(marker.about, marker.checksum)
        rows = workbooks.read(sheets, words_of(self._record.session.language, self._today), self._file, self._today)
        for row in rows:
            self._must_know(row.id, points)
        lines, passed = [], []
        for row in rows:
            common = {
                "at": self._at, "about": row.id, "by_body": row.by_body or marker.body or by_body,
                "by_role": row.by_role or by_role, "source": "workbook", "reference": reference,
                "said_on": self._said_on,
            }  # fmt: skip
            line = line_of("answer", row.answer, common)
            given = [each for each in self._answers(row) if _who(each) == _who(line)]
            if given and given[-1].answer == line.answer:
                continue
            if (old := next((each for each in given if each.answer == line.answer), None)) is not None:
                passed.append(self._older(row, old))
            else:
                lines.append(line)
        if not lines:
            raise CycleFileError(NOTHING_NEW, advice=NOTHING_CHANGED, lines=tuple(passed))
        return self._taking(tuple(lines), tuple(passed))

    def _said(self, about: str) -> list[Said]:
        """What was answered so far, the oldest first."""
        said = in_order([self._before])
        return [each for each in said if each.line.what == "answer" and each.line.about == about]

    def _answers(self, row: Row) -> Iterator[Line]:
        return (each.line for each in self._said(row.id))

    def _older(self, row: Row, old: Line) -> Sentences:
        return (
            tr("{words}:", words=self._words_of(row.id)),
            tr("This was taken on {day}, and something else since: it is not taken again.", day=Day(day_of(old.at))),
        )

    def _words_of(self, id_: str) -> Text:
        return self._known[id_].words or tr("Its words are held back.")

    def _handed_on(self, about: str, checksum: str) -> frozenset[str]:
        """The points of a baton, or the entries of the session, that a file is about.

        Raises:
            CycleFileError: it is about another session, or about a baton that was never handed on from here.
        """
        id_ = self._record.session.id
        if about == id_ and not checksum:
            return frozenset(self._known)
        if not about.startswith(f"{id_}:"):
            raise files.refused(self._file, tr("It is about another session."))
        sent = [each for each in self._before.lines if each.what == "sent" and each.about == about]
        if so := [each for each in sent if each.reference == checksum]:
            return frozenset(key for each in so for key in each.keys)
        for baton in self._batons():
            if (baton.id, baton.checksum) == (about, checksum):
                return frozenset(each.id for each in baton.points)
        raise files.refused(
            self._file, tr("It answers a baton that was never handed on from here, or that was changed since.")
        )

    def _batons(self) -> Iterator[Baton]:
        """Those that an export wrote: nobody noted that they were handed on."""
        folders = exporting.export_folders(self._session)
        yield from cycle_files.find([each for of in folders for each in sorted(of.glob("baton-for-*.zip"))]).batons

    def _must_know(self, id_: str, points: frozenset[str], *, is_monitored: bool = False) -> None:
        if id_ not in self._known:
            raise files.refused(self._file, tr("“{id}” is no point of this session.", id=Verbatim(id_)))
        if id_ not in points and not (is_monitored and self._known[id_].register == "promise"):
            raise files.refused(self._file, tr("It answers “{id}”, which is no point of the baton.", id=Verbatim(id_)))

    def _taking(self, lines: tuple[Line, ...], passed: tuple[Sentences, ...] = ()) -> Taking:
        quoting = tuple(
            (tr("{words}:", words=self._words_of(each.about)), said)
            for each in lines
            if (said := self._own_words.repeated_in(texts_of(each))) is not None
        )
        if quoting:
            problem = files.refused(self._file, tr("Some of its answers cannot be taken."))
            raise CycleFileError(problem.message, advice=problem.advice, lines=quoting)
        return Taking(
            session=self._session,
            id=self._record.session.id,
            lines=lines,
            shown=tuple(map(self._shown, lines)),
            passed_over=(*passed, *((unread,) if (unread := self._own_words.unread) else ())),
            after=self._before.head,
        )

    def _shown(self, line: Line) -> Shown:
        entry: Entry = self._known[line.about]
        is_promise = entry.register == "promise"
        told: list[Sentences] = [said_of(line.answer, promise=is_promise)]
        if line.by_body and line.by_role:
            told.append(tr("Said by {body}, {role}.", body=line.by_body, role=line.by_role))
        elif line.by_body or line.by_role:
            told.append(tr("Said by {body}.", body=line.by_body or line.by_role))
        before = self._said(line.about)
        if before:
            told.append((tr("Until now:"), *said_of(before[-1].line.answer, promise=is_promise)))
        if before and line.said_on and line.said_on < before[-1].day:
            told.append(tr("That was said later, on {day}, and goes on to count.", day=Day(before[-1].day)))
        return Shown(self._words_of(line.about), tuple(told))


def vote_that_says(record: Record, about: str, asked: int) -> str:
    """Where a later session says whether something was done: the vote that is tied to what it did with the point.

    Args:
        record: Its record.
        about: The point that it opened with, by its id or what follows the session's in that.
        asked: How many of those who asked are said to have answered.

    Raises:
        InputError: it has no such vote, or fewer people answered it.
    """
    title = record.session.title
    held = [each for each in record.received if about in (each.id, each.id.partition(":")[2])]
    tied = {key for each in held for key in each.evidence.results}
    votes = [each for each in record.results if each.key in tied]
    if not held:
        raise InputError(tr("“{title}” did not open with this point.", title=title), advice=NOTHING_CHANGED)
    if not votes:
        raise InputError(
            tr("No vote of “{title}” is tied to what it did with this point.", title=title),
            advice=(NOTHING_CHANGED, tr("Tie the vote to it in the write-up, and export again.")),
        )
    vote = max(votes, key=lambda each: each.answered)
    if vote.answered < asked:
        raise InputError(
            trn("Only {n} person answered “{question}”.", "Only {n} people answered “{question}”.", vote.answered,
                question=vote.question),
            advice=NOTHING_CHANGED,
        )  # fmt: skip
    said = tr("{title}, {day}: {question}", title=title, day=Day(record.session.day), question=vote.question)
    return translator_for(record.session.language).text(said)


def _who(line: Line) -> str:
    return line.by_body.casefold()


def words_of(language: str, today: str) -> Words:
    """The words of a workbook in every language; those of the session count where two languages differ."""
    heads: dict[str, Part] = {}
    statuses: dict[str, Status] = {}
    spoken = [translator_for(tag) for tag in dict.fromkeys((language, "en", *catalogues()))]
    for translator in spoken:
        for part, heads_of in HEADS.items():
            for head in heads_of:
                heads.setdefault(folded(translator.text(head)), part)
        for words in (STATUS_WORDS, PROMISE_WORDS):
            for status, said in words.items():
                statuses.setdefault(folded(translator.text(said)), status)
    listed = tuple(spoken[0].text(said) for said in STATUS_WORDS.values())
    return Words(heads, statuses, listed, lambda typed: _day(typed, today, spoken[0]))


def _day(typed: str, today: str, translator: Translator) -> str:
    """The day that a text means whenever it is read; empty for one that depends on that, such as “Friday”."""
    now = dt.date.fromisoformat(today)
    found = {read_day(typed, day, translator) for day in (now, now + dt.timedelta(days=400))}
    day = found.pop()
    return "" if found or day is None else day.isoformat()
