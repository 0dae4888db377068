import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const domainTransferred: DocumentedDetection = {
  id: 'DomainTransferred',
  signal: SAFEGUARDS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('DisableDomainTransferLock', 'TransferDomainToAnotherAwsAccount', 'RetrieveDomainAuthCode'),
  )}}`,
  why: 'A domain name may leave the account: its transfer lock was disabled, its transfer code was read, or it is on its way to another account. The next owner gets the domain’s e-mail, and can use it to reset the passwords of root and others.',
  noise: 'Moving a domain to another registrar or account. People should announce it.',
  firstMinutes: [
    'Ask the caller which domain is moving, and where to.',
    'If nobody knows, enable the transfer lock now: Route 53 console, Registered domains.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Cancel the transfer: `aws route53domains cancel-domain-transfer-to-another-aws-account`.',
    'If the domain is gone, contact AWS at https://aws.amazon.com/contact-us/ at once, and change the e-mail addresses that use it.',
  ],
};
