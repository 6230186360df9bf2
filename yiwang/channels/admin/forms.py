"""Administration of forms: from when on a question counts as asked already."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.site import site
from yiwang.forms import actions
from yiwang.forms.models import Likeness
from yiwang.forms.policy import LIKENESS


class LikenessAdmin(FiguresAdmin):
    """The figures of a county, or of every county."""

    figures = LIKENESS
    sets = actions.set_likeness


site.register(Likeness, LikenessAdmin)
