"""What a start costs and what the rules may lean on: looked up in fresh processes, where nothing is loaded yet."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

OFFICE = ("docx", "lxml", "xlsxwriter", "openpyxl")
"""What a Word document or a workbook needs, and nothing else."""

HEAVY = ("textual", "starlette", "uvicorn", "sqlite_utils", "sqlcipher3", "httpx2", "jinja2", "qrcode", *OFFICE)

OUTSIDE = ("textual", "starlette", "uvicorn", "sqlcipher3", "sqlite3", "sqlite_utils", "httpx2", "click")
"""What the rules, the kinds, the drawing and the reports never need."""


def _loaded_by(code: str) -> set[str]:
    """Every module that a fresh process has loaded after this."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys\nprint('loaded:' + json.dumps(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stdout.rpartition("loaded:")[2]))


def test_asking_for_help_loads_neither_console_nor_server_nor_database() -> None:
    loaded = _loaded_by("from workshop_tui.cli import run_command_line\nassert run_command_line(['--help']) == 0")

    assert not loaded.intersection(HEAVY)
    assert "workshop_tui.cli" in loaded


@pytest.mark.parametrize("command", ["run", "status", "stop", "demo", "export", "recount", "check", "attach", "record"])
def test_asking_for_help_with_one_command_loads_nothing_heavy_either(command: str) -> None:
    loaded = _loaded_by(f"from workshop_tui.cli import run_command_line\nrun_command_line([{command!r}, '--help'])")

    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("package", ["domain", "cycle", "kinds", "drawing", "exports"])
def test_rules_kinds_drawing_and_reports_load_no_console_no_server_and_no_database(package: str) -> None:
    loaded = _loaded_by(
        "import importlib, pkgutil, sys\n"
        f"root = importlib.import_module('workshop_tui.{package}')\n"
        "for each in pkgutil.walk_packages(root.__path__, root.__name__ + '.'):\n"
        "    importlib.import_module(each.name)"
    )

    assert not loaded.intersection(OUTSIDE)
    assert not [name for name in loaded if name.startswith(("workshop_tui.room.room", "workshop_tui.storage"))]
    assert not [name for name in loaded if name.startswith(("workshop_tui.tui", "workshop_tui.web"))]


@pytest.mark.parametrize("package", ["domain", "cycle", "kinds", "drawing"])
def test_the_pure_packages_load_neither_network_nor_event_loop(package: str) -> None:
    loaded = _loaded_by(
        "import importlib, pkgutil\n"
        f"root = importlib.import_module('workshop_tui.{package}')\n"
        "for each in pkgutil.walk_packages(root.__path__, root.__name__ + '.'):\n"
        "    importlib.import_module(each.name)"
    )

    assert not loaded.intersection({"asyncio", "ssl", "http.client"})


@pytest.mark.parametrize(
    "module", ["tui.app", "runtime.serving", "runtime.exporting", "exports.files", "web.host.pages", "cycle_commands"]
)
def test_nothing_loads_word_or_excel_before_one_is_written_or_read(module: str) -> None:
    loaded = _loaded_by(f"import workshop_tui.{module}")

    assert not loaded.intersection(OFFICE)


@pytest.mark.parametrize(("written", "needs_them"), [("html", False), ("markdown", False), ("word", True)])
def test_a_page_loads_what_word_needs_only_where_it_is_written_as_a_document(written: str, needs_them: bool) -> None:
    loaded = _loaded_by(
        "from workshop_tui.exports.document import Document\n"
        f"from workshop_tui.exports.formats import {written}\n"
        "from workshop_tui.messages import ENGLISH, tr\n"
        "page = Document(page=tr('A'), kicker=tr('B'), title='C', opening=(), sections=())\n"
        f"bytes({written}.FORMAT.write(page, ENGLISH))"
    )

    assert bool(loaded.intersection(OFFICE)) == needs_them


def test_the_console_loads_neither_the_file_nor_the_phones_pages() -> None:
    loaded = _loaded_by("import workshop_tui.tui.app")

    assert not [name for name in loaded if name.startswith(("workshop_tui.storage", "workshop_tui.web", "sqlcipher3"))]
