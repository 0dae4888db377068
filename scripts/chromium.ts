import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Cache folder that npm tools use. */
const CACHE = resolve('node_modules/.cache');

/**
 * Starts a headless Chromium from an npm package that includes its libraries and fonts, so that a new machine
 * needs no system packages and no root permissions. Each version is unpacked once, which takes a few seconds.
 */
export async function startChromium(): Promise<Browser> {
  const folder = unpacked();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // Only our own page is opened, and many containers do not allow the namespaces of a sandbox.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, 'al2023/lib')].filter(Boolean).join(':'),
    },
  });
}

/** Folder with the browser, fonts, and libraries. */
function unpacked(): string {
  const folder = join(CACHE, `chromium-${version()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  execFileSync(
    process.execPath,
    ['-e', 'require(process.argv[1]).executablePath()', require.resolve('@sparticuz/chromium')],
    {
      // The package unpacks to the temporary folder, and unpacks its libraries only if it detects Lambda.
      env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    },
  );
  // Replaces the font configuration, which has the paths of Lambda. Without a font, Chromium draws nothing.
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`;
  writeFileSync(join(unfinished, 'fonts.conf'), `<?xml version="1.0"?>${fonts}`);
  // Renames only the finished folder, so that an interrupted run leaves no incomplete one.
  renameSync(unfinished, folder);
  return folder;
}

function version(): string {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return devDependencies['@sparticuz/chromium'] ?? '';
}
