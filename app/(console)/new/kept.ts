/** What is typed into a step, for as long as this tab lives: a reload loses nothing, and another tab has its own. */
const PREFIX = "ferry-new:";

/** Some browsers refuse to keep anything, and a page works without it too. */
function inStorage<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(window.sessionStorage);
  } catch (cause) {
    console.warn(cause);
    return null;
  }
}

export const keep = (name: string, value: unknown): void => {
  inStorage((storage) => storage.setItem(PREFIX + name, JSON.stringify(value)));
};

export const forget = (name: string): void => {
  inStorage((storage) => storage.removeItem(PREFIX + name));
};

/** As it was kept; whoever asks sees whether it is what is expected there. Null where there is nothing. */
export const findKept = (name: string): unknown =>
  inStorage((storage) => JSON.parse(storage.getItem(PREFIX + name) ?? "null"));
