import { clean } from '../../lib/notifications/cloudtrail-event';

describe('clean', () => {
  test.each<[value: unknown, text: string]>([
    ['alice@example.com', 'alice@example[.]com'],
    ['www.example-aws-security.com/unlock?x=1', 'www[.]example-aws-security[.]com/unlock?x=1'],
    ['ｗｗｗ．ｅｖｉｌ．ｃｏｍ', 'www[.]evil[.]com'],
    ['evil。com', 'evil[.]com'],
    ['evil.рф', 'evil[.]рф'],
    ['evil.\u200bcom', 'evil. com'],
    ['cloudformation.amazonaws.com', 'cloudformation.amazonaws.com'],
    ['evil.s3.amazonaws.com', 'evil[.]s3[.]amazonaws[.]com'],
    ['p5.48xlarge', 'p5.48xlarge'],
    ['evil.example/p5.48xlarge', 'evil[.]example/p5.48xlarge'],
    ['s3.amazonaws.com/evil', 's3[.]amazonaws[.]com/evil'],
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['<!channel> <@U012|x> @here @everyone', '!channel U012 x here everyone'],
    ['[Unlock](x) ![y](z)', 'Unlock x ! y z'],
    ['*bold* _italic_ ~struck~ `code`', 'bold italic struck code'],
    ['\\\\evil\\share', 'evil share'],
    ['a\u3164b\ufe0fc\u{e0041}d', 'a b c d'],
    ['\u001b[31mred\u001b[0m', '31mred 0m'],
    [
      'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
      'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
    ],
    ['arn:aws:sts::123456789012:assumed-role/a_b/c@d', 'arn:aws:sts::123456789012:assumed-role/a_b/c@d'],
    ['  a \n\t b  ', 'a b'],
    ['a"b`c', 'a b c'],
    ['https://example.com', 'https example[.]com'],
    ['Ärger 鍵 🔑', 'Ärger 鍵 🔑'],
    [5, '5'],
    [true, 'true'],
    [false, 'false'],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%j becomes %j', (value, text) => {
    expect(clean(value)).toBe(text);
  });

  test('shortens to 120 characters, or to as many as are asked for', () => {
    expect(clean('x'.repeat(1000))).toHaveLength(120);
    expect(clean('x'.repeat(1000), 7)).toHaveLength(7);
  });
});
