/** What logs in at the mock. */
export interface MockCredentials {
  /** An API key, for HTTP Digest. */
  readonly digest: { readonly publicKey: string; readonly privateKey: string };
  /** A service account, for OAuth. */
  readonly serviceAccount: { readonly clientId: string; readonly clientSecret: string };
}

/** They open nothing but a mock on this machine, so they are the same everywhere. */
export const mockCredentials: MockCredentials = {
  digest: { publicKey: "mockuser", privateKey: "00000000-0000-4000-8000-000000000000" },
  serviceAccount: {
    clientId: "mdb_sa_id_000000000000000000000000",
    clientSecret: "mdb_sa_sk_opens-nothing-but-a-mock",
  },
};
