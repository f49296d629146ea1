// The catalogue of errors: the classes as the guide tells of them, the codes as the description has them, and what the
// client makes of each answer, by asking the mock for it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AtlasError, createClient, serviceAccount } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";
import { groupBy } from "../group-by.mjs";
import { turnLinks } from "../guides.mjs";
import { examplesOf, isOAuth, isOAuthPath, mediaOf, operations } from "../http/description.mjs";
import { methods } from "../http/methods.mjs";
import { argumentOf } from "../http/samples.mjs";
import { fence, frontMatter, json } from "../markdown.mjs";
import { docs } from "../places.mjs";
import { advice } from "./advice.mjs";

/** @typedef {import("../http/description.mjs").Operation} Operation */
/** @typedef {{ name: string, code: string, when: string, advice: string, fields: string }} ErrorClass */
/** @typedef {{ status: string, example: string, summary: string, value: any, operation: Operation }} Answer an error that an operation may answer with */
/** @typedef {{ name: string, message: string }} Thrown */

/** @returns {Promise<import("../pages.mjs").Page[]>} */
export async function errorPages() {
  const classes = await classesOfGuide();
  const codes = groupBy(operations.flatMap(errorsOf), ({ value }) => String(value.errorCode ?? value.error));
  const parts = [];
  const mock = await startMock();
  try {
    for (const code of [...codes.keys()].sort()) parts.push(await codeText(code, codes.get(code) ?? [], classes, mock));
  } finally {
    await mock.stop();
  }
  const text = `${frontMatter({ kind: "error", outline: [2, 3] })}# All errors

What the client throws, and what the service answers. How to handle them: [the guide](/guides/errors). Each has an address of its own: \`/errors.html#\` and the class or the service's code in lower case.

## What the client throws

${classes.map(classText).join("\n\n")}

## What the service answers

These codes are known today; the set is open.

${parts.join("\n\n")}
`;
  return [{ path: "errors.md", text }];
}

/** @returns {Promise<ErrorClass[]>} */
async function classesOfGuide() {
  const guide = turnLinks(await readFile(join(docs, "errors.md"), "utf8"), "packages/docs/errors.md", new Set());
  const rows = guide.matchAll(/^\| `(\w+Error)` +\| `([A-Z_]+)` +\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm);
  return Array.from(rows, ([, name = "", code = "", when = "", advised = "", fields = ""]) => ({
    name,
    code,
    when,
    advice: advised.replaceAll("](#", "](/guides/errors#"),
    fields,
  }));
}

/** @param {ErrorClass} each */
function classText({ name, code, when, advice: advised, fields }) {
  const own = fields ? `\n\nFields: ${fields}.` : "";
  return `### ${name}\n\n\`code\` is \`${code}\` · [reference](/types/client/classes/${name})\n\n**When:** ${when}.\n\n**What to do:** ${advised}.${own}`;
}

/**
 * @param {Operation} operation
 * @returns {Answer[]}
 */
function errorsOf(operation) {
  return operation.answers
    .filter(([status]) => !status.startsWith("2"))
    .flatMap(([status, answer]) =>
      examplesOf(mediaOf(answer)?.[1] ?? {}).map(([example, { summary = "", value }]) => ({
        status,
        example,
        summary,
        value,
        operation,
      })),
    );
}

/**
 * @param {string} code
 * @param {Answer[]} answers
 * @param {ErrorClass[]} classes
 * @param {import("@atlas-streams/mock").Mock} mock
 */
async function codeText(code, answers, classes, mock) {
  const cases = [...groupBy(answers, ({ example }) => example).values()];
  const thrown = await Promise.all(cases.map((each) => throwOf(each, mock)));
  const parts = cases.map((each, index) => caseText(each, thrown[index]));
  return [`### ${code}`, `**What to do:** ${adviceOn(code, thrown[0], classes)}`, ...parts].join("\n\n");
}

/**
 * @param {Answer[]} answers
 * @param {Thrown} [thrown]
 */
function caseText(answers, thrown) {
  const [first] = answers;
  const isEverywhere = answers.length === operations.filter((operation) => !isOAuth(operation)).length;
  const links = answers.map(({ operation }) => `[${operation.summary}](/http/${operation.id})`);
  const where = isEverywhere ? "[every operation](/http/)" : links.join(", ");
  return [
    `**${first?.summary}.** Status ${first?.status}, of ${where}.`,
    json(first?.value),
    ...(thrown
      ? [`The client throws a [\`${thrown.name}\`](#${thrown.name.toLowerCase()}):`, fence("text", thrown.message)]
      : []),
  ].join("\n\n");
}

/**
 * @param {string} code
 * @param {Thrown | undefined} thrown
 * @param {ErrorClass[]} classes
 */
function adviceOn(code, thrown, classes) {
  const own = Object.entries(advice).find(([known]) => known === code)?.[1];
  return own ?? `${classes.find(({ name }) => name === thrown?.name)?.advice ?? "read `detail`"}.`;
}

/**
 * What the client makes of an answer; nothing if it has no method that could meet it.
 * @param {Answer[]} answers
 * @param {import("@atlas-streams/mock").Mock} mock
 * @returns {Promise<Thrown | undefined>}
 */
async function throwOf(answers, mock) {
  const answer = answers.find(({ operation }) => isLogin(operation) || operation.id in methods);
  if (!answer) return undefined;
  const { status, example, operation } = answer;
  const atlas = createClient({
    baseUrl: mock.url,
    auth: serviceAccount(mock.credentials.serviceAccount),
    retry: false,
    fetch: (url, init) => {
      const headers = new Headers(init.headers);
      if (isOAuthPath(new URL(url).pathname) === isLogin(operation))
        headers.set("Prefer", `code=${status}, example=${example}`);
      return fetch(url, { ...init, headers });
    },
  });
  const called = isLogin(operation) ? operations.find(({ id }) => id in methods) : operation;
  try {
    if (called) await callMethod(atlas, called);
  } catch (error) {
    const isMeant = error instanceof AtlasError && "status" in error && error.status === Number(status);
    if (isMeant) return { name: error.name, message: error.message };
    throw error;
  }
  throw new Error(`The mock was asked for ${status} ${example} of ${operation.id}, and the client threw nothing.`);
}

/** @param {Operation} operation */
function isLogin({ id }) {
  return id === "createToken";
}

/**
 * @param {import("@atlas-streams/client").AtlasClient} atlas
 * @param {Operation} operation
 */
async function callMethod(atlas, operation) {
  const [resource = "", method = ""] = methods[operation.id]?.split(".") ?? [];
  const answer = Reflect.get(atlas, resource)[method](argumentOf(operation));
  if (Symbol.asyncIterator in answer) await answer[Symbol.asyncIterator]().next();
  else await answer;
}
