"""Acts of the promise to the room: tell it something else, and ask at the end whether it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, Final, get_args

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import EngagementKind, Level, ProposalState
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.promise import LEVEL_WORDS, Promise
from workshop_tui.messages import Message, Text, tr
from workshop_tui.views.act import Act, Choice, Field, Typed, Way
from workshop_tui.views.moment import Moment
from workshop_tui.views.ready import promise_check
from workshop_tui.views.typed import day_or_none, lines_in

KIND_NAMES: Final[dict[EngagementKind, Message]] = {
    "listening": tr("listening"),
    "co_production": tr("co-production"),
    "pre_consultation": tr("early engagement"),
    "formal_consultation": tr("formal consultation"),
    "procurement_panel": tr("procurement panel"),
    "monitoring": tr("monitoring"),
    "information_only": tr("information only"),
}
STATE_NAMES: Final[dict[ProposalState, Message]] = {
    "none": tr("nothing is designed or decided"),
    "ideas": tr("first ideas"),
    "long_list": tr("a long list of options"),
    "short_list": tr("a short list of options"),
    "preferred_named": tr("one option is preferred"),
    "decided": tr("decided"),
}
UNSAID: Final = Choice("", tr("Nobody says"))
BAR: Final = "|"
"""Stands between what cannot change and why, on one line."""


def _no_day(typed: str) -> Message | None:
    fits = not typed or day_or_none(typed) is not None
    return None if fits else tr("This is no day we can read. Write it as 24 December 2026, or leave it empty.")


def _fixed_lines(promise: Promise) -> str:
    pairs = zip_longest(promise.cannot_change, promise.cannot_because, fillvalue="")
    return "\n".join(f"{text} {BAR} {why}" if why else text for text, why in pairs)


def _change(moment: Moment, typed: Typed) -> FacilitatorCommand:
    """What was promised, with what was typed; a translation of words that changed would say something else."""
    before = moment.snapshot.promise
    fixed = [line.partition(BAR) for line in lines_in(typed.get("cannot_change", _fixed_lines(before)))]
    day = day_or_none(typed.get("hear_back_by", before.hear_back_by)) or ""
    made = replace(
        before,
        proposal_state=_one_of(typed.get("proposal_state", before.proposal_state or ""), ProposalState),
        engagement_kind=_one_of(typed.get("engagement_kind", before.engagement_kind or ""), EngagementKind),
        level=_one_of(typed.get("level", before.level or ""), Level),
        can_change=tuple(lines_in(typed.get("can_change", "\n".join(before.can_change)))),
        cannot_change=tuple(text.strip() for text, _, _ in fixed),
        cannot_because=tuple(why.strip() for _, _, why in fixed) if any(why.strip() for _, _, why in fixed) else (),
        who_decides=typed.get("who_decides", before.who_decides),
        decides_on=day_or_none(typed.get("decides_on", before.decides_on)) or "",
        hear_back=typed.get("hear_back", before.hear_back),
        hear_back_by=day,
        hear_back_days=None if day else before.hear_back_days,
        why_changed=typed.get("why_changed", ""),
    )
    same = {name for name in Promise.__struct_fields__ if getattr(made, name) == getattr(before, name)}
    if "cannot_change" not in same:
        same -= {"cannot_because"}
    return cmd.ChangePromise(
        promise=replace(made, texts=tuple(each for each in before.texts if each[0].partition("[")[0] in same))
    )


def _one_of(typed: str, words: object) -> str | None:
    return typed if typed in get_args(words) else None


def _choices(names: Mapping[Any, Message]) -> tuple[Choice, ...]:
    return (UNSAID, *(Choice(key, words) for key, words in names.items()))


def _field(name: str, label: Message, **more: Any) -> Field:
    return Field(
        name=name, label=label, usual=lambda moment: getattr(moment.snapshot.promise, name) or "", **more,
    )  # fmt: skip


def _has_one(moment: Moment) -> Text | None:
    asked = any(line.item.type == "promise_check" and line.status != "skipped" for line in moment.snapshot.items)
    return tr("It is in the agenda already.") if asked else None


def _ask_it(moment: Moment, typed: Typed) -> FacilitatorCommand:
    snapshot = moment.snapshot
    lines = [line for line in snapshot.items if line.status != "skipped"]
    last = lines[-1].key if lines else ""
    return cmd.InsertItem(item=promise_check(snapshot.language, snapshot.languages), after=last)


ACTS: Final = (
    Act(
        name="promised", key="M", label=tr("Promised"), title=tr("What is promised to the room"), page="notes",
        help=tr("Tell the room something else, such as that it is decided meanwhile. What it was told before is kept."),
        ways=(
            Way(
                name="promised", command=cmd.ChangePromise, words=tr("Tell the room something else"), build=_change,
                about=tr("Phones and the big screen show it at once. What they showed before stays in the report, with "
                         "its time."),
                fields=(
                    _field("proposal_state", tr("How far is it?"), kind="choice",
                           choices=lambda moment: _choices(STATE_NAMES)),
                    Field(name="why_changed", label=tr("What has changed? One sentence, for the room")),
                    _field("engagement_kind", tr("What kind of session is it?"), kind="choice", is_further=True,
                           choices=lambda moment: _choices(KIND_NAMES)),
                    _field("level", tr("How far do people take part?"), kind="choice", is_further=True,
                           choices=lambda moment: _choices(LEVEL_WORDS)),
                    Field(name="can_change", label=tr("What can change, one to a line"), kind="lines", is_further=True,
                          usual=lambda moment: "\n".join(moment.snapshot.promise.can_change)),
                    Field(name="cannot_change", label=tr("What cannot change, one to a line"), kind="lines",
                          hint=tr("Why it cannot stands behind a bar: The date | The contract ends"), is_further=True,
                          usual=lambda moment: _fixed_lines(moment.snapshot.promise)),
                    _field("who_decides", tr("Who decides?"), is_further=True),
                    _field("decides_on", tr("When is it decided?"), kind="day", wrong=_no_day, is_further=True),
                    _field("hear_back", tr("How do people hear back?"), kind="lines", is_further=True),
                    _field("hear_back_by", tr("By when do people hear back?"), kind="day", wrong=_no_day,
                           is_further=True),
                ),
            ),
        ),
    ),
    Act(
        name="promise_check", title=tr("Ask at the end: did we keep to it?"), page="order", key="Q", label=tr("Kept?"),
        help=tr("Adds a question at the end: did we keep to what was promised? Undo takes it out."),
        ways=(
            Way(name="promise_check", command=cmd.InsertItem, words=tr("Add it as the last item"), fits=_has_one,
                build=_ask_it),
        ),
    ),
)  # fmt: skip
