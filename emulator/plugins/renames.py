"""UpdateUser and UpdateGroup of IAM, which MiniStack 1.5.33 lacks: other names and paths.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
"""

from ministack.core.responses import get_account_id
from ministack.services import iam


def apply():
    iam._IAM_HANDLERS["UpdateUser"] = rename("User", iam._users, move_user)
    iam._IAM_HANDLERS["UpdateGroup"] = rename("Group", iam._groups, move_group)


def rename(kind, store, move):
    def handle(params):
        name = iam._p(params, f"{kind}Name")
        new = iam._p(params, f"New{kind}Name") or name
        if name not in store:
            return iam._error(404, "NoSuchEntity", f"The {kind.lower()} with name {name} cannot be found.", ns="iam")
        if new != name and new in store:
            return iam._error(409, "EntityAlreadyExists", f"{kind} with name {new} already exists.", ns="iam")
        entity = store.pop(name)
        path = iam._p(params, "NewPath") or entity["Path"]
        arn = f"arn:aws:iam::{get_account_id()}:{kind.lower()}{path}{new}"
        store[new] = {**entity, f"{kind}Name": new, "Path": path, "Arn": arn}
        if new != name:
            move(name, new)
        return iam._xml(200, f"Update{kind}Response", "", ns="iam")

    return handle


def move(store, name, new):
    if name in store:
        store[new] = store.pop(name)


def move_user(name, new):
    move(iam._user_inline_policies, name, new)
    move(iam._login_profiles, name, new)
    for group in iam._groups.values():
        group["Users"] = [new if user == name else user for user in group["Users"]]
    for store, owner in ((iam._login_profiles, "UserName"), (iam._access_keys, "UserName"), (iam._mfa_devices, "User")):
        for entry in store.values():
            if entry.get(owner) == name:
                entry[owner] = new


def move_group(name, new):
    move(iam._group_inline_policies, name, new)
