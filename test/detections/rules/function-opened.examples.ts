import { example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

const permission = (title: string, principal: string, name = 'AddPermission20150331v2', by = INTRUDER) =>
  example(
    title,
    call(
      'lambda',
      name,
      by,
      parameters({ functionName: 'orders', action: 'lambda:InvokeFunction', principal, statementId: 'a' }),
    ),
  );
const url = (title: string, name: string, authType: string) =>
  example(title, call('lambda', name, INTRUDER, parameters({ functionName: 'orders', authType })));

export const examples: Examples = {
  matches: [
    permission('everyone', '*'),
    permission('everyone, by a stack', '*', undefined, CLOUDFORMATION),
    permission('another account', '210987654321'),
    permission('a role of another account', 'arn:aws:iam::210987654321:role/x'),
    permission('a role that is named like a service', 'arn:aws:iam::210987654321:role/s3.amazonaws.com'),
    permission('a layer', '*', 'AddLayerVersionPermission20181031'),
    url('a URL for everyone', 'CreateFunctionUrlConfig', 'NONE'),
    url('a URL becomes one for everyone', 'UpdateFunctionUrlConfig', 'NONE'),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('lambda', 'AddPermission20150331v2', INTRUDER, parameters({ principal: '*' })),
    ),
    permission('a service', 'apigateway.amazonaws.com', undefined, CLOUDFORMATION),
    permission('a service in China', 'events.amazonaws.com.cn'),
    permission('Alexa', 'alexa-appkit.amazon.com'),
    permission('this account', ACCOUNT),
    permission('a role of this account', `arn:aws:iam::${ACCOUNT}:role/Orders`),
    permission('a permission is removed', '*', 'RemovePermission20150331v2', ADMIN),
    url('a URL with authentication', 'CreateFunctionUrlConfig', 'AWS_IAM'),
    url('a URL is deleted', 'DeleteFunction20150331', 'NONE'),
  ],
};
