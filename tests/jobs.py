"""Jobs with what they carry, as the worker sees them: the application itself may not read that."""

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.plumbing.walls.policies import APP_ROLE


def asked_for(task_name: str) -> list[ProcrastinateJob]:
    """All jobs of this name, the oldest first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        found = list(ProcrastinateJob.objects.filter(task_name=task_name).order_by("pk"))
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        return found
