"""Corrects MiniStack 1.5.33 where our stacks or tests would notice a difference from AWS.

Each function closes one gap, which its first line names.
"""

import os

import alarm_queries
import alarm_reasons
import alarms
import emails
import event_rules
import failed_invocations
import log_events
import notifications
import passwords
import service_calls
from ministack.core import router
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import cloudtrail, cloudwatch, iam, lambda_svc, s3, sns
from ministack.services import cloudwatch_logs as logs
from ministack.services.cloudformation import changesets, custom_resource, engine, handlers, provisioners, stacks


def apply():
    service_names()
    passwords.password_policy()
    passwords.login_passwords()
    passwords.generated_passwords()
    trail_requests()
    capabilities()
    log_group_names()
    names_taken()
    full_buckets()
    delete_status()
    one_operation()
    cleanup_events()
    failed_creations()
    metadata_dependencies()
    account_limits()
    response_bucket()
    functions_ready()
    alarms.alarm_message()
    alarm_reasons.alarm_reason()
    alarm_queries.query_answers()
    dashboard_times()
    log_events.put_log_events()
    log_events.filter_log_events()
    log_events.function_streams()
    notifications.publish_checks()
    notifications.function_subscribers()
    failed_invocations.failure_records()
    topic_keys()
    email_confirmation()
    event_rules.service_events()
    event_rules.input_paths()


def service_names():
    """Gap: for an unknown service, MiniStack reads the botocore models of all services, which takes seven
    seconds.
    """
    # All calls come from SDKs, which use valid names.
    router._is_aws_service_name = lambda name: True


def dashboard_times():
    """Gap: in CBOR and JSON, the list of dashboards has times as text."""
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DashboardEntry.html
    listed = cloudwatch._list_dashboards

    def list_dashboards(params, request, is_cbor, is_json=False):
        if not (is_cbor or is_json):
            return listed(params, request, is_cbor, is_json)
        prefix = request.get("DashboardNamePrefix") or ""
        entries = [
            {key: board[key] for key in ("DashboardName", "DashboardArn", "Size")} | {"LastModified": int(board["LastModified"])}
            for name, board in sorted(cloudwatch._dashboards.items()) if name.startswith(prefix)
        ]
        return (cloudwatch._cbor_ok if is_cbor else cloudwatch._json_ok)({"DashboardEntries": entries})

    cloudwatch._list_dashboards = list_dashboards


def account_limits():
    """Gap: CloudFormation does not return its limits."""
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeAccountLimits.html
    limits = "<member><Name>StackLimit</Name><Value>2000</Value></member>"
    handlers._ACTION_HANDLERS["DescribeAccountLimits"] = lambda _params: handlers._xml(
        200, "DescribeAccountLimitsResponse",
        f"<DescribeAccountLimitsResult><AccountLimits>{limits}</AccountLimits></DescribeAccountLimitsResult>")


def trail_requests():
    """Gap: CreateTrail drops the CloudWatch Logs ARNs, and requests do not check bucket, key, and log group
    like AWS.
    """
    create, update = cloudtrail._create_trail, cloudtrail._update_trail

    def refusal(body):
        name, bucket, key = body["Name"], body.get("S3BucketName"), body.get("KmsKeyId")
        group, role = body.get("CloudWatchLogsLogGroupArn"), body.get("CloudWatchLogsRoleArn")
        account, service = get_account_id(), "cloudtrail.amazonaws.com"
        trail = name if name.startswith("arn:") else f"arn:aws:cloudtrail:{get_region()}:{account}:trail/{name}"
        folder = "/".join(filter(None, (body.get("S3KeyPrefix"), "AWSLogs", account, "CloudTrail", get_region())))
        if bucket and bucket not in s3._buckets:
            return "S3BucketDoesNotExistException", f"S3 bucket {bucket} does not exist!"
        if bucket and not service_calls.writes_logs(service, bucket, folder, trail):
            return ("InsufficientS3BucketPolicyException",
                    f"Incorrect S3 bucket policy is detected for bucket: {bucket}")
        context = {"aws:SourceArn": trail, "kms:EncryptionContext:aws:cloudtrail:arn": trail}
        if key and not service_calls.uses_key(service, key, ("kms:GenerateDataKey", "kms:DescribeKey"), context):
            return ("InsufficientEncryptionPolicyException",
                    f"Insufficient permissions to access S3 bucket {bucket} or KMS key {key}.")
        if group and group.split(":")[6:7] and group.split(":")[6] not in logs._log_groups:
            return ("InvalidCloudWatchLogsLogGroupArnException",
                    "CloudTrail cannot validate the specified log group ARN.")
        stream = f"{(group or '').removesuffix(':*')}:log-stream:{account}_CloudTrail_{get_region()}"
        if group and not (service_calls.assumes(service, role, trail) and all(
                service_calls.role_allows(role, action, stream)
                for action in ("logs:CreateLogStream", "logs:PutLogEvents"))):
            return ("InvalidCloudWatchLogsRoleArnException",
                    f"Access denied. Check the trust relationships for your role: {role}")
        return None

    def checked(function):
        def handler(body):
            problem = refusal(body)
            return cloudtrail._err(*problem) if problem else function(body)
        return handler

    def create_completely(body):
        answer = create(body)
        if answer[0] >= 400:
            return answer
        kept = ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")
        return update({"Name": body["Name"], **{key: body[key] for key in kept if key in body}})

    cloudtrail._DISPATCH.update(CreateTrail=checked(create_completely), UpdateTrail=checked(update))


