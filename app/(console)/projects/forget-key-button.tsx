"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { forgetKey } from "./actions";

export function ForgetKeyButton() {
  const [sentence, setSentence] = useState("");
  const [isBusy, startTransition] = useTransition();

  const forget = () =>
    startTransition(async () => {
      const outcome = await forgetKey();
      setSentence(outcome.ok ? "" : `${outcome.error.what} ${outcome.error.remedy}`);
    });

  return (
    <>
      {sentence !== "" && (
        <p role="alert" className="text-sm text-bad-text">
          {sentence}
        </p>
      )}
      <Button isBusy={isBusy} onClick={forget}>
        Forget the key
      </Button>
    </>
  );
}
