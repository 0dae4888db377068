import { eventNameIs } from '../patterns';
import { standardText } from '../standard-text';

export const trailChangeAttempted = standardText({
  id: 'TrailChangeAttempted',
  cis: '5.5',
  securityHub: 5,
  pattern: `{${eventNameIs('CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging')}}`,
  success: 'TrailChanged',
});
