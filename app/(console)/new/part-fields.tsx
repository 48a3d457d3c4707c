"use client";

import { useState } from "react";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { writeConnection } from "@/lib/source/pasted/write-connection";
import { type EnteredParts, type PartName, partsOfSpec, readEntered } from "./entered-parts";
import { PartGrid } from "./part-grid";

interface PartFieldsProps {
  spec: ConnectionSpec;
  /** Called with the whole connection string anew: the field above stays the only thing that is sent. */
  onChange: (text: string) => void;
}

/**
 * Each part of what was pasted in a field of its own. One is taken over when it is left: half a host is no host. The
 * password is replaced here, and never shown.
 */
export function PartFields({ spec, onChange }: PartFieldsProps) {
  const [edited, setEdited] = useState<Partial<EnteredParts>>({});
  const before = partsOfSpec(spec);
  const reading = readEntered({ ...before, ...edited });

  function take(name: PartName, changed = edited): void {
    const value = changed[name];
    if (value === undefined) return;
    const next = readEntered({ ...before, [name]: value });
    if ("problems" in next) return;
    const { [name]: _taken, ...others } = changed;
    setEdited(others);
    if (value !== before[name]) onChange(writeConnection(withPart(spec, name, next.spec)));
  }

  return (
    <PartGrid
      values={{ ...before, ...edited }}
      problems={"problems" in reading ? reading.problems : {}}
      placeholders={{ password: spec.password === null ? "none" : "as given" }}
      onChange={(changed) => {
        const next = { ...edited, ...changed };
        setEdited(next);
        // What is chosen from a list is never half typed.
        if (changed.tls !== undefined) take("tls", next);
      }}
      onLeave={take}
    />
  );
}

/** With one part of another connection; all that has no field stays as it was pasted. */
function withPart(spec: ConnectionSpec, name: PartName, from: ConnectionSpec): ConnectionSpec {
  if (name === "tls") return { ...spec, tls: { ...spec.tls, mode: from.tls.mode } };
  if (name === "ca") return { ...spec, tls: { ...spec.tls, ca: from.tls.ca } };
  return { ...spec, [name]: from[name] };
}
