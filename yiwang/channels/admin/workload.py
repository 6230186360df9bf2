"""Administration of load: how long things take, and how much a week may hold."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.workload import actions, rules
from yiwang.workload.models import Minutes


class MinutesAdmin(FiguresAdmin):
    """The figures of a county, or of every county."""

    figures = ("report", "check_minutes", "task", "answer", "form", "most")
    rule = rules.Minutes
    sets = actions.set_minutes


site.register(Minutes, MinutesAdmin)
