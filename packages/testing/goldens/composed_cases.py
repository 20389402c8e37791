"""The cases of cells made of cells: stacks of all kinds, and residual wrappers."""

from case_tables import (
    DYNAMIC_TIME_MAJOR, STATIC, basic_lstm, basic_rnn, case, gru, layer_norm_basic_lstm,
    loop_cases, lstm, multi, residual, shared)


def _stack_cases(name, cell):
    return [
        case(f"{name}/lengths-and-initial-state", cell, lengths=[4, 0, 2], initial=True),
        case(f"{name}/time-major", cell, DYNAMIC_TIME_MAJOR),
        case(f"{name}/static", cell, STATIC, lengths=[3, 4, 1], initial=True),
    ]


_PROJECTED = multi(lstm(2, 4, projectionSize=3), lstm(3, 2, usePeepholes=True, cellClip=0.5))
_THREE_KINDS = multi(basic_rnn(2, 4), gru(4, 3), basic_lstm(3, 2))

MULTI = [
    *loop_cases("multi/basic-lstm", multi(basic_lstm(2, 3), basic_lstm(3, 2))),
    *_stack_cases("multi/gru", multi(gru(2, 3), gru(3, 2))),
    *_stack_cases("multi/lstm-with-projection", _PROJECTED),
    *_stack_cases("multi/three-kinds", _THREE_KINDS),
    *_stack_cases("multi/shared-basic-lstm", shared(basic_lstm(3, 3), 2)),
    *_stack_cases("multi/shared-gru", shared(gru(2, 2), 3)),
    case("multi/one-layer/basic-lstm", multi(basic_lstm(2, 3)), initial=True),
    case("multi/three-layers/basic-lstm",
         multi(basic_lstm(2, 3), basic_lstm(3, 2, forget_bias=0), basic_lstm(2, 4, "relu")),
         lengths=[2, 4, 3], initial=True),
    case("multi/three-layers/gru", multi(gru(2, 3), gru(3, 4), gru(4, 2)), lengths=[4, 1, 3],
         initial=True),
    case("multi/gru-reset-after/lengths-and-initial-state",
         multi(gru(2, 3, resetAfter=True), gru(3, 2, resetAfter=True)), lengths=[4, 3, 1],
         initial=True),
    case("multi/both-grus/lengths-and-initial-state",
         multi(gru(2, 3), gru(3, 2, resetAfter=True)), lengths=[2, 3, 4], initial=True),
    case("multi/layer-norm-basic-lstm/lengths-and-initial-state",
         multi(layer_norm_basic_lstm(2, 4), layer_norm_basic_lstm(4, 3)), lengths=[4, 3, 2],
         initial=True),
    case("multi/nested-stack/lengths-and-initial-state",
         multi(multi(basic_lstm(2, 3), gru(3, 2)), lstm(2, 3, projectionSize=2)),
         lengths=[3, 4, 0], initial=True),
]

_RESIDUAL_LAYERS = multi(basic_lstm(2, 3), residual(basic_lstm(3, 3)), residual(gru(3, 3)))

RESIDUAL = [
    *loop_cases("residual/basic-lstm", residual(basic_lstm(3, 3))),
    *_stack_cases("residual/basic-rnn", residual(basic_rnn(3, 3))),
    *_stack_cases("residual/gru", residual(gru(3, 3))),
    *_stack_cases("residual/lstm-with-projection",
                  residual(lstm(2, 4, usePeepholes=True, projectionSize=2))),
    *_stack_cases("residual/inside-a-stack", _RESIDUAL_LAYERS),
    *_stack_cases("residual/around-a-stack", residual(multi(basic_lstm(3, 2), gru(2, 3)))),
    case("residual/gru-reset-after/lengths-and-initial-state",
         residual(gru(3, 3, resetAfter=True)), lengths=[4, 2, 1], initial=True),
    case("residual/layer-norm-basic-lstm/lengths-and-initial-state",
         residual(layer_norm_basic_lstm(4, 4)), lengths=[1, 4, 3], initial=True),
    case("residual/twice/lengths-and-initial-state", residual(residual(basic_rnn(3, 3))),
         lengths=[4, 3, 0], initial=True),
    case("residual/shared-layers/lengths-and-initial-state", shared(residual(gru(2, 2)), 2),
         lengths=[3, 4, 2], initial=True),
]
