"""Whether the policies of resources and roles allow the calls that AWS services make themselves.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
"""

from ministack.core import iam_evaluator
from ministack.core.arn import parse_arn
from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam, kms, lambda_svc, s3, sns

CONTROL = {"s3:x-amz-acl": "bucket-owner-full-control"}


def context(service, action, resource, keys):
    return EvalContext(
        # No name of a principal in the account matches a service. "*" does.
        principal_arn="*", principal_type="Service", principal_account="", action=action, resource_arn=resource,
        region=get_region(), secure_transport=True,
        service_context={"aws:principalisawsservice": "true", "aws:principalservicename": service,
                         "aws:sourceaccount": get_account_id(), **{key.lower(): keys[key] for key in keys}})


def admits(policy, service, action, resource, keys):
    """Whether a resource's policy allows a service's call. Keys are those of the request's context."""
    return evaluate_resource_policy(
        policy, context(service, action, resource, keys), service=service).decision == "Allow"


def writes_logs(service, bucket, folder, source):
    """Whether a service can read the bucket's ACL and write a file below a folder."""
    policy, arn = s3._bucket_policies.get(bucket), f"arn:aws:s3:::{bucket}"
    keys = {"aws:SourceArn": source}
    return (admits(policy, service, "s3:GetBucketAcl", arn, keys)
            and admits(policy, service, "s3:PutObject", f"{arn}/{folder}/file.json.gz", {**keys, **CONTROL}))


def principal_admitted(policy, principal, action):
    """Whether a resource's policy allows a principal of the account."""
    root = EvalContext(principal_arn=principal, principal_type="Account", principal_account=get_account_id(),
                       action=action, resource_arn="*", region=get_region(), secure_transport=True,
                       service_context={"aws:userid": get_account_id()})
    return evaluate_resource_policy(policy, root).decision == "Allow"


def uses_key(service, key, actions, keys):
    record = kms._resolve_key(key)
    return record is not None and record["KeyState"] == "Enabled" and all(
        admits(record.get("Policy"), service, action, record["Arn"], keys) for action in actions)


def why_not_published(service, topic_arn, source):
    """Why a service cannot publish to a topic; None if it can."""
    topic = sns._topics.get(topic_arn)
    if topic is None:
        return f"the topic {topic_arn} does not exist"
    keys = {"aws:SourceArn": source}
    if not admits(topic["attributes"].get("Policy"), service, "sns:Publish", topic_arn, keys):
        return f"the policy of the topic {topic_arn} does not allow {service} to publish for {source}"
    key = topic["attributes"].get("KmsMasterKeyId")
    keys["kms:EncryptionContext:aws:sns:topicArn"] = topic_arn
    # Services do not publish through the AWS managed key, whose policy is for callers of the account.
    if key and not uses_key(service, key, ("kms:GenerateDataKey", "kms:Decrypt"), keys):
        return f"the policy of the key {key} does not allow {service} to use it for {topic_arn}"
    return None


def why_not_invoked(service, function_arn, source):
    """Why a service cannot invoke a function, whose policy AWS::Lambda::Permission sets; None if it can."""
    function, _config, _name = lambda_svc._get_base_func_record_for_ref(function_arn)
    keys = {"aws:SourceArn": source, "aws:SourceAccount": parse_arn(source).account_id}
    if function is None:
        return f"the function {function_arn} does not exist"
    if not admits(function["policy"], service, "lambda:InvokeFunction", function_arn, keys):
        return f"the function {function_arn} does not allow {service} to invoke it for {source}"
    return None


def role_of_function(name):
    function, config, _name = lambda_svc._get_base_func_record_for_ref(name)
    return (config or function["config"])["Role"]


def role_of(arn):
    return next((one for one in iam._roles.values() if one["Arn"] == arn), None)


def assumes(service, role_arn, source=None):
    """Whether the trust policy of an existing role lets a service assume it."""
    role = role_of(role_arn)
    keys = {"aws:SourceArn": source} if source else {}
    return role is not None and admits(role["AssumeRolePolicyDocument"], service, "sts:AssumeRole", role_arn, keys)


def role_allows(role_arn, action, resource):
    name, account = role_arn.rsplit("/", 1)[-1], get_account_id()
    session = EvalContext(
        principal_arn=role_arn, principal_type="AssumedRole", principal_account=account, action=action,
        resource_arn=resource, region=get_region(), secure_transport=True)
    return iam_evaluator.evaluate(session, iam_evaluator._gather_role_policies(name, account)).decision == "Allow"
