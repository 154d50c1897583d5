"""The pages of phones: server-rendered forms that work without a script."""
