/** The most characters of a message that are kept. A queue takes messages of 128 KB. */
const MOST = 2 ** 21
/** Deeper values are kept as text: Postgres and many readers of JSON have a limit of their own. */
const DEEPEST = 100

/** An object that is being written, and what is left of it. */
type Open = {
  readonly object: object
  readonly parts: Iterator<readonly [before: string, value: unknown]>
  readonly end: string
}

/**
 * The body of a message, of any kind, as JSON; never throws. A body that JSON cannot express, that is nested too deeply or that is too
 * long becomes a text. A loop and not a recursion: a message may be nested deeper than the stack. Elements are read one by one, because a sparse list of a few bytes may have billions of empty elements.
 */
export function messageToJson(body: unknown): string {
  const texts: string[] = []
  const open: Open[] = []
  const inside = new Set<object>()
  let length = 0
  let isJson = true
  const write = (text: string) => {
    texts.push(text)
    length += text.length
  }
  const begin = (value: unknown) => {
    const plain = writtenPlain(value)
    if (plain !== null) {
      write(plain.text)
      isJson &&= plain.isJson
      return
    }
    const object = value as object
    if (inside.has(object)) {
      write('(itself)')
      isJson = false
      return
    }
    isJson &&= open.length < DEEPEST && !isCollection(object)
    const isList = Array.isArray(object) || isCollection(object)
    write(isList ? '[' : '{')
    inside.add(object)
    open.push({
      object,
      parts: isList ? itemsOf(object) : fieldsOf(object),
      end: isList ? ']' : '}',
    })
  }
  begin(body)
  for (let last = open.at(-1); last !== undefined && length <= MOST; last = open.at(-1)) {
    const { done, value: part } = last.parts.next()
    if (done) {
      write(last.end)
      inside.delete(last.object)
      open.pop()
    } else {
      write(part[0])
      begin(part[1])
    }
  }
  const text = texts.join('')
  if (length > MOST) return JSON.stringify(`${text.slice(0, MOST)} (cut off here)`)
  return isJson ? text : JSON.stringify(text)
}

/** A value without parts; null for one that has them. */
function writtenPlain(value: unknown): { readonly text: string; readonly isJson: boolean } | null {
  if (value === null || typeof value === 'boolean') return { text: String(value), isJson: true }
  if (typeof value === 'string') return { text: JSON.stringify(value), isJson: true }
  if (typeof value === 'number') return { text: String(value), isJson: Number.isFinite(value) }
  if (typeof value === 'bigint') return { text: `${value}n`, isJson: false }
  if (typeof value !== 'object') return { text: String(value), isJson: false }
  if (value instanceof ArrayBuffer) return { text: textOf(new Uint8Array(value)), isJson: true }
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value
    return { text: textOf(new Uint8Array(buffer, byteOffset, byteLength)), isJson: true }
  }
  if (value instanceof Date) {
    const isValid = !Number.isNaN(value.getTime())
    return { text: JSON.stringify(isValid ? value.toISOString() : 'no date'), isJson: true }
  }
  if (isBoxed(value)) return writtenPlain(value.valueOf())
  if (value instanceof RegExp || value instanceof Error) {
    return { text: JSON.stringify(String(value)), isJson: false }
  }
  return null
}

/** Bytes as the text that they are in UTF-8, else in base64. */
function textOf(bytes: Uint8Array): string {
  try {
    return JSON.stringify(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return JSON.stringify(`base64:${Buffer.from(bytes).toString('base64')}`)
  }
}

/** `new Number(7)`: it has no fields to write. */
const isBoxed = (object: object): boolean =>
  [String, Number, Boolean, BigInt].some((kind) => object instanceof kind)

const isCollection = (object: object): boolean => object instanceof Map || object instanceof Set

function* itemsOf(list: object): Generator<[string, unknown]> {
  let before = ''
  for (const item of list as Iterable<unknown>) {
    yield [before, item]
    before = ','
  }
}

function* fieldsOf(object: object): Generator<[string, unknown]> {
  let before = ''
  for (const [key, value] of Object.entries(object)) {
    yield [`${before}${JSON.stringify(key)}:`, value]
    before = ','
  }
}
