#!/usr/bin/env bash
# Usage: bash deploy.sh --administrator NAME --email ADDRESS [options]
# Deploys the account baseline from AWS CloudShell, adds people to it, or upgrades it. Keeps existing people.
#   --administrator NAME         IAM user name of an administrator; repeat it for up to ten
#   --email ADDRESS              address for alarms and budget notifications; repeat it for up to ten
#   --budget USD                 monthly budget (default: the current one, or 50)
#   --region REGION              home Region (default: the Region of CloudShell)
#   --remove-administrator NAME  remove an administrator from the group; keeps the user, without permissions
#   --remove-email ADDRESS       stop the notifications to an address
#   --no-root-notice             leave out the second notification of root, which is in us-east-1
#   --dry-run                    show what the deployment would do, and change nothing
#   --yes                        do not ask for confirmation
#   --help                       show this text
set -euf -o pipefail

declare -A options=() parameters=() slot_of=() changes=() actions=() is_protected=() outputs=()
stacks=(AccountBaseline-{Settings,Access,Audit,Detections,Attempts,Alarms,Spend,Watchdog,Summary}) notice=AccountBaseline-RootNotice
outcome='Nothing was changed.' errors=() overrides=() plan='' stack=none

fail() { printf 'Error: %s\n' "$@" >&2 && echo "$outcome" >&2 && exit 1; }

# Prints the output of the AWS CLI, or nothing if the resource does not exist. Other errors end the script.
ask() {
  local answer
  if answer=$(aws "$@" --output text 2>"$log"); then printf '%s' "${answer:+$answer$'\n'}" && return; fi
  grep -qE 'does not exist|NoSuchEntity' "$log" || fail "aws $1 $2: $(grep . "$log" | tail -n 1)"
}

while (($# > 0)); do
  option=$1 value=${2-}
  case $option in
    --administrator | --remove-administrator)
      pattern='^[A-Za-z0-9_+=,.@-]{1,64}$' rule='an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -' ;;
    --email | --remove-email)
      pattern='^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$' rule='an e-mail address such as security@example.com' ;;
    --budget) pattern='^[1-9][0-9]{0,8}(\.[0-9]{1,2})?$' rule='an amount in USD from 1 to 999999999, such as 50' ;;
    --region) pattern='^[a-z]+(-[a-z]+)+-[0-9]+$' rule='a Region such as us-east-1' ;;
    --dry-run | --yes | --no-root-notice) options[$option]=1 && shift && continue ;;
    --help) sed -n '2,/^set /s/^# \{0,1\}//p' "$0" && exit ;;
    *)
      errors+=("there is no such option, see --help; received '$option'") && shift
      # What follows is most likely its value.
      if [[ $option == -* && ${1--} != -* ]]; then shift; fi
      continue ;;
  esac
  [[ $value =~ $pattern && $value != --* ]] || errors+=("$option must be $rule; received '$value'")
  if [[ $option == --budget || $option == --region ]]; then options[$option]=$value; else options[$option]+="$value "; fi
  [[ $# == 1 || $value == --* ]] || shift
  shift
done
((${#errors[@]} == 0)) || fail "${errors[@]}"
cd "$(dirname "${BASH_SOURCE[0]}")" && log=$(mktemp) && trap 'rm -f "$log"' EXIT
sums=$(sha256sum --check --quiet --strict SHA256SUMS 2>&1) || fail "upload day-zero.tar.gz again, and unpack it: ${sums%%$'\n'*}"
source ./people.sh

export AWS_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}} && region=${options[--region]-$AWS_REGION}
identity=$(ask sts get-caller-identity --query Arn)
[[ $identity == arn:aws:* ]] || fail "AWS Budgets is not in this partition, use the CDK app; received '$identity'"
status=$(ask ec2 describe-regions --all-regions --query "Regions[?RegionName=='$region'].OptInStatus")
[[ $status && $status != not-opted-in ]] || fail "--region: does not exist, or is not enabled in this account, see the list at the top right of the console; received '$region'"
export AWS_REGION=$region AWS_DEFAULT_REGION=$region
other=$(ask cloudtrail describe-trails --query "trailList[?Name=='account-baseline' && HomeRegion!='$region'].HomeRegion")
[[ -z $other ]] || fail "--region: the baseline is in $other; received '$region'"

regions=$region
if [[ ! ${options[--no-root-notice]-} ]]; then
  stacks+=("$notice")
  [[ $region == us-east-1 ]] || regions+=' us-east-1'
fi
for stack in "${stacks[@]}"; do actions[$stack]=create; done
# A line for each stack, followed by one for each of its parameters.
answer=$(for one in $regions; do
  ask cloudformation describe-stacks --region "$one" --query "Stacks[?starts_with(StackName, 'AccountBaseline-') &&
    StackStatus != 'DELETE_COMPLETE'].[StackName, StackStatus, EnableTerminationProtection,
    Parameters[].[ParameterKey, ParameterValue]]"
done)
while read -r key value protection; do
  case "$key $value" in
    *" ROLLBACK_COMPLETE" | *" REVIEW_IN_PROGRESS") stack=$key actions[$stack]='delete the failed first try, create' ;;
    *_IN_PROGRESS) errors+=("$key: an operation is in progress, wait until it is done; received $value") ;;
    *_FAILED) errors+=("$key: fix or delete it in the CloudFormation console; received $value") ;;
    AccountBaseline-*) stack=$key actions[$stack]=update is_protected[$stack]=$protection ;;
    # The addresses are those of Alarms, in case that the last run failed before the other stacks got them.
    *) [[ ${actions[$stack]-} != update || $key == Email* && $stack != AccountBaseline-Alarms ]] ||
      parameters[$key]=$value slot_of[${key%%[0-9]*} ${value,,}]=$key ;;
  esac
