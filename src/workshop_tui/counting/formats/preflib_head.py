"""The head of a PrefLib file: lines such as ``# NUMBER VOTERS: 12`` before the first ballot.

Format: PrefLib, "Data Format" (N. Mattei and T. Walsh, PrefLib: A Library for Preferences, 2013; the form of 2022).
"""

from __future__ import annotations

import re
from typing import Final

from workshop_tui.counting.formats.our_note import OurNote
from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.domain.plain_profiles import Candidate
from workshop_tui.messages import Counted, Verbatim, counted, tr, trn

COMMON: Final = (
    "FILE NAME", "TITLE", "DESCRIPTION", "DATA TYPE", "MODIFICATION TYPE", "RELATES TO", "RELATED FILES",
    "PUBLICATION DATE", "MODIFICATION DATE", "NUMBER ALTERNATIVES", "NUMBER VOTERS",
)  # fmt: skip
"""The lines that the head of every file has, in the format's order."""

ORDERS: Final = (*COMMON, "NUMBER UNIQUE ORDERS")
"""Those of a file of orders."""

CATEGORIES: Final = (*COMMON, "NUMBER UNIQUE PREFERENCES", "NUMBER CATEGORIES")
"""Those of a file of categories."""

BALLOTS: Final = counted(
    "{key} is {said}, but the ballots are {n}. The lines count.",
    "{key} is {said}, but the ballots are {n}. The lines count.",
)
"""Where the head says another number of ballots than there are."""

_LINE: Final = re.compile(r"#\s*([^:]*?)\s*:(.*)", re.DOTALL)
_NAME: Final = re.compile(r"(ALTERNATIVE|CATEGORY) NAME (\d{1,6})")


