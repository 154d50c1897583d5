"""A page of the write-up, and of what its lines can rest on, as console and host page show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.points import Standing, TieKind
from workshop_tui.domain.received import Dealt
from workshop_tui.messages import Message, Text
from workshop_tui.room.snapshot import NoteLine

EVERYTHING: Final = "all"
"""The filter that shows lines of every register."""


class EvidenceLine(Struct, frozen=True, kw_only=True):
    """One thing that a line rests on, or can rest on."""

    kind: TieKind
    ref: str
    noun: Text
    title: str
    """The item that it is of; empty for none."""
    words: Text
    """What it says; empty for what is gone."""
    standing: Standing = "there"
    tied: bool = False

    @property
    def name(self) -> str:
        """What it is called in a form."""
        return f"{self.kind} {self.ref}"


class WriteUpLine(Struct, frozen=True, kw_only=True):
    """One line of the write-up, or a point that was handed in and has none."""

    note: NoteLine
    rests_on: tuple[EvidenceLine, ...] = ()
    """The first of it."""
    counts: Mapping[TieKind, int] = {}
    """How much of each kind is there."""
    gone: int = 0
    """How much of it is there no more."""
    point: Dealt | None = None
    """The point that was handed in and that it answers, or that has no answer yet; None for any other line."""
    read_again: Message | None = None
    """Why it is to be read again; None where it stands."""

    @property
    def is_noted(self) -> bool:
        """Whether it is a line at all, and not only a point of which nothing was noted."""
        return self.point is None or bool(self.point.note)

    @property
    def is_open(self) -> bool:
        """Whether it is a point that is still in our hands."""
        return self.point is not None and self.point.is_open


class WriteUpPage(Struct, frozen=True, kw_only=True):
    """Some lines: what is still in our hands first, then those to be sorted, else as they came."""

    lines: tuple[WriteUpLine, ...] = ()
    total: int = 0
    offset: int = 0
    counts: Mapping[str, int] = {}
    """How many lines are in each register; under the empty name those to be sorted."""


class EvidencePage(Struct, frozen=True, kw_only=True):
    """Some of what lines can rest on."""

    lines: tuple[EvidenceLine, ...] = ()
    left_out: int = 0
    """How many of the texts looked at are not listed, as nothing can rest on them."""
    total: int = 0
    offset: int = 0
    next: int = 0
    """Where the page after it begins; 0 where there is none."""


EvidenceFilter = Literal["tied", "texts", "untied", "results", "received"]
"""What the line rests on; what people sent, reasons, answers and notes; of those what no line rests on yet; votes that
were counted; points that an earlier session handed over."""
