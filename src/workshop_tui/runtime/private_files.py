"""Writing a small file that only the user can read, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 in place of the one that may be there."""
    partial = path.with_name(f"{path.name}.tmp")
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    partial.replace(path)
