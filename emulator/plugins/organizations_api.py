"""Calls of AWS Organizations, IAM and CloudFormation that an organization needs and MiniStack 1.5.33 lacks: trusted
access, delegated administrators, central root access, and access of StackSets.

Like AWS: names, parameters, and the shapes of responses, and what requires something else first. A member sees the
organization of its management account, and its trail. A policy type is enabled in the background: the next ListRoots shows it as
pending.

Simplified: trusted access grants nothing by itself, and there are no pages.
"""

from ministack.core.responses import AccountScopedDict, error_response_json, get_account_id, get_region, request_scope
from ministack.services import cloudtrail, iam, organizations
from ministack.services.cloudformation import handlers

ROOT_FEATURES = {"CredentialsManagement": "RootCredentialsManagement", "Sessions": "RootSessions"}

# Per management account.
_trusted = AccountScopedDict()
_administrators = AccountScopedDict()
_features = AccountScopedDict()


def apply():
    organizations._DISPATCH.update(
        EnableAWSServiceAccess=lambda payload: set_access(payload, True),
        DisableAWSServiceAccess=lambda payload: set_access(payload, False),
        ListAWSServiceAccessForOrganization=lambda _payload: organizations._json(200, {
            "EnabledServicePrincipals": [{"ServicePrincipal": name} for name in sorted(_trusted)]}),
        RegisterDelegatedAdministrator=register,
        DeregisterDelegatedAdministrator=deregister,
        ListDelegatedAdministrators=list_administrators,
        ListDelegatedServicesForAccount=list_delegated_services,
        RemoveAccountFromOrganization=remove_account,
    )
    units_name_their_root()
    members_see_their_organization()
    members_see_the_trail_of_their_organization()
    policy_types_take_time()
    for name, feature in ROOT_FEATURES.items():
        for verb, value in (("Enable", True), ("Disable", False)):
            action = f"{verb}OrganizationsRoot{name}"
            iam._IAM_HANDLERS.setdefault(action, root_feature(action, feature, value))
    iam._IAM_HANDLERS.setdefault("ListOrganizationsFeatures", root_feature("ListOrganizationsFeatures", None, None))
    handlers._ACTION_HANDLERS.update(
        ActivateOrganizationsAccess=lambda _params: stack_sets_access("Activate", True),
        DeactivateOrganizationsAccess=lambda _params: stack_sets_access("Deactivate", False),
        DescribeOrganizationsAccess=lambda _params: handlers._xml(
            200, "DescribeOrganizationsAccessResponse",
            f"<DescribeOrganizationsAccessResult><Status>{'ENABLED' if stack_sets_trusted() else 'DISABLED'}</Status>"
            "</DescribeOrganizationsAccessResult>"),
    )


STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com"
# ActivateOrganizationsAccess alone activates it; EnableAWSServiceAccess does not.
_activated = AccountScopedDict()


def stack_sets_trusted():
    return "self" in _activated


def stack_sets_access(verb, value):
    if value:
        _activated["self"] = True
        _trusted[STACK_SETS] = True
    else:
        _activated.pop("self", None)
        _trusted.pop(STACK_SETS, None)
    return handlers._xml(200, f"{verb}OrganizationsAccessResponse", f"<{verb}OrganizationsAccessResult/>")


def set_access(payload, value):
    organizations._ensure_org()
    principal = payload.get("ServicePrincipal")
    if not principal:
        return error_response_json("InvalidInputException", "You specified an invalid value.", 400)
    if value:
        _trusted[principal] = True
    else:
        _trusted.pop(principal, None)
    return organizations._json(200, {})


def remove_account(payload):
    organizations._ensure_org()
    account = payload.get("AccountId")
    if account == get_account_id():
        return error_response_json(
            "MasterCannotLeaveOrganizationException", "You can't remove a management account from an organization.", 400)
    if organizations._accounts.pop(account, None) is None:
        return error_response_json(
            "AccountNotFoundException", "You specified an account that doesn't exist.", 400)
    return organizations._json(200, {})


def register(payload):
    organizations._ensure_org()
    account, principal = payload.get("AccountId"), payload.get("ServicePrincipal")
    if account not in organizations._accounts:
        return error_response_json(
            "AccountNotFoundException", "You specified an account that doesn't exist.", 400)
    if account == get_account_id():
        return error_response_json(
            "ConstraintViolationException",
            "You cannot register the management account as a delegated administrator for your organization.", 400)
    if principal not in _trusted:
        return error_response_json(
            "InvalidInputException", f"You must enable trusted access for {principal} first.", 400)
    if (account, principal) in _administrators:
        return error_response_json(
            "AccountAlreadyRegisteredException",
            "The provided account is already a delegated administrator for your organization.", 400)
    _administrators[account, principal] = True
    return organizations._json(200, {})


