import json
import logging
from io import StringIO

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from structlog.stdlib import ProcessorFormatter

METRICS = "/metrics"


def test_the_process_lives_for_a_balancer_that_knows_no_host_name(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "10.1.2.3:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_ready_when_the_tables_are_those_of_the_code(client: Client) -> None:
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_not_ready_when_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")  # only the owner says which migrations ran
        MigrationRecorder(connection).migration_qs.filter(app="people").delete()
        cursor.execute("SET LOCAL ROLE yiwang_app")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"not applied" in answer.content


@pytest.mark.django_db
def test_metrics_are_for_this_machine(client: Client) -> None:
    answer = client.get(METRICS)
    assert answer.status_code == 200
    assert b"yiwang_jobs_lag_seconds" in answer.content
    assert b"yiwang_process_memory_bytes" in answer.content


@pytest.mark.parametrize(
    ("address", "proxied"), [("203.0.113.7", {}), ("127.0.0.1", {"x-forwarded-for": "x"}), ("::1", {"forwarded": "x"})]
)
@pytest.mark.django_db
def test_metrics_do_not_exist_for_a_stranger(client: Client, address: str, proxied: dict[str, str]) -> None:
    assert client.get(METRICS, headers=proxied, REMOTE_ADDR=address).status_code == 404


@pytest.mark.django_db
@override_settings(METRICS_TOKEN="let me see")
def test_metrics_open_to_the_bearer_of_the_token(client: Client) -> None:
    for word, status in {"let me see": 200, "wrong": 404}.items():
        answer = client.get(METRICS, headers={"authorization": f"Bearer {word}"}, REMOTE_ADDR="203.0.113.7")
        assert answer.status_code == status


def test_a_sane_request_id_is_kept_and_another_replaced(client: Client) -> None:
    assert client.get("/nowhere", headers={"x-request-id": "abc-12345678"})["X-Request-ID"] == "abc-12345678"
    for forged in ("short", "with space 123", "x" * 65, 'quote"quote"quote'):
        made = client.get("/nowhere", headers={"x-request-id": forged})["X-Request-ID"]
        assert len(made) == 16
        assert made != forged


def test_the_access_line_names_the_path_but_not_what_was_searched(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="yiwang.access"):
        client.get("/nowhere?name=Lan")
    [line] = [record for record in caplog.records if record.name == "yiwang.access"]
    said = json.dumps(line.msg, default=str)
    assert "/nowhere" in said
    assert "Lan" not in said


@pytest.mark.django_db
def test_no_log_keeps_a_link_that_opens_a_file(client: Client) -> None:
    written = StringIO()
    [ours] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, ProcessorFormatter)]
    assert isinstance(ours, logging.StreamHandler)
    terminal = ours.setStream(written)
    try:
        client.post("/files/opens-a-photo?name=Lan")  # Django writes a line of its own for a wrong method
    finally:
        ours.setStream(terminal)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {line["logger"] for line in lines} == {"yiwang.access", "django.request"}
    assert {line.get("path", "/files/…") for line in lines} == {"/files/…"}
    assert "opens-a-photo" not in written.getvalue()
    assert "Lan" not in written.getvalue()


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status_never_by_address(client: Client) -> None:
    for number in range(3):
        client.get(f"/nowhere-{number}")
    metrics = client.get(METRICS).content.decode()
    assert 'route="-",status="404"' in metrics
    assert "nowhere-1" not in metrics
