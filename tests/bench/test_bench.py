"""The bench runs, with its smallest sizes; what it measures is never asserted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.platforms import needs_linux

ROOT = Path(__file__).parents[2]


@needs_linux
@pytest.mark.timeout(600)
def test_the_smallest_bench_prints_every_figure_beside_its_floor() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=580, check=False
    )

    assert ran.returncode == 0, ran.stderr
    said = ran.stdout
    for row in (
        "durable votes",
        "the same into a locked file",
        "empty POST route",
        "bare uvicorn app",
        "bare loop",
        "votes, slow disk",
        "l, the live result",
        "one more story, decided and folded in",
        "a phone asks for stories without a pause",
        "40 votes at one moment, the last answered",
        "20 phones come back at one moment",
        "opened, as a room does",
        "session.json, with reading",
        "read again, one session changed",
        "board-item.docx, with reading",
        "python -c pass",
        "workshop-tui --help",
    ):
        assert f"  {row}" in said
    for column in ("per CPU second", "votes beside it", "the room beside it", "beside no votes", "beside bare Python"):
        assert column in said
    assert "wrong answers: 0" in said
    assert "figures mean nothing" in said


@pytest.mark.timeout(300)
def test_the_bench_counts_the_votes_it_was_told_of_in_both_files() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--only", "votes"],
        cwd=ROOT, capture_output=True, text=True, timeout=280, check=True,
    )  # fmt: skip

    for file in ("votes in the file", "votes in the locked file"):
        line = next(line for line in ran.stdout.splitlines() if file in line)
        kept, answered = line.rstrip().removesuffix("all").split("answered")[1].split(" of ")
        assert int(kept.replace(",", "")) == int(answered.replace(",", "")) > 0
