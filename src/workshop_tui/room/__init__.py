"""The running workshop: one writer loop, its indexes, its published views and its ports."""
