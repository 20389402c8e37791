"""Checks with TensorBoard's own reader that a run's logs hold what the run printed, and no more.

    pip install tensorboard==2.21.0
    pnpm exec unroll train --epochs 1 --logdir <logdir> > <output>
    python test/judge/check_logs.py <logdir> <output>

Ends with exit code 1 at the first difference.
"""

import re
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.io_wrapper import GetLogdirSubdirectories

LINE = re.compile(
    r"\[(trn|tst)\] ep (\d+), step (\d+), loss (\d+\.\d{6}), accu (\d\.\d{6}), sec/iter \d+\.\d{6}"
)
RUNS = {"trn": "train", "tst": "test"}
# Half of the last printed digit, and what float32 keeps of a loss under 16.
TOLERANCE = 0.5e-6 + 0.5e-6


def printed_points(path):
    """{run: {tag: [(step, value), ...]}} of an output's lines, and how many lines there are."""
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.startswith("[")]
    points = {run: {"loss": [], f"{run}_accuracy": []} for run in RUNS.values()}
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            sys.exit(f"{path}: expected a line like the tutorial's, got {line}")
        phase, _, step, loss, accuracy = match.groups()
        run = RUNS[phase]
        points[run]["loss"].append((int(step), float(loss)))
        points[run][f"{run}_accuracy"].append((int(step), float(accuracy)))
    return points, len(lines)


def logged_points(path):
    """{tag: [(step, value), ...]} of a run's folder."""
    # 0 keeps all points; the default keeps a sample of 10,000.
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0})
    accumulator.Reload()
    return {
        tag: [(event.step, event.value) for event in accumulator.Scalars(tag)]
        for tag in accumulator.Tags()["scalars"]
    }


def check_tag(where, expected, got):
    steps = [step for step, _ in expected]
    if [step for step, _ in got] != steps:
        sys.exit(f"{where}: expected the steps {steps}, got {[step for step, _ in got]}")
    for (step, value), (_, logged) in zip(expected, got):
        # Written so that NaN differs from everything.
        if not abs(value - logged) <= TOLERANCE:
            sys.exit(f"{where}: step {step}: expected {value} as printed, got {logged}")


def main(logdir, output):
    points, lines = printed_points(output)
    if lines == 0:
        sys.exit(f"{output}: expected lines like the tutorial's, got none")
    folders = sorted(path[len(logdir) :].strip("/") for path in GetLogdirSubdirectories(logdir))
    if folders != sorted(points):
        sys.exit(f"{logdir}: expected the runs {sorted(points)}, got {folders}")
    count = 0
    for run, tags in points.items():
        got = logged_points(f"{logdir}/{run}")
        expected = {tag: values for tag, values in tags.items() if values}
        if sorted(got) != sorted(expected):
            sys.exit(f"{run}: expected the tags {sorted(expected)}, got {sorted(got)}")
        for tag, values in expected.items():
            check_tag(f"{run}: {tag}", values, got[tag])
            count += len(values)
    print(f"{lines} lines printed, {count} scalars logged: the same steps and values")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: check_logs.py <logdir> <output>")
    main(sys.argv[1].rstrip("/"), sys.argv[2])
