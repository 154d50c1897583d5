"""One module for each audience; each holds an `OUTPUT`. A new module here is a new output."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Final

from workshop_tui.exports.output import Output


def _found() -> tuple[Output[Any], ...]:
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    outputs: list[Output[Any]] = [module.OUTPUT for module in modules]
    # What has the data comes first: it is the whole, and the others are parts of it.
    return tuple(sorted(outputs, key=lambda output: (not output.with_data, output.name)))


OUTPUTS: Final = _found()
"""Every output."""
