import type { SendCommand } from "../../examples/valkey-token-store.js";

export type Connect = (url: string) => Promise<{ readonly send: SendCommand; end(): void }>;
export const clients: { readonly redis: Connect; readonly iovalkey: Connect };
