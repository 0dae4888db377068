// Jest would load and compile a module anew for each suite, which takes the CDK a second.
export default {
  process: (_source, path) => ({ code: `module.exports = requireOnce(${JSON.stringify(path)});` }),
};
