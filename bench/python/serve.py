"""Python's side of the race: answers `run STEPS MILLISECONDS` (src/protocol.ts says how)."""

import json
import sys
import time

import numpy


class Task:
    """What the race tells a contender, with the batch that it trains on."""

    def __init__(self):
        given = json.loads(sys.argv[1])
        for name, value in given["model"].items():
            setattr(self, name, value)
        self.threads = given["threads"]
        self.variant = given["variant"]
        shape = (self.batch, self.time, self.inputSize)
        pixels = self.batch * self.time * self.inputSize
        self.images = numpy.fromfile(given["data"], "<f4", pixels).reshape(shape)
        self.labels = numpy.fromfile(given["data"], "<i4", self.batch, offset=4 * pixels)


def say(message):
    print(json.dumps(message), flush=True)


def not_here(reason):
    """Says that this contender cannot be had on this machine."""
    say({"ready": False, "reason": reason})
    sys.exit(0)


def serve(step, versions):
    """:param step: one training step, which returns its loss as a number."""
    say({"ready": True, "versions": versions})
    for line in sys.stdin:
        _, steps, milliseconds = line.split()
        say(_run(step, int(steps), float(milliseconds)))


def _run(step, steps, most):
    milliseconds, losses = [], []
    end = time.perf_counter() + most / 1000
    while not milliseconds or (len(milliseconds) < steps and time.perf_counter() < end):
        begin = time.perf_counter()
        losses.append(float(step()))
        milliseconds.append(1000 * (time.perf_counter() - begin))
    return {"milliseconds": milliseconds, "losses": losses}
