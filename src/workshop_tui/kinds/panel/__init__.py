"""Named evaluators who score and say why."""
