"""Scripts that run in the environments of other people's libraries, so that they are timed beside ours."""
