import { accept, check, define, SMALLEST } from '../rows';

const pipelines = (options: object) => ({ federation: { pipelines: options } });
const github = (options: object) => pipelines({ github: [{ repository: 'acme/site', ...options }] });
const gitlab = (options: object) => pipelines({ gitlab: [{ project: 'acme/site', ...options }] });
const other = (options: object) =>
  pipelines({
    others: [
      { name: 'x', issuer: 'https://oidc.example.com', deploy: { sub: ['org:acme:web'] }, ...options },
    ],
  });

const GITHUB = 'federation.pipelines.github[0]';
const GITLAB = 'federation.pipelines.gitlab[0]';
const OTHER = 'federation.pipelines.others[0]';
const REPOSITORY = 'must not contain * or ?: every repository that fits could assume the role; list each one';
const BRANCH =
  'must not contain * or ?: anyone who may push to a branch that fits could deploy; name one protected branch';
const STRANGERS =
  'must not let strangers in: a wildcard is allowed only as * at the end, after two whole parts such as organization:acme:';

describe('a pipeline on GitHub', () => {
  check([
    [
      'for every repository of an owner',
      github({ repository: 'acme/*' }),
      `${GITHUB}.repository: ${REPOSITORY}; received "acme/*"`,
    ],
    [
      'for every owner',
      github({ repository: '*/site' }),
      `${GITHUB}.repository: ${REPOSITORY}; received "*/site"`,
    ],
    [
      'for names that begin alike',
      github({ repository: 'acme/site?' }),
      `${GITHUB}.repository: ${REPOSITORY}; received "acme/site?"`,
    ],
    [
      'without an owner',
      github({ repository: 'site' }),
      `${GITHUB}.repository: must be a repository on GitHub, such as example-co/website; received "site"`,
    ],
    [
      'by its URL',
      github({ repository: 'https://github.com/acme/site' }),
      `${GITHUB}.repository: must be a repository on GitHub, such as example-co/website; received "https://github.com/acme/site"`,
    ],
    [
      'that deploys from every branch',
      github({ deploy: {} }),
      `${GITHUB}.deploy: must have an environment or a branch; otherwise every branch could deploy; received {}`,
    ],
    [
      'that deploys from branches that fit',
      github({ deploy: { branch: 'release/*' } }),
      `${GITHUB}.deploy.branch: ${BRANCH}; received "release/*"`,
    ],
    [
      'that deploys to environments that fit',
      github({ deploy: { environment: 'prod*' } }),
      `${GITHUB}.deploy.environment: must not contain * or ?: anyone who may add an environment that fits could deploy; name one environment; received "prod*"`,
    ],
    [
      'with a workflow on any branch',
      github({ deploy: { branch: 'main', workflow: 'acme/ci/.github/workflows/a.yml@*' } }),
      `${GITHUB}.deploy.workflow: must not contain * or ?: a workflow on another branch could deploy; name one workflow on one branch; received "acme/ci/.github/workflows/a.yml@*"`,
    ],
    [
      'with an ID that is none',
      github({ ids: { owner: 'acme', repository: '2' } }),
      `${GITHUB}.ids.owner: must be a numeric ID of GitHub, as a string of digits; received "acme"`,
    ],
    [
      'without a role',
      github({ plan: false }),
      `${GITHUB}: must have a role: plan, deploy, or both; received {"repository":"acme/site","plan":false,"rights":"cdk"}`,
    ],
    [
      'with a name that does not fit',
      github({ repository: 'acme/.github' }),
      `${GITHUB}.name: must be given, because the name of the repository does not fit: 1 to 32 characters, of which a letter or digit is first; received {"repository":"acme/.github","plan":true,"rights":"cdk"}`,
    ],
    [
      'whose pull requests could change everything',
      github({ rights: { plan: ['AdministratorAccess'] } }),
      `${GITHUB}.rights.plan[0]: must not change anything: every pull request could assume the role; list it under deploy; received "AdministratorAccess"`,
    ],
    [
      'with a role that may do nothing',
      github({ rights: { plan: [] } }),
      `${GITHUB}.rights: must list at least one managed policy for each role; received {"repository":"acme/site","plan":true,"rights":{"plan":[],"deploy":[]}}`,
    ],
  ]);

  accept([
    ['with a name of its own', github({ repository: 'acme/.github', name: 'workflows' })],
    ['that only deploys', github({ plan: false, deploy: { environment: 'production' } })],
  ]);
});

