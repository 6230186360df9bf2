import json
import subprocess
import sys
from pathlib import Path

import pytest

from yiwang.plumbing.sheets.report import Report
from yiwang.project.cli import transfer
from yiwang.project.cli.progress import showing
from yiwang.project.tests.installation import REPOSITORY, Installation, plain_environment


def test_help_does_not_load_django_or_the_driver() -> None:
    code = "import sys; from yiwang.project.cli.commands import app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env=plain_environment(),
    )
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"django.apps", "psycopg", "granian", "procrastinate", "shapely"})


def test_every_command_is_named_in_the_help(tmp_path: Path) -> None:
    said = Installation(tmp_path).yiwang("--help").stdout
    commands = [
        "run",
        "serve",
        "work",
        "migrate",
        "manage",
        "demo",
        "import",
        "export",
        "backup",
        "restore",
        "doctor",
        "evaluate-triage",
        "train",
        "verify-history",
    ]
    assert [word for word in commands if f"\n  {word} " not in said] == []


def test_manage_passes_everything_on_to_django_as_the_owner(tmp_path: Path) -> None:
    code = "from django.db import connection as c; k = c.cursor(); print(k.execute('SELECT current_user').fetchone())"
    done = Installation(tmp_path).yiwang("manage", "shell", "--no-imports", "-c", code)
    assert "('yiwang',)" in done.stdout, done.stderr


def test_without_a_terminal_progress_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with showing("Rows") as progress:
        for row in range(1, 4):
            progress(row, 3)
    assert capsys.readouterr().err.startswith("Rows: 3/3 (")


def test_an_imports_rejected_rows_are_shown_with_line_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(added=2)
    report.reject(7, "code", "sheet_lacks_columns", columns="name")
    assert transfer.show(report) is False
    said = capsys.readouterr()
    assert "7" in said.err
    assert "code" in said.err
    assert "2" in said.out


def test_a_clean_import_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert transfer.show(Report(added=2)) is True
    assert capsys.readouterr().err == ""


def test_triage_is_judged_by_files_alone(tmp_path: Path) -> None:
    lines = [f"{n},,,{text},{kind}" for n in range(4) for text, kind in (("路灯坏了", "灯"), ("水管漏水", "水"))]
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text("\n".join(["id,sent_at,subject,text,category", *lines]), encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "yiwang.project.cli", "evaluate-triage", "--json", "--test", "test.csv"]
    environment = plain_environment() | {"PYTHONPATH": str(REPOSITORY)}

    def judged(train: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, "--train", train], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
        )

    done = judged("train.csv")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert set(figures) == {"accuracy", "macro_f1", "ms_per_message", "train_s"}
    assert figures["accuracy"] == figures["macro_f1"] == 1
    for train, said in (("empty.csv", "text"), ("nowhere.csv", "nowhere.csv")):
        refused = judged(train)
        assert refused.returncode == 2
        assert said in refused.stderr
        assert "Traceback" not in refused.stderr
