import { type AtlasClient, createClient, digest, serviceAccount } from "@atlas-streams/client";
import { startMock } from "@atlas-streams/mock";

/** What the contract is tested against: our mock, or whatever answers at `CONTRACT_URL`, such as `pnpm prism`. */
export interface Target {
  readonly url: string;
  /** True where it is Prism by itself: it checks no credentials, and honours `Prefer: code` only where `Accept` allows the error's media type. */
  readonly isPlain: boolean;
  /** A client with one kind of credentials that does not retry. `tokenPreference` goes as `Prefer` with what it sends to the OAuth endpoint at `path`. */
  connect(kind: CredentialKind, tokenPreference?: TokenPreference): AtlasClient;
  /** The headers that make the target give one documented answer. */
  prefer(answer: string, accept: string): { readonly [name: string]: string };
  stop(): Promise<void>;
}

export type CredentialKind = "a service account" | "digest";

/** Which answer is wanted from which of the OAuth endpoints. */
export interface TokenPreference {
  readonly path: string;
  readonly answer: string;
}

export async function startTarget(): Promise<Target> {
  const { CONTRACT_URL } = process.env;
  if (CONTRACT_URL) {
    const credentials = {
      digest: { publicKey: "any", privateKey: "any" },
      serviceAccount: { clientId: "any", clientSecret: "any" },
    };
    return targetAt(CONTRACT_URL, true, credentials, async () => undefined);
  }
  const mock = await startMock({ limits: { rate: { capacity: 100_000 } } });
  return targetAt(mock.url, false, mock.credentials, () => mock.stop());
}

interface Credentials {
  readonly digest: Parameters<typeof digest>[0];
  readonly serviceAccount: Parameters<typeof serviceAccount>[0];
}

function targetAt(url: string, isPlain: boolean, credentials: Credentials, stop: () => Promise<void>): Target {
  const prefer = (answer: string, accept: string) => ({
    prefer: answer,
    ...(isPlain && { accept: `${accept}, application/json` }),
  });
  return {
    url,
    isPlain,
    stop,
    prefer,
    connect: (kind, tokenPreference) =>
      createClient({
        baseUrl: url,
        auth: kind === "digest" ? digest(credentials.digest) : serviceAccount(credentials.serviceAccount),
        retry: false,
        ...(tokenPreference && {
          fetch(url, init) {
            if (!url.endsWith(tokenPreference.path)) return fetch(url, init);
            return fetch(url, {
              ...init,
              headers: { ...init.headers, prefer: tokenPreference.answer } as NonNullable<RequestInit["headers"]>,
            });
          },
        }),
      }),
  };
}
