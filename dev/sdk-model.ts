import { writeFile } from 'node:fs/promises'
import { openapiPartsForClients, type Schema, schemaNameOf } from './openapi-parts-for-clients.ts'

/** The clients' types: written from the published document, so that who installs a client needs none of the service's packages. */
export const sdkModelFile = 'src/sdk/model.ts'

export function sdkModelText(): string {
  const { schemas, queries } = openapiPartsForClients()
  const declarations = [
    ...schemas.map(([name, schema]) => declare(name, schema)),
    ...queries.map(([name, schema]) => declare(name, withSingles(schema))),
  ]
  return `// Written by dev/sdk-model.ts from the OpenAPI document.\n\n${declarations.join('\n\n')}\n`
}

function declare(name: string, schema: Schema): string {
  const comment = note(schema.description, '')
  if (schema.properties === undefined) return `${comment}export type ${name} = ${print(schema, '')}`
  return `${comment}export interface ${name} ${print(schema, '')}`
}

const withSingles = (query: Schema): Schema => ({
  ...query,
  properties: Object.fromEntries(
    Object.entries(query.properties ?? {}).map(([name, schema]) => [name, oneOrMany(schema)]),
  ),
})

const oneOrMany = (schema: Schema): Schema =>
  schema.type === 'array' && schema.items
    ? { ...describedAs(schema), anyOf: [schema.items, schema] }
    : schema

const describedAs = ({ description }: Schema) => (description === undefined ? {} : { description })

function print(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) return schemaNameOf(schema)
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

if (import.meta.main) await writeFile(sdkModelFile, sdkModelText())
