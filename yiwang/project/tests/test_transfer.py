"""Lists in and out on the command line, on a real installation."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yiwang.project.tests.installation import Installation

pytestmark = pytest.mark.processes

PLACES = "区划代码,名称,类型\n990102,石泉县,county\n990102001,北街街道,town\n990102002,坏?名镇,town\n"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with its tables and the demonstration, whose `run` stays open for the commands."""
    installation = Installation(tmp_path_factory.mktemp("transfer"))
    installation.up()
    yield installation
    installation.down()


@pytest.fixture
def places(tmp_path: Path) -> str:
    path = tmp_path / "places.csv"
    path.write_text(PLACES, encoding="utf-8")
    return str(path)


def test_nothing_goes_in_while_a_line_is_rejected_and_the_line_is_told(county: Installation, places: str) -> None:
    done = county.yiwang("import", "places", places)
    assert done.returncode == 1
    assert "line 4" in done.stderr
    assert "石泉县" not in written(county, "places", Path(places).parent / "out.csv")


def test_with_keep_good_the_others_are_there_afterwards(county: Installation, places: str) -> None:
    done = county.yiwang("import", "places", places, "--keep-good")
    assert done.returncode == 1
    assert "2 added" in done.stdout
    out = written(county, "places", Path(places).parent / "out.csv")
    assert "990102001,北街街道" in out
    assert "990102002" not in out


def test_boundaries_come_back_in_the_datum_they_came_in(county: Installation, tmp_path: Path) -> None:
    corner = [[103.1, 30.1], [103.2, 30.1], [103.2, 30.2], [103.1, 30.2], [103.1, 30.1]]
    shape = {"type": "Polygon", "coordinates": [corner], "code": "990103", "name": "平川县"}
    (tmp_path / "990103.json").write_text(json.dumps(shape), encoding="utf-8")
    done = county.yiwang("import", "boundaries", str(tmp_path / "990103.json"), "--datum", "gcj02")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out.geojson"
    county.yiwang("export", "boundaries", str(out), "--inside", "990103", "--datum", "gcj02")
    (feature,) = json.loads(out.read_text(encoding="utf-8"))["features"]
    written_back = sorted(feature["geometry"]["coordinates"][0])
    for back, brought in zip(written_back, sorted(corner), strict=True):
        # Six digits: a decimetre.
        assert back == pytest.approx(brought, abs=1e-6)


def test_new_people_get_passwords_in_a_file_of_their_own(county: Installation, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,登录名,辖区代码\n罗小满,luo,990101001\n", encoding="utf-8")
    done = county.yiwang("import", "people", str(sheet), "--by", "county")
    assert done.returncode == 0, done.stdout + done.stderr
    passwords = tmp_path / "people.passwords.csv"
    assert passwords.read_text(encoding="utf-8-sig").splitlines()[1].startswith("luo,")
    assert passwords.stat().st_mode & 0o077 == 0
    assert "罗小满" in written(county, "people", tmp_path / "out.csv", "--by", "county")


def test_a_redrawing_of_today_is_in_force_at_once(county: Installation, tmp_path: Path) -> None:
    yard, follower = "990101001001001001", "990101001001001009"
    sheet = tmp_path / "plan.csv"
    sheet.write_text(f"原区划代码,新区划代码,新名称\n{yard},{follower},新槐小院\n", encoding="utf-8")
    # The installation's day, whatever the day of this machine's zone.
    today = datetime.now(tz=ZoneInfo("Asia/Shanghai")).date().isoformat()
    done = county.yiwang("import", "redrawing", str(sheet), "--title", "小院更名", "--effective", today)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {line.split(",")[0]: line for line in written(county, "places", tmp_path / "out.csv").splitlines()}
    assert lines[yard].endswith(today)
    assert "新槐小院" in lines[follower]


ITEM = "事项代码,事项名称,关键词,处置时限\nX1,井台结冰,井台、结冰,2紧急工作时\nX2,坏时限,,马上\n"


def test_a_county_brings_its_items_and_who_answers_for_them(county: Installation, tmp_path: Path) -> None:
    sheet = tmp_path / "items.csv"
    sheet.write_text(ITEM, encoding="utf-8")
    words = ("import", "items", str(sheet), "--by", "county", "--county", "990101")
    assert "line 3" in county.yiwang(*words).stderr
    assert "1 added" in county.yiwang(*words, "--keep-good").stdout
    out = written(county, "items", tmp_path / "out.csv", "--county", "990101")
    assert "X1,,井台结冰" in out
    assert "路灯不亮" in out  # of the default catalogue, which the demonstration brought
    assert "X1" not in written(county, "items", tmp_path / "common.csv")
    given = tmp_path / "given.csv"
    given.write_text("事项代码,辖区代码,单位,岗位\nX1,990101,云岭水务公司,水务公司经办人\n", encoding="utf-8")
    done = county.yiwang("import", "responsibilities", str(given), "--by", "county")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "X1,990101,云岭水务公司" in written(county, "responsibilities", tmp_path / "answers.csv", "--by", "county")
    again = county.yiwang("import", "items", "--default")
    assert "0 added" in again.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "places", "missing.csv"), "There is no file"),
        (("import", "people", "missing.csv", "--by", "nobody"), "There is no file"),
        (("export", "people", "out.csv", "--by", "nobody"), "Nobody signs in as"),
        (("import", "items"), "Name a file"),
        (("export", "items", "out.csv", "--county", "990199"), "There is no county"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(county: Installation, words: tuple[str, ...], said: str) -> None:
    done = county.yiwang(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def written(county: Installation, what: str, path: Path, *more: str) -> str:
    path.unlink(missing_ok=True)
    done = county.yiwang("export", what, str(path), *more)
    assert done.returncode == 0, done.stderr
    return path.read_text(encoding="utf-8-sig")


def test_an_installation_of_ones_own_begins_without_the_demonstration(tmp_path: Path) -> None:
    own = Installation(tmp_path / "own", YIWANG_DEMONSTRATION="off")
    own.up()
    try:
        done = own.yiwang("found", "liu", "--name", "刘主任")
        assert done.returncode == 0, done.stderr
        assert "liu may sign in with this password, once: " in done.stdout
        assert "990101" not in written(own, "places", tmp_path / "out.csv")
        again = own.yiwang("found", "second", "--name", "二号")
        assert (again.returncode, len(again.stderr.strip().splitlines())) == (2, 1)
    finally:
        own.down()
