import { randomBytes, randomInt, randomUUID } from "node:crypto";

const ADJECTIVES = ["aged", "bold", "calm", "crisp", "damp", "late", "mute", "odd", "quiet", "raspy", "shiny", "young"];
const NOUNS = ["bar", "bush", "cell", "dust", "fire", "glade", "hall", "leaf", "mode", "pond", "salad", "wind"];

/** As Neon names things: `quiet-dust-a1b2c3d4`, with a prefix for what is not a project. */
function newName(): string {
  const word = (list: readonly string[]) => list[randomInt(list.length)];
  return `${word(ADJECTIVES)}-${word(NOUNS)}-${randomBytes(4).toString("hex")}`;
}

export const newProjectId = newName;
export const newBranchId = () => `br-${newName()}`;
export const newEndpointId = () => `ep-${newName()}`;
export const newOrganizationId = () => `org-${newName()}`;
export const newOperationId = () => randomUUID();
export const newUserId = () => randomUUID();
export const newApiKey = () => `napi_${randomBytes(32).toString("hex")}`;
export const newPassword = () => `npg_${randomBytes(12).toString("base64url")}`;
