"""Settings of an account and its Regions that MiniStack 1.5.33 lacks.

Like AWS: names, parameters, and the shapes of responses and errors (from the botocore service models),
separate Regions, the defaults of a new account, and one analyzer of a type per Region.

Simplified: the Regions are those that the caller enables. Changes take effect immediately. Only enumerated
values are checked. Nothing obeys the settings, so a blocked snapshot can be shared. Analyzers find nothing.
There are no pages, dry runs, declarative policies, or client tokens.

Every call that writes a setting logs a line `write <Region> <action>`, so that tests can count them. To test
failures, the file `refused` contains lines `<Region> <action> [<fate> [<first>-[<last>]]]`. Such calls, by
default all of them, fail in this way.
"""

import asyncio
import collections
import json
import os
import re
from pathlib import Path

from ministack.core import lambda_runtime
from ministack.core.responses import (
    AccountRegionScopedDict, AccountScopedDict, error_response_json, get_account_id, get_region, now_iso,
)
from ministack.services import account, ec2, iam

REGIONS = os.environ["EMULATOR_REGIONS"].split()

# For each action: response element, the actions that set and unset it, the allowed values, its value if
# unset, and its value in a new account, which blocks public sharing of AMIs:
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
SWITCHES = {
    "GetEbsEncryptionByDefault": (
        "ebsEncryptionByDefault", "EnableEbsEncryptionByDefault", "DisableEbsEncryptionByDefault",
        ("true",), "false", "false"),
    "GetSerialConsoleAccessStatus": (
        "serialConsoleAccessEnabled", "EnableSerialConsoleAccess", "DisableSerialConsoleAccess",
        ("true",), "false", "false"),
    "GetSnapshotBlockPublicAccessState": (
        "state", "EnableSnapshotBlockPublicAccess", "DisableSnapshotBlockPublicAccess",
        ("block-all-sharing", "block-new-sharing"), "unblocked", "unblocked"),
    "GetImageBlockPublicAccessState": (
        "imageBlockPublicAccessState", "EnableImageBlockPublicAccess", "DisableImageBlockPublicAccess",
        ("block-new-sharing",), "unblocked", "block-new-sharing"),
}
METADATA_DEFAULTS = {
    "HttpTokens": "no-preference", "HttpPutResponseHopLimit": "-1", "HttpEndpoint": "no-preference",
    "InstanceMetadataTags": "no-preference", "HttpTokensEnforced": "no-preference",
}
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
CONTACT = ("Name", "Title", "EmailAddress", "PhoneNumber", "AlternateContactType")

_of_region = AccountRegionScopedDict()
_analyzers = AccountRegionScopedDict()
_contacts = AccountScopedDict()
_s3_blocks = AccountScopedDict()


def apply():
    from ministack import app

    ec2._AWS_REGIONS = [(region, "opt-in-not-required") for region in REGIONS]
    for get, switch in SWITCHES.items():
        switch_calls(get, *switch)
    ec2._ACTION_MAP["GetInstanceMetadataDefaults"] = get_metadata_defaults
    ec2._ACTION_MAP["ModifyInstanceMetadataDefaults"] = modify_metadata_defaults
    account._DISPATCH["/getAlternateContact"] = get_contact
    account._DISPATCH["/putAlternateContact"] = watched("PutAlternateContact", put_contact, error)
    account._DISPATCH["/deleteAlternateContact"] = watched("DeleteAlternateContact", delete_contact, error)
    app.SERVICE_HANDLERS["access-analyzer"] = analyzer_request
    s3_control(app)
    # MiniStack's own actions: networks and global services.
    for actions, store, refusal in (
        (("ModifyInstanceMetadataDefaults", "CreateDefaultVpc", "DeleteVpc", "DeleteSubnet", "DeleteInternetGateway",
          "DetachInternetGateway"), ec2._ACTION_MAP, ec2_error),
        (("UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy", "CreateAccountAlias", "DeleteAccountAlias"),
         iam._IAM_HANDLERS, lambda code, message, status: iam._error(status, code, message)),
    ):
        for action in actions:
            store[action] = watched(action, store[action], refusal)
    for service in ("ec2", "iam", "account", "access-analyzer"):
        app.SERVICE_HANDLERS[service] = patient(app.SERVICE_HANDLERS[service])


# Error code, message, and status, by fate. Two more fates are in `watched`, and one of reads in `closed`.
ERRORS = {
    "refuse": ("ValidationError", "{action} is refused in {region}", 400),
    "deny": ("AccessDenied", "{action} is denied in {region}", 403),
    "throttle": ("Throttling", "Rate exceeded by {action} in {region}", 400),
}
_met = collections.Counter()


class Hangs(BaseException):
    """A call without a response."""


def watched(action, handler, refusal):
    def handle(*args):
        region = get_region()
        print(f"write {region} {action}", flush=True)
        fate = fate_of(f"{region} {action}")
        if fate == "hang":
            raise Hangs
        if fate == "kill":
            # The function is killed after the call took effect, and before it gets the response.
            for worker in [one for pool in lambda_runtime._workers.values() for one in pool]:
                if worker._proc:
                    worker._proc.kill()
        if fate not in ERRORS:
            return handler(*args)
        code, message, status = ERRORS[fate]
        return refusal(code, message.format(action=action, region=region), status)

    return handle


def closed(action):
    """The refusal of a read in a Region that a policy of the organization closes, with EC2's words."""
    if fate_of(f"{get_region()} {action}") != "close":
        return None
    return ec2_error(
        "UnauthorizedOperation",
        f"You are not authorized to perform: ec2:{action} with an explicit deny in a service control policy", 403)


