"""The result of a round as everybody sees it: what its kind shows, and what belongs beside it.

Beside it stand the count of an earlier round of the same question, how many changed their answer, where the options of
a run-off came from, and what the facilitator named where the first place tied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from workshop_tui.domain.activity import AnyPoll, OptionsConfig
from workshop_tui.domain.blocks import Statement, ViewBlock
from workshop_tui.domain.earlier import leaders_sentence
from workshop_tui.domain.honesty import SMALL_GROUP, Turnout, base_sentence, listed, part_words
from workshop_tui.domain.state import Compared, Round, TieBreak
from workshop_tui.messages import Message, Text, tr, trn


class CountedRound(Struct, frozen=True):
    """One round with all that its result is made of."""

    round: Round
    poll: AnyPoll
    config: Any
    """In the kind's own type."""
    profile: Mapping[Any, int]
    """Counts of distinct ballots, in the kind's own type."""
    turnout: Turnout


def result_blocks(now: CountedRound, first: CountedRound | None, *, big: bool = False) -> tuple[ViewBlock, ...]:
    """The result of a round.

    Args:
        now: The round.
        first: The earlier round whose question it asked again, where that one is counted for good; None for none.
        big: For the big screen. Its first part has every caution; the second count comes first, as it is what the room
            looks at; and the first is drawn without its sentences, which stand on the phones.
    """
    own = (*_shown(now), *_beside(now))
    if big:
        own = _cautions_first(own)
    if first is None:
        return own
    before, changes = _shown(first), tuple(Statement(text) for text in change_sentences(now.round))
    if big:
        before = _cautions_first(block for block in before if not isinstance(block, Statement) or block.is_caution)
    earlier = (Statement((tr("The first time:"), base_sentence(first.turnout))), *before)
    later = (Statement((tr("The second time:"), base_sentence(now.turnout))), *own)
    return (*later, *changes, *earlier) if big else (*earlier, *later, *changes)


def _cautions_first(blocks: Iterable[ViewBlock]) -> tuple[ViewBlock, ...]:
    return tuple(sorted(blocks, key=lambda block: not (isinstance(block, Statement) and block.is_caution)))


def _shown(each: CountedRound) -> tuple[ViewBlock, ...]:
    return each.poll.show(each.config, each.poll.tally(each.config, each.profile))


def _beside(each: CountedRound) -> tuple[ViewBlock, ...]:
    if not isinstance(each.config, OptionsConfig):
        return ()
    round_ = each.round
    is_named = round_.tie is not None or round_.taken_back
    tied = next(iter(each.poll.places(each.config, each.profile)), ()) if is_named else ()
    sentences = (leaders_sentence(each.config), tie_sentence(each.config, tied, round_.tie, round_.taken_back))
    return tuple(Statement(text) for text in sentences if text)


def tie_sentence(config: OptionsConfig, tied: tuple[str, ...], tie: TieBreak | None, taken_back: str) -> Text:
    """Which tie for the first place and which of them the facilitator named, and why; empty where nobody did.

    Args:
        config: What was asked.
        tied: The keys of those that tie.
        tie: What is named now.
        taken_back: The key of what the room saw named and what was taken back since; empty for none.
    """
    words = config.words
    names = listed([words[key] for key in tied])
    if tie is None and taken_back in words:
        return tr(
            "{names} tie. The facilitator had chosen {chosen} and took that back: it is a tie.",
            names=names,
            chosen=listed([words[taken_back]]),
        )
    if tie is None or tie.option not in words:
        return ""
    chosen = listed([words[tie.option]])
    return tr("{names} tie. The facilitator chose {chosen}: {reason}", names=names, chosen=chosen, reason=tie.reason)


def change_sentences(second: Round) -> tuple[Message, ...]:
    """How many changed their answer from the first time to the second, and how many answered only once.

    Nothing while the second vote runs. Fewer than 10 people are never looked into (`honesty.SMALL_GROUP`).
    """
    if second.status != "sealed":
        return ()
    found = second.compared
    if found is None:
        return (tr("How many changed their answer was not counted."),)
    if found.few:
        return (
            trn(
                "Fewer than {n} person answered both times.", "Fewer than {n} people answered both times.", SMALL_GROUP
            ),
        )
    return (_changed(found), *_once(found))


def _changed(found: Compared) -> Message:
    if not found.changed:
        return trn(
            "None of the {n} who answered both times changed their answer.",
            "None of the {n} who answered both times changed their answer.",
            found.both,
        )
    part = part_words(found.changed, found.both, narrower=True)
    if part == "":
        return trn(
            "{changed} of {n} who answered both times changed their answer.",
            "{changed} of {n} who answered both times changed their answer.",
            found.both,
            changed=found.changed,
        )
    return trn(
        "{changed} of {n} who answered both times ({part}) changed their answer.",
        "{changed} of {n} who answered both times ({part}) changed their answer.",
        found.both,
        changed=found.changed,
        part=part,
    )


def _once(found: Compared) -> tuple[Message, ...]:
    """How many dropped out, and how many came in, between the two; nothing where nobody did."""
    first = trn(
        "{n} person answered only the first time.", "{n} people answered only the first time.", found.only_before
    )
    second = trn(
        "{n} person answered only the second time.", "{n} people answered only the second time.", found.only_now
    )
    return (*([first] if found.only_before else []), *([second] if found.only_now else []))
