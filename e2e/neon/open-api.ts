import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { closedSchema, type Schema } from "./closed-schema";

interface Operation {
  operationId?: string;
  responses: Record<string, Response>;
}

interface Response {
  $ref?: string;
  content?: Record<string, { schema?: Schema }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> };
}

const client = createRequire(import.meta.url).resolve("@neondatabase/api-client");
const path = join(dirname(dirname(client)), "public-v2-for-users.gen.yaml");
const METHODS = ["get", "post", "patch", "put", "delete"];

/** Formats of the document; `ajv` knows none by itself. */
const FORMATS: Record<string, RegExp | true> = {
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  int: true,
  int32: true,
  int64: true,
  double: true,
};

export interface FoundOperation {
  call: string;
  path: string;
  /** What is wrong with an answer's body; empty when it is as the document says. */
  complaints(status: number, body: unknown): string[];
}

/** The OpenAPI document of Neon's API that the client package brings, as a judge of answers. */
export function openApi() {
  const document = parse(readFileSync(path, "utf8")) as Document;
  const ajv = new Ajv({ allErrors: true, formats: FORMATS, strict: false });
  const validators = new Map<string, ValidateFunction | null>();

  const validatorOf = (key: string, operation: Operation, status: number): ValidateFunction | null => {
    const known = validators.get(key);
    if (known !== undefined) return known;
    const named = operation.responses[String(status)] ?? (status >= 400 ? operation.responses.default : undefined);
    if (!named) throw new Error(`${key} is no answer that the document knows`);
    const response = named.$ref ? resolveResponse(document, named.$ref) : named;
    const schema = response.content?.["application/json"]?.schema;
    const validator = schema ? ajv.compile(closedSchema(schema, document.components.schemas)) : null;
    validators.set(key, validator);
    return validator;
  };

  const operations = Object.entries(document.paths).flatMap(([pattern, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation?.operationId ? [{ method, pattern, operation, call: operation.operationId }] : [];
    }),
  );

  return {
    calls: operations.map(({ call, method, pattern }) => ({ call, method: method.toUpperCase(), path: pattern })),
    find(method: string, pathname: string): FoundOperation {
      const fitting = operations.filter((one) => one.method === method.toLowerCase() && fits(one.pattern, pathname));
      const [found] = fitting.toSorted((a, b) => a.pattern.split("{").length - b.pattern.split("{").length);
      if (!found) throw new Error(`the document knows no ${method} ${pathname}`);
      const complaints = (status: number, body: unknown) => {
        const validator = validatorOf(`${found.call} ${status}`, found.operation, status);
        if (!validator) return body === undefined || body === "" ? [] : ["there is a body where none is known"];
        return validator(body) ? [] : (validator.errors ?? []).map(wordsOf);
      };
      return { call: found.call, path: found.pattern, complaints };
    },
  };
}

function wordsOf({ instancePath, message, params }: NonNullable<ValidateFunction["errors"]>[number]): string {
  return `${instancePath || "the body"} ${message} ${JSON.stringify(params)}`;
}

function resolveResponse(document: Document, ref: string): Response {
  const found = document.components.responses[ref.split("/").at(-1) as string];
  if (!found) throw new Error(`${ref} is not in the document`);
  return found;
}

function fits(pattern: string, pathname: string): boolean {
  const [wanted, given] = [pattern.split("/"), pathname.split("/")];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith("{") || part === given[index]);
}
