/** A JSON parameter as PostgreSQL's text: the driver sends strings, other clients send JSON. */
export function toPostgresText(value: unknown): string | null {
  if (typeof value === 'string' || value === null || value === undefined) return value ?? null
  return Array.isArray(value) ? toArrayLiteral(value) : JSON.stringify(value)
}

function toArrayLiteral(value: unknown): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return `{${value.map(toArrayLiteral).join(',')}}`
  const text = JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(text) : text
}

const BOOL = 16
const numbers = new Set([21, 23])
const floats = new Set([700, 701])
const documents = new Set([114, 3802])
/** Array type → type of its elements, for the built-in types. */
const elements = new Map([
  [199, 114],
  [1000, BOOL],
  [1001, 17],
  [1002, 18],
  [1003, 19],
  [1005, 21],
  [1007, 23],
  [1009, 25],
  [1014, 1042],
  [1015, 1043],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1041, 869],
  [1115, 1114],
  [1182, 1082],
  [1183, 1083],
  [1185, 1184],
  [1187, 1186],
  [1231, 1700],
  [2951, 2950],
  [3807, 3802],
])

/** Converts PostgreSQL's text of a value to JSON, as Neon does unless raw text is requested. */
export function postgresTextToJson(text: string, type: number): unknown {
  const element = elements.get(type)
  if (element !== undefined) return readArray(text, element)
  if (type === BOOL) return text === 't'
  if (numbers.has(type)) return Number(text)
  if (floats.has(type)) return Number.isFinite(Number(text)) ? Number(text) : text
  return documents.has(type) ? JSON.parse(text) : text
}

/** `[1:2]={{1,NULL},{"a \"b\"",2}}`: bounds are dropped, as JSON has no place for them. */
function readArray(literal: string, type: number): unknown {
  const text = literal.startsWith('[') ? literal.slice(literal.indexOf('=') + 1) : literal
  const token = /\{|\}|,|"((?:[^"\\]|\\.)*)"|[^{},"]+/gs
  const root: unknown[] = []
  const open = [root]
  for (const [part, quoted] of text.matchAll(token)) {
    const list = open.at(-1) ?? root
    if (part === '{') {
      const inner: unknown[] = []
      list.push(inner)
      open.push(inner)
    } else if (part === '}') open.pop()
    else if (quoted !== undefined)
      list.push(postgresTextToJson(quoted.replace(/\\(.)/gs, '$1'), type))
    else if (part !== ',') list.push(part === 'NULL' ? null : postgresTextToJson(part, type))
  }
  return root[0]
}
