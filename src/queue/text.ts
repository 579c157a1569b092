/** The most characters of a message that are kept. A queue takes messages of 128 KB. */
const MOST = 2 ** 21
/** Deeper values are kept as text: Postgres and many readers of JSON have a limit of their own. */
const DEEPEST = 100

type Step = string | { readonly value: unknown; readonly depth: number } | { readonly end: object }

/**
 * The body of a message, of any kind, as JSON; never throws. A body that JSON cannot express, that is nested too deeply or that is too
 * long becomes a text. A loop and not a recursion: a message may be nested deeper than the stack.
 */
export function toJson(body: unknown): string {
  const parts: string[] = []
  const steps: Step[] = [{ value: body, depth: 0 }]
  const open = new Set<object>()
  let length = 0
  let isJson = true
  const write = (text: string) => {
    parts.push(text)
    length += text.length
  }
  for (let step = steps.pop(); step !== undefined && length <= MOST; step = steps.pop()) {
    if (typeof step === 'string') write(step)
    else if ('end' in step) open.delete(step.end)
    else {
      const plain = writtenPlain(step.value)
      if (plain !== null) {
        write(plain.text)
        isJson &&= plain.isJson
        continue
      }
      const object = step.value as object
      if (open.has(object)) {
        write('(itself)')
        isJson = false
        continue
      }
      open.add(object)
      isJson &&= step.depth < DEEPEST && !isCollection(object)
      steps.push({ end: object }, ...stepsOf(object, step.depth + 1).reverse())
    }
  }
  const text = parts.join('')
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

const isCollection = (object: object): boolean => object instanceof Map || object instanceof Set

function stepsOf(object: object, depth: number): Step[] {
  const listed = Array.isArray(object) || isCollection(object)
  const parts: [string, unknown][] = listed
    ? [...(object as Iterable<unknown>)].map((value) => ['', value])
    : Object.entries(object)
  const inside = parts.flatMap(([key, value], at): Step[] => [
    `${at > 0 ? ',' : ''}${listed ? '' : `${JSON.stringify(key)}:`}`,
    { value, depth },
  ])
  return listed ? ['[', ...inside, ']'] : ['{', ...inside, '}']
}
