/** Where to listen, and to whom. */
export interface ListenOptions {
  /**
   * The port; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number | undefined;
  /**
   * The address to listen on, or a name of it. **Whoever reaches it can do all that you can**, for its credentials are
   * known to everybody: `0.0.0.0` is for a container or a network whose every member you trust.
   *
   * @default "127.0.0.1", which only this machine reaches
   */
  readonly host?: string | undefined;
  /**
   * What else it is called by, say `atlas-mock.test.svc`: requests for another host are answered by 421, since a page in
   * a browser could be behind them. Its addresses and `localhost` are always its names, and with a `host` other than
   * this machine every name without a dot.
   */
  readonly names?: readonly string[] | undefined;
  /**
   * Whether to talk https, with a certificate for `localhost`, `127.0.0.1`, `host` and `names` that is made at the start
   * and signed by an authority of its own, to be trusted by whoever calls.
   *
   * @default false
   */
  readonly tls?: boolean | undefined;
}
