"""Draw a photo and make of it what is kept; needs neither tables nor settings, so that any process can."""

from datetime import tzinfo

from yiwang.demo.pictures.drawing import Shown, drawn
from yiwang.plumbing.files.looking import Ready, look
from yiwang.plumbing.files.rules import Limits


def developed(picture: Shown, limits: Limits, zone: tzinfo) -> Ready:
    """The photo as it will be kept, with its thumbnail."""
    return look(drawn(picture), name=f"IMG_{picture.variant}{picture.moment}.jpg", limits=limits, zone=zone)
