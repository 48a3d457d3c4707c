import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Mark } from "../_ui/mark";

/** The address of an invitation is the key to it: no other site may learn it. */
export const metadata: Metadata = { referrer: "no-referrer", robots: { index: false, follow: false } };

/** Pages for who is not in yet. */
export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-4 py-10">
      <p className="mb-6 flex items-center gap-2.5">
        <Mark className="size-6" />
        <span className="text-lg font-semibold tracking-tight">Ferry</span>
      </p>
      {children}
    </main>
  );
}
