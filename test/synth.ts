import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import type { BaselineStack } from '../lib/stacks/baseline-stack';
import type { StackKind } from '../lib/stacks/stack-kinds';
import { addBaseline } from '../lib/stacks/suite';
import { templatesOf } from '../lib/stacks/templates';
import { defineBaseline, type BaselineOptions } from '../lib/config/config';
import { loadFeatureFlags } from '../lib/config/load-feature-flags';
import { type Json, merged } from '../lib/stacks/merged';
import { SMALLEST } from './smallest';

/** Nobody reads where a construct was made in a test, and source maps make finding it out slow. */
const UNTRACED = { 'aws:cdk:disable-creation-stack-traces': true };

/** The feature flags of the app. */
export const CONTEXT = { ...loadFeatureFlags(), ...UNTRACED };

/** Of an app whose template is all that is looked at. Validation has a test of its own. */
const PLAIN = { analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false };

/** An app with the feature flags of the real one. */
export function testApp(): App {
  return new App({ ...PLAIN, context: CONTEXT });
}

declare global {
  /** Templates as JSON by their options; of all suites, if Jest's environment has them. */
  var templates: Map<string, string> | undefined;
}
globalThis.templates ??= new Map();
const { templates } = globalThis;

/** The templates of the suite by the last part of their stacks' names, such as Audit. */
export function suiteTemplates(options: Partial<BaselineOptions> = {}): Readonly<Record<string, Template>> {
  return Object.fromEntries(
    Object.entries(suiteJson(options)).map(([kind, template]) => [
      kind,
      Template.fromString(JSON.stringify(template)),
    ]),
  );
}

/** The template of one stack of the suite. */
export function stackTemplate(kind: StackKind, options: Partial<BaselineOptions> = {}): Template {
  const template = suiteTemplates(options)[kind];
  if (!template) throw new Error(`there is no stack ${kind}`);
  return template;
}

function suiteJson(options: Partial<BaselineOptions>): Readonly<Record<string, Json>> {
  const key = JSON.stringify(options);
  const config = defineBaseline({ ...SMALLEST, ...options });
  const json =
    templates.get(key) ??
    JSON.stringify(
      Object.fromEntries(
        templatesOf(config).map(({ stackName, template }) => [
          stackName.slice(config.stackName.length + 1),
          template,
        ]),
      ),
    );
  templates.set(key, json);
  return JSON.parse(json) as Readonly<Record<string, Json>>;
}

/** All stacks of the suite as one template, for what holds whatever the stack. */
export function baselineTemplate(options: Partial<BaselineOptions> = {}): Template {
  return Template.fromString(JSON.stringify(merged(suiteJson(options))));
}

/** The stacks of the suite. */
export function baselineStacks(options: Partial<BaselineOptions> = {}): BaselineStack[] {
  return addBaseline(testApp(), defineBaseline({ ...SMALLEST, ...options }));
}

/**
 * The template of a stack that holds what `build` makes, without the app's feature flags: constructs stand
 * alone.
 */
export function templateOf(build: (scope: Construct) => unknown, region?: string): Template {
  const app = new App({ ...PLAIN, context: UNTRACED });
  const stack = new Stack(app, 'Test', { env: { region } });
  build(stack);
  return Template.fromStack(stack);
}

/** Statements of the only policy document that a resource of this type and path of properties holds. */
export function statements(template: Template, type: string, property = 'PolicyDocument'): Statement[] {
  return Object.values(template.findResources(type)).flatMap((resource) => {
    const { Properties } = resource as { Properties: Record<string, { Statement: Statement[] } | undefined> };
    return Properties[property]?.Statement ?? [];
  });
}

/** Statements of the policies that the roles of a template hold. */
export function rolePolicies(template: Template): Statement[] {
  return Object.values(template.findResources('AWS::IAM::Role')).flatMap((role) => {
    const { Properties } = role as {
      Properties: { Policies?: { PolicyDocument: { Statement: Statement[] } }[] };
    };
    return (Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  });
}

/** A statement as CloudFormation has it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | string[];
  readonly NotAction?: string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}
