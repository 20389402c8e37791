"""Makes logs/ and logs.json beside it: log directories by TensorBoard's, TensorFlow's and PyTorch's
own writers, and what TensorBoard's own readers say is in them.

    pip install tensorboard==2.21.0 tensorflow-cpu==2.21.0 torch==2.13.0 pillow
    python test/goldens/make_logs.py
"""

import base64
import json
import math
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np
import tensorflow as tf
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter
from torch.utils.tensorboard import SummaryWriter

HERE = Path(__file__).parent
LOGS = HERE / "logs"
WALL_TIME = 1700000000.25
FILE = "events.out.tfevents.1700000000.golden"


def ramp(*shape):
    return np.linspace(0, 1, math.prod(shape), dtype=np.float32).reshape(shape)


def by_torch():
    """PyTorch's forms, which are TensorFlow 1's: simple_value, image, histo, audio."""
    writer = SummaryWriter(LOGS / "torch")
    for step, value in enumerate([0.5, 0.25, math.nan, math.inf, -math.inf, 1e-45, 3e38]):
        writer.add_scalar("loss/train", value, step, walltime=WALL_TIME + step)
    writer.add_scalar("as a tensor", 0.1, 3, walltime=WALL_TIME, new_style=True)
    writer.add_scalar("in double", 0.1, 3, walltime=WALL_TIME, new_style=True, double_precision=True)
    writer.add_scalar("überprüfung/損失/🙂", 1, 2**40, walltime=WALL_TIME)
    writer.add_histogram("weights", ramp(40), 1, bins=5, walltime=WALL_TIME)
    writer.add_histogram("one value", np.zeros(4), 1, walltime=WALL_TIME)
    writer.add_image("image", ramp(3, 4, 5), 2, walltime=WALL_TIME)
    writer.add_audio("audio", torch.from_numpy(ramp(1, 40)), 2, sample_rate=8000, walltime=WALL_TIME)
    writer.add_text("text", "**bold** and 損失", 2, walltime=WALL_TIME)
    writer.add_pr_curve("pr", np.array([0, 1, 1]), np.array([0.2, 0.4, 0.9]), 2, num_thresholds=5, walltime=WALL_TIME)
    writer.add_mesh("mesh", torch.from_numpy(ramp(1, 3, 3)), global_step=2, walltime=WALL_TIME)
    writer.add_custom_scalars_multilinechart(["loss/train"])
    writer.add_graph(torch.nn.Linear(2, 1), torch.zeros(1, 2))
    writer.close()
    hparams = SummaryWriter(LOGS / "hparams")
    hparams.add_hparams({"lr": 0.1, "cell": "lstm"}, {"accuracy": 0.9}, run_name=".", global_step=1)
    hparams.close()


def by_tensorflow():
    """TensorFlow 2's forms: tensors with metadata."""
    writer = tf.summary.create_file_writer(str(LOGS / "tensorflow"))
    with writer.as_default():
        for step in range(3):
            tf.summary.scalar("loss", 1 / (step + 1), step, description="falls")
        tf.summary.histogram("weights", ramp(20), 1, buckets=4)
        tf.summary.histogram("nothing", np.zeros(0), 1)
        tf.summary.image("images", ramp(2, 3, 4, 1), 1)
        tf.summary.audio("audio", ramp(2, 30, 1), 8000, 1)
        tf.summary.text("text", [["a", "b"], ["c", "d"]], 1)
        for dtype in ["float64", "int32", "int16", "int8", "uint8", "uint16", "int64", "bool"]:
            metadata = summary_pb2.SummaryMetadata()
            metadata.plugin_data.plugin_name = "mine"
            tf.summary.write(f"tensor/{dtype}", tf.cast([[0, 1, 100]], dtype), 1, metadata)
            tf.summary.write(f"rank 0/{dtype}", tf.cast(1, dtype), 1, metadata)
    writer.close()


