"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure: how long an example took is never what a property is about.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
