"""AWS::Budgets::Budget, AWS::CE::AnomalyMonitor and AnomalySubscription, and types that are only stored.

MiniStack 1.5.33 has no handlers for them.
"""

import copy
import json

from calls import as_list, call, is_true
from ministack.core.responses import (
    AccountScopedDict, error_response_json, get_account_id, get_region, new_uuid, now_iso)
from ministack.services import budgets
from ministack.services.cloudformation.provisioners import _physical_name, _tag_map


# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CostTypes.html
COST_TYPES = {
    **{f"Include{what}": True for what in ("Credit", "Discount", "OtherSubscription", "Recurring", "Refund", "Subscription",
                                           "Support", "Tax", "Upfront")},
    "UseAmortized": False,
    "UseBlended": False,
}


def apply():
    from ministack import app

    cost_types_of_budgets()
    app.SERVICE_HANDLERS["ce"] = cost_explorer_request


def cost_types_of_budgets():
    """Gap: a budget does not say which costs it counts, unless its creator said it."""
    period = budgets._apply_time_period_defaults

    def completed(budget):
        period(budget)
        # Metrics and an expression replace the cost types.
        if budget["BudgetType"] == "COST" and not budget.keys() & {"FilterExpression", "Metrics"}:
            budget["CostTypes"] = {**COST_TYPES, **(budget.get("CostTypes") or {})}

    budgets._apply_time_period_defaults = completed


def budget_request(name, props):
    budget = {**copy.deepcopy(props["Budget"]), "BudgetName": name}
    # The API needs amounts as strings and cost types as Booleans. A template can contain either.
    if "BudgetLimit" in budget:
        budget["BudgetLimit"]["Amount"] = str(budget["BudgetLimit"]["Amount"])
    if "CostTypes" in budget:
        budget["CostTypes"] = {key: is_true(value) for key, value in budget["CostTypes"].items()}
    return budget


def budget_notifications(props):
    notifications = copy.deepcopy(as_list(props.get("NotificationsWithSubscribers")))
    for entry in notifications:
        entry["Notification"]["Threshold"] = float(entry["Notification"]["Threshold"])
    return notifications


def budget_create(logical_id, props, stack):
    name = props["Budget"].get("BudgetName") or _physical_name(stack, logical_id, max_len=100)
    call("Budgets", budgets._create_budget, {
        "Budget": budget_request(name, props),
        "NotificationsWithSubscribers": budget_notifications(props),
        "ResourceTags": as_list(props.get("ResourceTags")),
    })
    return name, {}


def budget_update(name, _old, new, _stack):
    call("Budgets", budgets._update_budget, {"NewBudget": budget_request(name, new)})
    budgets._tags[budgets._budget_arn(name)] = _tag_map(new.get("ResourceTags"))
    return name, {}


def budget_delete(name, _props):
    call("Budgets", budgets._delete_budget, {"BudgetName": name}, tolerate="NotFound")


# MiniStack has no Cost Explorer or Chatbot service. These types only store what the stack
# requested, so that it can be deployed, updated, and deleted. SDK calls can read the monitors only.
KEPT = AccountScopedDict()


async def cost_explorer_request(_method, _path, headers, _body, _query):
    # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetAnomalyMonitors.html
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    if operation != "GetAnomalyMonitors":
        return error_response_json("UnknownOperationException", f"{operation} is not emulated", 400)
    monitors = [{**props, "MonitorArn": arn} for arn, props in KEPT.items() if ":anomalymonitor/" in arn]
    return 200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps({"AnomalyMonitors": monitors}).encode()


def kept(prefix, attribute, refuse=None, name_property=None, new_id=new_uuid):
    """A handler that stores the properties under an ARN, which Ref and the attribute return.

    The ARN ends in the property that names the resource. Without one, AWS generates an ID, as `new_id` does.
    """

    def create(logical_id, props, stack):
        if refuse:
            refuse(props)
        given = props.get(name_property) if name_property else new_id()
        arn = f"arn:aws:{prefix.format(region=get_region(), account=get_account_id())}/" \
            f"{given or _physical_name(stack, logical_id)}"
        if arn in KEPT:
            raise ValueError(f"{arn} already exists.")
        return update(arn, {}, props, stack)

    def update(arn, _old, new, _stack):
        KEPT[arn] = copy.deepcopy(new)
        return arn, {
            attribute: arn,
            "AccountId": get_account_id(),
            "CreationDate": now_iso(),
            "LastUpdatedDate": now_iso(),
            "LastEvaluatedDate": "",
            "DimensionalValueCount": 0,
        }

    def delete(arn, _props):
        KEPT.pop(arn, None)

    return {"create": create, "update": update, "delete": delete}


def one_service_monitor(props):
    """An account can have one monitor of all AWS services; a second one is rejected."""
    def dimensional(other):
        return other.get("MonitorType") == "DIMENSIONAL" and other.get("MonitorDimension") == "SERVICE"

    if dimensional(props) and any(dimensional(other) for other in KEPT.values()):
        raise ValueError('Resource handler returned message: "Limit exceeded on dimensional spend monitor creation '
                         '(Service: CostExplorer, Status Code: 400)"')
