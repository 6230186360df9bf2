from pathlib import Path

import pytest

from yiwang.project import environment as env
from yiwang.project.environment import Misconfigured
from yiwang.project.version import order


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("sesame\n", encoding="utf-8")
    monkeypatch.setenv("YIWANG_TEST_FILE", str(tmp_path / "key"))
    assert env.text("YIWANG_TEST") == "sesame"


def test_a_switch_is_on_or_off_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, meant in {"on": True, "NO": False, "": True, "1": True}.items():
        monkeypatch.setenv("YIWANG_TEST", word)
        assert env.flag("YIWANG_TEST", default=True) is meant
    monkeypatch.setenv("YIWANG_TEST", "perhaps")
    with pytest.raises(Misconfigured, match="on or off"):
        env.flag("YIWANG_TEST", default=True)


def test_a_rate_is_so_many_in_a_while_or_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, meant in {"": "60/minute", "off": "", "OFF": "", "5/Second": "5/second", "900/day": "900/day"}.items():
        monkeypatch.setenv("YIWANG_TEST", word)
        assert env.rate("YIWANG_TEST", "60/minute") == meant
    for nonsense in ("0/minute", "60", "60/fortnight", "many", "-1/minute"):
        monkeypatch.setenv("YIWANG_TEST", nonsense)
        with pytest.raises(Misconfigured, match="60/minute"):
            env.rate("YIWANG_TEST", "60/minute")


def test_a_database_url_is_taken_apart() -> None:
    parts = env.database("postgresql://lan:p%40ss@db.example:6432/yi%20wang?sslmode=require")
    assert (parts["USER"], parts["PASSWORD"], parts["HOST"], parts["PORT"]) == ("lan", "p@ss", "db.example", "6432")
    assert (parts["NAME"], parts["OPTIONS"]) == ("yi wang", {"sslmode": "require"})


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "C.UTF-8"}, "zh_Hans"),
        ({}, "zh_Hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "YIWANG_LANGUAGE": "zh-hans"}, "zh_Hans"),
    ],
)
def test_the_terminal_speaks_chinese_unless_english_is_asked_for(
    words: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("YIWANG_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in words.items():
        monkeypatch.setenv(name, value)
    assert env.language() == language


def test_versions_are_compared_as_numbers() -> None:
    assert order("0.10.0") > order("0.9.1") > order("0.9") > order("")
