"""Creates every resource of the templates in moto, an emulator that others wrote, by the services' own calls, and
reads each back: python moto_account.py TEMPLATES REPORT

TEMPLATES has a template by stack. REPORT says by type how many were equal, and what was different or refused.
"""

import io
import json
import os
import re
import sys
import zipfile
from importlib.metadata import version

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto.server import ThreadedMotoServer

os.environ.update(
    AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true",
    MOTO_IAM_LOAD_MANAGED_POLICIES="true")
ACCOUNT, REGION = "123456789012", "us-east-1"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::URLSuffix": "amazonaws.com",
}
# Types that moto lacks, each with a call that it must refuse: if it no longer does, the type can be compared.
LACKING = {
    "AWS::CE::AnomalyMonitor": ("ce", "get_anomaly_monitors", {}),
    "AWS::CE::AnomalySubscription": ("ce", "get_anomaly_subscriptions", {}),
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": (
        "chatbot", "list_microsoft_teams_channel_configurations", {}),
    "AWS::Chatbot::SlackChannelConfiguration": ("chatbot", "describe_slack_channel_configurations", {}),
    "AWS::Notifications::ChannelAssociation": ("notifications", "list_channels", {"notificationConfigurationArn": (
        f"arn:aws:notifications::{ACCOUNT}:configuration/a01jbfpn5e1xq3ayyxyzqqs9f5a")}),
    "AWS::Notifications::EventRule": ("notifications", "list_event_rules", {"notificationConfigurationArn": (
        f"arn:aws:notifications::{ACCOUNT}:configuration/a01jbfpn5e1xq3ayyxyzqqs9f5a")}),
    "AWS::Notifications::NotificationConfiguration": ("notifications", "list_notification_configurations", {}),
    "AWS::Notifications::NotificationHub": ("notifications", "list_notification_hubs", {}),
    "AWS::NotificationsContacts::EmailContact": ("notificationscontacts", "list_email_contacts", {}),
}
clients = {}


def c(name):
    if name not in clients:
        clients[name] = boto3.client(name, region_name=REGION, endpoint_url=endpoint)
    return clients[name]


