"""Trust policies of roles: AssumeRole, AssumeRoleWithWebIdentity, and AssumeRoleWithSAML evaluate them, with their
conditions. MiniStack 1.5.33 evaluates them only if it checks every request, and lacks AssumeRoleWithSAML.

Like AWS: root assumes no role; a token needs a provider of its issuer with its audience in the account of the role;
tags of the session and a source identity need actions of their own; the duration has a maximum, of one hour for a
role that a role assumes. Keys of MFA are those of AssumeRole with a code, or of GetSessionToken with one before.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html

Simplified: signatures of tokens and assertions, and codes of MFA devices, are not checked. Nor are policies of the
caller: the trust policy decides alone.
"""

import base64
import json
import re
import time
import xml.etree.ElementTree as ElementTree
from urllib.parse import parse_qs, urlencode

from ministack.core import iam_evaluator
from ministack.core.responses import get_region
from ministack.core.router import extract_access_key_id
from ministack.services import iam, organizations, sts

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
CLAIMS = ("amr", "aud", "email", "oaud", "sub")
CLAIMS_OF_GITHUB = ("actor", "actor_id", "job_workflow_ref", "repository", "repository_id", "workflow", "ref",
                    "environment", "enterprise_id")
GITHUB = "token.actions.githubusercontent.com"

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
ATTRIBUTE = "https://aws.amazon.com/SAML/Attributes/"
# Attributes of eduPerson: .../id_roles_providers_create_saml_assertions.html#saml-attribute-mapping
KEYS_OF_PEOPLE = {
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": "saml:edupersonaffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.7": "saml:edupersonentitlement",
}
MFA_AT = "MfaAt"


