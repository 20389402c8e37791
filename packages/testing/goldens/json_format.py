"""Goldens as JSON text: one tensor a line, float32 in its shortest decimals."""

import json

import numpy as np


def to_text(value, indent=""):
    """Writes `value` as JSON, tensors as `{"shape": [...], "values": [...]}`.

    A float32 takes the fewest decimals that give the same float32 back. What
    holds no tensor, and each tensor, takes one line.

    :param value: dicts, sequences, arrays, strings, numbers and None.
    :param indent: the white space that the lines after the first one start with.
    :returns: JSON text without a newline at its end.
    """
    if isinstance(value, np.ndarray):
        return _tensor(value)
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if not _holds_tensor(value):
        return json.dumps(value)
    deeper = indent + " "
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {to_text(item, deeper)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        items = [to_text(item, deeper) for item in value]
        opening, closing = "[", "]"
    lines = f",\n{deeper}".join(items)
    return f"{opening}\n{deeper}{lines}\n{indent}{closing}"


def decode(value):
    """Reads back what `to_text` wrote: float64 arrays for tensors."""
    if isinstance(value, dict) and value.keys() == {"shape", "values"}:
        return np.array(value["values"], np.float64).reshape(value["shape"])
    if isinstance(value, dict):
        return {key: decode(item) for key, item in value.items()}
    return [decode(item) for item in value] if isinstance(value, list) else value


def _holds_tensor(value):
    if isinstance(value, dict):
        return any(map(_holds_tensor, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_holds_tensor, value))
    return isinstance(value, np.ndarray)


def _tensor(array):
    assert array.dtype == np.float32 and np.isfinite(array).all()
    values = ",".join(map(_number, array.ravel()))
    shape = ",".join(map(str, array.shape))
    return f'{{"shape":[{shape}],"values":[{values}]}}'


def _number(value):
    text = str(value).removesuffix(".0").replace("e-0", "e-")
    text = "0" if text == "-0" else text
    assert np.float32(float(text)) == value
    return text
