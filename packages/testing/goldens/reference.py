"""The same recurrences in plain numpy, which hold what TensorFlow said to account.

Rows go alone, each as long as it truly is, so there is no mask to get wrong:
what lies past the end is zero, and the backward direction reads the row reversed.
All is float64, from the numbers as the JSON file holds them.
"""

import hashlib

import numpy as np

from json_format import decode
from reference_cells import ACTIVATIONS, output_size, step, zero_state

TOLERANCE = 1e-5
EPSILON = 1e-5
DIRECTIONS = 4


def check(golden):
    """Recomputes a golden as a test reads it, and its gradients by differences.

    For each tensor that has a gradient, the loss's difference along a few directions
    of random signs must be that gradient's product with the direction.

    :param golden: one case of a parsed JSON file.
    :raises AssertionError: where the file and the equations disagree by 1e-5.
    """
    golden = decode(golden)
    outputs, final_state = run(golden)
    made = _leaves([outputs, final_state])
    expected = _leaves([golden["outputs"], golden["finalState"]])
    upstream = _leaves([golden["upstream"]["outputs"], golden["upstream"]["finalState"]])
    assert len(made) == len(expected) == len(upstream), golden["name"]
    for a, b in zip(made, expected):
        np.testing.assert_allclose(a, b, TOLERANCE, TOLERANCE, err_msg=golden["name"])
    if golden["loop"]["type"] == "dynamicRNN" and golden["cell"]["type"] == "BasicRNNCell":
        np.testing.assert_allclose(
            basic_rnn(golden), golden["outputs"], TOLERANCE, TOLERANCE, err_msg=golden["name"])

    _check_clips(golden)

    def loss():
        return sum((a * b).sum() for a, b in zip(_leaves(run(golden)), upstream))

    gradients = golden["gradients"]
    sources = _leaves([golden["inputs"], golden["initialState"], golden["weights"]])
    found = _leaves([gradients["inputs"], gradients["initialState"], gradients["weights"]])
    assert len(sources) == len(found) and gradients["weights"].keys() == golden["weights"].keys()
    rng = np.random.default_rng(list(hashlib.sha256(golden["name"].encode()).digest()))
    for source, gradient in zip(sources, found):
        kept = source.copy()
        for direction in rng.choice([-1, 1], (DIRECTIONS, *source.shape)):
            source[...] = kept + EPSILON * direction
            above = loss()
            source[...] = kept - EPSILON * direction
            below = loss()
            np.testing.assert_allclose(
                (above - below) / (2 * EPSILON), (gradient * direction).sum(),
                TOLERANCE, TOLERANCE * source.size**0.5, err_msg=golden["name"])
        source[...] = kept


def _check_clips(golden):
    """A clip that never clips, or clips all, would prove nothing."""
    cell = golden.get("cell", {})
    for option, values in (
        ("cellClip", lambda: golden["finalState"]["c"]),
        ("projectionClip", lambda: golden["outputs"]),
    ):
        if option in cell:
            at_bound = np.isclose(np.abs(values()), cell[option], rtol=1e-6, atol=0)
            assert at_bound.any() and not at_bound.all(), f"{golden['name']}: {option}"


def basic_rnn(golden):
    """BasicRNNCell over a whole batch at once, a second opinion on `run`."""
    activation = ACTIVATIONS[golden["cell"]["activation"]]
    kernel, bias = (golden["weights"][f"rnn/basic_rnn_cell/{key}"] for key in ("kernel", "bias"))
    time_major = golden["loop"]["timeMajor"]
    inputs = golden["inputs"] if time_major else golden["inputs"].swapaxes(0, 1)
    lengths = golden["sequenceLength"] or [len(inputs)] * inputs.shape[1]
    h, outputs = golden["initialState"], []
    h = np.zeros((inputs.shape[1], bias.size)) if h is None else h
    for t, x in enumerate(inputs):
        h = activation(np.concatenate([x, h], axis=1) @ kernel + bias)
        outputs.append(np.where(t < np.array(lengths)[:, None], h, 0))
    return np.array(outputs) if time_major else np.array(outputs).swapaxes(0, 1)


