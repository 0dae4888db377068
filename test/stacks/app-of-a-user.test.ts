import { App, Aspects, type IAspect, Stack, TagManager, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AdminAccess } from '../../lib';
import { defineBaseline } from '../../lib/config/config';
import { loadFeatureFlags } from '../../lib/config/load-feature-flags';
import { addBaseline } from '../../lib/stacks/suite';
import { SMALLEST } from '../smallest';

/** What a tag must not reach: an update resets a password, or needs a new activation of an address. */
const UNTOUCHED = [
  'AWS::IAM::User',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::NotificationsContacts::EmailContact',
];

/** Sets a tag without asking for the type, as many apps do. */
const tagEverything: IAspect = {
  visit(node) {
    if (TagManager.isTaggable(node)) node.tags.setTag('owner', 'platform');
  },
};

/** The suite, and a construct alone, in an app of a user. */
function synthesized(
  explicitStackTags: boolean,
  change: (app: App) => void = () => undefined,
  context: Readonly<Record<string, unknown>> = {},
) {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: { ...loadFeatureFlags(), '@aws-cdk/core:explicitStackTags': explicitStackTags, ...context },
  });
  const own = new Stack(app, 'Own');
  new AdminAccess(own, 'Access', { administrators: [{ userName: 'bob' }] });
  const suite = addBaseline(app, defineBaseline(SMALLEST));
  change(app);
  const assembly = app.synth();
  const resourcesOf = (stack: Stack) =>
    Object.entries(Template.fromStack(stack).toJSON()['Resources'] as Record<string, { Type: string }>);
  return {
    stackTags: suite.map(({ artifactId }) => assembly.getStackArtifact(artifactId).tags),
    resources: [own, ...suite].flatMap(resourcesOf),
    suite: suite.flatMap(resourcesOf),
  };
}

describe.each([true, false])('in an app of a user, with the feature flag explicitStackTags %s,', (flag) => {
  const untouched = ({ resources }: ReturnType<typeof synthesized>) =>
    resources.filter(([, { Type }]) => UNTOUCHED.includes(Type));

  test.each<[string, (app: App) => void]>([
    [
      'a tag',
      (app) => {
        Tags.of(app).add('team', 'platform');
      },
    ],
    [
      'an Aspect that sets tags',
      (app) => {
        Aspects.of(app).add(tagEverything);
      },
    ],
  ])('%s reaches no user, no secret, no contact, and no stack', (_, change) => {
    const before = synthesized(flag);
    const after = synthesized(flag, change);
    expect(untouched(after)).toEqual(untouched(before));
    expect(new Set(untouched(after).map(([, { Type }]) => Type))).toEqual(new Set(UNTOUCHED));
    expect(after.stackTags.filter((tags) => Object.keys(tags).length > 0)).toEqual([]);
    // It reaches the others.
    expect(JSON.stringify(after.resources)).toContain('"Value":"platform"');
  });
});

// A project may be the successor of a clone or of day zero, whose templates have no paths. Changed metadata
// updates a resource: with a first-time password that was deleted as advised, the deployment would fail.
test('the paths that the CDK CLI asks for by default change no resource of the suite', () => {
  const before = synthesized(true);
  const after = synthesized(true, undefined, { 'aws:cdk:enable-path-metadata': true });
  expect(Object.fromEntries(after.suite)).toEqual(Object.fromEntries(before.suite));
});
