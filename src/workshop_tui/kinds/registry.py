"""The kinds there are: the one list that a new file in this package is added to."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from workshop_tui.domain.activity import AnyKind, Kinds
from workshop_tui.kinds.approval import Approval
from workshop_tui.kinds.budget.budget import Budget
from workshop_tui.kinds.consensus.consensus import Consensus
from workshop_tui.kinds.criteria.criteria import Criteria
from workshop_tui.kinds.dots import DotVote
from workshop_tui.kinds.form import Form
from workshop_tui.kinds.ideas import Ideas
from workshop_tui.kinds.impact import Impact
from workshop_tui.kinds.pairs.pairs import Pairs
from workshop_tui.kinds.panel.panel import Panel
from workshop_tui.kinds.pledge import Pledge
from workshop_tui.kinds.points import SharePoints
from workshop_tui.kinds.private import Private
from workshop_tui.kinds.questions import Questions
from workshop_tui.kinds.rank.rank import Rank
from workshop_tui.kinds.scale import Scale
from workshop_tui.kinds.score.score import Score
from workshop_tui.kinds.single import Single
from workshop_tui.kinds.statements import Statements
from workshop_tui.kinds.vignette import Vignette

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
