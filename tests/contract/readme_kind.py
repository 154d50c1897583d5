"""A pytest plugin that registers the kind of the README's example, as a newcomer would."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import MappingProxyType, ModuleType

from workshop_tui.kinds import registry

README = Path(__file__).parents[2] / "README.md"

_IMPORTS = """
from msgspec import Struct
from workshop_tui.domain.activity import Config, Example, Poll
from workshop_tui.domain.blocks import Bar, Bars, Choice, ChooseOne, Statement
from workshop_tui.domain.honesty import leading_sentence
from workshop_tui.errors import BallotRejected
from workshop_tui.messages import tr
"""


def readme_example() -> str:
    """The Python block under "Add a kind of voting"."""
    section = README.read_text(encoding="utf-8").split("## Add a kind of voting")[1]
    return re.search(r"```python\n(.*?)```", section, re.DOTALL).group(1)


def pytest_configure() -> None:
    """Put it into the registry before the contract tests are collected."""
    module = ModuleType("workshop_tui.kinds.hands", "A show of hands: yes or no.")
    sys.modules[module.__name__] = module
    exec(_IMPORTS + readme_example(), module.__dict__)
    kind = module.__dict__["Hands"]()
    registry.KINDS = MappingProxyType({**registry.KINDS, kind.kind: kind})
