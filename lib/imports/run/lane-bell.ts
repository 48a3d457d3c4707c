import { EventEmitter } from "node:events";

/** Rung when a unit is done. Lanes in other processes do not hear it: they find out when they look again. */
const bell = new EventEmitter().setMaxListeners(0);

export function ringForLanes(importId: string): void {
  bell.emit(importId);
}

/** Until a lane of this process has done a unit of the import, or the time is up. */
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
