"""The world that both programs run in: every generator seeded, every clock replaced, so that only the programs differ."""

import contextlib
import random
import sys
import time

import numpy as np

CLOCKS = [name for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time") if hasattr(time, name)]
#: The real clock, for times that are measured.
now = time.perf_counter


@contextlib.contextmanager
def fixed(tick=1.0):
    """Seeds every generator and replaces the clocks: each reading is one tick later than the last."""
    saved = {name: getattr(time, name) for name in CLOCKS}
    saved_sleep = time.sleep
    default_rng = np.random.default_rng
    reading = [1_000_000.0]

    def clock():
        reading[0] += tick
        return reading[0]

    random.seed(0)
    np.random.seed(0)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.random.set_seed(0)
    np.random.default_rng = lambda seed=None: default_rng(0 if seed is None else seed)
    for name in CLOCKS:
        setattr(time, name, clock)
    time.sleep = lambda seconds: None
    try:
        yield
    finally:
        for name, function in saved.items():
            setattr(time, name, function)
        time.sleep = saved_sleep
        np.random.default_rng = default_rng
