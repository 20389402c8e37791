"""One golden: draws a case's numbers, runs TensorFlow on them, and writes them down."""

import hashlib

import numpy as np

from loops import build_loop, state_sizes
from tensorflow_v1 import rnn_cell, session, tf

TOLERANCE = 1e-5


def make_golden(case):
    """Runs `case` in float32 and in float64, and gives the float32 numbers.

    :param case: a dict as the case tables make it.
    :returns: the case as the JSON file holds it, with arrays for tensors.
    :raises AssertionError: where float32 and float64 differ by over 1e-5.
    """
    rng = np.random.default_rng(list(hashlib.sha256(case["name"].encode()).digest()))
    inputs, initial_state = _draw_inputs(case, rng), _draw_initial_state(case, rng)
    shapes = _shapes(case, inputs, initial_state)
    weights = {name: _draw_weight(rng, name, shape) for name, shape in shapes["weights"].items()}
    upstream = {
        key: _map(lambda shape: _draw(rng, shape), shapes[key]) for key in ("outputs", "finalState")}
    numbers = {
        "weights": weights,
        "inputs": inputs,
        "initialState": initial_state,
        "sequenceLength": case.get("sequenceLength"),
        "upstream": upstream,
    }
    results = _run(case, numbers, np.float32)
    _assert_close(case["name"], results, _run(case, numbers, np.float64))
    return {
        **{key: case[key] for key in _SPEC_KEYS if key in case},
        **{key: numbers[key] for key in ("weights", "inputs", "initialState", "sequenceLength")},
        "outputs": results["outputs"],
        "finalState": results["finalState"],
        "upstream": upstream,
        "gradients": results["gradients"],
    }


_SPEC_KEYS = ("name", "cell", "cellFw", "cellBw", "cellsFw", "cellsBw", "loop")


class _Shape(tuple):
    """A tensor's shape: one leaf, where a plain tuple is a structure of states."""


def _map(function, *structures):
    """Applies `function` to the leaves of states of one structure."""
    first = structures[0]
    if first is None:
        return None
    if isinstance(first, rnn_cell.LSTMStateTuple):
        return rnn_cell.LSTMStateTuple(*(_map(function, *parts) for parts in zip(*structures)))
    if isinstance(first, (tuple, list)) and not isinstance(first, _Shape):
        return tuple(_map(function, *parts) for parts in zip(*structures))
    return function(*structures)


def _leaves(structure):
    found = []
    _map(found.append, structure)
    return found


def _draw(rng, shape, scale=1.0, mean=0.0):
    """Normal float32 numbers of three decimals, which keeps the files short."""
    return np.round(mean + scale * rng.standard_normal(shape), 3).astype(np.float32)


def _draw_inputs(case, rng):
    inputs = _draw(rng, (case["batch"], case["time"], case["features"]))
    for row, length in enumerate(case.get("sequenceLength") or []):
        inputs[row, length:] = 0
    return inputs.swapaxes(0, 1) if case["loop"].get("timeMajor") else inputs


def _draw_initial_state(case, rng):
    given = case["initialState"]
    if not given:
        return None
    state = _map(lambda units: _draw(rng, (case["batch"], units)), state_sizes(case))
    return (state[0], None) if given == "fw" else state


def _draw_weight(rng, name, shape):
    if name.endswith("kernel"):
        return _draw(rng, shape, scale=shape[0] ** -0.5)
    return _draw(rng, shape, scale=0.4, mean=1.0 if name.endswith("gamma") else 0.0)


def _placeholders(case, inputs, initial_state, dtype):
    """The graph's inputs, and the outputs and final state that it makes of them."""
    place = lambda array: tf.placeholder(dtype, array.shape)  # noqa: E731
    lengths = case.get("sequenceLength")
    x, state = place(inputs), _map(place, initial_state)
    length = None if lengths is None else tf.placeholder(tf.int32, [len(lengths)])
    return x, state, length, *build_loop(case, x, state, length)


def _shapes(case, inputs, initial_state):
    shape_of = lambda tensor: _Shape(tensor.shape.as_list())  # noqa: E731
    with tf.Graph().as_default():
        *_, outputs, final_state = _placeholders(case, inputs, initial_state, np.float32)
        return {
            "weights": {v.name.removesuffix(":0"): shape_of(v) for v in tf.trainable_variables()},
            "outputs": _map(shape_of, outputs),
            "finalState": _map(shape_of, final_state),
        }


def _run(case, numbers, dtype):
    """Outputs, final state and gradients of `case`, computed in `dtype`."""
    with tf.Graph().as_default():
        x, state, length, outputs, final_state = _placeholders(
            case, numbers["inputs"], numbers["initialState"], dtype)
        made = _leaves(outputs) + _leaves(final_state)
        upstream = _leaves(numbers["upstream"]["outputs"]) + _leaves(
            numbers["upstream"]["finalState"])
        loss = tf.add_n([tf.reduce_sum(a * b.astype(dtype)) for a, b in zip(made, upstream)])
        variables = tf.trainable_variables()
        sources = [x, *_leaves(state), *variables]
        gradients = dict(zip(map(id, sources), tf.gradients(loss, sources)))
        gradient_of = lambda tensor: gradients[id(tensor)]  # noqa: E731
        fetches = {
            "outputs": outputs,
            "finalState": final_state,
            "gradients": {
                "inputs": gradient_of(x),
                # A list, since a session cannot fetch None.
                "initialState": [gradient_of(leaf) for leaf in _leaves(state)],
                "weights": {v.name.removesuffix(":0"): gradient_of(v) for v in variables},
            },
        }
        feeds = {x: numbers["inputs"]}
        feeds.update(zip(_leaves(state), _leaves(numbers["initialState"])))
        if length is not None:
            feeds[length] = numbers["sequenceLength"]
        with session() as running:
            for variable in variables:
                variable.load(numbers["weights"][variable.name.removesuffix(":0")], running)
            results = running.run(fetches, feeds)
    leaves = iter(results["gradients"]["initialState"])
    results["gradients"]["initialState"] = _map(lambda _: next(leaves), numbers["initialState"])
    return results


def _assert_close(name, single, double):
    """Holds float32 against float64: a golden must not depend on rounding."""
    pairs = list(zip(tf.nest.flatten(single), tf.nest.flatten(double)))
    assert len(pairs) > 1
    for a, b in pairs:
        if a is None:
            continue
        assert a.dtype == np.float32 and b.dtype == np.float64
        np.testing.assert_allclose(a, b, TOLERANCE, TOLERANCE, equal_nan=False, err_msg=name)
