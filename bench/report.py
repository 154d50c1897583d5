"""What a measurement found, as lines of one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct


class Line(Struct, frozen=True, kw_only=True):
    """One row of the table."""

    what: str
    figure: str
    """The absolute figure with its unit."""
    per_cpu: str = ""
    """The same for each second of processor time of the serving process; empty where it means nothing."""
    ratio: str = ""
    """Beside the floor; empty for a floor."""
    aim: str = ""


class Table(Struct, frozen=True, kw_only=True):
    """One measurement."""

    title: str
    ratio_of: str
    """What the ratio column compares."""
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()
    beside: str = "per CPU second"
    """What the column `Line.per_cpu` holds, where it holds something else."""


def as_text(table: Table) -> str:
    """A table for the terminal, columns aligned."""
    head = ("", "figure", table.beside, table.ratio_of, "aim")
    rows = [head, *((line.what, line.figure, line.per_cpu, line.ratio, line.aim) for line in table.lines)]
    used = [n for n in range(len(head)) if n == 0 or any(row[n] for row in rows[1:])]
    widths = [max(len(row[n]) for row in rows) for n in used]
    text = [table.title]
    for row in rows:
        cells = [row[n].ljust(width) if n == 0 else row[n].rjust(width) for n, width in zip(used, widths, strict=True)]
        text.append("  " + "  ".join(cells).rstrip())
    text += [f"  {remark}" for remark in table.remarks]
    return "\n".join(text)


def quantile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed; never made up between two.

    Raises:
        ValueError: there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def spread(values: Sequence[float], places: int = 0) -> str:
    """The smallest and the largest, for a remark."""
    return f"{min(values):,.{places}f} to {max(values):,.{places}f}"
