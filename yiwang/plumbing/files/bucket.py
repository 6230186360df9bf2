"""The shelf in a bucket of an S3-compatible store; an object appears there whole or not at all."""

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

from yiwang.plumbing.files.shelf import Lying


class Bucket(S3Storage):  # type: ignore[misc]
    """django-storages' bucket; private, with time limits, and with checksums that every such store understands."""

    def __init__(self, *, addressing_style: str = "auto", **options: Any) -> None:
        talk = Config(
            s3={"addressing_style": addressing_style},
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
            # boto3's newer default is refused by OSS, OBS, COS and older MinIO.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=talk, file_overwrite=True, default_acl=None, **options)

    def everything(self) -> Iterator[Lying]:
        """All that lies under our prefix, a thousand names a request."""
        prefix = f"{self.location.strip('/')}/" if self.location.strip("/") else ""
        for found in self.bucket.objects.filter(Prefix=prefix):
            yield Lying(found.key.removeprefix(prefix), found.last_modified)
