import type { AtlasClient, CallOptions } from "@atlas-streams/client";
import type { Column } from "../terminal/table.js";
import type { Screen } from "../terminal/terminal.js";

/** One of the words that name a thing: the last names the thing itself, those before it where it is. */
export interface KeyWord {
  readonly name: string;
  readonly description: string;
}

/** A kind of thing that the service has, as far as every such kind is treated alike: get, list, delete. */
export interface Resource<Item = unknown> {
  /** The word on the command line, and the other words that people try. */
  readonly command: string;
  readonly aliases: readonly string[];
  /** What a person calls one of them, and several. */
  readonly noun: string;
  readonly plural: string;
  readonly key: readonly KeyWord[];
  get(atlas: AtlasClient, groupId: string, key: readonly string[], options: CallOptions): Promise<Item>;
  list(atlas: AtlasClient, groupId: string, scope: readonly string[], options: CallOptions): AsyncIterable<Item>;
  delete(atlas: AtlasClient, groupId: string, key: readonly string[], options: CallOptions): Promise<void>;
  /** The columns of a list; how it is painted is up to the screen. */
  columns(screen: Screen): readonly Column<Item>[];
  /** What a list says below itself of one of them. */
  remark(item: Item): string | undefined;
  /** One of them for a person to look at. */
  draw(item: Item, place: { readonly groupId: string; readonly screen: Screen }): Promise<string>;
  /** What `list` can be narrowed down by: the name of the option, and the field. */
  readonly filters: readonly {
    readonly option: string;
    readonly description: string;
    value(item: Item): string | undefined;
  }[];
}
