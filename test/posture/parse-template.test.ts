import { parseTemplate } from '../../lib/posture/parse-template';
import { defineBaseline } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { SMALLEST } from '../smallest';
import { eachOf } from '../each-of';

describe('a template', () => {
  let warned: jest.SpyInstance;

  beforeEach(() => {
    warned = jest.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  });

  afterEach(() => {
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  eachOf<[short: string, long: object]>(
    [
      ['!Ref Topic', { Ref: 'Topic' }],
      ['!Condition IsFirst', { Condition: 'IsFirst' }],
      ['!GetAtt Key.Arn', { 'Fn::GetAtt': ['Key', 'Arn'] }],
      ['!GetAtt Stack.Outputs.Name', { 'Fn::GetAtt': ['Stack', 'Outputs.Name'] }],
      ['!GetAtt [Key, Arn]', { 'Fn::GetAtt': ['Key', 'Arn'] }],
      ['!Sub arn:${AWS::Partition}', { 'Fn::Sub': 'arn:${AWS::Partition}' }],
      ['!Sub ["a-${b}", { b: !Ref C }]', { 'Fn::Sub': ['a-${b}', { b: { Ref: 'C' } }] }],
      [
        '!If [IsFirst, !Ref A, !Ref "AWS::NoValue"]',
        { 'Fn::If': ['IsFirst', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
      ],
      ['!Not [!Equals [!Ref A, ""]]', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'A' }, ''] }] }],
      [
        '!GetStackOutput { StackName: a, OutputName: b }',
        { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'b' } },
      ],
    ],
    ([short]) => short,
  )('each function of CloudFormation in YAML has the long form', ([short, long]) => {
    expect(parseTemplate(`Value: ${short}\n`)).toEqual({ Value: long });
  });

  test('in JSON is read as it is', () => {
    const [{ template } = { template: {} }] = templatesOf(defineBaseline(SMALLEST));
    expect(parseTemplate(JSON.stringify(template))).toEqual(template);
  });

  test('with a function that is new has its long form', () => {
    expect(parseTemplate('Value: !Reverse [a, b]\n')).toEqual({ Value: { 'Fn::Reverse': ['a', 'b'] } });
  });

  test('that would grow without end, or is none, is refused', () => {
    const aliases = Array.from({ length: 101 }, () => '*a').join(', ');
    expect(() => parseTemplate(`a: &a [x]\nb: [${aliases}]\n`)).toThrow(/aliases/);
    expect(() => parseTemplate('a: [')).toThrow();
  });

  test('cannot change what all objects have', () => {
    const template = parseTemplate(
      '__proto__: { polluted: true }\nValue: !Sub [a, { __proto__: { b: c } }]\n',
    );
    expect(Object.getPrototypeOf(template)).toBe(Object.prototype);
    expect(template).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
