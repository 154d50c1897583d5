"""The rules beside other people's larger libraries, each in an environment of its own; run by `make test-long`."""
