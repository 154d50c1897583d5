"""Answers that are noted, killed at every step: all of them are in the follow-up file, or none is.

    python -m tests.faults.lab.answering WORK

It is killed before each line of what writes the file. It ends when the answers are noted whole, and writes how many
lines were tried.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.cycle.made import answered
from tests.faults.lab.ending import in_a_child
from workshop_tui.runtime import follow_ups

SESSION = "aaaa"
FIRST = [answered("n1", "acknowledged")]
MORE = [answered("n1", "done", "It rings"), answered("n2", "not_done", "There is no money")]


def kill_before(line: int) -> None:
    """Kill this process before the n-th line from here of what writes the file, locks it or makes it durable."""
    left = [line]

    def traced(frame: FrameType, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.endswith(("follow_ups.py", "disk.py", "lock.py")):
            return None
        if event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        return traced

    sys.settrace(traced)


def main(work: Path) -> None:
    """Note answers again and again, each time killed one step later, from no file and from one that is there."""
    folder = work / "laptop"
    path = folder / "day.follow-up.jsonl"
    steps = 0
    for before in ([], FIRST):
        for step in range(1, 1_000):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            if before:
                follow_ups.append(path, SESSION, before)

            def killed(step: int = step) -> None:
                kill_before(step)
                follow_ups.append(path, SESSION, MORE)

            ended = in_a_child(killed)
            assert ended in (0, 9), f"step {step}: noting it failed"
            noted = len(follow_ups.read(path, SESSION).lines)
            assert noted in (len(before), len(before) + len(MORE)), f"killed at step {step}: half of it is there"
            assert ended == 9 or noted > len(before)
            # Whoever comes next goes on, and nothing of what was begun is left.
            assert len(follow_ups.append(path, SESSION, FIRST).lines) == noted + 1
            assert [each.name for each in folder.iterdir() if not each.name.endswith(".lock")] == [path.name]
            if ended == 0:
                break
            steps += 1
    print(f"{steps} steps")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
