import type { Emulator } from './emulator';

/** Variables that a shell sets itself. All others come from the account. */
const OWN = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'HOME', 'USERPROFILE', 'NODE_OPTIONS'];

/** Variables that would point the AWS CLI and SDKs to other credentials, or to none. */
const FOREIGN = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

/**
 * A file to `source` in sh, bash, or zsh. Afterwards, the AWS CLI, SDKs, and programs based on them use only
 * the emulated account.
 */
export function environmentFile(emulator: Emulator): string {
  const { NODE_OPTIONS = '' } = emulator.env;
  const variables = Object.entries(emulator.env).filter(([name]) => !OWN.includes(name));
  return [
    `# Emulated AWS account ${emulator.accountId}; no AWS account is used.`,
    `unset ${FOREIGN.join(' ')}`,
    ...variables.map(([name, value]) => `export ${name}=${quoted(value)}`),
    // Version 2 of the AWS CLI would show its output in a pager.
    `export AWS_PAGER=''`,
    'export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"',
    'export no_proxy="$NO_PROXY"',
    `export EMULATOR_MAIL=${quoted(emulator.mailFile)}`,
    `export NODE_OPTIONS=${quoted(NODE_OPTIONS)}"\${NODE_OPTIONS:+ $NODE_OPTIONS}"`,
    '',
  ].join('\n');
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
