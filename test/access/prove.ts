import { actionsNamed } from '../iam-actions';
import { ACCIDENTS } from './rows/administrator';
import {
  ALICE,
  type Answer,
  type Context,
  type InProfile,
  type Request,
  type Task,
  VIA_CLOUDFORMATION,
  WITH_MFA,
} from './rows/request';
import { RESOURCES } from './rows/resources';
import { ROLES, type RoleTask } from './rows/roles';
import { decide } from './simulator';
import { type PolicyDocument, substitute, type TemplatePolicies } from './template-policies';

/** The answer to each action of a task. */
export async function answers(
  policies: TemplatePolicies,
  who: string,
  task: Task,
  context: Context = {},
): Promise<Record<string, Answer>> {
  const request: Request = { who, on: task.on ?? '*', context };
  const all = task.actions.map(async (action) => [action, await decide(policies, request, action)] as const);
  return Object.fromEntries(await Promise.all(all));
}

/** The same answer to each action of a task. */
export function each({ actions }: Task, answer: Answer): Record<string, Answer> {
  return Object.fromEntries(actions.map((action) => [action, answer]));
}

/** Proves what does not depend on people's sessions: the guard, roles of services, and policies of resources. */
export function proveProfile(profile: 'standard' | 'strict', policies: TemplatePolicies): void {
  const exists = ({ only }: InProfile) => only === undefined || only === profile;

  describe('by hand no, through CloudFormation yes: an administrator may', () => {
    test.each(ACCIDENTS.filter(exists))('$task', async (row) => {
      expect(await answers(policies, ALICE, row, WITH_MFA)).toEqual(each(row, 'no'));
      expect(await answers(policies, ALICE, row, VIA_CLOUDFORMATION)).toEqual(each(row, 'yes'));
    });
  });

  describe.each(Object.entries(RESOURCES))('%s', (_, rows) => {
    test.each(rows.filter(exists))('$by may $task: $may', async (row) => {
      expect(await answers(policies, row.who, row, row.context)).toEqual(each(row, row.may));
    });
  });

  describe.each(ROLES.filter(exists))('$name', ({ role, ...row }) => {
    const who = `\${${role}.Arn}`;
    const may = row.may.filter(exists);
    const mayNot = row.mayNot.filter(exists);

    test.each([...withAnswer(may, 'yes'), ...withAnswer(mayNot, 'no')])('$task: $answer', async (task) => {
      expect(await answers(policies, who, task, task.context)).toEqual(each(task, task.answer));
    });

    test('nothing else that AWS has: its policy names these actions', async () => {
      const documents = policies.identity.get(substitute(who, policies.names)) ?? [];
      const named = documents.flatMap((policy) => actionsOf(policy.policyDocument));
      const actual = await Promise.all(named.map(actionsNamed));
      expect(distinct(actual.flat())).toEqual(distinct(may.flatMap(({ actions }) => actions)));
    });
  });
}

/** What the statements of a role name. One that names what it does not allow would fail the comparison. */
function actionsOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? (Action ?? ['NotAction']) : []));
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function withAnswer(tasks: readonly RoleTask[], answer: Answer) {
  return tasks.map((task) => ({ ...task, answer }));
}
