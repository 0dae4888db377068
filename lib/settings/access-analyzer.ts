import { ANALYZER, ANALYZER_RESOURCE } from './analyzer';
import type { Permission, Setting } from './setting';

/**
 * An analyzer for access from outside the account, in every Region without one. A Region can have only one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html
 */
const externalAccessAnalyzer: Setting = {
  name: 'AccessAnalyzer',
  scope: 'Region',
  async read({ accessAnalyzer }) {
    const { analyzers: [found] = [] } = await accessAnalyzer.listAnalyzers({ type: 'ACCOUNT' });
    return found ? (found.name === ANALYZER ? ANALYZER : 'another') : null;
  },
  // Never creates or deletes other analyzers.
  async write({ accessAnalyzer }, value, _, now) {
    if (value === ANALYZER) return accessAnalyzer.createAnalyzer({ analyzerName: ANALYZER, type: 'ACCOUNT' });
    if (now === ANALYZER) return accessAnalyzer.deleteAnalyzer({ analyzerName: ANALYZER });
    return value;
  },
  desired: (now) => now ?? ANALYZER,
};

export const option = {
  /**
   * Creates an analyzer for access from outside the account, in every Region that has none.
   * @default true
   */
  accessAnalyzer: true,
} as const;

export const permissions: readonly Permission[] = [
  { sid: 'ListAnalyzers', actions: ['access-analyzer:ListAnalyzers'] },
  {
    sid: 'AccessAnalyzer',
    actions: ['access-analyzer:CreateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
    resources: [{ service: 'access-analyzer', region: '*', path: ANALYZER_RESOURCE }],
  },
  {
    // The first analyzer of an account creates this role.
    sid: 'AccessAnalyzerRole',
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      {
        service: 'iam',
        region: '',
        path: 'role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer',
      },
    ],
  },
];

export const changedBy: readonly string[] = ['DeleteAnalyzer'];
/** It is a resource. */
export const weakenedBy: readonly string[] = [];

export { externalAccessAnalyzer as setting };
export const file = __filename;