done <<<"$answer"
[[ ${actions[AccountBaseline-Access]} != update || ${parameters[Administrator1]+x} ]] ||
  errors+=('AccountBaseline-Access: the CDK app deploys this stack, use the app')
((${#errors[@]} == 0)) || fail "${errors[@]}"
[[ ${actions[AccountBaseline-Access]} == update || -z $(ask iam get-group --group-name Administrators --query Group.Arn) ]] ||
  errors+=('the account has a group Administrators: delete it in the IAM console')
# An account can have one hub in a Region and three in all, and needs only one.
hub=${parameters[NotificationHub]-} hubs=(notifications list-notification-hubs --region us-east-1)
if [[ ! $hub && ! ${options[--no-root-notice]-} ]]; then
  hub=create && [[ -z $(ask "${hubs[@]}" --query 'notificationHubs[].[notificationHubRegion]') ]] || hub=existing
fi
users=$(ask iam list-users --query 'Users[].[UserName]')
assign Administrator administrator
assign Email email
if [[ ${options[--remove-administrator]-} ]]; then
  keep_one Administrator administrator 'nobody who stays has signed in yet' \
    "$(ask iam list-users --query 'Users[?PasswordLastUsed].[UserName]')"
fi
if [[ ${options[--remove-email]-} ]]; then
  keep_one Email email 'no address that stays is confirmed yet' "$(ask sns list-subscriptions --query \
    "Subscriptions[?SubscriptionArn!='PendingConfirmation' && contains(TopicArn, ':AccountBaseline-')].[Endpoint]")"
fi
overrides+=("NotificationHub=$hub" "MonthlyBudgetUsd=${options[--budget]-${parameters[MonthlyBudgetUsd]-50}}")
((${#errors[@]} == 0)) || fail "${errors[@]}"

printf 'Signed in as %s, Region %s%s\n  MonthlyBudgetUsd %s\n' "$identity" "$region" "$plan" "${overrides[-1]#*=}"
for stack in "${stacks[@]}"; do echo "  $stack: ${actions[$stack]}"; done
[[ $hub != existing ]] || echo '  The notification hubs of the account are used.'
[[ ! ${options[--dry-run]-} ]] || { echo "$outcome" && exit; }
[[ ${options[--yes]-} ]] || { read -rp 'Deploy this? [y/N] ' reply && [[ $reply == [yY]* ]]; } || fail 'not confirmed'

outcome='The stacks before this one are deployed. Fix this, and run the same command again.'
for stack in "${stacks[@]}"; do
  where=(--stack-name "$stack" --region "$region")
  [[ $stack != "$notice" ]] || where=(--stack-name "$stack" --region us-east-1)
  if [[ ${actions[$stack]} == delete* ]]; then
    ask cloudformation delete-stack "${where[@]}"
    ask cloudformation wait stack-delete-complete "${where[@]}"
  fi
  echo "Deploying $stack"
  if ! aws cloudformation deploy "${where[@]}" --template-file "$stack.template.yaml" --no-fail-on-empty-changeset \
    --capabilities CAPABILITY_NAMED_IAM --parameter-overrides "${overrides[@]}" >"$log" 2>&1; then
    grep -q 'Failed to create/update' "$log" || fail "$stack: $(grep . "$log" | tail -n 1)"
    failed="StackEvents[?ends_with(ResourceStatus, '_FAILED') && !contains(ResourceStatusReason || '', 'cancelled')]"
    fail "$stack: $(ask cloudformation describe-stack-events "${where[@]}" \
      --query "$failed | [:3].[LogicalResourceId, ResourceStatusReason]")"
  fi
  [[ ${is_protected[$stack]-} == True ]] ||
    ask cloudformation update-termination-protection "${where[@]}" --enable-termination-protection >/dev/null
done
outcome='All stacks are deployed. Fix this, and run the same command again.'
access=(--stack-name AccountBaseline-Access) policy=$(<stack-policy.json) todo=()
answer=$(ask cloudformation get-stack-policy "${access[@]}" --query StackPolicyBody)
# The guard denies administrators to set a policy.
if [[ $answer != "$policy" ]] &&
  ! aws cloudformation set-stack-policy "${access[@]}" --stack-policy-body "$policy" 2>"$log"; then
  grep -q AccessDenied "$log" || fail "aws cloudformation set-stack-policy: $(grep . "$log" | tail -n 1)"
  todo+=('Root, once: run deploy.sh again. It then sets the stack policy of this version, which only root may do.')
fi

answer=$(ask cloudformation describe-stacks "${access[@]}" --query 'Stacks[0].Outputs[].[OutputKey, OutputValue]')
while read -r key value; do outputs[${key:-none}]=$value; done <<<"$answer"
# Read from the account, because an earlier run may have failed before it named them.
# Everything is deployed: if an organization denies these two, the list says so.
unread=''
unconfirmed=$(ask sns list-subscriptions --query "Subscriptions[?SubscriptionArn=='PendingConfirmation' &&
  contains(TopicArn, ':AccountBaseline-')].[Endpoint]" 2>/dev/null) || unread+=', aws sns list-subscriptions'
[[ ${options[--no-root-notice]-} ]] ||
  unconfirmed+=$'\n'$(ask notificationscontacts list-email-contacts --region us-east-1 \
    --query "emailContacts[?status=='inactive'].[address]" 2>/dev/null) ||
  unread+=', aws notificationscontacts list-email-contacts'
[[ ! $unread ]] || todo+=("Confirm every address in each e-mail from AWS, within 12 hours. The script could not read
  which ones are confirmed: ${unread#, }")
never_signed_in=$(ask iam list-users --query 'Users[?!PasswordLastUsed].[UserName]') new=''
for slot in $(slots Email); do
  [[ ${changes[$slot]-remove} != remove ]] && grep -qixF -e "${parameters[$slot]}" <<<"$unconfirmed" || continue
  todo+=("${parameters[$slot]}: confirm the address in each e-mail from AWS, within 12 hours")
done
secrets=$(ask secretsmanager list-secrets --query 'SecretList[].[Name]')
for slot in $(slots Administrator); do
  name=${parameters[$slot]-} read=${outputs[ReadPassword$slot]-}
  if [[ ${changes[$slot]-} == remove ]]; then
    todo+=("$name: has no permissions any more. Delete the user: docs/runbooks/people.md#a-colleague-leaves") && continue
  fi
  [[ $name && $read =~ --secret-id\ ([^ ]+) ]] && grep -qxF -e "${BASH_REMATCH[1]}" <<<"$secrets" || continue
  if [[ $(ask iam list-mfa-devices --user-name "$name" --query 'MFADevices[].[SerialNumber]') ]]; then
    read=${read/get-secret-value/delete-secret}
    todo+=("$name: delete the first-time password, which is of no use any more:
  ${read/--query SecretString --output text/--force-delete-without-recovery}")
  elif grep -qixF -e "$name" <<<"$never_signed_in"; then
    new=1 todo+=("$name: read the first-time password once, and hand it over:"$'\n  '"$read")
  else
    todo+=("$name: set up MFA under \"Security credentials\", and sign in again with MFA")
  fi
done
[[ $(ask iam get-account-summary --query SummaryMap.AccountMFAEnabled) != 0 ]] ||
  todo+=('Root: set up MFA under "Security credentials"')
[[ ! $new ]] || todo+=("New administrators sign in at ${outputs[SignInUrl]-}, change the password, set up MFA under
  \"Security credentials\", and sign in again with MFA. Until then, everything else is denied."
  "Root, once, unless you did: activate IAM access to Billing at ${outputs[ActivateBillingAccess]-}")
if ((${#todo[@]} == 0)); then
  printf '\nDeployed. Nothing is left to do.\n'
else
  printf '\nDeployed. What is left to do:\n'
  printf -- '- %s\n' "${todo[@]}"
fi
echo 'Then check the account from your machine: docs/day-zero.md#check-it'
