import { openapiDocument } from '../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../src/http/load-routes.ts'

const endpoints = await loadAllRoutes()

export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly description?: string
}

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

type Operation = {
  readonly operationId?: string
  readonly summary?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> }
}

/** Of the service's own door, not of the API. */
const unwanted = new Set(['OpenApi', 'Health', 'Jwks', 'IssuerMetadata', 'TokenRequest'])

/** What the document names, for writing the clients' types. */
type Model = {
  readonly schemas: readonly (readonly [string, Schema])[]
  /** The names of those that a request has as its body, or in it. */
  readonly inputs: ReadonlySet<string>
  readonly queries: readonly (readonly [string, Schema])[]
}

export function openapiPartsForClients(): Model {
  const { components, paths = {} } = openapiDocument(endpoints)
  const schemas = Object.entries((components?.schemas ?? {}) as Record<string, Schema>)
  const operations = Object.values(paths).flatMap((path) =>
    Object.values(path as Record<string, Operation>),
  )
  return {
    schemas: schemas.filter(([name]) => !unwanted.has(name)),
    inputs: namedIn(operations.flatMap(bodiesOf), Object.fromEntries(schemas)),
    queries: operations.flatMap(queryOf),
  }
}

const bodiesOf = ({ requestBody }: Operation): Schema[] =>
  Object.values(requestBody?.content ?? {}).map(({ schema }) => schema)

/** The names that schemas refer to, also through others. */
function namedIn(
  schemas: readonly Schema[],
  all: Readonly<Record<string, Schema>>,
  found = new Set<string>(),
): ReadonlySet<string> {
  for (const [, name = ''] of JSON.stringify(schemas).matchAll(
    /"#\/components\/schemas\/(\w+)"/g,
  )) {
    if (found.has(name)) continue
    found.add(name)
    namedIn([all[name] ?? {}], all, found)
  }
  return found
}

/** Of a schema that is referred to. */
export const schemaNameOf = ({ $ref = '' }: Schema): string => $ref.split('/').at(-1) ?? ''

/** What a list may be asked for, as one object. */
function queryOf({
  operationId = '',
  summary = '',
  parameters = [],
}: Operation): [string, Schema][] {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  if (query.length === 0) return []
  const properties = Object.fromEntries(
    query.map(({ name, schema = {}, description }) => [
      name,
      { ...schema, ...(description === undefined ? {} : { description }) },
    ]),
  )
  const required = query.filter((parameter) => parameter.required).map(({ name }) => name)
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`
  return [[name, { description: summary, properties, required }]]
}
