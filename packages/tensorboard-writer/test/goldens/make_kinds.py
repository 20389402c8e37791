"""Makes kinds.json beside it: summaries of all kinds, by TensorBoard's and TensorFlow's own writers.

    pip install tensorboard==2.21.0 tensorflow-cpu==2.21.0 torch==2.13.0
    python test/goldens/make_kinds.py

Each case is a call of a SummaryWriter, and the event that the Python writer makes of the same.
Arrays are {"type", "data", "shape"}; JSON has no NaN and infinities, so numbers in them are as
Python prints them.
"""

import json
import os
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import summary as custom_scalar
from tensorboard.plugins.histogram import summary_v2 as histogram
from tensorboard.plugins.hparams import api_pb2
from tensorboard.plugins.hparams import plugin_data_pb2 as hparams_data
from tensorboard.plugins.hparams import summary as hparams_v1
from tensorboard.plugins.hparams import summary_v2 as hparams
from tensorboard.plugins.mesh import summary_v2 as mesh
from tensorboard.plugins.pr_curve import summary as pr_curve
from tensorboard.plugins.text import summary_v2 as text
from torch.utils.tensorboard import summary as torch_summary

WALL_TIME = 1700000000.125
CASES = []
rng = np.random.default_rng(7)


def case(name, method, args, summary, options=None, step=3):
    """Adds a call: its arguments before and after the step, and the summary of Python."""
    if not isinstance(summary, summary_pb2.Summary):
        summary = summary_pb2.Summary.FromString(summary.SerializeToString())
    event = event_pb2.Event(wall_time=WALL_TIME, step=step, summary=summary)
    CASES.append(
        {
            "name": name,
            "method": method,
            "args": args,
            "step": step,
            "options": options or {},
            "event": event.SerializeToString(deterministic=True).hex(),
        }
    )


def array(values):
    values = np.asarray(values)
    return {
        "type": str(values.dtype),
        "data": [repr(value) for value in values.flatten().tolist()],
        "shape": list(values.shape),
    }


def written(write):
    """The summary that a call of tf.summary writes."""
    with tempfile.TemporaryDirectory() as logdir:
        writer = tf.summary.create_file_writer(logdir)
        with writer.as_default(step=0):
            write()
        writer.close()
        (path,) = Path(logdir).iterdir()
        for data in RawEventFileLoader(str(path)).Load():
            event = event_pb2.Event.FromString(data)
            if event.HasField("summary"):
                return event.summary
    raise AssertionError("nothing written")


def make_scalars():
    for value in [0.5, -1e30, 0.1]:
        case(f"scalar {value}", "scalar", ["loss", value], torch_summary.scalar("loss", value))


def make_histograms():
    normal = rng.normal(size=1000)
    samples = {
        "normal": normal,
        "float32 in two axes": normal.astype(np.float32).reshape(50, 20),
        "integers": rng.integers(-5, 5, size=200).astype(np.int32),
        "empty": np.zeros(0),
        "one value": np.array([2.5]),
        "all equal": np.full(7, -3.0),
        "a NaN": np.array([1.0, np.nan, 2.0]),
        "an infinity": np.array([1.0, np.inf, 2.0, 1.5]),
        "both infinities": np.array([1.0, np.inf, -np.inf]),
        "huge": np.array([-1e308, 1e308, 0.0]),
    }
    for name, values in samples.items():
        case(
            f"histogram: {name}",
            "histogram",
            ["weights", array(values)],
            histogram.histogram_pb("weights", values),
        )
    for buckets in [1, 2, 7, 100]:
        case(
            f"histogram of {buckets} buckets",
            "histogram",
            ["weights", array(normal)],
            histogram.histogram_pb("weights", normal, buckets=buckets, description="*why*"),
            {"buckets": buckets, "description": "*why*"},
        )


def make_texts():
    case("text", "text", ["note", "# Ünï *code* 🙂"], text.text_pb("note", "# Ünï *code* 🙂"))
    case("empty text", "text", ["note", ""], text.text_pb("note", ""))
    case(
        "text in a list",
        "text",
        ["note", ["a", "b", "c"]],
        text.text_pb("note", np.array(["a", "b", "c"], dtype=object), description="three"),
        {"description": "three"},
    )
    rows = [["tag", "value"], ["loss", "0.5"], ["accuracy", "0.9"]]
    case("text in a table", "text", ["note", rows], text.text_pb("note", np.array(rows, dtype=object)))


