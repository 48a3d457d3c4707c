import * as z from "zod";
import { projectAnswer, projectListItem } from "../answers";
import { NeonApiError } from "../api-error";
import { bodyOf, type Call, ok, ownerOf, pageOf, projectOf, type Route, refuseLocked } from "../call";
import { checkOrganization, createProject } from "./create-project";
import { computeUnits, entityName, sizeSettings } from "./fields";

const PAGE = 10;

const updateBody = z.object({
  project: z.object({
    name: entityName.optional(),
    history_retention_seconds: z.number().int().min(0).max(2_592_000).optional(),
    default_endpoint_settings: z.object(sizeSettings).optional(),
  }),
});

const list = (call: Call) => {
  checkOrganization(call, call.query.get("org_id"));
  const search = call.query.get("search") ?? "";
  const found = call.desk.store.state.projects.filter(({ id, name }) => id.includes(search) || name.includes(search));
  const { items, cursor } = pageOf(call, found.toReversed(), PAGE);
  return ok({
    projects: items.map((project) => projectListItem(project, ownerOf(call.desk))),
    ...(cursor === undefined ? {} : { pagination: { cursor } }),
    applications: {},
    integrations: {},
  });
};

const get = (call: Call) => ok({ project: projectAnswer(projectOf(call), ownerOf(call.desk)) });

const update = async (call: Call) => {
  const project = projectOf(call);
  const { project: wanted } = bodyOf(call, updateBody);
  refuseLocked(project);
  const size = computeUnits(call.desk, wanted.default_endpoint_settings ?? {}, project);
  Object.assign(project, size, { updatedAt: new Date().toISOString() });
  project.name = wanted.name ?? project.name;
  project.historyRetentionSeconds = wanted.history_retention_seconds ?? project.historyRetentionSeconds;
  await call.desk.store.save();
  return ok({ project: projectAnswer(project, ownerOf(call.desk)), operations: [] });
};

const remove = async (call: Call) => {
  const project = projectOf(call);
  if (call.key.kind === "project") throw new NeonApiError(403, "this key may not delete its project");
  refuseLocked(project);
  const { store, servers } = call.desk;
  const answer = projectAnswer(project, ownerOf(call.desk));
  store.state.projects = store.state.projects.filter(({ id }) => id !== project.id);
  await store.save();
  for (const { id } of project.branches) await servers.remove(project.id, id);
  await servers.removeProject(project.id);
  return ok({ project: answer });
};

export const projectRoutes: Route[] = [
  { call: "listProjects", method: "GET", path: "/projects", handle: list },
  { call: "createProject", method: "POST", path: "/projects", handle: createProject },
  { call: "getProject", method: "GET", path: "/projects/{project_id}", handle: get },
  { call: "updateProject", method: "PATCH", path: "/projects/{project_id}", handle: update },
  { call: "deleteProject", method: "DELETE", path: "/projects/{project_id}", handle: remove },
];
