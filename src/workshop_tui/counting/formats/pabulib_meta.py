"""What a Pabulib file says of itself, in its section META."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.amounts import whole_number
from workshop_tui.counting.formats.our_note import OurNote
from workshop_tui.counting.formats.pabulib_tables import PabulibRow, PabulibTable
from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.messages import Counted, Verbatim, tr

VOTE_TYPES: Final = ("approval", "ordinal", "cumulative", "scoring", "choose-1")

OBLIGATORY: Final = (
    "description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
    "date_begin", "date_end",
)  # fmt: skip
"""What every file says of itself."""

_META: Final = Verbatim("META")


class Meta:
    """What a file says of itself in its first section."""

    def __init__(self, source: Source, table: PabulibTable) -> None:
        self._source = source
        self._found: dict[str, PabulibRow] = {}
        for row in table.rows:
            key = row.get("key")
            if key in self._found:
                source.note(
                    row.line, tr("{meta} says “{key}” twice. The first one counts.", meta=_META, key=shown(key))
                )
            self._found.setdefault(key, row)
        missing = [key for key in OBLIGATORY if not self.text(key)]
        if missing:
            source.note(1, tr("{meta} does not say: {keys}.", meta=_META, keys=Verbatim(", ".join(missing))))

    def text(self, key: str) -> str:
        """What is said under a key; empty where nothing is."""
        row = self._found.get(key)
        return self._source.clean_name(row.get("value"), row.line) if row else ""

    def line(self, key: str) -> int:
        """Where it is said; 0 where it is not."""
        row = self._found.get(key)
        return row.line if row else 0

    @property
    def note(self) -> OurNote:
        """What our own files say at the end of their comments."""
        row = self._found.get("comment")
        return OurNote(row.get("value") if row else "")

    def number(self, key: str) -> int | None:
        """The number under a key; None where there is none."""
        raw = self.text(key)
        return whole_number(self._source, raw, self.line(key), Verbatim(key)) if raw else None

    def signed(self, key: str) -> int | None:
        """The same of what may be below 0: where people can give points against, so may their limits."""
        raw = self.text(key)
        if not raw.startswith("-"):
            return self.number(key)
        return -whole_number(self._source, raw[1:].lstrip(), self.line(key), Verbatim(key))

    def compare(self, key: str, counted: int, differs: Counted) -> None:
        """Note a number that is not what the lines add up to; the lines count."""
        said = self.number(key)
        if said is not None and said != counted:
            self._source.note(self.line(key), differs.of(counted, key=Verbatim(key), said=said))

    def rule(self) -> str:
        """The rule that was declared; greedy that buys only what somebody wants is what we call greedy."""
        if told := self.note.text("rule"):
            return "" if told == "none" else self._source.clean_name(told, self.line("comment"))
        rule = self.text("rule")
        if rule == "greedy-threshold" and self.number("min_project_score_threshold") == 1:
            return "greedy"
        return rule

    def vote_type(self, *, any_votes: bool, with_points: bool) -> str:
        """How people voted, as said, or as the votes look where it is not said."""
        said, key = self.text("vote_type"), Verbatim("vote_type")
        looks = "cumulative" if with_points else "approval"
        if said in VOTE_TYPES:
            needs_points = said in ("cumulative", "scoring")
            if needs_points and not with_points and any_votes:
                wrong = tr("{key} is {said}, but the votes have no points.", key=key, said=Verbatim(said))
                self._source.note(self.line("vote_type"), wrong)
                return looks
            if with_points and not needs_points:
                wrong = tr("{key} is {said}, but the votes have points.", key=key, said=Verbatim(said))
                self._source.note(self.line("vote_type"), wrong)
            return said
        if said:
            none = tr("{key} is “{said}”, which is none.", key=key, said=shown(said))
            self._source.note(self.line("vote_type"), none)
        self._source.note(0, tr("The votes are read as {type}.", type=Verbatim(looks)))
        return looks
