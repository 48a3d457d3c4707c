"use client";

import { useEffect } from "react";
import { Button, ButtonLink } from "./button";
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
            <Button look="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/">All imports</ButtonLink>
          </>
        }
      />
    </div>
  );
}
