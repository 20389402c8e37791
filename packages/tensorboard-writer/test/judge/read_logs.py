"""Reads a log directory with TensorBoard's own Python reader, and prints its scalars.

    pip install tensorboard==2.21.0
    python test/judge/read_logs.py <logdir>

The output is JSON: {run: {tag: [[step, value], ...]}}. A value is a number, or one of the strings
"NaN", "Infinity" and "-Infinity", for which JSON has no numbers.
"""

import json
import math
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.io_wrapper import GetLogdirSubdirectories


def json_number(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def read_run(path):
    # 0 keeps all points; the default keeps a sample of 10,000.
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0})
    accumulator.Reload()
    return {
        tag: [[event.step, json_number(event.value)] for event in accumulator.Scalars(tag)]
        for tag in accumulator.Tags()["scalars"]
    }


def main(logdir):
    runs = {}
    for path in sorted(GetLogdirSubdirectories(logdir)):
        name = path[len(logdir) :].strip("/") or "."
        runs[name] = read_run(path)
    json.dump(runs, sys.stdout, ensure_ascii=False, allow_nan=False)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: read_logs.py <logdir>")
    main(sys.argv[1])
