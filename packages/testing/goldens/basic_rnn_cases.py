"""The cases of BasicRNNCell, alone and stacked."""

from case_tables import (
    DYNAMIC_TIME_MAJOR, STATIC, basic_rnn, case, loop_cases, multi, shared)

BASIC_RNN = [
    *loop_cases("basic-rnn", basic_rnn(3, 4)),
    case("basic-rnn/static/lengths", basic_rnn(3, 4), STATIC, lengths=[4, 2, 3]),
    case("basic-rnn/static/batch-one", basic_rnn(3, 4), STATIC, batch=1, lengths=[3]),
    case("basic-rnn/static/time-one", basic_rnn(3, 4), STATIC, time=1, lengths=[1, 0, 1]),
    case("basic-rnn/time-major/initial-state", basic_rnn(3, 4), DYNAMIC_TIME_MAJOR, initial=True),
    case("basic-rnn/dynamic/every-length-zero", basic_rnn(3, 4), lengths=[0, 0, 0], initial=True),
    case("basic-rnn/activation/relu", basic_rnn(3, 4, "relu"), initial=True),
    case("basic-rnn/activation/relu-with-lengths", basic_rnn(3, 4, "relu"), lengths=[2, 0, 4]),
    case("basic-rnn/activation/sigmoid", basic_rnn(3, 4, "sigmoid"), initial=True),
    case("basic-rnn/activation/sigmoid-static", basic_rnn(3, 4, "sigmoid"), STATIC,
         lengths=[2, 4, 3]),
    case("basic-rnn/activation/linear", basic_rnn(3, 4, "linear"), initial=True),
    case("basic-rnn/activation/linear-time-major", basic_rnn(3, 4, "linear"), DYNAMIC_TIME_MAJOR,
         lengths=[4, 1, 3]),
    case("basic-rnn/size/units-one", basic_rnn(3, 1), lengths=[4, 2, 1], initial=True),
    case("basic-rnn/size/input-size-one", basic_rnn(1, 4), lengths=[3, 4, 2], initial=True),
    case("basic-rnn/size/all-ones", basic_rnn(1, 1), batch=1, time=1),
    case("basic-rnn/size/larger", basic_rnn(7, 9), time=12, lengths=[12, 5, 9], initial=True),
    case("basic-rnn/size/image-rows", basic_rnn(28, 31), batch=2, time=28),
]

_TWO = multi(basic_rnn(3, 4), basic_rnn(4, 2))
_THREE = multi(basic_rnn(2, 3), basic_rnn(3, 5), basic_rnn(5, 2))
_SHARED = shared(basic_rnn(3, 3), 3)

MULTI_BASIC_RNN = [
    *loop_cases("multi-basic-rnn/two-layers", _TWO),
    case("multi-basic-rnn/one-layer/dynamic", multi(basic_rnn(3, 4)), initial=True),
    case("multi-basic-rnn/one-layer/static", multi(basic_rnn(3, 4)), STATIC, lengths=[2, 4, 1]),
    case("multi-basic-rnn/three-layers/dynamic", _THREE),
    case("multi-basic-rnn/three-layers/lengths-and-initial-state", _THREE, lengths=[4, 0, 2],
         initial=True),
    case("multi-basic-rnn/three-layers/time-major", _THREE, DYNAMIC_TIME_MAJOR, lengths=[1, 3, 4],
         initial=True),
    case("multi-basic-rnn/three-layers/static", _THREE, STATIC, lengths=[3, 4, 0], initial=True),
    case("multi-basic-rnn/three-layers/activations",
         multi(basic_rnn(2, 3, "relu"), basic_rnn(3, 4, "sigmoid"), basic_rnn(4, 2, "linear")),
         lengths=[4, 3, 1], initial=True),
    case("multi-basic-rnn/shared-cell/dynamic", _SHARED),
    case("multi-basic-rnn/shared-cell/lengths-and-initial-state", _SHARED, lengths=[2, 4, 0],
         initial=True),
    case("multi-basic-rnn/shared-cell/static", _SHARED, STATIC, lengths=[4, 1, 3], initial=True),
    case("multi-basic-rnn/nested-stack/lengths-and-initial-state",
         multi(multi(basic_rnn(3, 4), basic_rnn(4, 2)), basic_rnn(2, 3)), lengths=[3, 4, 2],
         initial=True),
]
