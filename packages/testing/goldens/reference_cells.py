"""One step of each cell in numpy, on one row, as the papers write it.

Weights are looked up under TensorFlow's names, which proves the names too.
"""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


ACTIVATIONS = {
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": sigmoid,
    "linear": lambda x: x,
}


def step(cell, weights, scope, x, state):
    """One step of one row.

    :param cell: the cell's description.
    :param weights: all weights of the golden, by name.
    :param scope: the name's part before the cell's own, with its slash.
    :param x: `[features]`.
    :param state: the row's state, in the structure of the JSON file.
    :returns: `(output, next_state)`.
    """
    return _STEPS[cell["type"]](cell, weights, scope, x, state)


def zero_state(cell):
    """The zero state of one row."""
    if cell["type"] == "MultiRNNCell":
        return [zero_state(layer) for layer in cell["cells"]]
    if cell["type"] == "ResidualWrapper":
        return zero_state(cell["cell"])
    if "LSTM" in cell["type"]:
        return {"c": np.zeros(cell["units"]), "h": np.zeros(output_size(cell))}
    return np.zeros(cell["units"])


def output_size(cell):
    if cell["type"] == "MultiRNNCell":
        return output_size(cell["cells"][-1])
    if cell["type"] == "ResidualWrapper":
        return output_size(cell["cell"])
    return cell.get("projectionSize", cell["units"])


def _basic_rnn(cell, weights, scope, x, h):
    kernel, bias = (weights[f"{scope}basic_rnn_cell/{key}"] for key in ("kernel", "bias"))
    h = ACTIVATIONS[cell["activation"]](np.concatenate([x, h]) @ kernel + bias)
    return h, h


def _basic_lstm(cell, weights, scope, x, state):
    return _lstm(cell, weights, scope, x, state, "basic_lstm_cell")


def _lstm(cell, weights, scope, x, state, name="lstm_cell"):
    act, c, h = ACTIVATIONS[cell["activation"]], state["c"], state["h"]
    weight = lambda key: weights[f"{scope}{name}/{key}"]  # noqa: E731
    peephole = lambda gate: weight(f"w_{gate}_diag") if cell.get("usePeepholes") else 0  # noqa: E731
    i, j, f, o = np.split(np.concatenate([x, h]) @ weight("kernel") + weight("bias"), 4)
    i, f = i + peephole("i") * c, f + peephole("f") * c + cell["forgetBias"]
    c = _clip(sigmoid(f) * c + sigmoid(i) * act(j), cell.get("cellClip"))
    h = sigmoid(o + peephole("o") * c) * act(c)
    if "projectionSize" in cell:
        h = _clip(h @ weight("projection/kernel"), cell.get("projectionClip"))
    return h, {"c": c, "h": h}


def _clip(x, bound):
    return x if bound is None else np.clip(x, -bound, bound)


def _gru(cell, weights, scope, x, h):
    after = cell.get("resetAfter")
    name = "cudnn_compatible_gru_cell" if after else "gru_cell"
    weight = lambda key: weights[f"{scope}{name}/{key}"]  # noqa: E731
    r, u = np.split(
        sigmoid(np.concatenate([x, h]) @ weight("gates/kernel") + weight("gates/bias")), 2)
    if after:
        parts = [
            row @ weight(f"candidate/{part}/kernel") + weight(f"candidate/{part}/bias")
            for part, row in (("input_projection", x), ("hidden_projection", h))]
        candidate = parts[0] + r * parts[1]
    else:
        candidate = np.concatenate([x, r * h]) @ weight("candidate/kernel")
        candidate += weight("candidate/bias")
    h = u * h + (1 - u) * ACTIVATIONS[cell["activation"]](candidate)
    return h, h


def _layer_norm_basic_lstm(cell, weights, scope, x, state):
    act, scope = ACTIVATIONS[cell["activation"]], f"{scope}layer_norm_basic_lstm_cell/"
    normed = cell.get("layerNorm", True)

    def norm(row, name):
        if not normed:
            return row
        centred = row - row.mean()
        gamma, beta = weights[f"{scope}{name}/gamma"], weights[f"{scope}{name}/beta"]
        return gamma * centred / np.sqrt((centred**2).mean() + 1e-12) + beta

    gates = np.concatenate([x, state["h"]]) @ weights[f"{scope}kernel"]
    gates = np.split(gates if normed else gates + weights[f"{scope}bias"], 4)
    i, j, f, o = map(norm, gates, ("input", "transform", "forget", "output"))
    c = norm(state["c"] * sigmoid(f + cell["forgetBias"]) + sigmoid(i) * act(j), "state")
    h = act(c) * sigmoid(o)
    return h, {"c": c, "h": h}


def _multi_rnn(cell, weights, scope, x, states):
    next_states = []
    for layer, (below, state) in enumerate(zip(cell["cells"], states)):
        number = 0 if cell.get("shared") else layer
        x, state = step(below, weights, f"{scope}multi_rnn_cell/cell_{number}/", x, state)
        next_states.append(state)
    return x, next_states


def _residual(cell, weights, scope, x, state):
    output, state = step(cell["cell"], weights, scope, x, state)
    return x + output, state


_STEPS = {
    "BasicRNNCell": _basic_rnn,
    "BasicLSTMCell": _basic_lstm,
    "LSTMCell": _lstm,
    "GRUCell": _gru,
    "LayerNormBasicLSTMCell": _layer_norm_basic_lstm,
    "MultiRNNCell": _multi_rnn,
    "ResidualWrapper": _residual,
}
