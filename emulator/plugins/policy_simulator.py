"""SimulatePrincipalPolicy with groups, context entries, and permissions boundaries; GetContextKeysForPrincipalPolicy;
and AWS managed policies and boundaries in GetAccountAuthorizationDetails.

MiniStack 1.5.33 ignores the context, lacks the second call, and lists customer managed policies only. AWS managed
policies that it does not know allow everything there; here they have AWS's own documents, from the file
EMULATOR_MANAGED_POLICIES, if it has them.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html

Simplified: no organization, no resource policies, no session policies, and one page. Like AWS, a request has only the
keys that it names: neither an address nor TLS.
"""

import json
import os
import re
from urllib.parse import quote
from xml.sax.saxutils import escape

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam

AWS_MANAGED = "arn:aws:iam::aws:policy/"


def apply():
    seed_managed_policies()
    iam._IAM_HANDLERS["SimulatePrincipalPolicy"] = simulate
    iam._IAM_HANDLERS["GetContextKeysForPrincipalPolicy"] = context_keys
    details = iam._IAM_HANDLERS["GetAccountAuthorizationDetails"]
    iam._IAM_HANDLERS["GetAccountAuthorizationDetails"] = lambda params: completed(details(params))


def seed_managed_policies():
    file = os.environ.get("EMULATOR_MANAGED_POLICIES", "")
    if not os.path.exists(file):
        return
    with open(file, encoding="utf-8") as recorded:
        documents = {name: json.dumps(policy["document"]) for name, policy in json.load(recorded).items()}
    make = iam._make_aws_managed_record

    def make_recorded(name, document, description=""):
        return make(name, documents.get(name.rsplit("/", 1)[-1], document), description)

    iam._make_aws_managed_record = make_recorded
    iam._aws_managed_policies.clear()
    iam._seed_aws_managed_policies()


class Context(iam_evaluator.EvalContext):
    """A request that has the keys of the simulation only."""


def resolve(key, ctx):
    return ctx.service_context.get(key.lower()) if isinstance(ctx, Context) else original(key, ctx)


original = iam_evaluator._resolve_condition_key
iam_evaluator._resolve_condition_key = resolve


def policies_of(arn):
    """The policies of a user, group, or role, by their names in an answer, and its permissions boundary."""
    kind, _, name = arn.split(":", 5)[5].partition("/")
    name = name.rsplit("/", 1)[-1]
    store = {"user": iam._users, "group": iam._groups, "role": iam._roles}[kind]
    entity = store.get(name)
    if entity is None:
        return None, None
    groups = [(n, g) for n, g in iam._groups.items() if kind == "user" and name in g.get("Users", [])]
    inline = entity.get("InlinePolicies") if kind == "role" else (
        iam._user_inline_policies if kind == "user" else iam._group_inline_policies).get(name)
    found = [(f"{kind}_{name}_{policy}", document) for policy, document in (inline or {}).items()]
    for group, _ in groups:
        found += [(f"group_{group}_{policy}", document)
                  for policy, document in (iam._group_inline_policies.get(group) or {}).items()]
    for policy in [arn for one in [entity, *(g for _, g in groups)] for arn in one.get("AttachedPolicies", [])]:
        found.append((policy.rsplit("/", 1)[-1], managed(policy)))
    boundary = entity.get("PermissionsBoundary")
    return [(n, parsed(d)) for n, d in found], parsed(managed(boundary)) if boundary else None


def managed(arn):
    return iam_evaluator._resolve_managed_policy_document(arn, get_account_id()) or "{}"


def parsed(document):
    return iam_evaluator.parse_policy_document(document)


def listed(params, name):
    values = []
    while value := iam._p(params, f"{name}.member.{len(values) + 1}"):
        values.append(value)
    return values


def simulate(params):
    arn = iam._p(params, "PolicySourceArn")
    policies, boundary = policies_of(arn)
    if policies is None:
        return iam._error(404, "NoSuchEntity", f"The entity {arn} cannot be found.")
    keys = {}
    while key := iam._p(params, f"ContextEntries.member.{len(keys) + 1}.ContextKeyName"):
        entry = f"ContextEntries.member.{len(keys) + 1}"
        values = listed(params, f"{entry}.ContextKeyValues")
        is_list = iam._p(params, f"{entry}.ContextKeyType").endswith("List")
        keys[key.lower()] = values if is_list else (values or [None])[0]
    results = "".join(
        result_of(Context(principal_arn=arn, principal_type="", principal_account=get_account_id(), action=action,
                          resource_arn=resource, region=get_region(), source_ip="", secure_transport=False,
                          service_context=keys), policies, boundary)
        for action in listed(params, "ActionNames") for resource in listed(params, "ResourceArns") or ["*"])
    return answer("SimulatePrincipalPolicy",
                  f"<EvaluationResults>{results}</EvaluationResults><IsTruncated>false</IsTruncated>")


