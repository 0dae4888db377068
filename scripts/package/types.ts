import ts from 'typescript';

/**
 * Public types that TypeScript computes, such as those of the schemas. The package declares them member by
 * member, so that editors show the comments of the members, and the declarations need neither Zod nor the
 * modules of the settings.
 */
const COMPUTED = [
  'AccountSettingsProps',
  'BaselineConfig',
  'BaselineOptions',
  'DefaultNetworksProps',
  'Severity',
];

/**
 * Types with less than whole comments, which would take 10 kB of the package: people read a
 * `BaselineConfig` and do not write it, and docs/configuration.md has the rest about an option.
 */
const COMMENTS: Readonly<Record<string, 'none' | 'first sentences'>> = {
  BaselineConfig: 'none',
  BaselineOptions: 'first sentences',
};

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Writes a type out, up to the types with a name of their own. */
const NODE_FLAGS: ts.NodeBuilderFlags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.InTypeAlias;
const TEXT_FLAGS: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/**
 * Writes the declarations of a project, with the members of the computed types.
 *
 * @param project path of its tsconfig.json
 * @throws {Error} if the project has errors
 */
export function emitDeclarations(project: string): void {
  const { config } = ts.readConfigFile(project, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(fileNames, options);
  const write: ts.WriteFileCallback = (file, text, mark, _, [source] = []) => {
    ts.sys.writeFile(file, source ? withMembers(text, source, program.getTypeChecker()) : text, mark);
  };
  const errors = [...ts.getPreEmitDiagnostics(program), ...program.emit(undefined, write).diagnostics];
  if (errors.length === 0) return;
  throw new Error(
    ts.formatDiagnostics(errors, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => '.',
      getNewLine: () => '\n',
    }),
  );
}

/** The declarations of a file, with the members of its computed types. */
function withMembers(declarations: string, source: ts.SourceFile, checker: ts.TypeChecker): string {
  const originals = new Map(computedIn(source).map((declaration) => [declaration.name.text, declaration]));
  const emitted = ts.createSourceFile(source.fileName, declarations, ts.ScriptTarget.ES2022);
  // From the end, so that the positions before stay.
  return computedIn(emitted).reduceRight((text, declaration) => {
    const original = originals.get(declaration.name.text);
    if (!original) throw new Error(`${source.fileName} does not declare ${declaration.name.text}`);
    const { start, end, members } = withMembersOf(original, declaration, checker);
    return text.slice(0, start) + members + text.slice(end);
  }, declarations);
}

function computedIn({ statements }: ts.SourceFile): Declaration[] {
  return statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    .filter(({ name }) => COMPUTED.includes(name.text));
}

/** What to write instead of which part of a declaration. An interface keeps the members of its own. */
function withMembersOf(original: Declaration, emitted: Declaration, checker: ts.TypeChecker) {
  const name = emitted.name.text;
  const types = new Types(checker, COMMENTS[name]);
  if (ts.isInterfaceDeclaration(original) && ts.isInterfaceDeclaration(emitted)) {
    const inherited = (original.heritageClauses ?? [])
      .flatMap((clause) => [...clause.types])
      .map((type) => types.members(checker.getTypeAtLocation(type)));
    return { start: emitted.name.end, end: emitted.members.pos, members: ` {\n${inherited.join('')}` };
  }
  const text = types.written(checker.getTypeAtLocation(original.name));
  return {
    // After the comment and `export`.
    start: (emitted.modifiers?.end ?? emitted.pos) + 1,
    end: emitted.end,
    members: text.startsWith('{') ? `interface ${name} ${text}` : `type ${name} = ${text};`,
  };
}

/** Types as text. */
class Types {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly comments?: 'none' | 'first sentences',
  ) {}

  /** A type, written out up to the types with a name of their own. */
  written(type: ts.Type): string {
    const { checker } = this;
    if (type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Object)) {
      return type.types.map((member) => this.written(member)).join(' | ');
    }
    const node = checker.typeToTypeNode(type, undefined, NODE_FLAGS);
    const [item] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
    if (item) {
      const readonly = node && ts.isTypeOperatorNode(node) ? 'readonly ' : '';
      return `${readonly}${item.isUnion() ? `(${this.written(item)})` : this.written(item)}[]`;
    }
    if (node && ts.isTypeLiteralNode(node)) return `{\n${this.members(type)}}`;
    return checker.typeToString(type, undefined, TEXT_FLAGS);
  }

  /** The members of an object. */
  members(type: ts.Type): string {
    const node = this.checker.typeToTypeNode(type, undefined, NODE_FLAGS);
    if (!node || !ts.isTypeLiteralNode(node)) throw this.unknown(type);
    return node.members.map((member) => this.member(member, type).replaceAll(/^/gm, '    ') + '\n').join('');
  }

  private member(member: ts.TypeElement, type: ts.Type): string {
    const readonly = ts.canHaveModifiers(member) && member.modifiers?.length ? 'readonly ' : '';
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index) return `${readonly}[name: string]: ${this.written(index)};`;
    const name = member.name && ts.isIdentifier(member.name) ? member.name.text : '';
    const property = this.checker.getPropertyOfType(type, name);
    if (!property) throw this.unknown(type);
    const value = this.written(this.checker.getTypeOfSymbol(property));
    return `${this.comment(property)}${readonly}${name}${member.questionToken ? '?' : ''}: ${value};`;
  }

  /** On one line, because lines take room in the package, and editors wrap it. */
  private comment(property: ts.Symbol): string {
    if (this.comments === 'none') return '';
    const whole = ts.displayPartsToString(property.getDocumentationComment(this.checker));
    const [first = ''] = whole.split(/(?<=[.!?])\s+(?=[A-Z'`])/);
    const text = [
      this.comments === 'first sentences' ? first : whole,
      ...property
        .getJsDocTags(this.checker)
        .map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`),
    ];
    const line = text.join(' ').replaceAll(/\s+/g, ' ').trim();
    return line === '' ? '' : `/** ${line} */\n`;
  }

  private unknown(type: ts.Type): Error {
    return new Error(`members of another kind: ${this.checker.typeToString(type)}`);
  }
}