def make_images():
    for channels in [1, 2, 3, 4]:
        floats = rng.uniform(-0.1, 1.1, size=(4, 5, 6, channels)).astype(np.float32)
        integers = rng.integers(0, 256, size=(2, 5, 6, channels)).astype(np.uint8)
        case(
            f"images of floats, {channels} channels",
            "images",
            ["digits", array(floats)],
            written(lambda: tf.summary.image("digits", floats, description="*four*")),
            {"description": "*four*"},
        )
        case(
            f"images of bytes, {channels} channels",
            "images",
            ["digits", array(integers)],
            written(lambda: tf.summary.image("digits", integers, max_outputs=1)),
            {"maxOutputs": 1},
        )
    one = rng.uniform(0, 1, size=(7, 3)).astype(np.float32)
    case(
        "one grey image",
        "image",
        ["digit", array(one)],
        written(lambda: tf.summary.image("digit", one[None, :, :, None])),
    )
    levels = np.linspace(0, 1, 1021, dtype=np.float32).reshape(1, 1021)
    case(
        "all levels of grey",
        "image",
        ["levels", array(levels)],
        written(lambda: tf.summary.image("levels", levels[None, :, :, None])),
    )


def make_audio():
    clips = rng.uniform(-1.1, 1.1, size=(4, 50, 2)).astype(np.float32)
    case(
        "stereo clips",
        "audio",
        ["noise", array(clips)],
        written(lambda: tf.summary.audio("noise", clips, 16000, encoding="wav", description="*n*")),
        {"sampleRate": 16000, "description": "*n*"},
    )
    halves = np.array([0, 0.5, -0.5, 1, -1, 0.5 / 32768, -0.5 / 32768, 1.5 / 32768], np.float32)
    case(
        "a mono clip",
        "audio",
        ["beep", array(halves)],
        written(lambda: tf.summary.audio("beep", halves[None, :, None], 44100)),
    )


def make_pr_curves():
    labels = rng.integers(0, 2, size=300).astype(bool)
    predictions = np.clip(labels * 0.4 + rng.uniform(0, 0.7, size=300), 0, 1).astype(np.float32)
    weights = rng.uniform(0, 2, size=300)
    on_thresholds = (np.arange(300) % 201 / 200).astype(np.float32)
    for name, scores, amounts, thresholds in [
        ("default", predictions, None, None),
        ("weights", predictions, weights, 11),
        ("scores on the thresholds", on_thresholds, None, 201),
        ("two thresholds", predictions, None, 2),
    ]:
        given = {"labels": array(labels), "predictions": array(scores)}
        if amounts is not None:
            given["weights"] = array(amounts)
        options = {"displayName": "pr", "description": "*d*"}
        if thresholds is not None:
            options["numThresholds"] = thresholds
        case(
            f"PR curve, {name}",
            "prCurve",
            ["pr/pr_curves", given],
            pr_curve.pb("pr", labels, scores, thresholds or 201, amounts, description="*d*"),
            options,
        )
    rows = rng.integers(0, 50, size=(6, 5)).astype(np.float32)
    names = [
        "truePositives",
        "falsePositives",
        "trueNegatives",
        "falseNegatives",
        "precision",
        "recall",
    ]
    case(
        "PR curve of counts",
        "prCurveRaw",
        ["pr", {name: row.tolist() for name, row in zip(names, rows)}],
        torch_summary.pr_curve_raw("pr", *rows, num_thresholds=rows.shape[1]),
    )


