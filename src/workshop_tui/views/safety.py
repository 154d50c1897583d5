"""Acts for somebody's safety: content warnings, and noting that a matter was handed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.content_warnings import CONTENT_WARNINGS
from workshop_tui.domain.safeguarding import AGREED, CONCERNS, HANDED_TO, SafeguardingRow, is_reference
from workshop_tui.messages import Message, Text, Verbatim, tr
from workshop_tui.room.times import clock
from workshop_tui.views.act import Act, Choice, Field, Typed, Way
from workshop_tui.views.moment import Moment, given

K = TypeVar("K", bound=str)

NO_ACCOUNT: Final = tr("This says that a matter was handed on, and never what was said. It is in no report.")


def _choices(words: Mapping[K, Message]) -> tuple[Choice, ...]:
    return tuple(Choice(key, said) for key, said in words.items())


def _asked(words: Mapping[K, Message]) -> tuple[Choice, ...]:
    """Nothing is chosen beforehand: what is noted is what somebody said."""
    return (Choice("", tr("Not said yet")), *_choices(words))


def _chosen(why: Message) -> Callable[[str], Message | None]:
    return lambda typed: None if typed else why


def _no_reference(typed: str) -> Message | None:
    if is_reference(typed.strip()):
        return None
    return tr("A reference has letters and digits without spaces, such as {example}. Please write no account here.",
              example=Verbatim("2026/0412"))  # fmt: skip


REFERENCE: Final = Field(
    name="reference", label=tr("Reference in the other system"), wrong=_no_reference,
    hint=tr("Letters and digits only, such as {example}. You can leave it empty.", example=Verbatim("2026/0412")),
)  # fmt: skip
HANDED: Final = Field(
    name="handed_to", label=tr("Who has it now?"), kind="choice", choices=lambda _: _choices(HANDED_TO),
    usual=lambda _: "nobody",
)  # fmt: skip

_FIELDS: Final = (
    Field(name="concern", label=tr("What is it about?"), kind="choice", choices=lambda _: _asked(CONCERNS),
          wrong=_chosen(tr("Please choose what it is about."))),
    Field(name="spoke_privately", label=tr("Somebody spoke with the person in private"), kind="tick"),
    Field(name="agreed", label=tr("Did the person agree to it being handed on?"), kind="choice",
          choices=lambda _: _asked(AGREED), wrong=_chosen(tr("Please say whether they agreed."))),
    HANDED,
    REFERENCE,
)  # fmt: skip


def _is_entry(moment: Moment) -> Text | None:
    entry = moment.entry
    if entry is None or entry.gone:
        return tr("Those words are not there any more.")
    return None if entry.is_contribution else tr("Note it by itself: nobody's words have to be kept back for it.")


def _is_story(moment: Moment) -> Text | None:
    entry = moment.entry
    if (why := _is_entry(moment)) is not None or entry is None:
        return why
    if not entry.asks_consent:
        return tr("Only a story has content warnings.")
    return None if entry.may_show else tr("It is shown to nobody anyhow.")


def _warn(moment: Moment, typed: Typed) -> FacilitatorCommand:
    chosen = tuple(code for code in CONTENT_WARNINGS if typed.get(code) == "yes")
    return cmd.Warn(contribution=given(moment.entry).key, warnings=chosen)


def _ticked(code: str, words: Message) -> Field:
    def usual(moment: Moment) -> str:
        return "yes" if moment.entry is not None and code in moment.entry.warnings else ""

    return Field(name=code, label=words, kind="tick", usual=usual)


def matter_words(row: SafeguardingRow) -> tuple[Message, ...]:
    """One matter in whole sentences."""
    at = Verbatim(clock(row.at))
    said = [
        tr("{time}: {concern}.", time=at, concern=CONCERNS[row.concern]),
        tr("{agreed}.", agreed=AGREED[row.agreed]),
    ]
    said += [tr("Somebody spoke with them in private.")] if row.spoke_privately else []
    if row.handed_at is None:
        said.append(tr("Not handed on yet."))
    else:
        said.append(
            tr("Handed on at {time}: {whom}.", time=Verbatim(clock(row.handed_at)), whom=HANDED_TO[row.handed_to])
        )
    said += [tr("Reference: {reference}.", reference=Verbatim(row.reference))] if row.reference else []
    said += [tr("Closed at {time}.", time=Verbatim(clock(row.closed_at)))] if row.closed_at is not None else []
    return tuple(said)


def _matters(moment: Moment) -> tuple[Choice, ...]:
    return tuple(
        Choice(row.key, tr("{time}: {concern}", time=Verbatim(clock(row.at)), concern=CONCERNS[row.concern]))
        for row in moment.snapshot.safeguarding
    )


def _newest(moment: Moment) -> str:
    matters = moment.snapshot.safeguarding
    return next((row.key for row in reversed(matters) if row.closed_at is None), matters[-1].key if matters else "")


def _has_matter(moment: Moment) -> Text | None:
    return None if moment.snapshot.safeguarding else tr("No matter was noted yet.")


def _follow(moment: Moment, typed: Typed) -> FacilitatorCommand:
    row = next((each for each in moment.snapshot.safeguarding if each.key == typed["note"]), None)
    reference = typed["reference"].strip() or (row.reference if row is not None else "")
    values = {"note": typed["note"], "handed_to": typed["handed_to"], "reference": reference}
    return msgspec.convert({**values, "closed": typed.get("closed") == "yes"}, cmd.FollowUp)


WARN: Final = Way(
    name="warn", subject="entry", command=cmd.Warn, words=tr("Keep these content warnings"), fits=_is_story,
    about=tr("The big screen says these first and waits for a key, and phones ask before they show it."),
    fields=tuple(_ticked(code, words) for code, words in CONTENT_WARNINGS.items()), build=_warn,
)  # fmt: skip
FROM_ENTRY: Final = Way(
    name="safety_entry", subject="entry", command=cmd.Safeguard, words=tr("Note that it was handed on"),
    fits=_is_entry, fields=_FIELDS, fixed={"key": ""},
    about=tr("This says that a matter was handed on, and never what was said. It is in no report. The text is then for "
             "nobody: it is never shown, and goes when the write-up is finished. If the safeguarding lead needs a "
             "copy, give it by a secure route outside this tool, before then."),
)  # fmt: skip

ON_ENTRY: Final = (
    Act(name="warn", key="W", label=tr("Warn"), title=tr("What it speaks of"), page="reading", ways=(WARN,),
        help=tr("Content warnings: told before it is shown.")),
    Act(name="safety_entry", key="S", label=tr("Safety"), title=tr("Somebody's safety: hand it on"),
        page="reading", ways=(FROM_ENTRY,),
        help=tr("Note that a matter was handed on, never what was said. The text is then for nobody.")),
)  # fmt: skip

ACTS: Final = (
    Act(name="safeguard", key="S", title=tr("Somebody's safety: note that it was handed on"), page="notes",
        help=tr("Note that a matter was handed on, never what was said."),
        ways=(Way(name="safeguard", command=cmd.Safeguard, words=tr("Note that it was handed on"), fields=_FIELDS,
                  fixed={"key": ""}, about=NO_ACCOUNT),)),
    Act(name="follow_up", title=tr("Somebody's safety: what became of it"), page="notes",
        help=tr("Who has it now, and whether it is closed."),
        ways=(Way(name="follow_up", command=cmd.FollowUp, words=tr("Note what became of it"), fits=_has_matter,
                  build=_follow, about=NO_ACCOUNT,
                  fields=(Field(name="note", label=tr("Which matter?"), kind="choice", choices=_matters,
                                usual=_newest),
                          HANDED, REFERENCE, Field(name="closed", label=tr("It is closed"), kind="tick"))),)),
)  # fmt: skip
