import { eventMatcher } from '../../emulator/event-pattern';
import { eachOf } from '../each-of';

const EVENT = {
  source: 'aws.sns',
  detail: {
    eventName: 'SetTopicAttributes',
    readOnly: false,
    userIdentity: { type: 'IAMUser' },
    requestParameters: { topicArn: 'arn:aws:sns:us-east-1:1:Base-Alarms-Topic', names: ['a', 'Base-b'] },
    nothing: null,
    severity: 7.5,
  },
};

const detail = (pattern: object) => ({ detail: pattern });

eachOf<readonly [pattern: Readonly<Record<string, unknown>>, expected: boolean]>(
  [
    [{ source: ['aws.sns'] }, true],
    [{ source: ['aws.sqs', 'aws.sns'] }, true],
    [{ source: ['aws.sqs'] }, false],
    [{ source: [{ prefix: 'aws.' }] }, true],
    [{ source: [{ prefix: 'sns' }] }, false],
    [detail({ readOnly: [false] }), true],
    [detail({ readOnly: ['false'] }), false],
    [detail({ nothing: [null] }), true],
    [detail({ eventName: [{ suffix: 'Attributes' }] }), true],
    [detail({ eventName: [{ suffix: 'Set' }] }), false],
    [detail({ errorCode: [{ exists: false }] }), true],
    [detail({ errorCode: [{ exists: true }] }), false],
    [detail({ eventName: [{ exists: false }] }), false],
    // An object has fields, but no value.
    [detail({ userIdentity: [{ exists: true }] }), false],
    [detail({ sessionContext: { issuer: [{ exists: false }] } }), true],
    [detail({ eventName: [{ 'anything-but': 'SetTopicAttributes' }] }), false],
    [detail({ eventName: [{ 'anything-but': ['Subscribe', 'Unsubscribe'] }] }), true],
    [detail({ eventName: [{ 'anything-but': { prefix: 'Set' } }] }), false],
    [detail({ eventName: [{ 'anything-but': { prefix: 'Confirm' } }] }), true],
    // What is not there is not something else.
    [detail({ errorCode: [{ 'anything-but': 'AccessDenied' }] }), false],
    [detail({ requestParameters: { topicArn: [{ wildcard: '*Base-*' }] } }), true],
    [detail({ requestParameters: { topicArn: [{ wildcard: 'Base-*' }] } }), false],
    [detail({ requestParameters: { topicArn: [{ wildcard: '*:Base-*-Topic' }] } }), true],
    [detail({ requestParameters: { topicArn: [{ wildcard: '*.Base-*' }] } }), false],
    [detail({ requestParameters: { names: [{ prefix: 'Base-' }] } }), true],
    [detail({ requestParameters: { names: [{ prefix: 'Other-' }] } }), false],
    [{ source: ['aws.sns'], detail: { eventName: ['Subscribe'] } }, false],
    [detail({ severity: [{ numeric: ['>=', 7] }] }), true],
    [detail({ severity: [{ numeric: ['>', 0, '<', 7] }] }), false],
    [detail({ eventName: [{ numeric: ['>=', 7] }] }), false],
    [detail({ $or: [{ eventName: ['Subscribe'] }, { readOnly: [false] }] }), true],
    [detail({ $or: [{ eventName: ['Subscribe'] }, { readOnly: [true] }] }), false],
    [detail({ userIdentity: { $or: [{ invokedBy: [{ exists: false }] }, { invokedBy: ['a'] }] } }), true],
  ],
  ([pattern]) => JSON.stringify(pattern),
)('a pattern matches what EventBridge says', ([pattern, expected]) => {
  expect(eventMatcher(pattern)(EVENT)).toBe(expected);
});

eachOf<readonly [pattern: Readonly<Record<string, unknown>>, message: string]>(
  [
    [{}, ' must have fields'],
    [{ source: 'aws.sns' }, '.source must have fields'],
    [{ source: [] }, '.source must have a value'],
    [{ source: [{ cidr: '10.0.0.0/8' }] }, 'the operator cidr of .source is not known'],
    [
      detail({ severity: [{ numeric: ['over', 7] }] }),
      'numeric of .detail.severity must have a comparison and a number',
    ],
    [
      detail({ severity: [{ numeric: ['>=', 7, '<'] }] }),
      'numeric of .detail.severity must have a comparison',
    ],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'an operator of .source must stand alone'],
    [{ source: [{ wildcard: 'a**' }] }, 'a** of .source has two * in a row or an escape'],
    [{ $or: [{ source: ['a'] }] }, '$or must be a list of two or more patterns, at '],
    [
      { detail: { a: ['1'], $or: [{ a: ['2'] }, { b: ['3'] }] } },
      '.detail.a is constrained inside and outside of $or',
    ],
    [{ source: ['x'.repeat(2_048)] }, '2063 characters are over 2048'],
  ],
  ([pattern]) => JSON.stringify(pattern),
)('a pattern that EventBridge rejects is rejected, with the reason', ([pattern, message]) => {
  expect(() => eventMatcher(pattern)).toThrow(`invalid event pattern: ${message}`);
});
