"""Makes PutLogEvents and FilterLogEvents match CloudWatch Logs."""

import base64
import bisect
import hashlib
import json
import os
import subprocess
import threading

from ministack.core.responses import error_response_json, json_response
from ministack.services import cloudwatch_logs as logs, lambda_svc

# "Each page returned can contain up to 1 MB of log events or up to 10,000 log events."
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
PAGE_EVENTS, PAGE_BYTES = 10_000, 1_048_576
# "A returned page might only be partially full, or even empty", with a nextToken. AWS does not document how
# much it searches per page. We search this many bytes, so that tests find callers that stop at an empty page.
SEARCH_BYTES = 4 * PAGE_BYTES
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
BATCH_EVENTS, BATCH_BYTES, EVENT_OVERHEAD = 10_000, 1_048_576, 26


def invalid(message):
    return error_response_json("InvalidParameterException", message, 400)


def put_log_events():
    """Gap: MiniStack accepts a batch of any size."""
    put = logs._put_log_events

    def put_batch(data):
        events = data.get("logEvents", [])
        size = sum(len(event.get("message", "").encode()) + EVENT_OVERHEAD for event in events)
        if len(events) > BATCH_EVENTS:
            return invalid("1 validation error detected: Value at 'logEvents' failed to satisfy constraint: "
                           f"Member must have length less than or equal to {BATCH_EVENTS}")
        if size > BATCH_BYTES:
            return invalid(f"Upload too large: {size} bytes exceeds limit of {BATCH_BYTES}")
        return put(data)

    logs._put_log_events = put_batch


class Evaluator:
    """The evaluator of emulator/filter-pattern.ts and event-pattern.ts, in a process that starts at the first request."""

    def __init__(self):
        self.lock, self.process = threading.Lock(), None

    def hits(self, pattern, messages):
        """Which messages match. A ValueError describes an invalid pattern."""
        return self.ask({"pattern": pattern, "messages": messages})["hits"]

    def ask(self, request):
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = self.start()
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the evaluator of filter patterns ended; the lines above say why")
        answer = json.loads(line)
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return answer

    @staticmethod
    def start():
        program = os.environ["EMULATOR_FILTER_PATTERNS"]
        # tsx is resolved from the folder of the program. The process runs in the emulator's process group and
        # with its pipe, so it ends with the emulator.
        return subprocess.Popen(["node", "--import", "tsx", program], cwd=os.path.dirname(program),
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)


EVALUATOR = Evaluator()


def function_streams():
    """Gap: in a shared log group, the stream name does not contain the function name."""
    # https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
    emit, lock = lambda_svc._emit_lambda_logs, threading.Lock()

    def emit_named(func, *args, **kwargs):
        config = func.get("config") or func
        group = (config.get("LoggingConfig") or {}).get("LogGroup")
        with lock:
            emit(func, *args, **kwargs)
            streams = logs._log_groups.get(group, {}).get("streams", {})
            for name in [name for name in streams if "/[" in name]:
                streams[name.replace("/[", f"/{config['FunctionName']}[")] = streams.pop(name)

    lambda_svc._emit_lambda_logs = emit_named


def matching(pattern, messages):
    if pattern.strip().startswith("{"):
        return EVALUATOR.hits(pattern, messages)
    # MiniStack handles term patterns; none of our filters has one.
    matches = logs._compile_filter_pattern(pattern)
    return [matches(message) for message in messages]


def filter_log_events():
    """Gap: in MiniStack, every event matches a JSON pattern, and events beyond one page are lost."""

    def filter_events(data):
        group = logs._log_groups.get(logs._resolve_log_group_name(data))
        if group is None:
            return logs_not_found("group", logs._resolve_log_group_name(data))
        limit = data.get("limit", PAGE_EVENTS)
        names, prefix = data.get("logStreamNames"), data.get("logStreamNamePrefix")
        if not 1 <= limit <= PAGE_EVENTS:
            return invalid(f"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: "
                           f"Member must have value between 1 and {PAGE_EVENTS}")
        if names and prefix:
            return invalid("logStreamNames and logStreamNamePrefix cannot both be given.")
        missing = [name for name in names or [] if name not in group["streams"]]
        if missing:
            return logs_not_found("stream", missing[0])
        chosen = names or [name for name in group["streams"] if name.startswith(prefix or "")]
        events = window(group["streams"], chosen, data.get("startTime", 0), data.get("endTime", float("inf")))
        try:
            position = read_token(data, events)
            found, position = page(events, position, limit, data.get("filterPattern") or "")
        except ValueError as problem:
            return invalid(str(problem))
        answer = {"events": found, "searchedLogStreams": []}
        if position < len(events):
            answer["nextToken"] = write_token(data, events, position)
        return json_response(answer)

    logs._filter_log_events = filter_events


def logs_not_found(kind, name):
    return error_response_json("ResourceNotFoundException", f"The specified log {kind} does not exist: {name}", 400)


def window(streams, names, first, last):
    """Events of all streams from `first` to `last`, inclusive, sorted by timestamp and then by arrival."""
    with logs._log_events_lock:
        events = [{**event, "logStreamName": name} for name in names for event in streams[name]["events"]
                  if first <= event["timestamp"] <= last]
    return sorted(events, key=lambda event: (event["timestamp"], event["ingestionTime"]))


def page(events, start, limit, pattern):
    """The matches of one page, and where the next page starts."""
    end, searched = start, 0
    while end < len(events) and searched < SEARCH_BYTES:
        searched += len(events[end]["message"].encode())
        end += 1
    found, size = [], 0
    hits = matching(pattern, [event["message"] for event in events[start:end]])
    for position, hit in zip(range(start, end), hits):
        if not hit:
            continue
        size += len(events[position]["message"].encode())
        if len(found) == limit or (found and size > PAGE_BYTES):
            return found, position
        found.append(events[position])
    return found, end


def write_token(data, events, position):
    """The timestamp of the last searched event and its position among those, so that late arrivals keep the
    token valid.
    """
    timestamp = events[position - 1]["timestamp"]
    before = bisect.bisect_left(events, timestamp, key=lambda event: event["timestamp"])
    return base64.urlsafe_b64encode(f"{question(data)}/{timestamp}/{position - before}".encode()).decode()


def read_token(data, events):
    if not data.get("nextToken"):
        return 0
    try:
        asked, timestamp, offset = base64.urlsafe_b64decode(data["nextToken"]).decode().split("/")
    except ValueError:
        asked = None
    if asked != question(data):
        raise ValueError("The specified nextToken is invalid.")
    before = bisect.bisect_left(events, int(timestamp), key=lambda event: event["timestamp"])
    return min(before + int(offset), len(events))


def question(data):
    """A token is valid only for the request that returned it."""
    rest = {key: value for key, value in data.items() if key not in ("nextToken", "limit")}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:16]
