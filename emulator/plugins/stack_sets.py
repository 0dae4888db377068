"""Service-managed StackSets: AWS::CloudFormation::StackSet and the calls that read and repeat their operations.

They deploy the template into the emulated member accounts, as AWS does: one stack for each account and Region, named
`StackSet-<name>-<UUID>`; never into the management account; accounts that join or move later get one, those that leave
keep it. Refused, as AWS does: StackSets without trusted access, from a member, a name that is taken, a template that is
too large. A member whose deployment fails is OUTDATED, and more failures than tolerated stop the operation.

`refuse("<account> StackInstance")` of emulator.ts makes a member fail.

Simplified: accounts are deployed four at a time, and operations of one StackSet wait for each other.
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html
"""

import concurrent.futures
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import account_settings
import organizations_api
from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region, new_uuid, now_iso, request_scope
from ministack.services import organizations
from ministack.services.cloudformation import handlers, provisioners, stacks

TYPE = "AWS::CloudFormation::StackSet"
LIMIT = 51200

_sets = AccountRegionScopedDict()
_lock = threading.RLock()


def apply():
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": create, "update": update, "delete": delete}
    provisioners._REPLACING_PROPERTIES[TYPE] = ("PermissionModel", "StackSetName")
    provisioners._STACK_TAG_PROPERTY[TYPE] = ("Tags", "list")
    # Operations wait for stacks of other accounts.
    others = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda kind: kind == TYPE or others(kind)
    for name in ("CreateAccount", "MoveAccount", "RemoveAccountFromOrganization"):
        organizations._DISPATCH[name] = then_deploy(organizations._DISPATCH[name])
    handlers._ACTION_HANDLERS.update(
        ListStackSets=list_stack_sets,
        DescribeStackSet=of_set(describe_stack_set),
        ListStackInstances=of_set(list_stack_instances),
        DescribeStackInstance=of_set(describe_stack_instance),
        ListStackSetOperations=of_set(list_operations),
        DescribeStackSetOperation=of_set(describe_operation),
        ListStackSetOperationResults=of_set(list_results),
        CreateStackInstances=of_set(create_stack_instances),
    )


# The resource


def create(_logical_id, props, _stack):
    refuse(props)
    name = props["StackSetName"]
    if name in _sets:
        raise ValueError(failure(f"The Name provided already exists: {name}"))
    stack_set = {"Id": f"{name}:{new_uuid()}", "Name": name, "Props": props, "Instances": {}, "Operations": []}
    _sets[name] = stack_set
    operation = operate(stack_set, "CREATE", targets(props))
    if operation["Status"] == "FAILED":
        # Its ID is known, so that the rollback deletes it. MiniStack only deletes what was created.
        delete(stack_set["Id"], props)
    finish(operation)
    return stack_set["Id"], {"StackSetId": stack_set["Id"]}


def update(physical_id, _old, props, _stack):
    refuse(props)
    stack_set = by_id(physical_id)
    stack_set["Props"] = props
    wanted = targets(props)
    gone = [key for key in stack_set["Instances"] if key not in wanted]
    finish(operate(stack_set, "DELETE", gone)) if gone else None
    finish(operate(stack_set, "UPDATE", wanted))
    return physical_id, {"StackSetId": physical_id}


def delete(physical_id, _props):
    stack_set = by_id(physical_id)
    if stack_set is None:
        return
    finish(operate(stack_set, "DELETE", list(stack_set["Instances"])))
    if stack_set["Instances"]:
        raise ValueError(failure("StackSet is not empty"))
    del _sets[stack_set["Name"]]


def by_id(physical_id):
    return next((one for one in _sets.values() if one["Id"] == physical_id), None)


def refuse(props):
    if props.get("PermissionModel") != "SERVICE_MANAGED":
        raise ValueError("the emulator has service-managed StackSets only")
    if len(props.get("TemplateBody", "").encode()) > LIMIT:
        raise ValueError(failure(
            "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have "
            f"length less than or equal to {LIMIT}"))
    if organizations_api.manager_of(get_account_id()) or not organizations_api.stack_sets_trusted():
        raise ValueError(failure("You must enable organizations access to operate a service managed stack set"))
    if props.get("AutoDeployment", {}).get("Enabled") is None:
        raise ValueError(failure("AutoDeployment is required for a service managed stack set"))


def failure(message):
    return (f'Resource handler returned message: "{message} (Service: CloudFormation, Status Code: 400, '
            f'Request ID: {new_uuid()})" (RequestToken: {new_uuid()}, HandlerErrorCode: InvalidRequest)')


