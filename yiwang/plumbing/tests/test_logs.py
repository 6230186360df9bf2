"""What is told in the log, and what would only drown it."""

import logging
from typing import Any

import pytest

from yiwang.plumbing.logs import TICKS, is_worth_a_line, without_arguments


def a_line(level: int, **extra: Any) -> logging.LogRecord:
    return logging.makeLogRecord({"levelno": level, "msg": "Job ended", **extra})


def test_ticks_of_other_rooms_are_known() -> None:
    assert {"supervision.jobs.act", "insight.jobs.follow"} <= TICKS


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        (a_line(logging.INFO, job={"task_name": "supervision.jobs.act"}), False),
        (a_line(logging.ERROR, job={"task_name": "supervision.jobs.act"}), True),
        (a_line(logging.INFO, job={"task_name": "proof.jobs.make_digests"}), True),
        (a_line(logging.INFO, job="a name bound by a job of ours"), True),
        (a_line(logging.INFO), True),
    ],
)
def test_a_tick_is_told_only_where_something_is_wrong(line: logging.LogRecord, *, is_told: bool) -> None:
    assert is_worth_a_line(line) is is_told


def test_what_a_job_was_given_is_not_told() -> None:
    call = "notices.jobs.tell[7](fact={'case': 9901012600000001})"
    job = {"id": 7, "task_name": "notices.jobs.tell", "task_kwargs": {"fact": {}}, "call_string": call}
    told = without_arguments(None, "info", {"event": f"Job {call} ended with status: Success", "job": job})
    assert told["event"] == "Job notices.jobs.tell[7] ended with status: Success"
    assert told["job"] == {"id": 7, "task_name": "notices.jobs.tell"}
    assert without_arguments(None, "info", {"event": "answered"}) == {"event": "answered"}
