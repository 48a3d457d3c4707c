"use client";

import { type ReactNode, useId } from "react";
import { type ConnectionSpec, TLS_MODES, type TlsMode } from "@/lib/postgres/connection-spec";
import { writeConnection } from "@/lib/source/pasted/write-connection";

interface PartFieldsProps {
  spec: ConnectionSpec;
  /** Called with the whole connection string anew: the field above stays the only thing that is sent. */
  onChange: (text: string) => void;
}

/** Each part of what was pasted in a field of its own. The password is replaced here, and never shown. */
export function PartFields({ spec, onChange }: PartFieldsProps) {
  const change = (changed: Partial<ConnectionSpec>) => onChange(writeConnection({ ...spec, ...changed }));
  const tls = (changed: Partial<ConnectionSpec["tls"]>) => change({ tls: { ...spec.tls, ...changed } });
  return (
    <div className="mt-3 grid gap-3 sm:grid-cols-2">
      <Part label="Host" value={spec.host} onCommit={(host) => change({ host })} />
      <Part
        label="Port"
        value={String(spec.port)}
        onCommit={(port) => change({ port: Number(port) })}
        pattern={/^\d{1,5}$/}
      />
      <Part label="Database" value={spec.database} onCommit={(database) => change({ database })} />
      <Part label="User" value={spec.user} onCommit={(user) => change({ user })} />
      <Part
        label="Password"
        type="password"
        value=""
        placeholder={spec.password === null ? "none" : "as given"}
        onCommit={(password) => change({ password })}
      />
      <Labelled label="TLS (sslmode)">
        {(id) => (
          <select
            id={id}
            value={spec.tls.mode}
            onChange={(event) => tls({ mode: event.target.value as TlsMode })}
            className={FIELD}
          >
            {TLS_MODES.map((mode) => (
              <option key={mode}>{mode}</option>
            ))}
          </select>
        )}
      </Labelled>
      <div className="sm:col-span-2">
        <Labelled label="CA certificate (PEM), where the provider has its own">
          {(id) => (
            <textarea
              id={id}
              key={spec.tls.ca ?? ""}
              defaultValue={spec.tls.ca ?? ""}
              rows={2}
              spellCheck={false}
              placeholder="-----BEGIN CERTIFICATE-----"
              onBlur={(event) => {
                const ca = event.target.value.trim() || undefined;
                if (ca !== spec.tls.ca && (!ca || ca.startsWith("-----BEGIN "))) tls({ ca });
              }}
              className={`${FIELD} font-mono`}
            />
          )}
        </Labelled>
      </div>
    </div>
  );
}

const FIELD = "mt-1 block w-full rounded-md border border-line-strong bg-page px-2 py-1.5 text-sm";

interface PartProps {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  type?: "text" | "password";
  placeholder?: string;
  pattern?: RegExp;
}

/** Taken over when the field is left: half a host is no host. */
function Part({ label, value, onCommit, type = "text", placeholder, pattern }: PartProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          key={value}
          type={type}
          defaultValue={value}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onBlur={(event) => {
            const changed = event.target.value;
            if (changed === value || changed === "" || pattern?.test(changed) === false) return;
            onCommit(changed);
          }}
          className={FIELD}
        />
      )}
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-xs text-quiet">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
