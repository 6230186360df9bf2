"""The law of the ground: forms of codes, datums, what makes a boundary sound, and how the ground is drawn anew.

Pure: no database, no clock, no words for people. Geometry comes as shapely objects in WGS 84 (longitude, latitude).
"""

from yiwang.places.rules.codes import Form, Forms, next_number, plain
from yiwang.places.rules.coordinates import Datum, convert, convert_all
from yiwang.places.rules.earth import metres_between
from yiwang.places.rules.faults import Fault
from yiwang.places.rules.redrawing import LIFE, Established, Hand, Plan, Retired, State, faults_of, follow
from yiwang.places.rules.shapes import judge, square_metres

__all__ = [
    "LIFE",
    "Datum",
    "Established",
    "Fault",
    "Form",
    "Forms",
    "Hand",
    "Plan",
    "Retired",
    "State",
    "convert",
    "convert_all",
    "faults_of",
    "follow",
    "judge",
    "metres_between",
    "next_number",
    "plain",
    "square_metres",
]
