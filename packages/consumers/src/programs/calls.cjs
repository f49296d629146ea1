// The same from CommonJS, by require and by import().
module.exports.byRequire = (...words) => lists(require("@atlas-streams/client"), ...words);
module.exports.byImport = async (...words) => lists(await import("@atlas-streams/client"), ...words);

async function lists({ createClient, isAtlasError, NotFoundError, serviceAccount }, baseUrl, credentials, groupId) {
  const atlas = createClient({ baseUrl, auth: serviceAccount(credentials) });
  const found = [];
  for await (const { provider, state } of atlas.privateLinkConnections.list({ groupId }))
    found.push(`${provider} ${state}`);
  const missing = { groupId, connectionId: "a".repeat(24) };
  const error = await atlas.privateLinkConnections.delete(missing).catch((failure) => failure);
  await atlas.close();
  return `${found.join(", ")}; ${error instanceof NotFoundError} ${isAtlasError(error) && error.code}`;
}
