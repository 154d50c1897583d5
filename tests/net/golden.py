"""The golden pages: what was seen of each surface at each moment, and how far something else is from it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

GOLDEN = Path(__file__).with_name("golden")
HEAD = "== "
MOST_LINES = 30
"""The most lines of one difference that are shown."""

MOST_MOMENTS = 3
"""The most moments of one surface that are shown."""


class Surface:
    """One thing to look at, at several moments of the day.

    Args:
        shows: What a moment has of its lines: all of them, or only those that are other than at the moment before, told
            by the paths of values or by where they stand.
    """

    def __init__(self, shows: Literal["all", "other values", "other lines"] = "all") -> None:
        self._shows = shows
        self._before: list[str] = []
        self.moments: list[tuple[str, list[str]]] = []

    def see(self, moment: str, lines: Sequence[str]) -> None:
        """Note what is there to see at a moment; nothing where it is as it was at the moment before."""
        shown = list(lines)
        if self.moments and shown == self._before:
            return
        if self.moments and self._shows == "other values":
            shown = list(_other_values(self._before, shown))
        elif self.moments and self._shows == "other lines":
            shown = list(_other_lines(self._before, shown))
        self._before = list(lines)
        self.moments.append((moment, shown))

    @property
    def page(self) -> str:
        """Everything seen, as text."""
        return "\n".join("\n".join([f"{HEAD}{moment}", *lines, ""]) for moment, lines in self.moments)


def _other_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """What came and went, each with the line before and behind it."""
    for line in list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]:
        yield "@@" if line.startswith("@@") else line


def _other_values(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Lines of "path = value" that are new or other, and the paths that are gone."""
    old = dict(line.split(" = ", 1) for line in before)
    new = dict(line.split(" = ", 1) for line in after)
    yield from (f"{path} = {value}" for path, value in new.items() if old.get(path) != value)
    yield from (f"gone: {path}" for path in old if path not in new)


def write(pages: Mapping[str, str]) -> None:
    """Write all golden pages anew, and remove those that nothing is seen of any more."""
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, page in pages.items():
        (GOLDEN / name).write_text(page, encoding="utf-8")


def read() -> dict[str, str]:
    """The golden pages, by their names."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(GOLDEN.iterdir())}


def difference(name: str, golden: str, seen: str) -> str:
    """Where a surface is other than it was, moment by moment; empty where it is the same."""
    if golden == seen:
        return ""
    was, now = _moments(golden), _moments(seen)
    moments = [moment for moment in {**was, **now} if was.get(moment) != now.get(moment)]
    parts = [f"{name} differs at {len(moments)} of {len(now)} moments."]
    for moment in moments[:MOST_MOMENTS]:
        lines = list(difflib.unified_diff(was.get(moment, []), now.get(moment, []), "golden", "now", n=1, lineterm=""))
        more = [f"… and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
        parts += [f"\n{name}, at {moment}:", *lines[:MOST_LINES], *more]
    if len(moments) > MOST_MOMENTS:
        parts.append(f"\n{name} differs too at: {', '.join(moments[MOST_MOMENTS:])}")
    return "\n".join(parts)


def _moments(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in page.splitlines():
        if line.startswith(HEAD):
            lines = found[line.removeprefix(HEAD)] = []
        else:
            lines.append(line)
    return found