def by_hand():
    """A scalar of each type and form that a tensor can have."""
    events = [event_pb2.Event(wall_time=WALL_TIME, file_version="brain.Event:2")]
    for dtype in ["float32", "float64", "int32", "int64", "bool", "uint8"]:
        for content in [False, True]:
            value = np.array(1.5 if dtype.startswith("float") else 1, dtype)
            proto = tf.make_tensor_proto(value)
            if content:
                proto = tf.make_tensor_proto(value.reshape(1, 1).repeat(2, 1))
                proto.tensor_content = value.tobytes()
                for field in ["float_val", "double_val", "int_val", "int64_val", "bool_val"]:
                    proto.ClearField(field)
                proto.tensor_shape.Clear()
            metadata = summary_pb2.SummaryMetadata()
            metadata.plugin_data.plugin_name = "scalars"
            tag = f"{dtype}/{'content' if content else 'list'}"
            v = summary_pb2.Summary.Value(tag=tag, metadata=metadata)
            v.tensor.ParseFromString(proto.SerializeToString())
            events.append(event_pb2.Event(wall_time=WALL_TIME, step=7, summary=summary_pb2.Summary(value=[v])))
    (LOGS / "forms").mkdir()
    with open(LOGS / "forms" / FILE, "wb") as file:
        writer = RecordWriter(file)
        for event in events:
            writer.write(event.SerializeToString())


def by_a_restarted_run():
    """Two files: the second goes back to step 5, and logs one of the two tags again."""
    first = SummaryWriter(LOGS / "restarted")
    for step in range(8):
        first.add_scalar("again", step, step, walltime=WALL_TIME + step)
        first.add_scalar("no more", step, step, walltime=WALL_TIME + step)
    first.close()
    time.sleep(1.1)
    second = SummaryWriter(LOGS / "restarted", purge_step=5)
    for step in range(5, 10):
        second.add_scalar("again", 100 + step, step, walltime=WALL_TIME + 100 + step)
    second.add_scalar("again", 1, 2, walltime=WALL_TIME + 200)
    second.close()


def number(value):
    value = float(value)
    return value if math.isfinite(value) else repr(value)


def elements(tensor):
    array = tf.make_ndarray(tensor)
    if array.dtype == object:
        return [base64.b64encode(item).decode() for item in array.ravel()]
    return [number(item) for item in array.ravel()]


def values_of(path):
    """All values of a file, which TensorBoard's loader brings into TensorFlow 2's forms."""
    plugins = {}
    for event in EventFileLoader(str(path)).Load():
        for value in event.summary.value:
            plugin = plugins.setdefault(value.tag, value.metadata.plugin_data.plugin_name)
            yield {
                "tag": value.tag,
                "step": event.step,
                "wallTime": event.wall_time,
                "plugin": plugin,
                "shape": [dim.size for dim in value.tensor.tensor_shape.dim],
                "elements": elements(value.tensor) if value.tensor.dtype else [],
            }


def accumulated(path):
    accumulator = EventAccumulator(str(path), size_guidance={"scalars": 0})
    accumulator.Reload()
    return {
        tag: [[e.wall_time, e.step, number(e.value)] for e in accumulator.Scalars(tag)]
        for tag in accumulator.Tags()["scalars"]
    }


def shown(runs):
    """The scalars that a running TensorBoard with its data server shows."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(LOGS), "--port", str(port), "--load_fast=true"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(path, **query):
        url = f"http://127.0.0.1:{port}/data/plugin/scalars/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url) as response:
            # NaN and the infinities come as numbers that JSON does not have.
            return json.loads(response.read())

    try:
        for _ in range(60):
            time.sleep(1)
            try:
                tags = get("tags")
            except OSError:
                continue
            if set(runs) <= set(tags):
                break
        return {
            run: {
                tag: [[w, s, number(v)] for w, s, v in get("scalars", run=run, tag=tag)]
                for tag in tags[run]
            }
            for run in runs
        }
    finally:
        server.terminate()
        server.wait()


def rename(folder):
    """Names that do not depend on the machine."""
    for uid, path in enumerate(sorted(folder.glob("*tfevents*"))):
        path.rename(folder / f"{FILE}.{uid}")


def main():
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir()
    by_torch()
    by_tensorflow()
    by_hand()
    by_a_restarted_run()
    folders = sorted(path for path in LOGS.iterdir() if path.is_dir())
    for folder in folders:
        rename(folder)
    golden = {
        "made by": "make_logs.py",
        "values": {
            folder.name: [v for file in sorted(folder.iterdir()) for v in values_of(file)]
            for folder in folders
        },
        "accumulated": {folder.name: accumulated(folder) for folder in folders},
        "shown": shown(["torch", "tensorflow", "restarted"]),
    }
    text = json.dumps(golden, indent=1, ensure_ascii=False)
    (HERE / "logs.json").write_text(text + "\n", encoding="utf-8")


main()
