"""The words that the case tables are written in."""

DYNAMIC = {"type": "dynamicRNN", "timeMajor": False}
DYNAMIC_TIME_MAJOR = {"type": "dynamicRNN", "timeMajor": True}
STATIC = {"type": "staticRNN"}


def case(name, cell, loop=DYNAMIC, *, batch=3, time=4, lengths=None, initial=False):
    """One case of a cell in a loop that goes forward.

    :param name: unique among all cases; the seed of its numbers, too.
    :param cell: the cell's description, as the JSON file holds it.
    :param lengths: true lengths, one a row, or None for full rows.
    :param initial: whether an initial state is given; it is zero otherwise.
    """
    return _case(name, {"cell": cell}, loop, batch, time, lengths, initial, input_size(cell))


def pair_case(name, cell_fw, cell_bw, loop, *, batch=3, time=4, lengths=None, initial=False):
    """One case of a bidirectional loop; `initial` may be "fw" for that side alone."""
    assert input_size(cell_fw) == input_size(cell_bw)
    cells = {"cellFw": cell_fw, "cellBw": cell_bw}
    return _case(name, cells, loop, batch, time, lengths, initial, input_size(cell_fw))


def stack_case(name, cells_fw, cells_bw, loop, *, batch=3, time=4, lengths=None, initial=False):
    """One case of a stack of bidirectional layers, bottom to top."""
    cells = {"cellsFw": cells_fw, "cellsBw": cells_bw}
    return _case(name, cells, loop, batch, time, lengths, initial, input_size(cells_fw[0]))


def loop_cases(family, cell):
    """The cases that every cell has: each loop, with and without its options."""
    return [
        case(f"{family}/dynamic/plain", cell),
        case(f"{family}/dynamic/initial-state", cell, initial=True),
        case(f"{family}/dynamic/lengths", cell, lengths=[2, 4, 3]),
        case(f"{family}/dynamic/lengths-and-initial-state", cell, lengths=[3, 1, 4], initial=True),
        case(f"{family}/dynamic/length-zero", cell, lengths=[0, 4, 2], initial=True),
        case(f"{family}/dynamic/all-rows-shorter-than-time", cell, time=5, lengths=[3, 1, 2]),
        case(f"{family}/time-major/plain", cell, DYNAMIC_TIME_MAJOR),
        case(f"{family}/time-major/lengths-and-initial-state", cell, DYNAMIC_TIME_MAJOR,
             lengths=[1, 4, 2], initial=True),
        case(f"{family}/static/plain", cell, STATIC),
        case(f"{family}/static/initial-state", cell, STATIC, initial=True),
        case(f"{family}/static/lengths-and-initial-state", cell, STATIC,
             lengths=[4, 0, 2], initial=True),
        case(f"{family}/static/all-rows-shorter-than-time", cell, STATIC,
             time=5, lengths=[2, 3, 1]),
        case(f"{family}/dynamic/batch-one", cell, batch=1, time=6, lengths=[5], initial=True),
        case(f"{family}/dynamic/time-one", cell, time=1, initial=True),
    ]


def basic_rnn(inputs, units, activation="tanh"):
    return _cell("BasicRNNCell", inputs, units, activation)


def basic_lstm(inputs, units, activation="tanh", forget_bias=1):
    return _cell("BasicLSTMCell", inputs, units, activation, forgetBias=forget_bias)


def lstm(inputs, units, activation="tanh", forget_bias=1, **options):
    """Options: usePeepholes, cellClip, projectionSize, projectionClip."""
    return _cell("LSTMCell", inputs, units, activation, forgetBias=forget_bias, **options)


def gru(inputs, units, activation="tanh", **options):
    """Options: resetAfter."""
    return _cell("GRUCell", inputs, units, activation, **options)


def layer_norm_basic_lstm(inputs, units, activation="tanh", forget_bias=1, **options):
    """Options: layerNorm."""
    return _cell(
        "LayerNormBasicLSTMCell", inputs, units, activation, forgetBias=forget_bias, **options)


def multi(*cells):
    for below, above in zip(cells, cells[1:]):
        assert output_size(below) == input_size(above)
    return {"type": "MultiRNNCell", "cells": list(cells)}


def shared(cell, layers):
    """The same cell object, and so the same weights, in every layer."""
    return {"type": "MultiRNNCell", "shared": True, "cells": [cell] * layers}


def residual(cell):
    assert input_size(cell) == output_size(cell)
    return {"type": "ResidualWrapper", "cell": cell}


def input_size(cell):
    if cell["type"] == "MultiRNNCell":
        return input_size(cell["cells"][0])
    return input_size(cell["cell"]) if cell["type"] == "ResidualWrapper" else cell["inputSize"]


def output_size(cell):
    if cell["type"] == "MultiRNNCell":
        return output_size(cell["cells"][-1])
    if cell["type"] == "ResidualWrapper":
        return output_size(cell["cell"])
    return cell.get("projectionSize", cell["units"])


def _cell(kind, inputs, units, activation, **options):
    return {"type": kind, "inputSize": inputs, "units": units, "activation": activation, **options}


def _case(name, cells, loop, batch, time, lengths, initial, features):
    if lengths is not None:
        assert len(lengths) == batch and 0 <= min(lengths) and max(lengths) <= time
    return {
        "name": name, **cells, "loop": loop, "batch": batch, "time": time, "features": features,
        "sequenceLength": lengths, "initialState": initial,
    }
