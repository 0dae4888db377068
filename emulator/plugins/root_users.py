"""Root users: their credentials, central root access, and AssumeRoot with its task policies.

MiniStack 1.5.33 has none of them. Like AWS: the calls that each task policy allows, names and parameters, who may
call AssumeRoot, and how long a session lasts.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html

Simplified: the root user of an account is whoever signs with the account's ID as access key, and has no credentials
until it creates them, like that of an account made by Organizations. Only calls of IAM are limited; sessions that
unlock a bucket or a queue may call that service as they like. Delegated administrators of IAM are not known, and
policies of the organization bind nobody.
"""

import re
import time
from urllib.parse import parse_qs

from ministack.core.responses import AccountScopedDict, get_account_id, new_uuid, now_iso
from ministack.core.router import extract_access_key_id
from ministack.services import iam, organizations, sts

LISTS = {"ListAccessKeys", "ListSigningCertificates", "GetLoginProfile", "ListMFADevices", "GetUser",
         "GetAccessKeyLastUsed"}
TASKS = {
    "IAMAuditRootUserCredentials": LISTS | {"GetAccountSummary"},
    "IAMDeleteRootUserCredentials": LISTS | {
        "DeleteAccessKey", "DeleteSigningCertificate", "DeleteLoginProfile", "DeactivateMFADevice",
        "DeleteVirtualMFADevice"},
    "IAMCreateRootUserPassword": {"CreateLoginProfile", "GetLoginProfile"},
    "S3UnlockBucketPolicy": set(),
    "SQSUnlockQueuePolicy": set(),
}
FEATURES = {"RootCredentialsManagement", "RootSessions"}
# Of an account: its organization's features, or its root user's credentials.
_features = AccountScopedDict()
_root = AccountScopedDict()


def apply():
    from ministack import app

    build_report = iam._build_credential_report
    # Of root, the report has no date of a change or rotation, but of the last use.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    iam._build_credential_report = lambda: build_report().replace(
        ",not_supported,not_supported,", ",not_supported,no_information,", 1)

    handle_iam, handle_sts = app.SERVICE_HANDLERS["iam"], sts.handle_request

    async def check_iam(method, path, headers, body, query_params):
        params = params_of(body, query_params)
        action, key = iam._p(params, "Action"), extract_access_key_id(headers, query_params)
        session = sts._sessions.get(key) or {}
        task = session.get("RootTask")
        if task and action not in TASKS[task]:
            arn = f"arn:aws:iam::{get_account_id()}:root"
            return iam._error(403, "AccessDenied", f"User: {arn} is not authorized to perform: iam:{action}")
        is_root = task or (key and key.isdigit())
        if is_root and action in OF_ROOT and not iam._p(params, "UserName"):
            return OF_ROOT[action](params)
        status, response_headers, answer = await handle_iam(method, path, headers, body, query_params)
        if action == "GetAccountSummary" and status == 200:
            answer = with_root(answer)
        return status, response_headers, answer

    async def check_sts(method, path, headers, body, query_params):
        params = params_of(body, query_params)
        if sts._p(params, "Action") == "AssumeRoot":
            return assume_root(params, headers, query_params)
        return await handle_sts(method, path, headers, body, query_params)

    app.SERVICE_HANDLERS["iam"] = check_iam
    sts.handle_request = check_sts
    iam._IAM_HANDLERS["ListOrganizationsFeatures"] = list_features
    for action, feature, is_on in (
        ("EnableOrganizationsRootCredentialsManagement", "RootCredentialsManagement", True),
        ("DisableOrganizationsRootCredentialsManagement", "RootCredentialsManagement", False),
        ("EnableOrganizationsRootSessions", "RootSessions", True),
        ("DisableOrganizationsRootSessions", "RootSessions", False),
    ):
        iam._IAM_HANDLERS[action] = switch(action, feature, is_on)


def params_of(body, query_params):
    return {**dict(query_params), **parse_qs((body or b"").decode("utf-8", errors="replace"))}


# Central root access

def organization():
    return organizations._orgs.get("self")


def features(action):
    names = "".join(f"<member>{name}</member>" for name in sorted(FEATURES) if _features.get(name))
    return iam._xml(200, f"{action}Response", f"<{action}Result><OrganizationId>{organization()['Id']}</OrganizationId>"
                    f"<EnabledFeatures>{names}</EnabledFeatures></{action}Result>")


def list_features(_params):
    if not organization():
        return iam._error(400, "OrganizationNotFoundException", "The account is in no organization.")
    return features("ListOrganizationsFeatures")


def switch(action, feature, is_on):
    def handle(params):
        if not organization():
            return list_features(params)
        _features[feature] = is_on
        return features(action)

    return handle


