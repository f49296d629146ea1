import { type MockOptions, startMock } from "@atlas-streams/mock";
import description from "@atlas-streams/spec/openapi.json" with { type: "json" };
import { afterAll, expect, onTestFinished, test } from "vitest";
import { asNode, resolve } from "../description.js";
import { caseOf, pathOf, type Recording, recordings, standInFor, titled } from "./recordings.js";

const kept = recordings.filter(({ body, operation, status }) => body !== undefined && (operation || status >= 400));

/** Node's, or of the bytes on the wire: recordings leave them out. */
const ofConnection = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];
/** A version that is on its way out says so; none of ours is. */
const ofOldVersions = ["deprecation", "sunset"];

const compared = { answers: 0, fields: 0, headers: 0 };

afterAll(() => {
  const { answers, fields, headers } = compared;
  console.log(`${answers} recorded answers beside the mock's own: ${fields} fields and ${headers} headers compared`);
});

test.each(titled(kept))("The mock answers as in %s", async (_title, recording) => {
  const answer = await ask(recording);
  const body = await answer.text();
  expect(answer.status, body).toBe(recording.status);
  expect([...answer.headers.keys()].filter((name) => !ofConnection.includes(name)).sort()).toEqual(
    Object.keys(recording.headers)
      .filter((name) => !ofOldVersions.includes(name))
      .sort(),
  );
  expect(answer.headers.get("content-type")).toBe(recording.headers["content-type"] ?? null);
  expect(shape(answer.headers.get("www-authenticate") ?? "")).toBe(shape(recording.headers["www-authenticate"] ?? ""));
  expect(isIndented(body)).toBe(isIndented(recording.body ?? ""));
  expect(keysIn(body)).toEqual(keysIn(recording.body ?? ""));
  compared.answers += 1;
  compared.fields += keysIn(body).length;
  compared.headers += Object.keys(recording.headers).length;
});

/** Brings a mock to where the service must have been, and asks it the same. */
async function ask(recording: Recording): Promise<Response> {
  const mock = await startMock({ ...worldOf(recording), auth: recording.status === 401 ? "check" : "any" });
  onTestFinished(() => mock.stop());
  const { method, body } = caseOf(recording);
  const wanted = isCreate(recording) ? fieldsOf(recording) : body;
  return fetch(mock.url + pathOf(caseOf(recording)), {
    method,
    headers: {
      accept: versionOf(recording),
      ...preference(recording),
      ...(wanted !== undefined && { "content-type": "application/json" }),
    },
    ...(wanted !== undefined && { body: JSON.stringify(wanted) }),
  });
}

function worldOf(recording: Recording): MockOptions {
  const { errorCode } = fieldsOf(recording);
  const { groupId } = caseOf(recording).parameters.path;
  if (errorCode === "GROUP_NOT_FOUND") return { projects: [] };
  if (recording.status === 401) return { challengeBody: challengeBodyOf(recording) };
  if (recording.status >= 400) return {};
  const { results } = fieldsOf(recording) as { results?: Record<string, unknown>[] };
  if (results?.length === 0) return { connections: [] };
  if (!isPrivateLink(recording)) return {};
  if (isCreate(recording)) return { connections: [] };
  const { connectionId } = caseOf(recording).parameters.path;
  const example = connectionId === undefined ? {} : { _id: connectionId, provider: "AWS", state: "DONE" };
  return {
    connections: (results ?? [fieldsOf(recording)]).map((fields) => ({
      ...example,
      ...fields,
      groupId: String(groupId),
    })),
  };
}

function challengeBodyOf({ body }: Recording): NonNullable<MockOptions["challengeBody"]> {
  if (!body) return "empty";
  return "errorCode" in JSON.parse(body) ? "error-code" : "no-error-code";
}

/** An error that nothing leads to here is asked for. */
function preference(recording: Recording): { readonly prefer?: string } {
  const comesByItself = recording.status < 400 || recording.status === 401 || "projects" in worldOf(recording);
  return comesByItself ? {} : { prefer: `code=${recording.status}` };
}

/** The version that answered; for an error, any that is there. */
function versionOf(recording: Recording): string {
  const [mediaType = ""] = (recording.headers["content-type"] ?? "").split(";");
  return mediaType.startsWith("application/vnd.atlas.") ? mediaType : "application/vnd.atlas.2025-03-12+json";
}

function isPrivateLink(recording: Recording): boolean {
  return standInFor(recording).path.includes("/privateLinkConnections");
}

function isCreate({ operation, method, status }: Recording): boolean {
  return operation !== undefined && method === "POST" && status < 400;
}

/** What the service said of the resource; of one that was just made, only what can have been asked for. */
function fieldsOf(recording: Recording): Record<string, unknown> {
  const fields = JSON.parse(recording.body || "{}") as Record<string, unknown>;
  return isCreate(recording) ? Object.fromEntries(Object.entries(fields).filter(canBeSent(recording))) : fields;
}

/** What the answer's schema does not call read-only. */
function canBeSent({ operation, status }: Recording): (field: [string, unknown]) => boolean {
  const item = asNode(asNode(description.paths)[operation?.path ?? ""]);
  const { responses } = asNode(item[operation?.method.toLowerCase() ?? ""]);
  const [media] = Object.values(asNode(resolve(asNode(responses)[String(status)]).content));
  const properties = asNode(resolve(asNode(media).schema).properties);
  return ([name]) => asNode(properties[name]).readOnly !== true && resolve(properties[name]).readOnly !== true;
}

/** Every key, in the order in which it stands; of a list, those of its first item. */
function keysIn(text: string): string[] {
  const walk = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return walk(value[0], `${path}[0]`);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [`${path}.${key}`, ...walk(inner, `${path}.${key}`)]);
  };
  return walk(text === "" ? undefined : JSON.parse(text), "");
}

function isIndented(body: string): boolean {
  return body.includes('\n  "');
}

/** A challenge without its nonce, save how long that is. */
function shape(challenge: string): string {
  return challenge.replace(/nonce="([^"]*)"/, (_, nonce: string) => `nonce=${nonce.length}`);
}
