"""The cases of the loops that read their inputs in both directions."""

from case_tables import (
    basic_lstm, basic_rnn, gru, layer_norm_basic_lstm, lstm, multi, pair_case, residual,
    stack_case)

DYNAMIC = {"type": "bidirectionalDynamicRNN", "timeMajor": False}
DYNAMIC_TIME_MAJOR = {"type": "bidirectionalDynamicRNN", "timeMajor": True}
STATIC = {"type": "staticBidirectionalRNN"}
STACK = {"type": "stackBidirectionalDynamicRNN", "timeMajor": False}
STACK_TIME_MAJOR = {"type": "stackBidirectionalDynamicRNN", "timeMajor": True}


def _pair_cases(name, cell_fw, cell_bw):
    return [
        pair_case(f"{name}/dynamic", cell_fw, cell_bw, DYNAMIC, lengths=[4, 1, 3], initial=True),
        pair_case(f"{name}/time-major", cell_fw, cell_bw, DYNAMIC_TIME_MAJOR, lengths=[2, 4, 3]),
        pair_case(f"{name}/static", cell_fw, cell_bw, STATIC, lengths=[3, 0, 4], initial=True),
    ]


def _every_way(name, make, plain, time_major=None):
    """A loop with each of its options; `make` takes a name, a loop and the options."""
    cases = [
        make(f"{name}/plain", plain),
        make(f"{name}/initial-state", plain, initial=True),
        make(f"{name}/lengths", plain, lengths=[2, 4, 3]),
        make(f"{name}/lengths-and-initial-state", plain, lengths=[3, 1, 4], initial=True),
        make(f"{name}/length-zero", plain, lengths=[0, 4, 2], initial=True),
        make(f"{name}/all-rows-shorter-than-time", plain, time=5, lengths=[3, 1, 2]),
        make(f"{name}/batch-one", plain, batch=1, time=6, lengths=[5], initial=True),
        make(f"{name}/time-one", plain, time=1, initial=True),
    ]
    if time_major:
        cases += [
            make(f"{name}/time-major", time_major),
            make(f"{name}/time-major-lengths-and-initial-state", time_major, lengths=[1, 4, 2],
                 initial=True),
        ]
    return cases


def _lstm_pair(name, loop, **options):
    return pair_case(name, basic_lstm(2, 3), basic_lstm(2, 2), loop, **options)


def _rnn_pair(name, loop, **options):
    return pair_case(name, basic_rnn(3, 4), basic_rnn(3, 2), loop, **options)


BIDIRECTIONAL = [
    *_every_way("bidirectional/basic-rnn/dynamic", _rnn_pair, DYNAMIC, DYNAMIC_TIME_MAJOR),
    *_every_way("bidirectional/basic-rnn/static", _rnn_pair, STATIC),
    *_every_way("bidirectional/basic-lstm/dynamic", _lstm_pair, DYNAMIC, DYNAMIC_TIME_MAJOR),
    _lstm_pair("bidirectional/basic-lstm/static/plain", STATIC),
    _lstm_pair("bidirectional/basic-lstm/static/lengths-and-initial-state", STATIC,
               lengths=[3, 4, 0], initial=True),
    _lstm_pair("bidirectional/basic-lstm/dynamic/initial-state-fw-only", DYNAMIC,
               lengths=[4, 2, 3], initial="fw"),
    *_pair_cases("bidirectional/lstm", lstm(2, 3, usePeepholes=True),
                 lstm(2, 4, projectionSize=2, cellClip=0.5)),
    *_pair_cases("bidirectional/gru", gru(2, 3), gru(2, 2)),
    *_pair_cases("bidirectional/gru-and-basic-lstm", gru(2, 3), basic_lstm(2, 2)),
    *_pair_cases("bidirectional/stacks", multi(basic_rnn(2, 3), basic_lstm(3, 2)),
                 multi(gru(2, 2), gru(2, 3))),
    pair_case("bidirectional/gru-reset-after/dynamic", gru(2, 3, resetAfter=True),
              gru(2, 2, resetAfter=True), DYNAMIC, lengths=[3, 4, 1], initial=True),
    pair_case("bidirectional/layer-norm-basic-lstm/dynamic", layer_norm_basic_lstm(2, 4),
              layer_norm_basic_lstm(2, 3), DYNAMIC, lengths=[4, 3, 2], initial=True),
    pair_case("bidirectional/residual/dynamic", residual(gru(2, 2)), residual(basic_lstm(2, 2)),
              DYNAMIC, lengths=[2, 4, 1], initial=True),
]


def _two_rnns(name, loop, **options):
    return stack_case(
        name, [basic_rnn(2, 3), basic_rnn(5, 2)], [basic_rnn(2, 2), basic_rnn(5, 3)], loop,
        **options)


def _two_lstms(name, loop, **options):
    return stack_case(
        name, [basic_lstm(2, 2), basic_lstm(3, 2)], [basic_lstm(2, 1), basic_lstm(3, 2)], loop,
        **options)


def _three_layers(name, loop, **options):
    return stack_case(
        name, [gru(2, 2), lstm(3, 3, projectionSize=2), basic_rnn(4, 2)],
        [basic_rnn(2, 1), gru(3, 2), basic_lstm(4, 2)], loop, **options)


STACK_BIDIRECTIONAL = [
    *_every_way("stack-bidirectional/basic-rnn", _two_rnns, STACK, STACK_TIME_MAJOR),
    *_every_way("stack-bidirectional/basic-lstm", _two_lstms, STACK, STACK_TIME_MAJOR),
    _three_layers("stack-bidirectional/three-layers/plain", STACK),
    _three_layers("stack-bidirectional/three-layers/lengths-and-initial-state", STACK,
                  lengths=[3, 0, 4], initial=True),
    _three_layers("stack-bidirectional/three-layers/time-major", STACK_TIME_MAJOR,
                  lengths=[2, 4, 3], initial=True),
    stack_case("stack-bidirectional/one-layer/lengths-and-initial-state", [gru(2, 3)],
               [gru(2, 2)], STACK, lengths=[4, 2, 3], initial=True),
    stack_case("stack-bidirectional/gru/lengths-and-initial-state", [gru(2, 3), gru(5, 2)],
               [gru(2, 2), gru(5, 2)], STACK, lengths=[3, 4, 0], initial=True),
]
