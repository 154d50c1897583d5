"""The rounds of a session on their way into a report.

A round whose key is alive is listed without its ballots: whoever had the session file as well could tell whose they
are. That is one that is not sealed yet, and one whose question will be asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from workshop_tui.domain.activity import AnyPoll, Kinds, OptionsConfig
from workshop_tui.domain.agenda import SCORES
from workshop_tui.domain.asking import ballots_of, round_config, round_poll
from workshop_tui.domain.blocks import Bar, Bars, ViewBlock, text_fields
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.earlier import behind, looked_at
from workshop_tui.domain.honesty import Turnout, cautions, coarse, proportion_words
from workshop_tui.domain.results import CountedRound, result_blocks
from workshop_tui.domain.roles import apart
from workshop_tui.domain.state import Round
from workshop_tui.domain.texts import LeftOut
from workshop_tui.exports import gate
from workshop_tui.exports.report import BallotLine, ReasonLine, RoundReport
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import RoundRecord, SessionRecord


def rounds(record: SessionRecord, kinds: Kinds, audience: Destination) -> tuple[RoundReport, ...]:
    """Every round, in the order they were opened."""
    numbers = item_numbers(record)
    kept = {each.key: each for each in record.rounds}
    voters = record.phones - record.looking_on
    found = {each.key: _counted(each, kept[each.key], kinds, voters) for each in record.state.rounds}

    def made(each: CountedRound) -> RoundReport:
        said = counted(each)
        return _without_scores(said) if gate.awaits_award(record, said.kind) and said.result else said

    def counted(each: CountedRound) -> RoundReport:
        round_, ballots = each.round, kept[each.round.key]
        reasons, rest = gate.reasons(record, ballots, each.poll, audience) if is_counted(round_) else ((), LeftOut())
        details = behind(record.state, round_, each.poll, each.profile, reasons, lambda key: kept[key].profile, kinds)
        said = _round(each, found.get(round_.again), ballots, numbers[round_.item], details,
                      with_video=bool(record.state.by_video))  # fmt: skip
        _, looked_again_at = looked_at(record.state, round_, each.poll)
        before = found[looked_again_at.key] if looked_again_at is not None else None
        said = replace(said, unexplained=_unexplained(each, ballots, before))
        # As long as its key lives nobody but those running the day reads who said why.
        if round_.kept_for:
            return said
        given = len(ballots.reasons) if is_counted(round_) else 0
        return replace(said, reasons=_reason_lines(each, reasons), reasons_left_out=rest, reasons_given=given)

    return tuple(map(made, found.values()))


def item_numbers(record: SessionRecord) -> dict[str, int]:
    """The number of each item, by key, in the order that was run."""
    return {each.item.key: number for number, each in enumerate(record.state.items, 1)}


def decoded(profile: Mapping[str, int], poll: AnyPoll) -> dict[Any, int]:
    """A profile with its ballots in their kind's own type, sorted by what was chosen."""
    return ballots_of(poll, dict(sorted(profile.items())))


def is_counted(round_: Round) -> bool:
    """Whether votes are no longer taken and what they say is known.

    What a void round said stays on record: a result that went away by being declared void could be made to.
    """
    return round_.status in ("sealed", "void")


def _counted(round_: Round, ballots: RoundRecord, kinds: Kinds, phones: int) -> CountedRound:
    """A round with its ballots; with none as long as it is not counted for good."""
    poll = round_poll(round_, kinds)
    told = Turnout(
        answered=sum(ballots.profile.values()),
        skipped=ballots.skipped,
        # A round that was never closed has no count of phones of its own.
        joined=phones if round_.closed_at is None else round_.joined,
        present=round_.present,
    )
    turnout = coarse(told) if poll.is_apart else told
    profile = decoded(ballots.profile, poll) if is_counted(round_) else {}
    return CountedRound(round_, poll, round_config(round_, poll), profile, turnout)