def assume_root(params, headers, query_params):
    caller = sts._caller_identity(headers, query_params)
    target = sts._p(params, "TargetPrincipal").removeprefix("arn:aws:iam::").removesuffix(":root")
    policy, duration = sts._p(params, "TaskPolicyArn.arn"), int(sts._p(params, "DurationSeconds") or 900)
    task = policy.removeprefix("arn:aws:iam::aws:policy/root-task/")
    needed = "RootSessions" if "Unlock" in task else "RootCredentialsManagement"
    refused = f"User: {caller['userArn']} is not authorized to perform: sts:AssumeRoot on resource: " \
        f"arn:aws:iam::{target}:root"
    if task not in TASKS:
        return sts._error(400, "ValidationError", f"{policy} is not a task policy.", ns="sts")
    if duration > 900:
        return sts._error(400, "ValidationError", "1 validation error detected: Value at 'durationSeconds' failed to "
                          "satisfy constraint: Member must have value less than or equal to 900", ns="sts")
    is_member = organization() and target in organizations._accounts and target != get_account_id()
    if caller["userArn"].endswith(":root") or not is_member or not _features.get(needed):
        return sts._error(403, "AccessDenied", refused, ns="sts")
    key, secret, token = sts._gen_session_access_key(), sts._gen_secret(), sts._gen_session_token()
    sts.register_session(key, {
        "Arn": f"arn:aws:iam::{target}:root", "UserId": target, "SecretAccessKey": secret, "SessionToken": token,
        "Expiration": time.time() + duration, "AccountId": target, "PrincipalType": "Root", "RootTask": task,
    })
    return sts._xml(
        200, "AssumeRootResponse",
        f"<AssumeRootResult><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
        f"<SessionToken>{token}</SessionToken><Expiration>{sts._future(duration)}</Expiration></Credentials>"
        f"</AssumeRootResult>", ns="sts")


# Credentials of root

def entries(kind):
    if kind not in _root:
        _root[kind] = {}
    return _root[kind]


def answer(action, inner=""):
    return iam._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>")


def elements(entry):
    return "".join(f"<{name}>{value}</{name}>" for name, value in entry.items())


def missing(what):
    return iam._error(404, "NoSuchEntity", f"{what} of the root user cannot be found.")


def creates(action, kind, element, entry):
    def handle(params):
        made = entry(params)
        # Access keys, devices and certificates by their IDs; the only password as that of root.
        entries(kind)[next(iter(made.values()))] = made
        return answer(action, f"<{element}>{elements(made)}</{element}>")

    return handle


def lists(action, kind, element):
    def handle(_params):
        inner = "".join(
            f"<member>{elements({k: v for k, v in one.items() if k != 'SecretAccessKey'})}</member>"
            for one in entries(kind).values())
        return answer(action, f"<{element}>{inner}</{element}><IsTruncated>false</IsTruncated>")

    return handle


def deletes(action, kind, parameter):
    def handle(params):
        if entries(kind).pop(iam._p(params, parameter) if parameter else "root", None) is None:
            return missing(kind)
        return iam._xml(200, f"{action}Response", "")

    return handle


def get_login_profile(_params):
    if "root" not in entries("password"):
        return missing("The login profile")
    return answer("GetLoginProfile", f"<LoginProfile>{elements(entries('password')['root'])}</LoginProfile>")


def last_used(_params):
    return answer("GetAccessKeyLastUsed", "<UserName>&lt;root_account&gt;</UserName><AccessKeyLastUsed><Region>N/A</Region>"
                  "<ServiceName>N/A</ServiceName></AccessKeyLastUsed>")


def with_root(body):
    """Adds what the summary says about root. For MiniStack, a device of any user is one of root."""
    text = body.decode() if isinstance(body, bytes) else body
    for name, kind in (("AccountAccessKeysPresent", "keys"), ("AccountSigningCertificatesPresent", "certificates")):
        text = text.replace(f"<key>{name}</key><value>0<", f"<key>{name}</key><value>{int(bool(entries(kind)))}<")
    text = re.sub("(<key>AccountMFAEnabled</key><value>)[01]<", rf"\g<1>{int(bool(entries('devices')))}<", text)
    present = int("root" in entries("password"))
    return text.replace("<SummaryMap>", "<SummaryMap><entry><key>AccountPasswordPresent</key>"
                        f"<value>{present}</value></entry>").encode()


def root_key(_params):
    return {"AccessKeyId": f"AKIA{new_uuid().replace('-', '')[:16].upper()}", "Status": "Active", "UserName": "root",
            "SecretAccessKey": new_uuid(), "CreateDate": now_iso()}


OF_ROOT = {
    "CreateAccessKey": creates("CreateAccessKey", "keys", "AccessKey", root_key),
    "ListAccessKeys": lists("ListAccessKeys", "keys", "AccessKeyMetadata"),
    "DeleteAccessKey": deletes("DeleteAccessKey", "keys", "AccessKeyId"),
    "GetAccessKeyLastUsed": last_used,
    "CreateLoginProfile": creates(
        "CreateLoginProfile", "password", "LoginProfile",
        lambda _params: {"UserName": "root", "CreateDate": now_iso(), "PasswordResetRequired": "false"}),
    "GetLoginProfile": get_login_profile,
    "DeleteLoginProfile": deletes("DeleteLoginProfile", "password", None),
    "EnableMFADevice": creates(
        "EnableMFADevice", "devices", "MFADevice",
        lambda params: {"SerialNumber": iam._p(params, "SerialNumber"), "UserName": "root", "EnableDate": now_iso()}),
    "ListMFADevices": lists("ListMFADevices", "devices", "MFADevices"),
    "DeactivateMFADevice": deletes("DeactivateMFADevice", "devices", "SerialNumber"),
    "UploadSigningCertificate": creates(
        "UploadSigningCertificate", "certificates", "Certificate",
        lambda params: {"CertificateId": new_uuid().replace("-", "")[:24].upper(), "UserName": "root",
                        "Status": "Active", "CertificateBody": iam._p(params, "CertificateBody"),
                        "UploadDate": now_iso()}),
    "ListSigningCertificates": lists("ListSigningCertificates", "certificates", "Certificates"),
    "DeleteSigningCertificate": deletes("DeleteSigningCertificate", "certificates", "CertificateId"),
}
