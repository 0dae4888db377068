import { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdminAccess } from '../access/admin-access';
import { BREAK_GLASS } from '../access/break-glass';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputFirstSignIns } from './first-sign-ins';
import { suiteProtection } from './suite-protection';

/** Sealed users for emergencies, apart from the stacks that people change. */
export class BreakGlassStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { access, passwordPolicy } = props.config;
    const names = access.breakGlass ?? [];
    const { firstSignIns, signInUrl } = new AdminAccess(this, 'BreakGlass', {
      administrators: names.map((userName) => ({ userName })),
      groupName: BREAK_GLASS,
      guard: access.guard,
      suite: suiteProtection(props.config),
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.output('SignInUrl', signInUrl);
    outputFirstSignIns(this, firstSignIns);
  }
}
