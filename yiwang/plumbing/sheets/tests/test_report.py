import pytest

from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.report import Unfit, in_column


def test_what_is_refused_in_a_column_is_refused_because_of_it() -> None:
    why = Refused("cell_missing", line=3)
    with pytest.raises(Unfit) as unfit, in_column("name"):
        raise why
    assert (unfit.value.column, unfit.value.why) == ("name", why)


def test_what_is_no_refusal_is_a_fault_and_stays_one() -> None:
    with pytest.raises(KeyError), in_column("name"):
        raise KeyError("name")
