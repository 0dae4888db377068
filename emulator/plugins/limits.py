"""Limits and values of services that CloudFormation's schemas lack: further schemas by type, and sizes of policies.

"Model" after a link says that the service model of botocore 1.43.11 has the figures, and "page" that a stored copy of
the page has them. What has neither is not confirmed.
"""

# https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html and API_Subscribe.html (model)
TOPIC_NAME = {"pattern": r"^[A-Za-z0-9_-]{1,256}(\.fifo)?$"}
PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"]
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


def properties(**schemas):
    return {"properties": schemas}


def whenever(key, value, then):
    """A schema that holds where a property has this value."""
    return {"if": {"required": [key], "properties": {key: {"const": value}}}, "then": properties(**then)}


# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html (model, page)
BUDGET = properties(
    Budget=properties(
        BudgetType={"enum": ["COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION",
                             "SAVINGS_PLANS_COVERAGE"]},
        TimeUnit={"enum": ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"]},
        BudgetName={"maxLength": 100, "pattern": r"^(?!.*/action/)[^:\\]+$"},
        BudgetLimit=properties(Amount={"minimum": 0}, Unit={"minLength": 1}),
    ),
    NotificationsWithSubscribers={"maxItems": 10, "items": properties(
        Notification=properties(
            NotificationType={"enum": ["ACTUAL", "FORECASTED"]},
            ComparisonOperator={"enum": ["GREATER_THAN", "LESS_THAN", "EQUAL_TO"]},
            ThresholdType={"enum": ["PERCENTAGE", "ABSOLUTE_VALUE"]},
        ),
        Subscribers={"minItems": 1, "maxItems": 11, "items": {
            **properties(SubscriptionType={"enum": ["SNS", "EMAIL"]}),
            "allOf": [
                whenever("SubscriptionType", "EMAIL", {"Address": {"pattern": EMAIL}}),
                whenever("SubscriptionType", "SNS", {"Address": {"pattern": r"^arn:[^:]+:sns:"}}),
            ],
        }},
    )},
)

SCHEMAS = {
    "AWS::AccessAnalyzer::Analyzer": properties(Type={"enum": [
        "ACCOUNT", "ORGANIZATION", "ACCOUNT_INTERNAL_ACCESS", "ORGANIZATION_INTERNAL_ACCESS", "ACCOUNT_UNUSED_ACCESS",
        "ORGANIZATION_UNUSED_ACCESS"]}),
    "AWS::Budgets::Budget": BUDGET,
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (model)
    "AWS::CloudWatch::Alarm": properties(
        AlarmName={"minLength": 1},
        Period={"anyOf": [{"enum": [10, 20, 30]}, {"minimum": 60, "multipleOf": 60}]},
        TreatMissingData={"enum": ["breaching", "notBreaching", "ignore", "missing"]},
    ),
    # https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingMode.html (model)
    "AWS::Config::ConfigurationRecorder": properties(
        RecordingMode=properties(RecordingFrequency={"enum": ["CONTINUOUS", "DAILY"]})),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    "AWS::IAM::Group": properties(ManagedPolicyArns={"maxItems": 10}),
    # https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html (model)
    "AWS::IAM::OIDCProvider": properties(Url={"pattern": "^https://"}),
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
    "AWS::KMS::Alias": properties(AliasName={"pattern": r"^alias/(?!aws/)"}),
    # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (page)
    # The limits of the schema are those of managed instances.
    "AWS::Lambda::Function": properties(
        MemorySize={"maximum": 10_240}, Timeout={"maximum": 900}, Code=properties(ZipFile={"maxLength": 4_194_304}),
        Layers={"maxItems": 5}),
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html (model)
    "AWS::SecretsManager::Secret": properties(
        Name={"pattern": r"^[\w/+=.@-]+$"},
        GenerateSecretString={
            **properties(PasswordLength={"minimum": 1, "maximum": 4_096}, ExcludeCharacters={"maxLength": 4_096}),
            # https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html
            "dependencies": {"GenerateStringKey": ["SecretStringTemplate"],
                             "SecretStringTemplate": ["GenerateStringKey"]}}),
    "AWS::SNS::Subscription": {
        **properties(Protocol={"enum": PROTOCOLS}),
        "allOf": [
            whenever("Protocol", "email", {"Endpoint": {"pattern": EMAIL}}),
            whenever("Protocol", "https", {"Endpoint": {"pattern": "^https://"}}),
            whenever("Protocol", "lambda", {"Endpoint": {"pattern": r"^arn:[^:]+:lambda:"}}),
        ],
    },
    "AWS::SNS::Topic": properties(DisplayName={"maxLength": 100}, TopicName=TOPIC_NAME),
}

# Characters of all inline policies of a user, group, or role together, without white space.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
INLINE_POLICIES = {"user": 2_048, "group": 5_120, "role": 10_240}
TRUST_POLICY, MANAGED_POLICY = 2_048, 6_144

# Characters of policies of resources, by type and property.
RESOURCE_POLICIES = {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html (page)
    "AWS::S3::BucketPolicy": ("PolicyDocument", 20_480),
    # https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html (page)
    "AWS::SNS::TopicPolicy": ("PolicyDocument", 30_720),
    # 32 KiB in an older page of PutKeyPolicy; the model allows 131,072, and the page of quotas names none any more.
    # https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
    "AWS::KMS::Key": ("KeyPolicy", 32_768),
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html (model)
    "AWS::SecretsManager::ResourcePolicy": ("ResourcePolicy", 20_480),
}

# Names of a function's environment that Lambda sets itself, and the bytes of all of its own.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
RESERVED_VARIABLES = {
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
}
ENVIRONMENT_BYTES = 4_096

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Dashboard-Body-Structure.html (page)
DASHBOARD_WIDGETS = 500
