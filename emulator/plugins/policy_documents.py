"""The grammar and sizes of policies, as IAM and the services check them. MiniStack 1.5.33 checks a part of it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
import re

import limits
from ministack.core import iam_evaluator
from ministack.services import iam

KEYS = {"Sid", "Effect", "Action", "NotAction", "Principal", "NotPrincipal", "Resource", "NotResource", "Condition"}
PREFIXES = ("", "forallvalues:", "foranyvalue:")


def check(kind, props):
    """Fails with the words of the service about the first policy that it would refuse."""
    if kind == "AWS::IAM::Role":
        text = checked(props["AssumeRolePolicyDocument"], "trust")
        if size(text) > limits.TRUST_POLICY:
            refuse("Iam", f"Cannot exceed quota for ACLSizePerRole: {limits.TRUST_POLICY}, received {size(text)}")
    if kind == "AWS::IAM::ManagedPolicy":
        text = checked(props["PolicyDocument"], "identity")
        if size(text) > limits.MANAGED_POLICY:
            refuse("Iam", f"Cannot exceed quota for PolicySize: {limits.MANAGED_POLICY}, received {size(text)}")
    for entity, name, policies in inline_policies(kind, props):
        texts = {policy: checked(document, "identity") for policy, document in policies.items()}
        total = sum(map(size, {**stored(entity, name), **texts}.values()))
        if total > limits.INLINE_POLICIES[entity]:
            refuse("Iam", f"Maximum policy size of {limits.INLINE_POLICIES[entity]} bytes exceeded for {entity} {name}, "
                          f"received {total}")
    if kind in limits.RESOURCE_POLICIES:
        key, most = limits.RESOURCE_POLICIES[kind]
        if key in props:
            text = checked(props[key], "resource")
            if len(text) > most:
                refuse(kind.split("::")[1], f"The policy has {len(text)} characters, more than {most}.")


def inline_policies(kind, props):
    """Entities with the inline policies that a resource gives them."""
    own = {one["PolicyName"]: one["PolicyDocument"] for one in props.get("Policies") or []}
    entity = {"AWS::IAM::Role": "Role", "AWS::IAM::User": "User", "AWS::IAM::Group": "Group"}.get(kind)
    if entity and own:
        yield entity.lower(), props.get(f"{entity}Name", ""), own
    if kind in ("AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"):
        entity = kind.removeprefix("AWS::IAM::").removesuffix("Policy")
        yield entity.lower(), props[f"{entity}Name"], {props["PolicyName"]: props["PolicyDocument"]}
    if kind == "AWS::IAM::Policy":
        for entity in ("User", "Group", "Role"):
            for name in props.get(f"{entity}s") or []:
                yield entity.lower(), name, {props["PolicyName"]: props["PolicyDocument"]}


def stored(entity, name):
    if entity == "role":
        return (iam._roles.get(name) or {}).get("InlinePolicies", {})
    store = iam._user_inline_policies if entity == "user" else iam._group_inline_policies
    return store.get(name) or {}


def size(text):
    """IAM does not count white space."""
    return len(re.sub(r"\s", "", text))


def refuse(service, message):
    raise ValueError(f'Resource handler returned message: "{message} (Service: {service}, Status Code: 400)"')


def checked(document, kind):
    """The text of a policy that has no fault."""
    try:
        policy = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        policy = None
    fault = fault_of(policy, kind)
    if fault:
        refuse("Iam", f"{fault} (MalformedPolicyDocument)")
    return json.dumps(policy, separators=(",", ":"), ensure_ascii=False)


def fault_of(policy, kind):
    if not isinstance(policy, dict):
        return "The policy is not in the valid JSON format."
    unknown = sorted(policy.keys() - {"Version", "Id", "Statement"})
    if unknown:
        return f"Syntax errors in policy: {unknown[0]}"
    if policy.get("Version", "2008-10-17") not in ("2008-10-17", "2012-10-17"):
        return f"The policy must contain a valid version string, not {policy['Version']}"
    statements = listed(policy.get("Statement"))
    sids = [one["Sid"] for one in statements if isinstance(one, dict) and one.get("Sid")]
    if not statements:
        return "Syntax errors in policy: it has no Statement"
    if len(sids) != len(set(sids)):
        return f"Statement IDs (SID) in a single policy must be unique: {', '.join(sids)}"
    return next(filter(None, (statement_fault(one, kind) for one in statements)), None)


def statement_fault(statement, kind):
    unknown = sorted(statement.keys() - KEYS)
    if unknown:
        return f"Syntax errors in policy: {unknown[0]}"
    if statement.get("Effect") not in ("Allow", "Deny"):
        return f"Syntax errors in policy: Effect {statement.get('Effect')}"
    if kind == "identity" and not re.fullmatch(r"[A-Za-z0-9]*", statement.get("Sid", "")):
        return f"Statement IDs (SID) must be alpha-numeric: {statement['Sid']}"
    if ("Action" in statement) == ("NotAction" in statement):
        return "Policy statement must contain actions."
    for action in listed(statement.get("Action") or statement.get("NotAction")):
        if not re.fullmatch(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+", action):
            return f"Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: {action}"
        if kind == "trust" and not action.startswith("sts:"):
            return f"AssumeRole policy may only specify STS AssumeRole actions, not {action}"
    has_principal = "Principal" in statement or "NotPrincipal" in statement
    if kind == "identity" and has_principal:
        return "Policy document should not specify a principal."
    if kind != "identity" and not has_principal:
        return "Missing required field Principal"
    if kind == "trust" and "Resource" in statement:
        return "Has prohibited field Resource"
    resources = listed(statement.get("Resource") or statement.get("NotResource"))
    if kind == "identity" and not resources:
        return "Policy statement must contain resources."
    for resource in resources if kind == "identity" else []:
        if resource != "*" and not re.fullmatch(r"(arn|\*):.*", resource):
            return f'Resource {resource} must be in ARN format or "*".'
    for operator in statement.get("Condition") or {}:
        name = operator.lower().removesuffix("ifexists")
        if not any(name.removeprefix(prefix) in iam_evaluator._CONDITION_OPS for prefix in PREFIXES) and name != "null":
            return f"Invalid Condition type : {operator}."
    return None


def listed(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
