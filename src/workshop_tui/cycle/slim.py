"""A record as the picture of many sessions needs it: without anybody's own words.

Of what people said stays which lines repeat it, so that a later withdrawal still finds them. So a hundred sessions fit
into memory, and what is kept of them between two looks holds no story.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.cycle.record import Entry, Promise, Received, Record
from workshop_tui.domain.quoting import MARK, Sources
from workshop_tui.domain.registers import spec_of


class Slim(Struct, frozen=True, kw_only=True):
    """One record without the texts in it."""

    record: Record
    keys: tuple[str, ...] = ()
    """Of the texts that were in it."""
    repeats: dict[str, tuple[str, ...]] = {}
    """By the key of a text: the ids of what repeats it, entries and points that were handed in."""


def slim(record: Record | Slim) -> Slim:
    """A record without its texts."""
    if isinstance(record, Slim):
        return record
    plain = replace(
        record,
        texts={},
        left_out=(),
        # No picture tells it, and a desk may have typed what somebody said.
        promise=Promise(),
        results=tuple(replace(each, sentences=()) for each in record.results),
    )
    return Slim(record=plain, keys=tuple(record.texts), repeats=_repeats(record))


def _repeats(record: Record) -> dict[str, tuple[str, ...]]:
    if not record.texts:
        return {}
    any_of = Sources(record.texts.values())
    said = [(each.id, words) for each in record.entries for words in _said(each)]
    said += [(each.id, words) for each in record.received for words in _answered(each)]
    quoting = [(id_, words) for id_, words in said if any_of.are_in(words)]
    if not quoting:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, text in record.texts.items():
        source = Sources((text,))
        if ids := tuple(dict.fromkeys(id_ for id_, words in quoting if source.are_in(words))):
            found[key] = ids
    return found


def _said(entry: Entry) -> tuple[str, ...]:
    return (entry.words, entry.item, *(each for each in entry.fields.values() if isinstance(each, str)))


def _answered(received: Received) -> tuple[str, ...]:
    return (received.said, received.where, received.to, received.seen)


def newest(records: Iterable[Record | Slim]) -> tuple[Slim, ...]:
    """One record of each session, the one that knows most of it, in the order in which sessions were held."""
    found: dict[str, Slim] = {}
    for each in map(slim, records):
        known = found.get(each.record.session.id)
        if known is None or _age(each) > _age(known):
            found[each.record.session.id] = each

    def held(each: Slim) -> tuple[str, int, str]:
        session = each.record.session
        return session.day, session.made_at, session.id

    return tuple(sorted(found.values(), key=held))


def _age(each: Slim) -> tuple[int, int, str]:
    # Of two that know as much, the one with fewer words is the one from after something was taken back.
    return (each.record.session.made_at, -len(each.keys), each.record.session.journal_head)


def without(each: Slim, gone: Iterable[str]) -> Record:
    """A record without what was taken back since it was written."""
    keys = set(gone)
    record = each.record
    if not keys:
        return record
    repeating = {id_ for key in keys for id_ in each.repeats.get(key, ())}
    return replace(
        record,
        entries=tuple(_without(entry, keys, repeating) for entry in record.entries),
        received=tuple(_handed_without(one, keys, repeating) for one in record.received),
    )


def _handed_without(received: Received, gone: set[str], repeating: set[str]) -> Received:
    if received.id in gone and MARK not in received.words:
        received = replace(received, words="")
    return replace(received, said="", where="", to="", seen="") if received.id in repeating else received


def _without(entry: Entry, gone: set[str], repeating: set[str]) -> Entry:
    # One that has the mark is from after it: what it repeated is out of it.
    is_before = entry.id in gone and not any(MARK in each for each in _said(entry))
    if is_before or entry.id in repeating:
        entry = replace(entry, words="", item="", fields=_not_typed(entry), withheld=True)
    evidence = entry.evidence
    lost = [key for key in evidence.texts if key in gone]
    if not lost:
        return entry
    # What sort of words a key stood for is not told: those that are counted most are taken for the first to go.
    counts = {"stories": evidence.stories, "ideas": evidence.ideas, "reasons": evidence.reasons}
    for _ in lost:
        name = max(counts, key=lambda each: counts[each])
        counts[name] = max(0, counts[name] - 1)
    left = replace(
        evidence,
        texts=tuple(key for key in evidence.texts if key not in gone),
        taken_back=evidence.taken_back + len(lost),
        **counts,
    )
    return replace(entry, evidence=left)


def _not_typed(entry: Entry) -> dict[str, str | int]:
    """Its fields but for those in which somebody wrote: what was said is in there as well as in its words."""
    spec = spec_of(entry.register)
    kept = {each.name for each in spec.fields if each.sort != "text"} if spec is not None else set()
    return {name: said for name, said in entry.fields.items() if name in kept}
