import { ANALYZER } from './analyzer';
import type { Setting } from './setting';

/** An account can have one analyzer of external access in each Region. */
export const accessAnalyzer = {
  name: 'AccessAnalyzer',
  scope: 'Region',
  option: {
    name: 'accessAnalyzer',
    doc: 'An analyzer of access from outside the account, in every Region that has none.',
    default: true,
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html',
  },
  permissions: [
    { sid: 'ListAnalyzers', actions: ['access-analyzer:ListAnalyzers'] },
    {
      sid: 'AccessAnalyzer',
      actions: ['access-analyzer:CreateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
      resources: [{ service: 'access-analyzer', region: '*', path: `analyzer/${ANALYZER}` }],
    },
    {
      // The first analyzer of an account creates it.
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
  ],
  async read({ accessAnalyzer }) {
    const { analyzers: [found] = [] } = await accessAnalyzer.listAnalyzers({ type: 'ACCOUNT' });
    return found ? (found.name === ANALYZER ? ANALYZER : 'another') : null;
  },
  // Somebody else's is neither created again nor deleted.
  async write({ accessAnalyzer }, value, _, now) {
    if (value === ANALYZER) {
      await accessAnalyzer.createAnalyzer({ analyzerName: ANALYZER, type: 'ACCOUNT' });
    } else if (now === ANALYZER) await accessAnalyzer.deleteAnalyzer({ analyzerName: ANALYZER });
    else return value;
    return undefined;
  },
  desired: (now) => now ?? ANALYZER,
} as const satisfies Setting;