def deregister(payload):
    key = payload.get("AccountId"), payload.get("ServicePrincipal")
    if key not in _administrators:
        return error_response_json(
            "AccountNotRegisteredException",
            "The provided account is not registered as a delegated administrator for your organization.", 400)
    del _administrators[key]
    return organizations._json(200, {})


def list_administrators(payload):
    wanted = payload.get("ServicePrincipal")
    ids = sorted({account for account, principal in _administrators if wanted in (None, principal)})
    return organizations._json(200, {"DelegatedAdministrators": [
        organizations._public_account(organizations._accounts[one]) for one in ids]})


def list_delegated_services(payload):
    names = sorted(principal for account, principal in _administrators if account == payload.get("AccountId"))
    return organizations._json(200, {"DelegatedServices": [{"ServicePrincipal": name} for name in names]})


def manager_of(account):
    """The management account of a member, or None."""
    for manager, member in list(organizations._accounts._data):
        if member == account and manager != account:
            return manager
    return None


def members_see_their_organization():
    # https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html: from any account.
    for name, handle in list(organizations._DISPATCH.items()):
        organizations._DISPATCH[name] = from_member(name, handle)


def from_member(name, handle):
    def handle_anywhere(payload):
        manager = manager_of(get_account_id())
        if manager is None:
            return handle(payload)
        if name != "DescribeOrganization":
            return error_response_json(
                "AccessDeniedException", "You don't have permissions to access this resource.", 400)
        with request_scope(manager, get_region()):
            return handle(payload)

    return handle_anywhere


def members_see_the_trail_of_their_organization():
    """A member reads it, by its ARN, and cannot change it.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
    """
    visible, status = cloudtrail._visible_trail_items, cloudtrail._DISPATCH["GetTrailStatus"]

    def of_manager():
        manager = manager_of(get_account_id())
        trails = cloudtrail._account_trail_items(manager) if manager else ()
        return [(region, name, trail) for region, name, trail in trails if trail.get("IsOrganizationTrail")]

    def status_anywhere(body):
        for region, _name, trail in of_manager():
            if body.get("Name") == trail["TrailARN"]:
                with request_scope(manager_of(get_account_id()), region):
                    return status(body)
        return status(body)

    cloudtrail._visible_trail_items = lambda **options: [*visible(**options), *of_manager()]
    cloudtrail._DISPATCH["GetTrailStatus"] = status_anywhere


def units_name_their_root():
    """ou-<root>-<unit>: https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html"""
    create = organizations._DISPATCH["CreateOrganizationalUnit"]

    def create_named(payload):
        known = set(organizations._ous)
        response = create(payload)
        for given in set(organizations._ous) - known:
            root = next(iter(organizations._roots)).removeprefix("r-")
            identifier = f"ou-{root}-{given.rsplit('-', 1)[-1]}"
            unit = organizations._ous.pop(given)
            organizations._ous[identifier] = {**unit, "Id": identifier, "Arn": unit["Arn"].replace(given, identifier)}
            if given in organizations._tags:
                organizations._tags[identifier] = organizations._tags.pop(given)
            status, headers, body = response
            response = status, headers, body.replace(given.encode(), identifier.encode())
        return response

    organizations._DISPATCH.update(CreateOrganizationalUnit=create_named)


def policy_types_take_time():
    list_roots = organizations._DISPATCH["ListRoots"]
    enable = organizations._DISPATCH["EnablePolicyType"]
    pending = AccountScopedDict()

    def enable_later(payload):
        response = enable(payload)
        if response[0] < 400:
            pending[payload["PolicyType"]] = True
        return response

    def list_pending(payload):
        status, headers, body = list_roots(payload)
        for kind in list(pending):
            del pending[kind]
            body = body.replace(
                f'"Type": "{kind}", "Status": "ENABLED"'.encode(), f'"Type": "{kind}", "Status": "PENDING_ENABLE"'.encode())
        return status, headers, body

    organizations._DISPATCH.update(EnablePolicyType=enable_later, ListRoots=list_pending)


def root_feature(action, feature, value):
    def handle(_params):
        organizations._ensure_org()
        if manager_of(get_account_id()):
            return iam._error(
                400, "AccountNotManagementOrDelegatedAdministratorException",
                "The request was rejected because the account making the request is not the management account.")
        if "iam.amazonaws.com" not in _trusted:
            return iam._error(
                400, "ServiceAccessNotEnabled",
                "The request was rejected because trusted access is not enabled for IAM in AWS Organizations.")
        if value:
            _features[feature] = True
        elif value is False:
            _features.pop(feature, None)
        names = "".join(f"<member>{name}</member>" for name in sorted(_features))
        return iam._xml(
            200, f"{action}Response",
            f"<{action}Result><OrganizationId>{organizations._orgs['self']['Id']}</OrganizationId>"
            f"<EnabledFeatures>{names}</EnabledFeatures></{action}Result>")

    return handle
