"""Administration of signs: from when on something is one."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.formalism import actions, rules
from yiwang.formalism.models import Tolerances


class TolerancesAdmin(FiguresAdmin):
    """The thresholds of a county, or of every county."""

    figures = ("minutes", "bits", "photo_days", "times", "metres", "days")
    rule = rules.Tolerances
    sets = actions.set_tolerances


site.register(Tolerances, TolerancesAdmin)
