"""The pages of documentation that come with the program, so that whoever installed it can read what messages name.

Installed, they lie inside the package; in a checkout, in its folder "docs" and beside the README.
"""

from __future__ import annotations

from pathlib import Path

from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import SettingsError
from workshop_tui.messages import Verbatim, tr

BESIDE_README = ("README", "SECURITY")
"""Pages that lie in the uppermost folder of a checkout."""


def pages() -> dict[str, Path]:
    """Every page by its name, such as "agenda"."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent.parent
    found = [*(package / "docs").glob("*.md")] or [
        *(checkout / "docs").glob("*.md"), *(checkout / f"{name}.md" for name in BESIDE_README)
    ]  # fmt: skip
    return {path.stem.lower(): path for path in sorted(found) if path.is_file()}


def titles() -> dict[str, str]:
    """The first heading of every page, by the page's name."""
    return {name: _first_line(path).lstrip("# ") for name, path in pages().items()}


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip()


def page(name: str) -> str:
    """What stands on a page.

    Raises:
        SettingsError: there is none of that name.
    """
    known = pages()
    # Messages of other times, and people, call it by its file's name.
    wanted = name.lower().removeprefix("docs/").removesuffix(".md")
    if wanted not in known:
        raise SettingsError(
            (tr("There is no page “{name}”.", name=Verbatim(clean_line(name))), nearest(wanted, known, ""))
        )
    return known[wanted].read_text(encoding="utf-8")
