import { writeFile } from 'node:fs/promises'
import { createApp } from '../src/http/app.ts'
import { openapiDocument } from '../src/http/openapi.ts'

/** The clients' types: written from the published document, so that who installs a client needs none of the service's packages. */
export const modelFile = 'src/sdk/model.ts'

type Schema = {
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
}

/** Of the service's own door, not of the API. */
const unwanted = new Set(['OpenApi', 'Health', 'Jwks', 'IssuerMetadata', 'TokenRequest'])

export function modelText(): string {
  const document = openapiDocument(createApp())
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>)
  const operations = Object.values(document.paths ?? {}).flatMap((path) =>
    Object.values(path as Record<string, Operation>),
  )
  const declarations = [
    ...schemas
      .filter(([name]) => !unwanted.has(name))
      .map(([name, schema]) => declare(name, schema)),
    ...operations.flatMap(declareQuery),
  ]
  return `// Written by dev/model.ts from the OpenAPI document.\n\n${declarations.join('\n\n')}\n`
}

function declare(name: string, schema: Schema): string {
  const comment = note(schema.description, '')
  if (schema.properties === undefined) return `${comment}export type ${name} = ${print(schema, '')}`
  return `${comment}export interface ${name} ${print(schema, '')}`
}

/** What a list may be asked for. */
function declareQuery({ operationId = '', summary = '', parameters = [] }: Operation): string[] {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  if (query.length === 0) return []
  const properties = Object.fromEntries(
    query.map(({ name, schema = {}, description }) => [
      name,
      { ...oneOrMany(schema), ...(description === undefined ? {} : { description }) },
    ]),
  )
  const required = query.filter((parameter) => parameter.required).map(({ name }) => name)
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`
  return [declare(name, { description: summary, properties, required })]
}

const oneOrMany = (schema: Schema): Schema =>
  schema.type === 'array' && schema.items ? { anyOf: [schema.items, schema] } : schema

function print(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  const union = schema.anyOf ?? schema.oneOf
  if (union !== undefined) return unique(union.map((one) => print(one, indent))).join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map((one) => print(one, indent)).join(' & ')
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (types.length === 0) return schema.properties ? printObject(schema, indent) : 'unknown'
  return unique(types.map((type) => printType(type, schema, indent))).join(' | ')
}

function printType(type: string, schema: Schema, indent: string): string {
  if (type === 'integer') return 'number'
  if (type === 'array') {
    const item = print(schema.items ?? {}, indent)
    return / [|&] /.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
  }
  return type === 'object' ? printObject(schema, indent) : type
}

function printObject(schema: Schema, indent: string): string {
  const { properties, required = [], additionalProperties: rest } = schema
  if (properties === undefined) {
    return `Record<string, ${typeof rest === 'object' ? print(rest, indent) : 'unknown'}>`
  }
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([name, property]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
    const mark = required.includes(name) ? '' : '?'
    const orAbsent = required.includes(name) ? '' : ' | undefined'
    return `${note(property.description, inner)}${inner}${key}${mark}: ${print(property, inner)}${orAbsent}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

const note = (text: string | undefined, indent: string): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '* /').replace(/\s*\n\s*/g, ' ')} */\n` : ''

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value)

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

if (import.meta.main) await writeFile(modelFile, modelText())
