module.exports = async function teardown() {
  const infrastructure = globalThis.okienkoInfrastructure;
  delete globalThis.okienkoInfrastructure;
  await infrastructure?.stop();
};
