"""The cases of GRUCell, with its reset before and after the product."""

from case_tables import DYNAMIC_TIME_MAJOR, STATIC, case, gru, loop_cases


def _gru_cases(family, **options):
    def cell(inputs, units, activation="tanh"):
        return gru(inputs, units, activation, **options)

    return [
        *loop_cases(family, cell(2, 3)),
        case(f"{family}/dynamic/every-length-zero", cell(2, 3), lengths=[0, 0, 0], initial=True),
        case(f"{family}/activation/relu", cell(2, 3, "relu"), lengths=[4, 1, 3], initial=True),
        case(f"{family}/activation/relu-static", cell(2, 3, "relu"), STATIC, initial=True),
        case(f"{family}/activation/sigmoid", cell(2, 3, "sigmoid"), lengths=[2, 4, 3],
             initial=True),
        case(f"{family}/activation/linear", cell(2, 3, "linear"), DYNAMIC_TIME_MAJOR,
             initial=True),
        case(f"{family}/size/units-one", cell(3, 1), lengths=[4, 2, 1], initial=True),
        case(f"{family}/size/input-size-one", cell(1, 4), lengths=[3, 4, 2], initial=True),
        case(f"{family}/size/all-ones", cell(1, 1), batch=1, time=1, initial=True),
        case(f"{family}/size/larger", cell(7, 9), time=12, lengths=[12, 5, 9], initial=True),
    ]


GRU = _gru_cases("gru")
GRU_RESET_AFTER = _gru_cases("gru-reset-after", resetAfter=True)