def result_of(ctx, policies, boundary):
    def matching(effect):
        return [name for name, statements in policies
                if any(iam_evaluator._first_match(ctx, [with_variables(one, ctx)], effect) for one in statements)]

    def limited(effect):
        return boundary is not None and any(
            iam_evaluator._first_match(ctx, [with_variables(one, ctx)], effect) for one in boundary)

    denying, allowing = matching("Deny"), matching("Allow")
    within = boundary is None or (limited("Allow") and not limited("Deny"))
    if denying or limited("Deny"):
        decision, matched = "explicitDeny", denying
    elif allowing and within:
        decision, matched = "allowed", allowing
    else:
        decision, matched = "implicitDeny", []
    statements = "".join(f"<member><SourcePolicyId>{escape(name)}</SourcePolicyId>"
                         "<SourcePolicyType>IAM Policy</SourcePolicyType></member>" for name in matched)
    detail = "" if boundary is None else (
        "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>"
        f"{str(within).lower()}</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>")
    return (f"<member><EvalActionName>{escape(ctx.action)}</EvalActionName>"
            f"<EvalResourceName>{escape(ctx.resource_arn)}</EvalResourceName><EvalDecision>{decision}</EvalDecision>"
            f"<MatchedStatements>{statements}</MatchedStatements><MissingContextValues/>{detail}</member>")


def with_variables(statement, ctx):
    """Puts values of the request into resources and conditions. A statement without a value does not match."""
    def put(value):
        if isinstance(value, dict):
            return {key: put(one) for key, one in value.items()}
        if isinstance(value, list):
            return [put(one) for one in value]
        return re.sub(VARIABLE, lambda found: str(ctx.service_context.get(found.group(1).lower(), found.group(0))),
                      str(value))

    return iam_evaluator.ParsedStatement(
        sid=statement.sid, effect=statement.effect, actions=statement.actions, not_actions=statement.not_actions,
        resources=put(statement.resources), not_resources=put(statement.not_resources),
        conditions=put(statement.conditions))


VARIABLE = r"\$\{([\w:/.-]+)\}"


def context_keys(params):
    policies, boundary = policies_of(iam._p(params, "PolicySourceArn"))
    if policies is None:
        return iam._error(404, "NoSuchEntity", "The entity cannot be found.")
    statements = [one for _, document in policies for one in document] + (boundary or [])
    names = {key for one in statements for keys in one.conditions.values() for key in keys}
    names |= {name for one in statements
              for name in re.findall(VARIABLE, json.dumps([one.resources, one.not_resources, one.conditions]))}
    inner = "".join(f"<member>{escape(name)}</member>" for name in sorted(names))
    return answer("GetContextKeysForPrincipalPolicy", f"<ContextKeyNames>{inner}</ContextKeyNames>")


def completed(response):
    """Adds the AWS managed policies that are attached, and the boundaries, which MiniStack leaves out."""
    status, headers, body = response
    text = body.decode() if isinstance(body, bytes) else body
    if "<Policies>" not in text:
        return response
    for element, store in (("User", iam._users), ("Role", iam._roles)):
        for name, entity in store.items():
            if boundary := entity.get("PermissionsBoundary"):
                shown = (f"<{element}Name>{name}</{element}Name>"
                         "<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>"
                         f"<PermissionsBoundaryArn>{boundary}</PermissionsBoundaryArn></PermissionsBoundary>")
                text = text.replace(f"<{element}Name>{name}</{element}Name>", shown)
    attached = sorted({arn for store in (iam._users, iam._groups, iam._roles) for one in store.values()
                       for arn in [*one.get("AttachedPolicies", []), one.get("PermissionsBoundary") or ""]
                       if arn.startswith(AWS_MANAGED)})
    shown = "".join(
        f"<member><PolicyName>{arn.rsplit('/', 1)[-1]}</PolicyName><Arn>{arn}</Arn>"
        "<DefaultVersionId>v1</DefaultVersionId><PolicyVersionList><member><VersionId>v1</VersionId>"
        f"<IsDefaultVersion>true</IsDefaultVersion><Document>{quote(managed(arn), safe='')}</Document>"
        "</member></PolicyVersionList></member>" for arn in attached)
    return status, headers, text.replace("</Policies><IsTruncated>", f"{shown}</Policies><IsTruncated>").encode()


def answer(action, inner):
    return iam._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>", ns="iam")
