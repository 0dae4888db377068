"""GuardDuty and Security Hub of an organization, which MiniStack 1.5.33 lacks: administrators, policies that enable them
in accounts, and calls that show where they are enabled.

Like AWS: names, parameters, and the shapes of responses and errors (from the botocore service models). Only the
management account chooses an administrator, which needs trusted access and is a member; GuardDuty has the same one in
each Region, and is enabled there. A policy enables a detector in every account below its targets, in those that join
later too, and in the management account only if its service-linked role exists. What is enabled stays so when the policy
is detached. The syntax of policies is checked.

Simplified: everything takes effect at once, and detectors find nothing. The last policy on the way down to an account
decides alone.
https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-organization-policies-how-it-works.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_security_hub_syntax.html
"""

import json
import re

import detector_types
import organizations_api
from account_settings import REGIONS, answer, error
from ministack.core.responses import AccountScopedDict, error_response_json, get_account_id, get_region, now_iso, request_scope
from ministack.services import iam, organizations

GUARDDUTY, SECURITY_HUB = "guardduty.amazonaws.com", "securityhub.amazonaws.com"
# MiniStack derives the names of service-linked roles from those of the services.
ROLES = {GUARDDUTY: "AWSServiceRoleForAmazonGuardDuty", "securityhubv2.amazonaws.com": "AWSServiceRoleForSecurityHubV2"}
PLANS = {"foundational", "s3_data_events", "eks_audit_logs", "ebs_malware_protection", "rds_login_events",
         "lambda_network_logs", "runtime_monitoring", "ai_protection"}
ASSIGN = "@@assign"

# Per management account: of GuardDuty by Region, of Security Hub by feature.
_guardduty = AccountScopedDict()
_security_hub = AccountScopedDict()


def apply():
    from ministack import app

    organizations._POLICY_TYPES += ("GUARDDUTY_POLICY",)
    app.SERVICE_HANDLERS["guardduty"] = guardduty_request
    app.SERVICE_HANDLERS["securityhub"] = security_hub_request
    iam._IAM_HANDLERS["CreateServiceLinkedRole"] = with_names(iam._IAM_HANDLERS["CreateServiceLinkedRole"])
    dispatch = organizations._DISPATCH
    for name in ("CreatePolicy", "UpdatePolicy"):
        dispatch[name] = with_syntax(dispatch[name])
    for name in ("AttachPolicy", "UpdatePolicy", "CreateAccount", "MoveAccount"):
        dispatch[name] = then_enable(dispatch[name])
    dispatch["DeregisterDelegatedAdministrator"] = then_forget(dispatch["DeregisterDelegatedAdministrator"])


def with_names(handle):
    def create_role(params):
        service = iam._p(params, "AWSServiceName")
        if service not in ROLES:
            return handle(params)
        name, given = ROLES[service], f"AWSServiceRoleFor{service.split('.')[0].capitalize()}"
        if name in iam._roles:
            return iam._error(400, "InvalidInput", f"Service role name {name} has been taken in this account, please "
                              "try a different suffix.")
        status, headers, body = handle(params)
        role = iam._roles.pop(given)
        iam._roles[name] = {**role, "RoleName": name, "Arn": role["Arn"].replace(given, name)}
        return status, headers, body.replace(given.encode(), name.encode())

    return create_role


# Policies


def with_syntax(handle):
    def handle_checked(payload):
        kind = payload.get("Type") or (organizations._policies.get(payload.get("PolicyId")) or {}).get("Type")
        content = payload.get("Content")
        if kind in SYNTAX and content and not SYNTAX[kind](json.loads(content)):
            return error_response_json(
                "MalformedPolicyDocumentException",
                "The provided policy document does not meet the requirements of the specified policy type.", 400)
        return handle(payload)

    return handle_checked


def is_guardduty_policy(content):
    enablement = content.get("guardduty", {}).get("enablement")
    if set(content) != {"guardduty"} or set(content["guardduty"]) != {"enablement"} or not enablement:
        return False
    return all(is_block(where, block) for where, block in enablement.items())


def is_block(where, block):
    if where != "default" and not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", where) or not set(block) <= PLANS:
        return False
    states = {name: feature.get("status", {}).get(ASSIGN) for name, feature in block.items()}
    enabled = {name for name, state in states.items() if state == "enabled"}
    return set(states.values()) <= {"enabled", "disabled"} and (not enabled or "foundational" in enabled)


def is_security_hub_policy(content):
    lists = content.get("securityhub", {})
    return set(content) == {"securityhub"} and {"enable_in_regions", "disable_in_regions"} <= set(lists) and all(
        isinstance(lists[name].get(ASSIGN), list) for name in ("enable_in_regions", "disable_in_regions"))


SYNTAX = {"GUARDDUTY_POLICY": is_guardduty_policy, "SECURITYHUB_POLICY": is_security_hub_policy}


def effective(account, kind):
    """The policy of the type that is closest to the account, or None."""
    roots = list(organizations._roots.values())
    if not any(one["Type"] == kind and one["Status"] == "ENABLED" for root in roots for one in root["PolicyTypes"]):
        return None
    target = account
    while target:
        for identifier, attached in organizations._attachments.items():
            if target in attached and organizations._policies[identifier]["Type"] == kind:
                return json.loads(organizations._policies[identifier]["_Content"])
        target = (organizations._accounts.get(target) or organizations._ous.get(target) or {}).get("_ParentId")
    return None


def then_enable(handle):
    """Enables what the policies of the organization ask for, where it is not yet enabled."""
    def handle_and_enable(payload):
        response = handle(payload)
        if response[0] < 400:
            for account in list(organizations._accounts):
                enable_in(account)
        return response

    return handle_and_enable


