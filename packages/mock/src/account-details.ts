import type { Errors } from "./errors.js";
import { examplesOf } from "./operations.js";
import type { Behaviours } from "./service.js";

/** The account is at the cloud provider that was asked for: the example that says so is the answer. */
export function accountDetails(errors: Errors): Behaviours {
  return {
    getGroupStreamAccountDetails({ operation, query }) {
      const asked = query.get("cloudProvider") ?? "";
      const parameter = operation.request?.query?.find(({ name }) => name === "cloudProvider");
      const { "x-extensible-enum": known = [] } = (parameter?.schema ?? {}) as {
        "x-extensible-enum"?: readonly string[];
      };
      const provider = known.find((each) => each === asked.toLowerCase());
      const examples = [...examplesOf(operation, (code) => code.startsWith("2"))];
      const [example] =
        examples.find(([, value]) => (value as { cloudProvider?: unknown }).cloudProvider === provider) ?? [];
      if (provider !== undefined && example !== undefined) return { example };
      const detail = `No provider ${asked} exists.`;
      return errors.api({ status: 400, errorCode: "VALIDATION_ERROR", detail, parameters: [asked] });
    },
  };
}
