// Loaded into the CDK CLI, which waits 2 to 5 seconds between its questions to CloudFormation.
const { setTimeout } = globalThis;

globalThis.setTimeout = Object.assign(
  (callback, milliseconds, ...rest) =>
    setTimeout(callback, [1000, 2000, 5000].includes(milliseconds) ? 100 : milliseconds, ...rest),
  setTimeout,
);