def finish(operation):
    if operation["Status"] == "FAILED":
        raise ValueError(failure(f"StackSet operation {operation['Id']} failed: {operation['Reason']}"))


# Operations


def targets(props, filtered=True):
    """Accounts and Regions that the StackSet covers."""
    found = []
    for group in props.get("StackInstancesGroup", []):
        where = group["DeploymentTargets"]
        named = set(where.get("Accounts") or [])
        kind = where.get("AccountFilterType", "NONE") if filtered else "NONE"
        for account, record in organizations._accounts.items():
            if account == get_account_id() or not is_below(record, where["OrganizationalUnitIds"]):
                continue
            if (kind == "DIFFERENCE" and account in named) or (kind == "INTERSECTION" and account not in named):
                continue
            found += [(account, region) for region in group["Regions"]]
    return found


def is_below(record, units):
    parent = record.get("_ParentId")
    while parent:
        if parent in units:
            return True
        parent = (organizations._ous.get(parent) or {}).get("_ParentId")
    return False


def operate(stack_set, action, keys):
    """Deploys to, or deletes from, accounts, and returns the operation."""
    scope = get_account_id(), get_region()
    preferences = stack_set["Props"].get("OperationPreferences", {})
    with _lock:
        operation = {"Id": new_uuid(), "Action": action, "Status": "RUNNING", "Reason": "", "Created": now_iso(),
                     "Ended": None, "Results": {}}
        stack_set["Operations"].insert(0, operation)
        tolerated = preferences.get("FailureToleranceCount")
        if tolerated is None:
            tolerated = len(keys) * int(preferences.get("FailureTolerancePercentage", 0)) // 100

        def work(key):
            with request_scope(*scope):
                return run_one(stack_set, operation, action, key, int(tolerated))

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(work, keys))
        failed = [key for key, (status, _reason) in operation["Results"].items() if status == "FAILED"]
        operation["Status"] = "FAILED" if len(failed) > int(tolerated) else "SUCCEEDED"
        operation["Reason"] = "; ".join(operation["Results"][key][1] for key in failed)
        operation["Ended"] = now_iso()
        return operation


def run_one(stack_set, operation, action, key, tolerated):
    account, region = key
    failures = [one for one in operation["Results"].values() if one[0] == "FAILED"]
    if len(failures) > tolerated:
        operation["Results"][key] = "CANCELLED", "Cancelled since failure tolerance has exceeded"
        return
    instance = stack_set["Instances"].get(key)
    if action == "DELETE":
        reason = delete_stack(account, region, instance["StackName"])
        if reason is None:
            del stack_set["Instances"][key]
        operation["Results"][key] = ("FAILED", reason) if reason else ("SUCCEEDED", "")
        return
    if instance is None:
        instance = {"StackName": f"StackSet-{stack_set['Name']}-{new_uuid()}", "StackId": ""}
        stack_set["Instances"][key] = instance
    instance["Operation"] = operation["Id"]
    if organizations._accounts[account]["Status"] != "ACTIVE":
        instance.update(Status="OUTDATED", Detailed="SKIPPED_SUSPENDED_ACCOUNT", Reason="Account is suspended")
        operation["Results"][key] = "SUCCEEDED", ""
        return
    reason = deploy_stack(account, region, instance, stack_set["Props"])
    instance.update(
        Status="OUTDATED" if reason else "CURRENT", Detailed="FAILED" if reason else "SUCCEEDED", Reason=reason or "")
    operation["Results"][key] = ("FAILED", reason) if reason else ("SUCCEEDED", "")


def deploy_stack(account, region, instance, props):
    """Creates or updates the stack of a member, and returns why it failed."""
    if account_settings.fate_of(f"{account} StackInstance"):
        return (f"Account {account} should have 'stacksets-exec-*' role with trust relationship to "
                "CloudFormation service.")
    name = instance["StackName"]
    request = {"StackName": name, "TemplateBody": props["TemplateBody"]}
    for index, capability in enumerate(props.get("Capabilities", []), 1):
        request[f"Capabilities.member.{index}"] = capability
    for index, parameter in enumerate(props.get("Parameters", []), 1):
        request[f"Parameters.member.{index}.ParameterKey"] = parameter["ParameterKey"]
        request[f"Parameters.member.{index}.ParameterValue"] = parameter["ParameterValue"]
    tags = [tag for tag in props.get("Tags", []) if not tag["Key"].startswith("aws:")]
    for index, tag in enumerate(tags, 1):
        request[f"Tags.member.{index}.Key"], request[f"Tags.member.{index}.Value"] = tag["Key"], tag["Value"]
    status = status_of(account, region, name)
    if status == "ROLLBACK_COMPLETE":
        delete_stack(account, region, name)
        status = None
    error, _answer = call(account, region, "UpdateStack" if status else "CreateStack", request)
    if error and "No updates are to be performed" not in error:
        return error
    final = settle(account, region, name)
    _error, answer = call(account, region, "DescribeStacks", {"StackName": name})
    instance["StackId"] = text(answer, "StackId")
    if final in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return None
    return f"ResourceLogicalId:{first_failure(account, region, name)}"


