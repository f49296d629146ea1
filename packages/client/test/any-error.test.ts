import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import * as client from "../src/index.js";

const { AtlasError, isAtlasError } = client;

type Client = typeof client;
/** The errors that a caller can meet: whatever the package exports and `new` makes. */
type Exported = {
  [Name in keyof Client]: Client[Name] extends (new (
    ...args: never[]
  ) => infer Made extends client.AtlasError)
    ? Made
    : never;
}[keyof Client];

const source = new URL("../src/", import.meta.url);
const modules = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

/** Every class of errors in the source, by its name. */
async function allClasses(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const name of modules)
    for (const each of Object.values<unknown>(await import(/* @vite-ignore */ fileURLToPath(new URL(name, source)))))
      if (typeof each === "function" && (each === AtlasError || each.prototype instanceof AtlasError))
        found.set(each.name, each);
  return found;
}

describe("every class of errors", () => {
  test("is exported by the package, by its own name", async () => {
    const classes = await allClasses();
    expect(classes.size).toBeGreaterThan(10);
    const exported = await import("../src/index.js");
    expect(Object.fromEntries(classes)).toEqual(
      Object.fromEntries(Object.entries(exported).filter(([name]) => classes.has(name))),
    );
    for (const [name, each] of classes) expect((each as { prototype: Error }).prototype.name).toBe(name);
  });

  test("is in the union that `code` narrows: tsc fails where one is left out", () => {
    expectTypeOf<Exported["code"]>().toEqualTypeOf<client.AnyAtlasError["code"]>();
    expectTypeOf<Exclude<Exported, client.AnyAtlasError>>().toEqualTypeOf<client.ApiError>();
  });
});

const operation = { method: "GET", path: "/x" };

describe("an error of another copy of the client", async () => {
  vi.resetModules();
  const copy: Client = await import("../src/index.js");
  const { ApiError, NotFoundError, ConnectionError } = client;
  const theirs = new copy.NotFoundError(operation, "is not there.", { status: 404 });

  test("is one of this client's, by isAtlasError, by instanceof and by code", () => {
    expect(Object.getPrototypeOf(theirs)).not.toBe(NotFoundError.prototype);
    expect(isAtlasError(theirs)).toBe(true);
    for (const each of [AtlasError, ApiError, NotFoundError]) expect(theirs).toBeInstanceOf(each);
    expect(theirs).not.toBeInstanceOf(ConnectionError);
    expect(theirs.code).toBe("NOT_FOUND");
  });

  test("is not of a class that somebody derived here", () => {
    class Own extends NotFoundError {}
    expect(theirs).not.toBeInstanceOf(Own);
    expect(new Own(operation, "is not there.")).toBeInstanceOf(Own);
    expect(new Own(operation, "is not there.")).toBeInstanceOf(NotFoundError);
    expect(isAtlasError(new Own(operation, "is not there."))).toBe(true);
  });

  test.each([
    undefined,
    null,
    0,
    "AtlasError",
    {},
    new Error("AtlasError"),
    { name: "AtlasError" },
    Object.create(null),
  ])("is not %s", (value) => {
    expect(isAtlasError(value)).toBe(false);
    expect(value).not.toBeInstanceOf(AtlasError);
  });

  test("is not what throws when it is looked at", () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error("Do not look.");
        },
      },
    );
    expect(isAtlasError(trap)).toBe(false);
  });
});
