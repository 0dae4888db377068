"""Updates of what somebody deleted.

CloudFormation fails them: "update actions to a non-existing resource always throw a ResourceNotFoundException"
(https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-faq.html). MiniStack 1.5.33 creates
many types again. Deleting what is gone succeeds in both.

Only types with a name of their own are looked up. Whether AWS writes a policy or a membership that is gone again is
not documented; here, it does.
"""

from ministack.services import cloudtrail, cloudwatch, config, iam, lambda_svc, s3, sns
from ministack.services import cloudwatch_logs as logs, eventbridge, kms
from ministack.services.cloudformation import provisioners, stacks


def in_store(store):
    return lambda physical_id, _props: physical_id in store


def has_filter(name, props):
    return (props["LogGroupName"], name) in logs._metric_filters


def has_rule(name, props):
    return eventbridge._rule_key(name, props.get("EventBusName") or "default") in eventbridge._rules


def usable_key(key_id, _props):
    return key_id in kms._keys and kms._keys[key_id].get("KeyState") != "PendingDeletion"


def has_alias(name, _props):
    return any(arn.endswith(f":{name}") for arn in kms._aliases)


EXISTS = {
    "AWS::CloudTrail::Trail": in_store(cloudtrail._trails),
    "AWS::CloudWatch::Alarm": in_store(cloudwatch._alarms),
    "AWS::CloudWatch::Dashboard": in_store(cloudwatch._dashboards),
    "AWS::Config::ConfigurationRecorder": in_store(config._recorders),
    "AWS::Config::DeliveryChannel": in_store(config._delivery_channels),
    "AWS::Events::Rule": has_rule,
    "AWS::IAM::Group": in_store(iam._groups),
    "AWS::IAM::ManagedPolicy": in_store(iam._policies),
    "AWS::IAM::OIDCProvider": in_store(iam._oidc_providers),
    "AWS::IAM::Role": in_store(iam._roles),
    "AWS::IAM::SAMLProvider": in_store(iam._saml_providers),
    "AWS::IAM::User": in_store(iam._users),
    "AWS::KMS::Alias": has_alias,
    "AWS::KMS::Key": usable_key,
    "AWS::Lambda::Function": in_store(lambda_svc._functions),
    "AWS::Logs::LogGroup": in_store(logs._log_groups),
    "AWS::Logs::MetricFilter": has_filter,
    "AWS::S3::Bucket": in_store(s3._buckets),
    "AWS::SNS::Subscription": in_store(sns._sub_arn_to_topic),
    "AWS::SNS::Topic": in_store(sns._topics),
}

# What MiniStack updates, and CloudFormation replaces:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html
REPLACING = {"AWS::Logs::MetricFilter": ("FilterName", "LogGroupName")}


def apply():
    change = stacks._update_resource

    def change_existing(kind, physical_id, old, new, *rest):
        exists = EXISTS.get(kind)
        # A replacement creates another one, and deletes what is not there.
        replaces = provisioners._replacing_change(kind, old, new) or any(
            old.get(name) != new.get(name) for name in REPLACING.get(kind, ()))
        updates = old != new and not replaces
        if updates and exists and not exists(physical_id, old):
            raise ValueError(f"Resource of type '{kind}' with identifier '{physical_id}' was not found.")
        return change(kind, physical_id, old, new, *rest)

    stacks._update_resource = change_existing
