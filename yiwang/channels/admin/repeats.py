"""Administration of repeated demands: how often is often."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.repeats import actions
from yiwang.repeats.models import Often
from yiwang.repeats.policy import OFTEN


class OftenAdmin(FiguresAdmin):
    """The figures of a county, or of every county."""

    figures = OFTEN
    sets = actions.set_often


site.register(Often, OftenAdmin)
