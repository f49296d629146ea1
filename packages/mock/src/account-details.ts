import { examplesOf } from "./operations.js";
import type { Behaviours } from "./service.js";

/** The account is at the cloud provider that was asked for: the example that says so is the answer. */
export const accountDetails: Behaviours = {
  getGroupStreamAccountDetails({ operation, query }) {
    const asked = query.get("cloudProvider")?.toLowerCase();
    const examples = examplesOf(operation, (code) => code.startsWith("2"));
    const [example] =
      [...examples].find(([, value]) => (value as { cloudProvider?: unknown }).cloudProvider === asked) ?? [];
    return example === undefined ? undefined : { example };
  },
};
