"""What CloudFormation and the services refuse, and what they accept although it would not work.

Properties are checked before a resource is created or changed. When all resources of a stack exist, so do the
policies that messages and logs need. On AWS, a message that its topic refuses is lost without an error; here, the
stack fails.
"""

import datetime
import functools
import json
import os
import re

import limits
import policy_documents
import schemas
import service_calls as calls
from log_events import EVALUATOR
from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch_logs as logs, iam, s3
from ministack.services.cloudformation import stacks
from policy_documents import listed, refuse


def apply():
    create, change, outputs = stacks._provision_resource, stacks._update_resource, stacks._resolve_stack_outputs

    def create_checked(kind, logical_id, props, stack, *rest):
        check(kind, logical_id, props, stack)
        return create(kind, logical_id, props, stack, *rest)

    def change_checked(kind, physical_id, old, new, stack, logical_id=None, *rest):
        if old != new:
            check(kind, logical_id, new, stack)
        return change(kind, physical_id, old, new, stack, logical_id, *rest)

    def outputs_of_working_stack(definitions, conditions, resources, *rest):
        for logical_id, resource in resources.items():
            described = (resource[key] for key in ("ResourceType", "PhysicalResourceId", "Properties"))
            for problem in undelivered(*described):
                raise ValueError(f"{logical_id} would not work: {problem}")
        return outputs(definitions, conditions, resources, *rest)

    stacks._provision_resource = create_checked
    stacks._update_resource = change_checked
    stacks._resolve_stack_outputs = outputs_of_working_stack


def check(kind, logical_id, props, stack):
    if kind.startswith("Custom::"):
        return
    # CloudFormation adds tags of its own, which a template cannot have.
    own = {key: [tag for tag in value if not str(tag.get("Key")).startswith("aws:cloudformation:")]
           for key, value in props.items() if key == "Tags" and isinstance(value, list)}
    schemas.check(kind, logical_id, {**props, **own})
    policy_documents.check(kind, props)
    CHECKS.get(kind, lambda *_: None)(props, f"{stack}-{logical_id}")


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
DAY, WEEK = 86_400, 604_800


def alarm(props, _name):
    periods, period = int(props["EvaluationPeriods"]), int(props.get("Period") or 0)
    most = DAY if period < 3_600 else WEEK
    if periods * period > most:
        refuse("CloudWatch", f"Metrics cannot be checked across more than {most} seconds "
                             f"(EvaluationPeriods * Period must be <= {most})")
    if int(props.get("DatapointsToAlarm") or 0) > periods:
        refuse("CloudWatch", "DatapointsToAlarm must be less than or equal to EvaluationPeriods")


def role(props, _name):
    """IAM looks principals and boundaries up. Those of other accounts are not known here."""
    mine = f"arn:aws:iam::{get_account_id()}:"
    for statement in listed(parsed(props["AssumeRolePolicyDocument"])["Statement"]):
        principal = statement.get("Principal")
        for arn in listed(principal.get("AWS")) if isinstance(principal, dict) else []:
            kind, _, name = str(arn).removeprefix(mine).partition("/")
            known = {"user": iam._users, "role": iam._roles}.get(kind) if str(arn).startswith(mine) else None
            if known is not None and name.rsplit("/", 1)[-1] not in known:
                refuse("Iam", f'Invalid principal in policy: "AWS":"{arn}"')
    boundary = props.get("PermissionsBoundary") or ""
    if boundary.startswith(mine) and not iam.policy_known(boundary):
        refuse("Iam", f"Scope ARN: {boundary} does not exist or is not attachable.")


def metric_filter(props, _name):
    if props["LogGroupName"] not in logs._log_groups:
        refuse("CloudWatchLogs", f"The specified log group does not exist: {props['LogGroupName']}")
    valid_pattern("CloudWatchLogs", "metric filter pattern", pattern=props["FilterPattern"], messages=[])


# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
SCHEDULE = r"rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)|cron\(\S+( \S+){5}\)"


def event_rule(props, _name):
    schedule = props.get("ScheduleExpression")
    if schedule and not re.fullmatch(SCHEDULE, schedule):
        refuse("EventBridge", f"Parameter ScheduleExpression is not valid: {schedule}")
    if "EventPattern" in props:
        valid_pattern("EventBridge", "event pattern", events=parsed(props["EventPattern"]))
    for target in props.get("Targets") or []:
        transformer = target.get("InputTransformer") or {}
        paths = transformer.get("InputPathsMap") or {}
        # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
        if len(paths) > 100:
            refuse("EventBridge", f"InputPathsMap of target {target['Id']} has {len(paths)} entries, more than 100.")
        for name, path in paths.items():
            if not path.startswith("$"):
                refuse("EventBridge", f"Invalid InputPath for target {target['Id']}: {name} is {path}")


@functools.cache
def problem_of_pattern(request):
    try:
        EVALUATOR.ask(json.loads(request))
    except ValueError as problem:
        return str(problem)
    return None