def lower(value):
    """Keys of CloudFormation as those of a service that begins them with a small letter."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: lower(one) for key, one in value.items()}
    return [lower(one) for one in value] if isinstance(value, list) else value


def upper(value):
    if isinstance(value, dict):
        return {key[0].upper() + key[1:]: upper(one) for key, one in value.items()}
    return [upper(one) for one in value] if isinstance(value, list) else value


def pick(answer, wanted):
    return {key: answer.get(key) for key in wanted}


def parsed(document):
    return json.loads(document) if isinstance(document, str) else document


# Each takes the properties, the logical ID and the stack; returns what Ref and Fn::GetAtt give, and what it reads.


def budget(p, id, stack):
    sent = {**p["Budget"], "BudgetName": f"{stack}-{id}"}
    limit = {**sent["BudgetLimit"], "Amount": str(sent["BudgetLimit"]["Amount"])}
    c("budgets").create_budget(
        AccountId=ACCOUNT, Budget={**sent, "BudgetLimit": limit},
        NotificationsWithSubscribers=p["NotificationsWithSubscribers"])
    of = {"AccountId": ACCOUNT, "BudgetName": sent["BudgetName"]}
    read = c("budgets").describe_budget(**of)["Budget"]
    amount = float(read["BudgetLimit"]["Amount"])
    notifications = c("budgets").describe_notifications_for_budget(**of)["Notifications"]
    subscribers = [one["Subscribers"] for one in p["NotificationsWithSubscribers"]]  # Moto does not list them.
    return {"Ref": sent["BudgetName"]}, {
        "Budget": {**pick(read, p["Budget"]), "BudgetLimit": {**read["BudgetLimit"], "Amount": amount}},
        "NotificationsWithSubscribers": [
            {"Notification": pick(one, p["NotificationsWithSubscribers"][index]["Notification"]),
             "Subscribers": subscribers[index]} for index, one in enumerate(notifications)],
    }


def stack_set(p, id, stack):
    name = p["StackSetName"]
    given = {key: p[key] for key in p if key not in ("StackInstancesGroup", "OperationPreferences")}
    c("cloudformation").create_stack_set(**given)
    read = c("cloudformation").describe_stack_set(StackSetName=name)["StackSet"]
    return {"Ref": name}, pick(read, ("Capabilities", "Description", "Parameters", "PermissionModel", "StackSetName",
                                      "TemplateBody"))


def trail(p, id, stack):
    renamed = {"TrailName": "Name", "KMSKeyId": "KmsKeyId"}
    given = {renamed.get(key, key): p[key] for key in p if key not in ("AdvancedEventSelectors", "IsLogging")}
    arn = c("cloudtrail").create_trail(**given)["TrailARN"]
    if "AdvancedEventSelectors" in p:
        c("cloudtrail").put_event_selectors(TrailName=arn, AdvancedEventSelectors=p["AdvancedEventSelectors"])
    if p["IsLogging"]:
        c("cloudtrail").start_logging(Name=arn)
    read = c("cloudtrail").get_trail(Name=arn)["Trail"]
    read = {"TrailName": read["Name"], "KMSKeyId": read.get("KmsKeyId"), **read}
    read["EnableLogFileValidation"] = read["LogFileValidationEnabled"]
    read["IsLogging"] = c("cloudtrail").get_trail_status(Name=arn)["IsLogging"]
    selectors = c("cloudtrail").get_event_selectors(TrailName=arn)
    return {"Ref": p["TrailName"], "Arn": arn}, pick({**read, **selectors}, p)


def alarm(p, id, stack):
    c("cloudwatch").put_metric_alarm(AlarmName=f"{stack}-{id}", **p)
    read = c("cloudwatch").describe_alarms(AlarmNames=[f"{stack}-{id}"])["MetricAlarms"][0]
    return {"Ref": f"{stack}-{id}", "Arn": read["AlarmArn"]}, pick(read, p)


def dashboard(p, id, stack):
    c("cloudwatch").put_dashboard(**p)
    return {"Ref": p["DashboardName"]}, pick(c("cloudwatch").get_dashboard(DashboardName=p["DashboardName"]), p)


def recorder(p, id, stack):
    given = {"name": id, "roleARN": p["RoleARN"], **lower({key: p[key] for key in ("RecordingGroup", "RecordingMode")})}
    c("config").put_configuration_recorder(ConfigurationRecorder=given)
    read = c("config").describe_configuration_recorders()["ConfigurationRecorders"][0]
    group = pick(upper(read["recordingGroup"]), p["RecordingGroup"])
    return {"Ref": id}, {
        "RoleARN": read["roleARN"], "RecordingGroup": group, "RecordingMode": upper(read.get("recordingMode"))}


def channel(p, id, stack):
    c("config").put_delivery_channel(DeliveryChannel={"name": id, **lower(p)})
    read = c("config").describe_delivery_channels()["DeliveryChannels"][0]
    return {"Ref": id}, pick(upper(read), p)


def rule(p, id, stack):
    name = f"{stack}-{id}"
    given = {key: p[key] for key in p if key not in ("Targets", "EventPattern")}
    if "EventPattern" in p:
        given["EventPattern"] = json.dumps(p["EventPattern"])
    arn = c("events").put_rule(Name=name, **given)["RuleArn"]
    c("events").put_targets(Rule=name, Targets=p["Targets"])
    read = c("events").describe_rule(Name=name)
    read["EventPattern"] = parsed(read.get("EventPattern"))
    read["Targets"] = c("events").list_targets_by_rule(Rule=name)["Targets"]
    return {"Ref": name, "Arn": arn}, pick(read, p)


def detector(p, id, stack):
    given = c("guardduty").create_detector(Enable=p["Enable"])["DetectorId"]
    read = c("guardduty").get_detector(DetectorId=given)
    return {"Ref": given, "Id": given}, {"Enable": read["Status"] == "ENABLED"}


def group(p, id, stack):
    name = p.get("GroupName", f"{stack}-{id}")
    arn = c("iam").create_group(GroupName=name)["Group"]["Arn"]
    for policy in p.get("ManagedPolicyArns", []):
        c("iam").attach_group_policy(GroupName=name, PolicyArn=policy)
    attached = c("iam").list_attached_group_policies(GroupName=name)["AttachedPolicies"]
    read = {"GroupName": name, "ManagedPolicyArns": [one["PolicyArn"] for one in attached]}
    return {"Ref": name, "Arn": arn}, pick(read, p)


def managed_policy(p, id, stack):
    name = p.get("ManagedPolicyName", f"{stack}-{id}")
    made = c("iam").create_policy(
        PolicyName=name, PolicyDocument=json.dumps(p["PolicyDocument"]), Path=p.get("Path", "/"),
        Description=p.get("Description", ""))["Policy"]
    for one in p.get("Groups", []):
        c("iam").attach_group_policy(GroupName=one, PolicyArn=made["Arn"])
    for one in p.get("Roles", []):
        c("iam").attach_role_policy(RoleName=one, PolicyArn=made["Arn"])
    read = c("iam").get_policy(PolicyArn=made["Arn"])["Policy"]
    text = c("iam").get_policy_version(PolicyArn=made["Arn"], VersionId=read["DefaultVersionId"])["PolicyVersion"]
    entities = c("iam").list_entities_for_policy(PolicyArn=made["Arn"])
    read = {
        **read, "ManagedPolicyName": read["PolicyName"], "PolicyDocument": text["Document"],
        "Groups": [one["GroupName"] for one in entities["PolicyGroups"]],
        "Roles": [one["RoleName"] for one in entities["PolicyRoles"]]}
    return {"Ref": made["Arn"], "PolicyArn": made["Arn"]}, pick(read, p)


def oidc_provider(p, id, stack):
    arn = c("iam").create_open_id_connect_provider(Url=p["Url"], ClientIDList=p["ClientIdList"])
    arn = arn["OpenIDConnectProviderArn"]
    read = c("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    return {"Ref": arn, "Arn": arn}, {"Url": f"https://{read['Url']}", "ClientIdList": read["ClientIDList"]}


def saml_provider(p, id, stack):
    arn = c("iam").create_saml_provider(Name=p["Name"], SAMLMetadataDocument=p["SamlMetadataDocument"])["SAMLProviderArn"]
    read = c("iam").get_saml_provider(SAMLProviderArn=arn)
    return {"Ref": arn, "Arn": arn}, {"Name": arn.split("/")[-1], "SamlMetadataDocument": read["SAMLMetadataDocument"]}


def inline_policy(p, id, stack):
    name, document = p["PolicyName"], json.dumps(p["PolicyDocument"])
    read = {"PolicyName": name, "Groups": [], "Roles": []}
    for one in p.get("Groups", []):
        c("iam").put_group_policy(GroupName=one, PolicyName=name, PolicyDocument=document)
        read["PolicyDocument"] = c("iam").get_group_policy(GroupName=one, PolicyName=name)["PolicyDocument"]
        read["Groups"].append(one)
    for one in p.get("Roles", []):
        c("iam").put_role_policy(RoleName=one, PolicyName=name, PolicyDocument=document)
        read["PolicyDocument"] = c("iam").get_role_policy(RoleName=one, PolicyName=name)["PolicyDocument"]
        read["Roles"].append(one)
    return {"Ref": name}, pick(read, p)


def role(p, id, stack):
    name = p.get("RoleName", f"{stack}-{id}")
    given = {key: p[key] for key in ("Description", "MaxSessionDuration") if key in p}
    made = c("iam").create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps(p["AssumeRolePolicyDocument"]), **given)["Role"]
    for one in p.get("ManagedPolicyArns", []):
        c("iam").attach_role_policy(RoleName=name, PolicyArn=one)
    for one in p.get("Policies", []):
        c("iam").put_role_policy(
            RoleName=name, PolicyName=one["PolicyName"], PolicyDocument=json.dumps(one["PolicyDocument"]))
    attached = c("iam").list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    inline = c("iam").list_role_policies(RoleName=name)["PolicyNames"]
    read = {
        **c("iam").get_role(RoleName=name)["Role"],
        "ManagedPolicyArns": [one["PolicyArn"] for one in attached],
        "Policies": [
            {"PolicyName": one,
             "PolicyDocument": c("iam").get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"]}
            for one in inline]}
    return {"Ref": name, "Arn": made["Arn"], "RoleId": made["RoleId"]}, pick(read, p)


def user(p, id, stack):
    name = p.get("UserName", f"{stack}-{id}")
    arn = c("iam").create_user(UserName=name)["User"]["Arn"]
    reset = p["LoginProfile"]["PasswordResetRequired"]
    c("iam").create_login_profile(UserName=name, Password="aB3$" * 8, PasswordResetRequired=reset)
    profile = c("iam").get_login_profile(UserName=name)["LoginProfile"]
    read = {"UserName": name, "LoginProfile": {
        **p["LoginProfile"], "PasswordResetRequired": profile["PasswordResetRequired"]}}
    return {"Ref": name, "Arn": arn}, pick(read, p)


def membership(p, id, stack):
    for one in p["Users"]:
        c("iam").add_user_to_group(GroupName=p["GroupName"], UserName=one)
    users = [one["UserName"] for one in c("iam").get_group(GroupName=p["GroupName"])["Users"]]
    return {"Ref": id}, {"GroupName": p["GroupName"], "Users": [one for one in users if one in p["Users"]]}


def alias(p, id, stack):
    c("kms").create_alias(AliasName=p["AliasName"], TargetKeyId=p["TargetKeyId"])
    read = [one for one in c("kms").list_aliases()["Aliases"] if one["AliasName"] == p["AliasName"]][0]
    arn = c("kms").describe_key(KeyId=read["TargetKeyId"])["KeyMetadata"]
    wanted = p["TargetKeyId"]
    return {"Ref": p["AliasName"]}, {
        "AliasName": read["AliasName"], "TargetKeyId": wanted if wanted in (arn["Arn"], arn["KeyId"]) else arn["Arn"]}


def key(p, id, stack):
    made = c("kms").create_key(
        Policy=json.dumps(p["KeyPolicy"]), Description=p["Description"],
        BypassPolicyLockoutSafetyCheck=p["BypassPolicyLockoutSafetyCheck"])["KeyMetadata"]
    if p["EnableKeyRotation"]:
        c("kms").enable_key_rotation(KeyId=made["KeyId"])
    policy = c("kms").get_key_policy(KeyId=made["KeyId"], PolicyName="default")["Policy"]
    return {"Ref": made["KeyId"], "Arn": made["Arn"]}, {
        "Description": c("kms").describe_key(KeyId=made["KeyId"])["KeyMetadata"]["Description"],
        "EnableKeyRotation": c("kms").get_key_rotation_status(KeyId=made["KeyId"])["KeyRotationEnabled"],
        "KeyPolicy": json.loads(policy)}


def invoke_config(p, id, stack):
    given = {key: p[key] for key in p if key != "Qualifier"}
    c("lambda").put_function_event_invoke_config(**given)
    read = c("lambda").get_function_event_invoke_config(FunctionName=p["FunctionName"])
    read["FunctionName"] = read["FunctionArn"].split(":")[6]
    read.get("DestinationConfig", {}).pop("OnSuccess", None)
    return {"Ref": id}, pick(read, given)


def function(p, id, stack):
    name, package = f"{stack}-{id}", io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("index.js", json.dumps(p["Code"]["ZipFile"]))
    given = {key: p[key] for key in p if key != "Code"}
    c("lambda").create_function(FunctionName=name, Code={"ZipFile": package.getvalue()}, **given)
    read = c("lambda").get_function_configuration(FunctionName=name)
    if "LoggingConfig" in p:
        read["LoggingConfig"] = pick(read.get("LoggingConfig") or {}, p["LoggingConfig"])
    return {"Ref": name, "Arn": read["FunctionArn"]}, pick(read, given)


def permission(p, id, stack):
    name = p["FunctionName"].split(":")[-1]
    c("lambda").add_permission(StatementId=id, **p)
    policy = json.loads(c("lambda").get_policy(FunctionName=name)["Policy"])
    read = [one for one in policy["Statement"] if one["Sid"] == id][0]
    condition = read.get("Condition", {}).get("ArnLike", {})
    return {"Ref": id}, pick({
        "Action": read["Action"], "FunctionName": p["FunctionName"] if read["Resource"].endswith(name) else None,
        "Principal": read["Principal"]["Service"], "SourceArn": condition.get("AWS:SourceArn")}, p)


def log_group(p, id, stack):
    name = f"{stack}-{id}"
    more = {"kmsKeyId": p["KmsKeyId"]} if "KmsKeyId" in p else {}
    c("logs").create_log_group(logGroupName=name, **more)
    c("logs").put_retention_policy(logGroupName=name, retentionInDays=p["RetentionInDays"])
    read = c("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]
    return {"Ref": name, "Arn": read["arn"]}, pick(upper(read), p)


def metric_filter(p, id, stack):
    c("logs").put_metric_filter(
        logGroupName=p["LogGroupName"], filterName=id, filterPattern=p["FilterPattern"],
        metricTransformations=[
            {**lower(one), "metricValue": str(one["MetricValue"])} for one in p["MetricTransformations"]])
    read = c("logs").describe_metric_filters(logGroupName=p["LogGroupName"], filterNamePrefix=id)
    read = upper([one for one in read["metricFilters"] if one["filterName"] == id][0])
    return {"Ref": id}, pick(read, p)


def unit_or_root(given):
    """What a template names by its ID in a real organization is the root here, whose ID moto makes up."""
    made = c("organizations")
    try:
        made.describe_organizational_unit(OrganizationalUnitId=given)
        return given
    except ClientError:
        return made.list_roots()["Roots"][0]["Id"]


def unit(p, id, stack):
    parent = unit_or_root(p["ParentId"])
    made = c("organizations").create_organizational_unit(Name=p["Name"], ParentId=parent)["OrganizationalUnit"]["Id"]
    read = c("organizations").describe_organizational_unit(OrganizationalUnitId=made)["OrganizationalUnit"]
    above = c("organizations").list_parents(ChildId=made)["Parents"][0]["Id"]
    return {"Ref": made, "Id": made}, {"Name": read["Name"], "ParentId": p["ParentId"] if above == parent else above}


def member(p, id, stack):
    organizations, parent = c("organizations"), unit_or_root(p["ParentIds"][0])
    made = organizations.create_account(AccountName=p["AccountName"], Email=p["Email"])
    made = made["CreateAccountStatus"]["AccountId"]
    above = organizations.list_parents(ChildId=made)["Parents"][0]["Id"]
    if above != parent:
        organizations.move_account(AccountId=made, SourceParentId=above, DestinationParentId=parent)
    read = organizations.describe_account(AccountId=made)["Account"]
    above = organizations.list_parents(ChildId=made)["Parents"][0]["Id"]
    return {"Ref": made, "AccountId": made, "Arn": read["Arn"]}, {
        "AccountName": read["Name"], "Email": read["Email"], "ParentIds": p["ParentIds"] if above == parent else [above]}


def organization_policy(p, id, stack):
    root = c("organizations").list_roots()["Roots"][0]["Id"]
    if all(one["Type"] != p["Type"] for one in c("organizations").list_roots()["Roots"][0]["PolicyTypes"]):
        c("organizations").enable_policy_type(RootId=root, PolicyType=p["Type"])
    made = c("organizations").create_policy(
        Content=json.dumps(p["Content"]), Description=p["Description"], Name=p["Name"], Type=p["Type"])["Policy"]
    given = made["PolicySummary"]["Id"]
    c("organizations").attach_policy(PolicyId=given, TargetId=root)
    read = c("organizations").describe_policy(PolicyId=given)["Policy"]
    targets = c("organizations").list_targets_for_policy(PolicyId=given)["Targets"]
    return {"Ref": given}, pick({
        **read["PolicySummary"], "Content": json.loads(read["Content"]),
        "TargetIds": p["TargetIds"] if [one["TargetId"] for one in targets] == [root] else None}, p)


def bucket(p, id, stack):
    name = re.sub("[^a-z0-9-]", "", f"{stack}-{id}".lower())
    s3 = c("s3")
    s3.create_bucket(Bucket=name)
    read = {}
    encryption = p["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [
        {**{key: one[key] for key in one if key != "ServerSideEncryptionByDefault"},
         "ApplyServerSideEncryptionByDefault": one["ServerSideEncryptionByDefault"]} for one in encryption]})
    rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    read["BucketEncryption"] = {"ServerSideEncryptionConfiguration": [
        pick({**one, "ServerSideEncryptionByDefault": one["ApplyServerSideEncryptionByDefault"]}, encryption[index])
        for index, one in enumerate(rules)]}
    lifecycle = p["LifecycleConfiguration"]["Rules"]
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [
        {"Status": one["Status"], "Filter": {"Prefix": ""}, "Expiration": {"Days": one["ExpirationInDays"]},
         "NoncurrentVersionExpiration": one["NoncurrentVersionExpiration"]} for one in lifecycle]})
    rules = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    read["LifecycleConfiguration"] = {"Rules": [
        {**lifecycle[index], "Status": one["Status"], "ExpirationInDays": one["Expiration"]["Days"],
         "NoncurrentVersionExpiration": one["NoncurrentVersionExpiration"]} for index, one in enumerate(rules)]}
    if "LoggingConfiguration" in p:
        target = p["LoggingConfiguration"]
        try:
            s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={"LoggingEnabled": {
                "TargetBucket": target["DestinationBucketName"], "TargetPrefix": target.get("LogFilePrefix", "")}})
            enabled = s3.get_bucket_logging(Bucket=name)["LoggingEnabled"]
            read["LoggingConfiguration"] = pick({
                "DestinationBucketName": enabled["TargetBucket"], "LogFilePrefix": enabled["TargetPrefix"]}, target)
        except ClientError as error:
            read["LoggingConfiguration"] = str(error)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=p["PublicAccessBlockConfiguration"])
    read.update(pick(s3.get_public_access_block(Bucket=name), ("PublicAccessBlockConfiguration",)))
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=p["VersioningConfiguration"])
    read["VersioningConfiguration"] = pick(s3.get_bucket_versioning(Bucket=name), ("Status",))
    return {"Ref": name, "Arn": f"arn:aws:s3:::{name}"}, pick(read, p)


def bucket_policy(p, id, stack):
    c("s3").put_bucket_policy(Bucket=p["Bucket"], Policy=json.dumps(p["PolicyDocument"]))
    policy = json.loads(c("s3").get_bucket_policy(Bucket=p["Bucket"])["Policy"])
    return {"Ref": id}, {"Bucket": p["Bucket"], "PolicyDocument": policy}


def subscription(p, id, stack):
    arn = c("sns").subscribe(**p, ReturnSubscriptionArn=True)["SubscriptionArn"]
    read = [one for one in c("sns").list_subscriptions_by_topic(TopicArn=p["TopicArn"])["Subscriptions"]
            if one["Endpoint"] == p["Endpoint"]][0]
    return {"Ref": arn}, pick(read, p)


def topic(p, id, stack):
    arn = c("sns").create_topic(Name=f"{stack}-{id}", Attributes=p)["TopicArn"]
    read = c("sns").get_topic_attributes(TopicArn=arn)["Attributes"]
    return {"Ref": arn, "TopicArn": arn, "TopicName": f"{stack}-{id}"}, pick(read, p)


def topic_policy(p, id, stack):
    for arn in p["Topics"]:
        c("sns").set_topic_attributes(
            TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(p["PolicyDocument"]))
    read = [json.loads(c("sns").get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"]) for arn in p["Topics"]]
    return {"Ref": id}, {"Topics": p["Topics"], "PolicyDocument": read[0]}


def permission_set(p, id, stack):
    sso = c("sso-admin")
    given = {key: p[key] for key in ("Name", "Description", "InstanceArn", "SessionDuration") if key in p}
    arn = sso.create_permission_set(**given)["PermissionSet"]["PermissionSetArn"]
    of = {"InstanceArn": p["InstanceArn"], "PermissionSetArn": arn}
    for one in p.get("ManagedPolicies", []):
        try:
            sso.attach_managed_policy_to_permission_set(**of, ManagedPolicyArn=one)
        except sso.exceptions.ResourceNotFoundException:
            pass  # It is missing in what is read.
    for one in p.get("CustomerManagedPolicyReferences", []):
        sso.attach_customer_managed_policy_reference_to_permission_set(**of, CustomerManagedPolicyReference=one)
    if "InlinePolicy" in p:
        sso.put_inline_policy_to_permission_set(**of, InlinePolicy=json.dumps(p["InlinePolicy"]))
    attached = sso.list_managed_policies_in_permission_set(**of)["AttachedManagedPolicies"]
    references = sso.list_customer_managed_policy_references_in_permission_set(**of)["CustomerManagedPolicyReferences"]
    inline = sso.get_inline_policy_for_permission_set(**of)["InlinePolicy"]
    read = {
        **sso.describe_permission_set(**of)["PermissionSet"], "InstanceArn": p["InstanceArn"],
        "ManagedPolicies": [one["Arn"] for one in attached],
        "CustomerManagedPolicyReferences": [
            pick(one, sent) for one, sent in zip(references, p.get("CustomerManagedPolicyReferences", []))],
        "InlinePolicy": json.loads(inline) if inline else None}
    return {"Ref": arn, "PermissionSetArn": arn}, pick(read, p)


def assignment(p, id, stack):
    c("sso-admin").create_account_assignment(**p)
    read = c("sso-admin").list_account_assignments(
        InstanceArn=p["InstanceArn"], AccountId=p["TargetId"], PermissionSetArn=p["PermissionSetArn"])
    read = [one for one in read["AccountAssignments"] if one["PrincipalId"] == p["PrincipalId"]][0]
    return {"Ref": id}, pick({
        **read, "InstanceArn": p["InstanceArn"], "TargetId": read["AccountId"], "TargetType": "AWS_ACCOUNT"}, p)


def secret(p, id, stack):
    password = c("secretsmanager").get_random_password(**p["GenerateSecretString"])["RandomPassword"]
    made = c("secretsmanager").create_secret(
        Name=f"{stack}-{id}", Description=p["Description"], SecretString=password)
    read = c("secretsmanager").describe_secret(SecretId=made["ARN"])
    excluded = p["GenerateSecretString"].get("ExcludeCharacters", "")
    kept = not set(password) & set(excluded)
    return {"Ref": made["ARN"], "Id": made["ARN"]}, {
        "Description": read["Description"], "GenerateSecretString": p["GenerateSecretString"] if kept else password}


def secret_policy(p, id, stack):
    policy = json.dumps(p["ResourcePolicy"])
    c("secretsmanager").put_resource_policy(SecretId=p["SecretId"], ResourcePolicy=policy)
    read = c("secretsmanager").get_resource_policy(SecretId=p["SecretId"])
    return {"Ref": id}, {"SecretId": read["ARN"], "ResourcePolicy": json.loads(read["ResourcePolicy"])}


def hub(p, id, stack):
    c("securityhub").enable_security_hub(**p)
    read = c("securityhub").describe_hub()
    return {"Ref": read["HubArn"]}, pick({**read, "EnableDefaultStandards": p["EnableDefaultStandards"]}, p)


MAKE = {
    "AWS::Budgets::Budget": budget,
    "AWS::CloudFormation::StackSet": stack_set,
    "AWS::CloudTrail::Trail": trail,
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CloudWatch::Dashboard": dashboard,
    "AWS::Config::ConfigurationRecorder": recorder,
    "AWS::Config::DeliveryChannel": channel,
    "AWS::Events::Rule": rule,
    "AWS::GuardDuty::Detector": detector,
    "AWS::IAM::Group": group,
    "AWS::IAM::ManagedPolicy": managed_policy,
    "AWS::IAM::OIDCProvider": oidc_provider,
    "AWS::IAM::Policy": inline_policy,
    "AWS::IAM::Role": role,
    "AWS::IAM::SAMLProvider": saml_provider,
    "AWS::IAM::User": user,
    "AWS::IAM::UserToGroupAddition": membership,
    "AWS::KMS::Alias": alias,
    "AWS::KMS::Key": key,
    "AWS::Lambda::EventInvokeConfig": invoke_config,
    "AWS::Lambda::Function": function,
    "AWS::Lambda::Permission": permission,
    "AWS::Logs::LogGroup": log_group,
    "AWS::Logs::MetricFilter": metric_filter,
    "AWS::Organizations::Account": member,
    "AWS::Organizations::OrganizationalUnit": unit,
    "AWS::Organizations::Policy": organization_policy,
    "AWS::S3::Bucket": bucket,
    "AWS::S3::BucketPolicy": bucket_policy,
    "AWS::SNS::Subscription": subscription,
    "AWS::SNS::Topic": topic,
    "AWS::SNS::TopicPolicy": topic_policy,
    "AWS::SSO::Assignment": assignment,
    "AWS::SSO::PermissionSet": permission_set,
    "AWS::SecretsManager::ResourcePolicy": secret_policy,
    "AWS::SecretsManager::Secret": secret,
    "AWS::SecurityHub::Hub": hub,
}
# What CloudFormation alone reads, or what services never return.
NOT_READ = {
    "AWS::CloudFormation::StackSet": {
        "AutoDeployment", "CallAs", "ManagedExecution", "OperationPreferences", "StackInstancesGroup"},
    "AWS::KMS::Key": {"BypassPolicyLockoutSafetyCheck"},
    "AWS::Lambda::EventInvokeConfig": {"Qualifier"},
    "AWS::Lambda::Function": {"Code"},
}


class Account:
    def __init__(self, templates):
        self.templates = templates
        self.made = {}
        self.equal, self.different, self.refused = {}, [], []

    def ensure(self, stack, id):
        """Creates a resource once, after those that it refers to, and returns what references to it give."""
        if (stack, id) in self.made:
            return self.made[stack, id]
        resource = self.templates[stack]["Resources"][id]
        kind, name = resource["Type"], f"{stack.split('-')[-1]}/{id}"
        attributes = self.made[stack, id] = {"Ref": f"{stack}-{id}"}
        depends = resource.get("DependsOn", [])
        for one in [depends] if isinstance(depends, str) else depends:
            self.ensure(stack, one)
        if kind not in MAKE:
            return attributes
        properties = self.resolve(stack, resource.get("Properties", {}))
        try:
            given, read = MAKE[kind](properties, id, stack)
            attributes.update(given)
        except (BotoCoreError, ClientError, KeyError, IndexError) as error:
            self.refused.append({"type": kind, "resource": name, "message": f"{type(error).__name__}: {error}"})
            return attributes
        wanted = {key: properties[key] for key in properties if key not in NOT_READ.get(kind, ())}
        parts = [key for key in wanted if plain(wanted[key]) != plain(read.get(key))]
        self.different += [
            {"type": kind, "resource": name, "property": key, "sent": wanted[key], "read": read.get(key)}
            for key in parts]
        if not parts:
            self.equal[kind] = self.equal.get(kind, 0) + 1
        return attributes

    def resolve(self, stack, value):
        if isinstance(value, list):
            return [self.resolve(stack, one) for one in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == "Ref":
                return self.ref(stack, argument)
            if name == "Fn::GetAtt":
                return self.attribute(stack, *argument)
            if name == "Fn::Join":
                return argument[0].join(str(self.resolve(stack, one)) for one in argument[1])
            if name == "Fn::Split":
                return self.resolve(stack, argument[1]).split(argument[0])
            if name == "Fn::FindInMap":
                found = self.templates[stack]["Mappings"]
                for one in argument:
                    found = found[self.resolve(stack, one) if isinstance(one, dict) else one]
                return found
            if name == "Fn::Select":
                return self.resolve(stack, argument[1])[int(argument[0])]
            if name == "Fn::Sub":
                text, values = argument if isinstance(argument, list) else (argument, {})
                return re.sub(r"\$\{([^}]+)\}", lambda found: self.substitute(stack, found[1], values), text)
            if name == "Fn::ImportValue":
                exported = self.resolve(stack, argument)
                for other, template in self.templates.items():
                    for one in template.get("Outputs", {}).values():
                        if "Export" in one and self.resolve(other, one["Export"]["Name"]) == exported:
                            return self.resolve(other, one["Value"])
            if name == "Fn::GetStackOutput":
                other = self.resolve(stack, argument["StackName"])
                return self.resolve(other, self.templates[other]["Outputs"][argument["OutputName"]]["Value"])
        return {key: self.resolve(stack, one) for key, one in value.items()}

    def substitute(self, stack, name, values):
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        if name in values:
            return str(self.resolve(stack, values[name]))
        id, _, attribute = name.partition(".")
        return str(self.attribute(stack, id, attribute) if attribute else self.ref(stack, name))

    def ref(self, stack, name):
        if name == "AWS::StackName":
            return stack
        if name == "AWS::StackId":
            return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{stack}/1"
        if name in PSEUDO:
            return PSEUDO[name]
        parameter = self.templates[stack].get("Parameters", {}).get(name)
        return parameter.get("Default", "") if parameter else self.ensure(stack, name)["Ref"]

    def attribute(self, stack, id, name):
        # Of a custom resource or a type that moto lacks, any text does.
        return self.ensure(stack, id).get(name, f"arn:aws:sns:{REGION}:{ACCOUNT}:{id}.{name}")


def plain(value):
    """Numbers and Booleans as CloudFormation writes them: as text, or not. Lists of policies have no order."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        items = [plain(one) for one in value]
        return sorted(items) if all(isinstance(one, str) for one in items) else items
    if isinstance(value, bool):
        return str(value).lower()
    return f"{float(value)}" if isinstance(value, (int, float)) else value


def main(templates_file, report_file):
    global endpoint
    with open(templates_file, encoding="utf-8") as file:
        templates = json.load(file)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    try:
        c("organizations").create_organization(FeatureSet="ALL")
        account = Account(templates)
        for stack, template in templates.items():
            for id in template["Resources"]:
                account.ensure(stack, id)
        known = []
        for kind, (service, call, parameters) in LACKING.items():
            ask = getattr(c(service), call)  # A name that boto3 does not know is no refusal.
            try:
                ask(**parameters)
                known.append(kind)
            except Exception:
                pass
    finally:
        server.stop()
    types = {
        resource["Type"] for template in templates.values() for resource in template["Resources"].values()
        if not resource["Type"].startswith("Custom::")}
    report = {
        "version": version("moto"), "equal": account.equal, "different": account.different, "refused": account.refused,
        "lacking": sorted(types & set(LACKING)), "known": known, "unknown": sorted(types - set(MAKE) - set(LACKING))}
    with open(report_file, "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
