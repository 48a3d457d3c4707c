"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useState, useTransition } from "react";
import { classes } from "./classes";
import { type Theme, themes } from "./theme";
import { setTheme } from "./theme-actions";

const marks = { system: Monitor, light: Sun, dark: Moon } as const;
const words = { system: "System", light: "Light", dark: "Dark" } as const;

/** In a folded sidebar it stands upright. */
export function ThemeSwitch({ theme, folds = false }: { theme: Theme; folds?: boolean }) {
  const name = useId();
  const [chosen, setChosen] = useState(theme);
  const [, startTransition] = useTransition();

  function choose(next: Theme) {
    setChosen(next);
    const root = document.documentElement;
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    startTransition(() => setTheme(next));
  }

  return (
    <fieldset className={classes("inline-flex rounded-md border p-0.5", folds && "max-lg:flex-col")}>
      <legend className="sr-only">Theme</legend>
      {themes.map((value) => {
        const Mark = marks[value];
        return (
          <label
            key={value}
            title={words[value]}
            className="grid h-6 w-7 place-items-center rounded-sm text-quiet hover:text-text has-checked:bg-raised has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-info"
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={chosen === value}
              onChange={() => choose(value)}
              className="sr-only"
            />
            <Mark aria-hidden className="size-3.5" />
            <span className="sr-only">{words[value]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
