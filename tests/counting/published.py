"""Real votes whose results were published: read where the folder lies beside the project, else the test is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop_tui.counting.formats import read_ballots
from workshop_tui.domain.plain_profiles import PlainProfile

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def published(name: str) -> PlainProfile:
    """The ballots of a file such as "preflib/00002-00000001.soi"."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"No real votes here: {path.parent.name}/{path.name} is looked for in ../shared/data.")
    (file,) = read_ballots(path.name, path.read_bytes())
    return file.profile


def column(name: str, heading: str) -> dict[str, str]:
    """A column of the projects of a Pabulib file, as the city published it, by project."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = text.split("PROJECTS", 1)[1].split("VOTES", 1)[0].strip().splitlines()
    headings = lines[0].split(";")
    at = headings.index(heading)
    return {line.split(";")[0].strip(): line.split(";")[at] for line in lines[1:]}
