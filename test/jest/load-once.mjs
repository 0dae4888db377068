// Jest would load and compile a module anew for each suite, which takes a second for the CDK.
export default {
  process: (_source, path) => ({ code: `module.exports = requireOnce(${JSON.stringify(path)});` }),
};
