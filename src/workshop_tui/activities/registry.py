"""The kinds there are: the one list that a new file in this package is added to."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from workshop_tui.activities.approval import Approval
from workshop_tui.activities.budget import Budget
from workshop_tui.activities.consensus import Consensus
from workshop_tui.activities.criteria import Criteria
from workshop_tui.activities.dots import DotVote
from workshop_tui.activities.form import Form
from workshop_tui.activities.ideas import Ideas
from workshop_tui.activities.impact import Impact
from workshop_tui.activities.pairs import Pairs
from workshop_tui.activities.panel import Panel
from workshop_tui.activities.pledge import Pledge
from workshop_tui.activities.points import SharePoints
from workshop_tui.activities.private import Private
from workshop_tui.activities.questions import Questions
from workshop_tui.activities.rank import Rank
from workshop_tui.activities.scale import Scale
from workshop_tui.activities.score import Score
from workshop_tui.activities.single import Single
from workshop_tui.activities.statements import Statements
from workshop_tui.activities.vignette import Vignette
from workshop_tui.domain.activity import AnyKind, Kinds

_ALL: Final[tuple[AnyKind, ...]] = (
    Single(),
    Approval(),
    Scale(),
    DotVote(),
    SharePoints(),
    Rank(),
    Score(),
    Pairs(),
    Budget(),
    Criteria(),
    Panel(),
    Impact(),
    Consensus(),
    Statements(),
    Form(),
    Ideas(),
    Questions(),
    Pledge(),
    Private(),
    Vignette(),
)

KINDS: Final[Kinds] = MappingProxyType({kind.kind: kind for kind in _ALL})
"""Every kind by the name agendas use."""
