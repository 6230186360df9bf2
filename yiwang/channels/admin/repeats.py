"""Administration of repeated demands: how often is often."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.repeats import actions, rules
from yiwang.repeats.models import Often


class OftenAdmin(FiguresAdmin):
    """The figures of a county, or of every county."""

    figures = ("times", "months", "metres")
    rule = rules.Often
    sets = actions.set_often


site.register(Often, OftenAdmin)
