"""The cases of BasicLSTMCell, LSTMCell and LayerNormBasicLSTMCell."""

from case_tables import (
    DYNAMIC_TIME_MAJOR, STATIC, basic_lstm, case, layer_norm_basic_lstm, loop_cases, lstm)


def _option_cases(name, cell):
    """A cell's option in each loop, with lengths and a state, and once without."""
    return [
        case(f"{name}/plain", cell),
        case(f"{name}/lengths-and-initial-state", cell, lengths=[2, 4, 0], initial=True),
        case(f"{name}/time-major", cell, DYNAMIC_TIME_MAJOR, lengths=[4, 3, 1], initial=True),
        case(f"{name}/static", cell, STATIC, lengths=[3, 1, 4], initial=True),
    ]


def _common_cases(family, make):
    """What the three cells share: forget biases, activations, sizes."""
    return [
        case(f"{family}/forget-bias/zero", make(2, 3, forget_bias=0), initial=True),
        case(f"{family}/forget-bias/zero-static", make(2, 3, forget_bias=0), STATIC,
             lengths=[3, 4, 1], initial=True),
        case(f"{family}/forget-bias/two-and-a-half", make(2, 3, forget_bias=2.5),
             lengths=[4, 2, 3], initial=True),
        case(f"{family}/activation/relu", make(2, 3, "relu"), lengths=[4, 1, 3], initial=True),
        case(f"{family}/activation/sigmoid", make(2, 3, "sigmoid"), lengths=[2, 4, 3],
             initial=True),
        case(f"{family}/activation/linear", make(2, 3, "linear"), initial=True),
        case(f"{family}/size/input-size-one", make(1, 4), lengths=[3, 4, 2], initial=True),
        case(f"{family}/size/larger", make(5, 6), time=9, lengths=[9, 4, 7], initial=True),
    ]


BASIC_LSTM = [
    *loop_cases("basic-lstm", basic_lstm(2, 3)),
    *_common_cases("basic-lstm", basic_lstm),
    case("basic-lstm/size/units-one", basic_lstm(3, 1), lengths=[4, 2, 1], initial=True),
    case("basic-lstm/size/all-ones", basic_lstm(1, 1), batch=1, time=1),
    case("basic-lstm/dynamic/every-length-zero", basic_lstm(2, 3), lengths=[0, 0, 0],
         initial=True),
]

LSTM = [
    *loop_cases("lstm", lstm(2, 3)),
    *_common_cases("lstm", lstm),
    case("lstm/size/units-one", lstm(3, 1), lengths=[4, 2, 1], initial=True),
    *_option_cases("lstm/peepholes", lstm(2, 3, usePeepholes=True)),
    *_option_cases("lstm/projection", lstm(2, 4, projectionSize=2)),
    *_option_cases("lstm/cell-clip", lstm(2, 3, cellClip=0.3)),
    *_option_cases("lstm/projection-clip", lstm(2, 4, projectionSize=3, projectionClip=0.1)),
    *_option_cases("lstm/every-option", lstm(
        2, 4, forget_bias=2.5, usePeepholes=True, cellClip=0.5, projectionSize=3,
        projectionClip=0.15)),
    case("lstm/projection/wider-than-units", lstm(2, 2, projectionSize=5), lengths=[4, 1, 3],
         initial=True),
    case("lstm/projection/one", lstm(2, 3, projectionSize=1), initial=True),
    case("lstm/projection/peepholes", lstm(2, 4, usePeepholes=True, projectionSize=2),
         lengths=[2, 4, 3], initial=True),
    case("lstm/cell-clip/peepholes", lstm(2, 3, usePeepholes=True, cellClip=0.25),
         lengths=[4, 2, 3], initial=True),
    case("lstm/cell-clip/projection", lstm(2, 4, cellClip=0.4, projectionSize=2), initial=True),
    case("lstm/cell-clip/linear", lstm(2, 3, "linear", cellClip=0.5), initial=True),
    case("lstm/cell-clip/initial-state-past-the-clip", lstm(2, 3, cellClip=0.2), time=2,
         initial=True),
    case("lstm/peepholes/forget-bias-zero", lstm(2, 3, forget_bias=0, usePeepholes=True),
         initial=True),
    case("lstm/peepholes/relu", lstm(2, 3, "relu", usePeepholes=True), initial=True),
    case("lstm/peepholes/larger", lstm(5, 6, usePeepholes=True, projectionSize=4), time=9,
         lengths=[9, 4, 7], initial=True),
]


# Two units would always be normalised to minus one and one: four say more.
def _normed(inputs, units, activation="tanh", forget_bias=1):
    return layer_norm_basic_lstm(inputs, max(units, 4), activation, forget_bias)


_NOT_NORMED = layer_norm_basic_lstm(2, 3, layerNorm=False)

LAYER_NORM_BASIC_LSTM = [
    *loop_cases("layer-norm-basic-lstm", layer_norm_basic_lstm(2, 4)),
    *_common_cases("layer-norm-basic-lstm", _normed),
    *_option_cases("layer-norm-basic-lstm/without-norm", _NOT_NORMED),
]
