"""What the four scripts share: numbers to draw, and a file of cases to write."""

import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
GOLDENS = HERE / "goldens"
sys.path.insert(0, str(HERE.parents[2] / "testing" / "goldens"))

from json_format import to_text  # noqa: E402

BATCH, TIME, INPUTS, UNITS = 2, 4, 3, 4


def draw(generator, *shape):
    """Numbers that make gates neither shut nor linear."""
    return generator.uniform(-0.9, 0.9, shape).astype(np.float32)


def states(kind, tensors, directions):
    """PyTorch's and ONNX's [layers * directions, batch, size] as ours: a state for each layer.

    :param tensors: h, or h and c.
    :returns: dict of fw and bw, each a list from the bottom layer to the top one.
    """
    leaves = [
        {"c": leaf[1], "h": leaf[0]} if kind == "LSTM" else leaf[0]
        for leaf in zip(*tensors)]
    return {"fw": leaves[0::directions], "bw": leaves[1::2] if directions == 2 else []}


def write(name, versions, cases):
    """Writes goldens/`name`.json."""
    text = to_text({"madeBy": versions, "cases": cases})
    (GOLDENS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json: {len(cases)} cases, {len(text)} bytes")
