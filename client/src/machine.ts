/** The machine on which the extension runs. There is none in a browser. */
export interface Machine {
  /** Which of these ports somebody listens on, on the loopback interface. */
  listening(ports: readonly number[]): Promise<ReadonlySet<number>>;
}
