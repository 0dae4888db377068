import { RemovalPolicy } from 'aws-cdk-lib';
import { Group } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { AdminAccess } from '../access/admin-access';
import { BREAK_GLASS } from '../access/break-glass';
import { GroupPolicy } from '../access/group-policy';
import { denyTampering, protectGroup, protectSuite } from '../access/guard';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { outputFirstSignIns } from './first-sign-ins';
import { suiteProtection } from './suite-protection';

/** Sealed users for emergencies, apart from the stacks that people change. */
export class BreakGlassStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { access, passwordPolicy, stackName } = props.config;
    const names = access.breakGlass ?? [];
    const people = new AdminAccess(this, 'BreakGlass', {
      administrators: names.map((userName) => ({ userName })),
      groupName: BREAK_GLASS,
      guard: false,
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: access.keepOnRemoval ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const { firstSignIns, group, signInUrl } = people;
    if (access.guard) {
      new GroupPolicy(people, 'Guard', {
        group,
        statements: [
          denyTampering([
            protectGroup(group),
            ...protectSuite(this, suiteProtection(props.config)),
            ...protectPipelines(this, stackName, createdIssuers(props.config).map(hostOf)),
          ]),
        ],
        // The policy only denies; see AdminAccess.
        removalPolicy: RemovalPolicy.DESTROY,
      });
      new GroupPolicy(this, 'ProtectBreakGlass', {
        // By name: a group that another stack creates, and keeps when it is deleted.
        group: Group.fromGroupName(this, 'Administrators', access.groupName),
        statements: [denyTampering([protectGroup(group)])],
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
    this.output('SignInUrl', signInUrl);
    outputFirstSignIns(this, firstSignIns);
  }
}
