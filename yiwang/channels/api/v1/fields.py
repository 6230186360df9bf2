"""Fields that several resources take: judged strictly, so that nothing is taken for what it only resembles."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from yiwang.cases.rules import read_number, written

LARGEST = 2**63 - 1
LONGEST_REASON = 2000

Number = Annotated[str, Field(pattern=r"^[0-9]{16}$", description="A case's number: sixteen digits")]


def _text_only(value: Any) -> Any:
    """A number would be taken for seconds since 1970."""
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("datetime_type", "a moment is written as RFC 3339 has it")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_text_only)]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
Words = Annotated[str, Field(max_length=LONGEST_REASON)]
PlaceCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,32}$")]
ItemCode = Annotated[str, Field(pattern=r"^[0-9A-Z-]{1,40}$")]


class PositionIn(BaseModel, extra="forbid"):
    """A position in one of the three datums in use."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


def number_in(text: str) -> int:
    """The number that the pattern let through."""
    number = read_number(text)
    assert number is not None, "the pattern allows sixteen digits only"
    return number


def number_out(number: int | None) -> str | None:
    """The number as it is sent, so that no program rounds it."""
    return None if number is None else written(number)
