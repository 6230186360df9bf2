"""The measure itself measures right."""

import pytest

from tests import budgets
from tests.sources import Source

CLINIC = '''"""A room."""
# Why it stands here.


def triage(case):
    """Say what it is."""
    if case:
        for step in case:
            with step:
                return 1
    elif step:
        return 2
    return 3


def calm():
    return [n for n in (1, 2)]
'''


def clinic() -> tuple[Source, ...]:
    return (Source("yiwang/cases/triage.py", CLINIC), Source("yiwang/cases/__init__.py", '"""One line."""\n'))


def sizes(found: tuple[budgets.Measured, ...]) -> list[int]:
    return [one.size for one in found]


def test_lines_of_files_functions_and_rooms_are_counted() -> None:
    assert sizes(budgets.file_lines(clinic())) == [17]
    assert sizes(budgets.function_lines(clinic())) == [9, 2]
    assert budgets.function_lines(clinic())[0].place == "yiwang/cases/triage.py:5 triage"
    assert budgets.room_lines(clinic()) == (budgets.Measured(18, "cases"),)


@pytest.mark.parametrize(
    ("body", "depth"),
    [
        ("return 1", 0),
        ("if a:\n  b\nelif c:\n  d\nelif e:\n  f\nelse:\n  g", 1),
        ("if a:\n  b\nelif c:\n  for d in e:\n    f", 2),
        ("if a:\n  b\nelse:\n  for d in e:\n    if f:\n      g", 3),
        ("try:\n  a\nexcept B:\n  if c:\n    d", 2),
        ("match a:\n  case 1:\n    while b:\n      c", 2),
        ("if a:\n  def inner():\n    for b in c:\n      if d:\n        e", 1),
    ],
)
def test_nesting_is_how_deep_statements_stand_in_one_another(body: str, depth: int) -> None:
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    source = Source("yiwang/x/y.py", f"def outer():\n{indented}\n")
    assert sizes(budgets.nesting([source]))[0] == depth


def test_comments_are_counted_and_neither_strings_nor_words_to_a_tool() -> None:
    text = 'a = 1  # because\n# for this reason\nb = 2  # noqa: X1 - shown\n\nc = """\n# a heading"""\n'
    assert budgets.comment_share([Source("yiwang/x/y.py", text)]) == pytest.approx(100 * 2 / 5)


def test_passing_a_hard_stop_names_the_place_the_worst_first() -> None:
    found = (budgets.Measured(60, "a"), budgets.Measured(61, "b"), budgets.Measured(99, "c"))
    passed = budgets.Budget("function, lines", found, "≤ 35", 60).passed()
    assert [one.place for one in passed] == ["c", "b"]


def test_the_table_shows_median_p95_and_the_greatest() -> None:
    found = tuple(budgets.Measured(size, f"at {size}") for size in range(1, 101))
    assert budgets.Budget("x", found, "aim", 500).row() == ("x", "50.5", "95", "100", "aim", "500", "at 100")


def test_nothing_to_measure_passes() -> None:
    nothing = budgets.Budget("unfinished notes", (), "none", 0)
    assert not nothing.passed()
    assert nothing.row()[3] == "–"
