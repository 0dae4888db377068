import {
  CfnCondition,
  CfnParameter,
  type CfnParameterProps,
  CfnRule,
  Fn,
  Token,
  Validations,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { defineBaseline } from '../config/config';
import { SLOTS } from '../config/sections/day-zero';
import type { BaselineStack } from './baseline-stack';
import { type People, slotId, type SlotKind } from './people';
import { SpendStack } from './spend-stack';
import { addBaseline } from './suite';

/** A parameter with a name, or an empty one. */
interface Slot {
  readonly id: string;
  readonly value: string;
  readonly condition: CfnCondition;
}

/** Description and allowed values of a parameter. */
type SlotProps = Pick<CfnParameterProps, 'description' | 'allowedPattern' | 'constraintDescription'>;

/**
 * The baseline with its defaults, as templates with parameters. They need only root: no Node.js, no access
 * keys, no bucket. The app can take over the stacks later; see `dayZero` in the configuration.
 *
 * @param scope the app
 * @param runbooks prefix of the links to runbooks; without it, the default of the configuration
 */
export function addStandaloneBaseline(scope: Construct, runbooks?: string): BaselineStack[] {
  const defaults = defineBaseline({
    administrators: ['parameters'],
    notifications: { emails: ['parameters@example.com'], runbooks },
  });
  const monthlyBudgetUsd = Token.asNumber(Fn.ref('MonthlyBudgetUsd'));
  const config = { ...defaults, billing: { ...defaults.billing, monthlyBudgetUsd } };
  const stacks = addBaseline(scope, config, parameters);
  for (const stack of stacks) {
    if (stack instanceof SpendStack) addBudgetParameter(stack);
  }
  return stacks;
}

const parameters: People = {
  administrators: (stack) =>
    slotsOf(stack, 'Administrator', 'administrator', {
      description: 'IAM user name of an administrator',
      allowedPattern: String.raw`([\w+=,.@-]{1,64})?`,
      constraintDescription: 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -',
    }).map(({ id, value, condition }) => ({ id, userName: value, condition })),
  emails: (stack) =>
    slotsOf(stack, 'Email', 'e-mail address', {
      description: 'Address that receives alarms and budget notifications',
      // No braces: CloudFormation resolves {{ in the values of parameters, too.
      allowedPattern: String.raw`([\w'+.-]+@[\w.-]+\.[A-Za-z]{2,})?`,
      constraintDescription: 'must be an e-mail address such as security@example.com',
    }).map(({ id, value, condition }) => ({ id, address: value, condition })),
  // CloudFormation cannot check whether the account has a hub, so deploy.sh does.
  needHub: (stack) => {
    const { valueAsString: value } = new CfnParameter(stack, 'NotificationHub', {
      description: 'Whether to create a hub of AWS User Notifications, or to use those of the account',
      default: 'create',
      allowedValues: ['create', 'existing'],
    });
    return new CfnCondition(stack, 'HasNotificationHub', {
      expression: Fn.conditionEquals(value, 'create'),
    });
  },
};

function addBudgetParameter(stack: SpendStack): void {
  new CfnParameter(stack, 'MonthlyBudgetUsd', {
    description: 'Monthly budget in USD',
    type: 'Number',
    default: 50,
    minValue: 1,
  });
}

/**
 * Optional parameters, and a rule that at least one has a value. All are alike, so that each name can be
 * removed. Changing a name would replace the user, so deploy.sh never does that and sets a stack policy
 * against it.
 */
function slotsOf(stack: Construct, kind: SlotKind, what: string, props: SlotProps): readonly Slot[] {
  const ids = Array.from({ length: SLOTS }, (_, index) => slotId(kind, index));
  const isUsed = (id: string) => Fn.conditionNot(Fn.conditionEquals(Fn.ref(id), ''));
  new CfnRule(stack, `AtLeastOne${kind}`, {
    assertions: [
      { assert: Fn.conditionOr(...ids.map(isUsed)), assertDescription: `at least one ${what} is required` },
    ],
  });
  Validations.of(stack).acknowledge({
    id: 'CloudFormation-Validate::W1030',
    reason: 'The parameter is empty by default. Its condition then omits the resource.',
  });
  return ids.map((id) => {
    const { valueAsString: value } = new CfnParameter(stack, id, { ...props, default: '' });
    return { id, value, condition: new CfnCondition(stack, `Has${id}`, { expression: isUsed(id) }) };
  });
}
