import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from '@microsoft/api-extractor';

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
    extract({
      ...configurationOf(resolve(folder), 'lib/index.d.ts'),
      apiReport: {
        enabled: true,
        reportFileName: 'api',
        reportFolder,
        reportTempFolder: reportFolder,
        // Options are types that nobody imports by name, and a change of them breaks configurations.
        includeForgottenExports: true,
      },
    });
    return readFileSync(join(reportFolder, 'api.api.md'), 'utf8');
  } finally {
    if (!isLinked) rmSync(dependencies);
    rmSync(reportFolder, { recursive: true });
  }
}

/**
 * Writes the declarations that are public, and the types that these lead to, into one file.
 *
 * @param types folder of the declarations as TypeScript writes them, below the dependencies
 * @param file path of the file
 * @throws {Error} if API Extractor finds an error in the declarations
 */
export function rollUpDeclarations(types: string, file: string): void {
  extract({
    ...configurationOf(resolve('.'), join(types, 'lib/index.d.ts')),
    apiReport: { enabled: false },
    dtsRollup: { enabled: true, untrimmedFilePath: resolve(file) },
  });
  // Its four spaces a level are 2 % of the size of this file.
  const indented = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    indented.replace(/^(?: {4})+/gm, ({ length }) => ' '.repeat(length / 4)),
  );
}

function extract(configObject: IConfigFile): void {
  const { projectFolder = '.' } = configObject;
  const configuration = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject,
  });
  const { succeeded } = Extractor.invoke(configuration, {
    localBuild: true,
    messageCallback: (message) => {
      // The report is written anew each time, which is worth a warning to API Extractor.
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (!succeeded) throw new Error('API Extractor found an error in the declarations of the package');
}

function configurationOf(projectFolder: string, index: string): IConfigFile {
  const SILENT = { default: { logLevel: ExtractorLogLevel.None } };
  return {
    projectFolder,
    newlineKind: 'lf',
    mainEntryPointFilePath: join(projectFolder, index),
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2022',
          module: 'nodenext',
          strict: true,
          skipLibCheck: true,
          types: ['node'],
        },
        files: [index],
      },
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: { extractorMessageReporting: SILENT, tsdocMessageReporting: SILENT },
  };
}
