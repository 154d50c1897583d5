"""The README's example of a new kind keeps the contract of all kinds."""

import subprocess
import sys

from tests.contract.readme_kind import README, readme_example


def test_the_example_in_the_readme_passes_the_contract_tests() -> None:
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "tests.contract.readme_kind", "-p", "no:cacheprovider",
        "tests/contract/test_kinds.py", "-k", "hands", "-W", "ignore",
    ]  # fmt: skip

    run = subprocess.run(command, cwd=README.parent, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout
    assert " passed" in run.stdout


def test_the_example_is_as_short_as_the_readme_says() -> None:
    lines = [line for line in readme_example().splitlines() if line.strip() and '"""' not in line]

    assert len(lines) <= 26
