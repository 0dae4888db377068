// Loaded by every function of the emulated account. CloudFormation receives responses in a bucket of its own;
// the emulator receives them itself, at the same path. A path that begins with `/port/` and a number goes to
// that port of this machine, for tests that read the response.
const { fetch } = globalThis;
const BUCKET = /^https:\/\/cloudformation-custom-resource-response-[^/]+(?:\/port\/(\d+))?/;
const receiver = (_, port) => (port ? `http://127.0.0.1:${port}` : process.env.AWS_ENDPOINT_URL);

globalThis.fetch = (url, ...rest) =>
  fetch(typeof url === 'string' ? url.replace(BUCKET, receiver) : url, ...rest);
