"""What an audience may know of a session as JSON, for programs.

The keys are a public schema (docs/session.schema.json; docs/session-json.md in words). They are written out here one by
one, so that a change of a name or a type elsewhere is no change for whoever reads these files; but for the plain
ballots, which are in that form wherever they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, assert_never

import msgspec

from workshop_tui.counting.formats.ours import SCHEMA
from workshop_tui.domain.blocks import Bar, Bars, Distribution, Matrix, Quotes, Ranking, Scaled, Statement, ViewBlock
from workshop_tui.exports.output import DataFormat, Pieces
from workshop_tui.exports.report import (
    BallotLine,
    Gathered,
    ItemReport,
    JournalLine,
    NoteReport,
    Origin,
    PlannedItem,
    PromiseReport,
    ReasonLine,
    Report,
    RoundReport,
    ShownContribution,
)
from workshop_tui.messages import ENGLISH, Place, Sentences, Translator

Json = dict[str, object]


def session_json(report: Report, translator: Translator) -> bytes:
    """The whole session, keys sorted, two spaces a level, a newline at the end."""
    return bytes(_session_json(report, translator))


def _session_json(report: Report, translator: Translator) -> Pieces:
    def pieces() -> Iterator[bytes]:
        yield from pieces_of_json(_Publishing(translator).session(report))
        yield b"\n"

    return Pieces(pieces)


class Each:
    """A list that is made as it is written.

    Args:
        make: Makes what is in it.
        of: Out of what, in order.
    """

    def __init__(self, make: Callable[[Any], Json], of: Iterable[Any]) -> None:
        self.values = (make(each) for each in of)


def pieces_of_json(value: object, depth: int = 0) -> Iterator[bytes]:
    """A value as JSON, keys sorted, two spaces a level, piece by piece where lists in it are made as they are written.

    Sorted keys make two exports comparable line by line, whatever order the fields are written in.
    """
    line = b"\n" + b"  " * depth
    if isinstance(value, Each):
        begin = b"["
        for each in value.values:
            yield begin + line + b"  "
            yield from pieces_of_json(each, depth + 1)
            begin = b","
        yield b"[]" if begin == b"[" else line + b"]"
    elif isinstance(value, dict) and _holds_each(value):
        begin = b"{"
        for key in sorted(value):
            yield begin + line + b"  " + msgspec.json.encode(key) + b": "
            yield from pieces_of_json(value[key], depth + 1)
            begin = b","
        yield line + b"}"
    else:
        # No line breaks but those of the form are in JSON.
        yield msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2).replace(b"\n", line)


def _holds_each(value: object) -> bool:
    return isinstance(value, Each) or (isinstance(value, dict) and any(map(_holds_each, value.values())))


FORMAT: Final = DataFormat(
    name="session.json",
    write=lambda report, translator: {"session.json": _session_json(report, translator)},
)


class _Publishing:
    """Says the parts of a session in the keys of the schema; sentences in the language of the agenda."""

    def __init__(self, translator: Translator) -> None:
        self._text = translator.text

    def session(self, report: Report) -> Json:
        return {
            "schema": SCHEMA,
            "origin": self._origin(report.origin),
            "title": report.title,
            "purpose": report.purpose,
            "language": report.language,
            "stage": report.stage,
            "stage_title": self._text(report.stage_title),
            "engagement_kind": report.engagement_kind,
            "proposal_state": report.proposal_state,
            "status": self._text(report.status),
            "can_change": report.can_change,
            "cannot_change": report.cannot_change,
            "promised": self._promised(report.promise),
            "people": report.people,
            "venue_access": report.venue_access,
            "baton_in": report.baton_in,
            "baton_out": report.baton_out,
            "started_at": report.started_at,
            "planned_end": report.planned_end,
            "ended_at": report.ended_at,
            "finished_at": report.finished_at,
            "write_up_by": report.write_up_by,
            "phones": report.phones,
            "looking_on": report.looking_on,
            "present": report.present,
            "by_video": report.by_video,
            "concerns": _notes(report.concerns),
            "actions": _notes(report.actions),
            "promises": _notes(report.promises),
            "notes": _notes(report.notes),
            "notes_held": msgspec.to_builtins(report.notes_held),
            "items": [_item(each) for each in report.items],
            "rounds": Each(self._round, report.rounds),
            "stories": self._gathered(report.stories),
            "words": Each(self._gathered, report.words),
            "journal": Each(_journal_line, report.journal),
            "kept": {
                "locked": report.kept.locked,
                "unlocked": report.kept.unlocked,
                "until": report.kept.until,
            },
            "damage": self._texts(report.damage),
        }

    def _promised(self, told: PromiseReport) -> list[Json]:
        versions = [*((each.until, each.promise) for each in told.earlier), (None, told.now)]
        return [
            {
                "until": until,
                "engagement_kind": of.engagement_kind,
                "proposal_state": of.proposal_state,
                "level": of.level,
                "why_now": of.why_now,
                "how": of.how,
                "can_change": of.can_change,
                "cannot_change": of.cannot_change,
                "cannot_because": of.cannot_because,
                "who_decides": of.who_decides,
                "decides_on": of.decides_on,
                "hear_back": of.hear_back,
                "hear_back_by": told.hear_back_by if until is None else of.hear_back_by,
                "why_changed": of.why_changed,
            }
            for until, of in versions
        ]

    def _origin(self, origin: Origin) -> Json:
        return {
            "id": origin.id,
            "agenda": origin.agenda,
            "agenda_sha256": origin.agenda_sha256,
            "journal_head": origin.journal_head,
            "as_of": origin.as_of,
            "utc_offset_minutes": origin.utc_offset_minutes,
            "clock_known": origin.clock_known,
            "left_out": self._text(origin.left_out),
        }

    def _round(self, round_: RoundReport) -> Json:
        compared, tie = round_.compared, round_.tie
        return {
            "key": round_.key,
            "item": round_.item,
            "item_number": round_.item_number,
            "number": round_.number,
            "kind": round_.kind,
            "question": round_.question,
            "options": [[letter, self._text(words)] for letter, words in round_.options],
            "status": round_.status,
            "reason": round_.reason,
            "shown_to_room": round_.shown_to_room,
            "opened_at": round_.opened_at,
            "closed_at": round_.closed_at,
            "revealed_at": round_.revealed_at,
            "rounded": round_.rounded,
            "answered": round_.answered,
            "skipped": round_.skipped,
            "joined": round_.joined,
            "present": round_.present,
            "changes": round_.changes,
            "again": round_.again,
            "linked": round_.linked,
            "awaits_award": round_.awaits_award,
            "compared": compared
            and {
                "few": compared.few,
                "both": compared.both,
                "changed": compared.changed,
                "only_before": compared.only_before,
                "only_now": compared.only_now,
            },
            "tie": tie and {"option": tie.option, "reason": tie.reason},
            "result": [self._block(each) for each in round_.result],
            "sentences": self._texts(round_.sentences),
            "details": [self._block(each) for each in round_.details],
            "ballots": Each(self._ballot, round_.ballots),
            "reasons": Each(_reason, round_.reasons),
            "reasons_left_out": {
                "held": round_.reasons_left_out.held,
                "not_read": round_.reasons_left_out.not_read,
                "not_approved": round_.reasons_left_out.not_approved,
            },
            "plain": round_.plain and msgspec.to_builtins(round_.plain),
        }

    def _ballot(self, line: BallotLine) -> Json:
        return {"count": line.count, "group": line.group, "columns": self._columns(line.columns)}

    def _gathered(self, gathered: Gathered) -> Json:
        missing = gathered.missing
        return {
            "kind": gathered.kind,
            "one": self._text(gathered.noun.one),
            "many": self._text(gathered.noun.many),
            "told": gathered.told,
            "shown": Each(self._said, gathered.shown),
            "missing": {
                "withdrawn": missing.withdrawn,
                "day_over": missing.day_over,
                "not_wanted": missing.not_wanted,
                "held": missing.held,
                "not_read": missing.not_read,
                "not_approved": missing.not_approved,
            },
            "levels": [
                {"level": each.level, "words": self._text(each.words), "told": each.told, "not_shown": each.not_shown}
                for each in gathered.levels
            ],
        }

    def _said(self, said: ShownContribution) -> Json:
        return {
            "key": said.key,
            "number": said.number,
            "item": said.item,
            "item_number": said.item_number,
            "kind": said.kind,
            "consent": said.consent,
            "parts": [[self._text(heading), words] for heading, words in said.parts],
            "columns": self._columns(said.columns),
            "votes": said.votes,
            "answered": said.answer is not None,
            "answer": said.answer.words if said.answer else "",
            "taken_by": said.answer.owner if said.answer else "",
            "answer_held": said.answer_held,
        }

    def _block(self, block: ViewBlock) -> Json:
        match block:
            case Bars():
                bars = [self._bar(bar) for bar in block.bars]
                return {"type": "Bars", "unit": self._text(block.unit), "people": block.people, "bars": bars}
            case Ranking():
                places = [
                    {
                        "place": each.place,
                        "label": self._text(each.label),
                        "letter": each.letter,
                        "amounts": each.amounts,
                    }
                    for each in block.places
                ]
                return {
                    "type": "Ranking",
                    "columns": self._texts(each.name for each in block.columns),
                    "places": places,
                }
            case Distribution():
                return {
                    "type": "Distribution",
                    "unit": self._text(block.unit),
                    "scale": self._texts(block.scale),
                    "aside": block.aside,
                    "lines": [self._line(each) for each in block.lines],
                }
            case Matrix():
                rows = [
                    {"label": self._text(each.label), "letter": each.letter, "cells": self._texts(each.cells)}
                    for each in block.rows
                ]
                return {
                    "type": "Matrix",
                    "title": self._text(block.title),
                    "corner": self._text(block.corner),
                    "columns": self._texts(block.columns),
                    "rows": rows,
                }
            case Statement():
                return {"type": "Statement", "text": self._text(block.text), "weight": block.weight}
            case Quotes():
                quotes = [
                    {"parts": [[self._text(heading), words] for heading, words in each.parts]} for each in block.quotes
                ]
                return {"type": "Quotes", "title": self._text(block.title), "quotes": quotes}
            case _:
                assert_never(block)

    def _bar(self, bar: Bar) -> Json:
        return {
            "label": self._text(bar.label),
            "value": bar.value,
            "letter": bar.letter,
            "note": ", ".join(map(self._text, bar.notes)),
            "leads": bar.leads,
            "said": self._text(bar.said),
        }

    def _line(self, line: Scaled) -> Json:
        return {
            "label": self._text(line.label),
            "counts": line.counts,
            "letter": line.letter,
            "note": self._text(line.note),
        }

    def _columns(self, columns: dict[str, str | int]) -> Json:
        return {name: value if isinstance(value, int) else self._text(value) for name, value in columns.items()}

    def _texts(self, texts: Iterable[Place | Sentences]) -> list[str]:
        return [self._text(each) for each in texts]


def _item(item: ItemReport) -> Json:
    return {
        "key": item.key,
        "number": item.number,
        "title": item.title,
        "question": item.question,
        "type": item.type,
        "level": item.level,
        "lead": item.lead,
        "capture": item.capture,
        "access": item.access,
        "minutes": item.minutes,
        "planned": item.planned and _planned(item.planned),
        "status": item.status,
        "opened_at": item.opened_at,
        "left_at": item.left_at,
        "spent_ms": item.spent_ms,
        "edited": item.edited,
        "reason": item.reason,
    }


def _planned(item: PlannedItem) -> Json:
    return {"title": item.title, "question": item.question, "minutes": item.minutes, "start": item.start}


def _notes(notes: Iterable[NoteReport]) -> list[Json]:
    return [
        {
            "key": note.key,
            "item": note.item,
            "item_number": note.item_number,
            "text": note.text,
            "owner": note.owner,
            "due": note.due,
            "at": note.at,
        }
        for note in notes
    ]


def _reason(line: ReasonLine) -> Json:
    return {"option": line.option, "answer": ENGLISH.text(line.answer), "name": line.name, "words": line.words}


def _journal_line(line: JournalLine) -> Json:
    return {"at": line.at, "who": line.who, "what": line.what, "item": line.item, "round": line.round}
