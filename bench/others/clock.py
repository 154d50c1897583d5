"""Times one call; plain Python, because it runs in other environments than ours."""

import statistics
import time


def timed(call, rounds):
    """What a call gives, and its median time in seconds; once before, so that nothing is compiled while it counts."""
    found = call()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return {"seconds": statistics.median(took), "winners": sorted(found)}
