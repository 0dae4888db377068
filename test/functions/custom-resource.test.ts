import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { customResource, type Work } from '../../lib/functions/custom-resource';
import { type Change, CloudFormation, contextWith, eventOf, IDS, type Reception } from './cloudformation';

const cloudFormation = new CloudFormation();
const logged = jest.spyOn(console, 'error');

beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

beforeEach(() => {
  cloudFormation.reset();
  logged.mockReset().mockReturnValue(undefined);
});

const succeed: Work = () => Promise.resolve({ PhysicalResourceId: 'made' });
const refuse: Work = () => Promise.reject(new Error('no'));
const never: Work = () => new Promise(() => undefined);

function call(work: Work, change: Change = { type: 'Create' }, remaining = 60_000): Promise<void> {
  return customResource(work)(eventOf(cloudFormation.url, change), contextWith(remaining));
}

const TYPES = ['Create', 'Update', 'Delete'] as const;

describe('work that succeeds', () => {
  test.each(TYPES)('%s is answered with the physical id that the work returned', async (type) => {
    await call(succeed, { type });
    expect(cloudFormation.bodies).toEqual([{ ...IDS, Status: 'SUCCESS', PhysicalResourceId: 'made' }]);
  });

  test('is answered with its attributes, which the template may refer to', async () => {
    const answer = { PhysicalResourceId: 'made', Data: { LeftAlone: 'vpc-1', Other: '' } };
    await call(() => Promise.resolve(answer));
    expect(cloudFormation.bodies).toEqual([{ ...IDS, Status: 'SUCCESS', ...answer }]);
  });

  test('is answered without attributes when it has none', async () => {
    await call(() => Promise.resolve({ PhysicalResourceId: 'made', Data: undefined }));
    expect(cloudFormation.bodies).toEqual([{ ...IDS, Status: 'SUCCESS', PhysicalResourceId: 'made' }]);
  });

  test('gets the event as it came', async () => {
    const work = jest.fn(succeed);
    await call(work, { type: 'Update', properties: { Size: '3' } });
    expect(work.mock.calls).toEqual([
      [eventOf(cloudFormation.url, { type: 'Update', properties: { Size: '3' } })],
    ]);
  });

  test('is answered with PUT and no content type: the address is signed for an empty one', async () => {
    await call(succeed);
    expect(cloudFormation.answers).toMatchObject([{ method: 'PUT' }]);
    expect([undefined, '']).toContain(cloudFormation.answers[0]?.contentType);
  });

  test('logs nothing', async () => {
    await call(succeed);
    expect(logged).not.toHaveBeenCalled();
  });
});

describe('work that fails', () => {
  test.each([
    ['Create', IDS.LogicalResourceId],
    ['Update', 'thing'],
    ['Delete', 'thing'],
  ] as const)('%s is answered with FAILED and the physical id %s', async (type, PhysicalResourceId) => {
    await call(refuse, { type });
    expect(cloudFormation.bodies).toEqual([
      { ...IDS, Status: 'FAILED', Reason: 'Error: no', PhysicalResourceId },
    ]);
  });

  test.each<[shows: string, thrown: unknown, reason: string]>([
    ['an error of its own name', new RangeError('too far'), 'RangeError: too far'],
    ['a string', 'no', 'no'],
    ['nothing', undefined, 'undefined'],
  ])('%s becomes the reason', async (_shows, thrown, reason) => {
    // A library may reject with anything.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    await call(() => Promise.reject(thrown));
    expect(cloudFormation.bodies).toMatchObject([{ Status: 'FAILED', Reason: reason }]);
  });

  test('logs the reason', async () => {
    await call(refuse);
    expect(logged.mock.calls).toEqual([['Error: no']]);
  });

  test.each(['x', '"', '鍵', '🔑', '\u0001'])(
    'a long reason of %j fits into the 4,096 bytes that CloudFormation takes, with the longest physical id',
    async (character) => {
      const physicalId = 'i'.repeat(1024);
      await call(() => Promise.reject(new Error(character.repeat(5000))), { type: 'Update', physicalId });
      const [answer] = cloudFormation.answers;
      expect(answer?.body).toMatchObject({
        Reason: `Error: ${(/[ -~]/.test(character) ? character : '?').repeat(5000)}`.slice(0, 1000),
        PhysicalResourceId: physicalId,
      });
      expect(answer?.bytes).toBeLessThanOrEqual(4096);
    },
  );
});

