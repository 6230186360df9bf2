"""What the library `chinesecalendar` knows: the State Council's holidays and swapped working days, year by year."""

from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

from yiwang.plumbing.worktime.rules import DayKind

_CHINESE = {holiday.value: holiday.chinese for holiday in Holiday}


def known_years() -> range:
    """The years the library has a calendar for."""
    return range(min(holidays).year, max(holidays).year + 1)


def days_of(year: int) -> dict[date, tuple[DayKind, str]]:
    """The year's odd days with kind and Chinese name; weekend days inside a holiday are among them.

    Asks the library's tables and not its functions, which raise NotImplementedError outside `known_years`.
    """
    off = {day: (DayKind.HOLIDAY, _CHINESE[name]) for day, name in holidays.items() if day.year == year}
    worked = {
        day: (DayKind.WORKING, f"{_CHINESE[name]}调休上班") for day, name in workdays.items() if day.year == year
    }
    return off | worked