def enable_in(account):
    is_manager, roles = account == get_account_id(), set(iam._roles)
    guardduty, hub = effective(account, "GUARDDUTY_POLICY"), effective(account, "SECURITYHUB_POLICY")
    for region in REGIONS:
        with request_scope(account, region):
            if guardduty and not (is_manager and ROLES[GUARDDUTY] not in roles):
                blocks = guardduty["guardduty"]["enablement"]
                block = blocks.get(region) or blocks.get("default") or {}
                plans = sorted(name for name, one in block.items() if one["status"][ASSIGN] == "enabled")
                if "foundational" in plans:
                    enable_guardduty(plans)
            if hub and not (is_manager and ROLES["securityhubv2.amazonaws.com"] not in roles):
                lists = {name: one[ASSIGN] for name, one in hub["securityhub"].items() if ASSIGN in one}
                if covers(lists["enable_in_regions"], region) and not covers(lists["disable_in_regions"], region):
                    arn = f"arn:aws:securityhub:{region}:{account}:hubv2/default"
                    detector_types.ONCE.setdefault("SecurityHubV2", (arn, {"SubscribedAt": now_iso()}))


def covers(regions, region):
    return "ALL_SUPPORTED" in regions or region in regions


def enable_guardduty(plans):
    """An existing detector is adopted."""
    identity, props = detector_types.ONCE.get("GuardDuty") or (detector_types.detector(), {})
    managed = sorted({*props.get("Managed", []), *plans})
    detector_types.ONCE["GuardDuty"] = (identity, {**props, "Enable": True, "Managed": managed})


# Administrators


def then_forget(handle):
    """https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-remove-da.html"""
    def handle_and_forget(payload):
        response = handle(payload)
        if response[0] < 400 and payload.get("ServicePrincipal") == SECURITY_HUB:
            for feature in list(_security_hub):
                del _security_hub[feature]
        return response

    return handle_and_forget


def refused(account, principal):
    """Why an account cannot become the administrator of a service, or None."""
    if organizations_api.manager_of(get_account_id()) or not organizations._orgs:
        return "The request is rejected because the current account is not the management account."
    if principal not in organizations_api._trusted:
        return f"The request is rejected because trusted access for {principal} is not enabled."
    if account not in organizations._accounts:
        return "The request is rejected because the account is not a member of the organization."
    others = {one for one, service in organizations_api._administrators if service == principal} - {account}
    if others:
        return f"The request is rejected because {others.pop()} is already the delegated administrator."
    return None


async def guardduty_request(method, path, headers, body, query):
    refuse = lambda message: error("BadRequestException", message, 400)  # noqa: E731
    region, step = get_region(), f"{method} {path.rstrip('/')}"
    if path.startswith("/detector"):
        return await detector_types.guard_duty(method, path.rstrip("/"), headers, body, query)
    if organizations_api.manager_of(get_account_id()):
        return refuse("The request is rejected because the current account is not the management account.")
    if step == "GET /admin":
        ids = [_guardduty[region]] if region in _guardduty else []
        return answer({"adminAccounts": [{"adminAccountId": one, "adminStatus": "ENABLED"} for one in ids]})
    account = json.loads(body or b"{}").get("adminAccountId")
    if step == "POST /admin/enable":
        problem = refused(account, GUARDDUTY)
        if problem or _guardduty.get(region, account) != account:
            return refuse(problem or "The request is rejected because there is another administrator in this Region.")
        _guardduty[region] = account
        organizations_api._administrators[account, GUARDDUTY] = True
        with request_scope(account, region):
            enable_guardduty(["foundational"])
        return answer({})
    if step == "POST /admin/disable":
        if _guardduty.get(region) != account:
            return refuse("The request is rejected because the account is not the administrator in this Region.")
        del _guardduty[region]
        return answer({})
    return error("UnknownOperationException", f"{step} is not emulated", 404)


async def security_hub_request(method, path, headers, body, query):
    refuse = lambda message: error("InvalidInputException", message, 400)  # noqa: E731
    step = f"{method} {path.rstrip('/')}"
    if path == "/accounts":
        return await detector_types.security_hub(method, path, headers, body, query)
    if step == "GET /hubv2":
        found = detector_types.ONCE.get("SecurityHubV2")
        if found is None:
            return error("ResourceNotFoundException", "Account is not subscribed to Security Hub", 404)
        return answer({"HubV2Arn": found[0], **found[1]})
    if organizations_api.manager_of(get_account_id()):
        return error("InvalidAccessException", "Account is not the management account of an organization", 401)
    if step == "GET /organization/admin":
        feature = (query.get("Feature") or ["SecurityHub"])[0]
        ids = [_security_hub[feature]] if feature in _security_hub else []
        return answer({"Feature": feature, "AdminAccounts": [{"AccountId": one, "Status": "ENABLED"} for one in ids]})
    request = json.loads(body or b"{}")
    account, feature = request.get("AdminAccountId"), request.get("Feature") or "SecurityHub"
    if step == "POST /organization/admin/enable":
        problem = refused(account, SECURITY_HUB)
        if problem:
            return refuse(problem)
        _security_hub[feature] = account
        organizations_api._administrators[account, SECURITY_HUB] = True
        return answer({"AdminAccountId": account, "Feature": feature})
    if step == "POST /organization/admin/disable":
        if _security_hub.get(feature) != account:
            return refuse("The account is not the administrator")
        del _security_hub[feature]
        return answer({})
    return error("UnknownOperationException", f"{step} is not emulated", 404)
