"""What a disk may hold after the power went, at every moment of a recorded run.

A write is durable once its file was synced, a name once its folder was; the sync of a new file also makes its own
name durable, as ext4 and xfs do. Whatever was not synced is lost ("drop"), or survives by chance, writes torn at
512 bytes ("rand").
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Operation:
    """One recorded call: W write, T truncate, S sync a file, D sync a folder, U unlink, R rename, L link, A promise."""

    kind: str
    path: str
    offset: int
    data: bytes


def read_log(path: Path) -> list[Operation]:
    """Every operation of a run, in order."""
    log, at, found = path.read_bytes(), 0, []
    while at < len(log):
        kind = chr(log[at])
        (length,) = struct.unpack_from("<H", log, at + 1)
        name = log[at + 3 : at + 3 + length].decode()
        offset, size = struct.unpack_from("<qI", log, at + 3 + length)
        at += 3 + length + 12
        found.append(Operation(kind, name, offset, log[at : at + size]))
        at += size
    return found


@dataclass
class Disk:
    """A disk with a cache that the power takes away; files are known by number, names point to them."""

    names: dict[str, int] = field(default_factory=dict)
    """What a running program sees."""
    safe_names: dict[str, int] = field(default_factory=dict)
    open_names: list[tuple[str, str, int]] = field(default_factory=list)
    """Changes of names not synced: (old name or empty, new name or empty, file)."""
    safe: dict[int, bytearray] = field(default_factory=dict)
    open: dict[int, list[Operation]] = field(default_factory=dict)
    """Changes of files not synced."""
    files: int = 0

    def take(self, operation: Operation) -> None:
        """One more operation."""
        path = operation.path
        match operation.kind:
            case "W" | "T":
                if path not in self.names:
                    self.files += 1
                    self.names[path] = self.files
                    self.open_names.append(("", path, self.files))
                self.open.setdefault(self.names[path], []).append(operation)
            case "U" if path in self.names:
                self.open_names.append((path, "", self.names.pop(path)))
            case "R" if path in self.names:
                new = operation.data.decode()
                self.names[new] = self.names.pop(path)
                self.open_names.append((path, new, self.names[new]))
            case "L" if path in self.names:
                new = operation.data.decode()
                self.names[new] = self.names[path]
                self.open_names.append(("", new, self.names[path]))
            case "S" if path in self.names:
                self._sync_file(self.names[path])
            case "D":
                for change in self.open_names:
                    _rename(self.safe_names, change)
                self.open_names = []

    def _sync_file(self, number: int) -> None:
        content = self.safe.setdefault(number, bytearray())
        for operation in self.open.pop(number, []):
            _change(content, operation)
        for change in [each for each in self.open_names if each[0] == "" and each[2] == number]:
            _rename(self.safe_names, change)
            self.open_names.remove(change)

    def after_power_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """The files that are there when the power comes back, by name.

        Args:
            chance: Which unsynced changes survive; None loses them all.
        """
        names = dict(self.safe_names)
        for change in self.open_names:
            if chance is not None and chance.random() < 0.5:
                _rename(names, change)
        found = {}
        for name, number in names.items():
            content = bytearray(self.safe.get(number, b""))
            for operation in self.open.get(number, []):
                if chance is not None and chance.random() < 0.5:
                    _change(content, _torn(operation, chance))
            found[name] = bytes(content)
        return found


def _rename(names: dict[str, int], change: tuple[str, str, int]) -> None:
    old, new, number = change
    if old and names.get(old) == number:
        del names[old]
    if new:
        names[new] = number


def _change(content: bytearray, operation: Operation) -> None:
    end = operation.offset if operation.kind == "T" else operation.offset + len(operation.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if operation.kind == "T":
        del content[end:]
    else:
        content[operation.offset : end] = operation.data


def _torn(operation: Operation, chance: random.Random) -> Operation:
    if operation.kind == "T" or chance.random() >= 0.3:
        return operation
    kept = chance.randrange(len(operation.data) + 1) // 512 * 512
    return Operation("W", operation.path, operation.offset, operation.data[:kept])


@dataclass(frozen=True)
class Cut:
    """The power went at this moment."""

    point: int
    """How many operations had been done."""
    promised: int
    """The number in the last promise; -1 before the first."""
    files: dict[str, bytes]


def cuts(log: list[Operation], *, step: int, seed: int | None) -> Iterator[Cut]:
    """The power goes after every `step`-th operation; the same outcome twice in a row is left out.

    Args:
        log: The recorded run.
        step: 1 for every moment.
        seed: For chance; None loses everything that was not synced.
    """
    disk, promised, last = Disk(), -1, None
    chance = None if seed is None else random.Random(seed)
    for point, operation in enumerate(log):
        if operation.kind == "A":
            promised = int(operation.data.split()[1])
        else:
            disk.take(operation)
        if point % step == 0:
            outcome = (promised, disk.after_power_cut(chance))
            if outcome != last:
                yield Cut(point, *outcome)
            last = outcome
