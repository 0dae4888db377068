import { ACCESS } from '../access/access-matrix';
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

/** Most people that a page shows: one of each group is enough. */
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
      // The page shows the action anyway.
      steps.filter(({ name }) => name !== 'Action').map(({ name, text }) => shared(`${name}\t${text}`)),
      changes.map(shared),
      limits.filter((limit) => limit !== NOT_INCLUDED).map(indexOf),
    ];
  };
  const paths = subjects.map((subject) =>
    WAYS.map(({ id: authentication }) =>
      actions.map(({ id }) => pathOf(questionOf(subject, authentication, id, policies, place))),
    ),
  );
  return {
    people: subjects.map(({ name, groups }) => ({
      id: name,
      name: groups.length > 0 ? `${name} (${groups.join(', ')})` : name,
    })),
    ways: WAYS,
    actions,
    texts: [...texts.keys()],
    limits: [NOT_INCLUDED],
    paths,
  };
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
