import { daily, type Habit, WORKDAYS } from '../habit';
import { call } from '../record';
import { oidc, runner } from './github';

const BUILDER = runner('GitHubImages', 'docker/28.5.1 go/go1.24.7 kernel/6.11.0 os/linux arch/amd64');
const REPOSITORY = { repositoryName: 'orders', registryId: '123456789012' };

/** Container images, built twice a day. */
export const images: Habit = {
  title: 'Pipeline of container images',
  records: () =>
    ['09:25', '15:05'].flatMap((time) =>
      daily(WORKDAYS, time, 4, () => [
        oidc('orders', 'GitHubImages'),
        call(BUILDER, 'ecr', 'GetAuthorizationToken'),
        call(BUILDER, 'ecr', 'BatchCheckLayerAvailability', REPOSITORY),
        call(BUILDER, 'ecr', 'InitiateLayerUpload', REPOSITORY),
        call(BUILDER, 'ecr', 'UploadLayerPart', REPOSITORY),
        call(BUILDER, 'ecr', 'CompleteLayerUpload', REPOSITORY),
        call(BUILDER, 'ecr', 'PutImage', { ...REPOSITORY, imageTag: 'latest' }),
        call(BUILDER, 'ecr', 'DescribeImageScanFindings', REPOSITORY),
        call(BUILDER, 'ecs', 'DescribeServices', { cluster: 'orders', services: ['orders'] }),
      ]),
    ),
};
