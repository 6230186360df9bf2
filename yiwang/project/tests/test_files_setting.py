import pytest

from yiwang.project.environment import Misconfigured, files


def test_files_lie_in_our_own_folder_unless_told() -> None:
    assert files("", "", "") == {"BACKEND": "yiwang.plumbing.files.folder.Folder"}


def test_a_bucket_is_named_by_an_address() -> None:
    chosen = files("s3://yiwang/county/a?endpoint=https://oss.example.cn&region=cn-east&addressing=path", "k", "s")
    assert chosen["BACKEND"] == "yiwang.plumbing.files.bucket.Bucket"
    assert chosen["OPTIONS"] == {
        "bucket_name": "yiwang",
        "location": "county/a",
        "endpoint_url": "https://oss.example.cn",
        "region_name": "cn-east",
        "addressing_style": "path",
        "access_key": "k",
        "secret_key": "s",
    }


@pytest.mark.parametrize(
    ("url", "key", "secret"),
    [
        ("/var/files", "", ""),
        ("s3:///county", "", ""),
        ("s3://bucket?host=x", "", ""),
        ("s3://k:s@bucket", "", ""),
        ("s3://bucket", "k", ""),
    ],
)
def test_nonsense_is_said_at_once(url: str, key: str, secret: str) -> None:
    with pytest.raises(Misconfigured, match="YIWANG_FILES"):
        files(url, key, secret)
