import { setTimeout as sleep } from "node:timers/promises";
import { type ReactNode, Suspense } from "react";

/** A skeleton that is gone sooner than this would only flicker. */
const UNSEEN_MS = 200;

interface ArrivingProps {
  content: Promise<ReactNode>;
  skeleton: ReactNode;
}

/**
 * A part of a page that has to be read first. What is read soon comes with the page, as if there were no skeleton;
 * what takes longer comes after it. A page that is on its way has a status already: so who may see it, and whether it
 * is there at all, has to be known before. For that reason no folder has a `loading.tsx`, which would stand before both.
 */
export async function Arriving({ content, skeleton }: ArrivingProps) {
  const early = await Promise.race([content.then((shown) => ({ shown })), sleep(UNSEEN_MS, null)]);
  // Of one form in both cases: who reads the page again, sooner or later than the first time, loses neither focus nor
  // what was typed.
  return <Suspense fallback={skeleton}>{early ? early.shown : <Late content={content} />}</Suspense>;
}

const Late = ({ content }: { content: Promise<ReactNode> }) => content;
