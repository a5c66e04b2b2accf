/** As much of an OpenAPI document as requests are made of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly example?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
  /** The statuses it may answer. */
  readonly statuses: ReadonlySet<number>;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

export class ApiDocument {
  readonly operations: readonly Operation[];
  private readonly schemas: OpenApiDocument['components']['schemas'];

  /** The committed one; that it is what the service serves is checked elsewhere. */
  constructor(file = join(__dirname, '../../docs/openapi.json')) {
    const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument; // linted where it is made
    this.schemas = components.schemas;
    this.operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId, parameters = [], requestBody, responses }]) => ({
        method: method.toUpperCase(),
        path,
        operationId,
        parameters,
        body: requestBody?.content['application/json']?.schema ?? null,
        statuses: new Set(Object.keys(responses).map(Number)),
      })),
    );
  }

  /** The schema itself where there is a reference to it. */
  resolve(schema: Schema): Schema {
    if (schema.allOf?.length === 1) return this.resolve(schema.allOf[0]!);
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.schemas[name] ?? {});
  }
}
