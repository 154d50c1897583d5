"""docs/architecture.md says what each folder is for: of those that there are, and of no others."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "workshop_tui"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([\w/.]+)`", PAGE))
LINES = 100
"""What fits on two pages of paper."""


def test_every_folder_and_every_module_beside_them_is_named() -> None:
    folders = {path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.is_dir() and any(path.glob("*.*"))}
    there = {path for path in folders if "__pycache__" not in path.parts and "LC_MESSAGES" not in path.parts}

    # The inner ones by their last name: that of a template's folder is that of the pages it is for.
    assert {f"{path.name}/" for path in there} - NAMED == set()
    assert {path.name for path in SOURCE.glob("*.py") if path.name != "__init__.py"} - NAMED == set()


def test_every_path_that_it_names_is_there() -> None:
    anywhere = {f"{path.name}/" for path in SOURCE.rglob("*") if path.is_dir()}
    paths = {name for name in NAMED if "/" in name or name.endswith(".py")}

    assert len(paths) > 50
    missing = {
        name for name in paths if name not in anywhere and not any((at / name).exists() for at in (SOURCE, ROOT))
    }
    assert missing == set()


def test_it_is_two_pages() -> None:
    assert len(PAGE.splitlines()) <= LINES
