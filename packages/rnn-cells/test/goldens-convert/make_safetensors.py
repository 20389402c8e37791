"""Makes goldens/safetensors.json: files as the Python package writes them, and what numpy reads there.

    python -B make_safetensors.py
"""

import base64
import json

import numpy as np
import safetensors
import safetensors.torch
import torch

from golden_file import GOLDENS

FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 65504.0, 1e-7, 6e-8, 3.0e38, -3.0e38,
          float("inf"), float("-inf"), float("nan")]
WHOLE = [0, 1, 2, 100, 127]


def files():
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(2, 1)
    half = torch.tensor(FLOATS).to(torch.float16)
    yield "the state dict of a module", lstm.state_dict(), {"format": "pt"}
    yield "names and shapes of all sorts", {
        "b": torch.arange(6.0).reshape(2, 3),
        "a": torch.zeros(0, 3),
        "10": torch.tensor(3.5),
        "9": torch.tensor([[[7.0]]]),
        'é\n"\u2028\u007f\\': torch.ones(1),
        "__proto__": torch.tensor([2.0]),
        "": torch.tensor([-0.0]),
    }, None
    yield "no tensor", {}, {"key": "é"}
    yield "every dtype", {
        "F64": torch.tensor(FLOATS + [1e-300, 1 / 3], dtype=torch.float64),
        "F32": torch.tensor(FLOATS),
        "F16": half,
        "BF16": torch.tensor(FLOATS).to(torch.bfloat16),
        "I64": torch.tensor(WHOLE + [-(2**53), 2**62, 2**24 + 1]),
        "I32": torch.tensor(WHOLE + [-(2**31), 2**31 - 1], dtype=torch.int32),
        "I16": torch.tensor(WHOLE + [-(2**15)], dtype=torch.int16),
        "I8": torch.tensor(WHOLE + [-128], dtype=torch.int8),
        "U64": torch.tensor(WHOLE + [2**63], dtype=torch.uint64),
        "U32": torch.tensor(WHOLE + [2**32 - 1], dtype=torch.uint32),
        "U16": torch.tensor(WHOLE + [2**16 - 1], dtype=torch.uint16),
        "U8": torch.tensor(WHOLE + [255], dtype=torch.uint8),
        "BOOL": torch.tensor([True, False, True]),
    }, None
    every_half = np.arange(2**16, dtype=np.uint16).reshape(256, 256)[::11, ::7].copy()
    yield "halves of all sizes", {
        "F16": torch.from_numpy(every_half.view(np.float16)),
        "BF16": torch.from_numpy(every_half.copy()).view(torch.bfloat16),
    }, None


def expected(tensor):
    with np.errstate(over="ignore"):
        numbers = tensor.to(torch.float64) if tensor.dtype == torch.bfloat16 else tensor
        values = numbers.numpy().astype(np.float32).ravel()
    return {"shape": list(tensor.shape), "values": [spell(value) for value in values]}


def spell(value):
    """JSON has neither NaN nor infinities nor, in JavaScript's eyes, a need for the rest of repr."""
    return float(value) if np.isfinite(value) else {"inf": "Infinity", "-inf": "-Infinity"}.get(
        str(value), "NaN")


if __name__ == "__main__":
    cases = []
    for name, tensors, metadata in files():
        cases.append(json.dumps({
            "name": name,
            "base64": base64.b64encode(safetensors.torch.save(tensors, metadata)).decode(),
            "tensors": {key: expected(tensor) for key, tensor in tensors.items()},
            "metadata": metadata or {},
        }))
    made_by = json.dumps(f"safetensors {safetensors.__version__}")
    text = f'{{"madeBy": {made_by}, "cases": [\n' + ",\n".join(cases) + "\n]}\n"
    (GOLDENS / "safetensors.json").write_text(text, encoding="utf-8")
    print(f"safetensors.json: {len(cases)} cases, {len(text)} bytes")