class PreflibHead:
    """The head of one file, which should have the expected keys."""

    def __init__(self, source: Source, expected: tuple[str, ...]) -> None:
        self._source = source
        self._expected = expected
        self._found: dict[str, tuple[int, str]] = {}
        self._names: dict[str, dict[int, str]] = {"ALTERNATIVE": {}, "CATEGORY": {}}
        self.numbers = range(1, 1)
        """The numbers of the alternatives, once `candidates` has read them."""
        self._zero: dict[str, int] = {}
        """The line that gives the number 0, by what it is given to."""

    def read(self, number: int, line: str) -> None:
        """Take in one line that begins with ``#``."""
        match = _LINE.fullmatch(line.strip())
        if match is None:
            self._source.note(number, tr("A line begins with # and has no colon. It was passed over."), "no colon")
            return
        key, value = match[1].upper(), match[2].strip()
        if key != match[1]:
            small = tr("The name of a head line is not in capitals: “{key}”.", key=shown(match[1]))
            self._source.note(number, small, "small")
        if not line.startswith(f"# {match[1]}: ") and line.rstrip() != f"# {match[1]}:":
            form = Verbatim("# NAME: value")
            self._source.note(number, tr("A head line is not written as “{form}”.", form=form), "spelling")
        if name := _NAME.fullmatch(key):
            self._take_name(name[1], int(name[2]), value, number)
            return
        if key not in self._expected:
            other = tr("The head line “{key}” is none of this format. It was passed over.", key=shown(key))
            self._source.note(number, other)
            return
        if key in self._found and self._found[key][1] != value:
            twice = tr("The head says {key} twice, with two values. The first one counts.", key=Verbatim(key))
            self._source.note(number, twice)
        self._found.setdefault(key, (number, value))

    def tell_missing(self) -> None:
        """Note the lines that a head of this format has and this one has not."""
        missing = [key for key in self._expected if key not in self._found]
        if missing:
            said = trn(
                "{n} head line is missing: {keys}.",
                "{n} head lines are missing: {keys}.",
                len(missing),
                keys=Verbatim(", ".join(missing)),
            )
            self._source.note(1, said)

    def text(self, key: str) -> str:
        """What the head says under a key, as one clean line; empty where it says nothing."""
        line, value = self._found.get(key, (0, ""))
        return self._source.clean_name(value, line)

    @property
    def note(self) -> OurNote:
        """What our own files say at the end of the description."""
        return OurNote(self._found.get("DESCRIPTION", (0, ""))[1])

    def line(self, key: str) -> int:
        """Where a key stands; 0 where it does not."""
        return self._found.get(key, (0, ""))[0]

    def number(self, key: str) -> int | None:
        """The number under a key; None where there is none."""
        line, value = self._found.get(key, (0, ""))
        if not line:
            return None
        if not value:
            self._source.note(line, tr("{key} has no number.", key=Verbatim(key)))
            return None
        return self._source.whole(value, line, Verbatim(key))

    def compare(self, key: str, counted: int, differs: Counted) -> None:
        """Note a number of the head that is not what the lines add up to; the lines count."""
        said = self.number(key)
        if said is not None and said != counted:
            self._source.note(self.line(key), differs.of(counted, key=Verbatim(key), said=said))

    def candidates(self) -> tuple[Candidate, ...]:
        """The alternatives in the order of their numbers; the key of each is its number.

        Raises:
            InputError: there are none, or too many.
        """
        names = self._names["ALTERNATIVE"]
        said, first = self.number("NUMBER ALTERNATIVES"), self._first("ALTERNATIVE")
        line = self.line("NUMBER ALTERNATIVES")
        named = max(names, default=first - 1) - first + 1
        count = max(said or 0, named)
        self._source.bound_candidates(count, line)
        if said is not None and said < named:
            more = tr(
                "{key} is {said}, but number {last} has a name. There are {named}.",
                key=Verbatim("NUMBER ALTERNATIVES"),
                said=said,
                last=max(names),
                named=named,
            )
            self._source.note(line, more)
        if not count:
            nothing = tr("the file names no alternatives, so nobody can tell what the ballots are about")
            self._source.refuse(0, nothing)
        self.numbers = range(first, first + count)
        return tuple(Candidate(str(n), name) for n, name in enumerate(self._named("ALTERNATIVE", count), first))

    def categories(self) -> list[str]:
        """The names of the categories, as far as the head tells how many there are; the best is the first.

        Raises:
            InputError: there are too many.
        """
        names = self._names["CATEGORY"]
        first = self._first("CATEGORY")
        count = max(self.number("NUMBER CATEGORIES") or 0, max(names, default=first - 1) - first + 1)
        self._source.bound_candidates(count, self.line("NUMBER CATEGORIES"))
        return self._named("CATEGORY", count)

    def _first(self, sort: str) -> int:
        """The number that the first one has: 1, or 0 in some files."""
        if 0 not in self._names[sort]:
            return 1
        self._source.note(self._zero[sort], tr("The numbers begin with 0, and not with 1."), f"zero {sort}")
        return 0

    def _named(self, sort: str, count: int) -> list[str]:
        names = self._names[sort]
        numbers = range(self._first(sort), self._first(sort) + count)
        missing = [n for n in numbers if not names.get(n)]
        if missing:
            key, told = Verbatim(f"{sort} NAME"), Verbatim(", ".join(map(str, missing[:10])))
            unnamed = (
                tr(
                    "These have no {key}: {numbers} and more. They are called by their number.",
                    key=key,
                    numbers=told,
                )
                if len(missing) > 10
                else tr("These have no {key}: {numbers}. They are called by their number.", key=key, numbers=told)
            )
            self._source.note(0, unnamed)
        listed = [names.get(n) or f"{sort.capitalize()} {n}" for n in numbers]
        if len(set(listed)) < len(listed):
            key = Verbatim(f"{sort} NAME")
            self._source.note(0, tr("Two have the same {key}; they were told apart by their numbers.", key=key))
        return listed

    def _take_name(self, sort: str, number: int, value: str, line: int) -> None:
        self._source.bound_candidates(number, line)
        key = Verbatim(f"{sort} NAME {number}")
        if not number:
            self._zero.setdefault(sort, line)
        names = self._names[sort]
        name = self._source.clean_name(value, line)
        if number in names and names[number] != name:
            self._source.note(line, tr("{key} is there twice, with two names. The first one counts.", key=key))
        names.setdefault(number, name)


def tell_type(source: Source, line: int, said: str, ending: str) -> None:
    """Note that the head says another type than the end of the file's name."""
    source.note(
        line,
        tr(
            "{key} is “{said}”, but the name of the file ends in {ending}.",
            key=Verbatim("DATA TYPE"),
            said=shown(said),
            ending=Verbatim(f".{ending}"),
        ),
    )
