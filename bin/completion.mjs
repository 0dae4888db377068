// Completion scripts, from the commands that commander knows. They are static, so that a Tab starts no Node.js.

/**
 * The script of each shell.
 *
 * @type {Record<string, (program: import('commander').Command) => string>}
 */
export const COMPLETIONS = {
  bash,
  zsh: (program) => `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`,
  fish,
};

/** Every command with its path, such as `org verify`. Options of the program are options of each. */
function commandsOf(command, path = '', inherited = []) {
  const options = [...inherited, ...command.options].filter(({ hidden }) => !hidden);
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  return [
    { path, options, words: [...command.commands.map((one) => one.name()), ...choices], command },
    ...command.commands.flatMap((one) => commandsOf(one, `${path} ${one.name()}`.trim(), options)),
  ];
}

/** Values without choices are left to the shell, which completes files. */
function bash(program) {
  const name = program.name();
  const commands = commandsOf(program);
  const cases = commands.flatMap(({ path, options, words }) => [
    ...options
      .filter(({ required }) => required)
      .map(({ long, argChoices = [] }) => `  '${path}:${long}') words='${argChoices.join(' ')}' ;;`),
    `  '${path}:'*) words='${[...words, ...options.map(({ long }) => long), '--help'].join(' ')}' ;;`,
  ]);
  return `_aws_account_baseline() {
  local word words command=''
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
    case "\${command:+$command }$word" in
    ${commands
      .slice(1)
      .map(({ path }) => `'${path}'`)
      .join('|')})
      command="\${command:+$command }$word" ;;
    esac
  done
  case "$command:\${COMP_WORDS[COMP_CWORD-1]}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _aws_account_baseline ${name}
`;
}

function fish(program) {
  const line = (path, { command, what, description }) => {
    const at = path.split(' ').filter(Boolean);
    const seen = at.map((word) => `__fish_seen_subcommand_from ${word}`);
    const notYet = command ? [`not __fish_seen_subcommand_from ${command}`] : [];
    const condition = [...seen, ...notYet].join('; and ');
    return `complete -c ${program.name()}${condition && ` -n '${condition}'`} ${what} -d '${description.replaceAll("'", "\\'")}'`;
  };
  return commandsOf(program)
    .flatMap(({ path, options, words, command }) => [
      ...words.map((word) => {
        const below = command.commands.find((one) => one.name() === word);
        return line(path, {
          command: words.join(' '),
          what: `-f -a ${word}`,
          description: below?.description() ?? '',
        });
      }),
      ...options
        .filter((option) => path === '' || command.options.includes(option))
        .map(({ long, required, argChoices, description }) =>
          line(path, {
            what: `-l ${long.slice(2)}${argChoices ? ` -x -a '${argChoices.join(' ')}'` : required ? ' -r' : ''}`,
            description,
          }),
        ),
    ])
    .join('\n')
    .concat('\n');
}
