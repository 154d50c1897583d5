"""Typing in a story that somebody told on paper."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Gathering
from workshop_tui.domain.consent import LEVELS
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.views.act import Act, Choice, Field, Way
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed import with_words


def _takes_stories(line: ItemLine) -> bool:
    from workshop_tui.kinds.registry import KINDS

    kind = KINDS.get(line.kind)
    return isinstance(kind, Gathering) and kind.asks_consent and line.status != "skipped"


def _items(moment: Moment) -> tuple[Choice, ...]:
    return tuple(Choice(line.key, line.title) for line in moment.snapshot.items if _takes_stories(line))


def _first(moment: Moment) -> str:
    """The item that is open, else the first that takes stories."""
    here, keys = moment.snapshot.here, [each.key for each in _items(moment)]
    return here.item.key if here is not None and here.item.key in keys else keys[0] if keys else ""


def _has_items(moment: Moment) -> Text | None:
    return None if _items(moment) else tr("No item of this day takes stories.")


def _levels(_: Moment) -> tuple[Choice, ...]:
    return (Choice("", tr("Not chosen yet")), *(Choice(level, words) for level, words in LEVELS))


def _no_level(typed: str) -> Message | None:
    return None if typed else tr("Please choose what its owner ticked. Where nothing is ticked: nobody else.")


ACTS: Final = (
    Act(
        name="paper", title=tr("Enter a story told on paper"), page="notes",
        help=tr("Type a story from paper as it stands. Its private code is shown once, for the slip of its owner."),
        ways=(
            Way(
                name="enter_story", command=cmd.EnterStory, words=tr("Enter it"), fits=_has_items,
                about=tr("Type it as it stands. Then a private code is shown, once: write it on the slip that its "
                         "owner gets."),
                fields=(
                    Field(name="words", label=tr("What stands on the paper?"), kind="lines",
                          wrong=with_words(tr("There are no words yet."))),
                    Field(name="level", label=tr("What did its owner tick?"), kind="choice", choices=_levels,
                          wrong=_no_level),
                    Field(name="item", label=tr("With which item?"), kind="choice", choices=_items, usual=_first),
                ),
            ),
        ),
    ),
)  # fmt: skip
