import { denial, detects, test } from './tests';
import { type Position, prevented, seen, silent } from './threat';

const PIPELINES = 'federation/pipelines';

/** Who changes what will be deployed. */
export const CHANGES: readonly Position[] = [
  {
    title: 'A configuration by pull request',
    means: 'Can propose changes of a repository whose pipeline deploys.',
    threats: [
      prevented(
        'Send a secret away by a reference in an endpoint',
        'no option takes `{{`',
        test(
          'config/replaced',
          'no option takes {{resolve:secretsmanager:NAME:SecretString}}, which CloudFormation would replace',
        ),
      ),
      prevented(
        'Refer to values of the account in a text',
        'no option takes `${`',
        test('config/replaced', 'no option takes ${AWS::AccountId}, which CloudFormation would replace'),
      ),
      prevented(
        'Put a reference into the key of a tag',
        'tags take the characters of AWS only',
        test('config/replaced', 'no tag has {{resolve:ssm:x}} in its key'),
      ),
      prevented(
        'Write a password into an endpoint, from where it gets into templates',
        'refused, and not shown',
        test('fields/text', 'credentials in a URL', 'is refused with its errors, and no others'),
      ),
      prevented(
        'Read a file by an entity of SAML metadata',
        'metadata with a document type is refused',
        test('federation/saml/metadata', 'a document type, whose entities could read files is refused'),
      ),
      prevented(
        'Deploy from a pull request',
        'trust of the role, by the subject of the token',
        test(PIPELINES, 'forged tokens, and right ones of others, open nothing'),
      ),
      prevented(
        'Deploy from a fork or a repository of a similar name',
        'trust of the role, by the subject of the token',
        test(PIPELINES, 'forged tokens, and right ones of others, open nothing'),
      ),
      prevented(
        'Change a stack or create a user with the role that plans',
        'it can read the templates of its stacks, and change nothing',
        test(PIPELINES, 'the roles may do what they are for, and nothing else'),
      ),
      prevented(
        'Read first-time passwords with the role that deploys',
        'policy of the secret, also if the role could do everything else',
        denial(
          'First-time passwords',
          'a role that may do everything may read an administrator’s first-time password',
        ),
      ),
      seen(
        'Weaken the baseline in a change that somebody approves',
        'the diff of the plan; alarm Baseline deployed and rule Stacks, when it is deployed',
        test(
          'federation/documentation',
          'the plan compares without a change set, and the deployment asks nobody',
        ),
        ...detects('BaselineDeployed', 'by the CDK'),
      ),
      silent(
        'Run code in the job that plans',
        'the configuration is TypeScript, and runs where it is read; the role that plans changes nothing',
        test(PIPELINES, 'the roles may do what they are for, and nothing else'),
      ),
    ],
  },
  {
    title: 'The supply chain',
    means: 'Controls a package, a registry, or a file on the way to the account.',
    threats: [
      prevented(
        'Replace a package in the registry',
        'the lockfile has the hash of each',
        test('supply-chain', 'the packages', 'come from the registry, with the hash of what is in them'),
      ),
      prevented(
        'Point the lockfile to another host',
        'every package comes from registry.npmjs.org',
        test('supply-chain', 'the packages', 'come from the registry, with the hash of what is in them'),
      ),
      prevented(
        'Run a script when a package is installed',
        '`ignore-scripts`, and packages that have one are known',
        test(
          'supply-chain',
          'the packages',
          'run no script when they are installed, and those that have one are known',
        ),
      ),
      prevented(
        'Replace a Python package of the emulator',
        'pins with hashes, and wheels only',
        test(
          'supply-chain',
          'the packages of Python',
          'in emulator/requirements.txt are pinned, each with the hashes of its files',
        ),
        test(
          'supply-chain',
          'the packages of Python',
          'are installed by their hashes and run no code of their own',
        ),
      ),
      prevented(
        'Publish a package of the name that a command in a document has',
        'commands have the package’s own name',
        test('supply-chain', 'no text has a command that npm would run from a package of somebody else'),
      ),
      seen(
        'Change the code of a function between review and deployment',
        'alarm Baseline deployed; the code is the same from every process, so that a review can compare it',
        ...detects('BaselineDeployed', 'by the CDK'),
        test(
          'functions/reproducible.slow',
          'the code of every function is the same, byte by byte, whichever process bundles it',
        ),
        test('watchdog/silencing', 'verify finds what the table says'),
      ),
      prevented(
        'Publish a release from a branch or without a person',
        'the workflow needs a tag, the tests, and an approval',
        test(
          'release/release',
          'the workflow that publishes',
          'starts with a tag, tests it, and publishes after a person approved',
        ),
        test('release/release', 'the workflow that publishes', 'can write only in the job that publishes'),
      ),
      prevented(
        'Change a file of the day-zero folder before its upload',
        'the script compares checksums',
        test('e2e/day-zero', 'stops when a file is not the one that was built'),
      ),
      silent(
        'Replace files and checksums of the day-zero folder together',
        'the script can only compare what came with it: build the files yourself, or get the checksums another way',
      ),
      silent(
        'Put bad code into a package before it is locked',
        'it runs with the credentials of the deployer: synthesize elsewhere, and deploy the template only',
      ),
    ],
  },
];
