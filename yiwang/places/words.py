"""Words of the ground: states, moves, flaws and refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.places.rules.redrawing import State

STATES = {
    State.PLANNED: _("Planned"),
    State.IN_FORCE: _("In force"),
    State.CALLED_OFF: _("Called off"),
}
MOVES = {"carry_out": _("Carry out"), "call_off": _("Call off")}
FLAWS = {"overlap": _("Overlap"), "hole": _("Hole")}

REFUSALS = {
    "new_place_without_name": _("Line %(line)s: the new place %(code)s needs a name."),
    # lists of places
    "place_name_missing": _("The name is missing."),
    "place_name_too_long": _("The name has %(length)d characters; at most 100 are possible."),
    "place_name_damaged": _("The name “%(name)s” is damaged: a character was lost on the way. Write it again."),
    "place_code_missing": _("There is neither a code nor a place it lies in, so no code can be given."),
    "place_code_malformed": _("The code “%(place)s” does not have the form of any kind of place."),
    "place_code_not_of_kind": _("The code “%(place)s” does not have the form of the kind “%(kind)s”."),
    "place_code_twice": _("The code %(place)s stands in the list a second time; the first time in line %(first)d."),
    "place_named_twice": _("“%(name)s” stands in the list a second time for the same place; first in line %(first)d."),
    "place_kind_unknown": _("There is no kind of place called “%(kind)s”."),
    "place_kind_unclear": _("The code %(place)s may belong to several kinds of place; say which."),
    "place_parent_missing": _("The place %(parent)s in which it lies is neither known nor in the list."),
    "place_parent_differs": _("The code %(place)s does not begin with that of the place it lies in, %(parent)s."),
    "place_numbers_used_up": _("No number is left inside %(parent)s; give a code yourself."),
    "place_day_unreadable": _("“%(day)s” is no date; write it as 2026-03-01."),
    "place_ends_before_beginning": _("The place would end before it begins."),
    "place_not_your_ground": _("The place %(place)s does not lie on your ground."),
    "places_named_differently": _("The place %(place)s is called “%(was)s” in line %(first)d and “%(name)s” here."),
    # names people use
    "alias_too_short": _("“%(name)s” is too short: a name has at least two characters."),
    # notices
    "counties_added_under_code": _("%(count)d counties were missing; they were added under their code. Rename them."),
    "places_added_above": _("%(count)d places above those in the list were missing; they were added by name."),
    "places_renamed_from_code": _("%(count)d places that were called by their code have their names now."),
    "place_would_change": _("Line %(line)d: %(place)s would change from “%(was)s” to “%(now)s”."),
    "changes_wait": _("%(count)d places would change; nothing was written. Ask to overwrite them if that is meant."),
    "boundaries_wait": _(
        "%(count)d boundaries would be replaced; nothing was written. Ask to overwrite them if that is meant."
    ),
    "place_added_from_boundary": _("The county %(place)s was not known; it was added as “%(name)s”."),
    # boundaries
    "boundary_file_unreadable": _("“%(file)s” cannot be read as boundaries (GeoJSON or shapefile)."),
    "boundary_file_missing": _("There is no file or folder “%(file)s”."),
    "boundary_datum_unknown": _("There is no datum called “%(datum)s”; it is wgs84, gcj02 or bd09."),
    "boundary_unreadable": _("The shape cannot be read."),
    "boundary_empty": _("The shape is empty."),
    "boundary_code_missing": _("There is no place code with the shape."),
    "boundary_place_unknown": _("There is no place with the code “%(place)s”."),
    "boundary_place_ended": _("The place %(place)s has ended; it gets no new boundary."),
    "boundary_twice": _("The place %(place)s has a second boundary in the file; the first is number %(first)d."),
    "boundary_outside_world": _("The shape lies outside the world: longitude %(longitude)s, latitude %(latitude)s."),
    "boundary_swapped": _(
        "Longitude and latitude are swapped: the shape lies at longitude %(longitude)s, latitude %(latitude)s."
    ),
    "boundary_crosses_itself": _("The outline crosses itself or its own holes at %(where)s."),
    "area_needs_polygon": _("The boundary of an area must be a polygon; this is a %(found)s."),
    "road_needs_line": _("The course of a road must be a line; this is a %(found)s."),
    # redrawing
    "redrawing_empty": _("The plan neither ends nor begins a place."),
    "redrawing_in_the_past": _("The effective day %(day)s is past."),
    "redrawing_too_early": _("The redrawing takes effect on %(day)s, not before."),
    "redrawing_wrong_state": _("The redrawing is no longer planned."),
    "redrawing_missing": _("Say why the redrawing is called off."),
    "redrawing_not_there": _("There is no such redrawing."),
    "redrawing_names_twice": _("The plan names %(place)s twice."),
    "redrawing_place_not_there": _("The place %(place)s that is to end is not there on the effective day."),
    "redrawing_ends_before_beginning": _("The place %(place)s would end before it has begun."),
    "redrawing_no_successor": _("The place %(place)s ends without a successor; name one or say why there is none."),
    "redrawing_code_given_before": _("The code %(place)s was given before; a code is never given again."),
    "redrawing_name_unusable": _("The name “%(name)s” of %(place)s is missing, too long or damaged."),
    "redrawing_code_not_in_form": _("The code “%(place)s” does not have the form of the kind “%(kind)s”."),
    "redrawing_parent_not_there": _("The place in which %(place)s lies is not there on the effective day."),
    "redrawing_follows_what_stays": _("%(new)s cannot follow %(old)s, which does not end."),
    "redrawing_successor_not_there": _("%(new)s cannot follow %(old)s: it is not there after the effective day."),
    "redrawing_left_inside": _("%(place)s would be left inside %(outer)s, which ends; end it too."),
    "redrawing_boundary_unsound": _("The boundary of %(place)s cannot be used: %(why)s"),
    # questions
    "kind_unknown": _("There is no kind of place called “%(kind)s”."),
    "road_unknown": _("There is no road with the code “%(place)s” that has a course."),
}
