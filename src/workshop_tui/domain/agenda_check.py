"""Looks through an agenda that can be used: the running order with clock times, and what is worth a thought.

Warnings never stop a workshop: the facilitator knows the room. The rules are R7.1 (agenda checks), R2.3 (what
the session is called) and L14 (missing translations) of the project's requirements.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from workshop_tui.domain.agenda import STAGE_TITLES, Agenda, Item, status_sentence
from workshop_tui.domain.blocks import Option
from workshop_tui.messages import ENGLISH

SITTING: Final = 90
"""Longest time without a break, in minutes."""

SITTING_INTERPRETED: Final = 75
"""The same where interpreters work."""

DAY: Final = 24 * 60

_INTERPRETED: Final = ("interpreter", "bsl")
_NEEDS_INFORMATION: Final = ("scenario_tradeoff", "consensus_check", "ranking")
_LAST: Final = ("checkout", "action_planning")
_AFTER_LAST: Final = ("decompress", "equality_monitoring")
"""What may still follow: coming down gently, and questions about people themselves."""
_AT_ODDS: Final = {
    ("formal_consultation", "decided"): "people cannot be consulted on what is decided",
    ("pre_consultation", "preferred_named"): "where one option is preferred already, this is late for early engagement",
    ("co_production", "decided"): "what is decided cannot be worked out together",
}


def check_lines(agenda: Agenda, start: str = "") -> list[str]:
    """The running order, one line an item, then the warnings.

    Args:
        agenda: An agenda that `parse_agenda` gave.
        start: When it is to start, "HH:MM"; empty for the agenda's own start. Where neither says, times count
            from 0:00.

    Returns:
        Lines for a person; each warning begins with "Warning: ".
    """
    clock = start or agenda.start
    begin = _minutes(clock) if clock else 0
    lines = [agenda.title, str(STAGE_TITLES[agenda.stage]), ENGLISH.text(status_sentence(agenda)), ""]
    at = begin
    for number, item in enumerate(agenda.items, 1):
        kind = f", phones: {item.activity.kind}" if item.activity else ""
        lines.append(f"{_time(at, bool(clock))}  {number:2}  {item.title} ({item.minutes} min{kind})")
        at += item.minutes
    lines += [f"{_time(at, bool(clock))}      The end, after {agenda.minutes} minutes.", ""]
    found = [f"Warning: {text}" for text in warnings(agenda)]
    if clock and at > DAY:
        found.append("Warning: it ends after midnight.")
    return [*lines, *(found or ["No warnings."])]


def warnings(agenda: Agenda) -> list[str]:
    """What is worth a thought before people come, as whole sentences; empty when nothing is."""
    return [*_status(agenda), *_breaks(agenda), *_information(agenda), *_ideas(agenda), *_ending(agenda),
            *_translations(agenda)]  # fmt: skip


def _status(agenda: Agenda) -> Iterator[str]:
    reason = _AT_ODDS.get((agenda.engagement_kind, agenda.proposal_state))
    if reason:
        yield f"engagement_kind “{agenda.engagement_kind}” and proposal_state “{agenda.proposal_state}”: {reason}."


def _breaks(agenda: Agenda) -> Iterator[str]:
    words = " ".join([agenda.venue_access, agenda.people, *(item.access for item in agenda.items)]).casefold()
    interpreted = any(word in words for word in _INTERPRETED)
    most = SITTING_INTERPRETED if interpreted else SITTING
    why = ", with interpreters at work" if interpreted else ""
    sitting, first = 0, ""
    for item in [*agenda.items, None]:
        if item is not None and not item.is_break:
            first = first or item.title
            sitting += item.minutes
            continue
        if sitting > most:
            yield f"there is no break for {sitting} minutes from “{first}” on; {most} is the most{why}."
        sitting, first = 0, ""


def _information(agenda: Agenda) -> Iterator[str]:
    if not agenda.can_change or not agenda.cannot_change:
        yield "the agenda does not say both what can change and what cannot (can_change, cannot_change)."
    types = [item.type for item in agenda.items]
    judged = [each for each in types if each in _NEEDS_INFORMATION]
    if judged and "information" not in types[: types.index(judged[0])]:
        yield f"no item of type “information” comes before the first “{judged[0]}”."


def _ideas(agenda: Agenda) -> Iterator[str]:
    gathered = False
    for item in agenda.items:
        if item.activity is None:
            continue
        if item.activity.config.get("options_from") == "ideas" and not gathered:
            yield f"“{item.title}” takes its options from ideas, but no item before it gathers any."
        gathered = gathered or item.activity.kind == "ideas"


def _ending(agenda: Agenda) -> Iterator[str]:
    last = next((item.type for item in reversed(agenda.items) if item.type not in _AFTER_LAST), "")
    if last not in _LAST:
        yield "the last item is neither “checkout” nor “action_planning”: people should hear what happens next."


def _translations(agenda: Agenda) -> Iterator[str]:
    for language in agenda.languages[1:]:
        missing = [item.title for item in agenda.items if item.activity and not _is_translated(item, language)]
        if missing:
            yield f"not all that phones show is there in “{language}”: {', '.join(f'“{title}”' for title in missing)}."


def _is_translated(item: Item, language: str) -> bool:
    """Whether the question and every option have a text in that language."""
    given = {(field, tag) for field, tag, _ in item.texts}
    options = item.activity.config.get("options", ()) if item.activity else ()
    return ("question", language) in given and all(
        language in dict(option.texts) for option in msgspec.convert(options, tuple[Option, ...])
    )


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _time(at: int, of_day: bool) -> str:
    at = at % DAY if of_day else at
    return f"{at // 60:02}:{at % 60:02}" if of_day else f"{at // 60}:{at % 60:02}"
