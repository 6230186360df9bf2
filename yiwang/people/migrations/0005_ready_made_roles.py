"""Role sets that come with the platform: data, to be changed by those who use them."""

from django.db import migrations

FRONT = "report visit"
SETS = {
    # Centre, grid head, grid worker, building head and household link.
    "four_level": [
        ("county_centre_officer", "综治中心值守员", "Centre duty officer",
         "report triage dispatch whistle check call_back assign_tasks see_numbers"),
        ("grid_head", "网格长", "Grid head", f"{FRONT} handle check whistle assign_tasks convene mediate see_numbers"),
        ("grid_worker", "网格员", "Grid worker", f"{FRONT} handle check mediate"),
        ("building_head", "楼栋长", "Building head", FRONT),
        ("household_link", "联户员", "Household link", FRONT),
    ],
    # Street, community, branch of the compound, group of the building, residents' group.
    "five_level": [
        ("street_branch_secretary", "街道党工委书记", "Street party secretary",
         "report approve supervise whistle assign_tasks convene see_numbers"),
        ("community_branch_secretary", "社区党组织书记", "Community party secretary",
         f"{FRONT} triage handle check whistle assign_tasks convene mediate publish see_numbers"),
        ("compound_branch_secretary", "小区党支部书记", "Compound branch secretary",
         f"{FRONT} handle check convene mediate"),
        ("building_group_leader", "楼栋党小组组长", "Building group leader", f"{FRONT} mediate"),
        ("residents_group_leader", "居民小组组长", "Residents' group leader", FRONT),
    ],
    "boards": [
        ("board_party_building", "党的建设岗", "Party building post", "report handle convene publish assign_tasks"),
        ("board_economy", "经济发展岗", "Economic development post", "report handle publish assign_tasks"),
        ("board_livelihood", "民生服务岗", "People's livelihood post", "report handle visit publish assign_tasks"),
        ("board_safety_law", "平安法治岗", "Safety and law post", "report handle mediate whistle assign_tasks"),
        ("board_head", "板块负责人", "Head of a board", "report handle approve supervise assign_tasks see_numbers"),
    ],
    "command_centre": [
        ("centre_clerk", "指挥中心受理员", "Command centre clerk",
         "report triage dispatch whistle check call_back see_numbers see_personal"),
        ("centre_head", "指挥中心主任", "Head of the command centre",
         "report triage dispatch whistle check call_back approve supervise assign_tasks publish see_numbers see_personal"),
    ],
    "departments": [
        ("department_handler", "部门经办人", "Department handler", "report handle"),
        ("department_head", "部门负责人", "Head of a department", "report handle approve see_numbers"),
    ],
    # Residents, community, street.
    "street_chiefs": [
        ("street_chief_street", "街道级街长", "Street chief, street level",
         "report check whistle supervise convene see_numbers"),
        ("street_chief_community", "社区级街长", "Street chief, community level", "report handle check whistle convene"),
        ("street_chief_residents", "居民级街长", "Street chief, residents' level", "report check"),
    ],
    "courtyard": [("courtyard_head", "院长", "Courtyard head", f"{FRONT} handle check convene mediate")],
    "leadership": [
        ("leader", "领导", "Leader", "report approve supervise convene see_numbers"),
        ("discipline_inspector", "纪检监察员", "Discipline inspector", "investigate publish see_numbers"),
    ],
    "administration": [
        ("county_administrator", "县级管理员", "County administrator", "administer draw_ground audit see_numbers"),
        ("platform_operator", "平台运维员", "Platform operator", "administer draw_ground audit see_numbers"),
    ],
}


def bring(apps, editor):
    role = apps.get_model("people", "Role")
    role.objects.bulk_create(
        role(code=code, name=name, name_en=name_en, role_set=role_set, duties=duties.split())
        for role_set, roles in SETS.items()
        for code, name, name_en, duties in roles
    )


def take_back(apps, editor):
    codes = [code for roles in SETS.values() for code, *_ in roles]
    apps.get_model("people", "Role").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0004_wall_for_sign_in")]
    operations = [migrations.RunPython(bring, take_back)]
