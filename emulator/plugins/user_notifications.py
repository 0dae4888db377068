"""AWS User Notifications: AWS::Notifications::* and AWS::NotificationsContacts::EmailContact, the calls that
list hubs and contacts and activate a contact, GetResource of Cloud Control, and the delivery of e-mails.

MiniStack 1.5.33 has none of it. Like AWS, from the CloudFormation schemas and the botocore service models:
names and patterns; us-east-1 only; one source and one event type in a rule, ten rules in a configuration;
one hub in a Region, three in an account, and the last one stays; a contact receives nothing until somebody
sends its activation code. AWS documents neither whether a configuration needs a hub, nor what a second hub of
a Region answers; here, both are errors.

Simplified: codes do not expire. An e-mail is a line in the log, `mail <address> <text as JSON>`. Events come
from PutEvents, which here allows the sources of the rules.
"""

import json
import random
import re
import string
from urllib.parse import unquote

import botocore.session
import emails
from ministack.core.responses import (
    AccountScopedDict, error_response_json, get_account_id, get_region, json_response, now_iso)
from ministack.services import cloudcontrol, eventbridge
from ministack.services.cloudformation import changesets, provisioners

HOME = "us-east-1"
RULES, HUBS, CHANNELS = 10, 3, 50

_hubs = AccountScopedDict()
_configurations = AccountScopedDict()
_rules = AccountScopedDict()
_contacts = AccountScopedDict()
_channels = AccountScopedDict()


def register():
    handlers, replacing = provisioners._RESOURCE_HANDLERS, provisioners._REPLACING_PROPERTIES
    for name, create, update, delete, replaced in (
        ("Notifications::NotificationHub", hub_create, None, hub_delete, ("Region",)),
        ("Notifications::NotificationConfiguration", configuration_create, configuration_update,
         configuration_delete, ()),
        ("Notifications::EventRule", rule_create, rule_update, forget(_rules),
         ("EventType", "NotificationConfigurationArn", "Source")),
        ("Notifications::ChannelAssociation", channel_create, None, forget(_channels),
         ("Arn", "NotificationConfigurationArn")),
        ("NotificationsContacts::EmailContact", contact_create, None, contact_delete,
         ("EmailAddress", "Name", "Tags")),
    ):
        handlers[f"AWS::{name}"] = {
            "create": in_home(name, create), "delete": delete, **({"update": update} if update else {})}
        replacing[f"AWS::{name}"] = replaced
    handlers["AWS::Notifications::NotificationHub"]["import"] = lambda identifier: hub(identifier["Region"])
    changesets._IMPORT_LOOKUPS["AWS::Notifications::NotificationHub"] = (
        ("Region",), lambda region: None if region in _hubs else f"Notification hub {region} was not found.")


def apply():
    from ministack import app

    app.SERVICE_HANDLERS["notifications"] = notifications_request
    app.SERVICE_HANDLERS["notifications-contacts"] = contacts_request
    get = cloudcontrol._get_resource
    cloudcontrol._get_resource = lambda data: get_resource(data) or get(data)
    put = eventbridge._put_events

    def put_and_mail(data, allow_aws_source=False):
        entries = data.get("Entries", [])
        sources = {rule["Source"] for rule in _rules.values()}
        ours = bool(entries) and all(entry.get("Source") in sources for entry in entries)
        answer = put(data, allow_aws_source or ours)
        for entry in entries if ours else []:
            mail(entry)
        return answer

    eventbridge._put_events = put_and_mail


def fail(message, service="Notifications", status=400):
    raise ValueError(f'Resource handler returned message: "{message} (Service: {service}, Status Code: {status})"')


def in_home(name, create):
    def create_in_home(*args):
        if get_region() != HOME:
            raise ValueError(f"Unrecognized resource types: [AWS::{name}]")
        return create(*args)

    return create_in_home


def require(pattern, value, what):
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        fail(f"{what} failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}")


def forget(store):
    return lambda identity, _props: store.pop(identity, None)


def identifier():
    return "".join(random.choices(string.ascii_lowercase + string.digits, k=27))


def arn(service, resource):
    return f"arn:aws:{service}::{get_account_id()}:{resource}"


def regions():
    return botocore.session.get_session().get_available_regions("ec2")


