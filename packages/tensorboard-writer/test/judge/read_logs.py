"""Reads a log directory with TensorBoard's own Python reader, and prints all that it finds.

    pip install tensorboard==2.21.0
    python test/judge/read_logs.py <logdir>

The output is JSON: {run: {plugin: {tag: {"name", "description", "points": [[step, value], ...]}}}}.
A number is a number, or one of the strings "NaN", "Infinity" and "-Infinity", for which JSON has no
numbers. Numbers in tensors are in {"shape", "data"}; images are {"mode", "size", "pixels"} as
Pillow decodes them, sounds {"rate", "channels", "frames"} as the wave module does; messages of
protobuf are as its JSON form has them. The run's embeddings are under the plugin "projector".
"""

import base64
import io
import json
import math
import os
import sys
import wave

from google.protobuf import json_format, text_format
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.io_wrapper import GetLogdirSubdirectories
from tensorboard.compat.proto.summary_pb2 import SummaryMetadata
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.hparams import plugin_data_pb2 as hparams_data
from tensorboard.plugins.mesh import plugin_data_pb2 as mesh_data
from tensorboard.plugins.pr_curve import plugin_data_pb2 as pr_curve_data
from tensorboard.plugins.projector import metadata as projector
from tensorboard.plugins.projector import projector_plugin
from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig
from tensorboard.util import tensor_util

# What plugins keep beside a tag.
CONTENTS = {
    "hparams": hparams_data.HParamsPluginData,
    "mesh": mesh_data.MeshPluginData,
    "pr_curves": pr_curve_data.PrCurvePluginData,
}


def json_number(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def tensor_values(array):
    numbers = [json_number(float(value)) for value in array.flatten()]
    return {"shape": list(array.shape), "data": numbers}


def image(png):
    decoded = Image.open(io.BytesIO(png))
    size = list(decoded.size)
    return {"mode": decoded.mode, "size": size, "pixels": list(decoded.tobytes())}


def sound(wav):
    with wave.open(io.BytesIO(wav)) as clip:
        samples = memoryview(clip.readframes(clip.getnframes())).cast("h").tolist()
        channels = clip.getnchannels()
        frames = [samples[i : i + channels] for i in range(0, len(samples), channels)]
        return {"rate": clip.getframerate(), "channels": channels, "frames": frames}


def strings(plugin, array):
    values = array.flatten().tolist()
    if plugin == "images":
        width, height, *pngs = values
        return [int(width), int(height), *map(image, pngs)]
    if plugin == "audio":
        return [sound(value) for value in array.reshape(len(array), -1)[:, 0]]
    if plugin == "custom_scalars":
        return [json_format.MessageToDict(layout_pb2.Layout.FromString(values[0]))]
    texts = [value.decode("utf-8") for value in values]
    return {"shape": list(array.shape), "data": texts}


def read_point(plugin, tensor_proto):
    array = tensor_util.make_ndarray(tensor_proto)
    return strings(plugin, array) if array.dtype == object else tensor_values(array)


def read_embeddings(path):
    """The embeddings of a run, read as the projector plugin does."""
    config_path = os.path.join(path, projector.PROJECTOR_FILENAME)
    if not os.path.exists(config_path):
        return {}
    with open(config_path, encoding="utf-8") as file:
        config = text_format.Parse(file.read(), ProjectorConfig())
    embeddings = {}
    for info in config.embeddings:
        points = projector_plugin._read_tensor_tsv_file(os.path.join(path, info.tensor_path))
        embedding = {"points": tensor_values(points), "shape": list(info.tensor_shape)}
        if info.metadata_path:
            with open(os.path.join(path, info.metadata_path), encoding="utf-8") as file:
                embedding["metadata"] = file.read()
        if info.sprite.image_path:
            with open(os.path.join(path, info.sprite.image_path), "rb") as file:
                embedding["sprite"] = image(file.read())
            embedding["image"] = list(info.sprite.single_image_dim)
        embeddings[info.tensor_name] = embedding
    return embeddings


def read_run(path):
    # 0 keeps all points; the default keeps a sample.
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    plugins = {}

    def add(plugin, tag, points):
        # A bare scalar has none.
        metadata = accumulator.summary_metadata.get(tag, SummaryMetadata())
        entry = {
            "name": metadata.display_name,
            "description": metadata.summary_description,
            "points": points,
        }
        if plugin in CONTENTS:
            content = CONTENTS[plugin].FromString(metadata.plugin_data.content)
            entry["content"] = json_format.MessageToDict(content)
        plugins.setdefault(plugin, {})[tag] = entry

    tags = accumulator.Tags()
    for tag in tags["scalars"]:
        points = [[event.step, json_number(event.value)] for event in accumulator.Scalars(tag)]
        add("scalars", tag, points)
    for tag in tags["tensors"]:
        plugin = accumulator.SummaryMetadata(tag).plugin_data.plugin_name
        points = [
            [event.step, read_point(plugin, event.tensor_proto)]
            for event in accumulator.Tensors(tag)
        ]
        add(plugin, tag, points)
    for tag in tags["run_metadata"]:
        run_metadata = accumulator.RunMetadata(tag).SerializeToString()
        plugins.setdefault("run_metadata", {})[tag] = base64.b64encode(run_metadata).decode()
    embeddings = read_embeddings(path)
    if embeddings:
        plugins["projector"] = embeddings
    return plugins


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
