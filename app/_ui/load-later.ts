import { type ComponentType, lazy } from "react";

const AGAIN_MS = 2_000;

/**
 * A part of a page that comes when the page is there, or when it is asked for. If its script does not come, over a line
 * that is broken just then, it is asked for again: the page does not fail for it.
 */
export function loadLater<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(async () => {
    for (;;) {
      try {
        return await load();
      } catch (error) {
        console.warn(error);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  });
}