def valid_pattern(service, what, **request):
    # Patterns of terms, which MiniStack evaluates, have hardly a grammar to break.
    if "pattern" in request and not request["pattern"].strip().startswith("{"):
        return
    problem = problem_of_pattern(json.dumps(request))
    if problem:
        refuse(service, f"Invalid {what}: {problem}")


@functools.cache
def blocked_runtimes():
    """Runtimes that new functions cannot have, when the schemas were recorded. A test does not depend on the clock."""
    data = os.path.dirname(schemas.FOLDER)
    with open(os.path.join(schemas.FOLDER, "version.json"), encoding="utf-8") as text:
        recorded = datetime.datetime.fromisoformat(json.load(text)["schema_date"].replace("Z", "+00:00")).date()
    with open(os.path.join(data, "AdditionalSpecs", "LmbdRuntimeLifecycle.json"), encoding="utf-8") as text:
        return {name for name, dates in json.load(text).items()
                if dates["create-block"] and datetime.date.fromisoformat(dates["create-block"]) <= recorded}


def function(props, name):
    runtime, variables = props.get("Runtime"), (props.get("Environment") or {}).get("Variables") or {}
    if runtime in blocked_runtimes():
        refuse("Lambda", f"The runtime parameter of {runtime} is no longer supported for creating or updating AWS "
                         "Lambda functions. We recommend you use a supported runtime.")
    if "ImageUri" not in props["Code"]:
        for key in ("Handler", "Runtime"):
            if key not in props:
                refuse("Lambda", f"{key} is mandatory for functions created with deployment packages in .zip format.")
    if "ZipFile" in props["Code"] and not str(runtime).startswith(("nodejs", "python")):
        refuse("Lambda", f"ZipFile can only be used when Runtime is set to either of nodejs, python, not {runtime}.")
    reserved = sorted(variables.keys() & limits.RESERVED_VARIABLES)
    if reserved:
        refuse("Lambda", "Lambda was unable to configure your environment variables because the environment variables "
                         f"you have provided contains reserved keys that are currently not supported for modification. "
                         f"Reserved keys used in this request: {', '.join(reserved)}")
    size = len(json.dumps(variables, separators=(",", ":")).encode())
    if size > limits.ENVIRONMENT_BYTES:
        refuse("Lambda", "Lambda was unable to configure your environment variables because the environment variables "
                         f"you have provided exceeded the {limits.ENVIRONMENT_BYTES} bytes limit: {size}")
    arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{props.get('FunctionName') or name}"
    if not calls.assumes("lambda.amazonaws.com", props["Role"], arn):
        refuse("Lambda", f"The role defined for the function cannot be assumed by Lambda: {props['Role']}")


def log_group(props, name):
    key = props.get("KmsKeyId")
    arn = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{props.get('LogGroupName') or name}"
    context = {"kms:EncryptionContext:aws:logs:arn": arn, "aws:SourceArn": arn}
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
    if key and not calls.uses_key(f"logs.{get_region()}.amazonaws.com", key, actions, context):
        refuse("CloudWatchLogs",
               f"The specified KMS key does not exist or is not allowed to be used with Arn '{arn}': {key}")


def key(props, _name):
    """https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key"""
    root = f"arn:aws:iam::{get_account_id()}:root"
    if props.get("BypassPolicyLockoutSafetyCheck") or "KeyPolicy" not in props:
        return
    if not calls.principal_admitted(props["KeyPolicy"], root, "kms:PutKeyPolicy"):
        refuse("Kms", "The new key policy will not allow you to update the key policy in the future.")


def bucket_policy(props, _name):
    arn = f"arn:aws:s3:::{props['Bucket']}"
    for statement in listed(parsed(props["PolicyDocument"])["Statement"]):
        for action in listed(statement.get("Action")):
            if not action.startswith("s3:") and action != "*":
                refuse("S3", f"Policy has invalid action: {action}")
        for resource in listed(statement.get("Resource")):
            if resource != arn and not resource.startswith(f"{arn}/"):
                refuse("S3", f"Policy has invalid resource: {resource}")


def topic_policy(props, _name):
    for statement in listed(parsed(props["PolicyDocument"])["Statement"]):
        for action in listed(statement.get("Action")):
            if not action.lower().startswith("sns:"):
                refuse("Sns", f"Invalid parameter: Policy statement action out of service scope! {action}")


def parsed(document):
    return json.loads(document) if isinstance(document, str) else document


def dashboard(props, _name):
    try:
        body = json.loads(props["DashboardBody"])
    except ValueError as problem:
        refuse("CloudWatch", f"The field DashboardBody must be a valid JSON object: {problem}")
    widgets = body.get("widgets")
    if not isinstance(widgets, list) or len(widgets) > limits.DASHBOARD_WIDGETS:
        refuse("CloudWatch", "The dashboard body is invalid: widgets must be a list of at most "
                             f"{limits.DASHBOARD_WIDGETS}, not {json.dumps(widgets)[:60]}")
    for index, widget in enumerate(widgets):
        for name in ("type", "properties"):
            if name not in widget:
                refuse("CloudWatch", f'The dashboard body is invalid: "/widgets/{index}" should have property "{name}"')


