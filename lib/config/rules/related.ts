import { z } from 'zod';
import { DEFAULT_PREFIX } from '../options';
import { organization } from '../sections/organization';

const names = z.array(z.string().catch('')).catch([]);

/**
 * The options that depend on each other. An invalid one is treated as missing, so that all errors can be
 * listed at once.
 */
export const related = z.object({
  administrators: names,
  notifications: z.object({ emails: names, httpsEndpoints: names }).catch({ emails: [], httpsEndpoints: [] }),
  access: z
    .object({
      groupName: z.string().optional().catch(undefined),
      mode: z.string().default('users').catch(''),
      breakGlass: names.default([]),
      revokedSessions: z.array(z.unknown()).default([]).catch([]),
      people: z
        .array(z.object({ name: z.string().catch(''), roles: names }).catch({ name: '', roles: [] }))
        .default([])
        .catch([]),
    })
    .prefault({})
    .catch({ mode: '', breakGlass: [], revokedSessions: [], people: [] }),
  region: z.string().optional().catch(undefined),
  billing: z
    .object({ viewers: names, costAnomalyDetection: z.boolean().catch(false) })
    .catch({ viewers: [], costAnomalyDetection: false }),
  auditTrail: z
    .object({
      trailName: z.string().optional().catch(undefined),
      existingLogGroup: z.string().optional().catch(undefined),
      s3DataEvents: z.boolean().default(false).catch(false),
    })
    .catch({ s3DataEvents: false }),
  dayZero: z.object({ administrators: names, emails: names }).optional().catch(undefined),
  accountSettings: z.object({ regions: names }).catch({ regions: [] }),
  federation: z
    .object({
      saml: z
        .object({
          metadata: z.string().optional().catch(undefined),
          roles: z
            .array(z.object({ role: z.string() }).catch({ role: '' }))
            .catch([])
            .transform((roles) => roles.map(({ role }) => role)),
        })
        .optional()
        .catch(undefined),
    })
    .default({})
    .catch({}),
  organization: organization.catch(undefined),
  stackName: z.string().default(DEFAULT_PREFIX).catch(''),
  detections: z.record(z.string(), z.unknown()).default({}).catch({}),
  tags: z.record(z.string(), z.unknown()).default({}).catch({}),
});

export type Related = z.output<typeof related>;
