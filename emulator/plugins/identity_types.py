"""AWS::IAM::Group, UserToGroupAddition, SAMLProvider, OIDCProvider, RolePolicy, UserPolicy, and GroupPolicy,
which MiniStack 1.5.33 lacks.
"""

import json

from calls import as_list, call, documents
from ministack.core.responses import get_account_id
from ministack.services import iam
from ministack.services.cloudformation.provisioners import _physical_name


def group_create(logical_id, props, stack):
    name = props.get("GroupName") or free_name(_physical_name(stack, logical_id))
    call("Iam", iam._create_group, {"GroupName": name, "Path": props.get("Path") or "/"})
    try:
        group_reconcile(name, {}, props)
    except ValueError:
        group_delete(name, props)
        raise
    return group_attributes(name)


def free_name(name):
    """A generated name ends in random characters, so that it does not collide with a group that a deleted stack kept."""
    return next(free for free in (name, *(f"{name}{n}" for n in range(100))) if free not in iam._groups)


def group_update(name, old, new, _stack):
    group_reconcile(name, old, new)
    path = new.get("Path") or "/"
    group = iam._groups[name]
    if group["Path"] != path:
        group.update(Path=path, Arn=f"arn:aws:iam::{get_account_id()}:group{path}{name}")
    return group_attributes(name)


def group_reconcile(name, old, new):
    """Changes only attachments of the old or new template, so that others are kept."""
    before, after = set(as_list(old.get("ManagedPolicyArns"))), set(as_list(new.get("ManagedPolicyArns")))
    for arn in sorted(before - after):
        call("Iam", iam._detach_group_policy, {"GroupName": name, "PolicyArn": arn}, tolerate="NoSuchEntity")
    for arn in sorted(after - before):
        # MiniStack attaches any ARN. IAM rejects one without a policy.
        if not iam.policy_known(arn):
            raise ValueError(f"Policy {arn} does not exist or is not attachable. (Service: Iam, Status Code: 404)")
        call("Iam", iam._attach_group_policy, {"GroupName": name, "PolicyArn": arn})
    inline_before, inline_after = documents(old.get("Policies")), documents(new.get("Policies"))
    for policy in inline_before.keys() - inline_after.keys():
        call("Iam", iam._delete_group_policy, {"GroupName": name, "PolicyName": policy}, tolerate="NoSuchEntity")
    for policy, document in inline_after.items():
        call("Iam", iam._put_group_policy, {"GroupName": name, "PolicyName": policy, "PolicyDocument": document})


def group_delete(name, _props):
    if name not in iam._groups:
        return
    for arn in list(iam._groups[name].get("AttachedPolicies", [])):
        iam.detach_managed_policy(iam._groups[name], arn)
    call("Iam", iam._delete_group, {"GroupName": name})


def group_attributes(name):
    return name, {"Arn": iam._groups[name]["Arn"]}


def members_create(logical_id, props, stack):
    members_reconcile({}, props)
    return _physical_name(stack, logical_id), {}


def members_update(physical_id, old, new, _stack):
    members_reconcile(old, new)
    return physical_id, {}


def members_reconcile(old, new):
    before = {(old.get("GroupName"), user) for user in as_list(old.get("Users"))}
    after = {(new.get("GroupName"), user) for user in as_list(new.get("Users"))}
    for group, user in sorted(after - before):
        call("Iam", iam._add_user_to_group, {"GroupName": group, "UserName": user})
    for group, user in sorted(before - after):
        call("Iam", iam._remove_user_from_group, {"GroupName": group, "UserName": user}, tolerate="NoSuchEntity")


def members_delete(_physical_id, props):
    members_reconcile(props, {})


def saml_provider_create(logical_id, props, stack):
    name = props.get("Name") or _physical_name(stack, logical_id)
    call("Iam", iam._create_saml_provider, {"Name": name, "SAMLMetadataDocument": props["SamlMetadataDocument"]})
    return f"arn:aws:iam::{get_account_id()}:saml-provider/{name}", {}


def saml_provider_update(arn, _old, new, _stack):
    call("Iam", iam._update_saml_provider,
         {"SAMLProviderArn": arn, "SAMLMetadataDocument": new["SamlMetadataDocument"]})
    return arn, {}


def saml_provider_delete(arn, _props):
    call("Iam", iam._delete_saml_provider, {"SAMLProviderArn": arn}, tolerate="NoSuchEntity")


def inline_policy(entity, put, delete):
    """Handlers for an inline policy of one role, user, or group. `entity` is the property that names it.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-rolepolicy.html
    """
    def write(props):
        document = props.get("PolicyDocument", {})
        text = document if isinstance(document, str) else json.dumps(document)
        call("Iam", put, {entity: props[entity], "PolicyName": props["PolicyName"], "PolicyDocument": text})
        return f"{props['PolicyName']}|{props[entity]}", {}

    def remove(_physical_id, props):
        call("Iam", delete, {key: props[key] for key in (entity, "PolicyName")}, tolerate="NoSuchEntity")

    return {
        "create": lambda _logical_id, props, _stack: write(props),
        "update": lambda _physical_id, _old, new, _stack: write(new),
        "delete": remove,
    }


def provider_create(_logical_id, props, _stack):
    members = {
        f"{name}.member.{index}": value
        for name, values in (("ClientIDList", props.get("ClientIdList")), ("ThumbprintList", props.get("ThumbprintList")))
        for index, value in enumerate(as_list(values), 1)
    }
    call("Iam", iam._create_oidc_provider, {"Url": props["Url"], **members})
    arn = f"arn:aws:iam::{get_account_id()}:oidc-provider/{props['Url'].split('://', 1)[-1].rstrip('/')}"
    return provider_update(arn, {}, props, None)


def provider_update(arn, _old, new, _stack):
    iam._oidc_providers[arn].update(
        ClientIDList=as_list(new.get("ClientIdList")), ThumbprintList=as_list(new.get("ThumbprintList")),
        Tags=as_list(new.get("Tags")))
    return arn, {"Arn": arn}


def provider_delete(arn, _props):
    call("Iam", iam._delete_oidc_provider, {"OpenIDConnectProviderArn": arn}, tolerate="NoSuchEntity")
