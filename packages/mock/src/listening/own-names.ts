import { isIP } from "node:net";
import { hostname } from "node:os";

/** The names in every certificate: a server on this machine is called by them. */
export const loopbackNames = ["localhost", "127.0.0.1", "::1"];

/**
 * Whether `Host` names this server. A page in a browser can have its own name resolve to this machine and then read what
 * is answered; with a name that is none of ours, it gets nothing. That cannot be done with an address, nor with a name
 * without a dot, which nobody can register: where others on the network are meant to call, both are taken.
 */
export function ownNames(host: string, names: readonly string[]): (header: string | undefined) => boolean {
  const known = new Set([...loopbackNames, host, hostname(), ...names].map((name) => name.toLowerCase()));
  const isOpen = !isLoopback(host);
  return (header) => {
    // A browser always sends one.
    if (header === undefined) return true;
    const name = nameIn(header);
    return known.has(name) || isLoopback(name) || (isOpen && (isIP(name) > 0 || /^[\w-]+$/.test(name)));
  };
}

export function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function nameIn(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
