"""Makes goldens/onnx.json: nodes of ONNX's recurrent operators, and what onnxruntime gives.

    python -B make_onnx.py
"""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from golden_file import BATCH, INPUTS, TIME, UNITS, draw, states, write

GATES = {"RNN": 1, "LSTM": 4, "GRU": 3}

#: name, operator, attributes, weights beside W and R, true lengths of the rows.
CASES = [
    ("rnn", "RNN", {}, "B", None),
    ("rnn, both directions, relu and sigmoid", "RNN",
     {"direction": "bidirectional", "activations": ["Relu", "Sigmoid"]}, "B", None),
    ("rnn, linear", "RNN",
     {"activations": ["Affine"], "activation_alpha": [1.0], "activation_beta": [0.0]}, "B", None),
    ("lstm, both directions, peepholes", "LSTM", {"direction": "bidirectional"}, "BP", None),
    ("lstm, reverse, no bias, lengths", "LSTM", {"direction": "reverse"}, "", [4, 2]),
    ("lstm, both directions, linear and relu", "LSTM",
     {"direction": "bidirectional",
      "activations": ["Sigmoid", "Affine", "Affine", "Sigmoid", "Relu", "Relu"],
      "activation_alpha": [1.0, 1.0], "activation_beta": [0.0, 0.0]}, "B", None),
    ("gru, reset before, both directions", "GRU", {"direction": "bidirectional"}, "B", None),
    ("gru, reset after, both directions, lengths", "GRU",
     {"direction": "bidirectional", "linear_before_reset": 1}, "B", [2, 4]),
    ("gru, reset after, relu, no bias", "GRU",
     {"linear_before_reset": 1, "activations": ["Sigmoid", "Relu"]}, "", None),
]


def run(seed, name, kind, attributes, extras, lengths):
    generator = np.random.default_rng(seed)
    directions = 2 if attributes.get("direction") == "bidirectional" else 1
    rows = GATES[kind] * UNITS
    weights = {"W": draw(generator, directions, rows, INPUTS),
               "R": draw(generator, directions, rows, UNITS)}
    if "B" in extras:
        weights["B"] = draw(generator, directions, 2 * rows)
    if "P" in extras:
        weights["P"] = draw(generator, directions, 3 * UNITS)
    initial = {"initial_h": draw(generator, directions, BATCH, UNITS)}
    if kind == "LSTM":
        initial["initial_c"] = draw(generator, directions, BATCH, UNITS)
    feeds = {"X": draw(generator, TIME, BATCH, INPUTS), **weights, **initial}
    if lengths is not None:
        feeds["sequence_lens"] = np.array(lengths, np.int32)

    attributes = {"hidden_size": UNITS, **attributes}
    y, *final = evaluate(kind, attributes, feeds)
    outputs = y.transpose(0, 2, 1, 3).reshape(TIME, BATCH, directions * UNITS)
    backward = attributes.get("direction") == "reverse"
    sides = lambda tensors: turned(states(kind, tensors, directions), backward)  # noqa: E731
    return {
        "name": name,
        "node": {"type": kind, "attributes": attributes, "inputs": weights},
        "inputs": feeds["X"],
        "sequenceLength": lengths,
        "initialState": sides(list(initial.values())),
        "outputs": outputs,
        "finalState": sides(final),
    }


def turned(sides, backward):
    return {"fw": sides["bw"], "bw": sides["fw"]} if backward else sides


def evaluate(kind, attributes, feeds):
    names = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"]
    names = names if kind == "LSTM" else names[:6]
    outputs = ["Y", "Y_h", "Y_c"] if kind == "LSTM" else ["Y", "Y_h"]
    node = helper.make_node(
        kind, [name if name in feeds else "" for name in names], outputs, **attributes)
    kinds = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.int32): TensorProto.INT32}
    graph = helper.make_graph(
        [node], "graph",
        [helper.make_tensor_value_info(name, kinds[array.dtype], array.shape)
         for name, array in feeds.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, list("abcd")[:4 if i == 0 else 3])
         for i, name in enumerate(outputs)])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, feeds)


if __name__ == "__main__":
    write("onnx", f"onnxruntime {onnxruntime.__version__}",
          [run(seed, *case) for seed, case in enumerate(CASES)])
