import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Files are named as seen from where the person is, whatever directory pnpm has gone to. */
export function changeDirectory() {
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
}
