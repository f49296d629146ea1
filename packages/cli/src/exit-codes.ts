/** How a command ended, as its exit code tells it: one for each class of ends that a script would treat differently. */
export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 2,
  differs: 3,
  refused: 4,
  notFound: 5,
  failedState: 6,
  timeout: 7,
  network: 8,
  interrupted: 130,
  terminated: 143,
} as const;

export type End = keyof typeof exitCodes;

/** What each end means, for `help exit-codes`. */
export const endMeanings: { readonly [end in End]: string } = {
  done: "Done, or there was nothing to do.",
  failure: "The command itself failed: a file that cannot be written, a fault of its own.",
  usage: "The command line, a file or a variable is wrong. Nothing was sent.",
  differs: "apply --check: the project is not as the file says.",
  refused: "The service refused: the credentials, the role, the IP access list, or what was asked for.",
  notFound: "The project or what was asked for does not exist.",
  failedState: "A connection has failed, or is being removed while it was waited for.",
  timeout: "The time was up: of a wait, or of a call.",
  network: "No answer, or none that could be used: network, proxy, a service that is down, too many requests.",
  interrupted: "Ctrl-C. What was asked for before goes on at the service.",
  terminated: "SIGTERM. What was asked for before goes on at the service.",
};
