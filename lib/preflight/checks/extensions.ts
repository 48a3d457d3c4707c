import { isForeseen } from "@/lib/schema/policy/context";
import { extensionRefusal } from "@/lib/schema/policy/leave/extensions";
import { fewOf } from "@/lib/schema/policy/lens";
import type { ExtensionUse } from "@/lib/source/facts/extension-use";
import { majorVersion } from "@/lib/source/inventory";
import { type Circumstance, check, finding } from "../check";
import { NEON_EXTENSIONS_AS_OF, neonExtension } from "../data/neon-extensions";
import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { scopeOf } from "../in-scope";
import { counted, someOf } from "../words";

type Known = Pick<Facts, "extensions" | "surroundings" | "provider" | "server" | "takes"> & Circumstance;

/** Every database has it. */
const ALWAYS = "plpgsql";
const NEON_UP_TO = 18;

/** What needs an extension, but for what stays behind: outside of the choice, or with the source's provider. */
function usersOf({ users, userCount }: ExtensionUse, context: Known): { names: string[]; count: number } {
  const isInScope = scopeOf(context);
  const coming = users.filter(({ schema, relation }) => schema === null || isInScope({ schema, name: relation ?? "" }));
  const names = coming.map(({ kind, name }) => `${kind} ${name}`);
  return { names, count: userCount - (users.length - coming.length) };
}

const neededBy = ({ names, count }: { names: string[]; count: number }) =>
  count > names.length && names.length > 0 ? `${fewOf(names)} (${count} in all)` : fewOf(names);

/** Of the provider's server, and of no other. Where something of the user's needs one, that cannot come either. */
const ofProvider = check(
  "extensions.provider",
  ["extensions", "surroundings", "provider", "server", "takes"],
  (context) => {
    const { provider } = context;
    if (!provider) return [];
    return context.extensions
      .filter(({ name }) => provider.extensions.includes(name))
      .map((extension) => {
        const { name } = extension;
        const users = usersOf(extension, context);
        const message = `Extension ${name} belongs to ${provider.name} and is left out`;
        if (users.count === 0)
          return finding("extensions.provider", "info", `${message}; nothing uses it.`, { subject: name });
        // A table's rows would be lost, so the policy stops there.
        const hasTable = users.names.some((user) => user.startsWith("table "));
        return finding(
          "extensions.provider",
          hasTable ? "block" : "warn",
          `${message}, with what needs it: ${neededBy(users)}.`,
          {
            subject: name,
            remedy: "Change these objects so that they do without it, or leave them out.",
          },
        );
      });
  },
);

/** As the target itself says; the policy decides by the same words. */
const onTarget = check(
  "extensions.target",
  ["extensions", "surroundings", "provider", "server", "takes"],
  (context) => {
    const { takes } = context;
    if (!takes || isForeseen(takes)) return [];
    const findings: Finding[] = [];
    const coming: string[] = [];
    for (const extension of wanted(context)) {
      const { name, version } = extension;
      const refusal = extensionRefusal(name, takes);
      if (refusal !== null) findings.push(refused(extension, refusal, context));
      else {
        const offered = takes.extensions.find((one) => one.name === name);
        const there = offered?.installed?.version ?? offered?.defaultVersion ?? version;
        if (isOlder(there, version)) findings.push(older(name, version, there));
        else coming.push(there === version ? `${name} ${version}` : `${name} ${version} (${there} there)`);
      }
    }
    return [...findings, ...comingAlong(coming)];
  },
);

/** While no target is chosen, or it is not made yet, as Neon's list says, which is of a day: so it blocks nothing. */
const onNeon = check("extensions.neon", ["extensions", "surroundings", "provider", "server", "takes"], (context) => {
  const { takes, server } = context;
  if (takes && !isForeseen(takes)) return [];
  const major = takes ? majorVersion(takes) : Math.min(Math.max(majorVersion(server), 14), NEON_UP_TO);
  const findings: Finding[] = [];
  const coming: string[] = [];
  for (const extension of wanted(context)) {
    const { name, version } = extension;
    const offered = neonExtension(name, major);
    const subject = name;
    if (!offered) {
      const message = `Neon does not list extension ${name} for Postgres ${major} (${NEON_EXTENSIONS_AS_OF})`;
      const users = usersOf(extension, context);
      findings.push(
        users.count === 0
          ? finding("extensions.left_out", "info", `${message}; nothing uses it, so it would be left out.`, { subject })
          : finding("extensions.not_listed", "warn", `${message}, and it is needed by ${neededBy(users)}.`, {
              subject,
              remedy: `${takes ? "Look whether Neon has it by now" : "Name a target, which is then asked itself"}; without the extension these objects cannot come.`,
            }),
      );
    } else if (isOlder(offered.version, version)) findings.push(older(name, version, offered.version));
    else {
      coming.push(`${name} ${offered.version}`);
      if (offered.isSwitchedOnFirst) {
        const message = `On Neon, extension ${name} has to be switched on for the project before it can be created.`;
        const remedy = "See its page in Neon's documentation, and do that before the import.";
        findings.push(finding("extensions.switch_on", "info", message, { subject, remedy }));
      }
    }
  }
  return [...findings, ...comingAlong(coming)];
});

const wanted = ({ extensions, provider }: Known) =>
  extensions.filter(({ name }) => name !== ALWAYS && !provider?.extensions.includes(name));

function refused(extension: ExtensionUse, refusal: string, context: Known): Finding {
  const subject = extension.name;
  const users = usersOf(extension, context);
  if (users.count === 0) {
    const message = `Extension ${subject} is left out: ${refusal}; nothing in the definitions uses it.`;
    return finding("extensions.left_out", "info", message, { subject });
  }
  const message = `Extension ${subject} cannot come: ${refusal}, and it is needed by ${neededBy(users)}.`;
  const remedy =
    "Choose a target that has it, let an administrator create it there, or change these objects so that they do without it.";
  return finding("extensions.missing", "block", message, { subject, remedy });
}

const older = (name: string, here: string, there: string): Finding =>
  finding("extensions.older", "warn", `Extension ${name} is ${here} on the source, and only ${there} on the target.`, {
    subject: name,
    remedy:
      "What is new in it since then may be refused there. Take a target with a newer one, or look at its release notes.",
  });

const comingAlong = (names: string[]): Finding[] =>
  names.length === 0
    ? []
    : [
        finding(
          "extensions.available",
          "info",
          `${counted(names.length, "extension comes", "extensions come")} along: ${someOf(names)}.`,
        ),
      ];

/** By their numbers: 1.10 is newer than 1.9. What follows the numbers is not compared. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

export const extensionChecks = [ofProvider, onTarget, onNeon];
