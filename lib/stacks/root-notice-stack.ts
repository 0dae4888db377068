import type { Construct } from 'constructs';
import { RootNotice } from '../root-notice/root-notice';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';

/** Props of {@link RootNoticeStack}. */
export interface RootNoticeStackProps extends ConfiguredStackProps {
  /** Source of the recipients. */
  readonly people: People;
}

/** Notifications of sign-ins and of root's changes, by a separate way, in us-east-1. */
export class RootNoticeStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: RootNoticeStackProps) {
    super(scope, id, props);
    const { config, people } = props;
    new RootNotice(this, 'Notice', {
      name: this.stackName,
      rolePrefix: `${config.stackName}-`,
      emails: people.emails(this),
      createHub: config.notifications.rootNotice !== 'existing-hub',
      createHubIf: people.needHub?.(this),
    });
  }
}
