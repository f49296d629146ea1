import {
  instantiationsOfConsumer,
  leastInstantiations,
  mostInstantiations,
} from "@atlas-streams/consumers/src/type-cost.mjs";

/** @type {import("../check.js").Check} */
export default {
  isQuick: true,
  measure() {
    const found = instantiationsOfConsumer();
    return {
      what: "types: what a consumer's file costs a compiler",
      figure: `${found} instantiations`,
      limit: `${leastInstantiations} to ${mostInstantiations}`,
      holds: found >= leastInstantiations && found <= mostInstantiations,
      complaint: "packages/consumers/src/type-cost.mjs has what it was when somebody looked last.",
    };
  },
};
