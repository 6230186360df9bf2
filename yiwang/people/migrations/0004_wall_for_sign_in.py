"""What people sign in with is reached by the room's own acts only; posts are filled from inside their ground only."""

from django.db import migrations

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, inside_or_above, wall

POST_SEEN = "post_id IN (SELECT id FROM people_post)"
POST_INSIDE = f"post_id IN (SELECT id FROM people_post WHERE {inside('ground_id')})"
ROLE_SEEN = f"(county_id IS NULL OR {inside_or_above('county_id')})"
SEALED_AWAY = {"sees": EVERYWHERE_ONLY, "changes": EVERYWHERE_ONLY}


def without(raised: migrations.RunSQL) -> migrations.RunSQL:
    return migrations.RunSQL(raised.reverse_sql, raised.sql)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_sign_in_and_open_questions")]
    operations = [
        # A post is seen from below; that must not let anybody below fill it.
        without(wall("people_holding", sees=POST_SEEN, changes=POST_SEEN)),
        wall("people_holding", sees=POST_SEEN, changes=POST_INSIDE),
        wall("people_role", sees=ROLE_SEEN, changes=inside("county_id")),
        wall("people_openquestion", sees=inside("old_id"), changes=inside("old_id")),
        wall("people_token", sees=inside("ground_id"), changes=inside("ground_id")),
        wall("people_authenticator", **SEALED_AWAY),
        wall("people_recoverycode", **SEALED_AWAY),
        wall("people_session", **SEALED_AWAY),
    ]
