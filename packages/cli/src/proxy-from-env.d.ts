declare module "proxy-from-env" {
  /** The proxy for a URL by the process's environment; empty where there is none. */
  export function getProxyForUrl(url: string): string;
}
