"""The rules of a workshop as pure values and functions: no clock, no randomness, no I/O."""
