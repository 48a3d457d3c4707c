export type { AnsweredCall } from "./api-server";
export type { Behaviour, CallEffect, CallFault, Limits, OperationFault } from "./behaviour";
export type { ServerVersions } from "./branch-servers";
export type { ApiKey } from "./call";
export { type NeonStandIn, type NeonStandInOptions, startNeonStandIn } from "./stand-in";