describe('a pipeline on GitLab', () => {
  check([
    [
      'for every project of a group',
      gitlab({ project: 'acme/*' }),
      `${GITLAB}.project: must not contain * or ?: every project that fits could assume the role; list each one; received "acme/*"`,
    ],
    [
      'that deploys from branches that fit',
      gitlab({ deploy: { branch: '*' } }),
      `${GITLAB}.deploy.branch: ${BRANCH}; received "*"`,
    ],
    [
      'on a host with a scheme',
      gitlab({ host: 'https://gitlab.example.com' }),
      `${GITLAB}.host: must be a host name in lower case, such as gitlab.example.com; received "https://gitlab.example.com"`,
    ],
  ]);
});

describe('a pipeline of another issuer', () => {
  check([
    [
      'without a subject',
      other({ deploy: { workspace: ['web'] } }),
      `${OTHER}.deploy: must contain the claim sub, or every token of the issuer could assume the role; received {"workspace":["web"]}`,
    ],
    [
      'with an audience of its own',
      other({ deploy: { sub: ['a:b:c'], aud: ['x'] } }),
      `${OTHER}.deploy: must not contain the claim aud, which is always sts.amazonaws.com; received {"sub":["a:b:c"],"aud":["x"]}`,
    ],
    ...['*', 'organization:*', 'org*:acme:web', 'org:ac*', 'org:acme:w?b', '*:acme:web', 'org:*:web:*'].map(
      (value): [string, object, string] => [
        `with the subject ${value}`,
        other({ deploy: { sub: [value] } }),
        `${OTHER}.deploy.sub[0]: ${STRANGERS}; received "${value}"`,
      ],
    ),
    [
      'with a policy variable',
      other({ deploy: { sub: ['org:acme:${aws:username}'] } }),
      `${OTHER}.deploy.sub[0]: must not contain $, which begins a policy variable; received "org:acme:\${aws:username}"`,
    ],
    [
      'that is GitHub',
      other({ issuer: 'https://token.actions.githubusercontent.com' }),
      `${OTHER}.issuer: must be in the list github, which checks its subjects; received "https://token.actions.githubusercontent.com"`,
    ],
    [
      'that has accounts for everybody',
      other({ issuer: 'https://accounts.google.com' }),
      `${OTHER}.issuer: must not be an issuer of consumer accounts, with which everybody can sign in; received "https://accounts.google.com"`,
    ],
    [
      'over http',
      other({ issuer: 'http://oidc.example.com' }),
      `${OTHER}.issuer: must be the https URL of an issuer, such as https://oidc.example.com/team, without a slash at the end; received "http://oidc.example.com"`,
    ],
  ]);

  accept([
    ['with a wildcard after two parts', other({ plan: { sub: ['organization:acme:*'] } })],
    [
      'with a wildcard after a long ID',
      other({ plan: { sub: ['{3f1c9a52-1111-2222-3333-444455556666}:*'] } }),
    ],
  ]);
});

describe('pipelines together', () => {
  check([
    [
      'with the same name',
      pipelines({ github: [{ repository: 'acme/site' }], gitlab: [{ project: 'acme/Site' }] }),
      `${GITLAB}.name: is the name of another pipeline; give one of them a name of its own; received "Site"`,
    ],
    [
      'with an existing provider that none uses',
      pipelines({ github: [{ repository: 'acme/site' }], existingProviders: ['https://gitlab.com'] }),
      'federation.pipelines.existingProviders[0]: must be the issuer of a pipeline above: https://token.actions.githubusercontent.com; received "https://gitlab.com"',
    ],
  ]);

  test('are none by default', () => {
    expect(define(SMALLEST).federation.pipelines).toMatchObject({ github: [], gitlab: [], others: [] });
  });
});
