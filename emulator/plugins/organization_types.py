"""Types of AWS Organizations in CloudFormation, on MiniStack's own API: policies, OUs, and accounts.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Organizations.html
"""

import json

from calls import as_list, call
from ministack.services import organizations
from ministack.services.cloudformation import provisioners


def register():
    handlers, replacing = provisioners._RESOURCE_HANDLERS, provisioners._REPLACING_PROPERTIES
    handlers["AWS::Organizations::Policy"] = {"create": create_policy, "update": update_policy, "delete": delete_policy}
    replacing["AWS::Organizations::Policy"] = ("Type",)
    handlers["AWS::Organizations::OrganizationalUnit"] = {
        "create": create_unit, "update": update_unit, "delete": delete_unit}
    replacing["AWS::Organizations::OrganizationalUnit"] = ("ParentId",)
    handlers["AWS::Organizations::Account"] = {
        "create": create_account, "update": update_account, "delete": delete_account}
    replacing["AWS::Organizations::Account"] = ()


def api(action, payload, tolerate=""):
    return call("Organizations", organizations._DISPATCH[action], payload, tolerate)


def text_of(content):
    return content if isinstance(content, str) else json.dumps(content)


def policy_attributes(identifier):
    summary = api("DescribePolicy", {"PolicyId": identifier})["Policy"]["PolicySummary"]
    return identifier, {"Id": identifier, "Arn": summary["Arn"], "AwsManaged": "false"}


def create_policy(_logical_id, props, _stack):
    content = text_of(props["Content"])
    request = {"Name": props["Name"], "Type": props["Type"], "Description": props.get("Description", ""),
               "Content": content, "Tags": as_list(props.get("Tags"))}
    identifier = api("CreatePolicy", request)["Policy"]["PolicySummary"]["Id"]
    for target in as_list(props.get("TargetIds")):
        api("AttachPolicy", {"PolicyId": identifier, "TargetId": target})
    return policy_attributes(identifier)


def update_policy(identifier, old, props, _stack):
    api("UpdatePolicy", {"PolicyId": identifier, "Name": props["Name"], "Description": props.get("Description", ""),
                         "Content": text_of(props["Content"])})
    before, after = set(as_list(old.get("TargetIds"))), set(as_list(props.get("TargetIds")))
    for target in sorted(after - before):
        api("AttachPolicy", {"PolicyId": identifier, "TargetId": target})
    for target in sorted(before - after):
        api("DetachPolicy", {"PolicyId": identifier, "TargetId": target}, "PolicyNotAttached")
    return policy_attributes(identifier)


def delete_policy(identifier, props):
    for target in as_list(props.get("TargetIds")):
        api("DetachPolicy", {"PolicyId": identifier, "TargetId": target}, "Not")
    api("DeletePolicy", {"PolicyId": identifier}, "PolicyNotFound")


def create_unit(_logical_id, props, _stack):
    if any(one["_ParentId"] == props["ParentId"] and one["Name"] == props["Name"] for one in organizations._ous.values()):
        raise ValueError("DuplicateOrganizationalUnitException: An OU with the same name already exists.")
    unit = api("CreateOrganizationalUnit", {"ParentId": props["ParentId"], "Name": props["Name"],
                                            "Tags": as_list(props.get("Tags"))})["OrganizationalUnit"]
    return unit["Id"], {"Id": unit["Id"], "Arn": unit["Arn"]}


def update_unit(identifier, _old, props, _stack):
    organizations._ous[identifier] = {**organizations._ous[identifier], "Name": props["Name"]}
    return identifier, {"Id": identifier, "Arn": organizations._ous[identifier]["Arn"]}


def delete_unit(identifier, _props):
    if any(one.get("_ParentId") == identifier for one in organizations._accounts.values()):
        raise ValueError("OrganizationalUnitNotEmptyException: the organizational unit is not empty")
    api("DeleteOrganizationalUnit", {"OrganizationalUnitId": identifier}, "NotFound")


def create_account(_logical_id, props, _stack):
    if any(one["Email"].lower() == props["Email"].lower() for one in organizations._accounts.values()):
        raise ValueError("Account creation failed with reason [EMAIL_ALREADY_EXISTS]")
    account = api("CreateAccount", {"Email": props["Email"], "AccountName": props["AccountName"],
                                    "Tags": as_list(props.get("Tags"))})["CreateAccountStatus"]["AccountId"]
    move(account, props)
    record = organizations._accounts[account]
    return account, {"AccountId": account, "Arn": record["Arn"], "Status": record["Status"]}


def move(account, props):
    parents = as_list(props.get("ParentIds"))
    now = organizations._accounts[account]["_ParentId"]
    if parents and parents[0] != now:
        api("MoveAccount", {"AccountId": account, "SourceParentId": now, "DestinationParentId": parents[0]})


def update_account(account, old, props, _stack):
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-account.html
    if any(old.get(name) != props.get(name) for name in ("AccountName", "Email", "RoleName")):
        raise ValueError("To modify the account name or account email attributes, you must sign in as the root user")
    move(account, props)
    return account, {"AccountId": account, "Arn": organizations._accounts[account]["Arn"]}


def delete_account(account, _props):
    """CloudFormation closes an account whose resource is deleted without being retained."""
    api("CloseAccount", {"AccountId": account}, "AlreadyClosed")
