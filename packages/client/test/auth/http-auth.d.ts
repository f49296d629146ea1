/** The part of http-auth that the tests use; the package brings no types. */
declare module "http-auth" {
  import type { RequestListener } from "node:http";

  interface DigestOptions {
    realm: string;
    algorithm?: "MD5" | "MD5-sess";
    qop?: "none";
  }
  type Checker = (username: string, callback: (key: string) => void) => void;

  const httpAuth: {
    digest(options: DigestOptions, checker: Checker): { check(listener: RequestListener): RequestListener };
  };
  export default httpAuth;
}
