"""docs/adding-a-kind.md is true about what a kind costs."""

from __future__ import annotations

import re
from pathlib import Path

from workshop_tui import kinds
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.blocks import FormBlock, ViewBlock
from workshop_tui.kinds.registry import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-kind.md").read_text("utf-8")
FOLDER = Path(kinds.__file__).parent


def _lines(name: str) -> tuple[int, bool]:
    """How many lines the module of a kind has, and whether it is a folder of them."""
    module = FOLDER.joinpath(*type(KINDS[name]).__module__.split(".")[2:]).with_suffix(".py")
    is_folder = module.parent != FOLDER
    files = module.parent.glob("*.py") if is_folder else [module]
    return sum(len(file.read_text("utf-8").splitlines()) for file in files), is_folder


def test_no_kind_is_longer_than_the_page_says() -> None:
    found = re.search(r"up to (\d+) for a gathering, up to (\d+) for a poll, up to (\d+) for one", PAGE)
    assert found
    most, most_poll, most_folder = map(int, found.groups())

    for name, kind in KINDS.items():
        lines, is_folder = _lines(name)
        if is_folder:
            assert lines <= most_folder, name
        elif isinstance(kind, Poll):
            assert lines <= most_poll, name
        else:
            assert lines <= most, name


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))

    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_the_page_names_every_test_that_runs_over_the_kinds() -> None:
    over_kinds = {
        f"tests/contract/{path.name}"
        for path in (ROOT / "tests" / "contract").glob("test_*.py")
        if re.search(r"^@every_(kind|poll)\b|KINDS\.values\(\)", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {path for path in over_kinds if path not in PAGE} == set()


def test_a_kind_is_named_in_two_lines_of_code_beside_its_own() -> None:
    """In the registry: once where it is imported, once in the list. What else names one has a reason of its own."""
    # A simulated person types one name into every form of a panel, and chooses who may read their story.
    own = {("rehearsal/phone.py", "panel"), ("rehearsal/phone.py", "vignette")}
    source = FOLDER.parent
    for name, kind in KINDS.items():
        cls, module = type(kind).__name__, type(kind).__module__
        registry = (FOLDER / "registry.py").read_text("utf-8")
        assert registry.count(f"import {cls}\n") == 1
        assert registry.count(f"    {cls}(),\n") == 1
        others = {
            path.relative_to(source).as_posix()
            for path in source.rglob("*.py")
            if f"from {module} import" in path.read_text("utf-8") and path != FOLDER / "registry.py"
        }
        folder = f"kinds/{name}/"
        assert {(path, name) for path in others if not path.startswith(folder)} <= own


def test_every_kind_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = readme.split("Phones can ask in many ways.")[1].split("[docs/voting.md]")[0]

    assert set(re.findall(r"`(\w+)`", listed)) == set(KINDS)


def test_the_page_has_every_block_and_every_method_of_a_kind() -> None:
    blocks = {each.__name__ for each in (*FormBlock.__args__, *ViewBlock.__args__)}
    assert blocks <= set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))

    methods = {name for name in vars(Poll) if not name.startswith("_") and callable(getattr(Poll, name))}
    assert {name for name in methods if f"`{name}" not in PAGE} == set()
