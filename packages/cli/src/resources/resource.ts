import type { AtlasClient, CallOptions } from "@atlas-streams/client";
import type { Operation } from "@atlas-streams/types";
import type { Column } from "../terminal/table.js";
import type { Screen } from "../terminal/terminal.js";

/** One of the words that name a thing: the last names the thing itself, those before it where it is. */
export interface KeyWord {
  readonly name: string;
  readonly description: string;
  /** What each of them matches, where the description says. */
  readonly pattern: RegExp | undefined;
}

/** The words themselves. */
export type Key = readonly string[];

/** A client, and the project that it is to work in. */
export interface Place {
  readonly atlas: AtlasClient;
  readonly groupId: string;
}

/** What can be waited for: that a thing is ready for use, or that it is gone. */
export type Goal = "done" | "deleted";

/** What a wait tells after each look. */
export interface Look<Item> {
  /** The state, as far as there is one. */
  readonly state: string | undefined;
  readonly elapsedMs: number;
  /** How many looks there have been, this one included. */
  readonly attempt: number;
  /** Absent where there is none, for example just after it was created. */
  readonly item: Item | undefined;
}

export interface WaitHow<Item> {
  readonly signal: AbortSignal;
  readonly intervalMs: number;
  readonly timeoutMs: number | undefined;
  onLook(look: Look<Item>): void;
}

/** How things of a kind are waited for. */
export interface Waiting<Item> {
  readonly goals: readonly Goal[];
  until(goal: Goal, place: Place, key: Key, how: WaitHow<Item>): Promise<Item | undefined>;
  /** How long one usually takes, where somebody has said. */
  usual(item: Item): string | undefined;
}

/** How things of a kind are made or changed. */
export interface Writing<Item> {
  readonly operation: Operation;
  /** The schema of what the operation takes; a body has been held against it before it is sent. */
  readonly schemaName: string;
  /** Whether the fields of the body are flags. What is deep or holds secrets comes from a file. */
  readonly hasFlags: boolean;
  /** What there is to know, for the help. */
  readonly about: string;
  /** The words are those of the thing for a change, those of its place for a new one. */
  send(place: Place, words: Key, body: object, options: CallOptions): Promise<Item>;
}

/** How things of a kind are changed. */
export interface Changing<Item> extends Writing<Item> {
  /** Whether the body is the whole thing, its name included. */
  readonly isWhole: boolean;
}

/** Where one of them is drawn. */
export interface DrawingPlace {
  readonly groupId: string;
  readonly screen: Screen;
  /** What commands that the drawing tells of need beside their own words. */
  readonly flags: string;
}

/** A kind of thing that the service has, as far as every such kind is treated alike. */
export interface Resource<Item = unknown> {
  /** The word on the command line, and the other words that people try. */
  readonly command: string;
  readonly aliases: readonly string[];
  /** What a person calls one of them, and several. */
  readonly noun: string;
  readonly plural: string;
  /** What they are in. */
  readonly place: string;
  readonly key: readonly KeyWord[];
  /** The last word of its key. */
  nameOf(item: Item): string;
  stateOf(item: Item): string | undefined;
  get(place: Place, key: Key, options: CallOptions): Promise<Item>;
  list(place: Place, scope: Key, options: CallOptions): AsyncIterable<Item>;
  delete(place: Place, key: Key, options: CallOptions): Promise<void>;
  readonly waiting: Waiting<Item>;
  readonly changing: Changing<Item>;
  /** The columns of a list; how it is painted is up to the screen. */
  columns(screen: Screen): readonly Column<Item>[];
  /** What a list says below itself of one of them. */
  remark(item: Item): string | undefined;
  /** One of them for a person to look at. */
  draw(item: Item, place: DrawingPlace): Promise<string>;
  /** What `list` can be narrowed down by: the name of the option, and the field. */
  readonly filters: readonly {
    readonly option: string;
    readonly description: string;
    value(item: Item): string | undefined;
  }[];
}

/** What gets its name from whoever makes it. */
export interface NamedResource<Item> extends Resource<Item> {
  readonly making: Writing<Item>;
}
