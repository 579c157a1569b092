import { meanings } from './meanings.ts'

/** The part of a schema that `explain` reads. */
type Part = { readonly [key: string]: unknown; description?: string }

type Document = {
  readonly components?: { readonly schemas?: object }
  readonly paths?: object
}

/** Gives each field and each parameter of the document a description: its own, or that of its name. */
export function describeDocumentFields<D extends Document>(document: D): D {
  for (const [name, schema] of entries(document.components?.schemas)) explainFields(schema, [name])
  for (const [, operations] of entries(document.paths))
    for (const [, operation] of entries(operations)) explainParameters(operation)
  return document
}

function explainFields(schema: Part, names: readonly string[]): void {
  for (const [key, inner] of entries(schema)) {
    if (key !== 'properties') explainFields(inner, names)
    else for (const [name, field] of entries(inner)) explainField(field, [...names, name])
  }
}

function explainField(field: Part, names: readonly string[]): void {
  const meaning = meaningOf(names)
  if (field.description === undefined && meaning !== undefined) field.description = meaning
  explainFields(field, names)
}

/** A list takes the names of its operation: `GetCustomerQuery.id`. */
function explainParameters({ operationId = '', parameters = [] }: Part): void {
  const query = String(operationId).replace(/^./, (letter) => letter.toUpperCase())
  for (const [, parameter] of entries(parameters as object)) {
    const meaning = meaningOf([`${query}Query`, String(parameter.name)])
    if (parameter.description === undefined && meaning !== undefined)
      parameter.description = meaning
  }
}

function meaningOf(names: readonly string[]): string | undefined {
  const keys = names.map((_, at) => names.slice(at).join('.'))
  return keys.map((key) => meanings[key]).find((meaning) => meaning !== undefined)
}

const entries = (value: unknown): [string, Part][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []
