"""What a decision says, in English."""

from __future__ import annotations

from workshop_tui.domain.deciding import Answer, Done


def said(answer: Answer) -> str:
    """All that a facilitator's command was answered: what was done and what else, or why not."""
    assert isinstance(answer, Done)
    if answer.refusal:
        return f"{answer.refusal!s} {answer.why!s}".strip()
    return ". ".join(filter(None, (str(answer.label), " ".join(map(str, answer.more)))))
