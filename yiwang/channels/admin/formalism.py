"""Administration of signs: from when on something is one."""

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.formalism import actions
from yiwang.formalism.models import Tolerances
from yiwang.formalism.policy import TOLERANCES


class TolerancesAdmin(FiguresAdmin):
    """The thresholds of a county, or of every county."""

    figures = TOLERANCES
    sets = actions.set_tolerances


site.register(Tolerances, TolerancesAdmin)
