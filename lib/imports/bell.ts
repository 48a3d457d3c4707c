import { EventEmitter } from "node:events";

/** Rung when a unit is done and when an import ends. Other processes do not hear it: they find out when they look. */
const bell = new EventEmitter().setMaxListeners(0);

export function ringFor(importId: string): void {
  bell.emit(importId);
}

/** Until something has been done for the import in this process, or the time is up. */
export function untilRung(importId: string, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      bell.off(importId, end);
      resolve();
    };
    const timer = setTimeout(end, mostMs);
    bell.on(importId, end);
  });
}
