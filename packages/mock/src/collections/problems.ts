import type { IHttpOperation } from "@stoplight/types";
import type { Errors } from "../errors.js";
import type { Choice } from "../exchange.js";
import { examplesOf } from "../operations.js";
import type { Collection } from "./collection.js";
import type { Values } from "./store.js";

interface ErrorExample {
  readonly error: number;
  readonly errorCode: string;
  readonly parameters?: readonly (string | number)[];
}

/** 404: the first that the description shows for reading one. */
export function missing(collection: Collection, values: Values, errors: Errors): Choice {
  const [example] = examplesOf(collection.get, (code) => code === "404").values() as Iterable<ErrorExample>;
  const { errorCode = "RESOURCE_NOT_FOUND" } = example ?? {};
  return errors.api({ status: 404, errorCode, parameters: about(collection, values, example) });
}

/** What the description shows for one that is there already, or else 409. */
export function exists(collection: Collection, values: Values, errors: Errors): Choice {
  const examples = [...examplesOf(collection.create, (code) => code.startsWith("4")).values()] as ErrorExample[];
  const example = examples.find(({ errorCode }) => errorCode?.endsWith("_ALREADY_EXISTS"));
  const { error: status = 409, errorCode = "CONFLICT" } = example ?? {};
  return errors.api({ status, errorCode, parameters: about(collection, values, example) });
}

/** The parameters of an example that shows the examples of the path's parameters, with the values in their places. */
function about({ get, parameter }: Collection, values: Values, example: ErrorExample | undefined) {
  const names = new Map(parameterExamples(get).map(([name, value]) => [value, name]));
  const found = example?.parameters?.map((value) => values[names.get(value) ?? ""]);
  return found?.every((value) => value !== undefined) ? found : [values[parameter] ?? ""];
}

function parameterExamples({ request }: IHttpOperation): [string, unknown][] {
  return (request?.path ?? []).flatMap(({ name, examples = [] }) =>
    examples.flatMap((example) => ("value" in example ? [[name, example.value] as [string, unknown]] : [])),
  );
}
