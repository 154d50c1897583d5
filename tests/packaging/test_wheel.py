"""What is installed works: the wheel carries agendas, pages and styles, and plays a whole workshop."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from workshop_tui import __version__
from workshop_tui.__main__ import OLDEST
from workshop_tui.runtime import documents

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, with a home of its own."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "WORKSHOP_TUI_HOME": str(cwd / "home"), "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_over_this_environments_packages_plays_a_whole_workshop(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    pip = run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", installed, wheel, cwd=tmp_path)
    assert pip.returncode == 0, pip.stderr
    place = run(sys.executable, "-c", "import workshop_tui; print(workshop_tui.__file__)", cwd=tmp_path,
                PYTHONPATH=str(installed))  # fmt: skip
    assert place.stdout.startswith(str(installed))

    demo = run(
        sys.executable, "-m", "workshop_tui", "demo", "--headless", "--people", "3", "--to", tmp_path / "out",
        cwd=tmp_path, PYTHONPATH=str(installed),
    )  # fmt: skip

    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert len(list((tmp_path / "out").glob("exports/*/report.html"))) == 1


def test_the_wheel_carries_what_the_product_says_in_each_language(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    locales = ROOT / "src" / "workshop_tui" / "locales"

    assert {file.relative_to(ROOT / "src").as_posix() for file in locales.rglob("*.[mp]o*")} <= packed


def test_the_wheel_carries_the_dated_data_of_the_cycle(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = sorted((ROOT / "src" / "workshop_tui" / "cycle" / "data").glob("*.json"))

    assert len(data) > 5
    assert {file.relative_to(ROOT / "src").as_posix() for file in data} <= packed


def test_the_wheel_carries_every_page_that_help_shows_and_its_types(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / f"{name}.md" for name in documents.BESIDE_README)]

    assert {f"workshop_tui/docs/{page.name}" for page in pages} <= packed
    assert "workshop_tui/py.typed" in packed


def test_the_wheel_says_its_version_its_authors_and_the_pythons_it_runs_on(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        (name,) = [each for each in files.namelist() if each.endswith(".dist-info/METADATA")]
        told = files.read(name).decode()

    assert f"\nVersion: {__version__}\n" in told
    assert "\nAuthor: the workshop-tui authors\n" in told
    for minor in (11, 12, 13):
        assert f"\nClassifier: Programming Language :: Python :: 3.{minor}\n" in told
    assert f"\nRequires-Python: >={'.'.join(map(str, OLDEST))}\n" in told
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_an_older_python_is_told_which_one_it_needs() -> None:
    code = (
        "import sys, collections\nsys.version_info = (3, 10, 13)\nfrom workshop_tui import __main__\n__main__.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "workshop-tui: It needs Python 3.11 or newer, and this is 3.10.13.\n"


def test_the_wheel_carries_the_schema_that_the_documents_have(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        carried = files.read("workshop_tui/exports/session.schema.json")

    assert carried == (ROOT / "docs" / "session.schema.json").read_bytes()


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("source", ["wheel", "checkout"])
def test_an_empty_environment_runs_the_demo_after_one_install(wheel: Path, tmp_path: Path, source: str) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    pinned = run(
        programs / "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=tmp_path
    )  # fmt: skip
    assert pinned.returncode == 0, pinned.stderr
    pip = run(programs / "pip", "install", "-q", wheel if source == "wheel" else ROOT, cwd=tmp_path)
    assert pip.returncode == 0, pip.stderr

    demo = run(programs / "workshop-tui", "demo", "--headless", "--people", "3", "--to", tmp_path / "out", cwd=tmp_path)

    assert demo.returncode == 0, demo.stdout + demo.stderr
