import { defineBaseline } from '../../lib/config/config';
import { PROFILE_DEFAULTS, PROFILES } from '../../lib/config/profiles';
import { SWITCH_DEFAULTS } from '../settings/switches';
import { check, define, SMALLEST } from './rows';

describe('the smallest configuration', () => {
  test('has these defaults', () => {
    expect(defineBaseline(SMALLEST)).toStrictEqual({
      administrators: ['alice'],
      federation: {
        pipelines: { github: [], gitlab: [], others: [], cdkQualifier: 'hnb659fds', existingProviders: [] },
      },
      notifications: {
        emails: ['security@example.com'],
        httpsEndpoints: [],
        notifyOnOk: false,
        rootNotice: true,
        weeklySummary: true,
        dashboard: true,
        runbooks: 'docs/runbooks/',
      },
      profile: 'standard',
      stackName: 'AccountBaseline',
      detections: {},
      access: {
        mode: 'users',
        people: [],
        sessionHours: 4,
        mfaHours: 8,
        groupName: 'Administrators',
        guard: true,
        supportRole: true,
        delegation: false,
        keepOnRemoval: true,
        trustedAccounts: [],
        trustedProviders: [],
      },
      passwordPolicy: {
        minimumLength: 15,
        requireUppercase: true,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: true,
        passwordReusePrevention: 24,
        allowWeaker: false,
        onRemoval: 'restore',
      },
      billing: { monthlyBudgetUsd: 50, costAnomalyDetection: false, viewers: [] },
      auditTrail: {
        trailName: 'account-baseline',
        logGroupRetentionDays: 365,
        expireAfterDays: 2557,
        s3DataEvents: false,
        keepOnRemoval: true,
      },
      customerKey: true,
      detectors: { configRecorder: false, guardDuty: false, securityHub: false },
      accountSettings: {
        // Those of new settings; the snapshots of the templates show what they create.
        ...SWITCH_DEFAULTS,
        s3PublicAccessBlock: true,
        ebsEncryption: true,
        requireImdsV2: true,
        snapshotPublicAccessBlock: true,
        amiPublicAccessBlock: true,
        serialConsoleOff: true,
        accessAnalyzer: true,
        removeDefaultVpcs: false,
        emptyDefaultSecurityGroups: false,
        contacts: {},
        dailyCheck: false,
        keepOnRemoval: false,
      },
      terminationProtection: true,
      tags: {},
    });
  });

  test('is frozen deeply', () => {
    const objects = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objects)] : [];
    const all = objects(defineBaseline(SMALLEST));
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter((object) => !Object.isFrozen(object))).toEqual([]);
  });

  test('is a copy: what the caller wrote stays as it was', () => {
    const options = { ...SMALLEST, administrators: ['alice'], tags: { team: 'platform' } };
    defineBaseline(options);
    options.administrators.push('bob');
    expect(options).toEqual({ ...SMALLEST, administrators: ['alice', 'bob'], tags: { team: 'platform' } });
  });

  test.each([{}, { auditTrail: { existingLogGroup: 'theirs' } }])(
    'does not change when it is validated again, as the app does with what the file exports: %j',
    (change) => {
      const config = defineBaseline({ ...SMALLEST, ...change });
      expect(define(config)).toStrictEqual(config);
    },
  );

  test('keeps the other defaults of a section of which one option is set', () => {
    const { access } = defineBaseline({ ...SMALLEST, access: { guard: false } });
    expect(access).toStrictEqual({
      mode: 'users',
      people: [],
      sessionHours: 4,
      mfaHours: 8,
      groupName: 'Administrators',
      guard: false,
      supportRole: true,
      delegation: false,
      keepOnRemoval: true,
      trustedAccounts: [],
      trustedProviders: [],
    });
  });
});

describe('a profile', () => {
  const switches = (options: object) => {
    const { customerKey, auditTrail, detectors } = define({ ...SMALLEST, ...options });
    return { customerKey, s3DataEvents: auditTrail.s3DataEvents, ...detectors };
  };

  test.each(PROFILES)('%s sets its switches', (profile) => {
    expect(switches({ profile })).toEqual(PROFILE_DEFAULTS[profile]);
  });

  test.each([false, true])('changes no switch that is set: %s', (value) => {
    const set = {
      customerKey: value,
      auditTrail: { s3DataEvents: value },
      detectors: { configRecorder: value, guardDuty: value, securityHub: value },
    };
    for (const profile of PROFILES) {
      expect([...new Set(Object.values(switches({ profile, ...set })))]).toEqual([value]);
    }
  });

  test('changes nothing but its switches', () => {
    const [free, standard, strict] = PROFILES.map((profile) => {
      const { customerKey, detectors, ...rest } = define({ ...SMALLEST, profile });
      expect([customerKey, detectors]).toBeDefined();
      return { ...rest, profile: '', auditTrail: { ...rest.auditTrail, s3DataEvents: '' } };
    });
    expect(free).toEqual(standard);
    expect(strict).toEqual(standard);
  });

  test('strict neither names nor extends a trail that is not the baseline’s', () => {
    const { auditTrail } = define({
      ...SMALLEST,
      profile: 'strict',
      auditTrail: { existingLogGroup: 'theirs' },
    });
    expect(auditTrail).toStrictEqual({
      existingLogGroup: 'theirs',
      logGroupRetentionDays: 365,
      expireAfterDays: 2557,
      s3DataEvents: false,
      keepOnRemoval: true,
    });
  });

  check([
    [
      'that does not exist',
      { profile: 'paranoid' },
      'profile: must be one of free, standard, strict; received "paranoid"',
    ],
  ]);
});
