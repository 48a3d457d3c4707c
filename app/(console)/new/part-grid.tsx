"use client";

import { type ReactNode, useId, useState } from "react";
import { classes } from "@/app/_ui/classes";
import { inputClasses } from "@/app/_ui/field";
import { TLS_MODES } from "@/lib/postgres/connection-spec";
import type { EnteredParts, PartName, Problems } from "./entered-parts";

/** As a sentence names them. */
export const PART_WORDS: Record<PartName, string> = {
  ...{ host: "Host", port: "Port", database: "Database", user: "User", password: "Password" },
  ...{ tls: "TLS (sslmode)", ca: "CA certificate (PEM), where the provider has its own" },
};

interface PartGridProps {
  values: EnteredParts;
  problems: Problems;
  /** What stands in an empty field. */
  placeholders: Partial<Record<PartName, string>>;
  /** Below a field. */
  hints?: Partial<Record<PartName, ReactNode>>;
  /** What a server has refused, and the element that says so. */
  refused?: { name: PartName; by: string };
  onChange: (changed: Partial<EnteredParts>) => void;
  onLeave?: (name: PartName) => void;
}

/** A field for each part of a connection, with what is wrong with it below; not while somebody types there. */
export function PartGrid(props: PartGridProps) {
  const [typing, setTyping] = useState<PartName | null>(null);
  const own: FieldProps = {
    ...props,
    problems: typing === null ? props.problems : { ...props.problems, [typing]: undefined },
    onType: (name, value) => {
      setTyping(name);
      props.onChange({ [name]: value });
    },
    onLeave: (name) => {
      setTyping(null);
      props.onLeave?.(name);
    },
  };
  return (
    <div className="grid items-start gap-x-3 gap-y-1 sm:grid-cols-6">
      <Line {...own} name="host" isNeeded className="sm:col-span-4" />
      <Line {...own} name="port" inputMode="numeric" className="sm:col-span-2" />
      <Line {...own} name="database" className="sm:col-span-3" />
      <Line {...own} name="user" isNeeded className="sm:col-span-3" />
      <Line {...own} name="password" type="password" className="sm:col-span-3" />
      <Tls {...own} />
      <Certificate {...own} />
    </div>
  );
}

interface FieldProps extends PartGridProps {
  onLeave: (name: PartName) => void;
  onType: (name: PartName, value: string) => void;
}

interface LineProps extends FieldProps {
  name: Exclude<PartName, "tls" | "ca">;
  isNeeded?: boolean;
  type?: "text" | "password";
  inputMode?: "numeric";
  className: string;
}

function Line(props: LineProps) {
  const { values, placeholders, onType, onLeave, name, isNeeded, type = "text", inputMode } = props;
  return (
    <Labelled {...props}>
      {(described) => (
        <input
          {...described}
          type={type}
          inputMode={inputMode}
          value={values[name]}
          placeholder={placeholders[name]}
          aria-required={isNeeded}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => onType(name, event.target.value)}
          onBlur={() => onLeave(name)}
          className={classes(inputClasses, "text-sm aria-invalid:border-bad")}
        />
      )}
    </Labelled>
  );
}

function Tls(props: PartGridProps) {
  const { values, onChange } = props;
  return (
    <Labelled {...props} name="tls" className="sm:col-span-3">
      {(described) => (
        <select
          {...described}
          value={values.tls}
          onChange={(event) => {
            const tls = TLS_MODES.find((mode) => mode === event.target.value);
            if (tls) onChange({ tls });
          }}
          className={classes(inputClasses, "px-2 text-sm aria-invalid:border-bad")}
        >
          {TLS_MODES.map((mode) => (
            <option key={mode}>{mode}</option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Certificate(props: FieldProps) {
  const { values, onType, onLeave } = props;
  return (
    <Labelled {...props} name="ca" className="sm:col-span-6">
      {(described) => (
        <textarea
          {...described}
          value={values.ca}
          rows={2}
          spellCheck={false}
          autoComplete="off"
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={(event) => onType("ca", event.target.value)}
          onBlur={() => onLeave("ca")}
          className="block w-full resize-y rounded-md border border-line-strong bg-page px-3 py-1.5 font-mono text-sm placeholder:text-quiet aria-invalid:border-bad"
        />
      )}
    </Labelled>
  );
}

interface LabelledProps extends Pick<PartGridProps, "problems" | "hints" | "refused"> {
  name: PartName;
  className: string;
  children: (described: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

function Labelled({ name, problems, hints, refused, className, children }: LabelledProps) {
  const id = useId();
  const problem = problems[name];
  const refusal = refused?.name === name ? refused : null;
  return (
    <div className={classes("min-w-0", className)}>
      <label htmlFor={id} className="mb-1 block text-sm text-quiet">
        {PART_WORDS[name]}
      </label>
      {children({
        id,
        "aria-describedby": classes(`${id}-word`, refusal?.by),
        "aria-invalid": problem !== undefined || refusal !== null,
      })}
      {/* Of one line's height from the start: a button that moved as a field is left would not be hit. */}
      <p id={`${id}-word`} aria-live="polite" className="min-h-5 pt-1 text-xs">
        {problem !== undefined ? (
          <span className="text-bad-text">{problem}</span>
        ) : (
          hints?.[name] && <span className="text-quiet">{hints[name]}</span>
        )}
      </p>
    </div>
  );
}
