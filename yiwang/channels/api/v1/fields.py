"""Fields that several resources take: judged strictly, so that nothing is taken for what it only resembles."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from yiwang.cases.rules import read_number, written
from yiwang.places.rules.coordinates import Datum, convert

LARGEST = 2**63 - 1
LONGEST_REASON = 2000

Number = Annotated[str, Field(pattern=r"^[0-9]{16}$", description="A case's number: sixteen digits")]


def _day_first(value: Any) -> Any:
    """A number, also one in quotes, would be taken for seconds since 1970."""
    if not isinstance(value, datetime) and not re.match("[0-9]{4}-", str(value)):
        raise PydanticCustomError("datetime_type", "a moment is written as RFC 3339 has it")
    return value


def _in_utc(value: datetime) -> datetime:
    """PostgreSQL knows no offsets of 16 hours and more, and no moment before the year 1."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if value.year == 1 else datetime.max.replace(tzinfo=UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_day_first), AfterValidator(_in_utc)]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
Answer = Annotated[bool, Field(strict=True)]
Words = Annotated[str, Field(max_length=LONGEST_REASON)]
PlaceCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,32}$")]
ItemCode = Annotated[str, Field(pattern=r"^[0-9A-Z-]{1,40}$")]


class PositionIn(BaseModel, extra="forbid"):
    """A position in one of the three datums in use."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


def lon_lat(spot: PositionIn) -> tuple[float, float]:
    """The position as the platform keeps it: longitude and latitude in WGS 84."""
    datum = Datum(spot.datum)
    return (spot.lon, spot.lat) if datum is Datum.WGS84 else convert(spot.lon, spot.lat, of=datum, to=Datum.WGS84)


def number_in(text: str) -> int:
    """The number that the pattern let through."""
    number = read_number(text)
    assert number is not None, "the pattern allows sixteen digits only"
    return number


def number_out(number: int | None) -> str | None:
    """The number as it is sent, so that no program rounds it."""
    return None if number is None else written(number)
