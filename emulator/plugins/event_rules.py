"""EventBridge features for events of AWS services that MiniStack 1.5.33 lacks."""

import re

from ministack.services import eventbridge


FINDERS = {"aws.guardduty", "aws.securityhub"}
REPORTED = {"AWS API Call via CloudTrail", "CloudFormation Stack Status Change"}


def service_events():
    """Gap: no service publishes findings, calls or the status of stacks here, and PutEvents rejects AWS
    sources. Allows tests to put these events.
    """
    put = eventbridge._put_events

    def put_service_events(data, allow_aws_source=False):
        entries = data.get("Entries", [])
        known = all(one.get("Source") in FINDERS or one.get("DetailType") in REPORTED for one in entries)
        return put(data, allow_aws_source or known)

    eventbridge._put_events = put_service_events


def input_paths():
    """Gap: input transformer paths do not support an index such as [0]."""
    transform = eventbridge._apply_input_transformer

    def at(value, path):
        for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
            value = value[name] if name else value[int(index)]
        return value

    def transform_indexed(transformer, rule, view):
        paths = transformer.get("InputPathsMap", {})
        indexed = {name: at(view.event_with_detail(), path) for name, path in paths.items() if "[" in path}
        others = {name: path for name, path in paths.items() if name not in indexed}
        # Placeholders without a path are not changed.
        text = transform({**transformer, "InputPathsMap": others}, rule, view)
        return eventbridge._render_input_template(text, indexed)

    eventbridge._apply_input_transformer = transform_indexed
