import { AccessAnalyzer, paginateListFindings } from '@aws-sdk/client-accessanalyzer';
import { IAM } from '@aws-sdk/client-iam';
import { paginateListSecrets, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { clean } from '../../notifications/cloudtrail-event';
import { all, few, type Found, utc, type Week } from './read';

const iam = new IAM({});
const accessAnalyzer = new AccessAnalyzer({});
const secretsManager = new SecretsManager({});

/** Whether root and users have MFA, and when root was last used, which IAM records apart from the trail. */
export async function credentials({ deadline }: Week): Promise<Found> {
  while ((await iam.generateCredentialReport({})).State !== 'COMPLETE') {
    if (Date.now() > deadline) throw new Error('the report is not ready');
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  const { Content } = await iam.getCredentialReport({});
  const [head = '', ...rows] = Buffer.from(Content ?? [])
    .toString()
    .trim()
    .split('\n');
  const columns = head.split(',').slice(2);
  const people = rows.map((row) => {
    //! Only the name and the ARN can contain a comma.
    const cells = row.split(',').slice(-columns.length);
    const valueOf = (column: string) => cells[columns.indexOf(column)] ?? '';
    return { name: row.split(',arn:')[0], valueOf, hasMfa: valueOf('mfa_active') === 'true' };
  });
  const root = people.find(({ name }) => name === '<root_account>');
  if (!root) throw new Error('the report has no row for root');
  const todo = people
    .filter((one) => one !== root && !one.hasMfa && one.valueOf('password_enabled') === 'true')
    .map(({ name }) => `HIGH: User without MFA: ${clean(name)}`);
  const lacking = todo.length;
  //! IAM does not say of every root user whether it has a password.
  if (!root.hasMfa && root.valueOf('password_enabled') !== 'false') todo.push('CRITICAL: Root has no MFA');
  if ([1, 2].some((key) => root.valueOf(`access_key_${key}_active`) === 'true')) {
    todo.push('CRITICAL: Root has an access key');
  }
  const [lastUse] = ['password_last_used', 'access_key_1_last_used_date', 'access_key_2_last_used_date']
    .map(root.valueOf)
    .filter((value) => /^\d{4}-/.test(value))
    .sort()
    .reverse();
  const text = `users with a password and no MFA: ${lacking}; root last used: ${utc(lastUse)}`;
  return { text, todo: few(todo) };
}

/** First-time passwords that are still stored. */
export async function firstPasswords(): Promise<Found> {
  //! Beginning of the description that they have in the Access stack.
  const Values = ['First-time password: delete'];
  const pages = paginateListSecrets(
    { client: secretsManager },
    { Filters: [{ Key: 'description', Values }] },
  );
  const secrets = await all(pages, (page) => page.SecretList);
  const todo = secrets.map(
    ({ Name }) => `MEDIUM: Delete this secret after the first sign-in: ${clean(Name)}`,
  );
  return { text: `${secrets.length} stored`, todo: few(todo) };
}

/** Resources that IAM Access Analyzer found accessible from outside the account. */
export async function findings(): Promise<Found> {
  //! A Region can have only one.
  const { analyzers: [analyzer] = [] } = await accessAnalyzer.listAnalyzers({ type: 'ACCOUNT' });
  if (!analyzer) return { text: 'not known: no analyzer in this Region' };
  const active = { analyzerArn: analyzer.arn, filter: { status: { eq: ['ACTIVE'] } } };
  const found = await all(paginateListFindings({ client: accessAnalyzer }, active), (page) => page.findings);
  const todo = found.map(
    ({ isPublic, resource }) =>
      `${isPublic ? 'HIGH: Public' : 'MEDIUM: Accessible from outside'}: ${clean(resource)}`,
  );
  return { text: `${todo.length} active`, todo: few([...new Set(todo)]) };
}