describe('work that never ends', () => {
  const late = { Status: 'FAILED', Reason: 'Error: timed out after 0 seconds' };

  test('is answered with FAILED six seconds before the time of the function is up', async () => {
    const start = performance.now();
    await call(never, { type: 'Create' }, 6100);
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(90);
    expect(took).toBeLessThan(6100);
    expect(cloudFormation.bodies).toMatchObject([late]);
  });

  test('is answered at once when less than that is left', async () => {
    await call(never, { type: 'Create' }, 1000);
    expect(cloudFormation.bodies).toMatchObject([late]);
  });

  test('is not answered a second time when it fails after all', async () => {
    let fail: (error: Error) => void = () => undefined;
    const slow: Work = () => new Promise((_resolve, reject) => (fail = reject));
    await call(slow, { type: 'Create' }, 6001);
    fail(new Error('after all'));
    await new Promise(setImmediate);
    expect(cloudFormation.bodies).toMatchObject([late]);
  });
});

describe('an answer that is lost', () => {
  const twice: [shows: string, reception: Reception][] = [
    ['refused', 'refused'],
    ['cut off', 'broken'],
  ];

  test.each(twice)('is sent again when it was %s twice', async (_shows, reception) => {
    cloudFormation.reset(reception, reception);
    await call(succeed);
    expect(cloudFormation.bodies).toEqual([{ ...IDS, Status: 'SUCCESS', PhysicalResourceId: 'made' }]);
    expect(cloudFormation.sent).toBe(3);
  });

  test('does not repeat the work', async () => {
    const work = jest.fn(succeed);
    cloudFormation.reset('refused', 'refused');
    await call(work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('fails the call when it is lost for good, so that the log and the metric of errors show it', async () => {
    cloudFormation.reset(...Array<Reception>(3).fill('refused'));
    await expect(call(refuse)).rejects.toThrow(new Error('CloudFormation returned 503'));
    expect(cloudFormation.bodies).toEqual([]);
    expect(cloudFormation.sent).toBe(3);
  });

  test.each(twice)('never becomes the opposite: SUCCESS %s three times', async (_shows, reception) => {
    cloudFormation.reset(reception, reception, reception);
    await expect(call(succeed)).rejects.toThrow();
    expect(cloudFormation.bodies).toEqual([]);
    expect(cloudFormation.sent).toBe(3);
  });

  test('never becomes the opposite: SUCCESS that is stored and not confirmed', async () => {
    cloudFormation.reset('unconfirmed', 'unconfirmed', 'unconfirmed');
    await expect(call(succeed)).rejects.toThrow();
    const success = { ...IDS, Status: 'SUCCESS', PhysicalResourceId: 'made' };
    expect(cloudFormation.bodies).toEqual([success, success, success]);
  });
});

describe('an address that never replies', () => {
  let timeout: jest.SpyInstance<AbortSignal, [milliseconds: number]>;

  // The time is over when the answer was ignored, and not before, however slow the machine is.
  beforeEach(() => {
    let waiting = new AbortController();
    timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      waiting = new AbortController();
      return waiting.signal;
    });
    cloudFormation.onIgnored = () => {
      waiting.abort(new DOMException('The time is over.', 'TimeoutError'));
    };
  });
  afterEach(() => {
    timeout.mockRestore();
  });

  test('is tried again after a second and a half', async () => {
    cloudFormation.reset('ignored', 'ignored');
    await call(succeed, { type: 'Create' }, 9000);
    expect(cloudFormation.bodies).toEqual([{ ...IDS, Status: 'SUCCESS', PhysicalResourceId: 'made' }]);
    expect(timeout.mock.calls).toEqual([[1500], [1500], [1500]]);
  });

  test('fails the call after three tries, which fit into the six seconds left for them', async () => {
    cloudFormation.reset('ignored', 'ignored', 'ignored');
    await expect(call(succeed, { type: 'Create' }, 9000)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(cloudFormation.bodies).toEqual([]);
    expect(timeout.mock.calls).toEqual([[1500], [1500], [1500]]);
  });
});

describe('an event that CloudFormation did not send', () => {
  const work = jest.fn(succeed);
  const answerTo = (url: string, type: Change['type'] = 'Create') =>
    customResource(work)(eventOf(url, { type }), contextWith(60_000));
  const bucket = 'cloudformation-custom-resource-response-eucentral1';

  beforeEach(() => work.mockClear());

  test.each([
    'https://example.com/answer',
    `http://${bucket}.s3.eu-central-1.amazonaws.com/answer`,
    `https://${bucket}.s3.eu-central-1.amazonaws.com.example.com/answer`,
    `https://${bucket}.s3.eu-central-1.amazonaws.com@example.com/answer`,
    `https://${bucket}.s3.eu-central-1.amazonaws.com:8443/answer`,
    `https://${bucket}.example.com/.s3.amazonaws.com`,
    `https://${bucket}-mine.s3.eu-central-1.amazonaws.com/answer`,
    'https://s3.eu-central-1.amazonaws.com/cloudformation-custom-resource-response-eucentral1/answer',
    'https://169.254.169.254/latest/',
    'file:///etc/passwd',
  ])('is refused before any work if the answer would go to %s', async (url) => {
    await expect(answerTo(url)).rejects.toThrow(/^refused: CloudFormation does not receive responses at/);
    expect(work).not.toHaveBeenCalled();
    expect(cloudFormation.sent).toBe(0);
  });

  test('is refused before any work if its request is of another type', async () => {
    await expect(answerTo(cloudFormation.url, 'Check' as Change['type'])).rejects.toThrow(
      'refused: CloudFormation sends no request of type Check',
    );
    expect(work).not.toHaveBeenCalled();
  });

  // Seen in events of other people's functions; the address of China is of the partition's own domain.
  test.each([
    ['us-east-1', 'useast1.s3.amazonaws.com'],
    ['us-east-2', 'useast2.s3.us-east-2.amazonaws.com'],
    ['eu-west-1', 'euwest1.s3-eu-west-1.amazonaws.com'],
    ['us-gov-west-1', 'usgovwest1.s3.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'cnnorth1.s3.cn-north-1.amazonaws.com.cn'],
  ])('is not what comes in %s from %s', async (region, host) => {
    const home = process.env['AWS_REGION'];
    process.env['AWS_REGION'] = region;
    const fetched = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
    try {
      const url = `https://cloudformation-custom-resource-response-${host}/arn%3Aaws?X-Amz-Signature=1`;
      await answerTo(url);
      expect(fetched.mock.calls).toEqual([[url, expect.anything()]]);
    } finally {
      fetched.mockRestore();
      process.env['AWS_REGION'] = home;
    }
  });
});

describe('an event that is malformed', () => {
  test('fails the call when it has no address to answer to', async () => {
    const handler = customResource(succeed);
    const call = handler(eventOf('', { type: 'Create' }), contextWith(60_000));
    await expect(call).rejects.toMatchObject({ name: 'TypeError' });
  });

  test.each([null, undefined])('fails the call when it is %s', async (event) => {
    const handler = customResource(succeed);
    const call = handler(event as unknown as CloudFormationCustomResourceEvent, contextWith(60_000));
    await expect(call).rejects.toMatchObject({ name: 'TypeError' });
  });
});