class Refused(Exception):
    """An error that STS answers with."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.response = sts._error(status, code, message, ns="sts")


def apply():
    handle = sts.handle_request

    async def check(method, path, headers, body, query_params):
        params = {**dict(query_params), **parse_qs((body or b"").decode("utf-8", errors="replace"))}
        action = sts._p(params, "Action")
        assume = ASSUME.get(action)
        if assume is None and action != "GetSessionToken":
            return await handle(method, path, headers, body, query_params)
        try:
            if assume is None:
                return with_mfa(await handle(method, path, headers, body, query_params), params)
            shown = assume(params, headers, query_params)
        except Refused as refused:
            return refused.response
        if action == "AssumeRoleWithSAML":
            # The same answer as for a token, under its own names.
            body = urlencode({key: values[0] for key, values in params.items()} | {
                "Action": "AssumeRoleWithWebIdentity", "RoleSessionName": shown["RoleSessionName"]}).encode()
        status, response_headers, answer = await handle(method, path, headers, body, query_params)
        return status, response_headers, reworded(answer, action, shown)

    sts.handle_request = check


def assume_role(params, headers, query_params):
    caller = sts._caller_identity(headers, query_params)
    arn, account = caller["userArn"], caller["accountId"]
    role = role_of(params)
    if arn.endswith(":root"):
        raise Refused(403, "AccessDenied", "Roles may not be assumed by root accounts.")
    session = sts._sessions.get(extract_access_key_id(headers, query_params)) or {}
    by_role = ":assumed-role/" in arn
    check_duration(params, role, chained=by_role)
    keys = {
        "aws:userid": caller["userId"],
        "sts:externalid": sts._p(params, "ExternalId", None),
        "aws:principalorgid": organization_of(account),
        **mfa_keys(params, session),
    }
    if ":user/" in arn:
        keys["aws:username"] = arn.rsplit("/", 1)[-1]
    denied = f"User: {arn} is not authorized to perform: {{action}} on resource: {role['Arn']}"

    def names(principal):
        if iam_evaluator._principal_matches(principal, arn):
            return True
        # A session of a role is its role, too.
        named = principal.get("AWS", []) if isinstance(principal, dict) else []
        return by_role and role_arn_of(arn) in ([named] if isinstance(named, str) else named)

    evaluate(role, "sts:AssumeRole", names, context(arn, account, role, keys), params, denied)
    return {}


def assume_with_token(params, _headers, _query_params):
    role = role_of(params)
    account = role["Arn"].split(":")[4]
    claims = claims_of(sts._p(params, "WebIdentityToken"))
    issuer = str(claims.get("iss") or "")
    host = issuer.split("://", 1)[-1].rstrip("/")
    provider = f"arn:aws:iam::{account}:oidc-provider/{host}"
    known = iam._oidc_providers.get_scoped(account, None, provider)
    if known is None:
        raise Refused(400, "InvalidIdentityToken", f"No OpenIDConnect provider found in your account for {issuer}")
    audiences = claims.get("aud")
    audiences = audiences if isinstance(audiences, list) else [audiences]
    if not set(audiences) & set(known["ClientIDList"]):
        raise Refused(400, "InvalidIdentityToken", "Incorrect token audience")
    if "exp" not in claims or claims["exp"] <= time.time():
        raise Refused(400, "ExpiredTokenException", "Token expired: current date/time must be before the expiration")
    check_duration(params, role)
    checked = CLAIMS + (CLAIMS_OF_GITHUB if host == GITHUB else ())
    keys = {f"{host}:{claim}".lower(): claims[claim] for claim in checked if claim in claims}
    evaluate(role, "sts:AssumeRoleWithWebIdentity", federated(provider), context(provider, account, role, keys),
             params, "Not authorized to perform {action}")
    return {"SubjectFromWebIdentityToken": str(claims.get("sub", "")), "Audience": str(audiences[0]),
            "Provider": provider}


def assume_with_saml(params, _headers, _query_params):
    role = role_of(params)
    account = role["Arn"].split(":")[4]
    provider = sts._p(params, "PrincipalArn")
    if iam._saml_providers.get_scoped(account, None, provider) is None:
        raise Refused(400, "InvalidIdentityToken", "Specified provider doesn't exist")
    assertion = assertion_of(sts._p(params, "SAMLAssertion"))
    attributes = {
        one.get("Name"): [value.text or "" for value in one.iter(f"{SAML}AttributeValue")]
        for one in assertion.iter(f"{SAML}Attribute")
    }
    pairs = [set(value.replace(" ", "").split(",")) for value in attributes.get(f"{ATTRIBUTE}Role", [])]
    session_name = (attributes.get(f"{ATTRIBUTE}RoleSessionName") or [""])[0]
    if {role["Arn"], provider} not in pairs:
        raise Refused(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
    if not re.fullmatch(r"[\w+=,.@-]{2,64}", session_name, re.ASCII):
        raise Refused(400, "InvalidIdentityToken",
                      "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
    check_duration(params, role)
    name_id = next(assertion.iter(f"{SAML}NameID"), None)
    recipient = next(assertion.iter(f"{SAML}SubjectConfirmationData"), None)
    issuer = next(assertion.iter(f"{SAML}Issuer"), None)
    keys = {
        "saml:aud": recipient.get("Recipient") if recipient is not None else None,
        "saml:iss": issuer.text if issuer is not None else None,
        "saml:sub": name_id.text if name_id is not None else None,
        "saml:sub_type": (name_id.get("Format", "") if name_id is not None else "").rsplit(":", 1)[-1] or None,
    }
    for name, key in KEYS_OF_PEOPLE.items():
        if name in attributes:
            keys[key] = attributes[name]
    tags = {
        name[len(f"{ATTRIBUTE}PrincipalTag:"):]: values[0]
        for name, values in attributes.items() if name and name.startswith(f"{ATTRIBUTE}PrincipalTag:") and values
    }
    identity = (attributes.get(f"{ATTRIBUTE}SourceIdentity") or [None])[0]
    evaluate(role, "sts:AssumeRoleWithSAML", federated(provider), context(provider, account, role, keys),
             params, "Not authorized to perform {action}", tags=tags, source_identity=identity, name=session_name)
    return {
        "RoleSessionName": session_name, "Subject": keys["saml:sub"] or "",
        "SubjectType": keys["saml:sub_type"] or "", "Issuer": keys["saml:iss"] or "",
        "Audience": keys["saml:aud"] or "", **({"SourceIdentity": identity} if identity else {}),
    }


ASSUME = {
    "AssumeRole": assume_role,
    "AssumeRoleWithWebIdentity": assume_with_token,
    "AssumeRoleWithSAML": assume_with_saml,
}


def role_of(params):
    arn = sts._p(params, "RoleArn")
    _, invalid = sts._assumed_role_arn(arn, "session")
    role = None if invalid else iam._roles.get_scoped(arn.split(":")[4], None, arn.rsplit("/", 1)[-1])
    # AWS does not say whether a role exists.
    if role is None or role["Arn"] != arn:
        raise Refused(403, "AccessDenied", f"Not authorized to perform {'sts:' + sts._p(params, 'Action')}")
    return role


def role_arn_of(session_arn):
    """The ARN of the role of a session, which lacks the path."""
    _, _, _, _, account, resource = session_arn.split(":", 5)
    name = resource.split("/")[1]
    role = iam._roles.get_scoped(account, None, name)
    return role["Arn"] if role else ""


def context(arn, account, role, keys):
    kind = "AssumedRole" if ":assumed-role/" in arn else "User" if ":user/" in arn else ""
    return iam_evaluator.EvalContext(
        principal_arn=arn, principal_type=kind, principal_account=account, action="", resource_arn=role["Arn"],
        region=get_region(), service_context={key: value for key, value in keys.items() if value is not None})


def organization_of(account):
    """The organization that has the account as a member, or as its management account."""
    for management, member in list(organizations._accounts._data):
        if member == account:
            return organizations._orgs.get_scoped(management, None, "self")["Id"]
    return None


def federated(provider):
    def names(principal):
        named = principal.get("Federated", []) if isinstance(principal, dict) else []
        return principal == "*" or provider in ([named] if isinstance(named, str) else named)

    return names


def evaluate(role, action, names, ctx, params, denied, tags=None, source_identity=None, name=None):
    """Refuses unless the trust policy allows the action, and those that a tag or a source identity needs."""
    if tags is None:
        tags = {tag["Key"]: tag["Value"] for tag in sts._extract_tags(params)}
    source_identity = source_identity or sts._p(params, "SourceIdentity", None)
    ctx.request_tags, ctx.tag_keys = tags, list(tags)
    ctx.service_context["sts:rolesessionname"] = name or sts._p(params, "RoleSessionName", None)
    if source_identity:
        ctx.service_context["sts:sourceidentity"] = source_identity
    needed = [action] + (["sts:TagSession"] if tags else []) + (["sts:SetSourceIdentity"] if source_identity else [])
    for one in needed:
        ctx.action = one
        if not allows(role["AssumeRolePolicyDocument"], one, names, ctx):
            raise Refused(403, "AccessDenied", denied.format(action=one))


def allows(document, action, names, ctx):
    statements = (json.loads(document) if isinstance(document, str) else document).get("Statement", [])
    effects = set()
    for statement in [statements] if isinstance(statements, dict) else statements:
        actions, not_actions = statement.get("Action", []), statement.get("NotAction", [])
        if (
            iam_evaluator._action_matches(
                action,
                [actions] if isinstance(actions, str) else actions,
                [not_actions] if isinstance(not_actions, str) else not_actions)
            and names(statement.get("Principal", {}))
            and iam_evaluator._conditions_met(with_variables(statement.get("Condition", {}), ctx), ctx)
        ):
            effects.add(statement["Effect"])
    return "Allow" in effects and "Deny" not in effects


def with_variables(condition, ctx):
    """Puts the values of policy variables such as ${aws:username} into a condition. One without a value stays."""
    if isinstance(condition, dict):
        return {key: with_variables(value, ctx) for key, value in condition.items()}
    if isinstance(condition, list):
        return [with_variables(value, ctx) for value in condition]

    def value_of(variable):
        value = iam_evaluator._resolve_condition_key(variable.group(1), ctx)
        return value if isinstance(value, str) else variable.group(0)

    return re.sub(r"\$\{([\w:/.-]+)\}", value_of, str(condition))


def check_duration(params, role, chained=False):
    duration = int(sts._p(params, "DurationSeconds") or 3600)
    if chained and duration > 3600:
        raise Refused(400, "ValidationError",
                      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
    if duration > int(role.get("MaxSessionDuration") or 3600):
        raise Refused(400, "ValidationError",
                      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")


def mfa_keys(params, session):
    """Long-term keys without a code have no such key at all."""
    at = time.time() if sts._p(params, "TokenCode", None) else session.get(MFA_AT)
    if at is not None:
        return {"aws:multifactorauthpresent": "true", "aws:multifactorauthage": str(int(time.time() - at))}
    return {"aws:multifactorauthpresent": "false"} if session else {}


def with_mfa(response, params):
    """Remembers that a session was opened with a code."""
    _status, _headers, body = response
    text = body.decode() if isinstance(body, bytes) else body
    key = re.search(r"<AccessKeyId>(\w+)</AccessKeyId>", text)
    if key and sts._p(params, "TokenCode", None):
        sts._sessions[key.group(1)][MFA_AT] = time.time()
    return response


def claims_of(token):
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        claims = None
    if not isinstance(claims, dict):
        raise Refused(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT.")
    return claims


def assertion_of(text):
    try:
        return ElementTree.fromstring(base64.b64decode(text))
    except (ValueError, ElementTree.ParseError):
        raise Refused(400, "InvalidIdentityToken", "Invalid base64 SAMLResponse") from None


def reworded(body, action, shown):
    text = body.decode() if isinstance(body, bytes) else body
    text = text.replace("AssumeRoleWithWebIdentityRe", f"{action}Re") if action == "AssumeRoleWithSAML" else text
    for name in ("SubjectFromWebIdentityToken", "Audience", "Provider"):
        text = re.sub(f"<{name}>.*?</{name}>", "", text)
    added = "".join(f"<{name}>{sts.escape(value)}</{name}>" for name, value in shown.items() if name != "RoleSessionName")
    return text.replace(f"</{action}Result>", f"{added}</{action}Result>").encode()
