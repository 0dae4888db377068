import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** The public declarations that a person agreed to. */
export const API_REPORT = 'test/package/api.md';

/**
 * What users of the package can import, with all types that it leads to, as API Extractor writes it.
 *
 * @param folder a package that `buildPackage` has built
 * @throws {Error} if API Extractor finds an error in the declarations
 * @see https://api-extractor.com/pages/overview/demo_api_report/
 */
export function apiReport(folder: string): string {
  const reportFolder = mkdtempSync(join(tmpdir(), 'api-'));
  // Of the lockfile, so that a new version of a dependency changes nothing here.
  const dependencies = join(resolve(folder), 'node_modules');
  const isLinked = existsSync(dependencies);
  if (!isLinked) symlinkSync(resolve('node_modules'), dependencies);
  try {
    const { succeeded } = Extractor.invoke(configuration(resolve(folder), reportFolder), {
      localBuild: true,
      messageCallback: (message) => {
        // The report is written anew each time, which is worth a warning to API Extractor.
        message.handled = message.logLevel !== ExtractorLogLevel.Error;
      },
    });
    if (!succeeded) throw new Error('API Extractor found an error in the declarations of the package');
    return readFileSync(join(reportFolder, 'api.api.md'), 'utf8').replaceAll('\r\n', '\n');
  } finally {
    if (!isLinked) rmSync(dependencies);
    rmSync(reportFolder, { recursive: true });
  }
}

function configuration(projectFolder: string, reportFolder: string): ExtractorConfig {
  const SILENT = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, 'lib/index.d.ts'),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            module: 'nodenext',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: ['lib/index.d.ts'],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: 'api',
        reportFolder,
        reportTempFolder: reportFolder,
        // Options are types that nobody imports by name, and a change of them breaks configurations.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: SILENT, tsdocMessageReporting: SILENT },
    },
  });
}
