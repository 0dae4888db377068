import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { notesOf, obstacles, withVersion } from './release/checks';
import { filesOfThisVersion, RELEASE_FOLDER, releaseFiles } from './release/files';
import { freeze } from './release/templates';

const HELP = `Usage: npm run release -- <version> [--dry-run]
       npm run release -- --files

Makes a release in this clone: moves the section Unreleased of the change log under the version, freezes its templates
under test/released, commits, tags, and builds the files in ${RELEASE_FOLDER}. Nothing leaves this machine: at its end, it
prints what a person does to publish them.

  --dry-run  check everything and build the files; change, commit and tag nothing
  --files    only build the files of the version in package.json, as the workflow does for its tag`;

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' });

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, files: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [version = ''] = positionals;
  if (values.help) {
    console.log(HELP);
  } else if (values.files) {
    // GitHub Actions sets it.
    show(await filesOfThisVersion(process.env['GITHUB_REPOSITORY']));
  } else {
    await release(version, values['dry-run'] === true);
  }
}

async function release(version: string, isDry: boolean): Promise<void> {
  const changeLog = readFileSync('CHANGELOG.md', 'utf8');
  const found = obstacles({
    version,
    tags: git('tag', '--list', 'v*')
      .split('\n')
      .map((tag) => tag.slice(1)),
    branch: git('branch', '--show-current').trim(),
    changes: git('status', '--porcelain'),
    changeLog,
  });
  for (const obstacle of found) console.error(`- ${obstacle}`);
  if (found.length > 0) process.exitCode = 1;
  const released = withVersion(changeLog, version, new Date().toISOString().slice(0, 10));
  if (isDry) {
    show(await releaseFiles(version, notesOf(released, version), undefined));
    console.log('\nNothing was changed, committed or tagged. The files have the version of package.json.');
    return;
  }
  if (found.length > 0) return;
  writeFileSync('CHANGELOG.md', released);
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--offline'], { stdio: 'ignore' });
  const frozen = freeze(version);
  git('add', 'CHANGELOG.md', 'package.json', 'package-lock.json', ...frozen);
  git('commit', '--message', `Release ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
  // Of the commit, so that the package and the templates name it.
  show(await filesOfThisVersion());
  console.log(nextSteps(version));
}

function show(files: readonly string[]): void {
  console.log(`In ${RELEASE_FOLDER}:\n${files.map((file) => `  ${file}`).join('\n')}`);
}

function nextSteps(version: string): string {
  const tag = version.includes('-') ? 'next' : 'latest';
  return `
The commit and the tag v${version} exist on this machine only. To publish them, a person:
  1. looks at them:       git show --stat v${version}
  2. tries the package:   npm install ${RELEASE_FOLDER}/aws-account-baseline-${version}.tgz, in another folder
  3. pushes both:         git push --atomic origin main v${version}
  4. approves the job publish of .github/workflows/release.yml, which tests the tag and builds the files again;
     it publishes the package as ${tag}, with provenance, and drafts the page of the release
To take the release back before it is pushed: git tag --delete v${version} && git reset --hard HEAD~1`;
}

void main();
