import { existsSync, readFileSync } from 'node:fs';
import { CONTROLS, STANDARDS } from '../../lib/catalog/controls';
import { type Control, type Evidence, type Treatment, treatmentIn } from '../../lib/catalog/controls/control';
import { type Profile, PROFILES } from '../../lib/config/profiles';
import { found, holds, proof, type Resources } from '../../scripts/docs/evidence';
import { DETECTIONS } from '../../lib/detections/rules';
import { OPTIONS } from '../../scripts/docs/configuration';
import { anchor } from '../../scripts/docs/markdown';
import { eachOf } from '../each-of';
import { baselineTemplate } from '../synth';

const templateOf = (profile: Profile): Resources =>
  (baselineTemplate({ profile }).toJSON() as { Resources: Resources }).Resources;

const TEMPLATES = {
  free: templateOf('free'),
  standard: templateOf('standard'),
  strict: templateOf('strict'),
};

/** What the template of a profile holds. */
const resourcesOf = (profile: Profile): Resources => TEMPLATES[profile];

const resources = resourcesOf('standard');

/** Numbers from `first` to `last`, in a section. */
const numbers = (section: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${section}.${first + index}`);

/** The requirements of CIS 7.0, as the benchmark numbers them. */
const CIS_IDS = [
  ...numbers('2.1', 1, 6),
  ...numbers('2', 2, 21),
  ...numbers('3.1', 1, 4),
  ...numbers('3.2', 1, 4),
  '3.3.1',
  ...numbers('4', 1, 10),
  ...numbers('5', 1, 16),
  ...numbers('6.1', 1, 2),
  ...numbers('6', 2, 8),
];

const SSB_IDS = Array.from({ length: 17 }, (_, index) => `ACCT.${String(index + 1).padStart(2, '0')}`);

/** How the standards begin or word what they ask for. */
const THEIR_WORDS =
  /^(Ensure|Maintain|Eliminate|Set|Restrict|Configure|Assign|Require|Enforce|Deliver|Prevent|Delete|Enable|Monitor|Use)\b|\bshould\b/;

const idsOf = (standard: string): string[] =>
  CONTROLS.filter((control) => control.standard === standard).map(({ id }) => id);

/** A requirement as a profile treats it. */
interface Claim {
  readonly profile: Profile;
  readonly treatment: Treatment;
}

const named = CONTROLS.map((control): [string, Control] => [`${control.standard} ${control.id}`, control]);

/** Each treatment once: that of the standard profile, and those of profiles that do otherwise. */
const claims = named.flatMap(([name, { treatment, inProfile = {} }]): [string, Claim][] => [
  [name, { profile: 'standard', treatment }],
  ...PROFILES.flatMap((profile): [string, Claim][] => {
    const other = inProfile[profile];
    return other ? [[`${name} in ${profile}`, { profile, treatment: other }]] : [];
  }),
]);

/** Each piece of evidence by the name of its claim. */
const pieces = (of: 'evidence' | 'none'): [string, Claim, Evidence][] =>
  claims.flatMap(([name, claim]) =>
    proof(claim.treatment)[of].map((one): [string, Claim, Evidence] => [
      `${name}: ${one.type} ${JSON.stringify(one.properties)}`.slice(0, 160),
      claim,
      one,
    ]),
  );

const nameOf = ([name]: readonly [string, ...unknown[]]): string => name;

/** The template without the resources of this evidence. */
const without = (profile: Profile, evidence: Evidence): Resources => {
  const resources = resourcesOf(profile);
  const ids = found(resources, evidence);
  return Object.fromEntries(Object.entries(resources).filter(([id]) => !ids.includes(id)));
};

/** The template without this property of the resources of this evidence. */
const stripped = (profile: Profile, evidence: Evidence, property: string): Resources => {
  const resources = resourcesOf(profile);
  const ids = found(resources, evidence);
  const strip = (properties: unknown): unknown =>
    Object.fromEntries(Object.entries(properties as object).filter(([key]) => key !== property));
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      ids.includes(id) ? { ...resource, Properties: strip(resource.Properties) } : resource,
    ]),
  );
};

describe('the catalogue', () => {
  test('has every requirement of CIS 7.0 once, and nothing else', () => {
    expect(idsOf('CIS')).toEqual(CIS_IDS);
    expect(CIS_IDS).toHaveLength(70);
  });

  test('has every account control of the Startup Security Baseline once, and nothing else', () => {
    expect(idsOf('SSB')).toEqual(SSB_IDS);
  });

  test('has each control of the Foundational Security Best Practices once', () => {
    expect(new Set(idsOf('FSBP')).size).toBe(idsOf('FSBP').length);
  });

  test('belongs to its standards', () => {
    const standards = STANDARDS.map(({ id }) => id);
    expect([...new Set(CONTROLS.map(({ standard }) => standard))]).toEqual(standards);
  });
});

describe('each requirement', () => {
  const each = eachOf(named, nameOf);

  each('has a title of 80 characters at most, in our own words', ([, { title }]) => {
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(title).not.toMatch(THEIR_WORDS);
  });

  for (const profile of PROFILES) {
    each(`claims what the template of ${profile} shows`, ([, control]) => {
      expect(holds(resourcesOf(profile), treatmentIn(profile, control))).toBe(true);
    });
  }
});

describe('each treatment', () => {
  const each = eachOf(claims, nameOf);
  const isMet = ({ status }: Treatment) => status === 'resource' || status === 'setting';

  each('says why or how, unless the template does', ([, { treatment }]) => {
    const texts = [
      ...('steps' in treatment ? treatment.steps : []),
      ...('reason' in treatment ? [treatment.reason] : []),
    ];
    expect(texts).not.toContain('');
    expect(texts.length > 0).toBe(!isMet(treatment));
  });

  each('names evidence where it claims to be met', ([, { treatment }]) => {
    expect(proof(treatment).evidence.length > 0 || !isMet(treatment)).toBe(true);
  });

  each('names tests that exist', ([, { treatment }]) => {
    const tests = ('tests' in treatment ? treatment.tests : undefined) ?? [];
    expect(tests.filter((path) => !existsSync(path))).toEqual([]);
  });

  each('names switches that the configuration has', ([, { treatment }]) => {
    const texts = JSON.stringify(treatment);
    const paths = [...texts.matchAll(/`([a-z]\w*(?:\.\w+)*): \w+`|`(accountSettings\.[\w.]+)`/g)].map(
      ([, withValue, plain]) => withValue ?? plain,
    );
    const known = OPTIONS.map(({ path }) => path);
    // What is inside of a documented option is part of it.
    expect(paths.filter((path) => !known.some((one) => `${path}.`.startsWith(`${one}.`)))).toEqual([]);
  });
});

test('the standard profile meets or guides at least 40 of the 70 requirements of CIS 7.0', () => {
  const guided = named.filter(
    ([, { standard, treatment }]) =>
      standard === 'CIS' && ['resource', 'setting', 'default', 'manual'].includes(treatment.status),
  );
  expect(guided.length).toBeGreaterThanOrEqual(40);
});

describe('each claim falls', () => {
  eachOf(pieces('evidence'), nameOf)(
    'without the resource of any piece of its evidence',
    ([, { profile, treatment }, evidence]) => {
      expect(holds(without(profile, evidence), treatment)).toBe(false);
    },
  );

  eachOf(pieces('evidence'), nameOf)(
    'without any property of its evidence',
    ([, { profile, treatment }, evidence]) => {
      const idle = Object.keys(evidence.properties).filter((property) =>
        holds(stripped(profile, evidence, property), treatment),
      );
      expect(idle).toEqual([]);
    },
  );

  eachOf(pieces('none'), nameOf)(
    'with a resource that must not be',
    ([, { profile, treatment }, evidence]) => {
      const intruder = { Type: evidence.type, Properties: evidence.properties };
      expect(holds({ ...resourcesOf(profile), Intruder: intruder }, treatment)).toBe(false);
    },
  );
});

describe('evidence', () => {
  const type = 'Some::Type';
  const finds = (actual: object, properties: Evidence['properties']): boolean =>
    found({ One: { Type: type, Properties: actual } }, { type, properties }).length === 1;

  test('matches objects and lists in part', () => {
    expect(finds({ A: [{ B: 1, C: 2 }, 3], D: 4 }, { A: [3, { B: 1 }] })).toBe(true);
    expect(finds({ A: [{ B: 1 }, { C: 2 }] }, { A: [{ B: 1, C: 2 }] })).toBe(false);
  });

  test('asks for the kind of value', () => {
    expect(finds({ A: 'true' }, { A: true })).toBe(false);
    expect(finds({ A: {} }, { A: [] })).toBe(false);
    expect(finds({}, { A: {} })).toBe(false);
  });

  test('finds whole words of a text', () => {
    const text = { A: '($.eventName=CreateRouteTable) || ($.errorCode="*Denied*")' };
    expect(finds(text, { A: { words: 'CreateRouteTable *Denied*' } })).toBe(true);
    expect(finds(text, { A: { words: 'CreateRoute' } })).toBe(false);
    expect(finds({ A: { words: 'a' } }, { A: { words: 'a' } })).toBe(false);
  });

  test('reads JSON in a text', () => {
    expect(finds({ A: '{"B":15,"C":true}' }, { A: { json: { B: 15 } } })).toBe(true);
    expect(finds({ A: '{"B":8}' }, { A: { json: { B: 15 } } })).toBe(false);
    expect(finds({ A: { B: 15 } }, { A: { json: { B: 15 } } })).toBe(false);
  });

  test('is of its type', () => {
    expect(found({ One: { Type: 'Other::Type' } }, { type, properties: {} })).toEqual([]);
  });
});

describe('a detection is evidence of', () => {
  const monitoring = named.filter(([, { standard, id }]) => standard === 'CIS' && /^5\.(?!16)/.test(id));

  eachOf(monitoring, nameOf)(
    'each control of monitoring that it claims, and no other is',
    ([, { id, treatment }]) => {
      const claiming = DETECTIONS.filter(({ controls }) => controls.includes(`CIS 7.0 ${id}`));
      const filters = proof(treatment)
        .evidence.filter(({ type }) => type === 'AWS::Logs::MetricFilter')
        .flatMap((evidence) => found(resources, evidence));
      expect(filters).toEqual(claiming.map((detection) => `AlarmsOn${detection.id}`));
    },
  );

  test('controls that there are', () => {
    const claims = DETECTIONS.flatMap(({ controls }) => controls).filter((claim) =>
      claim.startsWith('CIS 7.0 '),
    );
    const known = idsOf('CIS').map((id) => `CIS 7.0 ${id}`);
    expect(claims.filter((claim) => !known.includes(claim))).toEqual([]);
  });
});

describe('each link', () => {
  const links = claims.flatMap(([name, { treatment }]): [string, string][] =>
    'link' in treatment ? [[name, treatment.link]] : [],
  );

  eachOf(
    links.filter(([, link]) => !link.startsWith('docs/')),
    nameOf,
  )('is a page of AWS, unless it is a section here', ([, link]) => {
    expect(link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
  });

  eachOf(
    links.filter(([, link]) => link.startsWith('docs/')),
    nameOf,
  )('to a section here leads to one', ([, link]) => {
    const [path = '', fragment = ''] = link.split('#');
    const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(
      ([, heading = '']) => heading,
    );
    expect(headings.map(anchor)).toContain(fragment);
  });

  eachOf(STANDARDS, ({ name }) => name)('of a standard is secure', ({ link }) => {
    expect(link).toMatch(/^https:\/\/\S+$/);
  });
});
