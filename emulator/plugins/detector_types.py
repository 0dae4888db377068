"""AWS::Config::ConfigurationRecorder and DeliveryChannel, AWS::GuardDuty::Detector, AWS::SecurityHub::Hub, and
AWS::AccessAnalyzer::Analyzer.

MiniStack 1.5.33 has no handlers for them. It has the AWS Config API, but without the checks of AWS, which the
handlers add.
"""

import json

import account_settings
import organizations_api
import service_calls
from calls import call, is_true
from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    new_uuid,
    request_scope,
)
from ministack.services import config, s3
from ministack.services.cloudformation.provisioners import _physical_name


def refuse(message, service):
    raise ValueError(f'Resource handler returned message: "{message} (Service: {service}, Status Code: 400)"')


def recorder_create(logical_id, props, stack):
    name = props.get("Name") or _physical_name(stack, logical_id)
    if list(config._recorders.values()):
        refuse(f"Failed to put configuration recorder '{name}' because the maximum number of customer managed "
               "configuration recorders: 1 is reached.", "Config")
    return recorder_update(name, {}, props, stack)


def recorder_update(name, _old, props, _stack):
    role = props["RoleARN"]
    if not service_calls.assumes("config.amazonaws.com", role):
        refuse(f"The role {role} does not exist or AWS Config may not assume it.", "Config")
    group = props.get("RecordingGroup") or {}
    call("Config", config._put_configuration_recorder, {"ConfigurationRecorder": {
        "name": name,
        "roleARN": role,
        "recordingGroup": {
            "allSupported": is_true(group.get("AllSupported")),
            "includeGlobalResourceTypes": is_true(group.get("IncludeGlobalResourceTypes")),
        },
        "recordingMode": {"recordingFrequency": (props.get("RecordingMode") or {}).get("RecordingFrequency", "CONTINUOUS")},
    }})
    # On AWS, the recorder waits for a channel before it starts. Here, resources are created one after the
    # other.
    call("Config", config._start_configuration_recorder, {"ConfigurationRecorderName": name})
    arn = f"arn:aws:config:{get_region()}:{get_account_id()}:configuration-recorder/{name}/recorder"
    return name, {"ResourceARN": arn}


def recorder_delete(name, _props):
    config._recorders.pop(name, None)


def channel_create(logical_id, props, stack):
    name = props.get("Name") or _physical_name(stack, logical_id)
    if list(config._delivery_channels.values()):
        refuse(f"Failed to put delivery channel '{name}' because the maximum number of delivery channels: 1 is reached.",
               "Config")
    return channel_update(name, {}, props, stack)


def channel_update(name, _old, props, _stack):
    bucket, key = props["S3BucketName"], props.get("S3KmsKeyArn")
    if bucket not in s3._buckets:
        refuse(f"Cannot find a S3 bucket with an empty bucket name or with the name {bucket}.", "Config")
    service, source = "config.amazonaws.com", f"arn:aws:config:{get_region()}:{get_account_id()}:*"
    folder = "/".join(filter(None, (props.get("S3KeyPrefix"), "AWSLogs", get_account_id(), "Config")))
    if not service_calls.writes_logs(service, bucket, folder, source) or (
            key and not service_calls.uses_key(service, key, ("kms:GenerateDataKey", "kms:Decrypt"),
                                               {"aws:SourceArn": source})):
        refuse(f"Insufficient delivery policy to s3 bucket: {bucket}, unable to write to bucket, provided s3 key prefix "
               f"is 'null', provided kms key is '{key}'.", "Config")
    call("Config", config._put_delivery_channel, {"DeliveryChannel": {
        "name": name, "s3BucketName": bucket, **({"s3KmsKeyArn": key} if key else {})}})
    return name, {}


def channel_delete(name, _props):
    config._delivery_channels.pop(name, None)


# MiniStack has neither GuardDuty nor Security Hub. Of their APIs, there is what creates, reads, and deletes.
ONCE = AccountRegionScopedDict()


TAKEN = {
    "GuardDuty": "The request is rejected because a detector already exists for the current account.",
    "SecurityHub": "Account is already subscribed to Security Hub",
}


def once(service, identify):
    """A handler for resources that a Region can have only once. `identify` returns physical ID and
    attributes.
    """

    def create(_logical_id, props, _stack):
        if service in ONCE:
            refuse(TAKEN[service], service)
        ONCE[service] = (identify(), props)
        return ONCE[service][0]

    def update(_physical_id, _old, new, _stack):
        identity, _props = ONCE[service]
        ONCE[service] = (identity, new)
        return identity

    def delete(_physical_id, _props):
        ONCE.pop(service, None)

    return {"create": create, "update": update, "delete": delete}