def anomaly_subscription(props, _name):
    try:
        json.loads(props.get("ThresholdExpression", "{}"))
    except ValueError:
        refuse("CostExplorer", f"ThresholdExpression is not valid JSON: {props['ThresholdExpression']}")
    # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription.html
    for subscriber in props["Subscribers"]:
        if (subscriber["Type"] == "SNS") != (props["Frequency"] == "IMMEDIATE"):
            refuse("CostExplorer",
                   f"Subscribers of Type {subscriber['Type']} cannot have the Frequency {props['Frequency']}")


CHECKS = {
    "AWS::CE::AnomalySubscription": anomaly_subscription,
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CloudWatch::Dashboard": dashboard,
    "AWS::Events::Rule": event_rule,
    "AWS::IAM::Role": role,
    "AWS::KMS::Key": key,
    "AWS::Lambda::Function": function,
    "AWS::Logs::LogGroup": log_group,
    "AWS::Logs::MetricFilter": metric_filter,
    "AWS::S3::BucketPolicy": bucket_policy,
    "AWS::SNS::TopicPolicy": topic_policy,
}


def undelivered(kind, physical_id, props):
    """Why messages or logs of a resource would not arrive."""
    return filter(None, DELIVERIES.get(kind, lambda *_: ())(physical_id, props))


def own(service):
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}"


def of_alarm(name, props):
    for actions in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        for arn in props.get(actions) or []:
            if arn.startswith(own("sns")):
                yield calls.why_not_published("cloudwatch.amazonaws.com", arn, f"{own('cloudwatch')}:alarm:{name}")


def of_rule(name, props):
    rule = f"{own('events')}:rule/{name.rsplit('/', 1)[-1]}"
    for target in props.get("Targets") or []:
        if target["Arn"].startswith(own("sns")):
            yield calls.why_not_published("events.amazonaws.com", target["Arn"], rule)
        if target["Arn"].startswith(own("lambda")):
            yield calls.why_not_invoked("events.amazonaws.com", target["Arn"], rule)


def of_budget(name, props):
    for one in props.get("NotificationsWithSubscribers") or []:
        for subscriber in one["Subscribers"]:
            if subscriber["SubscriptionType"] == "SNS":
                yield calls.why_not_published("budgets.amazonaws.com", subscriber["Address"],
                                              f"arn:aws:budgets::{get_account_id()}:budget/{name}")


def of_anomalies(arn, props):
    for subscriber in props["Subscribers"]:
        if subscriber["Type"] == "SNS":
            yield calls.why_not_published("costalerts.amazonaws.com", subscriber["Address"], arn)


def of_subscription(_arn, props):
    if props["Protocol"] == "lambda":
        yield calls.why_not_invoked("sns.amazonaws.com", props["Endpoint"], props["TopicArn"])


def of_failures(_id, props):
    """Lambda publishes failures as the function's role. It checks this when it creates the configuration."""
    target = ((props.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination", "")
    role = calls.role_of_function(props["FunctionName"])
    if target.startswith(own("sns")) and not calls.role_allows(role, "sns:Publish", target):
        yield f"the role {role} does not have permissions to call Publish on {target}"


def of_bucket(name, props):
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html"""
    target = (props.get("LoggingConfiguration") or {}).get("DestinationBucketName")
    prefix = (props.get("LoggingConfiguration") or {}).get("LogFilePrefix", "")
    keys = {"aws:SourceArn": f"arn:aws:s3:::{name}"}
    if target and not calls.admits(s3._bucket_policies.get(target), "logging.s3.amazonaws.com", "s3:PutObject",
                                   f"arn:aws:s3:::{target}/{prefix}2026-11-29", keys):
        yield f"the policy of the bucket {target} does not allow logging.s3.amazonaws.com to write logs of {name}"


def of_chat(_arn, props):
    if not calls.assumes("chatbot.amazonaws.com", props["IamRoleArn"]):
        yield f"chatbot.amazonaws.com cannot assume the role {props['IamRoleArn']}"


DELIVERIES = {
    "AWS::Budgets::Budget": of_budget,
    "AWS::CE::AnomalySubscription": of_anomalies,
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": of_chat,
    "AWS::Chatbot::SlackChannelConfiguration": of_chat,
    "AWS::CloudWatch::Alarm": of_alarm,
    "AWS::Events::Rule": of_rule,
    "AWS::Lambda::EventInvokeConfig": of_failures,
    "AWS::S3::Bucket": of_bucket,
    "AWS::SNS::Subscription": of_subscription,
}
