"""Everything the big screen can be asked to show: each kind, few and many, short and long, and how it gets there."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, assert_never

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Gathering, OptionsConfig, Poll
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.agenda_reader import LINE_LETTERS
from workshop_tui.domain.blocks import (
    AddMore,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    Option,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import AGENDA_ITEMS, IDEA_LETTERS, STORY_LETTERS
from workshop_tui.web.phone.phones import canonical

from .agendas import plain
from .house import House, a_house

SIZES: Final = {"1024x768": (1024, 768), "1280x720": (1280, 720), "1920x1080": (1920, 1080)}
COUNTS: Final = (2, 8, 12, 26)
LENGTHS: Final = ("short", "sentence", "longest")
POLLS: Final = tuple(name for name, kind in KINDS.items() if isinstance(kind, Poll))
VIEWS: Final = {
    **dict.fromkeys(POLLS, ("question", "result", "twice")),
    "ideas": ("wall", "one"),
    "pledge": ("wall", "one", "closing"),
    "questions": ("question", "list", "one"),
    "vignette": ("question", "one"),
    "private": ("question",),
}
"""What each kind can be seen as. one: a single thing that somebody sent, as long as it may be; list: the questions with
how many want to know; wall: everything that was approved; twice: the result of a question that was asked two times."""

ALONE: Final = frozenset(
    [(kind, "one") for kind in VIEWS] + [("questions", "question"), ("vignette", "question"), ("private", "question")]
)
"""Views that look the same however many there are."""

_SENTENCE: Final = "A named person who rings back on the same day, number {n}"
_LONGEST: Final = (
    "Appointments in the evening and at weekends for everybody who works, with somebody at the telephone who knows "
    "what was said before, and letters without abbreviations that arrive in good time, "
)


FULL: Final = AGENDA_ITEMS - 4
"""Items in a room that has no place for another two."""


class Case(NamedTuple):
    """One picture."""

    kind: str
    view: str
    count: int
    length: str
    size: str


def words(length: str, number: int, most: int = LINE_LETTERS) -> str:
    """A text that no other number has."""
    if length == "short":
        return f"Clear letters {number}"
    if length == "sentence":
        return _SENTENCE.format(n=number)
    end = f"number {number}"
    return (_LONGEST * (most // len(_LONGEST) + 1))[: most - len(end)] + end


def config_of(kind: str, count: int, length: str) -> object:
    """What an agenda would say: so many options, or whatever this kind has instead of them."""
    texts = [words(length, n) for n in range(1, count + 1)]
    options = tuple(Option(chr(96 + n), text) for n, text in enumerate(texts, 1))
    config = KINDS[kind].examples().config
    if kind == "scale":
        return replace(config, labels=tuple(texts))
    if kind == "form":
        return replace(config, fields=tuple(replace(each, options=tuple(texts)) for each in config.fields[:2]))
    if kind == "approval":
        return replace(config, options=options, max=0)
    if kind == "rank":
        return replace(config, options=options, pick=min(3, count))
    if kind == "budget":
        return replace(config, options=options, costs=tuple(100 + n for n in range(count)), cap=500)
    if isinstance(config, OptionsConfig):
        return replace(config, options=options, options_from="", leaders_of="")
    return config


def is_refused(kind: str, view: str, count: int, length: str) -> bool:
    """Whether no agenda can ask for it."""
    poll = KINDS[kind]
    if view == "twice" and (poll.is_apart or poll.is_named):  # type: ignore[union-attr] - only polls are asked twice
        return True
    return bool(poll.problem(config_of(kind, count, length)))


def cases() -> list[Case]:
    """Every combination that an agenda can ask for."""
    every = itertools.product(VIEWS, COUNTS, LENGTHS, SIZES)
    return [
        Case(kind, view, count, length, size)
        for kind, count, length, size in every
        for view in VIEWS[kind]
        if not is_refused(kind, view, count, length) and (count == COUNTS[0] or (kind, view) not in ALONE)
    ]


def refused() -> set[tuple[str, int]]:
    """Kinds and numbers of options that no agenda can have."""
    return {(kind, count) for kind in VIEWS for count in COUNTS if is_refused(kind, VIEWS[kind][0], count, "short")}


def all_pairs(every: Sequence[Case]) -> list[Case]:
    """Few of them, in which each two values that go together anywhere do so at least once."""
    left = set(itertools.chain.from_iterable(map(_pairs, every)))
    chosen = []
    while left:
        best = max(every, key=lambda case: len(left.intersection(_pairs(case))))
        chosen.append(best)
        left.difference_update(_pairs(best))
    return chosen


def _pairs(case: Case) -> Iterator[tuple[object, object]]:
    return itertools.combinations(enumerate(case), 2)


# How a room gets there. ------------------------------------------------------------------------------


class Gallery:
    """A room that shows any of them, one after the other; another room once this one's agenda is full.

    Args:
        folder: Where their session files lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rooms: list[Iterator[House]] = []
        self._made: dict[tuple[str, int, str], str] = {}
        self.house = self._another()

    def _another(self) -> House:
        self.close()
        folder = self._folder / str(len(self._rooms))
        folder.mkdir()
        room = _lasting(folder)
        self._rooms.append(room)
        self._made.clear()
        return next(room)

    def close(self) -> None:
        """End the room that is open."""
        if self._rooms:
            next(self._rooms[-1], None)

    def show(self, case: Case) -> None:
        """Bring the room to where the big screen shows this."""
        house = self.house
        if len(house.room.state.items) > FULL:
            house = self.house = self._another()
        key = self._item(case)
        if house.room.state.current != key:
            house.give(cmd.OpenItem(item=key, vote="close"))
        if case.kind in POLLS:
            self._poll(house, case)
        else:
            self._gathering(house, case, key)

    def _item(self, case: Case) -> str:
        """An item that asks it, made once."""
        about = (case.kind, case.count, case.length)
        if case.view == "twice" or about not in self._made:
            config = msgspec.to_builtins(config_of(*about))
            number = len(self.house.room.state.items) + 1
            title = f"{case.kind} {case.count} {case.length} {number}"
            item = Item(
                key=f"n{number:02d}",
                title=title,
                minutes=10,
                question=words(case.length, number),
                activity=Activity(kind=case.kind, config=config),
            )
            key = self._insert(item)
            if case.view == "twice":
                self._ask(self.house, case)
                self.house.give(cmd.Reveal())
                return self._insert(replace(item, title=f"{title} again", activity=replace(item.activity, again=title)))
            self._made[about] = key
        return self._made[about]

    def _insert(self, item: Item) -> str:
        self.house.give(cmd.InsertItem(item=item, after=self.house.room.state.items[-1].item.key))
        key = self.house.room.state.items[-1].item.key
        self.house.give(cmd.OpenItem(item=key, vote="close"))
        return key

    def _ask(self, house: House, case: Case) -> None:
        house.give(cmd.SetPresent(people=30), cmd.OpenVote(key=b""))
        poll, config = KINDS[case.kind], config_of(case.kind, case.count, case.length)
        assert isinstance(poll, Poll)
        for person in range(7):
            ballot = poll.read(config, an_answer(poll.ask(config), person))
            house.answer(msgspec.to_builtins(poll.bare(ballot)))

    def _poll(self, house: House, case: Case) -> None:
        last = house.room.state.last_round
        if case.view == "question":
            if last is None or last.status != "open":
                house.give(cmd.OpenVote(key=b""))
            house.show("question")
            return
        if last is None or not last.shown:
            if last is None or last.status != "open":
                self._ask(house, case)
            else:
                house.give(cmd.CloseVote())
                self._ask(house, case)
            house.give(cmd.Reveal())
        house.show("results")

    def _gathering(self, house: House, case: Case, key: str) -> None:
        each = next(each for each in house.room.state.items if each.item.key == key)
        if not each.gathering_open:
            house.give(cmd.OpenGathering())
        most = {"wall": IDEA_LETTERS, "one": IDEA_LETTERS, "list": IDEA_LETTERS, "closing": IDEA_LETTERS}
        letters = STORY_LETTERS if case.kind == "vignette" else most.get(case.view, LINE_LETTERS)
        rows = [row for row in house.room.tables.contributions.values() if row.item == key]
        if case.view in ("wall", "list", "closing", "one"):
            wanted = 1 if case.view == "one" else case.count
            for number in range(len(rows) + 1, wanted + 1):
                said = words("longest" if case.view == "one" else case.length, number, letters)
                self._send(house, case.kind, key, said)
        first = next((row.key for row in house.room.tables.contributions.values() if row.item == key), "")
        if case.view == "list":
            house.show("results")
        elif case.view == "closing":
            house.show("closing")
        elif case.view == "one":
            house.show("story", first)
        else:
            house.show("question")

    def _send(self, house: House, kind: str, item: str, said: str) -> None:
        gathering = KINDS[kind]
        assert isinstance(gathering, Gathering)
        config = gathering.examples().config
        body = gathering.read(config, an_answer(gathering.ask(config), 0, said))
        key = secrets.token_hex(16)
        house.wait(
            house.room.submit(
                cmd.Contribute(
                    at=house.room.clock.now_ms(),
                    person=house.person(),
                    item=item,
                    body=canonical(body),
                    consent=gathering.consent(body),
                    key=key,
                    submission_id=secrets.token_hex(16),
                )
            )
        )
        house.give(cmd.Moderate(contribution=key, handling="approved"))