def hub(region):
    return region, {"CreationTime": _hubs[region]}


def hub_create(_logical_id, props, _stack):
    region = props["Region"]
    if region not in regions():
        fail(f"Region {region} is not supported.")
    if region in _hubs:
        fail(f"Notification hub {region} already exists.", status=409)
    if len(_hubs) >= HUBS:
        fail("The maximum number of notification hubs was reached.", status=402)
    _hubs[region] = now_iso()
    return hub(region)


def hub_delete(region, _props):
    if region in _hubs and len(_hubs) == 1:
        fail("Cannot deregister last ACTIVE notification hub.", status=409)
    _hubs.pop(region, None)


def configuration_create(_logical_id, props, stack):
    if not _hubs:
        fail("The account has no notification hub.", status=409)
    if any(one["Name"] == props.get("Name") for one in _configurations.values()):
        fail(f"A notification configuration named {props['Name']} already exists.", status=409)
    return configuration_update(arn("notifications", f"configuration/{identifier()}"), {}, props, stack)


def configuration_update(identity, _old, props, _stack):
    require(r"[A-Za-z0-9_\-]{1,64}", props.get("Name"), "name")
    require(r"[^\x01-\x1f\x7f-\x9f]{0,256}", props.get("Description"), "description")
    require(r"LONG|SHORT|NONE", props.get("AggregationDuration", "LONG"), "aggregationDuration")
    _configurations[identity] = props
    return identity, {"Arn": identity, "CreationTime": now_iso(), "Status": "ACTIVE"}


def configuration_delete(identity, _props):
    _configurations.pop(identity, None)
    for store in (_rules, _channels):
        for one in [key for key, value in store.items() if value["NotificationConfigurationArn"] == identity]:
            store.pop(one)


def configuration_of(props):
    identity = props.get("NotificationConfigurationArn")
    if identity not in _configurations:
        fail(f"Notification configuration {identity} was not found.", status=404)
    return identity


def rule_create(_logical_id, props, stack):
    configuration = configuration_of(props)
    if sum(rule["NotificationConfigurationArn"] == configuration for rule in _rules.values()) >= RULES:
        fail("The maximum number of event rules of the notification configuration was reached.", status=402)
    return rule_update(f"{configuration}/rule/{identifier()}", {}, props, stack)


def rule_update(identity, _old, props, _stack):
    # One of each: neither takes a list.
    require(r"aws.[a-z0-9\-]{1,32}", props.get("Source"), "source")
    require(r"[a-zA-Z0-9 \-\(\)]{1,128}", props.get("EventType"), "eventType")
    require(r"(?s).{0,4096}", props.get("EventPattern", ""), "eventPattern")
    if props.get("EventPattern"):
        _alternatives, fault = eventbridge._parse_pattern_text(props["EventPattern"])
        if fault:
            fail(f"Event pattern is not valid. Reason: {fault}")
    unknown = sorted(set(props.get("Regions") or [""]) - set(regions()))
    if unknown:
        fail(f"Regions are not supported: {', '.join(unknown)}.")
    _rules[identity] = props
    return identity, {"Arn": identity, "CreationTime": now_iso()}


def contact_create(_logical_id, props, _stack):
    require(r".{1,248}@.{1,248}", props.get("EmailAddress"), "emailAddress")
    require(r"[\w\-.~]{1,64}", props.get("Name"), "name")
    identity = arn("notifications-contacts", f"emailcontact/{identifier()}")
    _contacts[identity] = {
        "arn": identity, "name": props["Name"], "address": props["EmailAddress"], "status": "inactive",
        "creationTime": now_iso(), "updateTime": now_iso(),
    }
    send_code(identity)
    return identity, {"Arn": identity}


def contact_delete(identity, _props):
    _contacts.pop(identity, None)
    for one in [key for key, value in _channels.items() if value["Arn"] == identity]:
        _channels.pop(one)


def channel_create(_logical_id, props, _stack):
    configuration, contact = configuration_of(props), props.get("Arn")
    if contact not in _contacts:
        fail(f"Channel {contact} was not found.", status=404)
    identity = f"{contact}|{configuration}"
    if identity in _channels:
        fail(f"Channel {contact} is already associated.", status=409)
    if sum(one["NotificationConfigurationArn"] == configuration for one in _channels.values()) >= CHANNELS:
        fail("The maximum number of channels of the notification configuration was reached.", status=402)
    _channels[identity] = props
    return identity, {}


