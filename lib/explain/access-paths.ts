import { ACCESS } from '../access/access-matrix';
import { PERSON_ROLES, personRoleName } from '../access/person-roles';
import { defaultResource } from './default-resource';
import { type Authentication, Explainer, NOT_INCLUDED, type Question, type Subject } from './explain';
import { subjectOf } from './subject';
import type { Place, Principal, TemplatePolicies } from './template-policies';

/** A choice of a list. */
interface Choice {
  readonly id: string;
  readonly name: string;
}

/**
 * How a request is evaluated: 1 if it is allowed, else 0; its steps, each a name, a tab, and a text; what
 * would change the answer; and what is special to this request, besides {@link AccessPaths.limits}. Texts are
 * indexes of {@link AccessPaths.texts}.
 */
type AccessPath = readonly [
  allowed: 0 | 1,
  steps: readonly number[],
  changes: readonly number[],
  limits: readonly number[],
];

/** The evaluation of each action of the access matrix for each person, for a page to choose from. */
export interface AccessPaths {
  readonly people: readonly Choice[];
  readonly ways: readonly Choice[];
  readonly actions: readonly (Choice & { readonly task: string })[];
  /** Each text once, because most paths share theirs. */
  readonly texts: readonly string[];
  /** What no answer takes into account. */
  readonly limits: readonly string[];
  /** By person, way, and action, in their order. */
  readonly paths: readonly (readonly (readonly AccessPath[])[])[];
}

const WAYS: readonly (Choice & { readonly id: Authentication })[] = [
  { id: 'mfa', name: 'With MFA' },
  { id: 'password', name: 'Without MFA' },
  { id: 'access-key', name: 'With an access key alone' },
];

/** Maximum number of people on a page: one of each group is enough. */
const MOST = 6;

/** Evaluates what a page shows, by the templates alone. */
export function accessPaths(policies: TemplatePolicies, place: Place): AccessPaths {
  const explainer = new Explainer(policies);
  const texts = new Map<string, number>();
  const indexOf = (text: string) => {
    const index = texts.get(text) ?? texts.size;
    texts.set(text, index);
    return index;
  };
  const subjects = [subjectOf('root', policies, place, ''), ...different(policies.principals)];
  const callers: Caller[] = [
    ...subjects.map((subject) => ({
      id: subject.name,
      name: subject.groups.length > 0 ? `${subject.name} (${subject.groups.join(', ')})` : subject.name,
      ask: (way: Authentication, action: string) => questionOf(subject, way, action, policies, place),
    })),
    ...sessions(explainer, policies, place),
  ];
  const actions = ACCESS.flatMap(({ task, actions: ofTask }) =>
    ofTask.map((action) => ({ id: action, name: action, task })),
  );
  const pathOf = (question: Question): AccessPath => {
    const { decision, steps, changes, limits } = explainer.explain(question);
    // The page names both, so that more requests share a text.
    const { action, resource } = question;
    const shared = (text: string) =>
      indexOf(text.replace(`${action} on ${resource}`, 'it').replace(`allows ${action}`, 'allows it'));
    return [
      decision === 'allowed' ? 1 : 0,
      // The page shows the action anyway, unless the session does not even begin.
      steps
        .filter(({ name }) => name !== 'Action' || action === ASSUME)
        .map(({ name, text }) => shared(`${name}\t${text}`)),
      changes.map(shared),
      limits.filter((limit) => limit !== NOT_INCLUDED).map(indexOf),
    ];
  };
  const paths = callers.map(({ ask }) =>
    WAYS.map(({ id: way }) => actions.map(({ id }) => pathOf(ask(way, id)))),
  );
  return {
    people: callers.map(({ id, name }) => ({ id, name })),
    ways: WAYS,
    actions,
    texts: [...texts.keys()],
    limits: [NOT_INCLUDED],
    paths,
  };
}

/** A person to choose, and their requests to IAM. */
interface Caller extends Choice {
  readonly ask: (way: Authentication, action: string) => Question;
}

const ASSUME = 'sts:AssumeRole';

/** For each role for people, somebody who may assume it. Without MFA, assuming it is what is denied. */
function sessions(explainer: Explainer, policies: TemplatePolicies, place: Place): Caller[] {
  const people = policies.principals.filter(({ kind }) => kind === 'user');
  return PERSON_ROLES.flatMap((kind) => {
    const role = policies.principals.find(({ name }) => name === personRoleName(place.stackName, kind));
    if (!role) return [];
    const assume = (person: Subject, way: Authentication) => ({
      ...questionOf(person, way, ASSUME, policies, place),
      resource: role.arn,
    });
    const person = people.find((one) => explainer.explain(assume(one, 'mfa')).decision === 'allowed');
    if (!person) return [];
    const session = { ...role, session: person.name };
    return {
      id: `${person.name} as ${kind}`,
      name: `${person.name}, in a session of ${role.name}`,
      ask: (way, action) =>
        way === 'mfa' ? questionOf(session, way, action, policies, place) : assume(person, way),
    };
  });
}

/** One user of each set of groups: the others get the same answers. */
function different(principals: readonly Principal[]): Subject[] {
  const users = principals.filter(({ kind }) => kind === 'user');
  const keys = users.map(({ groups }) => groups.join(' '));
  return users.filter((_, index) => keys.indexOf(keys[index] ?? '') === index).slice(0, MOST);
}

function questionOf(
  subject: Subject,
  authentication: Authentication,
  action: string,
  policies: TemplatePolicies,
  { account, region }: Place,
): Question {
  return {
    subject,
    authentication,
    action,
    resource: defaultResource(action, subject, policies),
    isDefaultResource: false,
    account,
    region,
    throughCloudFormation: false,
  };
}
