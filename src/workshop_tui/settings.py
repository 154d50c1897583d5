"""Where things lie on this computer, readable for its user alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from workshop_tui import whole_files
from workshop_tui.errors import FolderUnusable
from workshop_tui.messages import Verbatim, tr

HOME_VARIABLE = "WORKSHOP_TUI_HOME"
"""Moves the runtime and the data folder below one folder; the tests use it."""

APP = "workshop-tui"


ELSEWHERE = (HOME_VARIABLE, "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_DATA_HOME")
"""What names folders for a process that is started, which works in another folder than ours."""


def hand_on_folders() -> None:
    """Let folders that were named from where we are mean the same to a process that is started elsewhere."""
    for name in ELSEWHERE:
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())


def runtime_folder() -> Path:
    """Where running rooms leave their run files and logs; made with mode 0700 when it is not there."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return _made(Path(home) / "run")
    if sys.platform == "linux" and not os.environ.get("XDG_RUNTIME_DIR"):
        # Without a private runtime folder the usual fallback is below /tmp, where its name can be guessed.
        return _made(platformdirs.user_state_path(APP) / "run")
    return _made(platformdirs.user_runtime_path(APP))


def data_folder() -> Path:
    """Where session files lie when they cannot lie beside their agenda; made with mode 0700."""
    home = os.environ.get(HOME_VARIABLE)
    return _made(Path(home) / "data" if home else platformdirs.user_data_path(APP))


def write_private(path: Path, data: bytes) -> None:
    """Write a small file with mode 0600 in place of the one that may be there, whole or not at all."""
    whole_files.write({path: lambda: (data,)}, over=True)


def _made(folder: Path) -> Path:
    folder = folder.absolute()
    if not str(folder).isprintable():
        # A name that is no text (halves of letters) or breaks lines can be handed to no other process and not be said.
        raise FolderUnusable(
            tr("The name of the folder {folder} has signs that cannot be shown.", folder=Verbatim(ascii(str(folder)))),
            advice=tr("Set {home_variable} to a folder with another name.", home_variable=Verbatim(HOME_VARIABLE)),
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise FolderUnusable(
            tr(
                "The folder {folder} cannot be made ({strerror}).",
                folder=Verbatim(str(folder)),
                strerror=Verbatim(str(problem.strerror)),
            ),
            advice=tr("Set {home_variable} to a folder that you may write to.", home_variable=Verbatim(HOME_VARIABLE)),
        ) from problem
    return folder
