/** What every layer sees of the network: one request in, one answer out. */
export type Fetch = (request: Request) => Promise<Response>;

/** A function around fetch: it may change the request, judge the answer, or send again. */
export type Layer = (next: Fetch) => Fetch;
