// Loaded by every function of the emulated account. CloudFormation receives responses in a bucket of its own;
// the emulator receives them itself, at the same path.
const { fetch } = globalThis;
const BUCKET = /^https:\/\/cloudformation-custom-resource-response-[^/]+/;

globalThis.fetch = (url, ...rest) =>
  fetch(typeof url === 'string' ? url.replace(BUCKET, process.env.AWS_ENDPOINT_URL) : url, ...rest);
