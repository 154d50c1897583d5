"""Looks through an agenda that can be used: the running order with clock times, and what is worth a thought.

Warnings never stop a workshop: the facilitator knows the room. The rules are R7.1 (agenda checks), R2.3 (what
the session is called) and L14 (missing translations) of the project's requirements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

import msgspec

from workshop_tui.domain.agenda import SCORES, STAGE_TITLES, Agenda, Item, status_sentence
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.promise import calls_it_consultation
from workshop_tui.messages import Listed, Message, Sentences, Verbatim, tr, trn

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
    ("formal_consultation", "decided"): tr("people cannot be consulted on what is decided"),
    ("pre_consultation", "preferred_named"): tr(
        "where one option is preferred already, this is late for early engagement"
    ),
    ("co_production", "decided"): tr("what is decided cannot be worked out together"),
}
_AT_ODDS_LEVEL: Final = {
    "formal_consultation": ("inform",),
    "co_production": ("inform", "consult"),
    "information_only": ("consult", "involve", "collaborate", "empower"),
    "pre_consultation": ("consult",),
}
"""Levels that say something else than the kind of session."""
_ONE_OPTION: Final = ("single", "approval", "scale", "consensus", "statements")
"""Kinds that ask for support; whether one thing alone is asked about shows in how many options there are."""


def check_lines(agenda: Agenda, start: str = "") -> list[Sentences]:
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
    lines: list[Sentences] = [agenda.title, STAGE_TITLES[agenda.stage], *filter(None, [status_sentence(agenda)]), ""]
    at = begin
    for number, item in enumerate(agenda.items, 1):
        begins, place = Verbatim(_time(at, bool(clock))), Verbatim(f"{number:2}")
        lines.append(
            tr(
                "{time}  {number}  {title} ({minutes} min, phones: {kind})",
                time=begins,
                number=place,
                title=item.title,
                minutes=item.minutes,
                kind=Verbatim(item.activity.kind),
            )
            if item.activity
            else tr(
                "{time}  {number}  {title} ({minutes} min)",
                time=begins,
                number=place,
                title=item.title,
                minutes=item.minutes,
            )
        )
        at += item.minutes
    ends = Verbatim(_time(at, bool(clock)))
    end = trn(
        "{time}      The end, after {n} minute.", "{time}      The end, after {n} minutes.", agenda.minutes, time=ends
    )
    lines += [end, ""]
    if agenda.received:
        count = len(agenda.received)
        lines += [trn("It opens with {n} point that was handed in.", "It opens with {n} points that were handed in.",
                      count), ""]  # fmt: skip
    found = [tr("Warning: {warning}", warning=text) for text in warnings(agenda)]
    if clock and at > DAY:
        found.append(tr("Warning: it ends after midnight."))
    return [*lines, *(found or [tr("No warnings.")])]


def warnings(agenda: Agenda) -> list[Message]:
    """What is worth a thought before people come, as whole sentences; empty when nothing is."""
    return [*_status(agenda), *_promise(agenda), *_award(agenda), *_one_option(agenda), *_breaks(agenda),
            *_information(agenda), *_ideas(agenda), *_ending(agenda),
            *_translations(agenda)]  # fmt: skip


def _status(agenda: Agenda) -> Iterator[Message]:
    if agenda.engagement_kind is None:
        yield tr("“engagement_kind” is not there: nobody is told what kind of session this is.")
    if agenda.proposal_state is None:
        yield tr("“proposal_state” is not there: nobody is told whether anything has been decided.")
    if agenda.engagement_kind is None or agenda.proposal_state is None:
        return
    if agenda.proposal_state == "decided" and agenda.can_change:
        yield tr("proposal_state “decided” and “can_change”: what is decided cannot change; say what is still open.")
    reason = _AT_ODDS.get((agenda.engagement_kind, agenda.proposal_state))
    if reason:
        yield tr(
            "engagement_kind “{engagement_kind}” and proposal_state “{proposal_state}”: {reason}.",
            engagement_kind=Verbatim(agenda.engagement_kind),
            proposal_state=Verbatim(agenda.proposal_state),
            reason=reason,
        )


def _promise(agenda: Agenda) -> Iterator[Message]:
    """What the promise to the room leaves open, and where it says two things."""
    kind = agenda.engagement_kind or ""
    for level, item in ((agenda.level, None), *((item.level, item) for item in agenda.items)):
        if level is None or level not in _AT_ODDS_LEVEL.get(kind, ()):
            continue
        words = {"kind": Verbatim(kind), "level": Verbatim(level)}
        if item is None:
            yield tr("engagement_kind “{kind}” and level “{level}” do not fit together.", **words)
        else:
            yield tr("“{title}”: engagement_kind “{kind}” and level “{level}” do not fit together.",
                     title=item.title, **words)  # fmt: skip
    if agenda.proposal_state == "decided" and agenda.level in ("collaborate", "empower"):
        yield tr("proposal_state “decided” and level “{level}”: people cannot decide what is decided.",
                 level=Verbatim(agenda.level))  # fmt: skip
    bare = [text for text, why in zip_longest(agenda.cannot_change, agenda.cannot_because, fillvalue="") if not why]
    if bare:
        said = Listed(tuple(tr("“{title}”", title=title) for title in bare))
        yield tr("nobody is told why this cannot change: {texts}.", texts=said)
    if not agenda.who_decides:
        yield tr("“who_decides” is not there: nobody is told who decides.")
    if not agenda.hear_back_by and agenda.hear_back_days is None:
        yield tr("neither “hear_back_days” nor “hear_back_by” is there: nobody is told by when they hear back.")
    if agenda.decides_on and agenda.hear_back_by and agenda.hear_back_by < agenda.decides_on:
        yield tr("people are to hear back before it is decided (hear_back_by, decides_on).")
    if kind == "pre_consultation":
        called = [
            *(field for field in ("purpose", "why_now", "how", "hear_back", "baton_in")
              if calls_it_consultation(getattr(agenda, field))),
            *(item.title for item in agenda.items
              if calls_it_consultation(item.title) or calls_it_consultation(item.question)),
        ]  # fmt: skip
        if called:
            places = Listed(tuple(tr("“{title}”", title=title) for title in called))
            yield tr("this is no consultation, and these words call it one: {places}.", places=places)


def _award(agenda: Agenda) -> Iterator[Message]:
    """Where the scores of those who choose a provider would leave before anybody is told who it is."""
    scored = any(item.activity is not None and item.activity.kind in SCORES for item in agenda.items)
    if agenda.stage == "procure" and scored and not agenda.award_on:
        yield tr(
            "“award_on” is not there: scores and the reasons for them are in the files as soon as they are counted."
        )


def _one_option(agenda: Agenda) -> Iterator[Message]:
    """Where support is asked for one thing alone (R2.3)."""
    for item in agenda.items:
        if item.activity is None or item.activity.kind not in _ONE_OPTION or item.type == "promise_check":
            continue
        options = item.activity.config.get("options")
        if isinstance(options, Sequence) and len(options) == 1:
            yield tr("“{title}” asks about one option only: people cannot say what they would rather have.",
                     title=item.title)  # fmt: skip


def _breaks(agenda: Agenda) -> Iterator[Message]:
    words = " ".join([agenda.venue_access, agenda.people, *(item.access for item in agenda.items)]).casefold()
    interpreted = any(word in words for word in _INTERPRETED)
    most = SITTING_INTERPRETED if interpreted else SITTING
    sitting, first = 0, ""
    for item in [*agenda.items, None]:
        if item is not None and not item.is_break:
            first = first or item.title
            sitting += item.minutes
            continue
        if sitting > most:
            yield (
                trn(
                    "there is no break for {n} minute from “{first}” on; {most} is the most, with interpreters at "
                    "work.",
                    "there is no break for {n} minutes from “{first}” on; {most} is the most, with interpreters at "
                    "work.",
                    sitting,
                    first=first,
                    most=most,
                )
                if interpreted
                else trn(
                    "there is no break for {n} minute from “{first}” on; {most} is the most.",
                    "there is no break for {n} minutes from “{first}” on; {most} is the most.",
                    sitting,
                    first=first,
                    most=most,
                )
            )
        sitting, first = 0, ""


def _information(agenda: Agenda) -> Iterator[Message]:
    if not agenda.can_change or not agenda.cannot_change:
        yield tr("the agenda does not say both what can change and what cannot (can_change, cannot_change).")
    types = [item.type for item in agenda.items]
    judged = [each for each in types if each in _NEEDS_INFORMATION]
    if judged and "information" not in types[: types.index(judged[0])]:
        yield tr("no item of type “information” comes before the first “{judged}”.", judged=Verbatim(judged[0]))


def _ideas(agenda: Agenda) -> Iterator[Message]:
    gathered = False
    for item in agenda.items:
        if item.activity is None:
            continue
        if item.activity.config.get("options_from") == "ideas" and not gathered:
            yield tr("“{title}” takes its options from ideas, but no item before it gathers any.", title=item.title)
        gathered = gathered or item.activity.kind == "ideas"


def _ending(agenda: Agenda) -> Iterator[Message]:
    last = next((item.type for item in reversed(agenda.items) if item.type not in _AFTER_LAST), "")
    if last not in _LAST:
        yield tr("the last item is neither “checkout” nor “action_planning”: people should hear what happens next.")


def _translations(agenda: Agenda) -> Iterator[Message]:
    for language in agenda.languages[1:]:
        missing = [item.title for item in agenda.items if item.activity and not _is_translated(item, language)]
        if missing:
            titles = Listed(tuple(tr("“{title}”", title=title) for title in missing))
            yield tr(
                "not all that phones show is there in “{language}”: {titles}.",
                language=Verbatim(language),
                titles=titles,
            )


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
