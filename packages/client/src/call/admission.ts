import type { Network } from "./attempt.js";
import type { Call } from "./call.js";
import type { Layer, PlainRequest } from "./layer.js";

/**
 * Holds an attempt back until it may be sent: until the project has room for it, and the client a place. Waiting here
 * counts against the deadline of the call, and not against its attempts.
 */
export function admission(call: Call, network: Network): Layer {
  const { queue, gates } = network;
  return (next) => async (request) => {
    if (gates.find(call, request) || !queue.tryEnter()) await enterInTurn(call, network, request);
    else gates.enter(call, request);
    try {
      const answer = await next(request);
      gates.learn(call, request, answer);
      return answer;
    } finally {
      queue.leave();
      gates.leave(call, request);
    }
  };
}

async function enterInTurn(call: Call, { queue, gates }: Network, request: PlainRequest): Promise<void> {
  for (;;) {
    const gate = gates.find(call, request);
    await gate?.pass(call);
    try {
      if (!queue.tryEnter()) await queue.wait(call.limit);
    } catch (error) {
      gate?.leave();
      throw error;
    }
    // At once: a gate that is put up from now on counts it.
    if (gates.find(call, request) === gate) return gates.enter(call, request);
    queue.leave(); // a gate has been put up while it waited for a place; one that it has passed would be there still
  }
}
