"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Going back, the router shows a step as it was when it was left: what has been chosen since is read anew. */
export function FreshDraft() {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => router.refresh();
    window.addEventListener("popstate", refresh);
    return () => window.removeEventListener("popstate", refresh);
  }, [router]);
  return null;
}
