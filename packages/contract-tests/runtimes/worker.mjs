// The suite as a worker: it is asked for by a POST, and answers with what came of it.
import { run } from "./suite/run.mjs";

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { servers, runtime } = /** @type {any} */ (await request.json());
    return Response.json(await run(servers, runtime));
  },
};