def fate_of(call):
    refused = Path("refused")
    for line in refused.read_text().splitlines() if refused.exists() else []:
        region, action, fate, numbers = [*line.split(), *("refuse", "1-")[len(line.split()) - 2:]]
        if f"{region} {action}" != call:
            continue
        _met[line] += 1
        first, last = numbers.split("-")
        if int(first) <= _met[line] <= int(last or _met[line]):
            return fate
    return None


def patient(handler):
    async def handle(*args):
        try:
            return await handler(*args)
        except Hangs:
            return await asyncio.Event().wait()

    return handle


def ec2_error(code, message, status):
    return ec2._error(code, message, status)


def error(code, message, status):
    return error_response_json(code, message, status, content_type="application/json")


def answer(body):
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def switch_calls(get, element, enable, disable, values, off, new):
    def respond(action):
        return ec2._xml(200, f"{action}Response", f"<{element}>{_of_region.get(get, new)}</{element}>")

    def turn_on(params):
        parameter = element[0].upper() + element[1:]
        value = ec2._p(params, parameter) if len(values) > 1 or parameter in params else values[0]
        if value not in values:
            return ec2_error("InvalidParameterValue", f"Value ({value}) for parameter {parameter} is invalid.", 400)
        _of_region[get] = value
        return respond(enable)

    def turn_off(_params):
        _of_region[get] = off
        return respond(disable)

    ec2._ACTION_MAP.update({
        get: lambda _params: closed(get) or respond(get),
        enable: watched(enable, turn_on, ec2_error),
        disable: watched(disable, turn_off, ec2_error),
    })


def get_metadata_defaults(_params):
    # Fields without a preference are absent.
    given = "".join(
        f"<{name[0].lower() + name[1:]}>{value}</{name[0].lower() + name[1:]}>"
        for name, unset in METADATA_DEFAULTS.items() if (value := _of_region.get(name, unset)) != unset)
    return ec2._xml(200, "GetInstanceMetadataDefaultsResponse", f"<accountLevel>{given}</accountLevel>")


def modify_metadata_defaults(params):
    for name in METADATA_DEFAULTS:
        if name in params:
            _of_region[name] = ec2._p(params, name)
    return ec2._xml(200, "ModifyInstanceMetadataDefaultsResponse", "<return>true</return>")


def get_contact(request):
    kind = request["AlternateContactType"]
    if kind not in _contacts:
        return error("ResourceNotFoundException", f"No contact of the inputted alternate contact type found: {kind}", 404)
    return answer({"AlternateContact": _contacts[kind]})


def put_contact(request):
    _contacts[request["AlternateContactType"]] = {key: request[key] for key in CONTACT}
    return answer({})


def delete_contact(request):
    found = get_contact(request)
    _contacts.pop(request["AlternateContactType"], None)
    return found if found[0] >= 400 else answer({})


async def analyzer_request(method, path, _headers, body, query):
    name = path.removeprefix("/analyzer").strip("/")
    if method == "GET" and not name:
        kinds = query.get("type") or []
        return answer({"analyzers": [one for one in _analyzers.values() if not kinds or one["type"] in kinds]})
    if method == "PUT" and not name:
        return watched("CreateAnalyzer", create_analyzer, error)(json.loads(body))
    if method == "DELETE" and name:
        return watched("DeleteAnalyzer", delete_analyzer, error)(name)
    if method == "POST" and path.strip("/") == "finding":
        return list_findings(json.loads(body))
    return error("UnknownOperationException", f"{method} {path} is not emulated", 404)


def list_findings(request):
    if not any(one["arn"] == request["analyzerArn"] for one in _analyzers.values()):
        return error("ResourceNotFoundException", f"Analyzer {request['analyzerArn']} was not found", 404)
    return answer({"findings": []})


def create_analyzer(request):
    name, kind = request["analyzerName"], request["type"]
    if name in _analyzers:
        return error("ConflictException", f"An analyzer named {name} already exists", 409)
    if any(one["type"] == kind for one in _analyzers.values()):
        return error("ServiceQuotaExceededException", f"Maximum number of {kind} analyzers was reached", 402)
    arn = f"arn:aws:access-analyzer:{get_region()}:{get_account_id()}:analyzer/{name}"
    _analyzers[name] = {"arn": arn, "name": name, "type": kind, "createdAt": now_iso(), "status": "ACTIVE"}
    return answer({"arn": arn})


def delete_analyzer(name):
    if _analyzers.pop(name, None) is None:
        return error("ResourceNotFoundException", f"Analyzer {name} was not found", 404)
    return answer({})


def s3_control(app):
    others = app._handle_s3_control_request

    async def handle(path, method, body, *args):
        if path != "/v20180820/configuration/publicAccessBlock":
            return await others(path, method, body, *args)
        if method == "PUT":
            return watched("PutPublicAccessBlock", put_s3_block, s3_error)(body.decode())
        if method == "DELETE":
            return watched("DeletePublicAccessBlock", delete_s3_block, s3_error)()
        return get_s3_block()

    app._handle_s3_control_request = patient(handle)


def s3_error(code, message, status):
    text = f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    return status, {"Content-Type": "application/xml"}, text.encode()


def get_s3_block():
    if "account" not in _s3_blocks:
        return s3_error("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", 404)
    flags = "".join(f"<{name}>{value}</{name}>" for name, value in _s3_blocks["account"].items())
    text = '<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">' \
        f"{flags}</PublicAccessBlockConfiguration>"
    return 200, {"Content-Type": "application/xml"}, text.encode()


def put_s3_block(text):
    given = dict(re.findall(r"<(\w+)>(true|false)</\1>", text))
    _s3_blocks["account"] = {name: given.get(name, "false") for name in BLOCKS}
    return 201, {}, b""


def delete_s3_block():
    _s3_blocks.pop("account", None)
    return 204, {}, b""
