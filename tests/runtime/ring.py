"""A key ring of the system, as `keyring` knows them: chosen by `PYTHON_KEYRING_BACKEND`, kept in one file."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

CHOSEN = "PYTHON_KEYRING_BACKEND"
"""The variable by which `keyring` is told which ring to use."""

FILE = "RING_OF_A_TEST"
"""Names the file of this ring."""


class FileRing(KeyringBackend):
    """Keeps what it is given in a file; fails while one beside it, ending in `.fails`, names the deed."""

    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        self._may("get")
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._may("set")
        self._write({**self._all(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._may("delete")
        self._write({name: said for name, said in self._all().items() if name != f"{service}/{username}"})

    @property
    def _path(self) -> Path:
        return Path(os.environ[FILE])

    def _may(self, deed: str) -> None:
        refused = self._path.with_suffix(".fails")
        if refused.exists() and deed in refused.read_text().split():
            raise KeyringError("it is shut")

    def _all(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}
        return found

    def _write(self, what: dict[str, str]) -> None:
        self._path.write_text(json.dumps(what))
