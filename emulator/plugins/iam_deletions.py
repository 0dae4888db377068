"""Deletes a user or a group only when nothing belongs to it any more, as IAM does.

MiniStack 1.5.33 checks access keys and attached policies of users. Like AWS: what must be gone, from
https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html and API_DeleteGroup.html. CloudFormation
deletes what it created in its own order, and is not checked.
"""

from ministack.services import iam


def apply():
    for kind, obstacles in (("User", of_user), ("Group", of_group)):
        action = f"Delete{kind}"
        iam._IAM_HANDLERS[action] = checked(iam._IAM_HANDLERS[action], f"{kind}Name", obstacles)


def checked(delete, parameter, obstacles):
    def handle(params):
        for is_there, first in obstacles(iam._p(params, parameter)):
            if is_there:
                return iam._error(409, "DeleteConflict", f"Cannot delete entity, must {first} first.", ns="iam")
        return delete(params)

    return handle


def of_user(name):
    yield any(name in group["Users"] for group in iam._groups.values()), "remove users from group"
    yield name in iam._login_profiles, "delete login profile"
    yield any(device["User"] == name for device in iam._mfa_devices.values()), "delete MFA device"
    yield iam._user_inline_policies.get(name), "delete policies"


def of_group(name):
    group = iam._groups.get(name, {})
    yield group.get("Users"), "remove users from group"
    yield iam._group_inline_policies.get(name), "delete policies"
    yield group.get("AttachedPolicies"), "detach all policies"
