/** Lets a loop sleep until there is a reason to look: rung once, it ends the present sleep or the next one. */
export class Doorbell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** True when it was rung, false when the time was over. */
  async sleep(longestMs: number): Promise<boolean> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longestMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const wasRung = this.rung;
    this.wake = null;
    this.rung = false;
    return wasRung;
  }
}
