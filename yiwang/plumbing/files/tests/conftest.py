"""Both shelves, so that the same sentences are true of a folder and of a bucket."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from tests.shelf import keep_files_in


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """An S3-compatible store of our own, on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The shelf is this folder."""
    keep_files_in(tmp_path, settings)
    return tmp_path


@pytest.fixture
def bucket(s3_address: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The shelf is a new bucket."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    name = f"files-{uuid4().hex}"
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=s3_address, **keys).create_bucket(Bucket=name)
    options = {
        "bucket_name": name,
        "location": "county",
        "endpoint_url": s3_address,
        "region_name": "us-east-1",
        "addressing_style": "path",
        "access_key": "key",
        "secret_key": "secret",
    }
    backend = {"BACKEND": "yiwang.plumbing.files.bucket.Bucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    return name


@pytest.fixture(params=["folder", "bucket"])
def a_shelf(request: pytest.FixtureRequest) -> str:
    """Once in a folder, once in a bucket."""
    request.getfixturevalue(request.param)
    return str(request.param)
