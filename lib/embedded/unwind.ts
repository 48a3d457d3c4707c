/** What has been started, to be stopped in the reverse order. */
export class Unwind {
  private readonly steps: (() => Promise<void>)[] = [];
  private readonly end = new AbortController();

  /** Aborted when the end begins, for what can be cut short. */
  get signal(): AbortSignal {
    return this.end.signal;
  }

  /** After the end has begun, what was started meanwhile is stopped at once, and its starter is told to give up. */
  async add(step: () => Promise<void>): Promise<void> {
    if (!this.signal.aborted) {
      this.steps.push(step);
      return;
    }
    await step();
    throw new Error("Ferry was stopped while it was starting.");
  }

  /** Goes on past a step that fails, so that nothing else is left running; the first failure is thrown at the end. */
  async run(): Promise<void> {
    this.end.abort();
    let failure: { error: unknown } | undefined;
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  }
}
