"""AWS::CloudTrail::Trail, which MiniStack 1.5.33 lacks."""

import copy

from calls import call, is_true
from ministack.services import cloudtrail
from ministack.services.cloudformation.provisioners import _physical_name, _tag_map

TRAIL_TEXTS = ("S3BucketName", "S3KeyPrefix", "SnsTopicName", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")
TRAIL_SWITCHES = {
    "EnableLogFileValidation": False,
    "IncludeGlobalServiceEvents": True,
    "IsMultiRegionTrail": False,
    "IsOrganizationTrail": False,
}


def trail_request(name, props):
    """Sends every field, so that a property removed from the template returns to its default."""
    return {
        "Name": name,
        **{key: props.get(key) or "" for key in TRAIL_TEXTS},
        **{key: is_true(props.get(key, default)) for key, default in TRAIL_SWITCHES.items()},
        "KmsKeyId": props.get("KMSKeyId") or "",
    }


def trail_create(logical_id, props, stack):
    name = props.get("TrailName") or _physical_name(stack, logical_id)
    call("CloudTrail", cloudtrail._DISPATCH["CreateTrail"], trail_request(name, props))
    try:
        trail_reconcile(name, {}, props)
    except ValueError:
        trail_delete(name, props)
        raise
    return trail_attributes(name)


def trail_update(name, old, new, _stack):
    call("CloudTrail", cloudtrail._DISPATCH["UpdateTrail"], trail_request(name, new))
    trail_reconcile(name, old, new)
    return trail_attributes(name)


def trail_reconcile(name, old, new):
    for kind in ("EventSelectors", "AdvancedEventSelectors"):
        if new.get(kind):
            call("CloudTrail", cloudtrail._put_event_selectors, {"TrailName": name, kind: copy.deepcopy(new[kind])})
    if (old.get("EventSelectors") or old.get("AdvancedEventSelectors")) and not (
        new.get("EventSelectors") or new.get("AdvancedEventSelectors")
    ):
        selectors = copy.deepcopy(cloudtrail._DEFAULT_EVENT_SELECTORS)
        call("CloudTrail", cloudtrail._put_event_selectors, {"TrailName": name, "EventSelectors": selectors})
    # MiniStack has no PutInsightSelectors, so the trail only stores that it has some.
    cloudtrail._trails[name]["HasInsightSelectors"] = bool(new.get("InsightSelectors"))
    arn = cloudtrail._trails[name]["TrailARN"]
    before, after = _tag_map(old.get("Tags")), _tag_map(new.get("Tags"))
    call("CloudTrail", cloudtrail._remove_tags, {"ResourceId": arn, "TagsList": tag_list(before.keys() - after.keys())})
    call("CloudTrail", cloudtrail._add_tags, {"ResourceId": arn, "TagsList": [
        {"Key": key, "Value": value} for key, value in after.items()]})
    switch = cloudtrail._start_logging if is_true(new.get("IsLogging")) else cloudtrail._stop_logging
    if is_true(new.get("IsLogging")) != is_true(old.get("IsLogging")):
        call("CloudTrail", switch, {"Name": name})


def tag_list(keys):
    return [{"Key": key} for key in keys]


def trail_delete(name, _props):
    call("CloudTrail", cloudtrail._delete_trail, {"Name": name}, tolerate="TrailNotFound")


def trail_attributes(name):
    arn = cloudtrail._trails[name]["TrailARN"]
    return name, {"Arn": arn, "SnsTopicArn": cloudtrail._trails[name].get("SnsTopicARN", "")}