def capabilities():
    """Gap: MiniStack creates IAM resources without CAPABILITY_IAM or CAPABILITY_NAMED_IAM."""
    for module in (handlers, changesets):
        module._capabilities_enforced = lambda: True


def log_group_names():
    """Gap: a log group without a name always gets the same one, so a new stack would empty a retained group.
    """
    handler = provisioners._RESOURCE_HANDLERS["AWS::Logs::LogGroup"]
    create, update = handler["create"], handler["update"]

    def create_named(logical_id, props, stack):
        name = props.get("LogGroupName") or f"{stack}-{logical_id}-{new_uuid().replace('-', '')[:12]}"
        return create(logical_id, {**props, "LogGroupName": name}, stack)

    def update_named(name, old, new, *rest):
        # MiniStack replaces a group whose name differs from the generated one.
        kept = {} if old.get("LogGroupName") or new.get("LogGroupName") else {"LogGroupName": name}
        return update(name, {**old, **kept}, {**new, **kept}, *rest)

    handler.update(create=create_named, update=update_named)


def names_taken():
    """Gap: MiniStack overwrites existing resources of these types. CloudFormation fails because they already
    exist.
    """
    stores = {
        "AWS::IAM::Role": ("RoleName", lambda props: props["RoleName"] in iam._roles),
        "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", lambda props: managed_policy_arn(props) in iam._policies),
        "AWS::Logs::LogGroup": ("LogGroupName", lambda props: props["LogGroupName"] in logs._log_groups),
        "AWS::CloudWatch::Alarm": ("AlarmName", lambda props: props["AlarmName"] in cloudwatch._alarms),
        "AWS::CloudWatch::Dashboard": ("DashboardName", lambda props: props["DashboardName"] in cloudwatch._dashboards),
        "AWS::SNS::Topic": ("TopicName", lambda props: topic_arn(props) in sns._topics),
    }

    def checked(type_name, key, exists, create):
        def handler(logical_id, props, stack):
            if props.get(key) and exists(props):
                raise ValueError(f"Resource of type '{type_name}' with identifier '{props[key]}' already exists.")
            return create(logical_id, props, stack)
        return handler

    for type_name, (key, exists) in stores.items():
        handler = provisioners._RESOURCE_HANDLERS[type_name]
        handler["create"] = checked(type_name, key, exists, handler["create"])


def managed_policy_arn(props):
    return f"arn:aws:iam::{get_account_id()}:policy{props.get('Path', '/')}{props['ManagedPolicyName']}"


def topic_arn(props):
    return f"arn:aws:sns:{get_region()}:{get_account_id()}:{props['TopicName']}"


