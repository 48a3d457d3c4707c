import type { ReactNode } from "react";
import { Mark } from "./mark";

interface CentredProps {
  title: string;
  text: ReactNode;
  actions: ReactNode;
}

/** A page that has only a word to say. */
export function Centred({ title, text, actions }: CentredProps) {
  return (
    <div className="grid min-h-[80dvh] place-items-center p-6">
      <div className="max-w-sm text-center">
        <Mark className="mx-auto size-8" />
        <h1 className="mt-6 text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 text-quiet">{text}</p>
        <div className="mt-6 flex justify-center gap-2">{actions}</div>
      </div>
    </div>
  );
}
