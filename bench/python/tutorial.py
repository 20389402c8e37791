"""The tutorial's job in TensorFlow: what `unroll train` does, with the same lines on the way.

usage: tutorial.py DATA LOGDIR EPOCHS (dynamic|static) INTRA_OP INTER_OP
"""

import gzip
import os
import sys
import time

import numpy
from tensorflow_v1 import CELLS, session, tf, training

ROWS, UNITS, BATCH, VALIDATION, EVERY = 28, 31, 128, 5000, 250


def read_idx(path, header):
    packed = os.path.exists(f"{path}.gz")
    with gzip.open(f"{path}.gz") if packed else open(path, "rb") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def read(folder, name):
    images = read_idx(f"{folder}/{name}-images-idx3-ubyte", 16)
    labels = read_idx(f"{folder}/{name}-labels-idx1-ubyte", 8)
    images = images.reshape(-1, ROWS, ROWS).astype(numpy.float32) / 255
    return images, labels.astype(numpy.int32)


def batches(images, labels, keep_last=False):
    end = len(labels) if keep_last else len(labels) // BATCH * BATCH
    for at in range(0, end, BATCH):
        yield images[at:at + BATCH], labels[at:at + BATCH]


class Log:
    """A line and two points in TensorBoard every 250 batches, training and test together."""

    def __init__(self, logdir):
        self.writers = {phase: tf.summary.FileWriter(f"{logdir}/{phase}") for phase in names}
        self.batches, self.losses, self.accuracies, self.since = 0, [], [], time.perf_counter()

    def add(self, phase, epoch, loss, accuracy):
        self.batches += 1
        self.losses.append(loss)
        self.accuracies.append(accuracy)
        if self.batches % EVERY:
            return
        mean, least = numpy.mean(self.losses), min(self.accuracies)
        seconds = (time.perf_counter() - self.since) / EVERY
        print(f"[{names[phase]}] ep {epoch}, step {self.batches}, loss {mean:.6f}, "
              f"accu {least:.6f}, sec/iter {seconds:.6f}", flush=True)
        values = {"loss": mean, f"{phase}_accuracy": least}
        summary = tf.Summary(value=[
            tf.Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()])
        self.writers[phase].add_summary(summary, self.batches)
        self.losses, self.accuracies, self.since = [], [], time.perf_counter()

    def close(self):
        for writer in self.writers.values():
            writer.close()


names = {"train": "trn", "test": "tst"}
data, logdir, epochs, loop, intra_op, inter_op = sys.argv[1:]
train_images, train_labels = read(data, "train")
train = train_images[VALIDATION:], train_labels[VALIDATION:]
test = read(data, "t10k")

tf.set_random_seed(1)
images = tf.placeholder(tf.float32, [None, ROWS, ROWS])
labels = tf.placeholder(tf.int32, [None])
cell = CELLS["basic-rnn"](UNITS)
if loop == "static":
    _, state = tf.nn.static_rnn(cell, tf.unstack(images, ROWS, 1), dtype=tf.float32)
else:
    _, state = tf.nn.dynamic_rnn(cell, images, dtype=tf.float32)
train_op, loss, accuracy = training(state, labels)

with session(int(intra_op), int(inter_op)) as opened:
    opened.run(tf.global_variables_initializer())
    log = Log(logdir)
    print(f"logs: {logdir}", flush=True)
    for epoch in range(1, int(epochs) + 1):
        for x, y in batches(*train):
            _, *values = opened.run([train_op, loss, accuracy], {images: x, labels: y})
            log.add("train", epoch, *values)
        for x, y in batches(*test):
            log.add("test", epoch, *opened.run([loss, accuracy], {images: x, labels: y}))
    log.close()
    right = sum(
        len(y) * opened.run(accuracy, {images: x, labels: y})
        for x, y in batches(*test, keep_last=True))
    print(f"test accuracy over all {len(test[1])} images: {right / len(test[1]):.4f}", flush=True)
