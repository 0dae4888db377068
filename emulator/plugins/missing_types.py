"""CloudFormation types without a handler in MiniStack 1.5.33.

A handler is `create(logical_id, props, stack) -> (physical_id, attributes)`, `update(physical_id, old, new,
stack)` with the same result, `delete(physical_id, props)`, and `import(identifier)` if a stack can import the
resource.
"""

import cost_types as cost
import detector_types as detectors
import identity_types as identity
import secret_policy
import trail_type as trail
from ministack.core.responses import new_uuid
from ministack.services import cloudtrail, iam
from ministack.services.cloudformation import changesets, provisioners


def adopt(store, key, attributes):
    """An import handler, and the check for an existing resource to import."""
    def found(name):
        return None if name in store() else f"{key} {name} was not found."

    return {"import": lambda identifier: attributes(identifier[key])}, ((key,), found)


def crud(create, update, delete):
    return {"create": create, "update": update, "delete": delete}


def register():
    from ministack import app

    handlers = provisioners._RESOURCE_HANDLERS
    replacing = provisioners._REPLACING_PROPERTIES

    handlers["AWS::IAM::Group"] = crud(identity.group_create, identity.group_update, identity.group_delete)
    replacing["AWS::IAM::Group"] = ("GroupName",)

    handlers["AWS::IAM::UserToGroupAddition"] = crud(
        identity.members_create, identity.members_update, identity.members_delete)
    replacing["AWS::IAM::UserToGroupAddition"] = ()

    handlers["AWS::IAM::SAMLProvider"] = crud(
        identity.saml_provider_create, identity.saml_provider_update, identity.saml_provider_delete)
    replacing["AWS::IAM::SAMLProvider"] = ("Name",)

    for kind, put, delete in (
        ("Role", iam._put_role_policy, iam._delete_role_policy),
        ("User", iam._put_user_policy, iam._delete_user_policy),
        ("Group", iam._put_group_policy, iam._delete_group_policy),
    ):
        handlers[f"AWS::IAM::{kind}Policy"] = identity.inline_policy(f"{kind}Name", put, delete)
        replacing[f"AWS::IAM::{kind}Policy"] = ("PolicyName", f"{kind}Name")

    handlers["AWS::IAM::OIDCProvider"] = crud(
        identity.provider_create, identity.provider_update, identity.provider_delete)
    replacing["AWS::IAM::OIDCProvider"] = ("Url",)

    handlers["AWS::SSO::PermissionSet"] = cost.kept(
        "sso:::permissionSet/ssoins-0123456789abcdef", "PermissionSetArn",
        new_id=lambda: f"ps-{new_uuid().replace('-', '')[:16]}")
    replacing["AWS::SSO::PermissionSet"] = ("InstanceArn", "Name")
    handlers["AWS::SSO::Assignment"] = cost.kept("sso:::assignment", "AssignmentId")
    replacing["AWS::SSO::Assignment"] = (
        "InstanceArn", "PermissionSetArn", "PrincipalId", "PrincipalType", "TargetId", "TargetType")

    handlers["AWS::SecretsManager::ResourcePolicy"] = secret_policy.handlers()
    replacing["AWS::SecretsManager::ResourcePolicy"] = ("SecretId",)
    handlers["AWS::SecretsManager::Secret"] = secret_policy.named_like_on_aws(handlers["AWS::SecretsManager::Secret"])

    handlers["AWS::CloudTrail::Trail"] = crud(trail.trail_create, trail.trail_update, trail.trail_delete)
    replacing["AWS::CloudTrail::Trail"] = ("TrailName",)
    provisioners._STACK_TAG_PROPERTY["AWS::CloudTrail::Trail"] = ("Tags", "list")

    handlers["AWS::Budgets::Budget"] = crud(cost.budget_create, cost.budget_update, cost.budget_delete)
    # The schema makes notifications create-only, so changing them replaces the budget. With a BudgetName,
    # that update fails, like on AWS.
    replacing["AWS::Budgets::Budget"] = ("NotificationsWithSubscribers",)

    handlers["AWS::CE::AnomalyMonitor"] = cost.kept(
        "ce::{account}:anomalymonitor", "MonitorArn", cost.one_service_monitor)
    replacing["AWS::CE::AnomalyMonitor"] = ("MonitorType", "MonitorDimension", "MonitorSpecification", "ResourceTags")
    handlers["AWS::CE::AnomalySubscription"] = cost.kept("ce::{account}:anomalysubscription", "SubscriptionArn")
    replacing["AWS::CE::AnomalySubscription"] = ("ResourceTags",)
    handlers["AWS::AccessAnalyzer::Analyzer"] = crud(
        detectors.analyzer_create, detectors.analyzer_update, detectors.analyzer_delete)
    replacing["AWS::AccessAnalyzer::Analyzer"] = ("AnalyzerName", "Type")

    # Changes that require a replacement according to the AWS pages; changing the channel is an update. ARNs
    # have no Region: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awschatbot.html
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-chatbot-slackchannelconfiguration.html
    handlers["AWS::Chatbot::SlackChannelConfiguration"] = cost.kept(
        "chatbot::{account}:chat-configuration/slack-channel", "Arn", name_property="ConfigurationName")
    replacing["AWS::Chatbot::SlackChannelConfiguration"] = ("ConfigurationName", "SlackWorkspaceId")
    # .../aws-resource-chatbot-microsoftteamschannelconfiguration.html
    handlers["AWS::Chatbot::MicrosoftTeamsChannelConfiguration"] = cost.kept(
        "chatbot::{account}:chat-configuration/microsoft-teams-channel", "Arn", name_property="ConfigurationName")
    replacing["AWS::Chatbot::MicrosoftTeamsChannelConfiguration"] = ("ConfigurationName", "TeamId", "TeamsTenantId")

    handlers["AWS::Config::ConfigurationRecorder"] = crud(
        detectors.recorder_create, detectors.recorder_update, detectors.recorder_delete)
    replacing["AWS::Config::ConfigurationRecorder"] = ("Name",)
    handlers["AWS::Config::DeliveryChannel"] = crud(
        detectors.channel_create, detectors.channel_update, detectors.channel_delete)
    replacing["AWS::Config::DeliveryChannel"] = ("Name",)
    handlers["AWS::GuardDuty::Detector"] = detectors.once("GuardDuty", detectors.detector)
    replacing["AWS::GuardDuty::Detector"] = ()
    handlers["AWS::SecurityHub::Hub"] = detectors.once("SecurityHub", detectors.hub)
    replacing["AWS::SecurityHub::Hub"] = ()

    for type_name, store, key, attributes in (
        ("AWS::IAM::Group", lambda: iam._groups, "GroupName", identity.group_attributes),
        ("AWS::IAM::User", lambda: iam._users, "UserName", lambda name: (name, {"Arn": iam._users[name]["Arn"]})),
        ("AWS::IAM::ManagedPolicy", lambda: iam._policies, "PolicyArn", lambda arn: (arn, {"PolicyArn": arn})),
        ("AWS::CloudTrail::Trail", lambda: cloudtrail._trails, "TrailName", trail.trail_attributes),
    ):
        handler, lookup = adopt(store, key, attributes)
        handlers[type_name].update(handler)
        changesets._IMPORT_LOOKUPS[type_name] = lookup
    for type_name, service, key in (
        ("AWS::GuardDuty::Detector", "GuardDuty", "Id"),
        ("AWS::SecurityHub::Hub", "SecurityHub", "ARN"),
    ):
        handler, lookup = detectors.adopted(service, key)
        handlers[type_name].update(handler)
        changesets._IMPORT_LOOKUPS[type_name] = lookup
