// What the blocks of the guides take for given. The names that a block needs stand in a comment before it.
import { createClient, NotFoundError } from "@atlas-streams/client";

export const groupId = "32b6e34b3d91647abb20e7b8";
export const connectionId = "32b6e34b3d91647abb20e7b9";
export const connectionIds = [connectionId, "32b6e34b3d91647abb20e7ba"];
export const arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/0123abcd";

export const {
  MONGODB_ATLAS_CLIENT_ID: clientId = "",
  MONGODB_ATLAS_CLIENT_SECRET: clientSecret = "",
  MONGODB_ATLAS_PUBLIC_KEY: publicKey = "",
  MONGODB_ATLAS_PRIVATE_KEY: privateKey = "",
} = process.env;

export const atlas = createClient();

export const error: unknown = new NotFoundError({ method: "GET", path: "/" }, "answered 404.", { status: 404 });