def delete_stack(account, region, name):
    call(account, region, "DeleteStack", {"StackName": name})
    final = settle(account, region, name)
    return None if final in (None, "DELETE_COMPLETE") else f"Stack {name} is {final}"


def settle(account, region, name):
    while True:
        status = status_of(account, region, name)
        if status is None or not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(0.05)


def status_of(account, region, name):
    error, answer = call(account, region, "DescribeStacks", {"StackName": name})
    return None if error else text(answer, "StackStatus")


def first_failure(account, region, name):
    _error, answer = call(account, region, "DescribeStackEvents", {"StackName": name})
    for event in reversed([one for one in answer.iter() if one.tag.endswith("}member")]):
        if (text(event, "ResourceStatus") or "").endswith("_FAILED"):
            return (f"{text(event, 'LogicalResourceId')}, ResourceType:{text(event, 'ResourceType')}, "
                    f"ResourceStatusReason:{text(event, 'ResourceStatusReason')}")
    return "unknown"


def call(account, region, action, params):
    """Calls CloudFormation as a member: its account ID is the access key. Returns an error or the response."""
    body = urllib.parse.urlencode({"Action": action, "Version": "2010-05-15", **params}).encode()
    credential = f"Credential={account}/20260101/{region}/cloudformation/aws4_request"
    request = urllib.request.Request(f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/", body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0"})
    try:
        with urllib.request.urlopen(request) as response:
            return None, ElementTree.fromstring(response.read())
    except urllib.error.HTTPError as error:
        return text(ElementTree.fromstring(error.read()), "Message"), None


def text(element, name):
    return next((one.text for one in element.iter() if one.tag.rsplit("}")[-1] == name), None)


# Accounts that join or move


def then_deploy(handle):
    def handle_and_deploy(payload):
        response = handle(payload)
        if response[0] < 400:
            status = json.loads(response[2]).get("CreateAccountStatus", {})
            account = payload.get("AccountId") or status.get("AccountId")
            scope = get_account_id(), os.environ["MINISTACK_REGION"], account
            threading.Thread(target=auto_deploy, args=scope, daemon=True).start()
        return response

    return handle_and_deploy


def auto_deploy(manager, region, account):
    """For an account that joined, moved, or left. Account filters do not count:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html"""
    with request_scope(manager, region), _lock:
        for stack_set in list(_sets.values()):
            if str(stack_set["Props"]["AutoDeployment"].get("Enabled")).lower() != "true":
                continue
            wanted = [key for key in targets(stack_set["Props"], filtered=False) if key[0] == account]
            for key in [key for key in stack_set["Instances"] if key[0] == account and key not in wanted]:
                keeps = stack_set["Props"]["AutoDeployment"].get("RetainStacksOnAccountRemoval")
                if str(keeps).lower() == "true":
                    del stack_set["Instances"][key]
                else:
                    operate(stack_set, "DELETE", [key])
            new = [key for key in wanted if key not in stack_set["Instances"]]
            if new:
                operate(stack_set, "CREATE", new)


# Calls


def of_set(handler):
    def handle(params):
        name = handlers._p(params, "StackSetName")
        stack_set = _sets.get(name.split(":")[0])
        if stack_set is None:
            return handlers._error("StackSetNotFoundException", f"StackSet {name} not found", 404)
        return handler(params, stack_set)

    return handle


def answer(action, inner):
    return handlers._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>")


def fields(entries):
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in entries.items() if value not in (None, ""))


def summaries(entries):
    return f"<Summaries>{''.join(f'<member>{one}</member>' for one in entries)}</Summaries>"


