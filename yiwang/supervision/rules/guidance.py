"""On-site guidance 蹲点: what a record of it must say, and when what was agreed must be looked at again."""

from datetime import date, timedelta

LONGEST_TEXT = 2000
OLDEST = timedelta(days=60)
FURTHEST = timedelta(days=366)


def fault(day: date, again_by: date | None, *, found: str, agreed: str, today: date) -> str:
    """Why there cannot be such a record, as a refusal's code."""
    if not today - OLDEST <= day <= today:
        return "guidance_day_unfit"
    if again_by is not None and not day <= again_by <= day + FURTHEST:
        return "guidance_again_unfit"
    if not (found and agreed):
        return "guidance_lacks_text"
    return "guidance_text_too_long" if max(len(found), len(agreed)) > LONGEST_TEXT else ""