def get_resource(data):
    """Properties as CloudFormation names them; None if the type is not one of these, or the resource is missing."""
    name, identity = data.get("TypeName", ""), data.get("Identifier")
    if get_region() != HOME:
        return None
    if name == "AWS::Notifications::NotificationHub" and identity in _hubs:
        properties = {"Region": identity, "CreationTime": _hubs[identity]}
    elif name == "AWS::NotificationsContacts::EmailContact" and identity in _contacts:
        contact = _contacts[identity]
        properties = {"EmailAddress": contact["address"], "Name": contact["name"], "Arn": identity,
                      "EmailContact": {"Address": contact["address"], "Name": contact["name"], "Arn": identity,
                                       "Status": contact["status"]}}
    else:
        store = {"AWS::Notifications::NotificationConfiguration": _configurations, "AWS::Notifications::EventRule": _rules,
                 "AWS::Notifications::ChannelAssociation": _channels}.get(name, {})
        if identity not in store:
            return None
        properties = {**store[identity]}
    return json_response({
        "TypeName": name, "ResourceDescription": {"Identifier": identity, "Properties": json.dumps(properties)}})


def send_code(identity):
    code = identifier()[:7]
    _contacts[identity]["code"] = code
    emails.write(
        _contacts[identity]["address"], "Activate this address",
        f"Activation code: {code}\nInstead of the page of AWS, this activates it:\n"
        f"aws notificationscontacts activate-email-contact --region us-east-1 --arn {identity} --code {code}")


def mail(entry):
    """The text of AWS is not documented; this is what it is about."""
    event = {"source": entry["Source"], "detail-type": entry.get("DetailType"), "detail": json.loads(entry["Detail"])}
    for rule in _rules.values():
        pattern = {"source": [rule["Source"]], "detail-type": [rule["EventType"]],
                   **json.loads(rule.get("EventPattern") or "{}")}
        if get_region() not in rule["Regions"] or not eventbridge._matches_pattern(json.dumps(pattern), {
                "Source": entry["Source"], "DetailType": entry.get("DetailType", ""), "Detail": entry["Detail"]}):
            continue
        configuration = _configurations[rule["NotificationConfigurationArn"]]
        for channel in _channels.values():
            contact = _contacts[channel["Arn"]]
            if channel["NotificationConfigurationArn"] == rule["NotificationConfigurationArn"] \
                    and contact["status"] == "active":
                emails.write(contact["address"], "AWS User Notifications", f"{configuration['Name']}: {event['detail-type']}, "
                      f"{event['detail'].get('eventName', '')} in {get_region()}")


def answer(body):
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


async def notifications_request(method, path, _headers, _body, _query):
    if (method, path) != ("GET", "/notification-hubs"):
        return error_response_json("UnknownOperationException", f"{method} {path} is not emulated", 404)
    return answer({"notificationHubs": [
        {"notificationHubRegion": region, "statusSummary": {"status": "ACTIVE", "reason": ""}, "creationTime": created}
        for region, created in _hubs.items()
    ]})


async def contacts_request(method, path, _headers, _body, _query):
    path = unquote(path)
    if (method, path) == ("GET", "/emailcontacts"):
        return answer({"emailContacts": [
            {key: value for key, value in contact.items() if key != "code"} for contact in _contacts.values()]})
    identity, _slash, rest = path.removeprefix("/2022-10-31").removeprefix("/emailcontacts/").partition("/activate/")
    contact = _contacts.get(identity)
    if not contact:
        return error_response_json("ResourceNotFoundException", f"Email contact {identity} was not found", 404)
    if (method, rest) == ("POST", "send"):
        send_code(identity)
        return answer({})
    if method != "PUT":
        return error_response_json("UnknownOperationException", f"{method} {path} is not emulated", 404)
    if rest != contact["code"]:
        return error_response_json("ValidationException", "The activation code is not valid", 400)
    contact.update(status="active", updateTime=now_iso())
    return answer({})
