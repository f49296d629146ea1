// The HTTP reference, from the bundled description.
import { frontMatter, json, table } from "../markdown.mjs";
import { description, examplesOf, find, isOAuth, mediaOf, nameOf, operations, success } from "./description.mjs";
import { curl, typescript } from "./samples.mjs";
import { inline, limits, markUnverified, schemaLink, schemaText, typeText } from "./schema-table.mjs";

/** @typedef {import("../pages.mjs").Page} Page */
/** @typedef {import("./description.mjs").Operation} Operation */
/** @typedef {import("./description.mjs").Answer} Answer */
/** @typedef {import("./description.mjs").Media} Media */

/** @returns {{ pages: Page[], sidebar: { text: string, items: { text: string, link: string }[] }[] }} */
export function httpPages() {
  const tags = description.tags.map((/** @type {{ name: string }} */ { name }) => ({
    text: name,
    items: operations
      .filter(({ tag }) => tag === name)
      .map(({ id, summary }) => ({ text: summary, link: `/http/${id}` })),
  }));
  const general = [
    { text: "Overview", link: "/http/" },
    { text: "Try it", link: "/http/try" },
    { text: "Schemas", link: "/http/schemas" },
  ];
  return {
    pages: [overview(), tryIt(), schemas(), ...operations.map(operationPage)],
    sidebar: [{ text: "HTTP reference", items: general }, ...tags],
  };
}

/** @returns {Page} */
function overview() {
  const rows = operations.map(({ id, method, path, summary }) => [
    `<Badge type="${method === "GET" ? "info" : "warning"}" text="${method}" />`,
    `[${summary}](/http/${id})<br><code v-pre class="path">${path}</code>`,
  ]);
  const schemes = Object.values(description.components.securitySchemes).map(
    ({ type, scheme, description: text }) => `- **${scheme ?? type}**: ${inline(text)}`,
  );
  const parts = [
    frontMatter({ kind: "http" }),
    `# HTTP reference\n\n${markUnverified(description.info.description)}`,
    `[Try it against the mock](/http/try), or take [the description itself](/openapi.json){target="_self" download}.`,
    `## Operations\n\n${table(["method", "operation"], rows)}`,
    `## Logging in\n\n${schemes.join("\n")}\n\nWith this client: [credentials](/guides/credentials).`,
  ];
  return { path: "http/index.md", text: `${parts.join("\n\n")}\n` };
}

/** @returns {Page} */
function tryIt() {
  return {
    path: "http/try.md",
    text: `${frontMatter({ layout: "page", sidebar: false, aside: false, kind: "try-it", title: "Try it" })}<TryIt />\n`,
  };
}

/** @returns {Page} */
function schemas() {
  const parts = Object.entries(description.components.schemas).map(
    ([name, schema]) => `## ${name}\n\n${schemaText(schema)}`,
  );
  return {
    path: "http/schemas.md",
    text: `${frontMatter({ kind: "schema", outline: 2 })}# Schemas\n\n${parts.join("\n\n")}\n`,
  };
}

/**
 * @param {Operation} operation
 * @returns {Page}
 */
function operationPage(operation) {
  const { id, method, path, summary, description: text } = operation;
  const parts = [
    `# ${summary}`,
    `<p class="operation"><Badge type="${method === "GET" ? "info" : "warning"}" text="${method}" /> <code v-pre class="path">${path}</code></p>`,
    markUnverified(text.replace(/^Role: (.+)$/m, "**Role:** $1")),
    `\`${id}\` · [Try it](/http/try#${scalarAnchor(operation)})`,
    `::: code-group\n\n\`\`\`ts [TypeScript]\n${typescript(operation)}\`\`\`\n\n\`\`\`sh [curl]\n${curl(operation)}\`\`\`\n\n:::`,
    parameterText(operation),
    bodyText(operation),
    answerText(operation),
    errorText(operation),
  ];
  return {
    path: `http/${id}.md`,
    text: `${frontMatter({ kind: "operation", outline: [2, 3] })}${parts.filter(Boolean).join("\n\n")}\n`,
  };
}

/**
 * Where Scalar shows an operation.
 * @param {Operation} operation
 */
function scalarAnchor({ tag, method, path }) {
  return `tag/${tag.toLowerCase().replaceAll(" ", "-")}/${method}${path}`;
}

/** @param {Operation} operation */
function parameterText({ parameters }) {
  const rows = parameters.map(({ name, in: place, required, description: text, schema }) => [
    `\`${name}\`${required ? " *" : ""}`,
    `${place}, ${typeText(schema)}`,
    inline(`${text ?? ""}${limits(find(schema))}`),
  ]);
  return rows.length > 0 && `## Parameters\n\n${table(["name", "where", ""], rows)}\n\n\\* has to be there.`;
}

/** @param {Operation} operation */
function bodyText({ body }) {
  if (!body) return "";
  return `## Body\n\n\`${body.type}\`: ${schemaLink(nameOf(body.media.schema))}\n\n${exampleText(body.media)}`;
}

/** @param {Operation} operation */
function answerText(operation) {
  const answer = success(operation);
  const [status] = operation.answers.find(([, each]) => each === answer) ?? [""];
  const [type, media] = mediaOf(answer) ?? [];
  const parts = [
    `## Answer\n\n**${status}.** ${markUnverified(answer.description)}`,
    type && `\`${type}\`${media?.schema ? `: ${schemaLink(nameOf(media.schema))}` : ""}`,
    headerText(answer),
    media && exampleText(media),
  ];
  return parts.filter(Boolean).join("\n\n");
}

/** @param {Answer} answer */
function headerText({ headers = {} }) {
  const rows = Object.entries(headers).map(([name, node]) => [`\`${name}\``, inline(find(node).description ?? "")]);
  return rows.length > 0 && table(["header", ""], rows);
}

/** @param {Media} media */
function exampleText(media) {
  return examplesOf(media)
    .map(([name, { summary, value }]) => `::: details ${name}: ${summary}\n\n${json(value)}\n\n:::`)
    .join("\n\n");
}

/** @param {Operation} operation */
function errorText(operation) {
  const rows = operation.answers
    .filter(([status]) => !status.startsWith("2"))
    .flatMap(([status, answer]) =>
      examplesOf(mediaOf(answer)?.[1] ?? {}).map(([name, { summary, value }]) => [
        status,
        errorLink(value),
        summary ?? "",
        `\`code=${status}, example=${name}\``,
      ]),
    );
  const how = isOAuth(operation)
    ? "The mock answers so when it is asked by the header `Prefer`."
    : "The mock answers so when it is asked by the header `Prefer`; the client, with `{ headers: { Prefer: … } }`.";
  return `## Errors\n\n${table(["status", "code", "when", "`Prefer`"], rows)}\n\n${how}`;
}

/** @param {any} value */
function errorLink(value) {
  const code = String(value.errorCode ?? value.error);
  return `[\`${code}\`](/errors#${code.toLowerCase()})`;
}
