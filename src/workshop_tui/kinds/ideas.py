"""Ideas: short texts, one at a time and as many as people like; the room sees those that were approved."""

from __future__ import annotations

from workshop_tui.domain.activity import Example, Noun
from workshop_tui.kinds.short_texts import ShortTextConfig, ShortTexts
from workshop_tui.messages import counted, tr


class Ideas(ShortTexts):
    """Short texts for the room."""

    kind = "ideas"
    title = tr("ideas")
    noun = Noun(
        one=tr("Idea"),
        many=tr("Ideas"),
        given=tr("Ideas given"),
        none_given=tr("No ideas were given."),
        counted=counted("{n} idea", "{n} ideas"),
        from_room=tr("An idea from this room"),
    )
    several = True
    field = "idea"
    label = called = tr("Your idea")
    hint = tr("One idea at a time.")

    def examples(self) -> Example[ShortTextConfig]:
        """How people would know that it works."""
        return self.example("Nobody asks me the same thing twice.", "One letter.\nOne name to ring.", "[/] =1+1 <b>")
