"""Checks that the four files of a MNIST folder, as this package read them, are numpy's own reading of
them, element for element, and torchvision's where it is installed.

    pip install numpy torch torchvision
    python test/judge/read_mnist.py <folder of MNIST> <folder of our reading as .npy>

The second holds <file>.npy for each of the four files; real-files.test.ts writes it. Prints what was
compared with what, and ends with exit code 1 at the first difference.
"""

import gzip
import importlib
import importlib.util
import os
import struct
import sys
import tempfile
import types

import numpy as np

FILES = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
]


def content(folder, name):
    """The uncompressed bytes of a file."""
    dotted = name.replace("-idx", ".idx")
    for candidate in [name, dotted, f"{name}.gz", f"{dotted}.gz"]:
        path = os.path.join(folder, candidate)
        if os.path.isfile(path):
            with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
                return file.read()
    sys.exit(f"{folder}: expected {name}, gzipped or not, found none")


def read_with_numpy(data):
    """Unsigned bytes alone: the type of all four files."""
    zero, code, rank = struct.unpack(">HBB", data[:4])
    if zero != 0 or code != 8:
        sys.exit(f"expected unsigned bytes, got magic number {data[:4].hex()}")
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank).reshape(shape)


def torchvision_reader():
    """torchvision's function for these files, or None. Its module is loaded without the package's own
    start, which fails where its operators were built for another torch."""
    if any(importlib.util.find_spec(name) is None for name in ["torch", "torchvision"]):
        return None
    for name in ["torchvision", "torchvision.datasets"]:
        package = types.ModuleType(name)
        package.__path__ = list(importlib.util.find_spec(name).submodule_search_locations)
        sys.modules[name] = package
    return importlib.import_module("torchvision.datasets.mnist").read_sn3_pascalvincent_tensor


def read_with_torchvision(reader, data):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file")
        with open(path, "wb") as file:
            file.write(data)
        return reader(path).numpy()


def compare(name, ours, theirs, who):
    if ours.dtype != theirs.dtype or ours.shape != theirs.shape:
        sys.exit(f"{name}: {who}: expected {theirs.dtype} {theirs.shape}, got {ours.dtype} {ours.shape}")
    if not np.array_equal(ours, theirs):
        at = tuple(np.argwhere(ours != theirs)[0].tolist())
        sys.exit(f"{name}: {who}: at {at}: expected {theirs[at]}, got {ours[at]}")
    print(f"{name}: {ours.size} elements equal {who}'s")


folder, readings = sys.argv[1:]
reader = torchvision_reader()
for name in FILES:
    data = content(folder, name)
    ours = np.load(os.path.join(readings, f"{name}.npy"))
    compare(name, ours, read_with_numpy(data), "numpy")
    if reader is not None:
        compare(name, ours, read_with_torchvision(reader, data), "torchvision")
