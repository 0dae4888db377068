import { join } from 'node:path';
import ts from 'typescript';

/** What an editor knows of the programs of a project, which need not be on disk. */
export class Editor {
  private readonly service: ts.LanguageService;

  /**
   * @param folder path of the project
   * @param programs texts by name of the file
   */
  constructor(
    private readonly folder: string,
    private readonly programs: Readonly<Record<string, string>>,
  ) {
    const text = (file: string) =>
      Object.entries(programs).find(([name]) => join(folder, name) === file)?.[1] ?? ts.sys.readFile(file);
    this.service = ts.createLanguageService({
      getCompilationSettings: () => ({
        strict: true,
        skipLibCheck: true,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        types: [],
      }),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptFileNames: () => Object.keys(programs).map((name) => join(folder, name)),
      getScriptVersion: () => '1',
      getScriptSnapshot: (file) => {
        const found = text(file);
        return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
      },
      fileExists: (file) => text(file) !== undefined,
      readFile: text,
    });
  }

  /** The errors in a program. */
  errors(name: string): string[] {
    return this.service
      .getSemanticDiagnostics(join(this.folder, name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }

  /** What it shows when people hover over a word of a program. */
  hover(name: string, word: string): string {
    const position = this.programs[name]?.search(new RegExp(`\\b${word}\\b`)) ?? -1;
    const shown = this.service.getQuickInfoAtPosition(join(this.folder, name), position);
    return ts.displayPartsToString(shown?.documentation);
  }

  /** The comments of all members of a type that a program declares, by path; items of lists have its path. */
  comments(name: string, type: string): Map<string, { readonly text: string; readonly hasDefault: boolean }> {
    const program = this.service.getProgram();
    const checker = program?.getTypeChecker();
    const declared = program
      ?.getSourceFile(join(this.folder, name))
      ?.statements.filter(ts.isTypeAliasDeclaration)
      .find((statement) => statement.name.text === type);
    if (!checker || !declared) throw new Error(`${name} does not declare ${type}`);
    const found = new Map<string, { text: string; hasDefault: boolean }>();
    const visit = (value: ts.Type, path: string): void => {
      if (value.isUnion()) {
        value.types.forEach((member) => {
          visit(member, path);
        });
        return;
      }
      const item = checker.getIndexTypeOfType(value, ts.IndexKind.Number) ?? value.getStringIndexType();
      if (item && !(value.flags & ts.TypeFlags.StringLike)) {
        visit(item, path);
        return;
      }
      if (!(value.flags & ts.TypeFlags.Object)) return;
      for (const member of value.getProperties()) {
        const here = path === '' ? member.name : `${path}.${member.name}`;
        found.set(here, {
          text: ts.displayPartsToString(member.getDocumentationComment(checker)),
          hasDefault: member.getJsDocTags(checker).some((tag) => tag.name === 'default'),
        });
        visit(checker.getTypeOfSymbol(member), here);
      }
    };
    visit(checker.getTypeAtLocation(declared.name), '');
    return found;
  }
}
