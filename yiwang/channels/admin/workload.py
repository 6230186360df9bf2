"""Administration of load: how long things take, and how much a week may hold."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.workload import actions
from yiwang.workload.models import Minutes
from yiwang.workload.policy import MINUTES


class MinutesAdmin(FiguresAdmin):
    """The figures of a county, or of every county."""

    figures = MINUTES
    sets = actions.set_minutes


site.register(Minutes, MinutesAdmin)
