/** An output of another stack that a template reads. */
export interface StackOutput {
  readonly stackName: string;
  readonly outputName: string;
}

/** The outputs of other stacks that a template reads, at any depth. */
export function outputsReadBy(template: unknown): StackOutput[] {
  if (Array.isArray(template)) return template.flatMap(outputsReadBy);
  if (typeof template !== 'object' || template === null) return [];
  return Object.entries(template).flatMap(([key, value]: [string, unknown]) =>
    key === 'Fn::GetStackOutput' && typeof value === 'object' && value !== null
      ? [
          {
            stackName: String(Reflect.get(value, 'StackName')),
            outputName: String(Reflect.get(value, 'OutputName')),
          },
        ]
      : outputsReadBy(value),
  );
}
