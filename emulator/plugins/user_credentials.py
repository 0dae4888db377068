"""Credentials of users besides passwords and access keys: SSH public keys for CodeCommit, and credentials for a
single service.

MiniStack 1.5.33 has neither. Like AWS: names, parameters, and the shapes of responses, from the botocore
service model of IAM, and at most two credentials for a service.

Simplified: nobody can sign in with them, keys are not parsed, and there are no pages or deletions.
"""

from xml.sax.saxutils import escape

from ministack.core.responses import AccountScopedDict, new_uuid, now_iso
from ministack.services import iam

_ssh_keys = AccountScopedDict()
_credentials = AccountScopedDict()


def apply():
    iam._IAM_HANDLERS["UploadSSHPublicKey"] = of_user(upload_ssh_key)
    iam._IAM_HANDLERS["ListSSHPublicKeys"] = of_user(list_ssh_keys)
    iam._IAM_HANDLERS["CreateServiceSpecificCredential"] = of_user(create_credential)
    iam._IAM_HANDLERS["ListServiceSpecificCredentials"] = list_credentials


def of_user(handler):
    def handle(params):
        name = iam._p(params, "UserName")
        if name not in iam._users:
            return iam._error(404, "NoSuchEntity", f"The user with name {name} cannot be found.")
        return handler(params, name)

    return handle


def new_id(prefix):
    return prefix + new_uuid().replace("-", "")[:17].upper()


def answer(action, inner):
    return iam._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>")


def elements(entry, *names):
    return "".join(f"<{name}>{escape(entry[name])}</{name}>" for name in names)


def members(element, entries, *names):
    inner = "".join(f"<member>{elements(entry, *names)}</member>" for entry in entries)
    return f"<{element}>{inner}</{element}><IsTruncated>false</IsTruncated>"


def upload_ssh_key(params, user):
    key = {
        "UserName": user, "SSHPublicKeyId": new_id("APKA"), "Fingerprint": new_uuid(), "Status": "Active",
        "SSHPublicKeyBody": iam._p(params, "SSHPublicKeyBody"), "UploadDate": now_iso(),
    }
    _ssh_keys[key["SSHPublicKeyId"]] = key
    return answer("UploadSSHPublicKey", f"<SSHPublicKey>{elements(key, *key)}</SSHPublicKey>")


def list_ssh_keys(_params, user):
    own = [key for key in _ssh_keys.values() if key["UserName"] == user]
    return answer("ListSSHPublicKeys", members(
        "SSHPublicKeys", own, "UserName", "SSHPublicKeyId", "Status", "UploadDate"))


def create_credential(params, user):
    service = iam._p(params, "ServiceName")
    if len([one for one in _credentials.values() if (one["UserName"], one["ServiceName"]) == (user, service)]) == 2:
        return iam._error(409, "LimitExceeded", "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2")
    one = {
        "UserName": user, "ServiceName": service, "Status": "Active", "CreateDate": now_iso(),
        "ServiceUserName": f"{user}-at-service", "ServiceSpecificCredentialId": new_id("ACCA"),
    }
    _credentials[one["ServiceSpecificCredentialId"]] = one
    shown = {**one, "ServicePassword": new_uuid()}
    return answer("CreateServiceSpecificCredential",
                  f"<ServiceSpecificCredential>{elements(shown, *shown)}</ServiceSpecificCredential>")


def list_credentials(params):
    user = None if iam._p(params, "AllUsers") == "true" else iam._p(params, "UserName")
    found = [one for one in _credentials.values() if user in (None, one["UserName"])]
    return answer("ListServiceSpecificCredentials", members(
        "ServiceSpecificCredentials", found, "UserName", "ServiceName", "Status", "CreateDate", "ServiceUserName",
        "ServiceSpecificCredentialId"))
