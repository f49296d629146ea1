import { rejection } from "@atlas-streams/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CredentialKind } from "../../target.js";
import { connect, kinds } from "../clients.js";
import { type HostileRequest, type HostileServer, startHostileServer } from "../hostile-server.js";
import { type CallableOperation, call, callRaw, create, getOne, namedOperations } from "../operations.js";
import { everythingIn, expectNoSecret } from "../secrets.js";
import { echoes, echoing } from "./echoes.js";

let server: HostileServer;

beforeAll(async () => {
  server = await startHostileServer();
});

beforeEach(() => server.behave({}));

afterAll(() => server.stop());

/** Calls in every way there is, and gives back all that was thrown or shown as an error. */
async function errorsOf(kind: CredentialKind, operation: CallableOperation): Promise<unknown[]> {
  const atlas = connect(kind, server);
  const { groupId, connectionId } = getOne.example.parameters.path as { groupId: string; connectionId: string };
  const [raw, own] = await Promise.allSettled([
    callRaw(atlas, operation),
    atlas.privateLinkConnections.get({ groupId, connectionId }),
  ]);
  const errors = [raw.status === "rejected" ? raw.reason : raw.value.error];
  return own.status === "rejected" ? [...errors, own.reason] : errors;
}

describe.each(kinds)("with %s, a server that shows the request in", (kind) => {
  const statuses = [400, 401, 403, 404, 409, 418, 429, 500, 503, 200, 202, 302];

  test.each(echoes)("%s gets no secret into an error, whatever the status", async (_name, echo) => {
    for (const status of statuses) {
      server.behave({ api: echoing(status, echo) });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });

  test.each(echoes)("%s gets no request body into an error either", async (_name, echo) => {
    for (const status of [400, 403, 409, 500, 503]) {
      server.behave({ api: echoing(status, echo) });
      const [error] = await errorsOf(kind, create);
      expectNoSecret(error, server, create.example.body);
    }
  });

  test("its answer's headers gets no secret into an error", async () => {
    for (const status of [400, 401, 404, 500, 200, 302]) {
      server.behave({
        api: ({ headers: { authorization = "" }, answer }) =>
          answer(status, "<html>", {
            "content-type": `text/html; echo="${authorization.replaceAll('"', "'")}"`,
            "x-request-id": authorization,
            location: `/?${encodeURIComponent(authorization)}`,
            "retry-after": authorization,
          }),
      });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });

  test("bytes that are no HTTP gets no secret into an error, not even into the network's own", async () => {
    for (const bytes of [
      (authorization: string) => `HTTP/1.1 200 OK\r\nX Echo: ${authorization}\r\n\r\n`,
      (authorization: string) => `${authorization}\r\n\r\n`,
      (authorization: string) => `HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: ${authorization}\r\n\r\n{}`,
      (authorization: string) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${authorization}\r\n`,
    ]) {
      server.behave({ api: (request) => request.bytes(bytes(request.headers.authorization ?? "")) });
      for (const error of await errorsOf(kind, getOne)) expectNoSecret(error, server);
    }
  });
});

describe.each(kinds)("with %s, an answer that is cut in the middle of", (kind) => {
  test.each([
    ["a secret", ({ headers }: HostileRequest) => headers.authorization ?? ""],
    ["the request's body", ({ body }: HostileRequest) => body],
  ])("%s does not show the rest of it", async (_name, shown) => {
    server.behave({ api: (request) => request.answer(400, `You sent ${shown(request).slice(0, -3)}`) });
    const atlas = connect(kind, server);
    const text = everythingIn(await rejection(call(atlas, create)));
    const sent = server.calls.map(shown).flatMap((secret) => [secret, secret.split(" ").at(-1) ?? ""]);
    for (const secret of sent) expect(text).not.toContain(secret.slice(0, -3));
  });
});

describe.each(namedOperations)("%s", (_id, operation) => {
  test.each(kinds)("with %s shows no secret in the errors of resets, timeouts and pages", async (kind) => {
    for (const api of [
      ({ socket }: HostileRequest) => void socket.resetAndDestroy(),
      ({ socket }: HostileRequest) => void socket.destroy(),
      ({ answer, headers }: HostileRequest) =>
        answer(200, `<html>${headers.authorization}`, { "content-type": "text/html" }),
      () => undefined,
    ]) {
      server.behave({ api });
      const atlas = connect(kind, server);
      const error = await rejection(call(atlas, operation, { timeoutMs: 100 }));
      expectNoSecret(error, server, ...(operation.example.body ? [operation.example.body] : []));
    }
  });
});