def _lasting(folder: Path) -> Iterator[House]:
    with a_house(folder, plain()) as house:
        house.give(cmd.OpenItem(item=house.room.state.items[0].item.key))
        yield house


def an_answer(form: Iterable[FormBlock], person: int, said: str = "Because of the stairs.") -> dict[str, list[str]]:
    """What one person could send: another for each of the first few."""
    fields: dict[str, list[str]] = {}
    texts = 0
    for block in form:
        match block:
            case ChooseOne():
                fields[block.name] = [block.options[person % len(block.options)].key]
            case ChooseSome():
                fields[block.name] = [block.options[person % len(block.options)].key]
            case GradeEach():
                for at, row in enumerate(block.rows):
                    fields[f"{block.name}.{row.key}"] = [block.scale[(person + at) % len(block.scale)].key]
                    if block.why:
                        fields[f"{block.name}.{row.key}.why"] = [said[: block.most]]
            case ShareOut():
                fields |= _shared_out(block, person)
            case PutInOrder():
                keys = [option.key for option in block.options]
                fields[block.name] = [*keys[person % 2 :], *keys[: person % 2]][: block.places]
            case WriteText():
                fields[block.name] = [said[: block.most] if not texts else ""]
                texts += 1
            case ChooseLevel():
                fields[block.name] = ["C2"]
            case AddMore() | Remark():
                pass
            case _:
                assert_never(block)
    return fields


def _shared_out(block: ShareOut, person: int) -> dict[str, list[str]]:
    left, given = block.total, {}
    options = [*block.options[person % 2 :], *block.options[: person % 2]]
    for option in options:
        given[option.key] = min(left, block.most_each)
        left -= given[option.key]
    return {f"{block.name}.{key}": [str(amount)] for key, amount in given.items()}