def adopted(service, key):
    """An import handler, and the check for an existing resource to import."""
    def found(identifier):
        known = service in ONCE and ONCE[service][0][0] == identifier
        return None if known else f"{key} {identifier} was not found."

    return {"import": lambda _identifier: ONCE[service][0]}, ((key,), found)


# https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
async def guard_duty(method, path, _headers, body, _query):
    existing = ONCE["GuardDuty"][0][0] if "GuardDuty" in ONCE else None
    if (method, path) == ("GET", "/detector"):
        return answer({"detectorIds": [existing] if existing else []})
    if (method, path) == ("POST", "/detector"):
        if existing:
            return error_response_json("BadRequestException", TAKEN["GuardDuty"], 400)
        ONCE["GuardDuty"] = (detector(), {"Enable": json.loads(body)["enable"]})
        return answer({"detectorId": ONCE["GuardDuty"][0][0]})
    if not existing or path != f"/detector/{existing}":
        return error_response_json("BadRequestException", "The request is rejected because the input detectorId is not "
                                   "owned by the current account.", 400)
    if method == "DELETE":
        ONCE.pop("GuardDuty")
        return answer({})
    identity, props = ONCE["GuardDuty"]
    if method == "GET":
        role = f"arn:aws:iam::{get_account_id()}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty"
        # Those that a policy of the organization enables.
        features = [
            {"name": name.upper(), "status": "ENABLED", "managedBy": "GUARDDUTY_POLICY"}
            for name in props.get("Managed", []) if name != "foundational"
        ]
        status = "ENABLED" if is_true(props.get("Enable")) else "DISABLED"
        return answer({"status": status, "serviceRole": role, "features": features})
    if method == "POST":
        ONCE["GuardDuty"] = (identity, {**props, "Enable": json.loads(body).get("enable", props.get("Enable"))})
        return answer({})
    return error_response_json("UnknownOperationException", f"{method} {path} is not emulated", 404)


# https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html
async def security_hub(method, path, _headers, body, _query):
    existing = ONCE["SecurityHub"][0][0] if "SecurityHub" in ONCE else None
    if path != "/accounts":
        return error_response_json("UnknownOperationException", f"{method} {path} is not emulated", 404)
    if method == "POST":
        if existing:
            return error_response_json("ResourceConflictException", TAKEN["SecurityHub"], 409)
        ONCE["SecurityHub"] = (hub(), json.loads(body or "{}"))
        return answer({})
    if not existing:
        return error_response_json(
            "InvalidAccessException", f"Account {get_account_id()} is not subscribed to AWS Security Hub", 401)
    if method == "DELETE":
        ONCE.pop("SecurityHub")
        return answer({})
    props = ONCE["SecurityHub"][1]
    return answer({
        "HubArn": existing,
        "AutoEnableControls": props.get("AutoEnableControls", True),
        "ControlFindingGenerator": props.get("ControlFindingGenerator", "SECURITY_CONTROL"),
    })


def answer(content):
    return 200, {"Content-Type": "application/json"}, json.dumps(content).encode()


def detector():
    detector_id = new_uuid().replace("-", "")
    return detector_id, {"Id": detector_id}


def hub():
    arn = f"arn:aws:securityhub:{get_region()}:{get_account_id()}:hub/default"
    return arn, {"ARN": arn}


def analyzer_create(logical_id, props, stack):
    kind = props["Type"]
    if kind.startswith("ORGANIZATION") and not administers_analyzers():
        refuse("The account must be the management account of an organization or a delegated administrator.",
               "AccessAnalyzer")
    name = props.get("AnalyzerName") or _physical_name(stack, logical_id)
    status, _headers, body = account_settings.create_analyzer({"analyzerName": name, "type": kind})
    if status >= 400:
        refuse(json.loads(body)["message"], "AccessAnalyzer")
    return analyzer_update(json.loads(body)["arn"], {}, props, stack)


def administers_analyzers():
    account = get_account_id()
    manager = organizations_api.manager_of(account)
    if manager is None:
        return True
    with request_scope(manager, get_region()):
        return (account, "access-analyzer.amazonaws.com") in organizations_api._administrators


def analyzer_update(arn, _old, _new, _stack):
    return arn, {"Arn": arn}


def analyzer_delete(arn, _props):
    account_settings.delete_analyzer(arn.rsplit("/", 1)[-1])