def make_meshes():
    vertices = rng.normal(size=(2, 4, 3)).astype(np.float32)
    faces = rng.integers(0, 4, size=(2, 5, 3)).astype(np.int32)
    colors = rng.integers(0, 256, size=(2, 4, 3)).astype(np.uint8)
    case(
        "mesh",
        "mesh",
        ["shape", {"vertices": array(vertices), "faces": array(faces), "colors": array(colors)}],
        mesh.mesh_pb("shape", vertices, faces, colors, {"camera": {"fov": 75}}, "*m*"),
        {"config": {"camera": {"fov": 75}}, "description": "*m*"},
    )
    case(
        "point cloud",
        "mesh",
        ["points", {"vertices": array(vertices[0])}],
        mesh.mesh_pb("points", vertices[:1]),
    )


def make_hparams():
    values = {"lr": 0.001, "cell": "lstm", "dropout": True, "layers": 0, "bias": False}
    start = hparams.hparams_pb(values, trial_id="trial-1", start_time_secs=1700000000.5)
    case(
        "hyperparameters",
        "hparams",
        [values],
        start,
        {"trialId": "trial-1", "startTime": 1700000000.5},
        step=0,
    )
    experiment = hparams.hparams_config_pb(
        hparams=[
            hparams.HParam("bias", display_name="Bias"),
            hparams.HParam("cell", hparams.Discrete(["lstm", "gru"]), description="*c*"),
            hparams.HParam("dropout", hparams.Discrete([False, True])),
            hparams.HParam("layers", hparams.Discrete([0, 1, 2])),
            hparams.HParam("lr", hparams.RealInterval(1e-4, 0.1)),
        ],
        metrics=[
            hparams.Metric("accuracy", group="validation", display_name="Acc", description="*a*"),
            hparams.Metric("loss"),
        ],
    )
    # Its type stays open without a domain.
    data = hparams_data.HParamsPluginData.FromString(
        experiment.value[0].metadata.plugin_data.content
    )
    data.experiment.hparam_infos[0].type = api_pb2.DATA_TYPE_BOOL
    experiment.value[0].metadata.plugin_data.content = data.SerializeToString()
    both = summary_pb2.Summary(value=[*experiment.value, *start.value])
    case(
        "an experiment",
        "hparams",
        [values],
        both,
        {
            "trialId": "trial-1",
            "startTime": 1700000000.5,
            "columns": {
                "bias": {"displayName": "Bias"},
                "cell": {"domain": ["gru", "lstm"], "description": "*c*"},
                "dropout": {"domain": [False, True]},
                "layers": {"domain": [0, 1, 2]},
                "lr": {"domain": {"min": 1e-4, "max": 0.1}},
            },
            "metrics": [
                {
                    "tag": "accuracy",
                    "group": "validation",
                    "displayName": "Acc",
                    "description": "*a*",
                },
                "loss",
            ],
        },
        step=0,
    )
    case(
        "the end of a session",
        "endSession",
        ["failure"],
        hparams_v1.session_end_pb(api_pb2.STATUS_FAILURE, WALL_TIME),
        step=0,
    )


def make_custom_scalars():
    chart = layout_pb2.Chart(
        title="both", multiline=layout_pb2.MultilineChartContent(tag=["loss/train", "loss/.*"])
    )
    series = layout_pb2.MarginChartContent.Series(value="mean", lower="low", upper="high")
    margin = layout_pb2.Chart(
        title="band", margin=layout_pb2.MarginChartContent(series=[series, series])
    )
    layout = layout_pb2.Layout(
        category=[layout_pb2.Category(title="Losses", chart=[chart, margin])]
    )
    band = {"value": "mean", "lower": "low", "upper": "high"}
    case(
        "a layout",
        "customScalars",
        [
            {
                "Losses": {
                    "both": {"multiline": ["loss/train", "loss/.*"]},
                    "band": {"margin": [band, band]},
                }
            }
        ],
        custom_scalar.pb(layout),
        step=0,
    )


def main():
    make_scalars()
    make_histograms()
    make_texts()
    make_images()
    make_audio()
    make_pr_curves()
    make_meshes()
    make_hparams()
    make_custom_scalars()
    # A line for each case.
    cases = ",\n".join(json.dumps(each, ensure_ascii=False) for each in CASES)
    golden = f'{{"made by": "make_kinds.py", "wallTime": {WALL_TIME}, "cases": [\n{cases}\n]}}\n'
    Path(__file__).with_name("kinds.json").write_text(golden, encoding="utf-8")


main()
