"""Two ways to do one thing, timed in turn in one run, so that a noisy machine hits both alike."""

import gc
import time
from collections.abc import Callable
from statistics import median


def compare(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    aim: float,
    rounds: int = 60,
) -> None:
    """Print the median times and the median of the ratios, round by round."""
    gc.freeze()  # what stands before the first round need not be swept in each
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        pair = []
        for call in (ours, theirs):
            gc.collect()  # else the one sweeps up what the other has left
            start = time.perf_counter()
            call()
            pair.append(time.perf_counter() - start)
        times.append((pair[0], pair[1]))
    ratio = median(a / b for a, b in times)
    mine, other = (1000 * median(column) for column in zip(*times, strict=True))
    verdict = "" if ratio <= aim else "  (above the aim)"
    print(f"{name:<58}{mine:>9.2f} ms{other:>9.2f} ms{ratio:>8.2f}  aim {aim:g}{verdict}")