def full_buckets():
    """Gap: MiniStack deletes buckets with their contents. S3 requires an empty bucket, without versions."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    delete = handler["delete"]

    def delete_empty(name, props):
        status, _headers, body = s3._delete_bucket(name) if name in s3._buckets else (204, {}, b"")
        if status >= 400:
            raise ValueError('Resource handler returned message: "The bucket you tried to delete is not empty '
                             f'(Service: S3, Status Code: {status})"')
        delete(name, props)

    handler["delete"] = delete_empty


def delete_status():
    """Gap: DeleteStack returns before it sets DELETE_IN_PROGRESS, so `cdk destroy` takes the old status as
    final.
    """
    delete = handlers._delete_stack_async

    def delete_marked(stack_name, *args, **kwargs):
        from ministack.services.cloudformation import _stacks

        _stacks[stack_name]["StackStatus"] = "DELETE_IN_PROGRESS"
        return delete(stack_name, *args, **kwargs)

    handlers._delete_stack_async = delete_marked


def one_operation():
    """Gap: a stack takes a second operation while one is in progress. CloudFormation refuses it.
    https://github.com/aws/aws-dotnet-deploy/issues/689
    """
    operations = {"CreateChangeSet": "updated", "UpdateStack": "updated", "ExecuteChangeSet": "updated"}
    for action, done in operations.items():
        handlers._ACTION_HANDLERS[action] = refused_in_progress(handlers._ACTION_HANDLERS[action], done)


def refused_in_progress(handle, done):
    def handle_if_settled(params):
        from ministack.services.cloudformation import _change_sets, _stacks

        name = handlers._p(params, "StackName") or handlers._p(params, "ChangeSetName")
        stack = next((one for key, one in _stacks.items() if name in (key, one["StackId"])), None)
        status = stack["StackStatus"] if stack else ""
        # A change set that creates the stack is executed in REVIEW_IN_PROGRESS.
        if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            return handlers._error(
                "ValidationError", f"Stack:{stack['StackId']} is in {status} state and can not be {done}.")
        return handle(params)

    return handle_if_settled


def cleanup_events():
    """Gap: an update has no events for the deletions of its cleanup."""
    delete = stacks._delete_resource

    def delete_with_events(kind, physical_id, props, stack_name, logical_id):
        from ministack.services.cloudformation import _stacks

        stack = _stacks[stack_name]
        # Deletions and rollbacks write their own events.
        if stack["StackStatus"] != "UPDATE_IN_PROGRESS":
            return delete(kind, physical_id, props, stack_name, logical_id)
        event = (stack["StackId"], stack_name, logical_id, kind)
        stacks._add_event(*event, "DELETE_IN_PROGRESS", physical_id=physical_id)
        delete(kind, physical_id, props, stack_name, logical_id)
        stacks._add_event(*event, "DELETE_COMPLETE", physical_id=physical_id)

    stacks._delete_resource = delete_with_events


def failed_creations():
    """Gap: a custom resource whose Create fails gets no Delete, which AWS sends in the rollback.

    The Delete has the ID of the response (https://github.com/aws/aws-cdk/pull/5525), or one that
    CloudFormation generates without a response
    (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1814). Here, it is sent
    immediately instead of in the order of the rollback.
    """
    deliver, invoke = custom_resource.deliver_response, custom_resource.invoke_custom_resource
    failed = {}

    def deliver_and_note(token, response):
        if response.get("Status") == "FAILED":
            failed[response["StackId"], response["LogicalResourceId"]] = response["PhysicalResourceId"]
        return deliver(token, response)

    def invoke_and_undo(request_type, logical_id, props, stack_name, stack_id, resource_type, *args, **kwargs):
        resource = (logical_id, props, stack_name, stack_id, resource_type)
        failed.pop((stack_id, logical_id), None)
        try:
            return invoke(request_type, *resource, *args, **kwargs)
        except (RuntimeError, TimeoutError):
            if request_type == "Create":
                own_id = f"{stack_name}-{logical_id}-{new_uuid()[:12].upper()}"
                invoke("Delete", *resource, physical_id=failed.get((stack_id, logical_id), own_id))
            raise

    custom_resource.deliver_response = deliver_and_note
    custom_resource.invoke_custom_resource = invoke_and_undo


def response_bucket():
    """Gap: responses of custom resources go to an address of MiniStack. CloudFormation has a bucket for them.

    `responses.mjs` sends them here. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
    """
    region = os.environ["MINISTACK_REGION"]
    bucket = f"cloudformation-custom-resource-response-{region.replace('-', '')}"
    custom_resource._response_url = (
        lambda token: f"https://{bucket}.s3.{region}.amazonaws.com/_ministack/cfn-response/{token}")


def metadata_dependencies():
    """Gap: MiniStack ignores references in the metadata of a resource. CloudFormation creates what they name first.

    https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
    """
    extract = engine._extract_deps

    def extract_all(definition, names):
        references = engine._intrinsic_references(definition.get("Metadata", {}))
        return extract(definition, names) | {name for name, _attribute in references if name in names}

    engine._extract_deps = extract_all


def functions_ready():
    """Gap: a stack completes while its functions are Pending. CloudFormation waits until they are Active."""
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0


def topic_keys():
    """Gap: AWS::SNS::Topic of MiniStack ignores KmsMasterKeyId."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::SNS::Topic"]
    create, update = handler["create"], handler["update"]

    def keep(result, props):
        attributes = sns._topics[result[0]]["attributes"]
        attributes.pop("KmsMasterKeyId", None)
        if props.get("KmsMasterKeyId"):
            attributes["KmsMasterKeyId"] = props["KmsMasterKeyId"]
        return result

    def update_and_keep(arn, old, new, *rest):
        return keep(update(arn, old, new, *rest), new)

    handler["create"] = lambda logical_id, props, stack: keep(create(logical_id, props, stack), props)
    handler["update"] = update_and_keep


def email_confirmation():
    """Gap: MiniStack confirms e-mail addresses itself. On AWS, they are pending until someone follows the
    link.
    """
    handler = provisioners._RESOURCE_HANDLERS["AWS::SNS::Subscription"]
    create = handler["create"]

    def create_pending(logical_id, props, stack):
        arn, attributes = create(logical_id, props, stack)
        if props.get("Protocol") == "email":
            topic = sns._topics[props["TopicArn"]]
            subscription = next(one for one in topic["subscriptions"] if one["arn"] == arn)
            subscription["confirmed"] = False
            subscription["attributes"]["PendingConfirmation"] = "true"
            subscription["token"] = new_uuid()
            emails.write(
                props["Endpoint"], "AWS Notification - Subscription Confirmation",
                f"Instead of the link of AWS, this confirms it:\naws sns confirm-subscription --region {get_region()} "
                f"--topic-arn {topic['arn']} --token {subscription['token']}")
            sns._refresh_subscription_counts(topic)
        return arn, attributes

    handler["create"] = create_pending
