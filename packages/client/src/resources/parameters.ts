import { itemsPerPageRange, pageNumRange } from "@atlas-streams/types";
import { refuseOutOfRange } from "../call/options.js";

/** Names one project. */
export interface ProjectParameters {
  /** The project's id: 24 hexadecimal digits, lower case. Atlas calls a project a group. */
  readonly groupId: string;
}

/** Names one stream workspace. */
export interface WorkspaceParameters extends ProjectParameters {
  /** The workspace's `name`. Atlas calls a workspace a tenant in paths. */
  readonly tenantName: string;
}

/** How many items are fetched at a time. */
export interface PageSize {
  /** 1 to 500. @default 100 */
  readonly itemsPerPage?: number | undefined;
}

/** Names what is in a project, and how many of it a page holds. */
export interface ListParameters extends ProjectParameters, PageSize {}

/** Which page to read, and how large a page is. */
export interface PageParameters extends PageSize {
  /** The first is 1. @default 1 */
  readonly pageNum?: number | undefined;
}

/** Asks the service to wrap its answer; what comes back is the same. */
export interface EnvelopeParameter {
  /** Asks the service to wrap its answer; what comes back is the same. @default false */
  readonly envelope?: boolean | undefined;
}

export const { maximum: largestPage, default: standardPage } = itemsPerPageRange;

/** The query that asks for one page, or an `InvalidArgumentError` where there can be no such page. */
export function pageQuery({ itemsPerPage = standardPage, pageNum = pageNumRange.default }: PageParameters) {
  refuseOutOfRange("itemsPerPage", itemsPerPage, itemsPerPageRange);
  refuseOutOfRange("pageNum", pageNum, pageNumRange);
  return { itemsPerPage, pageNum };
}
