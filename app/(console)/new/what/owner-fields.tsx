"use client";

import { useId } from "react";
import { inputClasses } from "@/app/_ui/field";
import type { Choices } from "../choices";
import { OneOf, type Option } from "./fields";

type Owners = Choices["owners"];

interface OwnerFieldsProps {
  owners: Owners;
  /** Roles of the source that own something or were granted something. */
  roles: readonly string[];
  onChange: (owners: Owners) => void;
}

const modes: Option<Owners["mode"]>[] = [
  { value: "none", word: "The importing user owns everything", hint: "Grants to other users are left out." },
  {
    value: "keep",
    word: "As on the source",
    hint: "Missing roles are created, without a password and without the right to log in.",
  },
  { value: "map", word: "Other roles", hint: "What belongs to a role of the source goes to one of the target." },
];

export function OwnerFields({ owners, roles, onChange }: OwnerFieldsProps) {
  const offered = modes.filter(({ value }) => value !== "map" || roles.length > 0 || owners.mode === "map");
  return (
    <OneOf
      legend="Owners and grants"
      options={offered}
      isChosen={(mode) => mode === owners.mode}
      onChoose={(mode) => onChange(mode === "map" ? { mode, roles: {} } : { mode })}
    >
      {owners.mode === "map" && (
        <RoleMap roles={roles} map={owners.roles} onChange={(map) => onChange({ mode: "map", roles: map })} />
      )}
    </OneOf>
  );
}

interface RoleMapProps {
  roles: readonly string[];
  map: Readonly<Record<string, string>>;
  onChange: (map: Record<string, string>) => void;
}

function RoleMap({ roles, map, onChange }: RoleMapProps) {
  const id = useId();
  const known = [...new Set([...roles, ...Object.keys(map)])];
  const change = (role: string, to: string) => {
    const { [role]: _before, ...others } = map;
    onChange(to.trim() === "" ? others : { ...others, [role]: to.trim() });
  };
  return (
    <div className="mt-3 space-y-2">
      <p className="text-sm text-quiet">
        The role on the target for each of the source. One that is left empty becomes the importing user.
      </p>
      <ul className="grid gap-2 sm:grid-cols-2">
        {known.map((role, index) => (
          <li key={role} className="flex items-center gap-2 text-sm">
            <label htmlFor={`${id}-${index}`} className="min-w-0 flex-1 truncate font-mono" title={role}>
              {role}
            </label>
            <div className="flex-1">
              <input
                id={`${id}-${index}`}
                value={map[role] ?? ""}
                placeholder="importing user"
                maxLength={63}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => change(role, event.target.value)}
                className={inputClasses}
              />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
