import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { denied } from '../events/record';

const DOMAIN = { domainName: 'example.com' };

export const examples: Examples = {
  matches: calls('route53domains', INTRUDER, {
    DisableDomainTransferLock: DOMAIN,
    TransferDomainToAnotherAwsAccount: { ...DOMAIN, accountId: '210987654321' },
    RetrieveDomainAuthCode: DOMAIN,
  }),
  nearMisses: [
    example('an intruder may not', denied('route53domains', 'DisableDomainTransferLock', INTRUDER)),
    ...calls('route53domains', ADMIN, {
      EnableDomainTransferLock: DOMAIN,
      RenewDomain: DOMAIN,
      GetDomainDetail: DOMAIN,
    }),
  ],
};
