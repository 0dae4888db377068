"""Makes the password policy, and generated passwords of stacks, match AWS."""

from calls import call
from ministack.services import iam, secretsmanager
from ministack.services.cloudformation import provisioners
from ministack.services.cloudformation.helpers import validation_error_message

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
RANGES = {"MinimumPasswordLength": (6, 128), "PasswordReusePrevention": (1, 24), "MaxPasswordAge": (1, 1095)}
SWITCHES = ("RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters",
            "AllowUsersToChangePassword", "HardExpiry")


def password_policy():
    """Gap: MiniStack merges an update into the old policy and accepts any number. IAM replaces the policy and
    checks ranges.
    """

    def update(params):
        problems, numbers = [], {}
        for field, (low, high) in RANGES.items():
            text = iam._p(params, field, "")
            if text == "":
                continue
            if not text.lstrip("-").isdigit():
                return iam._error(400, "MalformedInput", "Invalid Argument")
            numbers[field] = int(text)
            bound = f"greater than or equal to {low}" if int(text) < low else f"less than or equal to {high}"
            if not low <= int(text) <= high:
                member = field[0].lower() + field[1:]
                problems.append(f"Value '{text}' at '{member}' failed to satisfy constraint: "
                                f"Member must have value {bound}")
        if problems:
            return iam._error(400, "ValidationError", validation_error_message(problems))
        iam._account_password_policy["policy"] = {
            "MinimumPasswordLength": 6,
            **numbers,
            **{field: iam._p(params, field, "").lower() == "true" for field in SWITCHES},
        }
        return iam._xml(200, "UpdateAccountPasswordPolicyResponse", "")

    iam._update_account_password_policy = update
    iam._IAM_HANDLERS["UpdateAccountPasswordPolicy"] = update


# Default without a policy: eight characters and three of the four types.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
SYMBOLS = "! @ # $ % ^ & * ( ) _ + - = [ ] { } | '".split()
KINDS = {
    "RequireUppercaseCharacters": ("uppercase letter", str.isupper),
    "RequireLowercaseCharacters": ("lowercase letter", str.islower),
    "RequireNumbers": ("number", str.isdigit),
    "RequireSymbols": ("symbol", lambda char: char in SYMBOLS),
}


def login_passwords():
    """Gap: MiniStack accepts any password. IAM checks it against the policy (its wording is approximate)."""

    def fault(password):
        policy = iam._account_password_policy.get("policy")
        missing = {field: kind for field, (kind, test) in KINDS.items() if not any(map(test, password))}
        if len(password) < (policy or {"MinimumPasswordLength": 8})["MinimumPasswordLength"]:
            return "Password should have a minimum length of " \
                f"{(policy or {'MinimumPasswordLength': 8})['MinimumPasswordLength']}"
        if policy is None:
            return "Password should have three of the four kinds of characters" if len(missing) > 1 else None
        lacking = [kind for field, kind in missing.items() if policy[field]]
        return f"Password should have at least one {lacking[0]}" if lacking else None

    def checked(original):
        def handler(params):
            password = iam._p(params, "Password", "")
            message = fault(password) if password else None
            return iam._error(400, "PasswordPolicyViolation", message) if message else original(params)
        return handler

    for name, action in (("_create_login_profile", "CreateLoginProfile"),
                         ("_update_login_profile", "UpdateLoginProfile")):
        handler = checked(getattr(iam, name))
        setattr(iam, name, handler)
        iam._IAM_HANDLERS[action] = handler


def generated_passwords():
    """Gap: a generated secret is random, so a required character type may be missing."""
    text_of = provisioners._sm_secret_string

    def generate(props):
        wish = props.get("GenerateSecretString")
        if not wish or props.get("SecretString") or wish.get("SecretStringTemplate"):
            return text_of(props)
        return call("SecretsManager", secretsmanager._get_random_password, wish)["RandomPassword"]

    provisioners._sm_secret_string = generate
