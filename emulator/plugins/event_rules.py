"""EventBridge rule features for findings that MiniStack 1.5.33 lacks."""

import re

from ministack.services import eventbridge


def findings():
    """Gap: no service publishes findings here, and PutEvents rejects AWS sources. Allows tests to put
    findings.
    """
    put = eventbridge._put_events

    def put_findings(data, allow_aws_source=False):
        sources = {entry.get("Source") for entry in data.get("Entries", [])}
        return put(data, allow_aws_source or sources <= {"aws.guardduty", "aws.securityhub"})

    eventbridge._put_events = put_findings


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
