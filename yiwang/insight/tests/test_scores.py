"""A score that luck does not make."""

from yiwang.insight.rules.scores import BUILT_IN, GRIDS, UNITS, best_quarter, gap, scored


def unit(due: int, in_time: int, **more: int) -> dict[str, int]:
    return {"due": due, "due_in_time": in_time, **more}


def test_three_cases_make_nobody_best_or_worst() -> None:
    lines = scored(
        {"good": unit(200, 192), "middle": unit(200, 160), "bad": unit(200, 110), "lucky": unit(3, 3),
         "unlucky": unit(3, 0)}, BUILT_IN[UNITS],
    )  # fmt: skip
    order = [line.key for line in lines]
    assert (order[0], order[-1]) == ("good", "bad")
    assert {line.key for line in lines if line.has_few} == {"lucky", "unlucky"}


def test_of_two_that_do_equally_well_the_smaller_does_not_stand_behind_by_its_size() -> None:
    small, large, poor = (
        next(line for line in scored(
            {"small": unit(20, 16), "large": unit(400, 320), "other": unit(400, 320)}, BUILT_IN[GRIDS]
        ) if line.key == key)
        for key in ("small", "large", "other")
    )  # fmt: skip
    assert small.score == large.score == poor.score


def test_whoever_had_nothing_due_is_not_ranked_and_whoever_was_not_asked_loses_nothing() -> None:
    sums = {"idle": unit(0, 0), "asked": unit(100, 90, reached=50, satisfied=50), "unasked": unit(100, 90)}
    lines = {line.key: line.score for line in scored(sums, BUILT_IN[UNITS])}
    assert set(lines) == {"asked", "unasked"}
    assert lines["asked"] == lines["unasked"]


def test_less_rework_is_better_and_the_whole_is_a_hundred_points() -> None:
    sums = {"clean": unit(500, 500, closed=500), "messy": unit(500, 500, closed=500, reworked=250)}
    clean, messy = scored(sums, BUILT_IN[GRIDS])
    assert (clean.key, messy.key) == ("clean", "messy")
    assert clean.score > 99
    assert sum(weight.points for weight in BUILT_IN[UNITS]) == sum(weight.points for weight in BUILT_IN[GRIDS]) == 100
    assert scored({}, BUILT_IN[UNITS]) == []


def test_everybody_stands_beside_the_best_quarter_of_their_kind() -> None:
    sums = {f"u{n}": unit(100, 100 - 5 * n) for n in range(8)} | {"lucky": unit(2, 2)}
    lines = scored(sums, BUILT_IN[GRIDS])
    models = best_quarter(lines)
    assert (models[0].over, models[0].of, models[0].value) == (195, 200, 97.5)
    worst = next(line for line in lines if line.key == "u7")
    assert gap(worst.values[0], models[0], less_is_better=False) == 32.5
    assert gap(worst.values[0], models[0], less_is_better=True) == -32.5
    assert best_quarter(lines[:3]) == []
