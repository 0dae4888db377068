import { CfnParameter, Fn, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BaselineStack } from './baseline-stack';
import { defineBaseline, type BaselineConfig } from '../config/config';

/**
 * The baseline with its defaults as one template with parameters, for an account that has root and nothing else: no
 * Node, no access keys, no bucket. The app can take the stack over later; see `dayZero` in the configuration.
 */
export class StandaloneStack extends BaselineStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, parameterized());
    new CfnParameter(this, 'AdministratorName', {
      description: 'IAM user name of the first administrator',
      allowedPattern: '[\\w+=,.@-]{1,64}',
      constraintDescription: 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -',
    });
    new CfnParameter(this, 'Email', {
      description: 'Address that receives alarms and budget notices',
      allowedPattern: '[^\\s@]+@[^\\s@]+\\.[^\\s@]+',
      constraintDescription: 'must be an e-mail address such as security@example.com',
    });
    new CfnParameter(this, 'MonthlyBudgetUsd', {
      description: 'Monthly budget in USD',
      type: 'Number',
      default: 50,
      minValue: 1,
    });
  }
}

function parameterized(): BaselineConfig {
  const administrator = Fn.ref('AdministratorName');
  const email = Fn.ref('Email');
  const defaults = defineBaseline({
    administrators: ['any'],
    notifications: { emails: ['any@example.com'] },
  });
  return {
    ...defaults,
    administrators: [administrator],
    notifications: { ...defaults.notifications, emails: [email] },
    billing: { ...defaults.billing, monthlyBudgetUsd: Token.asNumber(Fn.ref('MonthlyBudgetUsd')) },
    dayZero: { administrator, email },
  };
}
