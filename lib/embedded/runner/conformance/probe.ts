/** What the app's functions did, noted by the functions themselves under a key of the test's own. */
export class Probe {
  private readonly notes = new Map<string, unknown[]>();
  private readonly active = new Map<string, number>();
  private readonly waiting = new Map<string, ((value: unknown) => void)[]>();

  /** Notes something; answers how often something was noted under this key, this time included. */
  note(key: string, value: unknown = null): number {
    const notes = this.notes.get(key) ?? [];
    notes.push(value);
    this.notes.set(key, notes);
    for (const resolve of this.waiting.get(key) ?? []) resolve(value);
    this.waiting.delete(key);
    return notes.length;
  }

  /** The first thing noted under a key, as soon as it is. */
  first(key: string): Promise<unknown> {
    const notes = this.notes.get(key);
    if (notes) return Promise.resolve(notes[0]);
    return new Promise((resolve) => this.waiting.set(key, [...(this.waiting.get(key) ?? []), resolve]));
  }

  count(key: string): number {
    return this.notes.get(key)?.length ?? 0;
  }

  values(key: string): unknown[] {
    return [...(this.notes.get(key) ?? [])];
  }

  /** Runs `work` and notes under `key` how many were at it when it began. */
  async during<T>(key: string, work: () => Promise<T>): Promise<T> {
    const now = (this.active.get(key) ?? 0) + 1;
    this.active.set(key, now);
    this.note(key, now);
    try {
      return await work();
    } finally {
      this.active.set(key, (this.active.get(key) ?? 1) - 1);
    }
  }

  most(key: string): number {
    return Math.max(0, ...this.values(key).map(Number));
  }
}
