"""A backup taken while people work, and brought back elsewhere."""

import json
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest

from yiwang.plumbing.embedded import cluster
from yiwang.project.tests.installation import Installation, one_sentence

PHOTO = b"\xff\xd8 a lamp"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("town") / "data")
    installation.up()
    installation.sql(
        "INSERT INTO audit_entry (at, county, actor, act, subject, ground, purpose, details, request_id)"
        " VALUES (now(), '990101', 'person:1', 'lamp.reported', 'case:1', '990101001', '', '{}', '')"
    )
    photo = installation.home.files / "ab" / "lamp.jpg"
    # The demonstration draws photos of its own.
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.write_bytes(PHOTO)
    yield installation
    installation.down()


@pytest.fixture(scope="module")
def saved(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("safe") / "town.yiwang"
    done = town.yiwang("backup", str(path))
    assert done.returncode == 0, done.stderr
    assert "secrets" in done.stdout
    return path


def changed(saved: Path, to: Path, **manifest: object) -> Path:
    """A copy of the backup with another manifest."""
    with tarfile.open(saved) as old, tarfile.open(to, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            text = content.read()
            if member.name == "manifest.json":
                text = json.dumps({**json.loads(text), **manifest}).encode()
                member.size = len(text)
            new.addfile(member, BytesIO(text))
    return to


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_what_was_saved_comes_back_elsewhere_with_its_walls(town: Installation, saved: Path, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    done = other.yiwang("restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert (other.home.files / "ab" / "lamp.jpg").read_bytes() == PHOTO
    key = other.home.folder / "secret.key"
    assert key.read_text(encoding="ascii") == (town.home.folder / "secret.key").read_text(encoding="ascii")
    other.up()
    assert other.is_ready()
    assert other.sql("SELECT act FROM audit_entry WHERE subject = 'case:1'") == [("lamp.reported",)]
    with pytest.raises(psycopg.errors.RestrictViolation):
        other.sql("UPDATE audit_entry SET act = 'nothing'")
    with cluster.superuser(other.home, database="yiwang") as line:
        line.execute("SET ROLE yiwang_app")
        unseen = line.execute("SELECT count(*) FROM audit_entry").fetchone()
        line.execute("SET yiwang.ground = '990101'")
        seen = line.execute("SELECT count(*) FROM audit_entry WHERE subject = 'case:1'").fetchone()
    assert (unseen, seen) == ((0,), (1,))
    assert walls(other) == walls(town)
    assert other.down() == 0


def walls(town: Installation) -> list[tuple[object, ...]]:
    """Everything that protects a row: policies, triggers, rights, rights on tables to come."""
    return town.sql("""
        SELECT 'policy', polrelid::regclass::text, polname::text FROM pg_policy
        UNION ALL SELECT 'wall', relname::text, '' FROM pg_class WHERE relrowsecurity
        UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'right', relname::text, acl.privilege_type
            FROM pg_class, aclexplode(relacl) acl
            WHERE acl.grantee = 'yiwang_app'::regrole AND relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'right to come', defaclobjtype::text, acl.privilege_type
            FROM pg_default_acl, aclexplode(defaclacl) acl WHERE acl.grantee = 'yiwang_app'::regrole
        UNION ALL SELECT 'owner', relname::text, relowner::regrole::text
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        ORDER BY 1, 2, 3
        """)


def test_an_installation_at_work_is_not_restored_over(town: Installation, saved: Path) -> None:
    assert "stop Yiwang first" in one_sentence(town.yiwang("restore", str(saved), "--replace"))


def test_a_full_installation_is_replaced_only_if_told(saved: Path, tmp_path: Path) -> None:
    full = Installation(tmp_path / "full")
    full.home.files.mkdir(parents=True)
    (full.home.files / "mine.jpg").write_bytes(b"mine")
    assert "--replace" in one_sentence(full.yiwang("restore", str(saved)))
    assert (full.home.files / "mine.jpg").exists()
    assert full.yiwang("restore", str(saved), "--replace").returncode == 0
    with tarfile.open(saved) as archive:
        kept = {member.name.split("/")[1] for member in archive if member.name.startswith("files/")}
    assert "ab" in kept
    assert {path.name for path in full.home.files.iterdir()} == kept


def test_a_backup_of_a_newer_version_is_refused(saved: Path, tmp_path: Path) -> None:
    newer = changed(saved, tmp_path / "newer", version="99.0.0")
    wings = changed(saved, tmp_path / "wings", migrations=["people.9999_wings"])
    fresh = Installation(tmp_path / "fresh")
    assert "Yiwang 99.0.0" in one_sentence(fresh.yiwang("restore", str(newer)))
    assert "newer one" in one_sentence(fresh.yiwang("restore", str(wings)))


@pytest.mark.parametrize("content", [b"", b"not a backup", None])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    assert "not a whole backup" in one_sentence(Installation(tmp_path / "fresh").yiwang("restore", str(path)))


def test_a_backup_cut_short_changes_nothing(saved: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    cut.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    fresh = Installation(tmp_path / "fresh")
    assert fresh.yiwang("restore", str(cut)).returncode == 2
    with cluster.running(fresh.home):
        assert fresh.sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [(0,)]
