import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { App, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Emulator } from '../../emulator/emulator';
import type { EmulatedOrganization } from '../../emulator/organization';
import { EmulatedStack } from '../../emulator/stack';
import { MemberStackSet } from '../../lib/organization/members/member-stack-set';
import { VerifyRole } from '../../lib/organization/verify-role';

const PREFIX = 'AccountBaseline';

/** Gives every member the role of `org verify` by a StackSet, and no settings. */
export async function deployVerifyRoles(
  emulator: Emulator,
  { id: organizationId, rootId }: Pick<EmulatedOrganization, 'id' | 'rootId'>,
): Promise<void> {
  const templateOf = (create: (stack: Stack) => void) => {
    const app = new App({ analyticsReporting: false });
    create(new Stack(app, 'Stack', { synthesizer: new LegacyStackSynthesizer() }));
    return app.synth().getStackByName('Stack').template as object;
  };
  const template = templateOf((stack) => {
    new VerifyRole(stack, 'VerifyRole', {
      prefix: PREFIX,
      organizationId,
      managementAccount: emulator.accountId,
    });
  });
  const name = `${PREFIX}-Members`;
  await new CloudFormation(emulator.clientConfig).activateOrganizationsAccess({});
  const status = await new EmulatedStack(emulator, name).deploy(
    templateOf((stack) => {
      new MemberStackSet(stack, 'Members', {
        name,
        template: JSON.stringify(template),
        targets: [rootId],
      });
    }),
  );
  if (status !== 'CREATE_COMPLETE') throw new Error(`${name} is ${status ?? 'missing'}`);
}
