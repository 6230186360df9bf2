"""The only place that reads the environment: typed, secrets also from files, loud on nonsense."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from yiwang.plumbing.stops import CannotGoOn, gettext_noop

_RATE = re.compile(r"[1-9][0-9]{0,8}/(second|minute|hour|day)")


class Misconfigured(CannotGoOn, ImproperlyConfigured):
    """One sentence that says what to do; the command line prints it and ends with 2."""


def text(name: str, default: str = "") -> str:
    """A setting, or the content of the file that `NAME_FILE` names (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as broken:
            raise Misconfigured(
                gettext_noop("%(name)s names %(path)s, which cannot be read (%(why)s): correct it or its rights."),
                name=f"{name}_FILE",
                path=path,
                why=broken.strerror,
            ) from broken
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in {"", "on", "yes", "true", "1", "off", "no", "false", "0"}:
        return default if not value else value in {"on", "yes", "true", "1"}
    raise Misconfigured(gettext_noop("%(name)s is “%(value)s”: write on or off."), name=name, value=value)


def number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.lstrip("-").isdigit():
        raise Misconfigured(gettext_noop("%(name)s is “%(value)s”: write a whole number."), name=name, value=value)
    return int(value)


def rate(name: str, default: str) -> str:
    """So many in a second, minute, hour or day, like 60/minute; empty for off."""
    value = text(name).lower() or default
    if value == "off":
        return ""
    if not _RATE.fullmatch(value):
        raise Misconfigured(
            gettext_noop("%(name)s is “%(value)s”: write a rate like 60/minute, or off."), name=name, value=value
        )
    return value


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Django's `DATABASES` entry for a PostgreSQL URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as broken:
        # What cannot be read may hold a password: it is not repeated.
        raise _no_database_url() from broken
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise _no_database_url()
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "yiwang.plumbing.walls.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or str(options.pop("host", "")),
        "PORT": str(port or options.pop("port", "")),
        # After the database was started again, no request is given a dead connection out of the pool.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _no_database_url() -> Misconfigured:
    return Misconfigured(
        gettext_noop("DATABASE_URL cannot be read: write it like postgresql://user:password@host:5432/database.")
    )


def home() -> Path:
    """The data folder: `YIWANG_HOME`, or `data` in the folder one stands in."""
    return Path(text("YIWANG_HOME", "data")).expanduser().absolute()


def files(url: str, key: str, secret: str) -> dict[str, object]:
    """Django's `STORAGES` entry for kept files: `s3://bucket/prefix?endpoint=…`, or our own folder when empty.

    `region` and `addressing` (path, virtual, auto) may be asked for too. Without key and secret, those of the
    machine itself are used.
    """
    if not url:
        return {"BACKEND": "yiwang.plumbing.files.folder.Folder"}
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    named = {"endpoint": "endpoint_url", "region": "region_name", "addressing": "addressing_style"}
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or set(asked) - set(named):
        raise Misconfigured(
            "YIWANG_FILES must look like s3://bucket/prefix?endpoint=https://host&region=name&addressing=path;"
            " key and secret go into YIWANG_FILES_KEY and YIWANG_FILES_SECRET."
        )
    if bool(key) != bool(secret):
        raise Misconfigured("YIWANG_FILES_KEY and YIWANG_FILES_SECRET must be given together.")
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "access_key": key, "secret_key": secret}
    options |= {named[name]: value for name, value in asked.items()}
    return {"BACKEND": "yiwang.plumbing.files.bucket.Bucket", "OPTIONS": {k: v for k, v in options.items() if v}}


def mail(url: str) -> dict[str, str | int | bool]:
    """The server that takes our e-mail: `smtp://host:25`, `smtp+starttls://user@host:587` or `smtps://user@host:465`.

    The password goes into a setting of its own; empty: no e-mail.
    """
    if not url:
        return {"host": "", "port": 0, "user": "", "starttls": False, "tls": False}
    ways = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ways or not parts.hostname or parts.password or parts.path.strip("/"):
        raise Misconfigured(
            gettext_noop(
                "YIWANG_MAIL cannot be read: write it like smtp+starttls://user@host:587;"
                " the password goes into YIWANG_MAIL_PASSWORD."
            )
        )
    return {
        "host": parts.hostname, "port": port or ways[parts.scheme], "user": unquote(parts.username or ""),
        "starttls": parts.scheme == "smtp+starttls", "tls": parts.scheme == "smtps",
    }  # fmt: skip


def address(name: str) -> str:
    """An http or https address without a password in it and without a slash at its end; empty where there is none."""
    value = text(name)
    if value and not re.fullmatch(r"https?://[^\s@/?#]+(/[^\s@?#]*)?", value):
        raise Misconfigured(gettext_noop("%(name)s must begin with http:// or https://."), name=name)
    return value.rstrip("/")


def choose_home(folder: Path | None) -> Path:
    """From here on this data folder, for this process and its children; without one, what was chosen before."""
    if folder is not None:
        os.environ["YIWANG_HOME"] = str(folder.expanduser().absolute())
    return home()


def use_settings() -> None:
    """Name our settings to Django, unless somebody named others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.project.settings")


def share_heaps() -> None:
    """Let the threads of the processes that start from here on share two heaps, unless somebody said otherwise.

    By itself the C library keeps one for each thread, none of which lends to another: a tenth more memory.
    """
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")


def share_metrics(folder: Path) -> None:
    """Let several web processes add up their metrics here; must come before prometheus-client is imported."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def demonstration_wanted() -> bool:
    """Whether an empty installation is filled with the demonstration county, as it is unless the operator says no."""
    return flag("YIWANG_DEMONSTRATION", default=True)


def demonstration_cases(default: int) -> int:
    """How many cases of the last year the demonstration tells; fewer load faster."""
    return max(0, number("YIWANG_DEMONSTRATION_CASES", default))


def mark_demonstration() -> None:
    """From here on the processes we start know that this is a demonstration, unless the operator said no."""
    os.environ.setdefault("YIWANG_DEMONSTRATION", "on")


def metrics_are_shared() -> bool:
    return bool(text("PROMETHEUS_MULTIPROC_DIR"))


def for_child(**more: str) -> dict[str, str]:
    """The environment of a child process, with these on top."""
    return {**os.environ, **more}


def language() -> str:
    """The operator's language, "zh_Hans" or "en": `YIWANG_LANGUAGE`, else English for an English locale only."""
    chosen = text("YIWANG_LANGUAGE") or text("LC_ALL") or text("LC_MESSAGES") or text("LANG")
    return "en" if chosen.lower().startswith("en") else "zh_Hans"