def run(golden):
    """Outputs and final state of a decoded golden: `[outputs, final_state]`."""
    time_major = golden["loop"].get("timeMajor", False)
    inputs = golden["inputs"].swapaxes(0, 1) if time_major else golden["inputs"]
    lengths = golden["sequenceLength"] or [inputs.shape[1]] * inputs.shape[0]
    rows = [
        _LOOPS[golden["loop"]["type"]](golden, x, length, _row(golden["initialState"], row))
        for row, (x, length) in enumerate(zip(inputs, lengths))]
    outputs, final_state = (_stack([row[part] for row in rows]) for part in (0, 1))
    return [_swap(outputs) if time_major else outputs, final_state]


def _row(state, row):
    """One row of a batch of states."""
    if isinstance(state, dict):
        return {key: _row(part, row) for key, part in state.items()}
    if isinstance(state, list):
        return [_row(part, row) for part in state]
    return None if state is None else state[row]


def _stack(rows):
    """A batch of states, or of outputs, from its rows."""
    if isinstance(rows[0], dict):
        return {key: _stack([row[key] for row in rows]) for key in rows[0]}
    if isinstance(rows[0], list):
        return [_stack(list(parts)) for parts in zip(*rows)]
    return np.stack(rows)


def _swap(outputs):
    if isinstance(outputs, list):
        return [_swap(part) for part in outputs]
    return outputs.swapaxes(0, 1)


def _leaves(structure):
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, list):
        return [leaf for part in structure for leaf in _leaves(part)]
    return [] if structure is None else [structure]


def _unroll(golden, cell, scope, x, length, state, backward=False):
    """One row in one direction: outputs `[time, features]`, and the last state."""
    state = zero_state(cell) if state is None else state
    true_steps = x[:length][::-1] if backward else x[:length]
    outputs = []
    for step_input in true_steps:
        output, state = step(cell, golden["weights"], scope, step_input, state)
        outputs.append(output)
    padded = np.zeros((len(x), output_size(cell)))
    if outputs:
        padded[:length] = outputs[::-1] if backward else outputs
    return padded, state


def _forward(golden, x, length, state):
    return _unroll(golden, golden["cell"], "rnn/", x, length, state)


def _both(golden, cell_fw, cell_bw, scope, x, length, states):
    state_fw, state_bw = states or (None, None)
    fw = _unroll(golden, cell_fw, f"{scope}bidirectional_rnn/fw/", x, length, state_fw)
    bw = _unroll(golden, cell_bw, f"{scope}bidirectional_rnn/bw/", x, length, state_bw, True)
    return [fw[0], bw[0]], [fw[1], bw[1]]


def _bidirectional(golden, x, length, states):
    return _both(golden, golden["cellFw"], golden["cellBw"], "", x, length, states)


def _joined_bidirectional(golden, x, length, states):
    outputs, final_state = _bidirectional(golden, x, length, states)
    return np.concatenate(outputs, axis=1), final_state


def _stack_bidirectional(golden, x, length, states):
    layers = len(golden["cellsFw"])
    states = states or [[None] * layers] * 2
    final_state = [[], []]
    for layer in range(layers):
        cells = golden["cellsFw"][layer], golden["cellsBw"][layer]
        below = [side[layer] for side in states]
        scope = f"stack_bidirectional_rnn/cell_{layer}/"
        outputs, final = _both(golden, *cells, scope, x, length, below)
        x = np.concatenate(outputs, axis=1)
        for side, state in zip(final_state, final):
            side.append(state)
    return x, final_state


_LOOPS = {
    "dynamicRNN": _forward,
    "staticRNN": _forward,
    "bidirectionalDynamicRNN": _bidirectional,
    "staticBidirectionalRNN": _joined_bidirectional,
    "stackBidirectionalDynamicRNN": _stack_bidirectional,
}
