"""Environments for other people's libraries: made once for a run, with every version and hash pinned."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = "WORKSHOP_TUI_ORACLES"
"""A folder in which environments are kept from one run to the next; without it they are made anew."""


def python_of(library: str, folder: Path) -> Path:
    """The Python of an environment with this library, made if it is not there."""
    home = Path(os.environ.get(KEPT) or folder) / library
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        venv.create(home, with_pip=True, clear=True)
        install = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
        subprocess.run([*install, "-r", ROOT / "requirements" / f"oracle-{library}.txt"], check=True, timeout=1500)
        (home / "complete").touch()
    return python


def ask(python: Path, script: str, questions: Sequence[object]) -> list[dict[str, list[str] | list[list[str]]]]:
    """What a library answers to each profile: winners by rule."""
    asked = subprocess.run(
        [python, Path(__file__).parent / script],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=False,
        timeout=1500,
        env={**os.environ, "NUMBA_CACHE_DIR": str(python.parents[1] / "numba")},
    )
    assert asked.returncode == 0, asked.stderr[-3000:]
    answers: list[dict[str, list[str] | list[list[str]]]] = json.loads(asked.stdout.splitlines()[-1])
    assert len(answers) == len(questions)
    return answers