def list_stack_sets(_params):
    return answer("ListStackSets", summaries(
        fields({"StackSetName": one["Name"], "StackSetId": one["Id"], "Status": "ACTIVE",
                "PermissionModel": "SERVICE_MANAGED"}) + auto_deployment(one)
        for one in _sets.values()))


def auto_deployment(stack_set):
    given = {name: str(value).lower() for name, value in stack_set["Props"]["AutoDeployment"].items()}
    return f"<AutoDeployment>{fields(given)}</AutoDeployment>"


def describe_stack_set(_params, one):
    units = [unit for group in one["Props"].get("StackInstancesGroup", [])
             for unit in group["DeploymentTargets"]["OrganizationalUnitIds"]]
    inner = fields({
        "StackSetName": one["Name"], "StackSetId": one["Id"], "Status": "ACTIVE", "PermissionModel": "SERVICE_MANAGED",
        "Description": one["Props"].get("Description"), "TemplateBody": one["Props"]["TemplateBody"],
        "StackSetARN": f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:stackset/{one['Id']}"})
    ids = "".join(f"<member>{unit}</member>" for unit in units)
    return answer("DescribeStackSet",
                  f"<StackSet>{inner}{auto_deployment(one)}<OrganizationalUnitIds>{ids}</OrganizationalUnitIds></StackSet>")


def instance_fields(stack_set, key):
    account, region = key
    one = stack_set["Instances"][key]
    return fields({
        "StackSetId": stack_set["Id"], "Account": account, "Region": region, "StackId": one["StackId"],
        "Status": one.get("Status", "OUTDATED"), "StatusReason": one.get("Reason"), "DriftStatus": "NOT_CHECKED",
        "OrganizationalUnitId": organizations._accounts[account]["_ParentId"], "LastOperationId": one.get("Operation"),
    }) + f"<StackInstanceStatus>{fields({'DetailedStatus': one.get('Detailed', 'PENDING')})}</StackInstanceStatus>"


def list_stack_instances(params, stack_set):
    account = handlers._p(params, "StackInstanceAccount")
    keys = [key for key in stack_set["Instances"] if account in ("", key[0])]
    return answer("ListStackInstances", summaries(instance_fields(stack_set, key) for key in keys))


def describe_stack_instance(params, stack_set):
    key = handlers._p(params, "StackInstanceAccount"), handlers._p(params, "StackInstanceRegion")
    if key not in stack_set["Instances"]:
        return handlers._error("StackInstanceNotFoundException", f"Stack instance not found: {key}", 404)
    return answer("DescribeStackInstance", f"<StackInstance>{instance_fields(stack_set, key)}</StackInstance>")


def operation_fields(one):
    return fields({"OperationId": one["Id"], "Action": one["Action"], "Status": one["Status"],
                   "CreationTimestamp": one["Created"], "EndTimestamp": one["Ended"], "StatusReason": one["Reason"]})


def list_operations(_params, stack_set):
    return answer("ListStackSetOperations", summaries(operation_fields(one) for one in stack_set["Operations"]))


def operation_of(params, stack_set):
    wanted = handlers._p(params, "OperationId")
    return next((one for one in stack_set["Operations"] if one["Id"] == wanted), None)


def describe_operation(params, stack_set):
    one = operation_of(params, stack_set)
    if one is None:
        return handlers._error("OperationNotFoundException", "The operation does not exist", 404)
    return answer("DescribeStackSetOperation", f"<StackSetOperation>{operation_fields(one)}</StackSetOperation>")


def list_results(params, stack_set):
    one = operation_of(params, stack_set)
    if one is None:
        return handlers._error("OperationNotFoundException", "The operation does not exist", 404)
    return answer("ListStackSetOperationResults", summaries(
        fields({"Account": account, "Region": region, "Status": status, "StatusReason": reason})
        for (account, region), (status, reason) in one["Results"].items()))


def create_stack_instances(_params, stack_set):
    """Like AWS, a repeated operation deploys to the instances that are outdated, and to accounts without one."""
    keys = [key for key in targets(stack_set["Props"])
            if stack_set["Instances"].get(key, {}).get("Status") != "CURRENT"]
    scope = get_account_id(), get_region()
    before = len(stack_set["Operations"])

    def work():
        with request_scope(*scope):
            operate(stack_set, "CREATE", keys)

    threading.Thread(target=work, daemon=True).start()
    while len(stack_set["Operations"]) == before:
        time.sleep(0.01)
    return answer("CreateStackInstances", fields({"OperationId": stack_set["Operations"][0]["Id"]}))