def _round(
    each: CountedRound,
    first: CountedRound | None,
    ballots: RoundRecord,
    item_number: int,
    details: tuple[ViewBlock, ...],
    *,
    with_video: bool,
) -> RoundReport:
    round_, poll, config, profile, turnout = each.round, each.poll, each.config, each.profile, each.turnout
    counted, again = is_counted(round_), first.round if first is not None else None
    # A void round does not count, so nobody needs to know who said what in it.
    groups = {each: decoded(part, poll) for each, part in ballots.groups.items()} if round_.status == "sealed" else {}
    # A reason is promised to stand for itself: where one person gave an answer, the word "staff" beside that answer
    # would stand beside its reason too.
    beside = {} if text_fields(poll.ask(config)) else groups
    options = config.options if isinstance(config, OptionsConfig) else ()
    return RoundReport(
        key=round_.key,
        item=round_.item,
        item_number=item_number,
        number=round_.number,
        kind=round_.kind,
        question=round_.question,
        options=tuple((option.key.upper(), option.text) for option in options),
        status=round_.status,
        reason=round_.reason,
        shown_to_room=round_.revealed_at is not None,
        opened_at=round_.opened_at,
        closed_at=round_.closed_at,
        revealed_at=round_.revealed_at,
        answered=turnout.answered,
        skipped=turnout.skipped,
        joined=turnout.joined,
        present=turnout.present,
        with_video=with_video,
        rounded=turnout.rounded,
        changes=0 if poll.is_apart else ballots.changes,
        again=round_.again,
        linked=bool(round_.kept_for),
        compared=round_.compared,
        tie=round_.tie,
        result=_worded(result_blocks(each, first if again is not None and again.status == "sealed" else None))
        if counted
        else (),
        sentences=cautions(turnout, everybody=not poll.is_named),
        details=_worded((*details, *apart(poll, config, groups))) if counted else (),
        ballots=() if round_.kept_for or poll.is_apart or not profile else _BallotLines(each, beside),
        plain=poll.plain_profile(config, profile) if counted and not round_.kept_for else None,
    )


_Score = tuple[str, str, Any]
"""By whom where that is known, of which option, and how much."""


def _unexplained(each: CountedRound, ballots: RoundRecord, before: CountedRound | None) -> int:
    """How many scores have no reason; at a second look only those that were changed need one."""
    if each.round.kind not in SCORES:
        return 0
    reasons: Counter[_Score] = Counter()
    for _, body in ballots.reasons:
        for reason in ballots_of(each.poll, {body: 1}):
            if (found := each.poll.explained(each.config, reason)) is not None:
                reasons[str(found.name), found.option, found.answer] += 1
    kept = _scores(before) if before is not None else Counter[_Score]()
    return (_scores(each) - kept - reasons).total()


def _scores(each: CountedRound) -> Counter[_Score]:
    scores: Counter[_Score] = Counter()
    for ballot, people in each.profile.items():
        row = each.poll.rows(each.config, ballot)
        for column, score in row.items():
            field, dot, option = column.partition(".")
            if dot and field == "score" and score != "":
                scores[str(row.get("evaluator", "")), option, score] += people
    return scores


def _without_scores(said: RoundReport) -> RoundReport:
    """A round of which no more leaves than that it was held, and how many took part."""
    left = said.reasons_left_out
    return replace(
        said, awaits_award=True, result=(), details=(), ballots=(), reasons=(), plain=None, tie=None, compared=None,
        reasons_left_out=replace(left, held=left.held + len(said.reasons)),
    )  # fmt: skip


class _BallotLines:
    """The ballots of a round, each made when it is written: there may be as many different ones as people."""

    def __init__(self, each: CountedRound, groups: Mapping[str, Mapping[Any, int]]) -> None:
        self._each, self._groups = each, groups

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Iterable) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of any list

    def __iter__(self) -> Iterator[BallotLine]:
        poll, config = self._each.poll, self._each.config
        for ballot, n in self._each.profile.items():
            for group, count in _of_groups(ballot, n, self._groups):
                yield BallotLine(count=count, group=group, columns=poll.rows(config, ballot))


def _reason_lines(each: CountedRound, reasons: Sequence[Any]) -> tuple[ReasonLine, ...]:
    explained = (each.poll.explained(each.config, reason) for reason in reasons)
    lines = [
        ReasonLine(option=found.option.upper(), answer=found.answer, name=found.name, words=found.words)
        for found in explained
        if found is not None
    ]
    # In which language they are told is not known here, and must not decide their order.
    return tuple(sorted(lines, key=lambda line: (line.option, line.name, ENGLISH.text(line.answer), line.words)))


def _worded(blocks: tuple[ViewBlock, ...]) -> tuple[ViewBlock, ...]:
    """The same with the word for how many beside every bar of people: a report has the room that a phone has not."""
    return tuple(
        replace(block, bars=tuple(_bar_with_word(bar, block.people) for bar in block.bars))
        if isinstance(block, Bars) and block.people
        else block
        for block in blocks
    )


def _bar_with_word(bar: Bar, people: int) -> Bar:
    # Of nobody and of one person the count says it.
    word = proportion_words(bar.value, people) if bar.value > 1 else ""
    return replace(bar, notes=(word, *bar.notes)) if word else bar


def _of_groups(ballot: object, count: int, groups: Mapping[str, Mapping[Any, int]]) -> list[tuple[str, int]]:
    """How many of each group cast a ballot; all of them under the empty word where groups are not told apart."""
    return [(each, part[ballot]) for each, part in groups.items() if ballot in part] if groups else [("", count)]
