"use client";

import { useEffect, useRef, useState } from "react";
import type { Explanation } from "@/lib/errors/describe";
import { EnteredFields } from "./entered-fields";
import { PastedField } from "./pasted-field";
import type { Connection } from "./use-connection";

interface ConnectionFieldProps {
  /** Of the field for what is pasted. */
  label: string;
  /** Of the fields for who has nothing to paste. */
  legend: string;
  /** What a paste may be; `rule` is true of either. */
  hint?: string;
  rule: string;
  connection: Connection;
  error: Explanation | null;
  /** Something was typed: what was said of it before is of another connection. */
  onType: () => void;
  rows: number;
}

/** Asks for a connection: by one field for anything pasted, or by a field for each part. */
export function ConnectionField(props: ConnectionFieldProps) {
  const { label, legend, hint, rule, connection, error, onType, rows } = props;
  const { pasted, entered, tries } = connection;
  const box = useRef<HTMLDivElement>(null);
  /** Somebody has changed to the other form, and the focus has to follow. */
  const [isMoving, setMoving] = useState(false);
  // What is shown of the page before its script is there does nothing.
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  function change(isByParts: boolean): void {
    entered.open(isByParts);
    setMoving(true);
    onType();
  }

  useEffect(() => {
    if (!isMoving) return;
    setMoving(false);
    box.current?.querySelector<HTMLElement>(entered.isOpen ? "input" : "textarea")?.focus();
  }, [isMoving, entered.isOpen]);

  return (
    <div ref={box}>
      {entered.isOpen ? (
        <EnteredFields
          legend={legend}
          hint={rule}
          parts={entered.parts}
          tries={tries}
          isWithoutPassword={entered.isWithoutPassword}
          error={error}
          onChange={(changed) => {
            entered.change(changed);
            onType();
          }}
          onPasteWhole={(text) => {
            pasted.setText(text);
            change(false);
          }}
        />
      ) : (
        <PastedField
          label={label}
          hint={[hint, rule].filter(Boolean).join(" ")}
          value={pasted.text}
          onChange={(text) => {
            pasted.setText(text);
            onType();
          }}
          error={error}
          rows={rows}
          isTried={tries > 0}
        >
          {/* What is understood can be edited part by part where it stands. */}
          <button type="button" disabled={!isReady} onClick={() => change(true)} className={QUIET}>
            Enter the parts instead
          </button>
        </PastedField>
      )}
      {entered.isOpen ? (
        <button type="button" onClick={() => change(false)} className={QUIET}>
          Paste a connection string instead
        </button>
      ) : (
        pasted.isWithoutSecret && (
          <p role="status" className="mt-2 text-sm text-warn-text">
            This is what you had entered, without its password: enter that again.
          </p>
        )
      )}
    </div>
  );
}

const QUIET =
  "mt-1 block min-h-6 rounded-sm text-xs text-quiet underline decoration-line-strong underline-offset-2 hover:text-text";
