"""Reports keep coming in while something dies: whatever was answered 201 is there, once."""

import http.client
import json
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psutil
import pytest

from tests.waiting import until
from yiwang.project.tests.installation import Installation

pytestmark = pytest.mark.processes
GRID = "990101001001001"
SENDERS = 8


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("county") / "data", YIWANG_RATE_LIMIT="off")
    installation.up()
    yield installation
    installation.down()


class Sender(threading.Thread):
    """A phone: it keeps each report under one key until the platform says that it has it."""

    def __init__(self, county: Installation, enough: int) -> None:
        super().__init__()
        self.county, self.enough = county, enough
        self.answered: dict[str, str] = {}

    def run(self) -> None:
        while len(self.answered) < self.enough:
            key = str(uuid4())
            while key not in self.answered:
                with suppress(OSError, http.client.HTTPException):
                    self._send(key)

    def _send(self, key: str) -> None:
        status, answer = send(self.county, {"text": f"路灯不亮 {key}", "place": GRID}, key=key)
        # Between a database's death and its return the platform says that it cannot: the phone keeps the report.
        assert status == 201 or status >= 500, answer
        if status == 201:
            self.answered[key] = answer["number"]


def send(county: Installation, told: dict[str, Any], *, key: str = "") -> tuple[int, Any]:
    line = http.client.HTTPConnection("127.0.0.1", county.port, timeout=30)
    try:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        line.request("POST", "/api/v1/reports", json.dumps(told), headers)
        answer = line.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if answer.status < 500 else said
    finally:
        line.close()


def kill_every_web_process(county: Installation) -> None:
    for process in psutil.Process(county.child("serve").pid).children():
        process.kill()


def kill_the_web_server(county: Installation) -> None:
    county.child("serve").kill()


def restart_the_database(county: Installation) -> None:
    county.child("postgres").send_signal(signal.SIGINT)


def kill_the_database(county: Installation) -> None:
    county.child("postgres").kill()


@pytest.mark.parametrize(
    "disaster", [kill_every_web_process, kill_the_web_server, restart_the_database, kill_the_database]
)
def test_at_full_intake_whatever_was_answered_is_kept_once(county: Installation, disaster: Any) -> None:
    until(county.is_ready)
    senders = [Sender(county, enough=60) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    until(lambda: sum(len(sender.answered) for sender in senders) > SENDERS * 15)
    disaster(county)
    for sender in senders:
        sender.join(180)
    answered = {number: key for sender in senders for key, number in sender.answered.items()}
    assert len(answered) == SENDERS * 60
    until(county.is_ready)
    kept = county.sql("SELECT number::text, text FROM cases_case WHERE text LIKE '路灯不亮 %%'")
    told = {str(text).split()[-1]: str(number) for number, text in kept}
    assert len(told) == len(kept), "a report was kept twice"
    assert {number: key for key, number in told.items() if number in answered} == answered
    assert not county.sql(
        "SELECT number FROM cases_case c WHERE steps <> (SELECT count(*) FROM cases_step s WHERE s.number = c.number)"
    )


def test_ten_thousand_reports_with_one_key_are_one(county: Installation) -> None:
    until(county.is_ready)
    told, numbers = {"text": "同一件事说一万遍", "place": GRID}, set[str]()

    def repeat() -> None:
        line = http.client.HTTPConnection("127.0.0.1", county.port, timeout=60)
        headers = {"Content-Type": "application/json", "Idempotency-Key": "ten-thousand-times"}
        for _time in range(10_000 // SENDERS):
            line.request("POST", "/api/v1/reports", json.dumps(told), headers)
            answer = line.getresponse()
            said = json.loads(answer.read())
            assert answer.status == 201, said
            numbers.add(said["number"])
        line.close()

    crowd = [threading.Thread(target=repeat) for _ in range(SENDERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(numbers) == 1
    assert county.sql("SELECT count(*) FROM cases_case WHERE text = '同一件事说一万遍'") == [(1,)]


def test_the_same_key_with_another_report_is_refused(county: Installation) -> None:
    until(county.is_ready)
    assert send(county, {"text": "井盖松了", "place": GRID}, key="of-a-cover")[0] == 201
    status, problem = send(county, {"text": "另一件事", "place": GRID}, key="of-a-cover")
    assert (status, problem["code"]) == (422, "key_used_for_another")


def test_a_report_of_ten_megabytes_is_refused_and_the_next_is_taken(county: Installation) -> None:
    until(county.is_ready)
    status, problem = send(county, {"text": "长" * 1_700_000, "place": GRID})
    assert (status, [field["field"] for field in problem["fields"]]) == (422, ["text"])
    assert send(county, {"text": "短", "place": GRID})[0] == 201
