"use client";

import { useEffect } from "react";
import { buttonClasses } from "./button-look";
import { Centred } from "./centred";

export interface PageFailedProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export function PageFailed({ error, retry }: PageFailedProps) {
  useEffect(() => console.error(error), [error]);
  return (
    <div role="alert">
      <Centred
        title="This page could not be shown"
        text={
          <>
            Imports run on the server and are not affected. Try again; if it stays, look at Ferry’s log
            {error.digest && (
              <>
                {" "}
                for <code className="font-mono text-sm text-text">{error.digest}</code>
              </>
            )}
            .
          </>
        }
        actions={
          <>
            <button type="button" onClick={retry} className={buttonClasses("primary")}>
              Try again
            </button>
            {/* No `Link`: this comes with every page before it is needed, and another page is best read anew. */}
            <a href="/" className={buttonClasses("plain")}>
              All imports
            </a>
          </>
        }
      />
    </div>
  );
}
