from yiwang.project.printed import STATES, pages


def test_the_printed_lives_are_those_of_the_code() -> None:
    """Stale? `make docs` prints them anew."""
    assert {path.name: path.read_text(encoding="utf-8") for path in STATES.glob("*.md")} == pages()


def test_the_redrawing_is_among_them_with_its_moves() -> None:
    assert "planned --> in_force: carry_out" in pages()["redrawing.md"]
