from pathlib import Path

import pytest

from yiwang.plumbing.embedded.home import Home
from yiwang.plumbing.embedded.lock import Held, holding
from yiwang.plumbing.stops import CannotGoOn


def test_a_folder_is_held_by_one_and_names_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with holding(home, port=8000), pytest.raises(Held, match="port 8000") as refused, holding(home):
        pass
    assert refused.value.holder.port == 8000


def test_a_folder_let_go_can_be_held_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with holding(home, port=8000):
        pass
    with holding(home, port=8001) as was_killed:
        assert home.lock.read_text(encoding="ascii").endswith(" 8001\n")
    assert not was_killed


def test_a_folder_whose_holder_was_killed_says_so(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.lock.write_text("4711 8000\n", encoding="ascii")
    with holding(home) as was_killed:
        assert was_killed


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotGoOn, match="choose another"), holding(Home(tmp_path / "file" / "data")):
        pass
