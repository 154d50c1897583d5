"""The bytes of a ballot file on their way to lines of text, with everything odd noted on the way.

Files come from anybody. Each bound is checked before memory is spent on what is beyond it, and no word of a file
goes into a message without passing the cleaning door.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NoReturn

from workshop_tui.counting.formats.ballot_file import Oddity
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError
from workshop_tui.limits import BALLOT_FILE_BYTES, BALLOT_FILE_LINES, BALLOT_LINE_LETTERS, BALLOTS, CANDIDATES
from workshop_tui.messages import Message, Place, Text, Verbatim, tr, trn

NAME_LETTERS: Final = 200
"""Longest name of a candidate; longer ones are cut, with a word about it."""

MOST_SORTS: Final = 100
"""How many sorts of oddities are told; a file made to annoy has one in every line."""

ADVICE: Final = tr("Nothing was counted. Please mend the file and try again.")

_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WHOLE: Final = re.compile(r"[0-9]{1,10}")


class Source:
    """One file while it is read.

    Raises:
        InputError: it is too large, or no text.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = str(clean_line(name))
        self._odd: dict[str, Oddity] = {}
        self._last: dict[str, int] = {}
        if len(data) > BALLOT_FILE_BYTES:
            self.refuse(0, tr("the file is larger than {most} bytes, the most that is read", most=BALLOT_FILE_BYTES))
        self.text = self._decoded(data)

    def lines(self) -> list[str]:
        """The lines without their ends.

        Raises:
            InputError: there are too many, or one is too long.
        """
        if self.text.count("\n") >= BALLOT_FILE_LINES:
            self.refuse(0, tr("the file has more than {most} lines, the most that are read", most=BALLOT_FILE_LINES))
        lines = self.text.split("\n")
        for number, line in enumerate(lines, 1):
            if len(line) > BALLOT_LINE_LETTERS:
                most = BALLOT_LINE_LETTERS
                self.refuse(number, tr("the line is longer than {most} letters, the most that are read", most=most))
        return lines

    def note(self, line: int, text: Text, kind: str = "") -> None:
        """Note what is odd, at a line from 1 or, at 0, in the whole file.

        Of one sort (`kind`, or else the text itself) only the first is told, and the others are counted.
        """
        kind = kind or str(text)
        if kind not in self._odd and len(self._odd) >= MOST_SORTS:
            kind, text = "", tr("There is more that is odd, and it is not told.")
        first = self._odd.get(kind)
        if first is None:
            self._odd[kind] = Oddity(line, text)
        elif line != self._last[kind]:
            self._odd[kind] = Oddity(first.line, first.text, first.more + 1)
        self._last[kind] = line

    def oddities(self) -> tuple[Oddity, ...]:
        """All that was noted, by line."""
        return tuple(sorted(self._odd.values(), key=lambda odd: odd.line))

    def refuse(self, line: int, why: Message) -> NoReturn:
        """Say what makes the file unusable, in words that stand after a colon.

        Raises:
            InputError: always.
        """
        file = Verbatim(self.name)
        if not line:
            raise InputError(tr("{file}: {why}.", file=file, why=why), advice=ADVICE)
        where = Verbatim(str(line))
        raise InputError(tr("{file}, line {line}: {why}.", file=file, line=where, why=why), advice=ADVICE)

    def whole(self, raw: str, line: int, what: Place) -> int:
        """A whole number that is not negative and not beyond any use.

        Raises:
            InputError: it is none.
        """
        if not _WHOLE.fullmatch(raw):
            most = 10**10 - 1
            self.refuse(
                line,
                tr("{what} is “{given}”, and no whole number from 0 to {most}", what=what, given=shown(raw), most=most),
            )
        return int(raw)

    def clean_name(self, raw: str, line: int) -> str:
        """A name out of the file, as it may be shown; empty for one without anything to see."""
        name = str(clean_line(raw))
        if name != raw.strip():
            self.note(line, tr("A name has signs that cannot be shown or stray spaces. They were left out."), "name")
        if len(name) > NAME_LETTERS:
            long = tr("A name has more than {most} letters. The rest was left out.", most=NAME_LETTERS)
            self.note(line, long, "long name")
            name = name[:NAME_LETTERS]
        return name

    def bound_candidates(self, count: int, line: int) -> None:
        """Refuse more candidates than are counted.

        Raises:
            InputError: there are more.
        """
        if count > CANDIDATES:
            self.refuse(
                line,
                trn(
                    "there is {n} candidate; up to {most} are counted",
                    "there are {n} candidates; up to {most} are counted",
                    count,
                    most=CANDIDATES,
                ),
            )

    def bound_ballots(self, count: int) -> None:
        """Refuse more ballots than are counted.

        Raises:
            InputError: there are more.
        """
        if count > BALLOTS:
            self.refuse(
                0,
                trn(
                    "the lines add up to {n} ballot; up to {most} are counted",
                    "the lines add up to {n} ballots; up to {most} are counted",
                    count,
                    most=BALLOTS,
                ),
            )

    def _decoded(self, data: bytes) -> str:
        encoding = next((name for mark, name in _WIDE.items() if data.startswith(mark)), "")
        if encoding:
            self.note(1, tr("The file is in UTF-16 and not in UTF-8."))
            text = data.decode(encoding, errors="replace")
        else:
            if data.startswith(codecs.BOM_UTF8):
                self.note(1, tr("The file begins with a byte order mark."))
                data = data[len(codecs.BOM_UTF8) :]
            text = self._narrow(data)
        if "\0" in text:
            self.refuse(0, tr("this is no text file"))
        if "\r" in text:
            self.note(0, tr("The lines end as on Windows or on an old Mac, and not with a line feed alone."))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _narrow(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            self.note(line, tr("The file is not in UTF-8. It was read as Western European (Windows-1252)."))
            return data.decode("cp1252", errors="replace")


def shown(raw: str) -> str:
    """A piece of a file as a message repeats it between quotes: one safe line, never long."""
    text = clean_line(raw[:200])
    return f"{text[:40]}…" if len(text) > 40 or len(raw) > 200 else str(text)
