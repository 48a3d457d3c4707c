import { bestEffort, type LeaveRule, skip } from "../lens";

/** Comments and labels that only an owner or a plug-in may set: worth a try, never worth a failure. */
export const remarkRule: LeaveRule = ({ kind, name, statement }, { context: { target } }) => {
  if (kind === "COMMENT" && /^(EXTENSION|DATABASE|LANGUAGE|CAST|TRANSFORM|ACCESS METHOD) /.test(name)) {
    return target.isSuperuser ? null : bestEffort("only the owner may set this comment");
  }
  if (kind !== "SECURITY LABEL") return null;
  const provider = /^SECURITY LABEL FOR ("(?:[^"]|"")*"|\S+) ON /.exec(statement)?.[1]?.replaceAll('"', "") ?? "";
  return target.extensions.some(
    ({ name: extension, installed }) => extension === provider || installed?.schema === provider,
  )
    ? bestEffort("security labels need their provider to be loaded")
    : skip(`the target has no provider ${provider} of security labels`);
};
