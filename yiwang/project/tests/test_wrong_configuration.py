"""Each wrong setting ends with one sentence that says what to do, exit code 2, and no traceback."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from yiwang.plumbing.embedded import cluster
from yiwang.project.tests.installation import Installation, free_port, one_sentence


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("wrong") / "data")
    assert installation.yiwang("migrate").returncode == 0
    return installation


@pytest.fixture
def newer_database(migrated: Installation) -> Iterator[Installation]:
    with cluster.running(migrated.home):
        migrated.sql("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_wings', now())")
    yield migrated
    with cluster.running(migrated.home):
        migrated.sql("DELETE FROM django_migrations WHERE name = '9999_wings'")


@pytest.mark.parametrize("url", ["mysql://root@localhost/yiwang", "nonsense", "postgresql://a:secret@host:port/db"])
def test_a_url_that_is_none_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    said = one_sentence(Installation(tmp_path, DATABASE_URL=url).yiwang("run"))
    assert "postgresql://user:password@host:5432/database" in said
    assert "secret" not in said


@pytest.mark.parametrize("command", ["run", "migrate", "work"])
def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path, command: str) -> None:
    url = f"postgresql://yiwang:secret@127.0.0.1:{free_port()}/yiwang"
    said = one_sentence(Installation(tmp_path, DATABASE_URL=url).yiwang(command))
    assert "cannot be reached" in said
    assert "secret" not in said


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "choose another" in one_sentence(Installation(tmp_path / "file" / "data").yiwang("run"))


def test_a_folder_of_a_newer_version_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("99.1.0\n", encoding="ascii")
    assert "99.1.0" in one_sentence(Installation(tmp_path).yiwang("run"))
    assert (tmp_path / "version").read_text(encoding="ascii") == "99.1.0\n"
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_database_of_a_newer_version_is_told(newer_database: Installation, command: str) -> None:
    assert "newer version of Yiwang" in one_sentence(newer_database.yiwang(command))


def test_a_setting_that_is_no_number_is_told(migrated: Installation) -> None:
    wrong = Installation(migrated.home.folder, YIWANG_DATABASE_CONNECTIONS="many")
    assert "YIWANG_DATABASE_CONNECTIONS" in one_sentence(wrong.yiwang("migrate"))


def test_a_map_that_is_none_is_told(migrated: Installation) -> None:
    folder = migrated.home.folder
    for wrong in (Installation(folder, YIWANG_MAP="baidu"), Installation(folder, YIWANG_MAP_DATUM="bd09")):
        assert "YIWANG_MAP" in one_sentence(wrong.yiwang("migrate"))


def test_a_secret_file_that_is_missing_is_told(migrated: Installation) -> None:
    wrong = Installation(migrated.home.folder, YIWANG_SECRET_KEY_FILE="/nowhere/key")
    assert "YIWANG_SECRET_KEY_FILE" in one_sentence(wrong.yiwang("migrate"))


def test_the_sentence_is_chinese_for_who_does_not_ask_for_english(tmp_path: Path) -> None:
    town = Installation(tmp_path, YIWANG_LANGUAGE="", LANG="zh_CN.UTF-8", LC_ALL="", DATABASE_URL="nonsense")
    catalogue = Path(__file__).resolve().parents[2] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if not catalogue.exists():
        pytest.skip("the messages are not compiled: make messages")
    assert "DATABASE_URL cannot be read" not in one_sentence(town.yiwang("run"))


def test_the_doctor_names_each_thing_and_ends_with_1_when_one_is_wrong(migrated: Installation) -> None:
    (migrated.home.folder / "secret.key").chmod(0o644)
    done = migrated.yiwang("doctor")
    (migrated.home.folder / "secret.key").chmod(0o600)
    assert done.returncode == 1, done.stdout
    for line in ("✓ PostgreSQL 18", "✓ fsync = on", "✓ Migrations not applied: 0", "✓ Oldest waiting job: 0 s"):
        assert line in done.stdout
    assert "✗ Secret secret.key: rights 644: Others can read it: chmod 600" in done.stdout


def test_the_doctor_sees_a_wall_switched_off(migrated: Installation) -> None:
    with cluster.running(migrated.home):
        migrated.sql("ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY")
    said = migrated.yiwang("doctor").stdout
    with cluster.running(migrated.home):
        migrated.sql("ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY")
    assert "Switched off on audit_entry" in said


def test_the_doctor_sees_a_database_that_is_behind(tmp_path: Path) -> None:
    town = Installation(tmp_path)
    done = town.yiwang("doctor")
    assert done.returncode == 1
    assert "yiwang migrate" in done.stdout
    shutil.rmtree(tmp_path / "postgres")
