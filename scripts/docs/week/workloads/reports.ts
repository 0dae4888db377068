import { daily, DAYS, type Habit } from '../habit';
import { assumption, call, role, service } from '../record';

const BATCH = role('ReportsBatch', 'nightly', {
  sourceIPAddress: '10.20.1.40',
  userAgent: 'Boto3/1.40.55 md/Botocore#1.40.55 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13.9',
});
const LOG_GROUP = { logGroupName: '/reports/nightly' };

/** A job each night: 40 parameters and secrets one after the other, and it tidies up its logs. */
export const reports: Habit = {
  title: 'Job of the nightly reports',
  records: () =>
    daily(DAYS, '02:00', 2, (day) => [
      assumption(service('ecs-tasks'), 'ReportsBatch', 'nightly'),
      ...Array.from({ length: 40 }, (_, index) =>
        index % 4 === 0
          ? call(BATCH, 'secretsmanager', 'GetSecretValue', { secretId: `reports/source-${String(index)}` })
          : call(BATCH, 'ssm', 'GetParameter', {
              name: `/reports/source-${String(index)}`,
              withDecryption: true,
            }),
      ),
      call(BATCH, 'athena', 'StartQueryExecution', { workGroup: 'reports' }),
      call(BATCH, 'glue', 'GetTable', { databaseName: 'reports', name: 'orders' }),
      call(BATCH, 'logs', 'PutRetentionPolicy', { ...LOG_GROUP, retentionInDays: 14 }),
      call(BATCH, 'logs', 'CreateExportTask', { ...LOG_GROUP, destination: 'example-reports' }),
      ...(day === 'Sun' ? [call(BATCH, 'logs', 'DeleteRetentionPolicy', LOG_GROUP)] : []),
    ]),
};
